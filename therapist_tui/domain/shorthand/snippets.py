"""The user's snippets: a line with tab stops, "SwM ${1:60}m; pos ${2:prone}", that its name expands to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_STOP = re.compile(r"\$\{(?P<number>[1-9])(?::(?P<filled>[^${}]*))?\}")


@dataclass(frozen=True, slots=True)
class Stop:
    """A place to type at, as in a slice of the line."""

    start: int
    end: int

    def moved(self, by: int) -> "Stop":
        """The same place where text before it grew or shrank."""
        return Stop(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Snippet:
    """What stands in the line once it is expanded, and where tab goes, in the order of the numbers."""

    text: str
    stops: tuple[Stop, ...] = ()


def snippet_problem(text: str) -> str | None:
    """What is wrong with a snippet as written, or None."""
    numbers = [found["number"] for found in _STOP.finditer(text)]
    if "${" in _STOP.sub("", text):
        return "has a stop that cannot be read; write stops like ${1:60}, with numbers from 1 to 9"
    if twice := next((number for number in numbers if numbers.count(number) > 1), None):
        return f"has the stop {twice} twice; give each stop a number of its own"
    return None


def snippet(text: str) -> Snippet:
    """A snippet as written, ready to be put into the line. Stops that cannot be read stay as text."""
    out, at, stops = "", 0, dict[str, Stop]()
    for found in _STOP.finditer(text):
        out += text[at : found.start()]
        filled = found["filled"] or ""
        stops[found["number"]] = Stop(len(out), len(out) + len(filled))
        out += filled
        at = found.end()
    return Snippet(out + text[at:], tuple(stop for _, stop in sorted(stops.items())))


def clause_at(line: str, cursor: int) -> tuple[int, int]:
    """Where the clause around the cursor begins and ends, white space around it left out."""
    start = line.rfind(";", 0, cursor) + 1
    end = line.find(";", cursor)
    end = len(line) if end < 0 else end
    text = line[start:end]
    start += len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def snippet_at(line: str, cursor: int, snippets: Mapping[str, str]) -> tuple[int, int, Snippet] | None:
    """The snippet whose name is the whole clause before the cursor, and where the name stands."""
    start, end = clause_at(line, cursor)
    text = snippets.get(line[start:end]) if start < end == cursor else None
    return (start, end, snippet(text)) if text is not None else None
