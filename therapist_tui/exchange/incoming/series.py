"""Which recurring events of a calendar can go on as a series of the book: weekly ones, in a zone with a name."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo, available_timezones

from therapist_tui.domain.incoming.people import key_of
from therapist_tui.domain.incoming.values import IncomingSeries
from therapist_tui.domain.recurrence import MOST_DATES, MOST_DAYS, Rule

from .rules import weekly


def series_of(
    line: int, uid: str, rule: str, event: Any, exceptions: Iterable[Any], window: tuple[datetime, datetime]
) -> IncomingSeries | None:
    """The series of an event, from its first date in the window on; None when its dates can only stand singly.

    `event` and `exceptions` are icalendar's; the rule was bounded before, so that it is sound.
    """
    starts_at: datetime = event["DTSTART"].dt
    others = list(exceptions)
    zone = zone_name(starts_at)
    if not (uid and zone and rule) or starts_at.second or "RDATE" in event:
        return None
    said = weekly(rule, starts_at)
    if said is None or any("RANGE" in one["RECURRENCE-ID"].params for one in others):
        return None
    first, last = (moment.astimezone(starts_at.tzinfo).date() for moment in window)
    if said.dates(starts_at.date(), starts_at.date()) != (starts_at.date(),):
        return None  # an event always takes place at its own beginning, a rule need not
    before = said.dates(starts_at.date(), first - timedelta(days=1))
    ahead = [day for day in said.dates(starts_at.date(), last) if day >= first]
    kept = _from(said, len(before), ahead[0]) if ahead else None
    if kept is None or kept.problems(ahead[0]) or len(ahead) > MOST_DATES:
        return None
    left_out = {day for day in _left_out(event, others) if day >= ahead[0]}
    key = key_of("series", uid)
    clock = starts_at.time().replace(tzinfo=None)
    return IncomingSeries(line, key, kept, ahead[0], clock, zone, last, tuple(sorted(left_out)))


def zone_name(moment: datetime) -> str:
    """The name of a moment's zone; "" when it has none, as one that a file defined itself."""
    zone = moment.tzinfo
    return zone.key if isinstance(zone, ZoneInfo) and zone.key in available_timezones() else ""


def stands_for(event: Any, starts_at: datetime) -> date:
    """The date of the series, which begins at `starts_at`, that one of its events stands for, also where it moved."""
    moment: date | datetime = event.get("RECURRENCE-ID", event["DTSTART"]).dt
    return _on(moment, starts_at)


def _from(rule: Rule, passed: int, begins_on: date) -> Rule:
    """The rule from one of its dates on; an end beyond what a series may last is none yet."""
    far = rule.until is not None and rule.until > begins_on + timedelta(days=MOST_DAYS)
    return replace(rule, until=None if far else rule.until, count=rule.count and rule.count - passed)


def _left_out(event: Any, exceptions: Iterable[Any]) -> Iterator[date]:
    """The dates that the calendar says do not take place."""
    starts_at: datetime = event["DTSTART"].dt
    listed: Any = event.get("EXDATE", [])
    for dates in cast("list[Any]", listed) if isinstance(listed, list) else [listed]:
        for one in dates.dts:
            yield _on(one.dt, starts_at)
    for one in exceptions:
        if str(one.get("STATUS", "")).upper() == "CANCELLED":
            yield _on(one["RECURRENCE-ID"].dt, starts_at)


def _on(moment: date | datetime, starts_at: datetime) -> date:
    """The day of a moment in the zone of the series."""
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(starts_at.tzinfo) if moment.tzinfo else moment).date()
