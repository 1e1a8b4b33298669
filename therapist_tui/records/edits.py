"""Who made and changed the records of a client, and when: from the audit trail and from what rows said before."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from therapist_tui.domain.edits import Edit, Wording, edits_of

from .former import Formers, said_in
from .tables import AuditEventRow

MAKING = (
    "client.added", "plan.started", "goal.added", "referral.added", "consent.given", "health.added", "history.asked",
)  # fmt: skip
"""The acts by which a record comes on file."""

Events = Mapping[UUID, Sequence[AuditEventRow]]
"""Lines of the audit trail by the id of their record, oldest first."""


def events_of(session: Session, ids: Iterable[UUID], until: datetime | None = None) -> Events:
    """What was done to these records, in one query; up to that moment, or up to now."""
    query = select(AuditEventRow).where(col(AuditEventRow.subject_id).in_([str(one) for one in ids]))
    if until is not None:
        query = query.where(AuditEventRow.at <= until)
    found: dict[UUID, list[AuditEventRow]] = {}
    for row in session.exec(query.order_by(col(AuditEventRow.seq))):
        found.setdefault(UUID(row.subject_id), []).append(row)
    return found


def made_in(events: Events, record_id: UUID) -> AuditEventRow | None:
    """The event by which a record came on file; None for one that was brought in from elsewhere."""
    return next((one for one in events.get(record_id, ()) if one.action in MAKING), None)


def edits(
    values: Iterable[Any], kind: type[Any], former: Formers, events: Events, to_value: Callable[[Any], Any]
) -> dict[UUID, tuple[Edit, ...]]:
    """The making and the changes of each value; `kind` is the table of its rows. What is unknown is left out."""
    found: dict[UUID, tuple[Edit, ...]] = {}
    for value in values:
        made = made_in(events, value.id)
        wordings = [
            Wording(to_value(said_in(kind, one)), one.replaced_at, one.replaced_by) for one in former.get(value.id, ())
        ]
        added = (Edit(made.at, made.who, "added"),) if made else ()
        found[value.id] = (*added, *edits_of(wordings, value))
    return found
