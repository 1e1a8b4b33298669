"""Dates and times in words: "tue", "3 dec", "+2w", "10:30". How they are read, and how they are shown."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

from .errors import PracticeError


class NotADate(PracticeError):
    """That is no date I can read. Try "tue", "3 dec", "2026-12-03", "+2w" or "tomorrow"."""


class OtherWeekday(NotADate):
    """{day} is a {weekday}. Leave the weekday out, or give the year."""


class NotATime(PracticeError):
    """That is no time of day I can read. Try "9", "10:30", "1430" or "2:15pm"."""


EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)

_NAMED = {
    "today": 0, "tod": 0, "now": 0, "tomorrow": 1, "tom": 1, "tmr": 1, "yesterday": -1, "yest": -1,
}  # fmt: skip
_WEEKDAYS = {"mo": MO, "tu": TU, "we": WE, "th": TH, "fr": FR, "sa": SA, "su": SU}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}

_COUNT = r"(\d{1,4})\s*(d(?:ays?)?|w(?:ks?|eeks?)?|m(?:os?|onths?)?|y(?:rs?|ears?)?)"
_STEP = re.compile(rf"([+-])\s*(?:{_COUNT}|(\d{{1,4}}))")
_AGO = re.compile(rf"{_COUNT}\s+ago")
_IN = re.compile(rf"in\s+{_COUNT}")
_DAY_NAME = (
    r"(mo(?:n(?:day)?)?|tu(?:e(?:s(?:day)?)?)?|we(?:d(?:nesday)?)?|th(?:u(?:rs?(?:day)?)?)?"
    r"|fr(?:i(?:day)?)?|sa(?:t(?:urday)?)?|su(?:n(?:day)?)?)"
)
_WEEKDAY = re.compile(rf"(next |last )?{_DAY_NAME}")
_WEEKDAY_BEFORE = re.compile(rf"{_DAY_NAME}[\s,.]+(?=.)")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/.]?)(?P<month>\d\d|(?<=\D)\d)\2(?P<day>\d\d|(?<=\D)\d)")
_DAY_MONTH = re.compile(rf"{_DAY}(?: of)?[\s,./-]*{_MONTH}(?:[\s,./'’-]*{_YEAR})?")
_MONTH_DAY = re.compile(rf"{_MONTH}[\s,./-]*{_DAY}(?:[\s,./'’-]+{_YEAR})?")
_NUMBERS = re.compile(rf"(\d{{1,2}})([-/.])\s?(\d{{1,2}})(?:\2\s?{_YEAR})?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm|a|p)?")


def read_date(words: str, today: date) -> date:
    """The date that the words mean, seen from `today`.

    A weekday is the next such day, never today; "last tue" is the one before. A day without a year is the nearest
    one not before today. "3/12" is 12 March and "3.12." is 3 December: a dot is used only where the day comes first.
    Raises NotADate; answers lie between 1900 and 2199.
    """
    return _read(words, today, past=False)


def read_past_date(words: str, today: date) -> date:
    """Like `read_date` for what has happened: a weekday or a day without a year is the latest one not after today."""
    return _read(words, today, past=True)


def _read(words: str, today: date, *, past: bool) -> date:
    text = " ".join(words.casefold().split()).rstrip(".,")
    try:
        found = _relative(text, today) or _weekday(text, today, past) or _calendar(text, today, past)
    except (ValueError, OverflowError):
        raise NotADate from None
    if not EARLIEST <= found <= LATEST:
        raise NotADate
    return found


def _relative(text: str, today: date) -> date | None:
    if text in _NAMED:
        return today + timedelta(days=_NAMED[text])
    if match := _STEP.fullmatch(text):
        sign, count, unit, bare = match.groups()
        count = count or bare
    elif match := _AGO.fullmatch(text):
        sign, (count, unit) = "-", match.groups()
    elif match := _IN.fullmatch(text):
        sign, (count, unit) = "+", match.groups()
    else:
        return None
    steps = int(count) * (1 if sign == "+" else -1)
    return today + relativedelta(**{_UNITS[(unit or "d")[0]]: steps})  # pyright: ignore[reportArgumentType]


def _weekday(text: str, today: date, past: bool) -> date | None:
    match = _WEEKDAY.fullmatch(text)
    if not match:
        return None
    weekday = _WEEKDAYS[match[2][:2]]
    if match[1] == "last ":
        return today + relativedelta(days=-1, weekday=weekday(-1))
    if past and not match[1]:
        return today + relativedelta(weekday=weekday(-1))
    return today + relativedelta(days=1, weekday=weekday(1))


def _calendar(text: str, today: date, past: bool) -> date:
    named = _WEEKDAY_BEFORE.match(text)
    day, month, year = _parts(text[named.end() :] if named else text)
    found = date(_in_full(year, today, past), month, day) if year else _nearest(day, month, today, past)
    if named and found.weekday() != _WEEKDAYS[named[1][:2]].weekday:
        raise OtherWeekday(day=f"{found.day} {found:%b %Y}", weekday=f"{found:%A}")
    return found


def _parts(text: str) -> tuple[int, int, str | None]:
    """Day, month and the year as typed."""
    if match := _DAY_MONTH.fullmatch(text) or _MONTH_DAY.fullmatch(text):
        return int(match["day"]), _MONTHS.index(match["month"][:3]) + 1, match["year"]
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match["day"]), int(match["month"]), match["year"]
    if match := _NUMBERS.fullmatch(text):
        first, other = int(match[1]), int(match[3])
        return (first, other, match["year"]) if match[2] == "." or first > 12 else (other, first, match["year"])
    raise NotADate


def _in_full(year: str, today: date, past: bool) -> int:
    """A year of two digits is one that has been, or one at most 50 years away."""
    if len(year) == 4:
        return int(year)
    found = today.year - today.year % 100 + int(year)
    if found > today.year + (0 if past else 49):
        return found - 100
    return found + 100 if not past and found < today.year - 50 else found


def _nearest(day: int, month: int, today: date, past: bool) -> date:
    for years in range(9):  # 29 February can be eight years away, around 2100
        with suppress(ValueError):
            found = date(today.year + (-years if past else years), month, day)
            if found == today or (found < today) == past:
                return found
    raise NotADate


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
    """Whether the practice's clock never shows that time on that day: the spring change, or a day left out whole."""
    shown = at(day, clock, zone).astimezone(zone)
    return shown.replace(tzinfo=None) != datetime.combine(day, clock)


def show_day(day: date) -> str:
    """A day in full, e.g. "Mon 23 Nov 2026"."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def show_short(day: date, today: date) -> str:
    """A day as short as it can be told apart: "9 Nov", or "9 Nov 2025" when it is half a year away or more."""
    near = abs((day - today).days) <= 182  # 365 days in all, so that no two of them are shown alike
    return f"{day.day} {day:%b}" if near else f"{day.day} {day:%b %Y}"


def show_span(minutes: float) -> str:
    """A length of time from minutes: "6 min", "1 h 30", "3 d"."""
    whole = round(minutes)
    if whole < 60:
        return f"{whole} min"
    if whole < 48 * 60:
        return f"{whole // 60} h {whole % 60:02d}" if whole % 60 else f"{whole // 60} h"
    return f"{whole // 1440} d"
