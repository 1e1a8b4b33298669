"""What happened since each client's last signed note and stands in no other part of what is known, in three queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from therapist_tui.domain.appointment import LOST, Appointment
from therapist_tui.domain.change import Former
from therapist_tui.domain.health import HealthEntry, HealthEntryDraft
from therapist_tui.domain.note import Addendum, SessionNote
from therapist_tui.domain.since import told_at

from .rows import columns_of, to_value
from .tables import AddendumRow, AppointmentRow, HealthEntryRow, HealthEntryVersionRow


@dataclass(slots=True)
class Since:
    """By client: former wordings of the history, addenda to the last note, appointments that were lost."""

    former: dict[UUID, list[Former]] = field(default_factory=dict[UUID, list[Former]])
    addenda: dict[UUID, list[Addendum]] = field(default_factory=dict[UUID, list[Addendum]])
    lost: dict[UUID, list[Appointment]] = field(default_factory=dict[UUID, list[Appointment]])


def since_last(session: Session, last: Mapping[UUID, SessionNote]) -> Since:
    """What happened after these notes, each the last of the client; nothing is read where there are none."""
    found = Since()
    if not last:
        return found
    earliest = min(told_at(note) for note in last.values())
    _former(session, last, earliest, found)
    of_note = {note.id: client_id for client_id, note in last.items()}
    query = select(AddendumRow).where(col(AddendumRow.note_id).in_(of_note))
    for row in session.exec(query.order_by(col(AddendumRow.id))):
        found.addenda.setdefault(of_note[row.note_id], []).append(to_value(row, Addendum))
    booked = select(AppointmentRow).where(
        col(AppointmentRow.client_id).in_(last),
        col(AppointmentRow.status).in_(LOST),
        AppointmentRow.starts_at > earliest,
    )
    for row in session.exec(booked.order_by(col(AppointmentRow.starts_at))):
        found.lost.setdefault(row.client_id, []).append(to_value(row, Appointment))
    return found


def _former(session: Session, last: Iterable[UUID], earliest: datetime, found: Since) -> None:
    """What entries said that were worded anew since."""
    query = (
        select(HealthEntryVersionRow, col(HealthEntryRow.client_id))
        .join(HealthEntryRow, col(HealthEntryRow.id) == HealthEntryVersionRow.entry_id)
        .where(col(HealthEntryRow.client_id).in_(last), HealthEntryVersionRow.replaced_at > earliest)
    )
    for row, client_id in session.exec(query):
        said = columns_of(to_value(row, HealthEntryDraft))
        entry = HealthEntry(row.entry_id, client_id, **said, noted_at=row.noted_at)
        found.former.setdefault(client_id, []).append(Former(entry, row.replaced_at))
