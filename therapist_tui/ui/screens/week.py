"""The week: who comes when, where there is room, and appointments moved by keys with a look at where they would be."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import Static

from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.client import Client
from therapist_tui.domain.free import aligned
from therapist_tui.domain.touching import Scope, SeriesChange
from therapist_tui.domain.usual import Usual
from therapist_tui.domain.week import Booking, Week
from therapist_tui.domain.when import read_date, show_day

from .. import keys
from ..actions import BY_ID, KEY_LINE_LIMIT, in_line
from ..app import title_of
from ..plain import name_of, toast
from ..repeating import draft_of, repeat
from ..told import told
from ..widgets import week_words
from ..widgets.key_line import KeyLine
from ..widgets.week_grid import WeekGrid
from .base import PracticeScreen


class WeekScreen(PracticeScreen):
    """Seven days. It is dismissed when a day is to be shown."""

    SCOPE = "week"
    CSS_PATH = "week.tcss"
    BINDINGS = keys.bindings("week")

    def __init__(self, day: date, keep: UUID | None = None) -> None:
        super().__init__()
        self._day, self._first = day, keep
        self._week: Week | None = None
        self._wanted: tuple[Client, Usual] | None = None

    def body(self) -> ComposeResult:
        """The grid, and the cursor's place in words."""
        yield WeekGrid(self.app.clock())
        yield Static(id="detail")

    def on_mount(self) -> None:
        """Show the week, and keep the line of now where it belongs."""
        self.app.changed.subscribe(self, lambda _: self.load())
        self.app.masking.subscribe(self, lambda _: self._show_again())
        self.set_interval(20, lambda: self._grid.show_time(self.app.clock()))
        self.watch(self._grid, "pointed", lambda _: self._pointed(), init=False)
        self._grid.focus()
        self.load(self._day, self._first)

    @property
    def _grid(self) -> WeekGrid:
        return self.query_one(WeekGrid)

    @property
    def booking(self) -> Booking | None:
        """The appointment under the cursor; none while one is picked up, which is not where it looks to be."""
        return None if self._grid.moving else self._grid.booking

    @work(exclusive=True, group="load")
    async def load(self, day: date | None = None, keep: UUID | None = None, moment: datetime | None = None) -> None:
        """Show the week of a day, or the same one again: the appointments at once, their cautions a moment later."""
        if not self.app.unlocked:
            return
        practice, hours = self.app.practice, self.app.hours
        wanted = day or (self._week.monday if self._week else self._day)
        week = await self.app.records.run(practice.week.of, wanted, hours)
        if self.closed:
            return
        if self._week and self._week.monday == week.monday:
            week = week.with_worst({one.id: one.worst for one in self._week.bookings if one.worst})
        self._show(week, day, keep)
        if moment:
            self._grid.point_at(moment)
        worst = await self.app.records.run(practice.week.worst, week)
        if not self.closed and week.with_worst(worst) != self._week:
            self._show(week.with_worst(worst))

    def _show(self, week: Week, day: date | None = None, keep: UUID | None = None) -> None:
        self._week = week
        self._grid.show(week, self.app.masked, day, keep)
        self._grid.show_moving()
        self._show_status(week)

    def _show_again(self) -> None:
        if self._week:
            self._show(self._week)

    def on_resize(self) -> None:
        """The status line is fitted to the width."""
        if self._week:
            self._show_status(self._week)

    # The lines in words

    def _show_status(self, week: Week) -> None:
        self.show_status(week_words.status(week, title_of(self.app), max(20, self.size.width - 2)))

    def _pointed(self) -> None:
        grid = self._grid
        if grid.shown:
            keys_named = self.app.shown_key("week.longer"), self.app.shown_key("week.shorter")
            wanted = ""
            if self._wanted:
                client, usual = self._wanted
                wanted = f"{name_of(client, self.app.masked)}: {usual.service}"
            said = week_words.detail(grid, grid.shown, self.app.masked, keys_named, wanted)
            self.query_one("#detail", Static).update(said, layout=False)
        self.show_keys()

    def show_keys(self) -> None:
        """The keys of the week; those of moving while something is picked up."""
        names = "grid.pick_up", *(one.id for one in in_line("week"))
        if self._grid.moving:
            names = "moving.put_down", "moving.leave"
        shown = [BY_ID[name] for name in names if name != "grid.pick_up" or self.booking]
        everywhere = in_line("app")
        self.query_one(KeyLine).show([*shown[: KEY_LINE_LIMIT - 1], *everywhere], self.app.active_keymap)

    # Moving

    @on(WeekGrid.Beyond)
    def _beyond(self, event: WeekGrid.Beyond) -> None:
        self.load(event.day, event.keep)

    @on(WeekGrid.Chosen)
    def _clicked(self) -> None:
        self.action_open()

    @on(WeekGrid.PutDown)
    @work
    @told
    async def _put_down(self, event: WeekGrid.PutDown) -> None:
        one, zone = event.booking.appointment, self.app.practice.zone
        scope: object = Scope.THIS
        if one.series_id:
            from .scope import ScopeScreen

            before, after = one.starts_at.astimezone(zone), event.starts_at.astimezone(zone)
            clock = after.time() if after.time() != before.time() else None
            change = SeriesChange((after.date() - before.date()).days, clock)
            scope = await self.app.push_screen_wait(ScopeScreen(one, change))
            if not isinstance(scope, Scope):
                return
            if scope is not Scope.THIS:
                await self.app.records.run(self.app.practice.series.change, one.id, scope, change)
        if scope is Scope.THIS:
            await self.app.records.run(
                self.app.practice.appointments.change, one.id, replace(draft_of(one), starts_at=event.starts_at)
            )
        self._grid.moving = None
        self.app.changed.publish(None)
        self.load(event.starts_at.astimezone(zone).date(), one.id)
        await self.app.tell_act()

    # The appointment

    def action_open(self) -> None:
        """The chart; in free time, book."""
        if self.booking:
            from .chart import ChartScreen

            self.app.push_screen(ChartScreen(self.booking.client.id))
        else:
            self.action_book()

    @work
    @told
    async def action_note(self) -> None:
        """The note of the appointment."""
        if self.booking:
            from .note import open_note_of

            await open_note_of(self.app, self.booking.id, self.booking.appointment.starts_at)

    @work
    async def action_book(self) -> None:
        """Ask for whom, then for the rest, at the time of the cursor and as long as is looked for."""
        from ..forms.appointment import AppointmentForm
        from .form import FormScreen

        moment = None if self._grid.moving else self._grid.moment
        if moment is None:
            return
        found = self._wanted or await self._for_whom("")
        if found:
            client, usual = found
            usual = replace(usual, minutes=self._grid.length)
            form = AppointmentForm.at(client, moment, usual, self.app.practice.zone, self.app.today())
            self.follow(await self.app.push_screen_wait(FormScreen(form)))

    async def _for_whom(self, title: str) -> tuple[Client, Usual] | None:
        """A client, and what that one usually books."""
        from .clients import ClientsScreen

        client_id = await self.app.push_screen_wait(ClientsScreen(pick=True, title=title))
        return await self._usual(client_id) if isinstance(client_id, UUID) else None

    async def _usual(self, client_id: UUID) -> tuple[Client, Usual]:
        practice = self.app.practice
        client = await self.app.records.run(practice.clients.get, client_id)
        return client, await self.app.records.run(practice.appointments.usual, client_id)

    def action_move(self) -> None:
        """Change it in its form."""
        if self.booking and self.booking.appointment.status.open:
            from ..forms.appointment import AppointmentForm
            from .form import FormScreen

            practice, one = self.app.practice, self.booking
            form = AppointmentForm.change(one.client, one.appointment, practice.zone, self.app.today())
            self.app.push_screen(FormScreen(form), self.follow)

    @work
    async def action_repeat(self) -> None:
        """Repeat it, or change its series; in free time, book a series there."""
        moment = self._grid.moment
        if moment and not self._grid.moving:
            booking = self.booking
            made = await repeat(
                self.app,
                booking.client.id if booking else None,
                booking.appointment if booking else None,
                moment,
                self._grid.length,
            )
            self.follow(made)

    @work
    @told
    async def action_cancel(self) -> None:
        """Cancel it with a reason; of a series asks which dates."""
        booking = self.booking
        if booking is None or not booking.appointment.status.open:
            return
        from ..forms.cancel import CancelForm
        from ..forms.series import CancelSeriesForm
        from .form import FormScreen
        from .scope import ScopeScreen

        one, scope = booking.appointment, Scope.THIS
        if one.series_id:
            scope = await self.app.push_screen_wait(ScopeScreen(one, None))
        name = name_of(booking.client, self.app.masked)
        if scope is Scope.THIS:
            self.app.push_screen(FormScreen(CancelForm(one, name)))
        elif isinstance(scope, Scope):
            self.app.push_screen(FormScreen(CancelSeriesForm(one, name, scope)))

    def follow(self, made: object) -> None:
        """Show what was booked or moved."""
        if isinstance(made, Appointment):
            self._wanted = None
            self.load(made.starts_at.astimezone(self.app.practice.zone).date(), made.id)

    # Free time

    @work
    async def action_next_free(self) -> None:
        """The next time that has room; from a free place, the one after. What was picked up is carried there."""
        grid, hours = self._grid, self.app.hours
        if grid.moment is None or grid.shown is None:
            return
        minutes = grid.moving.booking.appointment.minutes if grid.moving else grid.length
        step = timedelta(minutes=hours.slot if grid.moving else 0)
        after = max(grid.moment + step, self.app.clock())
        here = grid.shown.free_on(after.astimezone(grid.shown.zone).date())
        within = next(
            (gap for gap in here if gap.starts_at <= after < gap.starts_at + timedelta(minutes=gap.minutes)), None
        )
        if within and self._grid.booking is None and aligned(after, hours.slot, grid.shown.zone) == grid.moment:
            after = within.starts_at + timedelta(minutes=within.minutes)
        await self._to_next_free(after, minutes)

    @work
    @told
    async def action_free_for(self) -> None:
        """The next time with room for what a client usually books: the client under the cursor, or one to choose."""
        grid = self._grid
        if grid.moment is None or grid.moving:
            return
        here = self.booking
        found = await self._usual(here.client.id) if here else await self._for_whom("Free time for whom?")
        if found:
            self._wanted = found
            grid.look_for(found[1].minutes)
            await self._to_next_free(max(grid.moment, self.app.clock()), found[1].minutes)
            self._pointed()

    async def _to_next_free(self, after: datetime, minutes: int) -> None:
        grid = self._grid
        found = await self.app.records.run(self.app.practice.week.next_free, after, minutes, self.app.hours)
        if found is None:
            toast(self.app, f"No {minutes} minutes are free within a year of the working hours.")
            return
        local = found.astimezone(self.app.practice.zone)
        if not grid.carry_to(local.date(), local.hour * 60 + local.minute):
            self.load(local.date(), moment=found)

    def action_longer(self) -> None:
        """Look for more time."""
        self._grid.set_length(+1)

    def action_shorter(self) -> None:
        """Look for less time."""
        self._grid.set_length(-1)

    # Weeks, days, months

    def action_previous(self) -> None:
        """The week before, with what was picked up."""
        self._turn(-1)

    def action_next(self) -> None:
        """The week after, with what was picked up."""
        self._turn(+1)

    def _turn(self, weeks: int) -> None:
        if self._week:
            day = self._grid.stop.day if self._grid.stop else self._week.monday
            self._go(day + timedelta(days=7 * weeks))

    def action_today(self) -> None:
        """This week, the cursor on now."""
        if not self._grid.carry_to(self.app.today()):
            self.load(self.app.today(), moment=self.app.clock())

    def action_go_to(self) -> None:
        """A date in words."""
        from .ask import AskScreen

        today = self.app.today()
        ask = AskScreen("Go to", "tue, 3 dec, 2026-12-03, +2w", lambda words: read_date(words, today), show_day)
        self.app.push_screen(ask, self._go)

    def _go(self, day: object) -> None:
        if isinstance(day, date) and not self._grid.carry_to(day):
            self.load(day)

    def action_month(self) -> None:
        """How full the month is."""
        from .month import MonthScreen

        day = self._grid.stop.day if self._grid.stop else self.app.today()
        self.app.push_screen(MonthScreen(day), self._go)

    def action_show_day(self) -> None:
        """That day on Today, with the highlight on the appointment."""
        from .today import TodayScreen

        day = self._grid.stop.day if self._grid.stop and not self._grid.moving else None
        for below in self.app.screen_stack:
            if isinstance(below, TodayScreen) and day:
                below.load(day, self.booking.id if self.booking else None)
        self.dismiss(None)

    def action_close(self) -> None:
        """Look for nobody's time any more; then back to the day."""
        if self._wanted:
            self._wanted = None
            self._pointed()
            return
        self.dismiss(None)
