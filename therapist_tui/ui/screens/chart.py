"""The chart: a client's file by sections, each entry read in full beside its list and changed in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.client import Client
from therapist_tui.domain.consent import Consent
from therapist_tui.domain.desk import Owed
from therapist_tui.domain.goal import GoalProgress
from therapist_tui.domain.health import HealthEntry
from therapist_tui.domain.note import SessionNote
from therapist_tui.domain.plan import TreatmentPlan
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.screening.values import Caution

from .. import keys
from ..plain import toast
from ..told import told
from ..widgets.chart_list import ChartList
from .chart_file import FileScreen

if TYPE_CHECKING:
    from ..forms.plan import PlanForm


class ChartScreen(FileScreen):
    """One client's file: overview, history, plan and goals, notes, papers."""

    SCOPE = "chart"
    CSS_PATH = "chart.tcss"
    BINDINGS = keys.bindings("chart")

    # What the keys do

    @on(ChartList.Chosen)
    def _chosen(self) -> None:
        self.action_change()

    @work
    @told
    async def action_change(self) -> None:
        """Change the highlighted entry, say why it is there, or open where it is written or settled."""
        from ..forms.appointment import AppointmentForm
        from ..forms.goal import GoalForm
        from ..forms.health import HealthForm
        from ..forms.papers import ReferralForm
        from ..owed import go_to
        from .form import FormScreen
        from .note import open_note_of
        from .why import WhyScreen

        entry, today = self.entry, self.app.today()
        if not self._data or entry is None or self._stood:
            return
        match entry:
            case HealthEntry():
                client = self._data.brief.client
                self.app.push_screen(FormScreen(HealthForm(client, today, self.app.screening, entry)))
            case GoalProgress():
                self.app.push_screen(FormScreen(GoalForm(entry.goal.plan_id, today, entry.goal)))
            case TreatmentPlan():
                self.app.push_screen(FormScreen(await self._plan_form(entry)))
            case Referral():
                self.app.push_screen(FormScreen(ReferralForm(self._client_id, today, entry)))
            case SessionNote():
                await open_note_of(self.app, entry.appointment_id, entry.service_at, entry)
            case Appointment() if entry.status.open:
                client, zone = self._data.brief.client, self.app.practice.zone
                self.app.push_screen(FormScreen(AppointmentForm.change(client, entry, zone, today)))
            case Appointment():
                await open_note_of(self.app, entry.id, entry.starts_at)
            case Client():
                self.action_card()
            case Caution():
                self.app.push_screen(WhyScreen(entry))
            case Owed():
                await go_to(self.app, entry)
            case Consent():
                key = self.app.shown_key("chart.resolve")
                toast(self.app, f"A consent stays as it was given; {key} marks it as withdrawn.")
            case _:
                return

    @told
    async def action_resolve(self) -> None:
        """Mark a health entry as over today, or take a consent back."""
        from ..forms.papers import WithdrawalForm
        from .form import FormScreen

        entry, today, practice = self.entry, self.app.today(), self.app.practice
        if isinstance(entry, HealthEntry) and entry.open_on(today):
            await self.app.records.run(practice.health.resolve, entry.id, today)
        elif isinstance(entry, Consent) and entry.live_on(today):
            self.app.push_screen(FormScreen(WithdrawalForm(entry, today)))
            return
        else:
            return
        await self.app.tell_act()
        self.app.changed.publish(None)

    @told
    async def action_no_change(self) -> None:
        """Asked today: nothing new, or for a first asking nothing to report."""
        if self._data:
            await self.app.records.run(self.app.practice.health.unchanged, self._client_id)
            await self.app.tell_act()
            self.app.changed.publish(None)

    def action_card(self) -> None:
        """Change the card."""
        from ..forms.client import ClientForm
        from .form import FormScreen

        if self._data:
            self.app.push_screen(FormScreen(ClientForm(self.app.today(), self._data.brief.client)))

    def action_intake(self) -> None:
        """Take the whole history in as free text, with the consent."""
        from ..forms.intake import IntakeForm
        from .form import FormScreen

        if self._data:
            self.app.push_screen(FormScreen(IntakeForm(self._data.brief.client, self.app.today(), self.app.screening)))

    def action_health(self) -> None:
        """Add to the history."""
        from ..forms.health import HealthForm
        from .form import FormScreen

        if self._data:
            self.app.push_screen(FormScreen(HealthForm(self._data.brief.client, self.app.today(), self.app.screening)))

    @work
    async def action_plan(self) -> None:
        """Start or change the plan."""
        await self._ensure_plan(change=True)

    def action_review(self) -> None:
        """Look at the plan again; a discharge goes on to its summary."""
        from ..plan_steps import review

        if self._data:
            review(self.app, self._data.brief)

    def action_plan_status(self) -> None:
        """Hold, resume, complete or stop the plan."""
        from ..plan_steps import step

        if self._data:
            step(self.app, self._data.brief)

    async def _ensure_plan(self, change: bool) -> TreatmentPlan | None:
        from .form import FormScreen

        plan = self._data.brief.plan if self._data else None
        if plan and not change:
            return plan
        made = await self.app.push_screen_wait(FormScreen(await self._plan_form(plan)))
        return made if isinstance(made, TreatmentPlan) else None

    async def _plan_form(self, plan: TreatmentPlan | None) -> PlanForm:
        from ..forms.plan import PlanForm

        referrals = await self.app.records.run(self.app.practice.referrals.of, self._client_id)
        return PlanForm(self._client_id, self.app.today(), plan, referrals)

    @work
    async def action_goal(self) -> None:
        """Add a goal; a plan is started first where there is none."""
        from ..forms.goal import GoalForm
        from .form import FormScreen

        plan = await self._ensure_plan(change=False)
        if plan:
            await self.app.push_screen_wait(FormScreen(GoalForm(plan.id, self.app.today())))

    def action_measure(self) -> None:
        """Type a new value for the highlighted goal."""
        from .measure import MeasureScreen

        entry = self.entry
        if self._data and self._data.brief.goals:
            first = entry.goal.id if isinstance(entry, GoalProgress) else None
            self.app.push_screen(MeasureScreen(self._data.brief.goals, first))

    def action_goal_review(self) -> None:
        """Confirm how far the highlighted goal has come, and what becomes of it."""
        from ..forms.goal import GoalReviewForm
        from .form import FormScreen

        if isinstance(self.entry, GoalProgress):
            self.app.push_screen(FormScreen(GoalReviewForm(self.entry, self.app.today())))

    def action_referral(self) -> None:
        """Add a referral."""
        from ..forms.papers import ReferralForm
        from .form import FormScreen

        self.app.push_screen(FormScreen(ReferralForm(self._client_id, self.app.today())))

    def action_consent(self) -> None:
        """Add a consent."""
        from ..forms.papers import ConsentForm
        from .form import FormScreen

        self.app.push_screen(FormScreen(ConsentForm(self._client_id, self.app.today())))

    def action_report(self) -> None:
        """The progress report, to read before it is written."""
        from .report import ReportScreen

        self.app.push_screen(ReportScreen(self._client_id))

    @work
    async def action_book(self) -> None:
        """Book an appointment."""
        from .today import book

        await book(self, self._client_id, self.app.today())

    def action_trail(self) -> None:
        """Who read and changed what of this client."""
        from .trail import TrailScreen

        if self._data:
            self.app.push_screen(TrailScreen(self._data.brief.client))
