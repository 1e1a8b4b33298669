"""A widget drawn line by line, so that a key press repaints only the lines that it changes."""

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget


class Lines(Widget):
    """Base of the day's list and the brief. Styles in its text are ".names" of the screen's component classes."""

    def line(self, y: int, width: int) -> Content:
        """The text of line `y`, at most `width` cells."""
        raise NotImplementedError

    def refresh_line(self, y: int) -> None:
        """Repaint one line."""
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """Textual's way to ask for a line."""
        width = self.size.width
        content = self.line(y, width).truncate(width, pad=True)
        segments = [
            Segment(text, style.rich_style) for text, style in content.render(self.visual_style, "", self._resolve)
        ]
        return Strip(segments, width)

    def _resolve(self, style: Style | str) -> Style:
        if isinstance(style, Style):
            return style
        return self.screen.get_visual_style(style.removeprefix("."), partial=True)
