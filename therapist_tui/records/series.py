"""Series of appointments: booked, changed and called off, this one, this and later, or all at once."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from therapist_tui.domain.appointment import Appointment, ReasonNeeded, Status
from therapist_tui.domain.recurrence import Occurrence
from therapist_tui.domain.series import SOON, Series, SeriesDraft, horizon
from therapist_tui.domain.text import clean_line
from therapist_tui.domain.touching import (
    BY_HAND,
    NoSeries,
    NothingToChange,
    Scope,
    SeriesChange,
    Touch,
    Touched,
    touched,
)

from .appointments import take_note_along, take_step
from .clashes import with_clashes
from .rows import columns_of, series_columns, to_series, to_value
from .tables import AppointmentRow, ClientRow, SeriesRow
from .unit import Store, Unit, need, new_id, refuse


@dataclass(frozen=True, slots=True)
class Booked:
    """A series that was booked, and its appointments in order."""

    series: Series
    appointments: tuple[Appointment, ...]


class SeriesBook:
    """The series in the book. Their appointments are ordinary ones, which know their series and its date."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, series_id: UUID) -> Series:
        """The series; raises RecordNotFound."""
        with self._store.reading() as session:
            return to_series(need(session, SeriesRow, series_id))

    def appointments(self, series_id: UUID) -> tuple[Appointment, ...]:
        """The appointments of a series that are in the book, by their dates."""
        with self._store.reading() as session:
            return _own(session, series_id)

    def look_ahead(self, draft: SeriesDraft) -> tuple[Touch, ...]:
        """What booking would put into the book, each date with what it clashes with; raises Invalid."""
        clean = self._checked(draft)
        with self._store.reading() as session:
            would_be = [
                Appointment(new_id(), starts_at=one.starts_at, **_planned(clean, one)) for one in self._moments(clean)
            ]
            skipped = {one.day for one in self._moments(clean) if one.skipped}
            touches = [Touch(one, one, one.series_on in skipped) for one in would_be]
            return with_clashes(session, touches)

    def book(self, draft: SeriesDraft) -> Booked:
        """A new series with its appointments for a year ahead; raises Invalid, RecordNotFound."""
        clean = self._checked(draft)
        with self._store.unit() as unit:
            booked = add_series(self._store, unit, clean)
            said = f"{len(booked.appointments)} dates"
            unit.audit("series.booked", "series", booked.series.id, said=said)
            return booked

    def look_at(self, appointment_id: UUID, scope: Scope, change: SeriesChange | None = None) -> Touched:
        """What a change would touch and what it would leave, with clashes; without a change, what calling off would.

        Raises Invalid, NoSeries, RecordNotFound.
        """
        refuse(change.problems() if change else {})
        with self._store.reading() as session:
            found = self._touched(session, appointment_id, scope, change)[1]
            touches = with_clashes(session, found.touches) if change else found.touches
            return replace(found, touches=touches)

    def change(self, appointment_id: UUID, scope: Scope, change: SeriesChange) -> tuple[Appointment, ...]:
        """Move or change one date, it and the later ones, or all, in one transaction; the answer is what was changed.

        Raises Invalid, NoSeries, NothingToChange, RecordNotFound.
        """
        refuse(change.problems())
        with self._store.unit() as unit:
            series, found = self._touched(unit.session, appointment_id, scope, change)
            if not found.touches:
                raise NothingToChange
            row = unit.get(SeriesRow, series.id)
            unit.audit("series.changed", "series", series.id, said=_counted(found))
            if scope is not Scope.THIS:
                row = _split(unit, row, _cut(found)) if scope is Scope.LATER else row
                _follow(unit, row, found, change)
            return tuple(_write(unit, touch) for touch in found.touches)

    def cancel(self, appointment_id: UUID, scope: Scope, reason: str) -> tuple[Appointment, ...]:
        """Call off one date, it and the later ones, or all; what is past, done or noted stays.

        Raises ReasonNeeded, NoSeries, NothingToChange, RecordNotFound.
        """
        said = clean_line(reason)
        if not said:
            raise ReasonNeeded(status=Status.CANCELLED.value)
        with self._store.unit() as unit:
            series, found = self._touched(unit.session, appointment_id, scope, None)
            if not found.touches:
                raise NothingToChange
            unit.audit("series.cancelled", "series", series.id, said=_counted(found))
            if scope is not Scope.THIS:
                _store_series(unit.get(SeriesRow, series.id), series.before(_cut(found)))
            rows = [unit.get(AppointmentRow, touch.before.id) for touch in found.touches]
            for row in rows:
                take_step(unit, row, Status.CANCELLED, said)
            return tuple(to_value(row, Appointment) for row in rows)

    def extend(self) -> int:
        """Add the dates of the coming year to series that go on; done on opening. The answer is how many were added."""
        today = self._store.today()
        with self._store.reading() as session:
            waiting = [to_series(row) for row in session.exec(_going_on(today + SOON))]
        waiting = [one for one in waiting if one.to_make(horizon(one.begins_on, today))]
        if not waiting:
            return 0
        with self._store.unit() as unit:
            return sum(self._extend(unit, one) for one in waiting)

    def _extend(self, unit: Unit, series: Series) -> int:
        until = horizon(series.begins_on, self._store.today())
        made = series.to_make(until)
        for one in made:
            unit.add(AppointmentRow(id=new_id(), starts_at=one.starts_at, **_planned(series, one), series_id=series.id))
        unit.get(SeriesRow, series.id).made_until = until
        unit.audit("series.extended", "series", series.id)
        return len(made)

    def _checked(self, draft: SeriesDraft) -> SeriesDraft:
        clean = draft.cleaned()
        refuse(clean.problems(self._store.today()))
        return clean

    def _moments(self, draft: SeriesDraft) -> tuple[Occurrence, ...]:
        return draft.occurrences(horizon(draft.begins_on, self._store.today()), self._store.zone)

    def _touched(
        self, session: Session, appointment_id: UUID, scope: Scope, change: SeriesChange | None
    ) -> tuple[Series, Touched]:
        chosen = need(session, AppointmentRow, appointment_id)
        if chosen.series_id is None:
            raise NoSeries
        series = to_series(need(session, SeriesRow, chosen.series_id))
        rows = session.exec(_of(series.id)).all()
        noted = {row.id for row in rows if row.noted}
        own = [to_value(row, Appointment) for row in rows]
        picked = to_value(chosen, Appointment)
        return series, touched(series, own, picked, scope, change, self._store.now(), noted)


