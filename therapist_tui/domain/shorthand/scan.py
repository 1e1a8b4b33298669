"""From a clause to its items: numbers and signs by pattern, words by the dictionary, the longest first."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from .lexicon import Entry, Lexicon
from .values import Kind

QUOTES = re.compile(r'"[^"]*"|“[^”]*”')
_OF_TEN = r"(?:\s?/\s?10)?"
_UNIT = r"(?:days?|d|weeks?|wks?|w|months?|mos?)\b"
INTERVAL = re.compile(rf"(?:in\s+)?(?P<count>\d{{1,3}})\s?(?P<unit>{_UNIT})\.?", re.IGNORECASE)
FREQUENCY = re.compile(
    rf"\d{{1,2}}\s?x\s?/\s?{_UNIT}(?:\s?x\s?\d{{1,2}}(?:\s?{_UNIT})?)?"
    rf"|x\s?\d{{1,2}}\s?/\s?\d{{0,2}}\s?{_UNIT}"
    rf"|q\s?\d{{1,2}}(?:-\d{{1,2}})?\s?{_UNIT}"
    r"|weekly\b|monthly\b",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    rf"""
    (?P<prepost>pre:?\s?(?P<pre>\d{{1,2}}){_OF_TEN}[\s,]+post:?\s?(?P<post>\d{{1,2}}){_OF_TEN}(?![\w/]))
  | (?P<change>(?P<before>\d{{1,2}}){_OF_TEN}\s?(?:>|→|->|=>|–>)\s?(?P<after>\d{{1,2}}){_OF_TEN}(?![\w/.]))
  | (?P<then>(?:after|post):?\s?(?P<only>\d{{1,2}})\s?/\s?10(?![\w/.]))
  | (?P<fromto>(?P<from>\d{{1,2}})\s?/\s?10\s+to\s+(?P<to>\d{{1,2}}){_OF_TEN}(?![\w/.]))
  | (?P<often>{FREQUENCY.pattern})
  | (?P<often2>x\s?\d{{1,3}}(?![\w/]))
  | (?P<ten>(?P<now>\d{{1,2}})\s?/\s?10(?![\w/.]))
  | (?P<minutes>(?P<count>\d{{1,3}})\s?(?:minutes|mins|min|m|'|′)(?![\w]))
  | (?P<level>(?P<from_level>[CTLS])(?P<a>\d{{1,2}})(?:\s?[-–/]\s?(?P<to_level>[CTLS])?(?P<b>\d{{1,2}}))?(?![\w/]))
  | (?P<worse>(?:L\s?>\s?R|R\s?>\s?L)(?!\w))
  | (?P<plus>\(\+{{1,3}}\)|\+{{2,3}}(?=[\s,]|$)|(?<!\s)\+(?=[\s,]|$)|\+(?=\s*(?:,|$)))
  | (?P<measure>\d{{1,3}}(?:\.\d)?\s?(?:°|deg\b|cm\b|mm\b|%|s\b|sec\b|secs\b|reps?\b)|gr(?:ade)?\s?(?:I{{1,3}}|IV|V|[1-5])(?!\w)|\d{{1,2}}\s?x\s?\d{{1,3}}(?!\w)|[0-5][+-]?/5(?!\w))
  | (?P<number>\d{{1,3}}(?![\w/>.]))
  | (?P<other>\d[^\s,;"]*)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BREAKS = frozenset(",;/+&():→>.-–=")
_SPINE = {"c": 7, "t": 12, "l": 5, "s": 5}


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
        item = _quoted(line, at, end) or _numeric(line, at, end) or _word(line, at, stops, lexicon)
        items.append(item)
        at = item.end
    return items


def _quoted(line: str, at: int, end: int) -> Item | None:
    found = QUOTES.match(line, at, end) if line[at] in '"“' else None
    return Item(at, found.end(), Kind.QUOTE, text=found.group()) if found else None


def _numeric(line: str, at: int, end: int) -> Item | None:
    if not (line[at].isdigit() or line[at] in "+(xXqQpPcCtTlLsSrRwWmMgGaA"):
        return None
    found = _NUMERIC.match(line, at, end)
    if not found:
        return None
    kind, numbers, text = _MEANINGS[str(found.lastgroup)](found)
    return Item(at, found.end(), kind, None, numbers, text or found.group())


_Meaning = tuple[Kind, tuple[int | None, ...], str]


def _pain(before: str | None, after: str | None) -> _Meaning:
    numbers = (None if before is None else int(before), None if after is None else int(after))
    right = all((number or 0) <= 10 for number in numbers)
    return (Kind.PAIN if right else Kind.UNREAD), numbers, ""


def _level(found: re.Match[str]) -> _Meaning:
    first, a = found["from_level"].casefold(), int(found["a"])
    last, b = (found["to_level"] or first).casefold(), int(found["b"]) if found["b"] else None
    if not 1 <= a <= _SPINE[first] or (b is not None and not 1 <= b <= _SPINE[last]):
        return Kind.UNREAD, (), ""
    named = f"{first.upper()}{a}" + (f"-{last.upper()}{b}" if b is not None else "")
    return Kind.PLACE, (), named


_MEANINGS = {
    "prepost": lambda m: _pain(m["pre"], m["post"]),
    "change": lambda m: _pain(m["before"], m["after"]),
    "fromto": lambda m: _pain(m["from"], m["to"]),
    "then": lambda m: _pain(None, m["only"]),
    "ten": lambda m: _pain(m["now"], None),
    "minutes": lambda m: (Kind.MINUTES, (int(m["count"]),), ""),
    "level": _level,
    "worse": lambda m: (Kind.WORSE, (), m["worse"][0].upper()),
    "plus": lambda m: (Kind.GRADE, (m["plus"].count("+"),), ""),
    "often": lambda _: (Kind.TERM, (), ""),
    "often2": lambda _: (Kind.TERM, (), ""),
    "measure": lambda _: (Kind.TERM, (), ""),
    "number": lambda m: (Kind.NUMBER, (int(m["number"]),), ""),
    "other": lambda _: (Kind.UNREAD, (), ""),
}


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
