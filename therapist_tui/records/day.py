"""The day: every appointment with the brief of its client, in a fixed handful of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlmodel import Session, col, select

from therapist_tui.domain.agenda import Agenda, Brief, Slot
from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.caution import cautions_for
from therapist_tui.domain.client import Client
from therapist_tui.domain.consent import Consent
from therapist_tui.domain.health import HealthEntry, HistoryCheck
from therapist_tui.domain.note import SessionNote
from therapist_tui.domain.plan import GoalProgress, GoalStatus, TreatmentPlan
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.when import at

from .consents import consents_of
from .health import in_order
from .notes import unsigned_notes
from .plans import current_plans, goals_of
from .referrals import current_referral, referrals_of, visits_of, visits_since
from .rows import to_note, to_value
from .tables import AppointmentRow, ClientRow, HealthEntryRow, HistoryCheckRow, SessionNoteRow
from .therapists import read_therapist
from .unit import Store, need

_NOT_SHOWN = (GoalStatus.COMPLETED, GoalStatus.CANCELLED)


class Day:
    """What Today shows."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def agenda(self, day: date) -> Agenda:
        """Every appointment of that day by the practice's clock, in order, with what there is to know of each."""
        zone = self._store.zone
        with self._store.reading() as session:
            appointments = _appointments(session, *bounds(day, zone))
            notes = _notes_of(session, [one.id for one in appointments])
            known = _gather(session, {one.client_id for one in appointments}, bounds(day, zone)[0], zone)
            owed = _owed(session)
            therapist = read_therapist(session)
        known.add_notes(notes.values())
        slots = tuple(
            Slot(one, known.brief(one.client_id, day, one.starts_at), notes.get(one.id)) for one in appointments
        )
        return Agenda(day, therapist, slots, len(owed), owed)

    def brief(self, client_id: UUID, day: date) -> Brief:
        """What there is to know of a client on that day, the day's own sessions included; raises RecordNotFound."""
        zone = self._store.zone
        end = bounds(day, zone)[1]
        with self._store.reading() as session:
            need(session, ClientRow, client_id)
            return _gather(session, {client_id}, end, zone).brief(client_id, day, end)


def bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When the practice's day begins and ends, in UTC; it lasts 23 or 25 hours when the clocks change."""
    return at(day, time(0), zone), at(day + timedelta(days=1), time(0), zone)


@dataclass(slots=True)
class _Known:
    """Everything about some clients, by their id."""

    zone: ZoneInfo
    clients: dict[UUID, Client]
    health: dict[UUID, list[HealthEntry]]
    asked: dict[UUID, HistoryCheck]
    plans: dict[UUID, TreatmentPlan]
    goals: dict[UUID, tuple[GoalProgress, ...]]
    signed: dict[UUID, list[SessionNote]]
    referrals: dict[UUID, tuple[Referral, ...]]
    consents: dict[UUID, tuple[Consent, ...]]
    visits: dict[UUID, list[datetime]]

    def add_notes(self, notes: Iterable[SessionNote]) -> None:
        """Count the day's own signed notes in: a client may come twice a day."""
        for note in sorted((note for note in notes if note.signed), key=lambda note: note.service_at):
            self.signed.setdefault(note.client_id, []).append(note)

    def brief(self, client_id: UUID, day: date, before: datetime) -> Brief:
        """The brief for a session that begins at `before`."""
        client = self.clients[client_id]
        health = in_order(self.health.get(client_id, ()), day)
        asked = self.asked.get(client_id)
        plan = self.plans.get(client_id)
        visits = self.visits.get(client_id, [])
        earlier = [note for note in self.signed.get(client_id, ()) if note.service_at < before]
        return Brief(
            client=client,
            cautions=cautions_for(client, health, asked is not None, day),
            health=health,
            asked=asked,
            plan=plan,
            goals=self.goals.get(client_id, ()),
            last_note=earlier[-1] if earlier else None,
            referral=current_referral(self.referrals.get(client_id, ()), day),
            consents=self.consents.get(client_id, ()),
            visits_before=sum(visit < before for visit in visits),
            plan_visits=visits_since(visits, plan.started_on, self.zone) if plan else 0,
        )


