"""Free time: the gaps of a day within the working hours, and the next time that has room for a client."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .appointment import Appointment
from .hours import Hours
from .when import at

FREE_FROM = 15
"""Minutes. A shorter gap between two clients is a buffer, not free time."""
LOOK_AHEAD = 370
"""Days ahead in which free time is looked for."""
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Gap:
    """Free time within the working hours."""

    starts_at: datetime
    minutes: int


def taken_by(booked: Iterable[Appointment]) -> list[Stretch]:
    """The time that appointments take; lost ones take none."""
    return [(one.starts_at, one.ends_at) for one in booked if not one.status.lost]


def free(day: date, taken: Iterable[Stretch], hours: Hours, zone: ZoneInfo) -> tuple[Gap, ...]:
    """The free time of a day within its working hours, in order, in whole minutes.

    The buffer is kept free before and after all time that is taken.
    """
    buffer = timedelta(minutes=hours.buffer)
    kept = sorted((begins - buffer, ends + buffer) for begins, ends in taken)
    left = [rest for span in _open(day, hours, zone) for rest in _without(span, kept)]
    return tuple(Gap(start, minutes) for start, minutes in ((a, _minutes(a, b)) for a, b in left) if minutes > 0)


def openings(gap: Gap, minutes: int, hours: Hours, zone: ZoneInfo) -> Iterator[datetime]:
    """The steps of the book in a gap at which a session of so many minutes has room, in order."""
    start = aligned(gap.starts_at, hours.slot, zone)
    end = gap.starts_at + timedelta(minutes=gap.minutes)
    while start + timedelta(minutes=minutes) <= end:
        yield start
        start = aligned(start + timedelta(minutes=1), hours.slot, zone)


def next_free(
    after: datetime, minutes: int, taken: Iterable[Stretch], hours: Hours, zone: ZoneInfo, days: int = LOOK_AHEAD
) -> datetime | None:
    """The first time at or after a moment that has room for so many minutes; None when none of so many days has."""
    first = after.astimezone(zone).date()
    by_day: dict[date, list[Stretch]] = {}
    for one in taken:
        by_day.setdefault(one[0].astimezone(zone).date(), []).append(one)
    for ahead in range(days):
        day = first + timedelta(days=ahead)
        # One of the evening before may reach past midnight.
        near = [one for offset in (-1, 0, 1) for one in by_day.get(day + timedelta(days=offset), ())]
        for gap in free(day, near, hours, zone):
            for start in openings(_from(gap, after), minutes, hours, zone):
                return start
    return None


def aligned(moment: datetime, slot: int, zone: ZoneInfo) -> datetime:
    """The moment itself when it is a step of the book by the wall's clock, or else the next step."""
    local = moment.astimezone(zone)
    late = timedelta(minutes=local.minute % slot, seconds=local.second, microseconds=local.microsecond)
    return moment + (timedelta(minutes=slot) - late) if late else moment


def _from(gap: Gap, after: datetime) -> Gap:
    """What is left of a gap from a moment on."""
    end = gap.starts_at + timedelta(minutes=gap.minutes)
    start = min(max(gap.starts_at, after), end)
    return Gap(start, _minutes(start, end))


def _open(day: date, hours: Hours, zone: ZoneInfo) -> list[Stretch]:
    """The working hours of a day as moments; spans that the clocks swallow are left out."""
    spans = [(at(day, span.opens, zone), at(day, span.closes, zone)) for span in hours.on(day)]
    found: list[Stretch] = []
    for opens, closes in spans:
        begins = max(opens, found[-1][1]) if found else opens
        if begins < closes:
            found.append((begins, closes))
    return found


def _without(span: Stretch, taken: Sequence[Stretch]) -> Iterator[Stretch]:
    start, end = span
    for begins, ends in taken:
        if ends <= start or begins >= end:
            continue
        if begins > start:
            yield start, begins
        start = max(start, ends)
    if start < end:
        yield start, end


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start) / timedelta(minutes=1))
