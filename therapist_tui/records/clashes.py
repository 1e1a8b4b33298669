"""Who takes which time: appointments between two moments, and what others clash with."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from therapist_tui.domain.appointment import LONGEST, LOST, Appointment
from therapist_tui.domain.free import Stretch
from therapist_tui.domain.touching import Touch

from .rows import to_value
from .tables import AppointmentRow


def taking_time(session: Session, begin: datetime, end: datetime) -> list[Appointment]:
    """Appointments that take place at any time from `begin` to before `end`, in order; lost ones take none."""
    query = select(AppointmentRow).where(*_within(begin, end))
    rows = session.exec(query.order_by(col(AppointmentRow.starts_at), col(AppointmentRow.id)))
    return [one for one in (to_value(row, Appointment) for row in rows) if one.ends_at > begin]


def taken(session: Session, begin: datetime, end: datetime) -> list[Stretch]:
    """The same without saying whose they are: begin and end of each, for looking through months at once."""
    return [(starts_at, ends_at) for _, starts_at, ends_at in _times(session, begin, end)]


def with_clashes(session: Session, touches: Sequence[Touch]) -> tuple[Touch, ...]:
    """Each with the other appointments that take the same time, in two queries however many they are."""
    if not touches:
        return ()
    own = {touch.before.id for touch in touches}
    after = [touch.after for touch in touches]
    times = _times(session, min(one.starts_at for one in after), max(one.ends_at for one in after))
    others = [one for one in times if one[0] not in own]
    starts = [starts_at for _, starts_at, _ in others]
    clashing: dict[UUID, list[UUID]] = {}
    for touch in touches:
        first = bisect_left(starts, touch.after.starts_at - timedelta(minutes=LONGEST))
        last = bisect_left(starts, touch.after.ends_at)
        clashing[touch.before.id] = [one for one, _, ends in others[first:last] if ends > touch.after.starts_at]
    wanted = {one for some in clashing.values() for one in some}
    rows = session.exec(select(AppointmentRow).where(col(AppointmentRow.id).in_(wanted))) if wanted else ()
    found = {row.id: to_value(row, Appointment) for row in rows}
    return tuple(replace(one, clashes=tuple(found[other] for other in clashing[one.before.id])) for one in touches)


def _times(session: Session, begin: datetime, end: datetime) -> list[tuple[UUID, datetime, datetime]]:
    query = select(AppointmentRow.id, AppointmentRow.starts_at, AppointmentRow.minutes).where(*_within(begin, end))
    rows = session.exec(query.order_by(col(AppointmentRow.starts_at), col(AppointmentRow.id)))
    times = ((one, starts_at, starts_at + timedelta(minutes=minutes)) for one, starts_at, minutes in rows)
    return [one for one in times if one[2] > begin]


def _within(begin: datetime, end: datetime) -> tuple[Any, ...]:
    # How long each lasts is worked out here: adding minutes to a moment is written differently by every database.
    return (
        AppointmentRow.starts_at > begin.astimezone(UTC) - timedelta(minutes=LONGEST),
        AppointmentRow.starts_at < end.astimezone(UTC),
        col(AppointmentRow.status).not_in(LOST),
    )
