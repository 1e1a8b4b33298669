"""What the table of actions becomes: bindings, the keys that the user chose, and keys as people read them."""

from collections.abc import Callable, Iterable, Mapping

from textual.binding import Binding
from textual.keys import Keys
from textual.screen import Screen

from .actions import ACTIONS, AT_ONCE, BY_ID, TOGETHER, TYPED_IN, Action

FORBIDDEN = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+j": "a new line",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
}
"""Keys that terminals cannot tell from another one."""

_EDITING = {"backspace", "delete", "left", "right", "home", "end", *(f"ctrl+{letter}" for letter in "acdekuvwxyz")}
_SIGNS = "!\"#$%&'()*+-./:;<=>?@[\\]^_`{|}~"
_PUNCTUATION = {"space", "comma", *(one.key for sign in _SIGNS for one in Binding.make_bindings([Binding(sign, "")]))}
_NAMED = {key.value for key in Keys if "+" not in key.value and key.value[0] != "<"}

ShownKey = Callable[[str], str]
"""Names the key of an action as the user has it; the app's `shown_key`, which screens hand to their widgets."""


def bindings(scope: str) -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    """The Textual bindings of one screen or widget."""
    return [
        Binding(
            keys,
            call,
            action.label,
            show=False,
            id=action.id,
            tooltip=action.help,
            priority=action.first or action.keys in ("tab", "shift+tab") or action.id in AT_ONCE,
        )
        for action in ACTIONS
        if action.scope == scope
        for keys, call in _calls(action)
    ]


def _calls(action: Action) -> list[tuple[str, str]]:
    """The keys and what they call; when the method is told the key, each by itself."""
    if not action.each:
        return [(action.keys, action.name)]
    return [(key, f"{action.name}('{key}')") for key in action.keys.split(",")]


def keys_here(screen: Screen[object]) -> list[Action]:
    """The actions that work now: of the focused widget, its screen, and everywhere."""
    wanted = {binding.binding.id for binding in screen.active_bindings.values()}
    return [action for action in ACTIONS if action.id in wanted]


def check_keymap(wanted: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The part of the user's keymap that can be used, and a sentence for each entry that cannot.

    An entry is refused when no such action exists, when a terminal cannot send the key, when it would type text, or
    when the key already does something else within reach: Textual would silently unbind one of the two.
    """
    used: dict[str, str] = {}
    refused: list[str] = []
    for action_id, keys in wanted.items():
        if reason := _unfit(action_id, keys):
            refused.append(reason)
        else:
            used[action_id] = ",".join(_parted(keys))
    while clash := _clash(used):
        del used[clash[0]]
        refused.append(clash[1])
    return used, refused


def _unfit(action_id: str, keys: str) -> str | None:
    action = BY_ID.get(action_id)
    if not action:
        return f"keys: there is no action “{action_id}”. The help screen lists them."
    if action.each:
        return f"keys: {action_id} stays as it is: its keys say which one is meant."
    if not _parted(keys):
        return f"keys: {action_id} needs a key, e.g. “{action.keys.partition(',')[0]}”."
    for key in _parted(keys):
        if key in FORBIDDEN:
            return f"keys: {action_id} cannot be “{key}”: terminals send it as {FORBIDDEN[key]}."
        if key.startswith("alt+"):
            return f"keys: {action_id} cannot be “{key}”: alt keys type their letter in many terminals."
        if not _is_key(key):
            return f"keys: {action_id} cannot be “{key}”: there is no such key. Write keys like o, f4, ctrl+n or ?."
        edits = (key in _EDITING or _is_letter(key)) and key not in _parted(action.keys)
        if action.scope in TYPED_IN and edits:
            return f"keys: {action_id} cannot be “{key}”: it types or edits text there. Take a function key."
    return None


def _clash(used: Mapping[str, str]) -> tuple[str, str] | None:
    """The last entry whose key means something else. All entries count at once, so that two keys can be swapped."""
    for action_id in reversed([*used]):
        action = BY_ID[action_id]
        for key in _parted(used[action_id]):
            for other in _within_reach(action):
                # By default a few keys are a widget's while it has the focus, and else the screen's.
                meant_so = key in _parted(action.keys) and key in _parted(other.keys)
                if key in _parted(used.get(other.id, other.keys)) and not meant_so:
                    return (
                        action_id,
                        f"keys: {action_id} cannot be “{key}”: it already means “{other.label}” ({other.id}).",
                    )
    return None


def _within_reach(action: Action) -> Iterable[Action]:
    """The actions that could take the same key press."""
    for other in ACTIONS:
        scopes = {action.scope, other.scope}
        if other.id != action.id and (len(scopes) == 1 or "app" in scopes or scopes in TOGETHER):
            yield other


def _parted(keys: str) -> list[str]:
    """Single keys by the names that Textual gives them: "?" is question_mark."""
    parts = [key.strip() for key in keys.split(",") if key.strip()]
    return [one.key for one in Binding.make_bindings([Binding(",".join(parts), "")])] if parts else []


def _is_letter(key: str) -> bool:
    return len(key) == 1 or key in _PUNCTUATION


def _is_key(key: str) -> bool:
    *held, name = key.split("+")
    return {*held} <= {"ctrl", "shift", "super", "hyper", "meta"} and (_is_letter(name) or name in _NAMED)


_SHOWN_KEYS = {
    "question_mark": "?",
    "slash": "/",
    "escape": "esc",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left": "←",
    "right": "→",
    "shift+tab": "⇧tab",
    "up": "↑",
    "down": "↓",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "backspace": "bksp",
    "delete": "del",
    "plus": "+",
    "minus": "−",
    "equals_sign": "=",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "shift+up": "⇧↑",
    "shift+down": "⇧↓",
    "shift+left": "⇧←",
    "shift+right": "⇧→",
}
_DIGITS = [str(digit) for digit in range(10)]


def show_keys(keys: str, first_only: bool = False) -> str:
    """Keys as people read them: "? F1", "ctrl+q"."""
    if _parted(keys) == _DIGITS:
        return "0–9"
    names = [_SHOWN_KEYS.get(key, key.upper() if _is_function_key(key) else key) for key in _parted(keys)]
    return names[0] if first_only else " ".join(names)


def _is_function_key(key: str) -> bool:
    return len(key) > 1 and key[0] == "f" and key[1:].isdigit()
