"""Text fields that keep control characters out of what is typed and pasted."""

from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input, TextArea

from therapist_tui.domain.text import clean, clean_line

from ..running import app_of


class PlainInput(Input):
    """A one-line field; what is pasted is cleaned before it reaches the field, several lines become one."""

    # Textual lays the whole screen out anew when the text gets longer; a field as wide as its place needs none of that.
    virtual_size = Reactive(Size(0, 0), layout=False)

    @property
    def keeps_tab(self) -> bool:
        """Whether tab means something in the field now, and does not go to the next one."""
        return False

    def _on_paste(self, event: events.Paste) -> None:
        event.text = clean_line(event.text)  # Textual calls its own handler next, by itself

    def action_copy(self) -> None:
        """Nothing goes to the clipboard from here."""

    def action_cut(self) -> None:
        """Nothing goes to the clipboard from here."""


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    if one.startswith(other) or other.startswith(one):
        return min(len(one), len(other))
    return next(place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)


class PlainTextArea(TextArea, inherit_bindings=False):
    """A field of several lines; what is pasted is cleaned before it reaches the field. Tab goes to the next field."""

    # Textual's F6 and F7 select a line and everything; the function keys are the screen's, as in every other field.
    BINDINGS = [one for one in TextArea.BINDINGS if not (isinstance(one, Binding) and one.key in ("f6", "f7"))]

    _looks: tuple[object, ...] = ()
    """What the colours were last worked out for."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual works its colours out anew for every line; they change with the theme and the focus only."""
        app = app_of(self)
        styles = self.styles._cache_key  # pyright: ignore[reportPrivateUsage] - Textual's own lines are kept by it too
        looks = (app.theme, id(self._theme), self.has_focus, styles, app.app_focus)
        if looks != self._looks:
            self._looks = looks
            return super().render_lines(crop)
        return ScrollView.render_lines(self, crop)

    def become(self, text: str) -> None:
        """Show another text by changing only what differs: a text loaded anew is wrapped and painted from the start."""
        before = self.text
        if text == before:
            return
        start = _alike(before, text)
        same = min(_alike(before[::-1], text[::-1]), min(len(before), len(text)) - start)
        at, end = self._location(before, start), self._location(before, len(before) - same)
        height = self.wrapped_document.height
        done = self.document.replace_range(at, end, text[start : len(text) - same])
        self.wrapped_document.wrap_range(at, end, done.end_location)
        self._build_highlight_map()  # forgets the painted lines
        self.history.clear()  # what the shorthand filled in is taken back there
        if before and text and at[0] == end[0] == done.end_location[0] and self.wrapped_document.height == height:
            self._refresh_row(at[0])
        else:  # rows moved, or the hint came or went
            self.refresh()
            self._refresh_size()
        if self.selection.end > self.document.end or self.selection.start > self.document.end:
            self.move_cursor(self.document.end)
        self.post_message(self.Changed(self))

    def _refresh_row(self, row: int) -> None:
        """Repaint one line of the text, which may be wrapped into several."""
        ends = ((row, 0), (row, len(self.document.get_line(row))))
        first, last = (self.wrapped_document.location_to_offset(one).y for one in ends)
        self.refresh_lines(first, last - first + 1)

    @staticmethod
    def _location(text: str, place: int) -> tuple[int, int]:
        return text.count("\n", 0, place), place - (text.rfind("\n", 0, place) + 1)

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = clean(event.text)  # Textual calls its own handler next, by itself

    def action_copy(self) -> None:
        """Nothing goes to the clipboard from here."""

    def action_cut(self) -> None:
        """Nothing goes to the clipboard from here."""