def add_series(store: Store, unit: Unit, draft: SeriesDraft) -> Booked:
    """Put a checked series and its appointments into the book, within a transaction that says so; see `book`."""
    unit.get(ClientRow, draft.client_id)
    until = horizon(draft.begins_on, store.today())
    columns: dict[str, Any] = columns_of(draft)
    columns["zone"] = draft.zone or store.zone
    series = Series(id=new_id(), made_until=until, **columns)
    unit.add(SeriesRow(**series_columns(series)))
    unit.session.flush()  # its appointments refer to it
    rows = [
        unit.add(AppointmentRow(id=new_id(), starts_at=one.starts_at, series_id=series.id, **_planned(draft, one)))
        for one in draft.occurrences(until, store.zone)
    ]
    return Booked(series, tuple(to_value(row, Appointment) for row in rows))


def _planned(source: SeriesDraft | Series, one: Occurrence) -> dict[str, Any]:
    """The columns of an appointment that a series plans on one of its dates, but for its id, time and series."""
    names = ("client_id", "minutes", "service", "techniques", "regions", "pressure", "products", "remarks")
    return {name: getattr(source, name) for name in names} | {"series_on": one.day}


def _of(series_id: UUID) -> SelectOfScalar[AppointmentRow]:
    query = select(AppointmentRow).where(AppointmentRow.series_id == series_id)
    return query.order_by(col(AppointmentRow.series_on), col(AppointmentRow.starts_at), col(AppointmentRow.id))


def _own(session: Session, series_id: UUID) -> tuple[Appointment, ...]:
    return tuple(to_value(row, Appointment) for row in session.exec(_of(series_id)))


def _going_on(soon: date) -> SelectOfScalar[SeriesRow]:
    """Series whose dates in the book run out before that day, and whose clients were not set aside."""
    query = select(SeriesRow).join(ClientRow, col(ClientRow.id) == SeriesRow.client_id)
    return query.where(
        col(ClientRow.archived_at).is_(None),
        col(SeriesRow.made_until) < soon,
        or_(col(SeriesRow.until).is_(None), col(SeriesRow.until) > col(SeriesRow.made_until)),
    )


def _open_ones(found: Touched) -> list[Appointment]:
    """What goes on with the series: the touched ones, and those that keep their place because it was given by hand."""
    return [*(touch.before for touch in found.touches), *(one for one, why in found.kept if why == BY_HAND)]


def _cut(found: Touched) -> date:
    """The date of the series with which the touched part begins."""
    return min(one.series_on for one in _open_ones(found) if one.series_on)


def _split(unit: Unit, row: SeriesRow, cut: date) -> SeriesRow:
    """End a series before a date and go on from there with a new one; the first of all dates needs no split."""
    series = to_series(row)
    if not series.rule.dates(series.begins_on, cut - timedelta(days=1)):
        return row
    _store_series(row, series.before(cut))
    later = replace(series.from_(cut), id=new_id())
    made = unit.add(SeriesRow(**series_columns(later)))
    unit.session.flush()
    return made


def _follow(unit: Unit, row: SeriesRow, found: Touched, change: SeriesChange) -> None:
    """The series itself takes the change on, and its open appointments stand for its new dates."""
    _store_series(row, change.of(to_series(row)))
    by = timedelta(days=change.days)
    for one in _open_ones(found):
        appointment = unit.get(AppointmentRow, one.id)
        appointment.series_id = row.id
        appointment.series_on = appointment.series_on + by if appointment.series_on else None


def _write(unit: Unit, touch: Touch) -> Appointment:
    row = unit.get(AppointmentRow, touch.before.id)
    row.starts_at, row.minutes, row.service = touch.after.starts_at, touch.after.minutes, touch.after.service
    if row.noted:
        take_note_along(unit, row)
    unit.audit("appointment.changed", "appointment", row.id, said="moved")
    return to_value(row, Appointment)


def _store_series(row: SeriesRow, series: Series) -> None:
    for name, value in series_columns(series).items():
        setattr(row, name, value)


def _counted(found: Touched) -> str:
    count = len(found.touches)
    return f"{count} date{'' if count == 1 else 's'}"
