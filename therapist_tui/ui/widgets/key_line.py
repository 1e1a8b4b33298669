"""The last line of every screen: the keys that matter here, six at most, each clickable."""

from textual import events
from textual.content import Content
from textual.widgets import Static

from .. import keys
from ..actions import KEY_LINE_LIMIT, WIDGETS, Action

GAP = 3
"""Blank cells between two keys."""


class KeyLine(Static):
    """Shows the actions of a screen, with the keys as the user has them."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._actions: list[Action] = []
        self._keymap: dict[str, str] = {}
        self._ends: list[tuple[int, Action]] = []

    def show(self, actions: list[Action], keymap: dict[str, str]) -> None:
        """Show these actions, at most six."""
        self._actions, self._keymap = actions[:KEY_LINE_LIMIT], keymap
        self._fit()

    def on_resize(self) -> None:
        """What has no room is left out, from the last but one on: the way to all keys always stays."""
        self._fit()

    def _fit(self) -> None:
        room = self.size.width or 10_000
        shown = list(self._actions)
        while len(shown) > 1 and sum(self._part(one).cell_length + GAP for one in shown) - GAP > room:
            del shown[-2]
        end = self.styles.padding.left
        self._ends = []
        for action in shown:
            end += self._part(action).cell_length + GAP
            self._ends.append((end, action))
        self.update(Content(" " * GAP).join([self._part(one) for one in shown]), layout=False)

    def _part(self, action: Action) -> Content:
        key = keys.show_keys(self._keymap.get(action.id, action.keys), first_only=True)
        return Content.assemble((key, ".key"), " ", (action.label, ".muted"))

    async def on_click(self, event: events.Click) -> None:
        """A click on a key does what the key does."""
        for end, action in self._ends:
            if event.x < end:
                place = "app" if action.scope == "app" else "focused" if action.scope in WIDGETS else "screen"
                await self.run_action(f"{place}.{action.name}")
                return
