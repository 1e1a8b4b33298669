"""The lines of iCalendar and vCard files: unfolded, parted into name, parameters and value, gathered into blocks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .errors import NothingToRead

DEEPEST = 6
"""Blocks within blocks; real files have four."""


@dataclass(frozen=True, slots=True)
class Line:
    """One property."""

    name: str
    parameters: Mapping[str, str]
    value: str

    def text(self) -> str:
        """As it is written in a file."""
        quoted = ((key, f'"{value}"' if set(value) & set(":;,") else value) for key, value in self.parameters.items())
        return "".join((self.name, *(f";{key}={value}" for key, value in quoted), ":", self.value))


@dataclass(slots=True)
class Block:
    """What stands between BEGIN and END, and the number of the line it begins on; `inner` are blocks within."""

    name: str
    number: int
    lines: list[Line] = field(default_factory=list[Line])
    inner: "list[Block]" = field(default_factory=list["Block"])
    closed: bool = False
    raw: list[str] = field(default_factory=list[str])

    def first(self, name: str) -> Line | None:
        """The first property of that name."""
        return next((one for one in self.lines if one.name == name), None)

    def value(self, name: str) -> str:
        """The value of the first property of that name."""
        line = self.first(name)
        return line.value if line else ""


def unfold(content: bytes) -> tuple[bytes, list[int]]:
    """The file with its folded lines joined, and the number of the line that each began on.

    Joined as bytes: a fold may lie within a letter (clinical.md 5.3).
    """
    joined: list[bytes] = []
    numbers: list[int] = []
    parts: list[bytes] = []
    for number, line in enumerate(content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"), 1):
        if line[:1] in (b" ", b"\t") and numbers:
            parts.append(line[1:])
            continue
        if numbers:
            joined.append(b"".join(parts))
        parts = [line]
        numbers.append(number)
    joined.append(b"".join(parts))
    return b"\n".join(joined), numbers


def blocks(text: str, numbers: list[int], wanted: frozenset[str], raw: frozenset[str] = frozenset()) -> Iterator[Block]:
    """The outermost blocks, with the wanted properties only; blocks named in `raw` keep their lines as they stand.

    Raises NothingToRead when blocks stand within blocks without end.
    """
    stack: list[Block] = []
    for number, line in zip(numbers, text.split("\n"), strict=False):
        head = line[:6].upper()
        if head == "BEGIN:":
            if len(stack) >= DEEPEST:
                raise NothingToRead(why=f"From line {number} on, blocks stand within blocks more than {DEEPEST} deep.")
            stack.append(Block(line[6:].strip().upper()[:40], number))
            _keep(stack[:-1], line, raw)
        elif head[:4] == "END:":
            yield from _end(stack, line[4:].strip().upper(), line, raw)
        elif stack:
            _keep(stack, line, raw)
            name = line[: min(filter(lambda at: at >= 0, (line.find(":"), line.find(";"))), default=0)].upper()
            name = name.rpartition(".")[2]  # "item1.TEL" of address books
            if name in wanted and (parsed := _parsed(name, line)):
                stack[-1].lines.append(parsed)
    while len(stack) > 1:  # never closed: what was begun within is known by its own lines
        stack[-2].inner.append(stack.pop())
    yield from stack


def _keep(stack: list[Block], line: str, raw: frozenset[str]) -> None:
    for one in stack:
        if one.name in raw:
            one.raw.append(line)


def _end(stack: list[Block], name: str, line: str, raw: frozenset[str]) -> Iterator[Block]:
    """Close the block of that name, and what was begun within it and not closed."""
    if name not in [one.name for one in stack]:
        return
    while stack:
        block = stack.pop()
        block.closed = block.name == name
        if stack:
            stack[-1].inner.append(block)
            _keep(stack, line, raw)
        if block.closed:
            if not stack:
                yield block
            return


def _parsed(name: str, line: str) -> Line | None:
    """The property, its parameters without their quotation marks."""
    parameters: dict[str, str] = {}
    quoted, at, start = False, 0, -1
    parts: list[str] = []
    for at, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter in ";:" and not quoted:
            parts.append(line[start + 1 : at])
            start = at
            if letter == ":":
                break
    else:
        return None
    for part in parts[1:]:
        key, _, value = part.partition("=")
        key, value = (key.upper(), value.strip('"')) if value else ("TYPE", key)  # vCard 2.1 writes the value alone
        parameters[key] = f"{parameters[key]},{value}" if key in parameters else value
    return Line(name, parameters, line[at + 1 :])
