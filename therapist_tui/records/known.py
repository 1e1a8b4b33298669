"""Everything about some clients at once, in a fixed handful of queries, and the brief that follows from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlmodel import Session, col, select

from therapist_tui.domain.agenda import Brief
from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.client import Client
from therapist_tui.domain.consent import Consent
from therapist_tui.domain.goal import GoalProgress, GoalStatus
from therapist_tui.domain.health import HealthEntry, HistoryCheck
from therapist_tui.domain.note import SessionNote
from therapist_tui.domain.plan import PlanReview, TreatmentPlan
from therapist_tui.domain.plan_course import Course
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.screening.history import Case, Screening, screen
from therapist_tui.domain.since import Happened, changes
from therapist_tui.domain.therapist import Therapist
from therapist_tui.domain.when import at

from .consents import consents_of
from .courses import booked_of, course_of
from .health import in_order
from .merging import cards_of
from .plans import NOT_SHOWN_GOALS, current_plans, goals_of
from .referrals import current_referral, referrals_of, visits_of, visits_since
from .reviews import last_reviews
from .rows import to_note, to_value
from .since import Since, since_last
from .standing import IN_ERROR
from .tables import ClientRow, HealthEntryRow, HistoryCheckRow, SessionNoteRow
from .therapists import read_therapist
from .unit import Store

_NOT_SHOWN = (GoalStatus.COMPLETED, *NOT_SHOWN_GOALS)


@dataclass(slots=True)
class Known:
    """Everything about some clients, by their id."""

    zone: ZoneInfo
    screening: Screening
    therapist: Therapist
    clients: dict[UUID, Client]
    health: dict[UUID, list[HealthEntry]]
    asked: dict[UUID, HistoryCheck]
    plans: dict[UUID, TreatmentPlan]
    goals: dict[UUID, tuple[GoalProgress, ...]]
    signed: dict[UUID, list[SessionNote]]
    referrals: dict[UUID, tuple[Referral, ...]]
    consents: dict[UUID, tuple[Consent, ...]]
    visits: dict[UUID, list[datetime]]
    since: Since
    reviews: dict[UUID, PlanReview]
    booked: dict[UUID, list[datetime]]
    cards: dict[UUID, UUID]
    """Whose each card is: a signed note may name one that was merged into another (merging.py)."""

    def add_notes(self, notes: Iterable[SessionNote]) -> None:
        """Count the day's own signed notes in: a client may come twice a day."""
        for note in sorted(
            (note for note in notes if note.signed and not note.in_error), key=lambda note: note.service_at
        ):
            self.signed.setdefault(self.cards.get(note.client_id, note.client_id), []).append(note)

    def case(self, client_id: UUID, day: date, appointment: Appointment | None = None) -> Case:
        """All that bears on the client's cautions on the day."""
        return Case(
            self.clients[client_id],
            in_order(self.health.get(client_id, ()), day),
            self.asked.get(client_id),
            self.consents.get(client_id, ()),
            self.therapist,
            day,
            appointment,
            self.plans.get(client_id),
        )

    def brief(self, client_id: UUID, day: date, before: datetime, appointment: Appointment | None = None) -> Brief:
        """The brief for a session that begins at `before`, judged for what is planned in it."""
        plan = self.plans.get(client_id)
        visits = self.visits.get(client_id, [])
        case = self.case(client_id, day, appointment)
        screened = screen(case, self.screening)
        earlier = [note for note in self.signed.get(client_id, ()) if note.service_at < before]
        last = earlier[-1] if earlier else None
        return Brief(
            client=case.client,
            cautions=screened.cautions,
            readings=screened.readings,
            health=tuple(case.entries),
            asked=case.asked,
            plan=plan,
            goals=self.goals.get(client_id, ()),
            last_note=last,
            changes=changes(last, self._happened(client_id, before), self._end_of(day), self.zone),
            referral=current_referral(self.referrals.get(client_id, ()), day),
            consents=tuple(case.consents),
            visits_before=sum(visit < before for visit in visits),
            plan_visits=visits_since(visits, plan.started_on, self.zone) if plan else 0,
            course=self.course(client_id, day),
        )

    def course(self, client_id: UUID, day: date) -> Course | None:
        """What the dates of the client's plan and referral follow from; None without either."""
        plan, referrals = self.plans.get(client_id), self.referrals.get(client_id, ())
        return course_of(
            plan,
            self.reviews.get(plan.id) if plan else None,
            referrals,
            self.goals.get(client_id, ()),
            self.visits.get(client_id, ()),
            self.booked.get(client_id, ()),
            day,
            self.zone,
        )

    def _end_of(self, day: date) -> datetime:
        return at(day + timedelta(days=1), time(0), self.zone)

    def _happened(self, client_id: UUID, before: datetime) -> Happened:
        return Happened(
            self.health.get(client_id, ()),
            self.since.former.get(client_id, ()),
            self.asked.get(client_id),
            self.goals.get(client_id, ()),
            self.consents.get(client_id, ()),
            self.referrals.get(client_id, ()),
            [one for one in self.since.lost.get(client_id, ()) if one.starts_at < before],
            self.since.addenda.get(client_id, ()),
        )


