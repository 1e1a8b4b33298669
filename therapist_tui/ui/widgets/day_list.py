"""The day's list: one row an appointment, with badges, and the free time between."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive, var

from therapist_tui.domain.agenda import Agenda, Badge, Slot, badges
from therapist_tui.domain.appointment import Status
from therapist_tui.domain.clock import clock_of
from therapist_tui.domain.free import Gap
from therapist_tui.domain.hours import Hours

from .. import keys
from ..plain import fitted, name_of, one_line
from . import frame
from .levels import STYLES
from .lines import Lines

STATE_GLYPHS = {Status.ARRIVED: "○", Status.IN_SESSION: "◉"}
BADGES_LEAST, BADGES_MOST = 7, 16
NARROW = 36
"""Cells of a row below which badges are single letters and glyphs."""
ROOMY = 52
"""Cells of width from which the service stands in the row too."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: an appointment with its badges, or free time."""

    slot: Slot | None
    gap: Gap | None = None
    badges: tuple[Badge, ...] = ()


class DayList(Lines, can_focus=True):
    """The appointments of a day; the highlight is kept by the appointment's id."""

    BINDINGS = keys.bindings("day")

    agenda: reactive[Agenda | None] = reactive(None, layout=False)
    masked: reactive[bool] = reactive(False)
    highlighted: var[Slot | None] = var(None, init=False, always_update=True)
    """The highlighted appointment, for the screen to watch: a message would reach it one frame too late."""

    class Chosen(Message):
        """An appointment was clicked while it was highlighted."""

        def __init__(self, slot: Slot) -> None:
            self.slot = slot
            super().__init__()

    def __init__(self, zone: ZoneInfo, hours: Hours, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._zone, self._hours = zone, hours
        self._rows: tuple[Row, ...] = ()
        self._cursor = -1
        self._scroll = 0
        self._run: dict[UUID, int] = {}

    @property
    def slot(self) -> Slot | None:
        """The highlighted appointment."""
        return self._rows[self._cursor].slot if 0 <= self._cursor < len(self._rows) else None

    def show(self, agenda: Agenda, keep: UUID | None, masked: bool) -> None:
        """Show a day with the highlight on the appointment `keep`, or on the first one when it is not there."""
        self._rows = rows_of(agenda, self._hours)
        self.set_reactive(DayList.masked, masked)
        self.set_reactive(DayList.agenda, agenda)
        at = next((i for i, row in enumerate(self._rows) if row.slot and row.slot.id == keep), None)
        first = next((i for i, row in enumerate(self._rows) if row.slot), -1)
        self._cursor = first if at is None else at
        self._scroll = 0
        self._scroll_to_cursor()
        self.refresh()
        self.highlighted = self.slot

    def show_time(self, now: datetime) -> None:
        """Show how long sessions under way have run; a row is painted again only when its minutes are others."""
        before = self._run
        clocks = {row.slot.id: clock_of(row.slot.appointment, now) for row in self._rows if row.slot}
        self._run = {appointment_id: clock.run for appointment_id, clock in clocks.items() if clock}
        for index, row in enumerate(self._rows):
            if row.slot and before.get(row.slot.id) != self._run.get(row.slot.id):
                self.refresh_line(index - self._scroll + 1)

    def highlight(self, appointment_id: UUID) -> None:
        """Move the highlight to an appointment of this day."""
        for index, row in enumerate(self._rows):
            if row.slot and row.slot.id == appointment_id:
                self._move_to(index)

    # What the keys and the mouse do

    def action_up(self) -> None:
        """Move to the appointment above."""
        self._move(-1)

    def action_down(self) -> None:
        """Move to the appointment below."""
        self._move(+1)

    def action_first(self) -> None:
        """Move to the first appointment."""
        self._move_to(next((i for i, row in enumerate(self._rows) if row.slot), -1))

    def action_last(self) -> None:
        """Move to the last appointment."""
        self._move_to(next((i for i in reversed(range(len(self._rows))) if self._rows[i].slot), -1))

    def on_click(self, event: events.Click) -> None:
        """Highlight the row that was clicked; choose it when it was highlighted already."""
        index = event.y - 1 + self._scroll
        if 0 < event.y < self.size.height - 1 and 0 <= index < len(self._rows):
            slot = self._rows[index].slot
            if slot and index == self._cursor:
                self.post_message(self.Chosen(slot))
            elif slot:
                self._move_to(index)

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the highlight."""
        self._move(+1)

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves the highlight."""
        self._move(-1)

    def on_resize(self) -> None:
        """Keep the highlight in view."""
        self._scroll_to_cursor()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """The frame and the highlight show the focus."""
        self.refresh()

    def _move(self, step: int) -> None:
        index = self._cursor + step
        while 0 <= index < len(self._rows):
            if self._rows[index].slot:
                return self._move_to(index)
            index += step
        return None

    def _move_to(self, index: int) -> None:
        if index == self._cursor or index < 0:
            return
        before, scrolled = self._cursor, self._scroll
        self._cursor = index
        self._scroll_to_cursor()
        if scrolled != self._scroll:
            self.refresh()
        else:
            self.refresh_line(before - self._scroll + 1)
            self.refresh_line(index - self._scroll + 1)
        self.highlighted = self.slot

    def _scroll_to_cursor(self) -> None:
        room = max(1, self.size.height - 2)
        if self._cursor < self._scroll:
            self._scroll = max(0, self._cursor)
        elif self._cursor >= self._scroll + room:
            self._scroll = self._cursor - room + 1

    # What is drawn

    def line(self, y: int, width: int) -> Content:
        """The top, a row, or the bottom."""
        style = ".frame-focused" if self.has_focus else ".frame"
        height = self.size.height
        if y == 0:
            return frame.edge(Content.styled("Day", ".title"), width, style)
        if y == height - 1:
            return frame.bottom(width, style)
        index = y - 1 + self._scroll
        if index >= len(self._rows):
            return frame.sides(self._empty_line(y), width, style)
        return frame.sides(self._row(index, width - 2), width, style, self._thumb(y, height))

    def _empty_line(self, y: int) -> Content:
        if self._rows or not self.agenda:
            return Content()
        hints = {2: "Nothing is booked on this day.", 4: "a  add an appointment", 5: "c  clients   g  go to a date"}
        return Content.styled(f"  {hints.get(y, '')}", ".muted")

    def _thumb(self, y: int, height: int) -> bool:
        room = height - 2
        if len(self._rows) <= room:
            return False
        return self._scroll * room // len(self._rows) <= y - 1 <= (self._scroll + room) * room // len(self._rows)

    def _row(self, index: int, width: int) -> Content:
        row = self._rows[index]
        if row.gap:
            starts_at = row.gap.starts_at.astimezone(self._zone)
            return Content.styled(f" {starts_at:%H:%M}       · {row.gap.minutes} min free", ".muted")
        if not row.slot:
            return Content()
        at_cursor = index == self._cursor
        content = Content.assemble(("▌" if at_cursor else " ", ".accent"), self._slot(row.slot, row.badges, width - 1))
        if at_cursor:
            return fitted(content, width).stylize(".cursor" if self.has_focus else ".cursor-blurred", 1)
        return content

    def _slot(self, slot: Slot, marks: tuple[Badge, ...], width: int) -> Content:
        appointment = slot.appointment
        quiet = appointment.status is Status.DONE or appointment.status.lost
        state = STATE_GLYPHS.get(appointment.status, " ")
        start: datetime = appointment.starts_at.astimezone(self._zone)
        run = self._run.get(slot.id)
        head = (
            f"{start:%H:%M} {appointment.minutes:>3} " if run is None else f"{start:%H:%M} {run}/{appointment.minutes} "
        )
        name_style = ".muted" if quiet else ""
        name = one_line(name_of(slot.brief.client, self.masked), name_style)
        short = width < NARROW
        column = badge_column(self._rows, short)
        room = width - len(head) - 2 - column - 1
        if width >= ROOMY:
            service = one_line(appointment.service, ".muted")
            name = Content.assemble(fitted(name, 22), " ", service)
        return Content.assemble(
            (head, ".muted" if quiet else ""),
            (f"{state} ", ".accent"),
            fitted(name, room),
            " ",
            fitted(badges_content(marks, short), column),
        )


def rows_of(agenda: Agenda, hours: Hours) -> tuple[Row, ...]:
    """The lines of the list: the appointments in order, the free time between them."""
    rows: list[Row] = []
    overlapping = agenda.overlapping()
    for slot in agenda.slots:
        marks = badges(slot)
        if slot.id in overlapping:
            marks = (Badge("overlap", "shares its time with another appointment"), *marks)
        rows.append(Row(slot, None, marks))
        rows += [Row(None, gap) for gap in agenda.gaps_after(slot, hours)]
    return tuple(rows)


def badge_column(rows: tuple[Row, ...], short: bool) -> int:
    """The width of the badges' column."""
    widest = max((badges_content(row.badges, short).cell_length for row in rows), default=0)
    return max(BADGES_LEAST, min(BADGES_MOST, widest))


def badges_content(marks: tuple[Badge, ...], short: bool) -> Content:
    """A row's badges; `short` leaves out their words."""
    parts = [
        Content.styled(mark.text.split()[0] if short else mark.text, STYLES[mark.level] if mark.level else ".badge")
        for mark in marks
    ]
    return Content(" ").join(parts)
