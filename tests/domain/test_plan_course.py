"""The course of a plan: when it is to be looked at again, whether anything moved, and what runs out on which visit."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.goal import Goal, GoalProgress, GoalStatus, Measurement
from therapist_tui.domain.plan import PlanStatus, TreatmentPlan
from therapist_tui.domain.plan_course import Course, forecast, reassessment, stalled
from therapist_tui.domain.plan_words import outlook, review_due, warnings
from therapist_tui.domain.referral import Referral

TORONTO = ZoneInfo("America/Toronto")
TODAY = date(2026, 11, 23)
ID = UUID(int=1)
PLAN = TreatmentPlan(ID, ID, "Neck pain", started_on=TODAY - timedelta(days=70))
SENT = Referral(ID, ID, "Dr Lin", written_on=TODAY - timedelta(days=70), visits_authorised=6)
GOAL = Goal(ID, ID, ID, "Rotation", "°", 40, 70, TODAY - timedelta(days=70), mdc=6)


def weeks(*numbers: int) -> tuple[datetime, ...]:
    """Ten o'clock so many weeks from today."""
    noon = datetime(2026, 11, 23, 10, tzinfo=TORONTO)
    return tuple((noon + timedelta(weeks=number)).astimezone(UTC) for number in numbers)


def day(week: int) -> date:
    return TODAY + timedelta(weeks=week)


def course(
    plan: TreatmentPlan | None = PLAN,
    referral: Referral | None = None,
    done: int = 0,
    ahead: int = 0,
    reviewed: int | None = None,
    *goals: GoalProgress,
) -> Course:
    """A course with a visit a week: the last one done a week ago, the first one booked today; reviewed after a visit."""
    at = weeks(reviewed)[0] + timedelta(hours=1) if reviewed is not None else None
    used = replace(referral, visits_used=done) if referral else None
    return Course(plan, used, weeks(*range(-done, 0)), weeks(*range(ahead)), TORONTO, at, goals)


def measured(*values: float, goal: Goal = GOAL) -> GoalProgress:
    return GoalProgress(goal, tuple(Measurement(ID, ID, value, weeks(-1)[0]) for value in values))


# When it is looked at again


@pytest.mark.parametrize(
    ("every", "on", "done", "reviewed", "said"),
    [
        (None, None, 9, None, ""),
        (4, None, 3, None, ""),
        (4, None, 4, None, "after 4 visits"),
        (4, None, 6, None, "after 6 visits"),
        (4, None, 6, -3, ""),  # the visit before the review does not count again
        (4, None, 6, -5, "after 4 visits"),
        (4, TODAY, 0, None, "today"),
        (4, TODAY - timedelta(days=5), 0, None, "since 18 Nov"),
        (4, TODAY + timedelta(days=1), 3, None, ""),
        (4, TODAY + timedelta(days=1), 4, None, "after 4 visits"),
        (None, TODAY + timedelta(days=1), 30, None, ""),
        (None, TODAY, 0, None, "today"),
    ],
)
def test_review_is_due_after_so_many_visits_or_by_its_date_whichever_comes_first(
    every: int | None, on: date | None, done: int, reviewed: int | None, said: str
):
    plan = replace(PLAN, review_every=every, review_on=on)
    assert review_due(course(plan, done=done, reviewed=reviewed), TODAY) == said


@pytest.mark.parametrize("status", [status for status in PlanStatus if status is not PlanStatus.ACTIVE])
def test_plan_that_is_not_followed_is_not_due(status: PlanStatus):
    plan = replace(PLAN, review_every=1, review_on=TODAY, status=status)
    assert reassessment(course(plan, done=9)) is None
    assert stalled(course(plan, None, 9, 0, None, measured(40))) is None


@pytest.mark.parametrize(
    ("goals", "done", "visits"),
    [
        ((measured(43),), 4, 4),  # within the error
        ((measured(43),), 3, None),
        ((measured(30),), 6, 6),  # worse is no progress
        ((measured(46),), 4, None),  # past the error
        ((measured(43), measured(46)), 5, None),  # one of them moved
        ((GoalProgress(GOAL),), 5, None),  # nothing measured: nobody can tell
        ((), 5, None),
        ((measured(41, goal=replace(GOAL, mdc=None)),), 5, None),  # the error is not known, so it may be real
        ((measured(40, goal=replace(GOAL, mdc=None)),), 5, 5),
        ((measured(43, goal=replace(GOAL, status=GoalStatus.COMPLETED)),), 5, None),
    ],
)
def test_no_progress_is_said_from_the_fourth_visit_on_and_only_when_it_is_known(
    goals: tuple[GoalProgress, ...], done: int, visits: int | None
):
    assert stalled(course(PLAN, None, done, 0, None, *goals)) == visits


def test_review_gives_a_plan_without_progress_four_more_visits():
    assert stalled(course(PLAN, None, 6, 0, -4, measured(43))) is None
    assert stalled(course(PLAN, None, 6, 0, -5, measured(43))) == 4


