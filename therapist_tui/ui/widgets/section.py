"""One section of the note to write in. Lines carried from the last note stay dim until touched or confirmed."""

from rich.highlighter import Highlighter
from rich.text import Text
from textual.containers import VerticalScroll
from textual.geometry import Offset
from textual.reactive import reactive

from .fields import PlainTextArea

DIM = "dim italic"
"""How a carried line looks until it is touched or confirmed; the label beside it counts them in figures too."""


class Section(PlainTextArea):
    """A field of several lines. `waiting` are the carried lines that nobody has touched or confirmed."""

    waiting: reactive[frozenset[str]] = reactive(frozenset())

    def get_line(self, line_index: int) -> Text:
        """The line, dim while it waits."""
        line = super().get_line(line_index)
        if self.waiting and line.plain.strip() in self.waiting:
            line.stylize(DIM)
        return line

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """The section is as high as its text, so it is the page around it that has to follow the cursor."""
        if self.has_focus:
            self.call_after_refresh(self._bring_cursor)
        return super().scroll_cursor_visible(center, animate)

    def _bring_cursor(self) -> None:
        page = next((one for one in self.ancestors if isinstance(one, VerticalScroll)), None)
        if page is None or not self.has_focus:
            return
        top, bottom, at = page.region.y, page.region.bottom - 1, self.cursor_screen_offset.y
        if not top <= at <= bottom:
            page.scroll_relative(y=at - (top if at < top else bottom), animate=False)

    def watch_waiting(self) -> None:
        """Draw the lines again in their new look."""
        self.notify_style_update()


class WaitingTechniques(Highlighter):
    """Dims the carried techniques in the line of the work done."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: frozenset[str] = frozenset()

    def highlight(self, text: Text) -> None:
        """Dim each of them where it stands."""
        for technique in self.waiting:
            text.highlight_words([technique], DIM)
