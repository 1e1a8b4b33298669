"""The desk: what is owed, in a fixed handful of queries however much there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from therapist_tui.domain.appointment import OPEN, Appointment, Status
from therapist_tui.domain.backups import safety_owed
from therapist_tui.domain.client import Client
from therapist_tui.domain.desk import SEEN_WITHIN, Desk, Owed, midnight
from therapist_tui.domain.desk_papers import STALE_AFTER, papers_owed, referral_owed
from therapist_tui.domain.desk_plans import report_owed, review_owed
from therapist_tui.domain.desk_sessions import (
    goal_owed,
    history_owed,
    note_owed,
    outcome_owed,
    owes_signature,
)
from therapist_tui.domain.goal import Goal, GoalStatus
from therapist_tui.domain.note import SessionNote
from therapist_tui.domain.plan import PlanStatus
from therapist_tui.domain.plan_course import Course
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.release import Release

from .backup import Backups
from .courses import booked_of, courses_to_review, followed_plans, releases_to
from .known import asked_of
from .referrals import referrals_of, visits_of
from .rows import to_note, to_value
from .tables import AppointmentRow, ClientRow, GoalRow, MeasurementRow, PlanRow, ReferralRow, SessionNoteRow
from .therapists import read_therapist
from .unit import Store


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything that the rules are asked about."""

    notes: Sequence[tuple[Appointment, SessionNote | None]]
    over: Sequence[Appointment]
    today: Sequence[Appointment]
    goals: Sequence[tuple[Goal, datetime | None]]
    visits: dict[UUID, list[datetime]]
    referrals: dict[UUID, tuple[Referral, ...]]
    booked: dict[UUID, list[datetime]]
    courses: dict[UUID, Course]
    releases: dict[UUID, tuple[Release, ...]]

    def client_ids(self) -> set[UUID]:
        """Of whom something may be owed."""
        appointments = [*(one for one, _ in self.notes), *self.over, *self.today]
        by_plan = {goal.client_id for goal, _ in self.goals} | {*self.courses}
        return {one.client_id for one in appointments} | by_plan | {*self.referrals}


class Desks:
    """What the practice owes at a moment."""

    def __init__(self, store: Store, backups: Backups | None = None) -> None:
        self._store, self._backups = store, backups

    def owed(self, now: datetime) -> Desk:
        """Everything owed at that moment; of archived clients only what their sessions left open."""
        with self._store.reading() as session:
            found = self._find(session, now)
            clients = _clients(session, found.client_ids())
            asked = asked_of(session, sorted({one.client_id for one in found.today}))
            therapist = read_therapist(session)
        zone, valid_days = self._store.zone, self._store.screening.valid_days
        kept = {client_id for client_id, one in clients.items() if one.archived_at is None}
        owed: list[Owed | None] = [
            *(note_owed(one, note, clients[one.client_id], now, self._store.rules) for one, note in found.notes),
            *(outcome_owed(one, clients[one.client_id], now) for one in found.over),
            *(
                history_owed(one, asked.get(one.client_id), clients[one.client_id], now, zone, valid_days)
                for one in found.today
            ),
            *(
                goal_owed(goal, measured_at, found.visits.get(goal.client_id, ()), clients[goal.client_id], now, zone)
                for goal, measured_at in found.goals
                if goal.client_id in kept
            ),
            *(
                referral_owed(
                    one,
                    found.visits.get(client_id, ()),
                    next(iter(found.booked.get(client_id, ())), None),
                    clients[client_id],
                    now,
                    zone,
                )
                for client_id, one in found.referrals.items()
                if client_id in kept
            ),
            *(
                report_owed(one, found.releases.get(client_id, ()), clients[client_id], now, zone)
                for client_id, one in found.referrals.items()
                if client_id in kept
            ),
            *(
                review_owed(one, clients[client_id], now)
                for client_id, one in found.courses.items()
                if client_id in kept
            ),
            *papers_owed(therapist, now),
            *self._safety_owed(now),
        ]
        return Desk.of(one for one in owed if one)

    def _safety_owed(self, now: datetime) -> Iterable[Owed]:
        return safety_owed(self._backups.safety(), now) if self._backups and self._backups.watched else ()

    def _find(self, session: Session, now: datetime) -> _Found:
        zone = self._store.zone
        begin = midnight(now.astimezone(zone).date(), zone)
        end = midnight(now.astimezone(zone).date() + timedelta(days=1), zone)
        referred = _referred(session, (now - STALE_AFTER).astimezone(zone))
        goals = _goals(session, now - SEEN_WITHIN)
        plans = followed_plans(session)
        visits = visits_of(session, sorted({goal.client_id for goal, _ in goals} | referred | {*plans}))
        booked = booked_of(session, sorted(referred | {*plans}), now)
        referrals = referrals_of(session, sorted(referred), visits, zone)
        return _Found(
            waiting_notes(session),
            _appointments(session, col(AppointmentRow.status).in_(OPEN), AppointmentRow.starts_at < now),
            _appointments(session, AppointmentRow.starts_at >= begin, AppointmentRow.starts_at < end),
            goals,
            visits,
            referrals,
            booked,
            courses_to_review(session, plans, visits, booked, now, zone),
            releases_to(session, [one for one, some in referrals.items() if any(order.report_by for order in some)]),
        )


