"""Rules of recurring events: which are refused before anything is expanded, and where each one ends."""

from calendar import isleap
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice

from dateutil.rrule import rrulestr

from therapist_tui.domain.recurrence import WEEKDAYS, Rule, in_order

OFTEN = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
MOST_VALUES = 400
EARLIEST = 1970
"""Series that began before are no appointments of today."""
_WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")


@dataclass(slots=True)
class RuleRefused(Exception):
    """A rule that is not expanded, and why."""

    why: str


def bounded(rule: str, starts_at: datetime, until: datetime) -> str:
    """The rule with its last occurrence as its end, `until` at the latest; "" when nothing recurs by then.

    UNTIL as a date or without a zone means the end of that day or that time on the wall: taken literally, the last
    occurrence would be lost (clinical.md 5.3). Raises RuleRefused.
    """
    parts = _parts(rule)
    zone = starts_at.tzinfo or UTC
    if starts_at.year < EARLIEST:
        raise RuleRefused(f"Its series begins in the year {starts_at.year}, before {EARLIEST}.")
    end = until
    if "UNTIL" in parts:
        end = min(end, _until(parts.pop("UNTIL"), zone))
    last = _last(parts, starts_at.replace(tzinfo=None), end.astimezone(zone).replace(tzinfo=None))
    if last is None:
        return ""
    parts.pop("COUNT", None)
    parts["UNTIL"] = f"{last.replace(tzinfo=zone).astimezone(UTC) + timedelta(seconds=1):%Y%m%dT%H%M%SZ}"
    return ";".join(f"{name}={value}" for name, value in parts.items())


def weekly(rule: str, starts_at: datetime) -> Rule | None:
    """The rule as a series of the book has it; None when the book cannot say it. `rule` was bounded before.

    An end that lies further away than a series may last is none yet.
    """
    parts = _parts(rule)
    if parts.pop("FREQ") != "WEEKLY" or {*parts} - {"INTERVAL", "BYDAY", "WKST", "UNTIL", "COUNT"}:
        return None
    begins_on = starts_at.date()
    days = parts.get("BYDAY", WEEKDAYS[begins_on.weekday()]).split(",")
    until = None
    if "UNTIL" in parts:
        end = _until(parts["UNTIL"], starts_at.tzinfo or UTC).astimezone(starts_at.tzinfo)
        until = end.date() - timedelta(days=end.time() < starts_at.time())
    count = int(parts["COUNT"]) if "COUNT" in parts else None
    if {*days, parts.get("WKST", "MO")} - {*WEEKDAYS} or (until is not None and count is not None):
        return None
    return Rule(in_order(days), int(parts.get("INTERVAL", "1")), until, count, parts.get("WKST", "MO"))


def _parts(rule: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in rule.upper().strip().split(";"):
        name, _, value = part.partition("=")
        if name:
            parts[name] = value
    often = parts.get("FREQ", "")
    if often not in OFTEN:
        raise RuleRefused(
            f"It repeats {often.lower() or 'in no known way'}: only days, weeks, months and years are read."
        )
    for name in ("INTERVAL", "COUNT"):
        value = parts.get(name, "1")
        if not (value.isascii() and value.isdigit()) or not 1 <= int(value[:12]) <= 10**9:
            raise RuleRefused(f"Its {name.lower()} “{value[:12]}” is no number from 1 on.")
    if int(parts.get("INTERVAL", "1")) > 1000:
        raise RuleRefused("It repeats less often than once in a thousand.")
    if any("," in parts.get(name, "") for name in _WITHIN_A_DAY):
        raise RuleRefused("It repeats several times a day.")
    if any(value.count(",") >= MOST_VALUES for value in parts.values()):
        raise RuleRefused("Its rule is too long to be one.")
    return parts


def _until(value: str, zone: tzinfo) -> datetime:
    try:
        if value.endswith("Z"):
            return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        if "T" in value:
            return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=zone)
        day = date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except ValueError:
        raise RuleRefused(f"Its end “{value[:20]}” is no date.") from None
    # A year before the last, so that no zone carries it beyond what a date can be.
    return datetime.combine(min(day, date(9998, 12, 31)), time(23, 59, 59), zone)


def _last(parts: dict[str, str], wall: datetime, end: datetime) -> datetime | None:
    """The last occurrence by `end` on the wall clock; None when there is none.

    dateutil looks for a day that never comes (30 February) up to the year 9999 and asks for the end only when it has
    found one (dateutil #1094). So the same years are looked at where that year is near.
    """
    if end < wall:
        return None
    years = _years_ahead(wall.year, end.year)
    count = int(parts.get("COUNT", 10**9))
    rule = {name: value for name, value in parts.items() if name != "COUNT"}
    rule["UNTIL"] = f"{end.replace(year=end.year + years):%Y%m%dT%H%M%S}"
    text = ";".join(f"{name}={value}" for name, value in rule.items())
    try:
        found = None
        for found in islice(rrulestr(text, dtstart=wall.replace(year=wall.year + years)), count):  # noqa: B007
            pass
    except (ValueError, TypeError, OverflowError, AttributeError):
        raise RuleRefused("Its rule cannot be read.") from None
    return found.replace(year=found.year - years) if found else None


def _years_ahead(first: int, last: int) -> int:
    """By how many years these can be put off, near to 9999, so that every date keeps its weekday; 400 always do."""
    span = range(first, last + 1)
    return next(by for by in range(9998 - last, -1, -1) if all(_kind(year) == _kind(year + by) for year in span))


def _kind(year: int) -> tuple[int, bool]:
    """On which weekday a year begins, and whether it has a leap day: there are 14 kinds."""
    return date(year, 1, 1).weekday(), isleap(year)
