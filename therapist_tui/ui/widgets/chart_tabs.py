"""The sections of the chart by name and key, the one that is shown marked."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message

from .lines import Lines


class ChartTabs(Lines):
    """One line; a click shows a section."""

    class Chosen(Message):
        """A section was clicked."""

        def __init__(self, index: int) -> None:
            self.index = index
            super().__init__()

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(id="tabs")
        self._names = names
        self._on = 0

    def show(self, index: int) -> None:
        """Mark the section that is shown."""
        if index != self._on:
            self._on = index
            self.refresh()

    def line(self, y: int, width: int) -> Content:
        """The names beside each other; without room the gaps give way."""
        if y:
            return Content()
        gap = "  " if self._wanted(2) <= width else " " if self._wanted(1) <= width else ""
        return Content(gap).join([self._tab(at) for at in range(len(self._names))])

    def _wanted(self, gap: int) -> int:
        return sum(len(one) + 4 for one in self._names) + gap * (len(self._names) - 1)

    def _tab(self, at: int) -> Content:
        name = f"{self._names[at]} "
        if at == self._on:
            return Content.styled(f" {at + 1} {name}", ".tab-on")
        return Content.assemble((f" {at + 1} ", ".key"), (name, ".muted"))

    def on_click(self, event: events.Click) -> None:
        """Show the section that was clicked."""
        width, end = self.size.width, 0
        gap = 2 if self._wanted(2) <= width else 1 if self._wanted(1) <= width else 0
        for at, name in enumerate(self._names):
            end += len(name) + 4 + gap
            if event.x < end:
                self.post_message(self.Chosen(at))
                return
