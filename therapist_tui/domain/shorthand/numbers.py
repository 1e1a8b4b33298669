"""Numbers, times, levels and signs of the shorthand, by pattern."""

import re
from collections.abc import Callable

from .values import Kind

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
  | (?P<measure>\d{{1,3}}\s?(?:days?|wks?|weeks?|mos?|months?|yrs?|years?|hrs?|hours?)\b
      |\d{{1,3}}(?:\.\d)?\s?(?:°|deg\b|cm\b|mm\b|%|s\b|sec\b|secs\b|reps?\b)
      |gr(?:ade)?\s?(?:I{{1,3}}|IV|V|[1-5])(?!\w)|\d{{1,2}}\s?x\s?\d{{1,3}}(?!\w)|[0-5][+-]?/5(?!\w))
  | (?P<number>\d{{1,3}}(?![\w/>.]))
  | (?P<other>\d[^\s,;"]*)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BEGINNINGS = frozenset("+(xXqQpPcCtTlLsSrRwWmMgGaA")
_SPINE = {"c": 7, "t": 12, "l": 5, "s": 5}

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


_MEANINGS: dict[str, Callable[[re.Match[str]], _Meaning]] = {
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


def number_at(line: str, at: int, end: int) -> tuple[int, Kind, tuple[int | None, ...], str] | None:
    """The number or sign that begins here: where it ends, what it is, its numbers and its text."""
    if not (line[at].isdigit() or line[at] in _BEGINNINGS):
        return None
    found = _NUMERIC.match(line, at, end)
    if not found:
        return None
    kind, numbers, text = _MEANINGS[str(found.lastgroup)](found)
    return found.end(), kind, numbers, text or found.group()
