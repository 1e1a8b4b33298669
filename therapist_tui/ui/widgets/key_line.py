"""The last line of every screen: the keys that matter here, six at most, each clickable."""

from textual import events
from textual.content import Content
from textual.widgets import Static

from .. import keys

GAP = 3
"""Blank cells between two keys."""


class KeyLine(Static):
    """Shows the actions of a screen, with the keys as the user has them."""

    _ends: list[tuple[int, keys.Action]]

    def show(self, actions: list[keys.Action], keymap: dict[str, str]) -> None:
        """Show these actions, at most six."""
        parts: list[Content] = []
        self._ends = []
        end = self.styles.padding.left
        for action in actions[: keys.KEY_LINE_LIMIT]:
            key = keys.show_keys(keymap.get(action.id, action.keys), first_only=True)
            part = Content.assemble((key, ".key"), " ", (action.label, ".muted"))
            end += part.cell_length + GAP
            parts.append(part)
            self._ends.append((end, action))
        self.update(Content(" " * GAP).join(parts))

    async def on_click(self, event: events.Click) -> None:
        """A click on a key does what the key does."""
        for end, action in self._ends:
            if event.x < end:
                place = "app" if action.scope == "app" else "screen"
                await self.run_action(f"{place}.{action.name}")
                return
