"""The desk's list: a row for each thing that is owed, and the highlighted one in full beneath."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import var

from therapist_tui.domain.desk import Desk, Owed, OwedKind
from therapist_tui.domain.when import show_day, show_short

from ..plain import fitted, name_of, one_line, spread
from . import frame
from .lines import Lines

KIND_WIDTH = 11
"""Cells of the widest glyph and word."""
WHEN_WIDTH = 11
NAME_NARROW, NAME_WIDE = 17, 24
WIDE = 100
"""Cells of width from which names have more room."""
TIGHT = 66
"""Cells of width below which a row says no more than whose it is and how urgent: the rest stands beneath the list."""
DETAIL = 3
"""Lines of the highlighted thing in full, with the rule above it."""
STYLES = {OwedKind.NOTE: ".badge", OwedKind.OUTCOME: ".accent", OwedKind.HISTORY: ".check", OwedKind.GOAL: ".adapt",
          OwedKind.REVIEW: ".adapt"}  # fmt: skip
"""Beside glyph and word, never alone. Papers are muted."""


class DeskList(Lines, can_focus=True):
    """Everything owed; the highlight is kept by what it is about, and stays near when that was settled."""

    highlighted: var[Owed | None] = var(None, init=False, always_update=True)
    """The highlighted thing, for the screen to watch."""

    class Chosen(Message):
        """A row was clicked while it was highlighted."""

    def __init__(self, desk: Desk, zone: ZoneInfo, now: Callable[[], datetime]) -> None:
        super().__init__(id="owed")
        self._desk, self._zone, self._now = desk, zone, now
        self._masked = False
        self._cursor, self._scroll = 0, 0

    @property
    def owed(self) -> Owed | None:
        """The highlighted thing."""
        return self._desk.owed[self._cursor] if self._cursor < len(self._desk.owed) else None

    def show(self, desk: Desk, masked: bool) -> None:
        """Show the desk, with the highlight where it was or, when that is settled, on what took its place."""
        kept: tuple[OwedKind, UUID] | None = self.owed.key if self.owed else None
        at = next((i for i, one in enumerate(desk.owed) if one.key == kept), self._cursor)
        self._desk, self._masked = desk, masked
        self._cursor = max(0, min(at, len(desk.owed) - 1))
        self._follow()
        self.refresh()
        self.highlighted = self.owed

    # What the keys and the mouse do

    def move(self, step: int) -> None:
        """Move the highlight so many rows; it stops at both ends."""
        before = self._cursor
        self._cursor = max(0, min(self._cursor + step, len(self._desk.owed) - 1))
        if before != self._cursor:
            self._follow()
            self.refresh()
            self.highlighted = self.owed

    def on_click(self, event: events.Click) -> None:
        """Highlight the row that was clicked; choose it when it was highlighted already."""
        at = event.y - 1 + self._scroll
        if 0 < event.y <= self._room() and at < len(self._desk.owed):
            if at == self._cursor:
                self.post_message(self.Chosen())
            self.move(at - self._cursor)

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the highlight."""
        self.move(+1)

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves the highlight."""
        self.move(-1)

    def on_resize(self) -> None:
        """Keep the highlight in view."""
        self._follow()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """The frame and the highlight show the focus."""
        self.refresh()

    def _room(self) -> int:
        return max(1, self.size.height - 2 - DETAIL)

    def _follow(self) -> None:
        room = self._room()
        self._scroll = min(max(self._scroll, self._cursor - room + 1), self._cursor)

    # What is drawn

    def line(self, y: int, width: int) -> Content:
        """The top, a row, the rule, the highlighted one in full, or the bottom."""
        style = ".frame-focused" if self.has_focus else ".frame"
        rows = self._desk.owed
        room = self._room()
        if y == 0:
            return frame.edge(Content.styled("Owed, oldest first", ".title"), width, style)
        if y <= room:
            at = y - 1 + self._scroll
            content = self._row(at, width - 2) if at < len(rows) else self._calm(y)
            return frame.sides(content, width, style, self._thumb(y - 1, len(rows)))
        if y == room + 1:
            return frame.edge(Content(), width, style, frame.RULE)
        if y == self.size.height - 1:
            return frame.bottom(width, style)
        return frame.sides(self._in_full(y - room - 2, width - 4), width, style)

    def _thumb(self, y: int, rows: int) -> bool:
        room = self._room()
        return rows > room and self._scroll * room // rows <= y <= (self._scroll + room) * room // rows

    def _calm(self, y: int) -> Content:
        if not self._desk.owed and y == 2:
            return Content.styled("  Nothing is owed.", ".muted")
        return Content()

    def _row(self, at: int, width: int) -> Content:
        owed = self._desk.owed[at]
        left = Content.assemble(
            ("▌" if at == self._cursor else " ", ".accent"),
            fitted(kind_label(owed.kind), KIND_WIDTH),
            " ",
            fitted(Content.styled(self._when(owed), ".muted"), WHEN_WIDTH),
            " ",
            self._about(owed, width),
        )
        row = spread(left, one_line(owed.urgency, ".worse" if owed.late else ""), width - 1)
        if at != self._cursor:
            return row
        return fitted(row, width).stylize(".cursor" if self.has_focus else ".cursor-blurred", 1)

    def _about(self, owed: Owed, width: int) -> Content:
        if not owed.client:
            return one_line(owed.what)
        name = one_line(name_of(owed.client, self._masked))
        if width < TIGHT:
            return name
        return Content.assemble(
            fitted(name, NAME_WIDE if width >= WIDE else NAME_NARROW), "  ", one_line(owed.what, ".muted")
        )

    def _when(self, owed: Owed) -> str:
        if owed.session_at is None:
            return ""
        local, today = owed.session_at.astimezone(self._zone), self._now().date()
        days = (today - local.date()).days
        if not days:
            return f"today {local:%H:%M}"
        return f"{local:%a %H:%M}" if 0 < days < 7 else show_short(local.date(), today)

    def _in_full(self, line: int, width: int) -> Content:
        owed = self.owed
        if owed is None:
            return Content()
        if line == 0:
            who = f"{name_of(owed.client, self._masked)}: " if owed.client else ""
            text = spread(one_line(f"{who}{owed.what}", ".strong"), one_line(owed.urgency), width)
        else:
            text = one_line(circumstances(owed, self._zone), ".muted")
        return Content.assemble(" ", text)


def kind_label(kind: OwedKind) -> Content:
    """Glyph and word of a kind: "✎ note"."""
    return Content.styled(f"{kind.glyph} {kind.value}", STYLES.get(kind, ".muted"))


def circumstances(owed: Owed, zone: ZoneInfo) -> str:
    """The session that it belongs to, in words; for a paper since when it is spoken of."""
    appointment = owed.appointment
    if appointment:
        start = appointment.starts_at.astimezone(zone)
        return f"{show_day(start.date())} {start:%H:%M}, {appointment.minutes} min {appointment.service}"
    moment: date = (owed.session_at or owed.since).astimezone(zone).date()
    return f"{'last here' if owed.session_at else 'on the desk since'} {show_day(moment)}"