def waiting_notes(session: Session) -> tuple[tuple[Appointment, SessionNote | None], ...]:
    """The sessions whose note waits for its signature (`owes_signature`), the one that ended first comes first."""
    unwritten = _appointments(session, AppointmentRow.status == Status.DONE, col(AppointmentRow.noted).is_(False))
    query = (
        select(AppointmentRow, SessionNoteRow)
        .join(SessionNoteRow, col(SessionNoteRow.appointment_id) == AppointmentRow.id)
        .where(col(SessionNoteRow.signed_at).is_(None))
    )
    drafts = [(to_value(booked, Appointment), to_note(note)) for booked, note in session.exec(query)]
    found = [*((one, None) for one in unwritten), *(pair for pair in drafts if owes_signature(pair[0].status, pair[1]))]
    return tuple(sorted(found, key=lambda pair: (pair[0].over_at, pair[0].id)))


def _appointments(session: Session, *where: object) -> tuple[Appointment, ...]:
    query = select(AppointmentRow).where(*where)  # pyright: ignore[reportArgumentType]
    rows = session.exec(query.order_by(col(AppointmentRow.starts_at), col(AppointmentRow.id)))
    return tuple(to_value(row, Appointment) for row in rows)


def _goals(session: Session, seen_after: datetime) -> tuple[tuple[Goal, datetime | None], ...]:
    """The goals under way of clients seen since then, each with its last measurement."""
    # Asked goal by goal: it is answered by the index of the client's sessions alone, while a list of everybody seen
    # would be read from every session ever done.
    seen = (
        select(AppointmentRow.id)
        .where(
            AppointmentRow.client_id == GoalRow.client_id,
            AppointmentRow.status == Status.DONE,
            AppointmentRow.starts_at >= seen_after,
        )
        .correlate(GoalRow)
        .exists()
    )
    last = (
        select(func.max(MeasurementRow.measured_at))
        .where(MeasurementRow.goal_id == GoalRow.id, ~col(MeasurementRow.in_error))
        .correlate(GoalRow)
        .scalar_subquery()
    )
    query = (
        select(GoalRow, last)
        .join(PlanRow, col(PlanRow.id) == GoalRow.plan_id)
        .where(
            GoalRow.status == GoalStatus.ACTIVE,
            PlanRow.status == PlanStatus.ACTIVE,
            seen,
        )
    )
    return tuple((to_value(row, Goal), measured_at) for row, measured_at in session.exec(query))


def _referred(session: Session, expired_after: datetime) -> set[UUID]:
    """Clients with a referral that holds, or did not long ago."""
    query = select(ReferralRow.client_id).where(
        col(ReferralRow.expires_on).is_(None) | (col(ReferralRow.expires_on) >= expired_after.date())
    )
    return {*session.exec(query)}


def _clients(session: Session, client_ids: Iterable[UUID]) -> dict[UUID, Client]:
    rows = session.exec(select(ClientRow).where(col(ClientRow.id).in_(sorted(client_ids))))
    return {row.id: to_value(row, Client) for row in rows}
