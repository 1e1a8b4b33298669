"""The month as a grid of days, each with how much of it is booked."""

from datetime import date, datetime, timedelta

from textual import events
from textual.content import Content
from textual.message import Message

from therapist_tui.domain.week import Load, in_hours

from ..plain import fitted
from .lines import Lines

NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NUMBER = 5
"""Cells of the column of week numbers."""
TALL = 3
"""Lines of a day where there is room: its number, its load, its hours."""


class MonthGrid(Lines, can_focus=True):
    """Weeks down, days across; the cursor is a day."""

    class Beyond(Message):
        """The cursor left the days that are shown."""

        def __init__(self, day: date) -> None:
            self.day = day
            super().__init__()

    class Chosen(Message):
        """A day was clicked while the cursor was on it."""

    def __init__(self, day: date, now: datetime) -> None:
        super().__init__(id="month")
        self.day, self._today = day, now.date()
        self._month = day
        self._loads: tuple[Load, ...] = ()

    def show(self, loads: tuple[Load, ...], month: date, day: date) -> None:
        """Show the days of a month, the cursor on one of them."""
        self._loads, self._month, self.day = loads, month, day
        self.refresh()

    def move(self, days: int) -> None:
        """Move the cursor; the rows that it leaves and comes to are painted again."""
        day = self.day + timedelta(days=days)
        if (day.year, day.month) != (self._month.year, self._month.month):
            self.post_message(self.Beyond(day))
            return
        before, self.day = self._week_of(self.day), day
        for week in {before, self._week_of(day)}:
            for y in range(self._height):
                self.refresh_line(1 + week * (self._height + 1) + y)

    @property
    def _height(self) -> int:
        """Lines of a week."""
        weeks = max(1, len(self._loads) // 7)
        return max(1, min(TALL, (self.size.height - 1) // weeks - 1))

    def _week_of(self, day: date) -> int:
        return (day - self._loads[0].day).days // 7 if self._loads else 0

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on a day; where it was already, choose it."""
        week, place = divmod(event.y - 1, self._height + 1)
        edges = self._edges()
        column = next((index for index in range(7) if edges[index] <= event.x < edges[index + 1]), None)
        at = week * 7 + (column or 0)
        if column is None or place >= self._height or not 0 <= at < len(self._loads):
            return
        day = self._loads[at].day
        if day == self.day:
            self.post_message(self.Chosen())
        else:
            self.move((day - self.day).days)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """The cursor shows the focus."""
        self.refresh()

    def _edges(self) -> list[int]:
        room = self.size.width - NUMBER
        return [NUMBER + room * index // 7 for index in range(8)]

    def line(self, y: int, width: int) -> Content:
        """The weekdays, or a line of a week."""
        edges = self._edges()
        if y == 0:
            names = [
                fitted(Content.styled(f" {name}", ".title"), edges[i + 1] - edges[i]) for i, name in enumerate(NAMES)
            ]
            return Content.assemble(" " * NUMBER, *names)
        week, place = divmod(y - 1, self._height + 1)
        days = self._loads[week * 7 : week * 7 + 7]
        if not days:
            return Content()
        if place == self._height:
            return Content.styled(" " * NUMBER + "╌" * (width - NUMBER), ".frame")
        number = f" {days[0].day.isocalendar().week:>2}  " if place == 0 else ""
        cells = [self._cell(load, place, edges[i + 1] - edges[i]) for i, load in enumerate(days)]
        return Content.assemble(fitted(Content.styled(number, ".muted"), NUMBER), *cells)

    def _cell(self, load: Load, place: int, width: int) -> Content:
        inside = (load.day.year, load.day.month) == (self._month.year, self._month.month)
        text = fitted(self._text(load, place, width - 2, inside), width - 2)
        if load.day != self.day:
            return Content.assemble(" ", text, " ")
        style = ".cursor" if self.has_focus else ".cursor-blurred"
        return Content.assemble(("▌", ".accent"), text.stylize(style, 0), " ")

    def _text(self, load: Load, place: int, width: int, inside: bool) -> Content:
        style = "" if inside else ".muted"
        if place == 1:
            return bar(load, min(width, 10))
        if place == 2:
            return Content.styled(in_hours(load.minutes) if load.minutes else "", ".muted")
        name = Content.styled(f"{load.day.day:>2}", ".tab-on" if load.day == self._today else f"{style or '.strong'}")
        count = Content.styled(f"  {load.count}" if load.count else "", ".muted" if not inside else "")
        short = Content.assemble("  ", bar(load, min(5, width - 8))) if self._height == 1 and width > 11 else Content()
        return Content.assemble(name, count, short)


def bar(load: Load, cells: int) -> Content:
    """How much of the working hours is booked, as a bar; full days are marked by more than colour: "full"."""
    if not load.open_minutes and not load.minutes:
        return Content.styled("closed", ".frame")
    full = min(cells, round(load.share * cells)) if load.minutes else 0
    full = max(1, full) if load.minutes else 0
    return Content.assemble(("▰" * full, ".spark"), ("▱" * (cells - full), ".frame"))
