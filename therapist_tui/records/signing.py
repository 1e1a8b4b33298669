"""Signing a note, within one transaction: nothing missing, every reason given, the session's times fixed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time

from sqlmodel import Session, col, select

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.decision import Act
from therapist_tui.domain.note import NoteContent, SessionNote, digest
from therapist_tui.domain.signing import (
    Facts,
    Missing,
    NoteIncomplete,
    Reasons,
    check_late,
    lag_of,
    missing,
    read_span,
    settled,
)
from therapist_tui.domain.when import at

from .appointments import take_step
from .decisions import decide
from .rows import note_columns, to_note, to_value
from .tables import AppointmentRow, HistoryCheckRow, SessionNoteRow
from .unit import Store, Unit, need


def missing_in(store: Store, session: Session, row: SessionNoteRow, content: NoteContent) -> tuple[Missing, ...]:
    """What the signature of a note would wait for."""
    booked = need(session, AppointmentRow, row.appointment_id)
    timed = booked.began_at is not None and (booked.ended_at is not None or booked.status is Status.IN_SESSION)
    return missing(content, Facts(_asked(store, session, row), timed), store.rules.required)


def sign(
    store: Store, unit: Unit, row: SessionNoteRow, content: NoteContent, reasons: Reasons, own: Mapping[str, str]
) -> SessionNote:
    """See `Notes.sign`."""
    if waits := missing_in(store, unit.session, row, content):
        raise NoteIncomplete(missing=" ".join(one.sentence for one in waits))
    appointment = unit.get(AppointmentRow, row.appointment_id)
    decide(store, unit, appointment, Act.NOTE_SIGNED, reasons.why, content, own)
    if appointment.status.open:
        take_step(unit, appointment, Status.DONE)
    began, ended = _times(store, appointment, content)
    typed = ended if content.times else None
    lag = lag_of(typed or to_value(appointment, Appointment).over_at, unit.now)
    note = replace(
        to_note(row),
        content=settled(content),
        saved_at=unit.now,
        signed_at=unit.now,
        signed_by=unit.who,
        began_at=began,
        ended_at=ended,
        lag_minutes=lag,
        late_reason=check_late(lag, store.rules, reasons.late),
    )
    note = replace(note, digest=digest(note))
    for name, value in note_columns(note).items():
        setattr(row, name, value)
    unit.audit("note.signed", "session_note", row.id)
    return note


def _asked(store: Store, session: Session, row: SessionNoteRow) -> bool:
    """Whether the history was asked for on the day of the session or since."""
    begin = at(row.service_at.astimezone(store.zone).date(), time(0), store.zone)
    query = select(HistoryCheckRow.id).where(
        HistoryCheckRow.client_id == row.client_id, col(HistoryCheckRow.asked_at) >= begin
    )
    return session.exec(query.limit(1)).first() is not None


def _times(store: Store, row: AppointmentRow, content: NoteContent) -> tuple[datetime | None, datetime | None]:
    """When the session began and ended: as typed, else by the appointment's clock where it ran from start to end."""
    if content.times:
        return read_span(content.times, row.starts_at.astimezone(store.zone).date(), store.zone)
    return (row.began_at, row.ended_at) if row.began_at and row.ended_at else (None, None)
