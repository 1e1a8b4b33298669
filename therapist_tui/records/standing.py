"""Which notes count: the one that stands for each appointment, those entered in error, those that wait."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists
from sqlmodel import Session, col, select

from therapist_tui.domain.desk_sessions import owes_signature
from therapist_tui.domain.note import AddendumKind, SessionNote

from .rows import to_note
from .tables import AddendumRow, AppointmentRow, SessionNoteRow

IN_ERROR = exists().where(
    col(AddendumRow.note_id) == col(SessionNoteRow.id), col(AddendumRow.kind) == AddendumKind.ENTERED_IN_ERROR
)
"""Whether a note was marked as entered in error: it stays readable, and counts no more."""


def notes_of(session: Session, appointment_ids: Sequence[UUID]) -> dict[UUID, SessionNote]:
    """The note of each appointment that has one; after one entered in error, the note that stands in for it."""
    query = select(SessionNoteRow, IN_ERROR).where(col(SessionNoteRow.appointment_id).in_(appointment_ids))
    rows = session.exec(query.order_by(col(SessionNoteRow.number)))
    return {row.appointment_id: to_note(row, in_error=in_error) for row, in_error in rows}  # the last one stays


def unsigned_notes(session: Session) -> tuple[SessionNote, ...]:
    """Notes that wait for their signature, oldest session first.

    An empty one waits only once its session is done: it may have been opened just to look.
    """
    query = (
        select(SessionNoteRow, col(AppointmentRow.status))
        .join(AppointmentRow, col(AppointmentRow.id) == SessionNoteRow.appointment_id)
        .where(col(SessionNoteRow.signed_at).is_(None))
        .order_by(col(SessionNoteRow.service_at), col(SessionNoteRow.id))
    )
    found = ((to_note(row), status) for row, status in session.exec(query))
    return tuple(note for note, status in found if owes_signature(status, note))
