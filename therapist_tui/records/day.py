"""The day: every appointment with the brief of its client, in a fixed handful of queries."""

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from therapist_tui.domain.agenda import Agenda, Brief, Slot
from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.when import at

from .desk import waiting_notes
from .known import gather
from .rows import to_value
from .standing import notes_of
from .tables import AppointmentRow, ClientRow
from .unit import Store, need


class Day:
    """What Today shows."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def agenda(self, day: date) -> Agenda:
        """Every appointment of that day by the practice's clock, in order, with what there is to know of each."""
        zone = self._store.zone
        with self._store.reading() as session:
            appointments, noted = _appointments(session, *bounds(day, zone))
            notes = notes_of(session, [one.id for one in appointments])
            known = gather(self._store, session, {one.client_id for one in appointments}, bounds(day, zone)[0])
            owed = tuple(one.id for one, _ in waiting_notes(session))
        known.add_notes(notes.values())
        slots = tuple(
            Slot(
                one,
                known.brief(one.client_id, day, one.starts_at, one),
                notes.get(one.id),
                one.id in noted and one.id not in notes,
            )
            for one in appointments
        )
        return Agenda(day, known.therapist, slots, len(owed), owed)

    def brief(self, client_id: UUID, day: date) -> Brief:
        """What there is to know of a client on that day, the day's own sessions included; raises RecordNotFound."""
        zone = self._store.zone
        end = bounds(day, zone)[1]
        with self._store.reading() as session:
            need(session, ClientRow, client_id)
            return gather(self._store, session, {client_id}, end).brief(client_id, day, end)


def bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When the practice's day begins and ends, in UTC; it lasts 23 or 25 hours when the clocks change."""
    return at(day, time(0), zone), at(day + timedelta(days=1), time(0), zone)


def _appointments(session: Session, begin: datetime, end: datetime) -> tuple[tuple[Appointment, ...], set[UUID]]:
    """The day's appointments, and those of them whose note was begun here or is in another program."""
    query = select(AppointmentRow).where(AppointmentRow.starts_at >= begin, AppointmentRow.starts_at < end)
    rows = session.exec(query.order_by(col(AppointmentRow.starts_at), col(AppointmentRow.id))).all()
    return tuple(to_value(row, Appointment) for row in rows), {row.id for row in rows if row.noted}
