"""A CSV file as a table: the delimiter found, broken lines named one by one, the rest kept."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field

from therapist_tui.domain.incoming.values import Reject

from .decoding import undecoded
from .errors import NothingToRead

MOST_COLUMNS = 200
LONGEST_CELL = 131_072
"""Characters; the csv module's own limit."""
MOST_LINES = 50
"""Lines that one row may span before its quotation mark is taken for one that was never closed."""


@dataclass(slots=True)
class Table:
    """The headings, the rows with the number of the line each begins on, and what was left out."""

    headings: tuple[str, ...]
    rows: list[tuple[int, list[str]]] = field(default_factory=list[tuple[int, list[str]]])
    rejects: list[Reject] = field(default_factory=list[Reject])
    told: list[str] = field(default_factory=list[str])


def read_table(text: str) -> Table:
    """Read it; raises NothingToRead."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = next((at for at, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise NothingToRead(why="That file holds nothing but blanks.")
    delimiter = _declared(lines[start])
    if delimiter:
        start += 1
    records = _Records(lines, start, delimiter or _sniffed(lines[start] if start < len(lines) else ""))
    table = Table(_headings(records))
    for line, cells in records:
        if any(cell.strip() for cell in cells):
            table.rows.append((line, cells))
    table.rejects = records.rejects
    if not table.rows and not table.rejects:
        raise NothingToRead(why="That file has headings and no rows.")
    return table


def _declared(line: str) -> str:
    """Excel's own first line: sep=;"""
    line = line.strip().casefold()
    return line[4] if line.startswith("sep=") and len(line) == 5 else ""


def _sniffed(line: str) -> str:
    outside = "".join(line.split('"')[::2])
    return max(",;\t|", key=outside.count)


def _headings(records: "_Records") -> tuple[str, ...]:
    first = next(iter(records), None)
    if first is None:
        raise NothingToRead(why="The headings in the first line of that file cannot be read.")
    names = [" ".join(cell.split())[:80] for cell in first[1]]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise NothingToRead(why=f"That file has {len(names):,} columns; a list of clients has at most {MOST_COLUMNS}.")
    records.width = len(names)
    return tuple(names)


class _Records:
    """Rows one after the other. A row that is broken costs itself only: reading goes on with the next line."""

    def __init__(self, lines: list[str], start: int, delimiter: str) -> None:
        self._lines, self._at, self._delimiter = lines, start, delimiter
        self.width = 0
        self.rejects: list[Reject] = []

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        while self._at < len(self._lines):
            line = self._at + 1
            cells = self._next()
            if cells is not None:
                yield line, cells

    def _next(self) -> list[str] | None:
        at, line = self._at, self._lines[self._at]
        self._at += 1
        if '"' in line:
            read = self._quoted(at)
            if isinstance(read, str):
                return self._reject(at, read)
            cells, end = read
        else:
            cells, end = line.split(self._delimiter), at + 1
        if len(line) > LONGEST_CELL and max(map(len, cells)) > LONGEST_CELL:
            return self._reject(at, f"A cell is longer than {LONGEST_CELL:,} characters.", end)
        if undecoded("".join(self._lines[at:end])):
            return self._reject(at, "The line holds bytes that are no letters in the encoding of the rest.", end)
        if self.width and len(cells) > self.width and any(cell.strip() for cell in cells[self.width :]):
            return self._reject(at, f"The line has {len(cells)} cells, and there are {self.width} headings.", end)
        self._at = end
        return cells + [""] * (self.width - len(cells))

    def _quoted(self, at: int) -> tuple[list[str], int] | str:
        """The cells and the line after them, or why there are none."""
        csv.field_size_limit(LONGEST_CELL)
        window = [f"{line}\n" for line in self._lines[at : at + MOST_LINES]]
        reader = csv.reader(iter(window), delimiter=self._delimiter)
        try:
            cells = next(reader)
        except csv.Error:
            return f"A cell is longer than {LONGEST_CELL:,} characters."
        if reader.line_num == len(window) and cells[-1].endswith("\n"):
            return f"A quotation mark is opened and not closed: the row would be {len(window)} lines long."
        if (
            reader.line_num > 1
            and self.width
            and (len(cells) != self.width or not self._sound(window[: reader.line_num]))
        ):
            return f"A quotation mark is opened and not closed: the row would be {reader.line_num} lines long."
        return cells, at + reader.line_num

    def _sound(self, lines: list[str]) -> bool:
        """Whether a row of several lines is quoted as it should be: a stray mark swallows the rows up to the next."""
        try:
            next(csv.reader(iter(lines), delimiter=self._delimiter, strict=True))
        except csv.Error:
            return False
        return True

    def _reject(self, at: int, why: str, end: int = 0) -> None:
        self._at = max(self._at, end)
        what = " ".join(self._lines[at][:200].split())[:80]
        self.rejects.append(Reject(at + 1, what.encode(errors="replace").decode(), why))