# What the booked visits bring


@pytest.mark.parametrize(
    ("done", "ahead", "expires", "ends", "last", "uncovered"),
    [
        (4, 3, None, day(1), day(1), (day(2),)),  # two left: today and next week
        (4, 1, None, None, day(0), ()),  # too few are booked to tell
        (4, 2, None, day(1), day(1), ()),
        (6, 2, None, TODAY, None, (day(0), day(1))),  # used up
        (0, 4, day(1), day(1), day(1), (day(2), day(3))),  # expires before the visits are used
        (5, 3, day(9), day(0), day(0), (day(1), day(2))),  # the visits are used before it expires
        (0, 0, day(9), day(9), None, ()),
    ],
)
def test_referral_ends_with_its_last_visit_or_its_last_day(
    done: int, ahead: int, expires: date | None, ends: date | None, last: date | None, uncovered: tuple[date, ...]
):
    found = forecast(course(PLAN, replace(SENT, expires_on=expires), done, ahead), TODAY)
    assert (found.referral_ends, found.last_covered, found.uncovered) == (ends, last, uncovered)


@pytest.mark.parametrize(
    ("planned", "done", "ahead", "ends"), [(8, 5, 3, day(2)), (8, 5, 2, None), (8, 8, 2, TODAY), (None, 5, 3, None)]
)
def test_plan_ends_with_its_last_planned_visit(planned: int | None, done: int, ahead: int, ends: date | None):
    assert forecast(course(replace(PLAN, visits_planned=planned), None, done, ahead), TODAY).plan_ends == ends


@pytest.mark.parametrize(
    ("every", "on", "done", "ahead", "falls", "visit", "late"),
    [
        (4, None, 2, 4, day(1), 4, False),
        (6, None, 4, 4, day(1), 6, False),  # with the last covered visit is soon enough
        (None, day(1), 4, 4, day(1), None, False),
        (None, day(2), 4, 4, day(2), None, True),
        (8, day(1), 4, 4, day(1), None, False),  # the date comes first
        (8, None, 4, 4, day(3), 8, True),
        (8, None, 4, 0, None, None, True),  # four more visits, of which two are covered
        (5, None, 4, 0, None, None, False),
        (None, day(-1), 4, 4, TODAY, None, False),
    ],
)
def test_review_falls_on_a_booked_visit_or_its_date_and_should_come_before_the_referral_ends(
    every: int | None, on: date | None, done: int, ahead: int, falls: date | None, visit: int | None, late: bool
):
    found = forecast(course(replace(PLAN, review_every=every, review_on=on), SENT, done, ahead), TODAY)
    assert (found.review_falls, found.review_visit, found.review_too_late) == (falls, visit, late)


def test_what_asks_for_something_is_said_in_sentences_and_the_rest_in_few_words():
    plan = replace(PLAN, review_every=4, visits_planned=8)
    assert warnings(course(plan, SENT, 1, 3), TODAY) == ()
    assert outlook(course(plan, SENT, 1, 3), TODAY) == ("review 7 Dec (visit 4)", "referral: 5 of 6 visits left")
    assert warnings(course(plan, SENT, 4, 4, None, measured(41)), TODAY) == (
        "Review due after 4 visits.",
        "No measure past its error in 4 visits: change, pause or refer.",
        "Referral of Dr Lin: 2 visits left.",
        "Booked, but not covered by the referral: 7 Dec, 14 Dec.",
    )
    late = replace(plan, review_every=None, review_on=day(2))
    assert warnings(course(late, SENT, 4, 2), TODAY)[-1] == (
        "The review falls after the referral ends on 30 Nov: bring it forward."
    )
    assert warnings(course(plan, None, 8, 0, -1), TODAY) == (
        "All 8 planned visits are done: review, renew or discharge.",
    )
    assert warnings(course(replace(plan, status=PlanStatus.ON_HOLD), None), TODAY) == ("The plan is on hold.",)


@given(
    authorised=st.none() | st.integers(1, 12),
    done=st.integers(0, 12),
    ahead=st.integers(0, 12),
    expires=st.none() | st.integers(-20, 20),
    every=st.none() | st.integers(1, 12),
)
def test_every_booked_visit_is_covered_or_said_not_to_be(
    authorised: int | None, done: int, ahead: int, expires: int | None, every: int | None
):
    referral = replace(SENT, visits_authorised=authorised, expires_on=None if expires is None else day(expires))
    found = course(replace(PLAN, review_every=every), referral, done, ahead)
    told = forecast(found, TODAY)
    covered = ahead - len(told.uncovered)
    assert 0 <= covered <= ahead
    assert authorised is None or covered <= max(0, authorised - done)
    assert (told.last_covered is None) == (covered == 0)
    assert all(told.referral_ends is None or told.referral_ends <= one for one in told.uncovered)
