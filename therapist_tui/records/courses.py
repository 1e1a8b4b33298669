"""The courses of plans as the store knows them: visits, bookings, reviews and goals of each, in a fixed few queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from therapist_tui.domain.appointment import OPEN
from therapist_tui.domain.goal import GoalProgress
from therapist_tui.domain.plan import PlanReview, PlanStatus, TreatmentPlan
from therapist_tui.domain.plan_course import FIRST_STALLED, Course, reassessment
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.release import Release

from .plans import goals_of
from .referrals import current_referral, visits_from
from .reviews import last_reviews
from .rows import to_value
from .tables import AppointmentRow, ClientRow, PlanRow, ReleaseRow


def booked_of(session: Session, client_ids: Iterable[UUID], begin: datetime) -> dict[UUID, list[datetime]]:
    """When each client's appointments that are still to take place begin, from that moment on, in order."""
    query = select(AppointmentRow.client_id, AppointmentRow.starts_at).where(
        col(AppointmentRow.client_id).in_(client_ids),
        col(AppointmentRow.status).in_(OPEN),
        AppointmentRow.starts_at >= begin,
    )
    found: dict[UUID, list[datetime]] = {}
    for client_id, starts_at in session.exec(query.order_by(col(AppointmentRow.starts_at))):
        found.setdefault(client_id, []).append(starts_at)
    return found


def course_of(
    plan: TreatmentPlan | None,
    review: PlanReview | None,
    referrals: Sequence[Referral],
    goals: Sequence[GoalProgress],
    visits: Sequence[datetime],
    booked: Sequence[datetime],
    day: date,
    zone: ZoneInfo,
) -> Course | None:
    """A client's course; None without a plan and a referral. The plan's own referral goes before the one of the day."""
    own = next((one for one in referrals if plan and one.id == plan.referral_id), None)
    referral = own or current_referral(referrals, day)
    if plan is None and referral is None:
        return None
    return Course(
        plan,
        referral,
        tuple(visits_from(visits, plan.started_on, zone)) if plan else (),
        tuple(booked),
        zone,
        review.reviewed_at if review else None,
        tuple(one for one in goals if plan and one.goal.plan_id == plan.id),
    )


def followed_plans(session: Session) -> dict[UUID, TreatmentPlan]:
    """The plan of each client that visits are made by now; of archived clients none."""
    query = (
        select(PlanRow)
        .join(ClientRow, col(ClientRow.id) == PlanRow.client_id)
        .where(PlanRow.status == PlanStatus.ACTIVE, col(ClientRow.archived_at).is_(None))
    )
    rows = session.exec(query.order_by(col(PlanRow.started_on), col(PlanRow.id)))
    return {row.client_id: to_value(row, TreatmentPlan) for row in rows}


def courses_to_review(
    session: Session,
    plans: Mapping[UUID, TreatmentPlan],
    visits: Mapping[UUID, Sequence[datetime]],
    booked: Mapping[UUID, Sequence[datetime]],
    now: datetime,
    zone: ZoneInfo,
) -> dict[UUID, Course]:
    """The courses that may ask for a review now, by client; only for those the goals are read."""
    today = now.astimezone(zone).date()
    reviews = last_reviews(session, [plan.id for plan in plans.values()])
    found: dict[UUID, Course] = {}
    for client_id, plan in plans.items():
        review, ahead = reviews.get(plan.id), booked.get(client_id, ())
        course = course_of(plan, review, (), (), visits.get(client_id, ()), ahead, today, zone)
        again = reassessment(course) if course else None
        if course and ((again and again.due(today)) or len(course.since) >= FIRST_STALLED):
            found[client_id] = course
    goals = goals_of(session, sorted(found), except_status=())
    return {
        client_id: replace(course, goals=tuple(one for one in goals.get(client_id, ()) if _of(course, one)))
        for client_id, course in found.items()
    }


def _of(course: Course, progress: GoalProgress) -> bool:
    return course.plan is not None and progress.goal.plan_id == course.plan.id


def releases_to(session: Session, client_ids: Iterable[UUID]) -> dict[UUID, tuple[Release, ...]]:
    """What left the practice of each of these clients, oldest first."""
    query = select(ReleaseRow).where(col(ReleaseRow.client_id).in_(client_ids)).order_by(col(ReleaseRow.released_at))
    found: dict[UUID, tuple[Release, ...]] = {}
    for row in session.exec(query):
        if row.client_id:
            found[row.client_id] = (*found.get(row.client_id, ()), to_value(row, Release))
    return found
