"""Series that come with a calendar: which of its new appointments belong to them, and what the book goes on with."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from ..series import Series
from .values import IncomingAppointment, IncomingSeries

T = TypeVar("T")
Planned = tuple[UUID, UUID, IncomingAppointment]
"""An appointment that an import would add: its id, its client's, and the row."""


@dataclass(frozen=True, slots=True)
class PlannedSeries:
    """A series that an import would add, the key of its origin, and the appointments that belong to it."""

    key: str
    series: Series
    appointments: frozenset[UUID]


def planned_series(incoming: IncomingSeries, came: Sequence[Planned], series_id: UUID) -> PlannedSeries | None:
    """The series with those of the new appointments of its line that stand for its dates; None when there are none.

    A date that brings no new appointment is left out: it was called off, refused, is in the book already, or is
    somebody else's.
    """
    client_id = _usual([whose for _, whose, _ in came])
    own = [one for one in came if one[1] == client_id]
    if client_id is None or not own:
        return None
    there = {row.series_on for *_, row in own if row.series_on}
    # On its last day only a part was looked at.
    made_until = max(incoming.until - timedelta(days=1), *there)
    missing = {*incoming.rule.dates(incoming.begins_on, made_until)} - there
    series = Series(
        id=series_id,
        client_id=client_id,
        begins_on=incoming.begins_on,
        clock=incoming.clock,
        minutes=_usual([row.minutes for *_, row in own]) or own[0][2].minutes,
        service=_usual([row.service for *_, row in own]) or own[0][2].service,
        rule=incoming.rule,
        zone=ZoneInfo(incoming.zone),
        made_until=made_until,
        left_out=tuple(sorted({*incoming.left_out} - there | missing)),
    )
    return PlannedSeries(incoming.key, series, frozenset(made for made, *_ in own))


def _usual(values: Sequence[T]) -> T | None:
    """What most of them are, the first of equals; None of none."""
    return Counter(values).most_common(1)[0][0] if values else None
