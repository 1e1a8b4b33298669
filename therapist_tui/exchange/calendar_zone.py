"""A time zone as a calendar file has to define it: its two rules since 1970, never a list of years.

Outlook shifts summer by an hour when a zone lists its years instead (clinical.md 5.3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from dateutil import rrule

from therapist_tui.domain.recurrence import WEEKDAYS

from .properties import put

YEARS = 10
"""Years ahead for which the two rules must say what the zone does."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A change of the clocks, by the wall's clock as it was before."""

    wall: datetime
    before: timedelta
    after: timedelta

    @property
    def weekday(self) -> int:
        return self.wall.weekday()

    @property
    def nth(self) -> int:
        return (self.wall.day - 1) // 7 + 1

    @property
    def last(self) -> bool:
        return (self.wall + timedelta(days=7)).month != self.wall.month


def definition(zone: ZoneInfo, year: int) -> Any:
    """The VTIMEZONE of a zone, as icalendar's; None when no two yearly rules say what it does from that year on."""
    from icalendar import Timezone

    changes = list(_changes(zone, year))
    first = datetime(year, 1, 1, tzinfo=UTC).astimezone(zone)
    found = Timezone()
    put(found, "tzid", zone.key)
    if not changes:
        offset = first.utcoffset() or timedelta(0)
        found.add_component(_part(datetime(1970, 1, 1), offset, offset, ""))  # noqa: DTZ001 - the wall's
        return found
    by_turn = [changes[turn::2] for turn in (0, 1)]
    rules = [_rule(turn) for turn in by_turn]
    if len(changes) != 2 * YEARS or None in rules:
        return None
    for (change, *_), rule in zip(by_turn, rules, strict=True):
        begin = rrule.rrulestr(rule or "", dtstart=datetime.combine(datetime(1970, 1, 1), change.wall.time()))[0]  # noqa: DTZ001
        found.add_component(_part(begin, change.before, change.after, rule or ""))
    return found


def _part(begin: datetime, before: timedelta, after: timedelta, rule: str) -> Any:
    from icalendar import TimezoneDaylight, TimezoneStandard, vRecur

    part = TimezoneDaylight() if after > before else TimezoneStandard()
    put(part, "dtstart", begin)
    put(part, "tzoffsetfrom", before)
    put(part, "tzoffsetto", after)
    if rule:
        put(part, "rrule", vRecur.from_ical(rule))
    return part


def _rule(changes: list[_Change]) -> str | None:
    """What these changes, one a year, have in common: "the second Sunday in March"; None when they have not."""
    same = {(one.wall.month, one.weekday, one.wall.time(), one.before, one.after) for one in changes}
    if len(same) != 1:
        return None
    nths = {one.nth for one in changes}
    if len(nths) > 1 and not all(one.last for one in changes):
        return None
    which = nths.pop() if len(nths) == 1 else -1
    return f"FREQ=YEARLY;BYMONTH={changes[0].wall.month};BYDAY={which}{WEEKDAYS[changes[0].weekday]}"


def _changes(zone: ZoneInfo, year: int) -> Iterator[_Change]:
    begin = datetime(year, 1, 1, tzinfo=UTC)
    days = (datetime(year + YEARS, 1, 1, tzinfo=UTC) - begin).days
    moments = [begin + timedelta(days=ahead) for ahead in range(days + 1)]
    offsets = [_offset(zone, moment) for moment in moments]
    for (start, before), (end, after) in pairwise(zip(moments, offsets, strict=True)):
        if before == after:
            continue
        while end - start > timedelta(minutes=1):
            middle = start + timedelta(minutes=(end - start) // timedelta(minutes=1) // 2)
            start, end = (middle, end) if _offset(zone, middle) == before else (start, middle)
        yield _Change((end + before).replace(tzinfo=None), before, after)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)
