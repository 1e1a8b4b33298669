"""The chart: everything on file of one client, in one list, each entry changed in place."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from therapist_tui.domain.agenda import Brief as BriefValue
from therapist_tui.domain.consent import Consent
from therapist_tui.domain.goal import GoalProgress
from therapist_tui.domain.health import HealthEntry
from therapist_tui.domain.note import SessionNote
from therapist_tui.domain.plan import TreatmentPlan
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.screening.history import Reading
from therapist_tui.domain.when import show_short
from therapist_tui.records.errors import RecordNotFound

from .. import keys
from ..app import title_of
from ..plain import fitted, name_of, one_line, spread, toast, wrapped
from ..told import told
from ..widgets.goal_lines import goal_lines
from ..widgets.levels import WORD_WIDTH, label
from .base import PracticeScreen

Entry = HealthEntry | GoalProgress | TreatmentPlan | Referral | Consent | SessionNote
E = TypeVar("E", HealthEntry, Referral, Consent, SessionNote, Entry)


@dataclass(frozen=True, slots=True)
class ChartData:
    """What the chart shows."""

    brief: BriefValue
    health: tuple[HealthEntry, ...]
    referrals: tuple[Referral, ...]
    consents: tuple[Consent, ...]
    notes: tuple[SessionNote, ...]


class ChartScreen(PracticeScreen):
    """One client's history, plan, goals, referrals, consents and notes."""

    SCOPE = "chart"
    CSS_PATH = "chart.tcss"
    BINDINGS = keys.bindings("chart")

    def __init__(self, client_id: UUID) -> None:
        super().__init__()
        self._client_id = client_id
        self._data: ChartData | None = None
        self._entries: dict[str, Entry] = {}

    def body(self) -> ComposeResult:
        """One list."""
        yield OptionList(id="entries")

    def on_mount(self) -> None:
        """Load it, and again after every change."""
        self.app.changed.subscribe(self, lambda _: self.load())
        self.app.masking.subscribe(self, lambda _: self.on_resize())
        self.app.guard.read_chart(self._client_id)
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Read the chart and show it; the highlight stays on its entry."""
        if not self.app.unlocked:
            return
        try:
            data = await self.app.records.run(self._read)
        except RecordNotFound:  # the client was just added, and that was undone
            if self.is_current:
                self.dismiss(None)
            return
        if not self.closed:
            self._data = data
            self._show(data)

    def _read(self) -> ChartData:
        practice, client_id = self.app.practice, self._client_id
        return ChartData(
            practice.day.brief(client_id, self.app.today()),
            practice.health.of(client_id),
            practice.referrals.of(client_id),
            practice.consents.of(client_id),
            practice.notes.of_client(client_id),
        )

    def on_resize(self) -> None:
        """The lines are fitted to the width."""
        if self._data:
            self._show(self._data)

    # What is shown

    def _show(self, data: ChartData) -> None:
        self._show_status(data)
        entries = self.query_one(OptionList)
        kept = entries.highlighted_option.id if entries.highlighted_option else None
        self._entries = {}
        width = max(40, self.size.width - 6)
        options = [
            *self._section("History", self._asked(data), data.health, lambda one: self._health(one, width)),
            *self._plan(data, width),
            *self._section("Referrals", "r adds one", data.referrals, lambda one: self._referral(one, width)),
            *self._section("Consents", "o adds one", data.consents, lambda one: self._consent(one, width)),
            *self._section("Notes", "", data.notes, lambda one: self._note(one, width)),
        ]
        entries.set_options(options)
        ids = [option.id for option in options]
        first = next((i for i, option in enumerate(options) if not option.disabled), None)
        entries.highlighted = ids.index(kept) if kept is not None and kept in ids else first

    def _show_status(self, data: ChartData) -> None:
        client, today = data.brief.client, self.app.today()
        age = client.age_on(today)
        facts = [str(age) if age is not None else "", client.pronouns, "" if self.app.masked else client.phone]
        mark = title_of(self.app)
        left = Content.assemble(
            *((mark, "   ") if mark else ()),
            one_line(name_of(client, self.app.masked), ".strong"),
            "   ",
            one_line(" · ".join(fact for fact in facts if fact), ".muted"),
        )
        worst = Content("  ").join(
            [Content.assemble(label(one.level), " ", one_line(one.title)) for one in data.brief.cautions[:1]]
        )
        width = self.size.width - 2
        room = max(0, width - left.cell_length - 3)
        self.show_status(spread(left, worst.truncate(room, ellipsis=True), width))

    def _asked(self, data: ChartData) -> str:
        asked = data.brief.asked
        if not asked:
            return "never asked: y stamps “nothing to report”, h adds what there is"
        on = asked.asked_at.astimezone(self.app.practice.zone).date()
        return f"asked {show_short(on, self.app.today())}: {asked.answer.value}   h adds to it"

    def _section(self, title: str, hint: str, entries: Iterable[E], line: Callable[[E], Content]) -> list[Option]:
        head = Content.assemble((title, ".title"), "   ", (hint, ".muted"))
        options = [Option(head if title == "History" else Content.assemble("\n", head), disabled=True)]
        for entry in entries:
            key = _id_of(entry)
            self._entries[key] = entry
            options.append(Option(Content.assemble("  ", line(entry)), id=key))
        if len(options) == 1:
            options.append(Option(Content.styled("  nothing on file", ".muted"), disabled=True))
        return options

    def _plan(self, data: ChartData, width: int) -> list[Option]:
        plan = data.brief.plan
        hint = "p changes it, g adds a goal" if plan else "p starts one"
        entries: list[Entry] = [plan, *data.brief.goals] if plan else list(data.brief.goals)
        return self._section("Plan and goals", hint, entries, lambda one: self._plan_line(one, width))

    def _plan_line(self, entry: Entry, width: int) -> Content:
        if isinstance(entry, GoalProgress) and self._data:
            lines = goal_lines(self._data.brief.goals, width, self.app.today())
            return lines[self._data.brief.goals.index(entry)]
        if not isinstance(entry, TreatmentPlan):
            return Content()
        review = f"review {show_short(entry.review_on, self.app.today())}" if entry.review_on else ""
        visits = f"{entry.visits_planned} visits" if entry.visits_planned else ""
        part_of = f"part of: {entry.led_by}" if entry.led_by else ""
        right = one_line(" · ".join(part for part in (part_of, visits, review) if part), ".muted")
        return spread(one_line(entry.reason), right, width)

    def _health(self, entry: HealthEntry, width: int) -> Content:
        today = self.app.today()
        is_open = entry.open_on(today)
        reading = next((one for one in self._readings() if one.entry_id == entry.id), None)
        level = label(reading.level) if reading and reading.level and is_open else Content(" " * WORD_WIDTH)
        since = f"since {show_short(entry.began_on, today)}" if entry.began_on else ""
        over = f"over {show_short(entry.resolved_on, today)}" if entry.resolved_on else ""
        weeks = entry.gestation_on(today)
        facts = [entry.place, f"{weeks} weeks" if weeks is not None else since, over]
        right = one_line(" · ".join(fact for fact in facts if fact), ".muted")
        kind = fitted(Content.styled(entry.kind.value, ".muted"), 10)
        head = Content.assemble(level, " ", kind, " ")
        room = width - head.cell_length
        text = one_line(entry.text, "" if is_open else ".muted")
        beside = text.cell_length + right.cell_length + 2 <= room
        lines = [spread(text, right, room)] if beside else wrapped(text, room)
        if not beside and right:
            lines += wrapped(right, room)
        if entry.advice and is_open:
            lines += wrapped(one_line(entry.advice, ".muted"), room)
        elif reading and not reading.level and is_open:
            lines += wrapped(one_line(reading.said, ".muted"), room)
        indent = "\n" + " " * (head.cell_length + 2)
        return Content.assemble(head, Content(indent).join(lines))

    def _readings(self) -> Sequence[Reading]:
        return self._data.brief.readings if self._data else ()

    def _referral(self, referral: Referral, width: int) -> Content:
        today = self.app.today()
        left = referral.visits_left
        visits = f"{left} of {referral.visits_authorised} visits left" if left is not None else ""
        until = f"until {show_short(referral.expires_on, today)}" if referral.expires_on else ""
        right = one_line(" · ".join(part for part in (visits, until) if part), ".muted")
        text = Content.assemble(one_line(referral.referrer), "  ", one_line(referral.diagnosis, ".muted"))
        return spread(text, right, width)

    def _consent(self, consent: Consent, width: int) -> Content:
        today = self.app.today()
        state = "valid" if consent.live_on(today) else "withdrawn" if consent.withdrawn_on else "not valid"
        until = f"until {show_short(consent.expires_on, today)}" if consent.expires_on else ""
        facts = [consent.method.value, f"given {show_short(consent.given_on, today)}", until, state]
        text = Content.assemble(one_line(consent.kind.value), "  ", one_line(consent.regions, ".muted"))
        return spread(text, one_line(" · ".join(fact for fact in facts if fact), ".muted"), width)

    def _note(self, note: SessionNote, width: int) -> Content:
        on = note.service_at.astimezone(self.app.practice.zone).date()
        mark = Content.styled("✓", ".good") if note.signed else Content.styled("✎", ".badge")
        text = note.content.assessment or note.content.subjective
        return Content.assemble(
            mark, " ", fitted(Content(show_short(on, self.app.today())), 12), one_line(text, ".muted")
        ).truncate(width, ellipsis=True)

    # What the keys do

    @property
    def entry(self) -> Entry | None:
        """The highlighted entry."""
        option = self.query_one(OptionList).highlighted_option
        return self._entries.get(option.id or "") if option else None

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self.action_change()

    @work
    async def action_change(self) -> None:
        """Change the highlighted entry, or open the note."""
        from ..forms.health import HealthForm
        from ..forms.papers import ReferralForm
        from ..forms.plan import GoalForm, PlanForm
        from .form import FormScreen
        from .note import open_note_of

        entry, today = self.entry, self.app.today()
        if not self._data or entry is None:
            return
        match entry:
            case HealthEntry():
                self.app.push_screen(FormScreen(HealthForm(self._data.brief.client, today, self.app.screening, entry)))
            case GoalProgress():
                self.app.push_screen(FormScreen(GoalForm(entry.goal.plan_id, today, entry.goal)))
            case TreatmentPlan():
                self.app.push_screen(FormScreen(PlanForm(self._client_id, today, entry)))
            case Referral():
                self.app.push_screen(FormScreen(ReferralForm(self._client_id, today, entry)))
            case SessionNote():
                await open_note_of(self.app, entry.appointment_id, entry.service_at, entry)
            case Consent():
                key = self.app.shown_key("chart.resolve")
                toast(self.app, f"A consent stays as it was given; {key} marks it as withdrawn.")

    @told
    async def action_resolve(self) -> None:
        """Mark a health entry as over, or a consent as withdrawn, today."""
        entry, today, practice = self.entry, self.app.today(), self.app.practice
        if isinstance(entry, HealthEntry) and entry.open_on(today):
            await self.app.records.run(practice.health.resolve, entry.id, today)
        elif isinstance(entry, Consent) and entry.live_on(today):
            await self.app.records.run(practice.consents.withdraw, entry.id, today)
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

    async def _ensure_plan(self, change: bool) -> TreatmentPlan | None:
        from ..forms.plan import PlanForm
        from .form import FormScreen

        plan = self._data.brief.plan if self._data else None
        if plan and not change:
            return plan
        made = await self.app.push_screen_wait(FormScreen(PlanForm(self._client_id, self.app.today(), plan)))
        return made if isinstance(made, TreatmentPlan) else None

    @work
    async def action_goal(self) -> None:
        """Add a goal; a plan is started first where there is none."""
        from ..forms.plan import GoalForm
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

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)


def _id_of(entry: Entry) -> str:
    key = entry.goal.id if isinstance(entry, GoalProgress) else entry.id
    return f"entry-{key.hex}"
