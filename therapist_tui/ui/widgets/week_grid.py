"""The week as a grid: seven days across, the hours down; the cursor goes from one appointment or free time to the next.

An appointment that is picked up follows the arrows; nothing is written before the screen hears `PutDown`.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var

from therapist_tui.domain.appointment import Status
from therapist_tui.domain.week import Booking, Week

from .. import keys
from .lines import Lines
from .week_layout import Layout, Stop, laid_out, minute_of, moment_of, nearest
from .week_moving import Moving
from .week_paint import Look, between, edges, now_row, rule

LENGTHS = (15, 30, 45, 60, 75, 90, 105, 120, 150, 180)
"""Minutes that free time is looked for and booked."""


class WeekGrid(Lines, can_focus=True):
    """Seven columns. The cursor is kept by the appointment, or by its time."""

    BINDINGS = [*keys.bindings("grid"), *keys.bindings("moving")]

    pointed: var[Stop | None] = var(None, init=False, always_update=True)
    """Where the cursor is, for the screen to watch."""

    class PutDown(Message):
        """An appointment was put down at another time."""

        def __init__(self, booking: Booking, starts_at: datetime) -> None:
            self.booking, self.starts_at = booking, starts_at
            super().__init__()

    class Beyond(Message):
        """The cursor, or what was picked up, left the week: the day it went to, and the appointment it is on."""

        def __init__(self, day: date, keep: UUID | None = None) -> None:
            self.day, self.keep = day, keep
            super().__init__()

    class Chosen(Message):
        """A place was clicked while the cursor was there."""

    def __init__(self, now: datetime) -> None:
        super().__init__(id="week")
        self._week: Week | None = None
        self._layout: Layout | None = None
        self._masked = False
        self._now = now
        self._day: date | None = None
        self._at = 0
        self._scroll = 0
        self.length = 60
        self.moving: Moving | None = None

    # What is shown

    def show(self, week: Week, masked: bool, day: date | None = None, keep: UUID | None = None) -> None:
        """Show a week; the cursor goes to the appointment `keep`, or stays near its time, on `day` if that is given."""
        stop, before = self.stop, self._layout
        minute = stop.minute if stop else minute_of(week, self._now)
        self._week, self._masked = week, masked
        self._lay_out()
        keep = keep or (stop.booking.id if stop and stop.booking and day is None else None)
        booking = week.find(keep) if keep else None
        if booking:
            day = booking.appointment.starts_at.astimezone(week.zone).date()
        elif day is None or day not in week.days:
            day = self._day if self._day in week.days else week.days[stop.day.weekday() if stop else 0]
        self._day = day
        self._point(minute, booking.id if booking else None)
        if before is None:
            self._scroll = 0
        self._follow()
        self.refresh()

    def show_time(self, now: datetime) -> None:
        """Move the line of now; only the rows it leaves and comes to are painted again."""
        before = now_row(self._look()) if self._layout else None
        self._now = now
        if self._layout:
            for row in {before, now_row(self._look())} - {None}:
                self.refresh_line((row or 0) - self._scroll + 1)

    def point_at(self, moment: datetime) -> None:
        """Put the cursor on a time of this week."""
        if self._week:
            self._day = moment.astimezone(self._week.zone).date()
            self._point(minute_of(self._week, moment))
            self._follow()
            self.refresh()

    def set_length(self, step: int) -> None:
        """Look for a longer or a shorter time."""
        at = min(range(len(LENGTHS)), key=lambda index: abs(LENGTHS[index] - self.length))
        self.look_for(LENGTHS[max(0, min(at + step, len(LENGTHS) - 1))])

    def look_for(self, minutes: int) -> None:
        """Look for so much time."""
        self.length = minutes
        self.pointed = self.stop
        self.refresh()

    @property
    def stop(self) -> Stop | None:
        """Where the cursor is."""
        stops = self._stops
        return stops[self._at] if 0 <= self._at < len(stops) else None

    @property
    def booking(self) -> Booking | None:
        """The appointment under the cursor."""
        return self.stop.booking if self.stop else None

    @property
    def moment(self) -> datetime | None:
        """The time under the cursor."""
        return moment_of(self._week, self.stop.day, self.stop.minute) if self._week and self.stop else None

    @property
    def shown(self) -> Week | None:
        """The week as it is shown: with what is picked up where it is held."""
        return self._layout.week if self._layout else None

    @property
    def _stops(self) -> tuple[Stop, ...]:
        return self._layout.stops.get(self._day, ()) if self._layout and self._day else ()

    def _lay_out(self) -> None:
        if self._week:
            week = self._week.with_booking(self.moving.held(self._week)) if self.moving else self._week
            self._layout = laid_out(week, max(1, self.size.height - 2))

    def _point(self, minute: int, booking: UUID | None = None) -> None:
        stops = self._stops
        own = next((at for at, one in enumerate(stops) if one.booking and one.booking.id == booking), None)
        near = min(range(len(stops)), key=lambda at: abs(stops[at].minute - minute), default=0)
        self._at = near if own is None else own
        self.pointed = self.stop

    # What the keys and the mouse do

    def action_up(self) -> None:
        """Move up, or carry earlier."""
        self._carry(minutes=-self._slot) if self.moving else self._go(self._at - 1)

    def action_down(self) -> None:
        """Move down, or carry later."""
        self._carry(minutes=+self._slot) if self.moving else self._go(self._at + 1)

    def action_left(self) -> None:
        """To the day before, with what was picked up."""
        self._carry(days=-1) if self.moving else self._sideways(-1)

    def action_right(self) -> None:
        """To the day after, with what was picked up."""
        self._carry(days=+1) if self.moving else self._sideways(+1)

    def action_first(self) -> None:
        """The first time of the day."""
        if not self.moving:
            self._go(0)

    def action_last(self) -> None:
        """The last time of the day."""
        if not self.moving:
            self._go(len(self._stops) - 1)

    def action_pick_up(self) -> None:
        """Pick the appointment up; once more puts it down."""
        if self.moving:
            self.action_put_down()
            return
        if self.booking and self.booking.appointment.status in (Status.BOOKED, Status.ARRIVED) and self.stop:
            self.moving = Moving(self.booking, self.stop.day, self.stop.minute)
            self.pointed = self.stop

    def action_earlier(self) -> None:
        """Pick up and carry a step earlier."""
        self._lift_and_carry(minutes=-self._slot)

    def action_later(self) -> None:
        """Pick up and carry a step later."""
        self._lift_and_carry(minutes=+self._slot)

    def action_day_before(self) -> None:
        """Pick up and carry to the day before."""
        self._lift_and_carry(days=-1)

    def action_day_after(self) -> None:
        """Pick up and carry to the day after."""
        self._lift_and_carry(days=+1)

    def action_put_down(self) -> None:
        """Say where it was put; where it was before, nothing happens."""
        if self.moving and self._week:
            held = self.moving.held(self._week).appointment.starts_at
            if held == self.moving.booking.appointment.starts_at:
                self.action_leave()
            else:
                self.post_message(self.PutDown(self.moving.booking, held))

    def action_leave(self) -> None:
        """Leave it where it was, and go back there."""
        if self.moving and self._week:
            booking, self.moving = self.moving.booking, None
            day = booking.appointment.starts_at.astimezone(self._week.zone).date()
            if day not in self._week.days:
                self.post_message(self.Beyond(day, booking.id))
            self.show(self._week, self._masked, keep=booking.id)

    def carry_to(self, day: date, minute: int | None = None) -> bool:
        """Carry what was picked up to another day, and to a minute of it; False when nothing is."""
        if self.moving:
            later = 0 if minute is None else minute - self.moving.minute
            self._carry(later, (day - self.moving.day).days)
        return self.moving is not None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Putting down is there only while something is picked up."""
        if action in ("put_down", "leave"):
            return self.moving is not None
        return super().check_action(action, parameters)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor there; where it was already, choose."""
        if self._layout is None or self.moving or not 0 < event.y < self.size.height - 1:
            return
        row, ends = event.y - 1 + self._scroll, edges(self.size.width)
        day = next((index for index in range(7) if ends[index] <= event.x < ends[index + 1]), None)
        if day is None:
            return
        stops = self._layout.stops[self._layout.week.days[day]]
        stop = next((one for one in stops if row in self._layout.rows_of(one, 1)), nearest(stops, row))
        if stop and stop == self.stop:
            self.post_message(self.Chosen())
        elif stop:
            self._day = stop.day
            self._at = stops.index(stop)
            self.pointed = stop
            self.refresh()

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the cursor."""
        self._go(self._at + 1)

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves the cursor."""
        self._go(self._at - 1)

    def on_resize(self) -> None:
        """As many rows to the hour as there is room for."""
        if self._week:
            self.show(self._week, self._masked)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """The frame and the cursor show the focus."""
        self.refresh()

    @property
    def _slot(self) -> int:
        return self._week.hours.slot if self._week else 15

    def _go(self, at: int) -> None:
        if self.moving or not 0 <= at < len(self._stops) or at == self._at:
            return
        self._repainting(lambda: setattr(self, "_at", at))

    def _sideways(self, step: int) -> None:
        if self._layout is None or self._day is None or self.stop is None:
            return
        row, day = self.stop.row, self._day + timedelta(days=step)
        if day not in self._layout.stops:
            self.post_message(self.Beyond(day))
            return
        stops = self._layout.stops[day]
        covering = (at for at, one in enumerate(stops) if row in self._layout.rows_of(one, 1))
        near = nearest(stops, row)
        at = next(covering, stops.index(near) if near else 0)

        def go() -> None:
            self._day, self._at = day, at

        self._repainting(go)

    def _repainting(self, go: Callable[[], None]) -> None:
        """Go, and paint again only the rows that the cursor left and came to."""
        before, scrolled = self._cursor_rows(), self._scroll
        go()
        self._follow()
        self.pointed = self.stop
        if scrolled != self._scroll:
            self.refresh()
            return
        width = self.size.width
        rows = {*before, *self._cursor_rows()}
        self.refresh(*(Region(0, row - self._scroll + 1, width, 1) for row in sorted(rows) if row >= self._scroll))

    def _cursor_rows(self) -> range:
        return self._look().cursor if self._layout else range(0)

    def _lift_and_carry(self, minutes: int = 0, days: int = 0) -> None:
        if not self.moving:
            self.action_pick_up()
        if self.moving:
            self._carry(minutes, days)

    def _carry(self, minutes: int = 0, days: int = 0) -> None:
        if self.moving is None or self._week is None:
            return
        self.moving = self.moving.by(minutes, days)
        if self.moving.day not in self._week.days:
            self.post_message(self.Beyond(self.moving.day))
            return
        self.show_moving()

    def show_moving(self) -> None:
        """Show what is picked up where it is held."""
        if self.moving is None:
            return
        self._lay_out()
        self._day = self.moving.day
        self._point(self.moving.minute, self.moving.booking.id)
        self._follow()
        self.refresh()

    def _follow(self) -> None:
        """Keep the cursor in view."""
        if self._layout is None:
            return
        room, rows = max(1, self.size.height - 2), self._cursor_rows()
        self._scroll = max(0, min(self._scroll, self._layout.rows - room))
        if rows and rows.start < self._scroll:
            self._scroll = rows.start
        elif rows and rows.stop > self._scroll + room:
            self._scroll = min(rows.start, rows.stop - room)

    # What is drawn

    def _look(self) -> Look:
        if self._layout is None:
            raise AssertionError("nothing is shown yet")
        return Look(
            self._layout, self._masked, self.has_focus, self.stop, self.length, self.moving is not None, self._now
        )

    def line(self, y: int, width: int) -> Content:
        """The days, a row, or the bottom."""
        style = ".frame-focused" if self.has_focus else ".frame"
        if y in (0, self.size.height - 1):
            return rule(self._look() if y == 0 and self._layout else None, y == 0, width, style)
        row = y - 1 + self._scroll
        return between(self._look() if self._layout and row < self._layout.rows else None, row, width, style)
