"""What happened since each client's last signed note and stands in no other part of what is known, in three queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.note import Addendum, SessionNote
from therapist_tui.domain.since import told_at

from .rows import to_value
from .tables import AddendumRow, AppointmentRow, HealthEntryRow, HealthEntryVersionRow

_LOST = (Status.CANCELLED, Status.NO_SHOW)


@dataclass(slots=True)
class Since:
    """By client: how entries of the history read before, addenda to the last note, appointments that were lost."""

    before: dict[UUID, dict[UUID, str]] = field(default_factory=dict)
    addenda: dict[UUID, list[Addendum]] = field(default_factory=dict)
    lost: dict[UUID, list[Appointment]] = field(default_factory=dict)


def since_last(session: Session, signed: Iterable[SessionNote]) -> Since:
    """What happened after these notes, each the last of its client; nothing is read where there are none."""
    last = {note.client_id: note for note in signed}
    found = Since()
    if not last:
        return found
    earliest = min(told_at(note) for note in last.values())
    _before(session, last, earliest, found)
    of_note = {note.id: client_id for client_id, note in last.items()}
    query = select(AddendumRow).where(col(AddendumRow.note_id).in_(of_note))
    for row in session.exec(query.order_by(col(AddendumRow.id))):
        found.addenda.setdefault(of_note[row.note_id], []).append(to_value(row, Addendum))
    booked = select(AppointmentRow).where(
        col(AppointmentRow.client_id).in_(last),
        col(AppointmentRow.status).in_(_LOST),
        AppointmentRow.starts_at > earliest,
    )
    for row in session.exec(booked.order_by(col(AppointmentRow.starts_at))):
        found.lost.setdefault(row.client_id, []).append(to_value(row, Appointment))
    return found


def _before(session: Session, last: dict[UUID, SessionNote], earliest: datetime, found: Since) -> None:
    """How each entry that was worded anew read at the client's last note."""
    query = (
        select(HealthEntryVersionRow, col(HealthEntryRow.client_id))
        .join(HealthEntryRow, col(HealthEntryRow.id) == HealthEntryVersionRow.entry_id)
        .where(col(HealthEntryRow.client_id).in_(last), HealthEntryVersionRow.replaced_at > earliest)
        .order_by(col(HealthEntryVersionRow.replaced_at).desc(), col(HealthEntryVersionRow.id).desc())
    )
    for row, client_id in session.exec(query):
        told = told_at(last[client_id])
        # The oldest wording that was replaced since stays: what was noted after the note is no wording of then.
        if row.replaced_at > told and row.noted_at and row.noted_at <= told:
            found.before.setdefault(client_id, {})[row.entry_id] = row.text
