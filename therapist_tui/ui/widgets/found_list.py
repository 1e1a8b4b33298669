"""What a search found: two lines for each record, when and whose it is, and the words that fit where they stand."""

from datetime import date
from zoneinfo import ZoneInfo

from textual import events
from textual.content import Content
from textual.message import Message

from therapist_tui.domain.search.found import Document, Found
from therapist_tui.domain.search.query import Kind
from therapist_tui.domain.when import show_short

from ..plain import fitted, marked, name_of, one_line, shown, spread
from . import frame
from .lines import Lines

WHEN_WIDTH, NAME_NARROW, NAME_WIDE = 12, 20, 28
WIDE = 100
"""Cells of width from which names have more room."""
EACH = 2
"""Lines of a record."""
HELP = (
    ("neck pain", "words, or what begins with them, in any record"),
    ("\"low back\"", "exactly these words, in this order"),
    ("client:novak", "of one client; so does a name by itself"),
    ("region:calf", "by any of its names, as soleus; side:left with it"),
    ("after:2026-09", "from then on; before:\"3 dec\", before:2025"),
    ("kind:note", "addendum, history, goal, plan, review, consent,"),
    ("", "decision, referral, client"),
    ("unsigned:", "notes that wait for their signature"),
)  # fmt: skip


class FoundList(Lines):
    """The records found, one highlighted. It has no focus: what is typed goes on above it."""

    class Chosen(Message):
        """A record was clicked while it was highlighted."""

    def __init__(self, zone: ZoneInfo, today: date) -> None:
        super().__init__(id="found")
        self._zone, self._today = zone, today
        self._found: tuple[Found, ...] = ()
        self._said, self._masked, self._asked = "", False, False
        self._cursor, self._scroll = 0, 0

    @property
    def found(self) -> Found | None:
        """The highlighted record."""
        return self._found[self._cursor] if self._cursor < len(self._found) else None

    def show(self, found: tuple[Found, ...], masked: bool, *, said: str, asked: bool, anew: bool) -> None:
        """Show what was found; `said` stands there when it was nothing.

        The highlight is on the best one when it was asked `anew`, else on the record where it was.
        """
        before = self._painted()
        kept = self.found.document.record_id if self.found and not anew else None
        self._cursor = next((i for i, one in enumerate(found) if one.document.record_id == kept), 0)
        self._found, self._masked, self._said, self._asked = found, masked, said, asked
        self._follow()
        self.refresh_changed(before, self._painted())

    def move(self, step: int) -> None:
        """Move the highlight so many records; it stops at both ends."""
        before = self._painted()
        self._cursor = max(0, min(self._cursor + step, len(self._found) - 1))
        self._follow()
        self.refresh_changed(before, self._painted())

    @property
    def page(self) -> int:
        """Records that are shown at a time."""
        return max(1, (self.size.height - 2) // EACH)

    def on_click(self, event: events.Click) -> None:
        """Highlight the record that was clicked; choose it when it was highlighted already."""
        at = (event.y - 1) // EACH + self._scroll
        if event.y > 0 and at < len(self._found):
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

    def _follow(self) -> None:
        self._scroll = min(max(self._scroll, self._cursor - self.page + 1), self._cursor)

    def _painted(self) -> list[Content]:
        return [self.line(y, self.size.width) for y in range(self.size.height)]

    # What is drawn

    def line(self, y: int, width: int) -> Content:
        """The top, a line of a record or of the help, or the bottom."""
        if y == 0:
            return frame.edge(Content(), width, ".frame")
        if y == self.size.height - 1:
            return frame.bottom(width, ".frame")
        at, second = divmod(y - 1, EACH)
        at += self._scroll
        if not self._found:
            return frame.sides(self._nothing(y), width, ".frame")
        if at >= len(self._found) or at >= self._scroll + self.page:
            return frame.sides(Content(), width, ".frame")
        text = (self._words if second else self._head)(self._found[at], width - 3)
        row = Content.assemble(("▌" if at == self._cursor else " ", ".accent"), fitted(text, width - 3))
        if at == self._cursor:
            row = row.stylize(".cursor", 1)
        return frame.sides(row, width, ".frame", self._thumb(y - 1))

    def _thumb(self, y: int) -> bool:
        rows, room = len(self._found), self.page
        first = self._scroll * self.size.height // max(1, rows)
        return rows > room and first <= y <= first + room * self.size.height // rows

    def _nothing(self, y: int) -> Content:
        if self._asked or self._said:
            return Content.assemble("  ", one_line(self._said, ".muted")) if y == 2 else Content()
        if 2 <= y < len(HELP) + 2:
            typed, what = HELP[y - 2]
            return Content.assemble("  ", fitted(Content.styled(typed, ".key"), 17), (what, ".muted"))
        return Content()

    def _head(self, found: Found, width: int) -> Content:
        document = found.document
        name = one_line(name_of(document.client, self._masked), ".strong")
        what = document.kind.value if document.kind is Kind.CLIENT else f"{document.kind.value} · {found.part.name}"
        left = Content.assemble(
            fitted(Content.styled(self._when(document), ".muted"), WHEN_WIDTH),
            fitted(name, NAME_WIDE if width >= WIDE else NAME_NARROW),
            "  ",
            one_line(what, ".title"),
        )
        return spread(left, _state(document), width)

    def _when(self, document: Document) -> str:
        on = document.at.astimezone(self._zone).date() if document.at else document.on
        return show_short(on, self._today) if on else ""

    def _words(self, found: Found, width: int) -> Content:
        if self._masked and found.document.kind is Kind.CLIENT:
            return Content()  # what stands on the card is what is masked
        indent = WHEN_WIDTH if width >= WIDE else 2
        return Content.assemble(" " * indent, marked(found.line, found.spans, ".muted" if not found.spans else ""))


def _state(document: Document) -> Content:
    if document.in_error:
        return Content.styled("✗ entered in error", ".error")
    if document.unsigned:
        return Content.styled("✎ not signed", ".badge")
    if document.client.archived_at:
        return Content.styled("set aside", ".muted")
    return shown("")
