"""The last line of every screen: the keys that matter here, six at most, each clickable."""

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from .. import keys


class KeyLine(Static):
    """Shows the actions of a screen, with the keys as the user has them."""

    def show(self, actions: list[keys.Action], keymap: dict[str, str]) -> None:
        """Show these actions, at most six."""
        parts = [self._part(action, keymap) for action in actions[: keys.KEY_LINE_LIMIT]]
        self.update(Content("   ").join(parts))

    @staticmethod
    def _part(action: keys.Action, keymap: dict[str, str]) -> Content:
        key = keys.show_keys(keymap.get(action.id, action.keys), first_only=True)
        scope = "app" if action.scope == "app" else "screen"
        link = Style.from_meta({"@click": f"{scope}.{action.name}"})
        return Content.assemble((key, ".key"), " ", (action.label, ".muted")).stylize(link)