def gather(store: Store, session: Session, client_ids: set[UUID], before: datetime) -> Known:
    """All there is to know of these clients, their last note being of a session before that moment."""
    ids, zone = sorted(client_ids), store.zone
    visits = visits_of(session, ids)
    clients = session.exec(select(ClientRow).where(col(ClientRow.id).in_(ids)))
    cards = cards_of(session, ids)
    signed = _last_signed(session, cards, before)
    plans = current_plans(session, ids)
    return Known(
        zone,
        store.screening,
        read_therapist(session),
        {row.id: to_value(row, Client) for row in clients},
        _health(session, ids),
        asked_of(session, ids),
        plans,
        goals_of(session, ids, except_status=_NOT_SHOWN),
        signed,
        referrals_of(session, ids, visits, zone),
        consents_of(session, ids),
        visits,
        since_last(session, {client_id: notes[-1] for client_id, notes in signed.items()}),
        last_reviews(session, [plan.id for plan in plans.values()]),
        booked_of(session, ids, at(store.today(), time(0), zone)),
        cards,
    )


def _health(session: Session, client_ids: Sequence[UUID]) -> dict[UUID, list[HealthEntry]]:
    found: dict[UUID, list[HealthEntry]] = {}
    for row in session.exec(select(HealthEntryRow).where(col(HealthEntryRow.client_id).in_(client_ids))):
        found.setdefault(row.client_id, []).append(to_value(row, HealthEntry))
    return found


def asked_of(session: Session, client_ids: Sequence[UUID]) -> dict[UUID, HistoryCheck]:
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


def _last_signed(session: Session, cards: Mapping[UUID, UUID], before: datetime) -> dict[UUID, list[SessionNote]]:
    newest = (
        select(col(SessionNoteRow.client_id), func.max(SessionNoteRow.service_at).label("service_at"))
        .where(
            col(SessionNoteRow.client_id).in_(cards),
            col(SessionNoteRow.signed_at).is_not(None),
            SessionNoteRow.service_at < before,
            ~IN_ERROR,
        )
        .group_by(col(SessionNoteRow.client_id))
        .subquery()
    )
    query = select(SessionNoteRow).join(
        newest,
        (col(SessionNoteRow.client_id) == newest.c.client_id) & (col(SessionNoteRow.service_at) == newest.c.service_at),
    )
    query = query.where(col(SessionNoteRow.signed_at).is_not(None), ~IN_ERROR)
    rows = session.exec(query.order_by(col(SessionNoteRow.service_at), col(SessionNoteRow.id)))
    return {cards[row.client_id]: [to_note(row)] for row in rows}  # of two cards' notes the later one stays
