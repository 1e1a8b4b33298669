"""Session notes: a draft that is saved while it is typed, signed once, and after that only added to."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import bindparam, update
from sqlmodel import col, select

from therapist_tui.domain.note import Addendum, AddendumEmpty, AddendumKind, NoteContent, NoteSigned, SessionNote
from therapist_tui.domain.shorthand.reader import NO_OWN
from therapist_tui.domain.signing import Missing, Reasons
from therapist_tui.domain.text import clean

from .errors import RecordNotFound
from .merging import cards_of
from .rows import columns_of, note_columns, to_note, to_value
from .signing import missing_in, sign
from .standing import IN_ERROR, notes_of, unsigned_notes
from .tables import AddendumRow, AppointmentRow, SessionNoteRow
from .typed import table_of
from .unit import Store, need, new_id, refuse

_NOTES = table_of(SessionNoteRow)

# Built once: it runs several times a second while somebody types.
_SAVE = (
    update(_NOTES)
    .where(_NOTES.c.id == bindparam("note_id"), _NOTES.c.signed_at.is_(None))
    .values({name: bindparam(f"new_{name}") for name in (*columns_of(NoteContent()), "saved_at")})
    .returning(_NOTES.c.appointment_id, _NOTES.c.client_id, _NOTES.c.service_at, _NOTES.c.begun_at)
)


_AUDITED = {AddendumKind.ENTERED_IN_ERROR: "note.entered-in-error"}


class Notes:
    """The SOAP records."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_appointment(self, appointment_id: UUID) -> SessionNote | None:
        """The note of an appointment, if there is one; of several the one that stands."""
        with self._store.reading() as session:
            return notes_of(session, [appointment_id]).get(appointment_id)

    def get(self, note_id: UUID) -> SessionNote:
        """The note; raises RecordNotFound."""
        query = select(SessionNoteRow, IN_ERROR).where(SessionNoteRow.id == note_id)
        with self._store.reading() as session:
            found = session.exec(query).first()
            if found is None:
                raise RecordNotFound
            return to_note(found[0], in_error=found[1])

    def of_client(self, client_id: UUID) -> tuple[SessionNote, ...]:
        """A client's notes, newest session first, those entered in error among them."""
        with self._store.reading() as session:
            cards = cards_of(session, [client_id])
            query = select(SessionNoteRow, IN_ERROR).where(col(SessionNoteRow.client_id).in_(cards))
            rows = session.exec(query.order_by(col(SessionNoteRow.service_at).desc(), col(SessionNoteRow.id).desc()))
            return tuple(to_note(row, in_error=in_error) for row, in_error in rows)

    def unsigned(self) -> tuple[SessionNote, ...]:
        """Notes that wait for their signature, oldest session first.

        An empty one waits only once its session is done: it may have been opened just to look.
        """
        with self._store.reading() as session:
            return unsigned_notes(session)

    def open(self, appointment_id: UUID) -> SessionNote:
        """The appointment's note; begins an empty draft when there is none that stands. Raises RecordNotFound."""
        found = self.of_appointment(appointment_id)
        if found and not found.in_error:
            return found
        with self._store.unit() as unit:
            appointment = unit.get(AppointmentRow, appointment_id)
            note = SessionNote(
                new_id(),
                appointment_id,
                appointment.client_id,
                NoteContent(),
                appointment.starts_at,
                unit.now,
                unit.now,
                number=found.number + 1 if found else 1,
            )
            unit.add(SessionNoteRow(**note_columns(note)))
            appointment.noted = True
            unit.audit("note.begun", "session_note", note.id)
            return note

    def save(self, note_id: UUID, content: NoteContent) -> SessionNote:
        """Keep the draft as it stands; not audited. Raises NoteSigned, Invalid, RecordNotFound."""
        said = _checked(content)
        values = {f"new_{name}": value for name, value in columns_of(said).items()}
        with self._store.quiet() as unit:
            now = unit.now
            found = unit.session.connection().execute(_SAVE, {"note_id": note_id, "new_saved_at": now, **values})
            row = found.one_or_none()
            if row is None:
                raise NoteSigned if unit.session.get(SessionNoteRow, note_id) else RecordNotFound
            return SessionNote(note_id, row.appointment_id, row.client_id, said, row.service_at, row.begun_at, now)

    def missing(self, note_id: UUID, content: NoteContent) -> tuple[Missing, ...]:
        """What the signature would wait for; raises Invalid, RecordNotFound."""
        said = _checked(content)
        with self._store.reading() as session:
            return missing_in(self._store, session, need(session, SessionNoteRow, note_id), said)

    def sign(
        self, note_id: UUID, content: NoteContent, *, why: str = "", late: str = "", own: Mapping[str, str] = NO_OWN
    ) -> SessionNote:
        """Save and sign in one go, the session done with it; from then on the note never changes.

        Raises NoteIncomplete with what is missing, NoteSigned, Invalid, NotASpan, RecordNotFound; ReasonWanted when a
        caution forbade the session, or excludes work that the note records or plans, and nobody said why (`why` says
        it, and is kept); LateReasonWanted when it is a late entry (`late` says why, and stands on the note). `own` are
        the user's abbreviations, to read the shorthand with.
        """
        said = _checked(content)
        with self._store.unit() as unit:
            row = unit.get(SessionNoteRow, note_id)
            if row.signed_at is not None:
                raise NoteSigned
            return sign(self._store, unit, row, said, Reasons(why, late), own)

    def addenda(self, note_id: UUID) -> tuple[Addendum, ...]:
        """What was added to a signed note, oldest first."""
        query = select(AddendumRow).where(AddendumRow.note_id == note_id)
        with self._store.reading() as session:
            rows = session.exec(query.order_by(col(AddendumRow.written_at), col(AddendumRow.id)))
            return tuple(to_value(row, Addendum) for row in rows)

    def add_addendum(self, note_id: UUID, kind: AddendumKind, text: str) -> Addendum:
        """Add to a signed note; raises AddendumEmpty, RecordNotFound when there is no such signed note.

        Marking it as entered in error makes its session owe another note.
        """
        said = clean(text).strip()
        if not said:
            raise AddendumEmpty
        with self._store.unit() as unit:
            row = unit.get(SessionNoteRow, note_id)
            if row.signed_at is None:
                raise RecordNotFound
            if kind is AddendumKind.ENTERED_IN_ERROR:
                unit.get(AppointmentRow, row.appointment_id).noted = False
            addendum = Addendum(new_id(), note_id, kind, said, unit.now, unit.who)
            unit.add(AddendumRow(**columns_of(addendum)))
            unit.audit(_AUDITED.get(kind, "note.addendum"), "session_note", note_id)
            return addendum


def _checked(content: NoteContent) -> NoteContent:
    said = content.cleaned()
    refuse(said.problems())
    return said
