"""Dates and times as other programs write them. Which of two numbers is the day is never guessed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from therapist_tui.domain.incoming.values import Question

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})\b")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([A-Za-z]{3,9})\.?,?[\s.-]+(\d{4}|\d{2})\b")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})(?::(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)
_OFFSET = re.compile(r"\s*(Z|[+-]\d{2}:?\d{2})$")
_DURATION = re.compile(r"(?:(\d{1,2})\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,5})\s*(?:m(?:in(?:ute)?s?)?)?)?\.?", re.IGNORECASE)
_CLOCK_SPAN = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")

DMY, MDY = "day first", "month first"


@dataclass(frozen=True, slots=True)
class Order:
    """Whether the day comes first in 03/04/2026; the question, when nothing in the file tells."""

    day_first: bool = True
    question: Question | None = None


def find_order(cells: Iterable[str], answers: Mapping[str, str]) -> Order:
    """From all dates of a file together: one day beyond 12 tells for every other."""
    day_first = month_first = 0
    sample = ""
    for cell in cells:
        match = _NUMBERS.match(_plain(cell))
        if not match:
            continue
        first, other = int(match[1]), int(match[2])
        day_first += first > 12 >= other
        month_first += other > 12 >= first
        if first != other and first <= 12 and other <= 12:
            sample = sample or match[0]
    if bool(day_first) != bool(month_first):
        return Order(bool(day_first))
    if not sample:
        return Order()
    if chosen := answers.get("date_order"):
        return Order(chosen == DMY)
    text = f"“{sample}” is which day?"
    options = tuple((order, _said(sample, order == DMY)) for order in (DMY, MDY))
    return Order(question=Question("date_order", text, options))


def _said(sample: str, day_first: bool) -> str:
    day = read_day(sample, day_first)
    return f"{day.day} {day:%B %Y}" if day else sample


def _plain(cell: str) -> str:
    return _WEEKDAY.sub("", cell.strip().lstrip("'"), count=1)


def read_day(cell: str, day_first: bool, latest: date = date.max) -> date | None:
    """The date that a cell begins with; a two-digit year that would come after `latest` is one of the last century."""
    found = _date_part(_plain(cell), day_first, latest)
    return found[0] if found else None


def read_moment(cell: str, day_first: bool) -> datetime | None:
    """Day and time of a cell; without a zone, unless the cell says its offset."""
    text = _plain(cell)
    found = _date_part(text, day_first, date.max)
    if not found:
        return None
    day, rest = found
    rest = rest.strip(" \tT,").removeprefix("at ")
    offset = _OFFSET.search(rest)
    clock = read_clock(rest[: offset.start()] if offset else rest)
    if clock is None:
        return None
    moment = datetime.combine(day, clock)
    if not offset:
        return moment
    try:
        return datetime.fromisoformat(f"{moment.isoformat()}{offset[1]}")
    except ValueError:
        return None


def read_clock(cell: str) -> time | None:
    """A time of day: "9:00 am", "14:30"; not a bare number."""
    match = _TIME.fullmatch(cell.strip())
    if not match or (match[2] is None and match[4] is None):
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[4] or "").casefold()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


def read_minutes(cell: str) -> int | None:
    """A length: "60", "60 min", "1h 30", "1:30"."""
    text = cell.strip()
    if match := _CLOCK_SPAN.fullmatch(text):
        return int(match[1]) * 60 + int(match[2])
    match = _DURATION.fullmatch(text)
    if not match or not (match[1] or match[2]):
        return None
    return int(match[1] or 0) * 60 + int(match[2] or 0)


def _date_part(text: str, day_first: bool, latest: date) -> tuple[date, str] | None:
    try:
        if match := _YEAR_FIRST.match(text):
            return date(int(match[1]), int(match[2]), int(match[3])), text[match.end() :]
        if match := _NUMBERS.match(text):
            day, month = (match[1], match[2]) if day_first else (match[2], match[1])
            return date(_year(match[3], latest), int(month), int(day)), text[match.end() :]
        if match := _DAY_MONTH.match(text):
            return date(_year(match[3], latest), _month(match[2]), int(match[1])), text[match.end() :]
        if match := _MONTH_DAY.match(text):
            return date(int(match[3]), _month(match[1]), int(match[2])), text[match.end() :]
    except ValueError:
        return None
    return None


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].casefold()) + 1


def _year(digits: str, latest: date) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) + 2000 <= latest.year else 1900)
