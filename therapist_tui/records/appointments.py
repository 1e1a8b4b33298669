"""Appointments: booking, moving, and the steps from booked to done."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from therapist_tui.domain.appointment import Appointment, AppointmentDraft, Status
from therapist_tui.domain.decision import Act
from therapist_tui.domain.text import clean_line
from therapist_tui.domain.usual import Usual, usual

from .clashes import taking_time
from .decisions import decide
from .errors import AppointmentClosed
from .rows import columns_of, fill, to_value
from .tables import AppointmentRow, ClientRow, SessionNoteRow
from .unit import Store, Unit, need, new_id, refuse

_STAGES = ((Status.ARRIVED, "arrived_at"), (Status.IN_SESSION, "began_at"), (Status.DONE, "ended_at"))
_ORDER = (Status.BOOKED, Status.ARRIVED, Status.IN_SESSION, Status.DONE)


class Appointments:
    """The book."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, appointment_id: UUID) -> Appointment:
        """The appointment; raises RecordNotFound."""
        with self._store.reading() as session:
            return to_value(need(session, AppointmentRow, appointment_id), Appointment)

    def of(self, client_id: UUID) -> tuple[Appointment, ...]:
        """A client's appointments, newest first."""
        query = select(AppointmentRow).where(AppointmentRow.client_id == client_id)
        with self._store.reading() as session:
            rows = session.exec(query.order_by(col(AppointmentRow.starts_at).desc(), col(AppointmentRow.id).desc()))
            return tuple(to_value(row, Appointment) for row in rows)

    def usual(self, client_id: UUID) -> Usual:
        """What the client usually books."""
        return usual(self.of(client_id))

    def overlapping(self, draft: AppointmentDraft, except_id: UUID | None = None) -> tuple[Appointment, ...]:
        """Appointments that take place in the same time, in their order; overlap is said, not forbidden."""
        with self._store.reading() as session:
            found = taking_time(session, draft.starts_at, draft.starts_at + timedelta(minutes=draft.minutes))
        return tuple(one for one in found if one.id != except_id and one.overlaps(draft))

    def book(self, draft: AppointmentDraft) -> Appointment:
        """A new appointment; raises Invalid, RecordNotFound when there is no such client."""
        clean = _checked(draft)
        with self._store.unit() as unit:
            unit.get(ClientRow, clean.client_id)
            row = unit.add(AppointmentRow(id=new_id(), **columns_of(clean)))
            unit.audit("appointment.booked", "appointment", row.id, said="appointment booked")
            return to_value(row, Appointment)

    def change(self, appointment_id: UUID, draft: AppointmentDraft) -> Appointment:
        """Move it or plan it anew while it is open; raises Invalid, AppointmentClosed, RecordNotFound."""
        clean = _checked(draft)
        with self._store.unit() as unit:
            row = unit.get(AppointmentRow, appointment_id)
            if not row.status.open:
                raise AppointmentClosed(status=row.status.value)
            unit.get(ClientRow, clean.client_id)
            said = "changed" if row.starts_at == clean.starts_at else "moved"
            fill(row, clean)
            take_note_along(unit, row)
            unit.audit("appointment.changed", "appointment", appointment_id, said=said)
            return to_value(row, Appointment)

    def step(self, appointment_id: UUID, status: Status, reason: str = "", *, why: str = "") -> Appointment:
        """Take it a step on or back; raises WrongStep, ReasonNeeded, RecordNotFound.

        A session that a caution forbids begins only with `why`, which is kept; raises ReasonWanted without it.
        """
        said = clean_line(reason)
        with self._store.unit() as unit:
            row = unit.get(AppointmentRow, appointment_id)
            to_value(row, Appointment).check_step(status, said)
            if status is Status.IN_SESSION and row.status is not Status.DONE:
                decide(self._store, unit, row, Act.SESSION_STARTED, why)
            take_step(unit, row, status, said)
            return to_value(row, Appointment)


def take_note_along(unit: Unit, row: AppointmentRow) -> None:
    """A note that was begun goes with its appointment; a signed one stays as it is."""
    begun = select(SessionNoteRow).where(
        SessionNoteRow.appointment_id == row.id, col(SessionNoteRow.signed_at).is_(None)
    )
    for note in unit.session.exec(begun):
        note.service_at, note.client_id = row.starts_at, row.client_id


def take_step(unit: Unit, row: AppointmentRow, status: Status, reason: str = "") -> None:
    """Write a step that was allowed, with its time and its audit row."""
    row.status = status
    row.reason = reason if status.lost else ""
    if not status.lost:
        _set_times(row, status, unit.now)
    unit.audit(f"appointment.{status.value.replace(' ', '-')}", "appointment", row.id, said="status booked")


def _set_times(row: AppointmentRow, status: Status, now: datetime) -> None:
    """Note when the step was taken; times of steps that lie ahead again are cleared."""
    reached = _ORDER.index(status)
    for place, (_, name) in enumerate(_STAGES, start=1):
        if place > reached:
            setattr(row, name, None)
        elif place == reached and getattr(row, name) is None:
            setattr(row, name, now)


def _checked(draft: AppointmentDraft) -> AppointmentDraft:
    clean = draft.cleaned()
    refuse(clean.problems())
    return replace(clean, starts_at=clean.starts_at.astimezone(UTC))
