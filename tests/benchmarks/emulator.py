"""The terminal at the other end: what Textual asks is answered, what it draws is kept as text (pyte)."""

import re
from typing import Any

import pyte

_QUERIES = (
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),  # synchronised output: most terminals have it
    (re.compile(rb"\x1b\[\?2048\$p"), b"\x1b[?2048;0$y"),
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
)
_FOREIGN = re.compile(
    r"\x1b[P_^X][^\x1b\x07]*(?:\x07|\x1b\\)|\x1b\][^\x1b\x07]*(?:\x07|\x1b\\)"  # strings to the terminal
    r"|\x1b\[[<=>][0-9;:]*[ -/]*[@-~]|\x1b\[\?[0-9;:]*[^0-9;:hlJK]|\x1b\[[?0-9;:]*[ !\"#$%&'*+,\-./]+[@-~]"
)
_UNFINISHED = re.compile(r"\x1b(?:\[[<=>?]?[0-9;:]*[ -/]*|[P_^X\]][^\x1b\x07]*\x1b?|[()#%])?$")


def answers(data: bytes) -> bytes:
    """What a terminal sends back on this output."""
    return b"".join(answer for asked, answer in _QUERIES for _ in asked.finditer(data))


class _Screen(pyte.Screen):
    """pyte takes no `private` argument for some sequences that Textual sends."""

    def report_device_attributes(self, mode: int = 0, **kwargs: Any) -> None:
        """Answered elsewhere."""

    def report_device_status(self, mode: int) -> None:
        """Answered elsewhere."""


class Emulator:
    """Turns the program's output into the text that stands on the screen."""

    def __init__(self, columns: int, lines: int) -> None:
        self._screen = _Screen(columns, lines)
        self._stream = pyte.Stream(self._screen)
        self._rest = b""
        self._tail = ""

    def feed(self, data: bytes) -> None:
        """Draw some output; a sequence that is cut in two waits for its other half."""
        data = self._rest + data
        text = data.decode("utf-8", "ignore")
        self._rest = _cut_letter(data)
        text = self._tail + text
        unfinished = _UNFINISHED.search(text[-4096:])
        self._tail = unfinished[0] if unfinished else ""
        self._stream.feed(_FOREIGN.sub("", text[: len(text) - len(self._tail)]))

    def text(self) -> str:
        """The screen's lines."""
        return "\n".join(line.rstrip() for line in self._screen.display)


def _cut_letter(data: bytes) -> bytes:
    """The bytes of a letter that is not whole yet."""
    for size in (1, 2, 3):
        last = data[-size:]
        if last and last[0] >= 0xC0:
            return last if len(last) < (2 if last[0] < 0xE0 else 3 if last[0] < 0xF0 else 4) else b""
    return b""
