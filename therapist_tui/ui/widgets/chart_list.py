"""The list of a chart's section, and beside or beneath it the chosen entry in full."""

from collections.abc import Sequence
from typing import Any

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import var

from ..plain import fitted
from . import frame
from .chart_page import BLANK, GROUP, Page, Row
from .lines import Lines

NEAR = 10
"""Entries before the end of the list at which more are asked for."""


class ChartList(Lines, can_focus=True):
    """The rows of a section in a frame. The highlight stands on rows that have an entry, and is kept by key."""

    highlighted: var[Row | None] = var(None, init=False, always_update=True)
    """The highlighted row, for the screen to watch."""

    class Chosen(Message):
        """A row was clicked while it was highlighted."""

    class Reached(Message):
        """The highlight came near the end of the list: where there is more, it can be read."""

    def __init__(self) -> None:
        super().__init__(id="rows")
        self._title, self._right = Content(), Content()
        self._all: Sequence[Row] = ()
        self._rows: Sequence[Row] = ()
        self._cursor, self._top = 0, 0
        self._height = 0
        """The height that the rows were spaced for."""

    def show(self, title: Content, rows: Sequence[Row], keep: str | None, right: Content | None = None) -> None:
        """Show these rows with the highlight on the one of that key, else on the first that has an entry."""
        self._title, self._right, self._all = title, right or Content(), rows
        if not any(row.key == keep for row in rows):
            self._top = 0
        self._space(keep)
        self.refresh()
        self.highlighted = self.row

    def _space(self, keep: str | None) -> None:
        """Set the groups apart by a blank line while there is room for all of it, the highlight on the row of a key."""
        self._height = self.size.height
        groups = [row for row in self._all[1:] if row.entry is None and row.key.startswith(GROUP)]
        spaced = len(self._all) + len(groups) <= self.size.height - 2
        self._rows = [one for row in self._all for one in ((BLANK, row) if spaced and row in groups else (row,))]
        first = next((at for at, row in enumerate(self._rows) if row.entry is not None), 0)
        kept = (at for at, row in enumerate(self._rows) if row.key == keep and row.entry is not None)
        self._cursor = next(kept, first)
        self._follow()

    @property
    def row(self) -> Row | None:
        """The highlighted row."""
        if self._cursor >= len(self._rows) or self._rows[self._cursor].entry is None:
            return None
        return self._rows[self._cursor]

    def move(self, step: int) -> None:
        """Move the highlight so many entries; it stops at both ends."""
        places = [at for at, row in enumerate(self._rows) if row.entry is not None]
        if not places:
            return
        now = places.index(self._cursor) if self._cursor in places else 0
        self._go(places[max(0, min(now + step, len(places) - 1))])
        if step > 0 and now + step >= len(places) - NEAR:
            self.post_message(self.Reached())

    def to_end(self, *, first: bool) -> None:
        """Move to the first entry or to the last one that is there."""
        self.move(-len(self._rows) if first else len(self._rows))

    def _go(self, at: int) -> None:
        if at == self._cursor:
            return
        before, top = self._cursor, self._top
        self._cursor = at
        self._follow()
        if self._top != top:
            self.refresh()
        else:
            self.refresh_line(before - self._top + 1)
            self.refresh_line(at - self._top + 1)
        self.highlighted = self.row

    def _follow(self) -> None:
        room = max(1, self.size.height - 2)
        # A heading right above the first entry comes into view with it.
        above = self._cursor
        while above > 0 and self._rows[above - 1].entry is None:
            above -= 1
        self._top = max(min(self._top, above), self._cursor - room + 1)
        self._top = max(0, min(self._top, len(self._rows) - room))

    # Mouse and size

    def on_click(self, event: events.Click) -> None:
        """Highlight the row that was clicked; choose it when it was highlighted already."""
        at = event.y - 1 + self._top
        if 0 < event.y < self.size.height - 1 and at < len(self._rows) and self._rows[at].entry is not None:
            if at == self._cursor:
                self.post_message(self.Chosen())
            self._go(at)

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the highlight."""
        self.move(+1)

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves the highlight."""
        self.move(-1)

    def on_resize(self) -> None:
        """Keep the highlight in view."""
        self._space(self.row.key if self.row else None)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """The frame and the highlight show the focus."""
        self.refresh()

    # What is drawn

    def line(self, y: int, width: int) -> Content:
        """The top, a row, or the bottom."""
        if self._height != self.size.height:  # painted before the word of the new size came
            self._space(self.row.key if self.row else None)
        style = ".frame-focused" if self.has_focus else ".frame"
        if y == 0:
            return frame.edge(self._title, width, style, right=self._right or None)
        if y == self.size.height - 1:
            return frame.bottom(width, style)
        at = y - 1 + self._top
        content = self._row(at, width - 2) if at < len(self._rows) else Content()
        return frame.sides(content, width, style, self._thumb(y - 1))

    def _row(self, at: int, width: int) -> Content:
        row = self._rows[at]
        on = at == self._cursor and row.entry is not None
        line = Content.assemble(("▌" if on else " ", ".accent"), row.draw(width - 2))
        if not on:
            return line
        return fitted(line, width).stylize(".cursor" if self.has_focus else ".cursor-blurred", 1)

    def _thumb(self, y: int) -> bool:
        room, rows = self.size.height - 2, len(self._rows)
        return rows > room and self._top * room // rows <= y <= (self._top + room) * room // rows


class ChartDetail(Lines):
    """The chosen entry in full, in a frame; what has no room is scrolled to."""

    def __init__(self) -> None:
        super().__init__(id="detail")
        self._page: Page | None = None
        self._entry: Any = None
        self._hint = ""
        self._drawn: list[Content] = []
        self._top = 0

    def show(self, page: Page | None, entry: Any, hint: str) -> None:
        """Show an entry of a section; `hint` names the key that scrolls."""
        self._page, self._entry, self._hint = page, entry, hint
        self._top = 0
        self._draw()

    def scroll_pages(self, pages: int) -> None:
        """Go on, or back, by nearly the height of the pane."""
        room = max(1, self.size.height - 2)
        self._top = max(0, min(self._top + pages * max(1, room - 1), len(self._drawn) - room))
        self.refresh()

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._draw()

    def on_mouse_scroll_down(self) -> None:
        """The wheel scrolls."""
        self._top = max(0, min(self._top + 1, len(self._drawn) - self.size.height + 2))
        self.refresh()

    def on_mouse_scroll_up(self) -> None:
        """The wheel scrolls back."""
        self._top = max(0, self._top - 1)
        self.refresh()

    def _draw(self) -> None:
        width, height = self.size.width - 4, self.size.height - 2
        if self._page and self._entry is not None and width > 8 and height > 0:
            self._drawn = self._page.detail(self._entry, width, height)
        else:
            self._drawn = []
        self.refresh()

    def line(self, y: int, width: int) -> Content:
        """The top, a line, or the bottom, which says when there is more."""
        if y == 0:
            return frame.edge(Content(), width, ".frame")
        if y == self.size.height - 1:
            below = len(self._drawn) - self._top - (self.size.height - 2)
            more = f"↓ {below} more: {self._hint}" if below > 0 else "↑" if self._top else ""
            return frame.edge(Content.styled(more, ".muted"), width, ".frame", ("╰", "╯"))
        at = y - 1 + self._top
        content = self._drawn[at] if at < len(self._drawn) else Content()
        return frame.sides(Content.assemble(" ", content), width, ".frame")
