"""The command palette: every action that works on the screen in front, found by typing a part of its name."""

from collections.abc import Iterator

from textual.app import SystemCommand
from textual.screen import Screen

from . import keys
from .actions import BY_ID
from .app import TherapistApp


def commands(app: TherapistApp, screen: Screen[object]) -> Iterator[SystemCommand]:
    """The actions of the screen and of the app, with the keys that the user has for them."""
    # Where text is typed u is a letter; the palette undoes all the same.
    for action in dict.fromkeys([*keys.keys_here(screen), BY_ID["app.undo"]]):
        target = app if action.scope == "app" else screen
        run = getattr(target, f"action_{action.name}", None)
        if run is not None and action.id not in ("app.command_palette", "app.leave"):
            title = f"{action.label[0].upper()}{action.label[1:]}"
            yield SystemCommand(title, f"{action.help}  ({keys.show_keys(app.key_of(action.id))})", run)
