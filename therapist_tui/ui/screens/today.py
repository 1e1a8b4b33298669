"""Today: the day's appointments, and the brief of the highlighted client. The home of the program."""

from datetime import date, datetime
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content

from therapist_tui.domain.agenda import Agenda, Slot
from therapist_tui.domain.appointment import NEXT_STEP, Status
from therapist_tui.domain.clock import clock_of
from therapist_tui.domain.therapist import Therapist
from therapist_tui.domain.when import read_date, show_day, show_span

from .. import keys
from ..app import title_of
from ..deciding import with_reason
from ..plain import name_of, one_line, spread, toast
from ..told import told
from ..widgets.brief import Brief
from ..widgets.day_list import DayList
from .base import PracticeScreen
from .today_ways import WaysFromToday

STEP_BACK = {Status.ARRIVED: Status.BOOKED, Status.IN_SESSION: Status.ARRIVED, Status.DONE: Status.IN_SESSION,
             Status.CANCELLED: Status.BOOKED, Status.NO_SHOW: Status.BOOKED}  # fmt: skip


class TodayScreen(WaysFromToday):
    """One day: what comes next, and what must not be done to whom."""

    SCOPE = "today"
    CSS_PATH = "today.tcss"
    BINDINGS = keys.bindings("today")

    def __init__(self) -> None:
        super().__init__()
        self._agenda: Agenda | None = None
        self._day: date | None = None

    def body(self) -> ComposeResult:
        """The day and the brief."""
        zone = self.app.practice.zone
        yield DayList(zone, self.app.hours, id="day")
        yield Brief(zone, id="brief")

    def on_mount(self) -> None:
        """Show today, and keep the clock in the status line."""
        self.app.changed.subscribe(self, lambda _: self.load())
        self.app.masking.subscribe(self, lambda _: self._show_again())
        self.set_interval(20, self._show_status)
        days = self.query_one(DayList)
        self.watch(days, "highlighted", self._show_brief, init=False)
        days.focus()
        self.load(opening=True)
        for notice in self.app.notices:
            toast(self.app, notice, severity="warning")

    @property
    def therapist(self) -> Therapist | None:
        """Whose practice it is, as the day was read; None before it was."""
        return self._agenda.therapist if self._agenda else None

    @property
    def day(self) -> date:
        """The day that is shown."""
        return self._day or self.app.today()

    @work(exclusive=True, group="day")
    async def load(self, day: date | None = None, highlight: UUID | None = None, opening: bool = False) -> None:
        """Show a day, or the same one again after a change; the newest request wins."""
        if not self.app.unlocked:
            return
        wanted = day or self.day
        agenda = await self.app.records.run(self.app.practice.day.agenda, wanted)
        if self.closed:
            return
        self._day, self._agenda = wanted, agenda
        days = self.query_one(DayList)
        keep = highlight or (days.slot.id if days.slot and not opening else None)
        if keep is None or keep not in {slot.id for slot in agenda.slots}:
            current = agenda.current(self.app.clock()) if wanted == self.app.today() else None
            keep = current.id if current else None
        days.show(agenda, keep, self.app.masked)
        self._show_status()

    def _show_again(self) -> None:
        days = self.query_one(DayList)
        if self._agenda:
            days.show(self._agenda, days.slot.id if days.slot else None, self.app.masked)
            self.query_one(Brief).show(days.slot, self.day, self.app.masked)

    def _show_status(self) -> None:
        agenda = self._agenda
        if agenda is None or not self.app.unlocked:
            return
        self.query_one(DayList).show_time(self.app.clock())
        self.show_status(self._status(agenda, self.app.now(), max(20, self.size.width - 2)))

    def _status(self, agenda: Agenda, now: datetime, width: int) -> Content:
        parts = [Content.styled(show_day(agenda.day), ".strong")]
        if agenda.day == now.date():
            parts[0] = Content.assemble(parts[0], f"  {now:%H:%M}")
            parts.append(Content(f"{agenda.to_go} of {agenda.taking_place} to go"))
            ahead = agenda.next_after(self.app.clock())
            if clock := next(filter(None, (clock_of(s.appointment, self.app.clock()) for s in agenda.slots)), None):
                parts.append(Content(f"in session {clock.words}"))
            elif ahead:
                minutes = (ahead.appointment.starts_at - self.app.clock()).total_seconds() / 60
                parts.append(Content(f"next in {show_span(minutes)}"))
        else:
            parts.append(Content(f"{agenda.taking_place} booked"))
        mark = title_of(self.app)
        owed = Content.styled(f"✎ {agenda.to_sign} to sign", ".badge") if agenda.to_sign else Content()
        left = [*([mark] if mark else []), *parts]
        right = [part for part in (owed, one_line(agenda.therapist.signature)) if part]
        # What has no room is left out whole: first the name, then what the list says anyway.
        for gone in (right, left, left, right):
            if sum(part.cell_length + 3 for part in (*left, *right)) > width and gone:
                gone.pop()
        return spread(Content("   ").join(left), Content("   ").join(right), width)

    # Messages of the two panes

    def _show_brief(self, slot: Slot | None) -> None:
        self.query_one(Brief).show(slot, self.day, self.app.masked)
        if slot:
            self.app.guard.read_brief(slot.brief.client.id)

    @on(DayList.Chosen)
    def _open_chart(self) -> None:
        self.action_chart()

    @on(Brief.CautionChosen)
    def _why(self, event: Brief.CautionChosen) -> None:
        from .why import WhyScreen

        self.app.push_screen(WhyScreen(event.caution))

    @on(Brief.GoalChosen)
    def _new_value(self, event: Brief.GoalChosen) -> None:
        self._measure(event.goal_id)

    # The client

    @property
    def slot(self) -> Slot | None:
        """The highlighted appointment."""
        return self.query_one(DayList).slot

    def action_chart(self) -> None:
        """Open the client's chart."""
        if self.slot:
            from .chart import ChartScreen

            brief = self.slot.brief
            known = brief if self.day == self.app.today() else None
            self.app.push_screen(ChartScreen(brief.client.id, brief=known))

    def action_note(self) -> None:
        """Open the note of the highlighted appointment: to write, or to read once it is signed."""
        if self.slot:
            from .note import open_note

            open_note(self.app, self.slot, self.day)

    def action_measure(self) -> None:
        """Type a new value for a goal."""
        goal = self.query_one(Brief).goal
        self._measure(goal.goal.id if goal else None)

    def _measure(self, goal_id: UUID | None) -> None:
        if not self.slot:
            return
        if not self.slot.brief.goals:
            chart, goal = self.app.shown_key("today.chart"), self.app.shown_key("chart.goal")
            toast(self.app, f"This client has no goals yet: {chart} opens the chart, {goal} adds one.")
            return
        from .measure import MeasureScreen

        self.app.push_screen(MeasureScreen(self.slot.brief.goals, goal_id))

    def action_trends(self) -> None:
        """Plot the client's goals."""
        if not self.slot or not self.slot.brief.goals:
            return
        from .trend import TrendScreen

        goal = self.query_one(Brief).goal
        brief = self.slot.brief
        self.app.push_screen(TrendScreen(brief.client, brief.goals, goal.goal.id if goal else None))

    @told
    async def action_no_change(self) -> None:
        """Asked today, nothing new."""
        if self.slot:
            await self.app.records.run(self.app.practice.health.unchanged, self.slot.brief.client.id)
            self.app.changed.publish(None)
            await self.app.tell_act()

    def action_history(self) -> None:
        """Add something new to the history."""
        if self.slot:
            from ..forms.health import HealthForm
            from .form import FormScreen

            self.app.push_screen(FormScreen(HealthForm(self.slot.brief.client, self.app.today(), self.app.screening)))

    # The appointment

    @work
    @told
    async def action_step(self) -> None:
        """Booked → arrived → in session → done."""
        if not self.slot:
            return
        following = NEXT_STEP.get(self.slot.appointment.status)
        if following is None:
            toast(self.app, f"This appointment is {self.slot.appointment.status.value}; S takes the step back.")
            return
        await self._step(following)

    @work
    @told
    async def action_step_back(self) -> None:
        """Take the last step back."""
        if self.slot and self.slot.appointment.status in STEP_BACK:
            await self._step(STEP_BACK[self.slot.appointment.status])

    async def _step(self, status: Status) -> None:
        if self.slot:
            appointments, appointment_id = self.app.practice.appointments, self.slot.id
            if await with_reason(self.app, lambda why: appointments.step(appointment_id, status, why=why)):
                self.app.changed.publish(None)
                await self.app.tell_act()

    def action_cancel(self) -> None:
        """Cancel, or mark a no-show, with a reason."""
        if self.slot and self.slot.appointment.status.open:
            from ..forms.cancel import CancelForm
            from .form import FormScreen

            name = name_of(self.slot.brief.client, self.app.masked)
            self.app.push_screen(FormScreen(CancelForm(self.slot.appointment, name)))

    @work
    async def action_book(self) -> None:
        """Book an appointment on this day."""
        from .clients import ClientsScreen

        client_id = await self.app.push_screen_wait(ClientsScreen(pick=True))
        if isinstance(client_id, UUID):
            await book(self, client_id, self.day)

    def action_move(self) -> None:
        """Move or change the highlighted appointment."""
        if self.slot:
            from ..forms.appointment import AppointmentForm
            from .form import FormScreen

            form = AppointmentForm.change(
                self.slot.brief.client, self.slot.appointment, self.app.practice.zone, self.app.today()
            )
            self.app.push_screen(FormScreen(form), self.follow)

    def follow(self, made: object) -> None:
        """Show the day of an appointment that was booked or moved, with the highlight on it."""
        from therapist_tui.domain.appointment import Appointment

        if isinstance(made, Appointment):
            self.load(made.starts_at.astimezone(self.app.practice.zone).date(), made.id)

    @work
    async def action_repeat(self) -> None:
        """Repeat the highlighted appointment, or change its series."""
        if self.slot:
            from ..repeating import repeat

            one = self.slot.appointment
            self.follow(await repeat(self.app, one.client_id, one, one.starts_at, one.minutes))

    # The day

    def action_next_client(self) -> None:
        """Jump to the next client that is not done; from another day, to today."""
        if self.day != self.app.today():
            self.load(self.app.today(), opening=True)
            return
        days = self.query_one(DayList)
        slots = self._agenda.slots if self._agenda else ()
        at = next((i for i, slot in enumerate(slots) if days.slot and slot.id == days.slot.id), -1)
        ahead = [slot for slot in (*slots[at + 1 :], *slots[: at + 1]) if slot.appointment.status.open]
        if ahead:
            days.highlight(ahead[0].id)

    def action_week(self) -> None:
        """The week of this day, the cursor on the highlighted appointment."""
        from .week import WeekScreen

        self.app.push_screen(WeekScreen(self.day, self.slot.id if self.slot else None))

    def action_previous_day(self) -> None:
        """Show the day before."""
        self.load(date.fromordinal(self.day.toordinal() - 1))

    def action_next_day(self) -> None:
        """Show the day after."""
        self.load(date.fromordinal(self.day.toordinal() + 1))

    def action_today(self) -> None:
        """Come back to today."""
        self.load(self.app.today(), opening=True)

    def action_go_to(self) -> None:
        """Go to a date in words."""
        from .ask import AskScreen

        today = self.app.today()
        ask = AskScreen(
            "Go to", "tue, 3 dec, 2026-12-03, +2w, yesterday", lambda words: read_date(words, today), show_day
        )
        self.app.push_screen(ask, self._go)

    def _go(self, day: object) -> None:
        if isinstance(day, date):
            self.load(day)

    # The panes

    def action_switch_pane(self) -> None:
        """To the brief and back; where only one pane has room, it comes to the front."""
        days, brief = self.query_one(DayList), self.query_one(Brief)
        to_brief = days.has_focus or (not self.has_class("-brief-in-front") and not brief.has_focus)
        self.set_class(to_brief, "-brief-in-front")
        (brief if to_brief else days).focus()

    def action_section_cautions(self) -> None:
        """Show the cautions."""
        self._section(0)

    def action_section_goals(self) -> None:
        """Show the goals."""
        self._section(1)

    def action_section_last(self) -> None:
        """Show the last note."""
        self._section(2)

    def _section(self, index: int) -> None:
        self.set_class(True, "-brief-in-front")
        self.query_one(Brief).show_section(index)


async def book(screen: PracticeScreen, client_id: UUID, day: date) -> None:
    """Ask for the rest of an appointment and show the day it was booked on."""
    from ..forms.appointment import AppointmentForm
    from .form import FormScreen

    client = await screen.app.records.run(screen.app.practice.clients.get, client_id)
    usual = await screen.app.records.run(screen.app.practice.appointments.usual, client_id)
    form = AppointmentForm.new(client, day, usual, screen.app.practice.zone, screen.app.today())
    made = await screen.app.push_screen_wait(FormScreen(form))
    for below in screen.app.screen_stack:
        if isinstance(below, TodayScreen):
            below.follow(made)
