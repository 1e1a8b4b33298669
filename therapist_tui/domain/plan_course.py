"""The course of a plan: when it is to be looked at again, whether anything moved, and what runs out on which visit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from .goal import GoalProgress
from .measures.judging import Size
from .plan import TreatmentPlan
from .referral import Referral

FIRST_STALLED, LAST_STALLED = 4, 6
"""Visits without a measure past its error after which a plan is to be changed, paused or referred: from the first on it
is asked, from the last on it is late (clinical.md 2.6, a convention there)."""


@dataclass(frozen=True, slots=True)
class Course:
    """What the dates of a client's plan and referral follow from. Moments are in UTC, oldest first.

    `visits` took place since the plan began; `booked` lie ahead, today's included. `referral` is the plan's own, else
    the one that covers today.
    """

    plan: TreatmentPlan | None
    referral: Referral | None
    visits: tuple[datetime, ...]
    booked: tuple[datetime, ...]
    zone: ZoneInfo
    reviewed_at: datetime | None = None
    goals: tuple[GoalProgress, ...] = ()
    """The plan's."""

    @property
    def since(self) -> tuple[datetime, ...]:
        """The visits since the plan was looked at last; all of them while it never was."""
        return tuple(one for one in self.visits if self.reviewed_at is None or one > self.reviewed_at)

    def day_of(self, moment: datetime) -> date:
        """The practice's day at that moment."""
        return moment.astimezone(self.zone).date()


# When it is looked at again


@dataclass(frozen=True, slots=True)
class Reassessment:
    """When a plan is to be looked at again: the sooner of so many visits and a date (clinical.md 2.6).

    `visits` are still to come before it, `on` is the date that was set; None where nothing was.
    """

    visits: int | None
    on: date | None
    since: datetime | None
    """The visit with which it came due by visits."""

    def due(self, today: date) -> bool:
        """Whether it is to be done now."""
        return self.visits == 0 or (self.on is not None and self.on <= today)


def reassessment(course: Course) -> Reassessment | None:
    """When the plan is to be looked at again; None when it is not followed, or neither visits nor a date say so."""
    plan = course.plan
    if plan is None or not plan.status.followed or (plan.review_every is None and plan.review_on is None):
        return None
    if plan.review_every is None:
        return Reassessment(None, plan.review_on, None)
    done, every = course.since, plan.review_every
    return Reassessment(max(0, every - len(done)), plan.review_on, done[every - 1] if len(done) >= every else None)


def stalled(course: Course) -> int | None:
    """Visits since the last review without progress, when they are too many; None when there is nothing to say.

    Progress is a goal reached or a change for the better past its error. Where the error of a measure is not known a
    change for the better may be real, and where nothing was measured nobody can tell: both say nothing.
    """
    plan, visits = course.plan, len(course.since)
    measured = [one for one in course.goals if one.goal.status.open and one.counted]
    if plan is None or not plan.status.followed or visits < FIRST_STALLED or not measured:
        return None
    return None if any(_moved(one) for one in measured) else visits


def _moved(progress: GoalProgress) -> bool:
    judged = progress.judged
    return progress.reached or judged.improved or (judged.size is Size.UNKNOWN and judged.better)


# What the booked visits bring


@dataclass(frozen=True, slots=True)
class Forecast:
    """What follows from the visits that are booked: dates are None where too few are booked to tell.

    `uncovered` are booked visits that the referral does not cover any more.
    """

    referral_ends: date | None = None
    last_covered: date | None = None
    uncovered: tuple[date, ...] = ()
    plan_ends: date | None = None
    review_falls: date | None = None
    review_visit: int | None = None
    """With which visit of the plan, counted from 1."""
    review_too_late: bool = False
    """Whether the review falls after the referral or the plan has ended."""

    @property
    def ends(self) -> date | None:
        """The sooner of the referral's and the plan's end."""
        return min(filter(None, (self.referral_ends, self.plan_ends)), default=None)


def forecast(course: Course, today: date) -> Forecast:
    """Lay the booked visits on what referral and plan allow, and on the review."""
    days = [course.day_of(one) for one in course.booked]
    covered = _covered(course.referral, days)
    by_visits, visit = _review_by_visits(course, days, today)
    again = reassessment(course)
    by_date = max(again.on, today) if again and again.on else None
    falls = min(filter(None, (by_visits, by_date)), default=None)
    found = Forecast(
        referral_ends=_referral_ends(course.referral, days, today),
        last_covered=days[covered - 1] if covered else None,
        uncovered=tuple(days[covered:]) if course.referral else (),
        plan_ends=_plan_ends(course, days, today),
        review_falls=falls,
        review_visit=visit if falls is not None and falls == by_visits else None,
    )
    return replace(found, review_too_late=_too_late(course, found, again))


def _too_late(course: Course, found: Forecast, again: Reassessment | None) -> bool:
    """By the dates where both are known; else by the visits, which need no bookings to be compared."""
    if again is None:
        return False
    if found.review_falls:
        return found.ends is not None and found.review_falls > found.ends
    left = [course.referral.visits_left] if course.referral else []
    if course.plan and course.plan.visits_planned is not None:
        left.append(course.plan.visits_planned - len(course.visits))
    return again.visits is not None and any(one is not None and again.visits > max(0, one) for one in left)


def _covered(referral: Referral | None, days: Sequence[date]) -> int:
    """How many of the booked visits the referral covers; they are used in their order."""
    if referral is None:
        return 0
    in_time = sum(referral.expires_on is None or day <= referral.expires_on for day in days)
    return in_time if referral.visits_left is None else min(in_time, referral.visits_left)


def _referral_ends(referral: Referral | None, days: Sequence[date], today: date) -> date | None:
    """When the last visit is used, or on its last day, whichever comes first."""
    if referral is None:
        return None
    return min(filter(None, (_nth(days, referral.visits_left, today), referral.expires_on)), default=None)


def _plan_ends(course: Course, days: Sequence[date], today: date) -> date | None:
    if course.plan is None or course.plan.visits_planned is None:
        return None
    return _nth(days, course.plan.visits_planned - len(course.visits), today)


def _review_by_visits(course: Course, days: Sequence[date], today: date) -> tuple[date | None, int | None]:
    again = reassessment(course)
    if again is None or again.visits is None:
        return None, None
    return _nth(days, again.visits, today), len(course.visits) + again.visits


def _nth(days: Sequence[date], number: int | None, today: date) -> date | None:
    """The day of the so-manieth booked visit; today when none is wanted, None when too few are booked."""
    if number is None:
        return None
    if number <= 0:
        return today
    return days[number - 1] if number <= len(days) else None
