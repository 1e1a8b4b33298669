"""Which events of the trail are about one client: by what they name, and by the rows that they changed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, or_, select

from . import tables as t
from .merging import cards_of

_OF_A_CLIENT = (
    t.AppointmentRow, t.SessionNoteRow, t.HealthEntryRow, t.HistoryCheckRow, t.PlanRow, t.GoalRow, t.ReferralRow,
    t.ConsentRow, t.ReleaseRow, t.SeriesRow,
)  # fmt: skip
"""Records that name their client."""
_BENEATH: tuple[tuple[Any, Any, Any], ...] = (
    (t.AddendumRow, t.AddendumRow.note_id, t.SessionNoteRow),
    (t.DecisionRow, t.DecisionRow.appointment_id, t.AppointmentRow),
    (t.PlanReviewRow, t.PlanReviewRow.plan_id, t.PlanRow),
    (t.MeasurementRow, t.MeasurementRow.goal_id, t.GoalRow),
)
"""Records that name one of those."""


def about_client(session: Session, client_id: UUID) -> Any:
    """The condition on `audit_event` that picks a client's: her cards', and all that belongs to them.

    An event about something else counts where it changed one of these (an import, a whole practice stored, an undo).
    What was given out of the whole practice was given out of her too.
    """
    ids = [*_ids_of(session, client_id)]
    changed = select(t.RecordChangeRow.seq).where(col(t.RecordChangeRow.record_id).in_([one.hex for one in ids]))
    named = col(t.AuditEventRow.subject_id).in_([str(one) for one in ids])
    return or_(named, col(t.AuditEventRow.seq).in_(changed))


def _ids_of(session: Session, client_id: UUID) -> Iterator[UUID]:
    cards = [*cards_of(session, [client_id])]
    yield from {client_id, *cards}
    for kind in _OF_A_CLIENT:
        yield from session.exec(select(kind.id).where(col(kind.client_id).in_(cards)))
    for kind, link, parent in _BENEATH:
        query = select(kind.id).join(parent, link == parent.id)
        yield from session.exec(query.where(col(parent.client_id).in_(cards)))
    yield from session.exec(select(t.ReleaseRow.id).where(col(t.ReleaseRow.client_id).is_(None)))
    # What was undone is no row any more; what it said is kept (undo.py).
    whose = {one.hex for one in cards}
    for record_id, content in session.exec(select(t.UndoneRow.record_id, col(t.UndoneRow.content))):
        if str(content.get("client_id", "")).replace("-", "") in whose:
            yield UUID(record_id)


def session_dates(session: Session, client_id: UUID) -> dict[str, datetime]:
    """When the client's sessions took place, by the ids of their notes and appointments."""
    cards = [*cards_of(session, [client_id])]
    booked = select(t.AppointmentRow.id, t.AppointmentRow.starts_at).where(col(t.AppointmentRow.client_id).in_(cards))
    noted = select(t.SessionNoteRow.id, t.SessionNoteRow.service_at).where(col(t.SessionNoteRow.client_id).in_(cards))
    return {str(one): at for query in (booked, noted) for one, at in session.exec(query)}
