"""A walk through every screen of the program, as a person would take it, with a look at each one."""

from .practice import PASSPHRASE
from .terminal import Terminal

Looks = dict[str, str]


def everything(terminal: Terminal, clients: int) -> Looks:
    """All screens for the first so many clients of the day, then what belongs to no client; the screens by name."""
    looks: Looks = {}
    for index in range(clients):
        terminal.press("\x1b[H", *["down"] * index)
        _day(terminal, looks, index)
        _note(terminal, looks, index)
        _chart(terminal, looks, index)
    _practice(terminal, looks)
    return looks


def small(terminal: Terminal, columns: int, rows: int) -> Looks:
    """Today, the chart and the note once more in a window of that size."""
    terminal.resize(columns, rows)
    looks = {f"today {columns}": terminal.settle()}
    for name, keys in {"cautions": "1", "goals": "2", "last": "3"}.items():
        terminal.press(*keys)
        looks[f"{name} {columns}"] = terminal.text
    terminal.press("n")
    looks[f"note {columns}"] = terminal.text
    terminal.press("f5")
    looks[f"note brief {columns}"] = terminal.text
    terminal.press("escape")
    _chart(terminal, looks, columns)
    return looks


def _look(terminal: Terminal, looks: Looks, name: str, *keys: str, back: str = "escape") -> None:
    terminal.press(*keys)
    looks[name] = terminal.text
    if back:
        terminal.press(back)


def _day(terminal: Terminal, looks: Looks, index: int) -> None:
    looks[f"today {index}"] = terminal.text
    _look(terminal, looks, f"masked {index}", "f2", back="f2")
    _look(terminal, looks, f"why {index}", "tab", "enter")
    _look(terminal, looks, f"goals {index}", "2", back="")
    _look(terminal, looks, f"last {index}", "3", back="1")
    terminal.press("tab")
    for name, key in {"move": "e", "cancel": "x", "history": "h", "measure": "m"}.items():
        _look(terminal, looks, f"{name} form {index}", key)


def _note(terminal: Terminal, looks: Looks, index: int) -> None:
    _look(terminal, looks, f"note {index}", "n", back="f5")
    _look(terminal, looks, f"note brief {index}", back="f9")
    _look(terminal, looks, f"sign {index}")
    terminal.press("escape")


def _chart(terminal: Terminal, looks: Looks, index: int) -> None:
    _look(terminal, looks, f"chart {index}", "enter", back="")
    _look(terminal, looks, f"card form {index}", "e")
    for step in range(8):
        terminal.press("enter")
        looks[f"entry {step} {index}"] = terminal.text
        if "signed" in terminal.text.splitlines()[0]:
            _look(terminal, looks, f"addendum form {index}", "a")
        if terminal.text != looks[f"chart {index}"] and "card" not in terminal.text:
            terminal.press("escape")
        if not _in_chart(terminal):
            terminal.press("enter")
        terminal.press("down")
    terminal.press("escape")


def _in_chart(terminal: Terminal) -> bool:
    return "add history" in terminal.text.splitlines()[-1]


def _practice(terminal: Terminal, looks: Looks) -> None:
    _look(terminal, looks, "clients", "c")
    _look(terminal, looks, "pick", "a")
    _look(terminal, looks, "profile form", "l")
    _look(terminal, looks, "go to", "g", "[", "/", "]")
    _look(terminal, looks, "help", "?")
    _look(terminal, looks, "palette", "ctrl+p", "n", "o")
    _look(terminal, looks, "locked", "ctrl+l", back="")
    terminal.type(PASSPHRASE + "\r")
    looks["unlocked"] = terminal.wait_for("to go")
