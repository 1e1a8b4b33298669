"""Recurring appointments: which dates a series falls on, by dateutil's rrule, and the words for its rule.

The time of day is the wall's: a series at 10:00 is at 10:00 in summer and in winter (see `when.at`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from dateutil import rrule

from .errors import PracticeError
from .when import EARLIEST, LATEST, at, show_day, skipped

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""As iCalendar names them (RFC 5545 3.3.10), Monday first."""
MOST_WEEKS, MOST_DATES, MOST_DAYS = 52, 520, 5 * 366
"""Weeks between two visits; dates of one series; days that a series may last: a rule is bounded, whoever wrote it."""

_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class NotWeekdays(PracticeError):
    """Those are no weekdays I can read. Try "mon", "mon, thu" or "tue thu sat"."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How often: every `weeks` weeks on `weekdays`, up to and with `until`, or `count` times, or without an end.

    `count` counts dates that were left out, too, as iCalendar does. `week_start` matters where several weekdays come
    every second week or more: it says which of them belong to one week.
    """

    weekdays: tuple[str, ...]
    weeks: int = 1
    until: date | None = None
    count: int | None = None
    week_start: str = "MO"

    def problems(self, begins_on: date) -> dict[str, str]:
        """What must be mended, by field; a rule without problems is bounded (reliability.md 4, line 51)."""
        found: dict[str, str] = {}
        if not 1 <= self.weeks <= MOST_WEEKS:
            found["weeks"] = f"A series comes every 1 to {MOST_WEEKS} weeks."
        if not self.weekdays or not {*self.weekdays, self.week_start} <= {*WEEKDAYS}:
            found["weekdays"] = "Please give the weekdays, e.g. “mon, thu”."
        if not EARLIEST <= begins_on <= LATEST - timedelta(days=MOST_DAYS):
            found["day"] = "Please give a day between 1900 and 2194."
        if self.count is not None and self.until is not None:
            found["count"] = "Please give either the last day or how many times, not both."
        elif self.count is not None and not 1 <= self.count <= MOST_DATES:
            found["count"] = f"A series has 1 to {MOST_DATES} dates."
        if self.until is not None and not begins_on <= self.until <= begins_on + timedelta(days=MOST_DAYS):
            found["until"] = "The last day lies between the first one and five years later."
        return found

    def dates(self, begins_on: date, up_to: date) -> tuple[date, ...]:
        """The dates of the series in order, from `begins_on` up to and with `up_to`."""
        return tuple(takewhile(lambda day: day <= up_to, self._days(begins_on)))

    def _days(self, begins_on: date) -> Iterator[date]:
        if not self.weekdays or (self.until and self.until < begins_on):
            return iter(())
        found = rrule.rrule(
            rrule.WEEKLY,
            dtstart=datetime.combine(begins_on, time()),
            interval=max(1, self.weeks),
            byweekday=[WEEKDAYS.index(name) for name in self.weekdays],
            wkst=WEEKDAYS.index(self.week_start),
            count=self.count,
            until=datetime.combine(self.until, time()) if self.until else None,
        )
        return (moment.date() for moment in found)

    def shifted(self, days: int) -> "Rule":
        """The same rule so many days later: its dates are those of this one, each so many days later."""
        until = self.until + timedelta(days=days) if self.until else None
        weekdays = in_order(_turned(name, days) for name in self.weekdays)
        return replace(self, weekdays=weekdays, week_start=_turned(self.week_start, days), until=until)

    @property
    def words(self) -> str:
        """The rule as people say it: "every 2 weeks on Mon, Thu, 10 times"."""
        often = "every week" if self.weeks == 1 else f"every {self.weeks} weeks"
        names = ", ".join(_NAMES[WEEKDAYS.index(name)] for name in self.weekdays)
        end = f", until {show_day(self.until)}" if self.until else ""
        end = f", {self.count} times" if self.count else end
        return f"{often} on {names}{end}"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a series: the moment it begins in UTC. `skipped` says that the clocks leave its time out that day."""

    day: date
    starts_at: datetime
    skipped: bool = False


def occurrences(days: Iterable[date], clock: time, zone: ZoneInfo) -> tuple[Occurrence, ...]:
    """The moments of a series by the wall's clock.

    A time that comes twice in autumn means the first; one that the clocks leave out in spring begins just after the
    gap and is marked, so that it can be told.
    """
    return tuple(Occurrence(day, at(day, clock, zone), skipped(day, clock, zone)) for day in days)


def read_weekdays(words: str, begins_on: date) -> tuple[str, ...]:
    """The weekdays that the words mean, Monday first; the one of the first day where nothing is said.

    Raises NotWeekdays.
    """
    parts = words.casefold().replace(",", " ").replace("+", " ").split()
    if not parts:
        return (WEEKDAYS[begins_on.weekday()],)
    found = [part[:2].upper() for part in parts if part != "and"]
    full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for part, name in zip((part for part in parts if part != "and"), found, strict=True):
        if name not in WEEKDAYS or not full[WEEKDAYS.index(name)].startswith(part.rstrip("s.")):
            raise NotWeekdays
    return in_order(found)


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Weekdays from Monday on, each once."""
    return tuple(sorted({*names}, key=WEEKDAYS.index))


def _turned(name: str, days: int) -> str:
    return WEEKDAYS[(WEEKDAYS.index(name) + days) % 7]
