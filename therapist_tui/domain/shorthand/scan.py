"""From a clause to its items: numbers and signs by pattern, words by the dictionary, the longest first."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from .lexicon import Entry, Lexicon
from .numbers import number_at
from .values import Kind

QUOTES = re.compile(r'"[^"]*"|“[^”]*”')
_BREAKS = frozenset(",;/+&():→>.-–=")


@dataclass(frozen=True, slots=True)
class Item:
    """A word or sign of a clause: `numbers` hold what a pattern found in it."""

    start: int
    end: int
    kind: Kind
    entry: Entry | None = None
    numbers: tuple[int | None, ...] = ()
    text: str = ""


def scan(line: str, start: int, end: int, lexicon: Lexicon) -> list[Item]:
    """All items of line[start:end], in order; what is no known word is UNREAD, "," and joining signs are JOIN."""
    stops = [place for place in range(start + 1, end + 1) if _may_end(line, place, end)]
    items: list[Item] = []
    at = start
    while at < end:
        if line[at].isspace():
            at += 1
            continue
        item = (
            _quoted(line, at, end)
            or _own(line, at, stops, lexicon)
            or _numeric(line, at, end)
            or _word(line, at, stops, lexicon)
        )
        items.append(item)
        at = item.end
    return items


def _quoted(line: str, at: int, end: int) -> Item | None:
    found = QUOTES.match(line, at, end) if line[at] in '"“' else None
    return Item(at, found.end(), Kind.QUOTE, text=found.group()) if found else None


def _numeric(line: str, at: int, end: int) -> Item | None:
    found = number_at(line, at, end)
    return Item(at, found[0], found[1], None, found[2], found[3]) if found else None


def own_at(line: str, start: int, end: int, lexicon: Lexicon) -> Item | None:
    """The user's own word that stands at `start`, the longest one."""
    if not lexicon.longest_own:
        return None
    last = min(end, start + lexicon.longest_own)
    return _own(line, start, [place for place in range(start + 1, last + 1) if _may_end(line, place, end)], lexicon)


def _own(line: str, at: int, stops: list[int], lexicon: Lexicon) -> Item | None:
    """An own word goes before every other reading, also before a number."""
    if not lexicon.longest_own:
        return None
    first = bisect_right(stops, at)
    for stop in reversed(stops[first : bisect_right(stops, at + lexicon.longest_own, first)]):
        if (entry := lexicon.find(line[at:stop])) and entry.own:
            return Item(at, stop, entry.kind, entry, (), line[at:stop])
    return None


def _may_end(line: str, place: int, end: int) -> bool:
    """Whether a word may end before this place: at a break, or after a sign that belongs to it as in "w/"."""
    if line[place - 1].isspace():
        return False
    return place == end or line[place].isspace() or line[place] in _BREAKS or line[place - 1] in _BREAKS


def _word(line: str, at: int, stops: list[int], lexicon: Lexicon) -> Item:
    """The longest known word that begins here, else the run of letters up to the next break."""
    first = bisect_right(stops, at)
    last = bisect_right(stops, at + lexicon.longest, first)
    for stop in reversed(stops[first:last]):
        word = line[at:stop]
        if entry := lexicon.find(word):
            return Item(at, stop, entry.kind, entry, (), word)
    word = line[at : stops[first]]
    kind = Kind.JOIN if len(word) == 1 and word in _BREAKS else Kind.UNREAD
    return Item(at, stops[first], kind, None, (), word)
