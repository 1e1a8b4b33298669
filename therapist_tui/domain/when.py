"""Dates and times in words: "tue", "3 dec", "+2w", "10:30". How they are read, and how they are shown."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil import parser as dateutil_parser
from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

from .errors import PracticeError


class NotADate(PracticeError):
    """That is no date I can read. Try "tue", "3 dec", "2026-12-03", "+2w" or "tomorrow"."""


class NotATime(PracticeError):
    """That is no time of day I can read. Try "9", "10:30", "1430" or "2:15pm"."""


EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)

_NAMED = {
    "today": 0, "tod": 0, "now": 0, "tomorrow": 1, "tom": 1, "tmr": 1, "yesterday": -1, "yest": -1,
}  # fmt: skip
_WEEKDAYS = {"mo": MO, "tu": TU, "we": WE, "th": TH, "fr": FR, "sa": SA, "su": SU}
_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
_STEP = re.compile(r"([+-])\s*(\d{1,4})\s*(d|w|m|y)?[a-z]*")
_AGO = re.compile(r"(\d{1,4})\s*(d|w|m|y)[a-z]*\s+ago")
_IN = re.compile(r"in\s+(\d{1,4})\s*(d|w|m|y)[a-z]*")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WEEKDAY = re.compile(
    r"(next |last )?(mo(?:n(?:day)?)?|tu(?:e(?:s(?:day)?)?)?|we(?:d(?:nesday)?)?|th(?:u(?:rs?(?:day)?)?)?"
    r"|fr(?:i(?:day)?)?|sa(?:t(?:urday)?)?|su(?:n(?:day)?)?)"
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm|a|p)?")


def read_date(words: str, today: date) -> date:
    """The date that the words mean, seen from `today`.

    A weekday is the next such day, never today; "last tue" is the one before. A day without a year is the nearest
    one not before today. Raises NotADate; answers lie between 1900 and 2199.
    """
    text = " ".join(words.casefold().split())
    try:
        found = _relative(text, today) or _weekday(text, today) or _calendar(text, today)
    except (ValueError, OverflowError):
        raise NotADate from None
    if not EARLIEST <= found <= LATEST:
        raise NotADate
    return found


def read_past_date(words: str, today: date) -> date:
    """Like `read_date` for what has happened: a day without a year is the latest one not after today."""
    found = read_date(words, today)
    if found > today and not re.search(r"\d{4}|\+|in |next|tom", words.casefold()):
        return (
            found - relativedelta(weeks=1)
            if _WEEKDAY.fullmatch(words.strip().casefold())
            else found - relativedelta(years=1)
        )
    return found


def _relative(text: str, today: date) -> date | None:
    if text in _NAMED:
        return today + timedelta(days=_NAMED[text])
    if match := _STEP.fullmatch(text):
        sign, count, unit = match.groups()
    elif match := _AGO.fullmatch(text):
        sign, (count, unit) = "-", match.groups()
    elif match := _IN.fullmatch(text):
        sign, (count, unit) = "+", match.groups()
    else:
        return None
    steps = int(count) * (1 if sign == "+" else -1)
    return today + relativedelta(**{_UNITS[unit or "d"]: steps})  # pyright: ignore[reportArgumentType]


def _weekday(text: str, today: date) -> date | None:
    match = _WEEKDAY.fullmatch(text)
    if not match:
        return None
    weekday = _WEEKDAYS[match[2][:2]]
    if (match[1] or "").startswith("last"):
        return today + relativedelta(days=-1, weekday=weekday(-1))
    return today + relativedelta(days=1, weekday=weekday(1))


def _calendar(text: str, today: date) -> date:
    if match := _ISO.fullmatch(text):
        return date(*map(int, match.groups()))
    if not re.search(r"\d", text) or re.search(r":|\bam\b|\bpm\b", text):
        raise NotADate
    # Two defaults that differ in year, month and day show which of them the words left open.
    first = dateutil_parser.parse(text, default=datetime(2000, 1, 1), dayfirst=_day_first(text))  # noqa: DTZ001
    other = dateutil_parser.parse(text, default=datetime(2004, 2, 2), dayfirst=_day_first(text))  # noqa: DTZ001
    if (first.month, first.day) != (other.month, other.day):
        raise NotADate
    if first.year == other.year:
        return first.date()
    found = _in_year(first, today.year)
    return found if found >= today else _in_year(first, today.year + 1)


def _in_year(day: datetime, year: int) -> date:
    try:
        return date(year, day.month, day.day)
    except ValueError:  # 29 February in a common year
        return date(year, 3, 1)


def _day_first(text: str) -> bool:
    # "3.12." and "3/12" differ by country; a dot is used only where the day comes first.
    return "." in text


def read_time(words: str) -> time:
    """The time of day that the words mean; a bare hour from 1 to 6 is the afternoon. Raises NotATime."""
    match = _CLOCK.fullmatch("".join(words.casefold().split()))
    if not match:
        raise NotATime
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "")[:1]
    if half and not 1 <= hour <= 12:
        raise NotATime
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif not match[2] and 1 <= hour <= 6:
        hour += 12
    try:
        return time(hour, minute)
    except ValueError:
        raise NotATime from None


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment in UTC at which the practice's clock shows that time on that day.

    A time that the clocks skip in spring is read as the time just after the gap; one that comes twice in autumn is the
    first. `skipped` tells the first case, so that a form can say so.
    """
    return datetime.combine(day, clock, zone).astimezone(UTC)


def skipped(day: date, clock: time, zone: ZoneInfo) -> bool:
    """Whether the practice's clock never shows that time on that day (the spring change)."""
    shown = at(day, clock, zone).astimezone(zone)
    return shown.time() != clock


def show_day(day: date) -> str:
    """A day in full, e.g. "Mon 23 Nov 2026"."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def show_short(day: date, today: date) -> str:
    """A day as short as it can be told apart: "9 Nov", or "9 Nov 2025" when it is not near."""
    near = abs((day - today).days) < 300
    return f"{day.day} {day:%b}" if near else f"{day.day} {day:%b %Y}"


def show_span(minutes: float) -> str:
    """A length of time from minutes: "6 min", "1 h 30", "3 d"."""
    whole = round(minutes)
    if whole < 60:
        return f"{whole} min"
    if whole < 48 * 60:
        return f"{whole // 60} h {whole % 60:02d}" if whole % 60 else f"{whole // 60} h"
    return f"{whole // 1440} d"
