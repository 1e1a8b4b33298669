"""Who takes which time: appointments between two moments, and what others clash with."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from therapist_tui.domain.appointment import LONGEST, LOST, Appointment
from therapist_tui.domain.series import Touch

from .rows import to_value
from .tables import AppointmentRow


def taking_time(session: Session, begin: datetime, end: datetime) -> list[Appointment]:
    """Appointments that take place at any time from `begin` to before `end`, in order; lost ones take none."""
    # How long each lasts is worked out here: adding minutes to a moment is written differently by every database.
    query = select(AppointmentRow).where(
        AppointmentRow.starts_at > begin.astimezone(UTC) - timedelta(minutes=LONGEST),
        AppointmentRow.starts_at < end.astimezone(UTC),
        col(AppointmentRow.status).not_in(LOST),
    )
    rows = session.exec(query.order_by(col(AppointmentRow.starts_at), col(AppointmentRow.id)))
    return [one for one in (to_value(row, Appointment) for row in rows) if one.ends_at > begin]


def with_clashes(session: Session, touches: Sequence[Touch]) -> tuple[Touch, ...]:
    """Each with the other appointments that take the same time, in one query."""
    if not touches:
        return ()
    own = {touch.before.id for touch in touches}
    after = [touch.after for touch in touches]
    found = taking_time(session, min(one.starts_at for one in after), max(one.ends_at for one in after))
    others = [one for one in found if one.id not in own]
    return tuple(replace(one, clashes=tuple(other for other in others if other.overlaps(one.after))) for one in touches)
