"""The week and the month, each in one query; the cautions of a week in one pass over what is known of its clients."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.client import Client
from therapist_tui.domain.free import LOOK_AHEAD, next_free
from therapist_tui.domain.hours import Hours
from therapist_tui.domain.level import Level
from therapist_tui.domain.screening.history import screen
from therapist_tui.domain.week import Booking, Load, Week, loads

from .clashes import taken
from .day import bounds
from .known import gather
from .rows import to_value
from .standing import IN_ERROR
from .tables import AppointmentRow, ClientRow, SessionNoteRow
from .unit import Store

NEAR = 35
"""Days in which free time is looked for first."""


class Weeks:
    """What the week and the month show."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, day: date, hours: Hours) -> Week:
        """The week of a day: every appointment with its client, and whether its note is signed."""
        monday = day - timedelta(days=day.weekday())
        begin, end = self._bounds(monday, 7)
        with self._store.reading() as session:
            return Week(monday, self._store.zone, hours, tuple(_bookings(session, begin, end)))

    def worst(self, week: Week) -> dict[UUID, Level]:
        """The worst caution of each appointment of a week that has one, judged as Today judges it."""
        zone = self._store.zone
        ahead = [one for one in week.bookings if not one.appointment.status.lost]
        with self._store.reading() as session:
            known = gather(self._store, session, {one.client.id for one in ahead}, self._bounds(week.monday, 1)[0])
        found: dict[UUID, Level] = {}
        for one in ahead:
            case = known.case(one.client.id, one.appointment.starts_at.astimezone(zone).date(), one.appointment)
            if cautions := screen(case, self._store.screening).cautions:
                found[one.id] = cautions[0].level
        return found

    def next_free(self, after: datetime, minutes: int, hours: Hours) -> datetime | None:
        """The next time at or after a moment that has room for so many minutes."""
        # Nearly always it is found within weeks; the year is only read when it is not.
        for days in (NEAR, LOOK_AHEAD):
            with self._store.reading() as session:
                booked = taken(session, after - timedelta(days=1), after + timedelta(days=days + 1))
            if found := next_free(after, minutes, booked, hours, self._store.zone, days):
                return found
        return None

    def loads(self, days: Sequence[date], hours: Hours) -> tuple[Load, ...]:
        """How full each of some days in a row is."""
        begin, end = self._bounds(days[0], len(days))
        with self._store.reading() as session:
            return loads(days, taken(session, begin, end), hours, self._store.zone)

    def _bounds(self, first: date, days: int) -> tuple[datetime, datetime]:
        zone = self._store.zone
        return bounds(first, zone)[0], bounds(first + timedelta(days=days - 1), zone)[1]


def _bookings(session: Session, begin: datetime, end: datetime) -> list[Booking]:
    query = (
        select(AppointmentRow, ClientRow, SessionNoteRow.id)
        .join(ClientRow, col(ClientRow.id) == AppointmentRow.client_id)
        .outerjoin(
            SessionNoteRow,
            (col(SessionNoteRow.appointment_id) == AppointmentRow.id)
            & col(SessionNoteRow.signed_at).is_not(None)
            & ~IN_ERROR,
        )
        .where(AppointmentRow.starts_at >= begin, AppointmentRow.starts_at < end)
        .order_by(col(AppointmentRow.starts_at), col(AppointmentRow.id))
    )
    found: dict[UUID, Booking] = {}
    for row, client, note_id in session.exec(query):
        signed = bool(note_id)  # the outer join gives none where there is no signed note
        booking = Booking(to_value(row, Appointment), to_value(client, Client), signed)
        found.setdefault(row.id, booking)
    return [*found.values()]
