"""A widget drawn line by line, so that a key press repaints only the lines that it changes."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from ..running import app_of


class Lines(Widget):
    """Base of the day's list and the brief. Styles in its text are ".names" of the screen's component classes."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._styles_by_name: dict[tuple[str, str], Style] = {}

    def line(self, y: int, width: int) -> Content:
        """The text of line `y`, at most `width` cells."""
        raise NotImplementedError

    def refresh_line(self, y: int) -> None:
        """Repaint one line."""
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def refresh_changed(self, before: Sequence[Content], after: Sequence[Content]) -> None:
        """Repaint the lines that differ: what is written to the terminal is what a person waits for."""
        if len(before) != len(after):
            self.refresh()
            return
        width = self.size.width
        changed = [y for y, (old, new) in enumerate(zip(before, after, strict=True)) if not new.is_same(old)]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def render_line(self, y: int) -> Strip:
        """Textual's way to ask for a line."""
        width = self.size.width
        content = self.line(y, width).truncate(width, pad=True)
        theme, known = app_of(self).theme, self._styles_by_name

        def resolve(style: Style | str) -> Style:
            """Asked for every span: one look into a table for nearly all of them."""
            if isinstance(style, Style):
                return style
            key = (theme, style)
            if key not in known:
                try:
                    known[key] = self._named(style.removeprefix("."))
                except KeyError:  # the screen came back before its style sheet was applied; it is painted again after
                    return Style.null()
            return known[key]

        segments = [Segment(text, style.rich_style) for text, style in content.render(self.visual_style, "", resolve)]
        return Strip(segments, width)

    def _named(self, name: str) -> Style:
        partial = self.screen.get_visual_style(name, partial=True)
        styles = self.screen.get_component_styles(name)
        # Textual leaves an opaque background and "reverse" out of a partial style.
        if styles.text_style.reverse:
            return partial + Style(reverse=True)
        return partial + Style(background=styles.background) if styles.has_rule("background") else partial
