"""What a program wrote to its terminal, taken apart: text, and the sequences that drive the terminal."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_STRING = r"[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
_TOKEN = re.compile(
    r"(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|(?P<csi>(?:\x1b\[|\x9b)[<-?]?[0-9:;]*[ -/]*[@-~])"
    rf"|(?P<osc>(?:\x1b\]|\x9d){_STRING})"
    rf"|(?P<dcs>(?:\x1b[PX^_]|[\x90\x98\x9e\x9f]){_STRING})"
    r"|(?P<esc>\x1b[ -/]*[0-Z\\`-~])"
    r"|(?P<c1>[\x80-\x9f])"
    r"|(?P<c0>[\x00-\x1a\x1c-\x1f\x7f])"
    r"|(?P<broken>\x1b)"
)
_UNFINISHED = re.compile(r"(?:\x1b|(?:\x1b\[|\x9b)[<-?]?[0-9:;]*[ -/]*|\x1b[]PX^_][^\x07\x1b\x9c]*\x1b?|\x1b[ -/]+)\Z")
_PRIVATE = re.compile(r"\x1b\[[<=>]|\x1b\[\?[0-9;:]*[^0-9;:hlJK]|\x1b\[[<-?]?[0-9;:]*[ -/]|\x1b\[[0-9;:]*[tsu]\Z")


@dataclass(frozen=True, slots=True)
class Token:
    """A run of text, or one sequence. `kind` is text, csi, osc, dcs, esc, c0, c1 or broken."""

    kind: str
    raw: str

    @property
    def shape(self) -> str:
        """The sequence without its numbers: "CSI ?h"; cursor moves to here and to there have the same shape."""
        if self.kind == "csi":
            return "CSI " + re.sub(r"[0-9:;]+", "", self.raw.removeprefix("\x1b["))
        return f"{self.kind.upper()} {self.raw[:12]!r}" if self.kind in ("osc", "dcs") else f"{self.kind} {self.raw!r}"


def tokens(output: str) -> Iterator[Token]:
    """Every run of text and every sequence, in order; an unfinished sequence at the end is left out."""
    yield from Reader().feed(output)


class Reader:
    """Takes output apart as it comes in; what a chunk leaves unfinished waits for the next one."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, output: str) -> Iterator[Token]:
        """The tokens that are complete."""
        output, self._rest = self._rest + output, ""
        unfinished = _UNFINISHED.search(output)
        if unfinished:
            output, self._rest = output[: unfinished.start()], unfinished[0]
        for match in _TOKEN.finditer(output):
            yield Token(match.lastgroup or "broken", match[0])


def shapes(output: str) -> set[str]:
    """The kinds of sequences in the output, plain text left out."""
    return {token.shape for token in tokens(output) if token.kind != "text"}


def modes(output: str) -> set[str]:
    """The private modes set or reset, e.g. "?1049h": these keep their numbers, for each one means something else."""
    found: set[str] = set()
    for token in tokens(output):
        if token.kind == "csi" and token.raw[-1] in "hl":
            found |= {f"{number}{token.raw[-1]}" for number in token.raw[2:-1].removeprefix("?").split(";")}
    return found


def for_pyte(token: Token) -> str:
    """What the emulator understands of a token; it would show the rest as text."""
    if token.kind in ("osc", "dcs", "c1", "broken") or (token.kind == "csi" and _PRIVATE.match(token.raw)):
        return ""
    return token.raw