def _gather(session: Session, client_ids: set[UUID], before: datetime, zone: ZoneInfo) -> _Known:
    """All there is to know of these clients, their last note being of a session before that moment."""
    ids = sorted(client_ids)
    visits = visits_of(session, ids)
    clients = session.exec(select(ClientRow).where(col(ClientRow.id).in_(ids)))
    return _Known(
        zone,
        {row.id: to_value(row, Client) for row in clients},
        _health(session, ids),
        _asked(session, ids),
        current_plans(session, ids),
        goals_of(session, ids, except_status=_NOT_SHOWN),
        _last_signed(session, ids, before),
        referrals_of(session, ids, visits, zone),
        consents_of(session, ids),
        visits,
    )


def _appointments(session: Session, begin: datetime, end: datetime) -> tuple[Appointment, ...]:
    query = select(AppointmentRow).where(AppointmentRow.starts_at >= begin, AppointmentRow.starts_at < end)
    rows = session.exec(query.order_by(col(AppointmentRow.starts_at), col(AppointmentRow.id)))
    return tuple(to_value(row, Appointment) for row in rows)


def _notes_of(session: Session, appointment_ids: Sequence[UUID]) -> dict[UUID, SessionNote]:
    query = select(SessionNoteRow).where(col(SessionNoteRow.appointment_id).in_(appointment_ids))
    return {row.appointment_id: to_note(row) for row in session.exec(query)}


def _health(session: Session, client_ids: Sequence[UUID]) -> dict[UUID, list[HealthEntry]]:
    found: dict[UUID, list[HealthEntry]] = {}
    for row in session.exec(select(HealthEntryRow).where(col(HealthEntryRow.client_id).in_(client_ids))):
        found.setdefault(row.client_id, []).append(to_value(row, HealthEntry))
    return found


def _asked(session: Session, client_ids: Sequence[UUID]) -> dict[UUID, HistoryCheck]:
    """The newest check of each client; years of them are not read for it."""
    newest = (
        select(col(HistoryCheckRow.client_id), func.max(HistoryCheckRow.asked_at).label("asked_at"))
        .where(col(HistoryCheckRow.client_id).in_(client_ids))
        .group_by(col(HistoryCheckRow.client_id))
        .subquery()
    )
    query = select(HistoryCheckRow).join(
        newest,
        (col(HistoryCheckRow.client_id) == newest.c.client_id) & (col(HistoryCheckRow.asked_at) == newest.c.asked_at),
    )
    rows = session.exec(query.order_by(col(HistoryCheckRow.id)))
    return {row.client_id: to_value(row, HistoryCheck) for row in rows}  # of two at the same moment the later stays


def _last_signed(session: Session, client_ids: Sequence[UUID], before: datetime) -> dict[UUID, list[SessionNote]]:
    newest = (
        select(col(SessionNoteRow.client_id), func.max(SessionNoteRow.service_at).label("service_at"))
        .where(
            col(SessionNoteRow.client_id).in_(client_ids),
            col(SessionNoteRow.signed_at).is_not(None),
            SessionNoteRow.service_at < before,
        )
        .group_by(col(SessionNoteRow.client_id))
        .subquery()
    )
    query = select(SessionNoteRow).join(
        newest,
        (col(SessionNoteRow.client_id) == newest.c.client_id) & (col(SessionNoteRow.service_at) == newest.c.service_at),
    )
    query = query.where(col(SessionNoteRow.signed_at).is_not(None)).order_by(col(SessionNoteRow.id))
    return {row.client_id: [to_note(row)] for row in session.exec(query)}


def _owed(session: Session) -> tuple[UUID, ...]:
    """The appointments whose note is not signed, oldest first: done, or a draft that says something."""
    query = select(AppointmentRow.id, AppointmentRow.starts_at).where(
        AppointmentRow.status == Status.DONE, col(AppointmentRow.noted).is_(False)
    )
    waiting = [(starts_at, appointment_id) for appointment_id, starts_at in session.exec(query)]
    waiting += [(note.service_at, note.appointment_id) for note in unsigned_notes(session)]
    return tuple(appointment_id for _, appointment_id in sorted(waiting))
