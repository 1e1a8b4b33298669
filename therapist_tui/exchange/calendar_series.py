"""A series for the calendar file: one event that repeats, the dates it leaves out, and those that were moved."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.client import Client
from therapist_tui.domain.recurrence import Rule
from therapist_tui.domain.series import Series
from therapist_tui.domain.when import at, skipped


@dataclass(frozen=True, slots=True)
class Repeating:
    """A series from its first shown date on: its rule, the dates left out, and the appointments that differ from it."""

    series: Series
    first: Appointment
    rule: str
    left_out: tuple[date, ...]
    others: tuple[Appointment, ...]
    shown: frozenset[UUID]
    """The appointments that it stands for."""

    def wall(self, day: date) -> datetime:
        """Its time on one of its dates, by the wall's clock."""
        return datetime.combine(day, self.series.clock, self.series.zone)


def repeating(series: Series, client: Client, own: Iterable[Appointment], since: datetime) -> Repeating | None:
    """What is shown of a series; `own` are its appointments that take place. None when it shows no date."""
    there = {one.series_on: one for one in own if one.series_on}
    days = series.rule.dates(series.begins_on, series.made_until)
    ahead = [day for day in days if day in there and at(day, series.clock, series.zone) >= since]
    if not ahead:
        return None
    later = series.from_(ahead[0])
    rule = replace(later.rule, until=series.made_until, count=None) if client.archived_at else later.rule
    kept = {day: there[day] for day in ahead}
    missing = {day for day in days if day >= ahead[0] and day not in there}
    missing |= {day for day in later.left_out if day > series.made_until}
    others = tuple(one for day, one in kept.items() if not _as_the_rule_says(series, day, one))
    return Repeating(
        series,
        kept[ahead[0]],
        _text(rule, series),
        tuple(sorted(missing)),
        others,
        frozenset(one.id for one in kept.values()),
    )


def _as_the_rule_says(series: Series, day: date, one: Appointment) -> bool:
    """Whether every calendar shows that date rightly; where the clocks leave its time out, they do not agree."""
    return series.as_planned(one) and not skipped(day, series.clock, series.zone)


def _text(rule: Rule, series: Series) -> str:
    parts = ["FREQ=WEEKLY", f"INTERVAL={rule.weeks}", f"BYDAY={','.join(rule.weekdays)}", f"WKST={rule.week_start}"]
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    elif rule.until:
        end = at(rule.until, time(23, 59, 59), series.zone).astimezone(UTC)
        parts.append(f"UNTIL={end:%Y%m%dT%H%M%SZ}")
    return ";".join(parts)
