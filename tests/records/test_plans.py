"""Plans and their reviews in the store: steps by the table, reviews that stay, referrals of one's own, the desk."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from therapist_tui.domain.desk import OwedKind
from therapist_tui.domain.errors import Invalid
from therapist_tui.domain.goal import GoalDraft
from therapist_tui.domain.health import Answer
from therapist_tui.domain.plan import PartOf, PlanDraft, PlanStatus, ReviewDecision
from therapist_tui.domain.plan_steps import ReviewDraft, WrongPlanStep
from therapist_tui.domain.referral import Claim, ReferralDraft
from therapist_tui.domain.therapist import CourseDraft, EducationDuty, Insurance
from therapist_tui.records.errors import PlanOpen, PlanOver, RecordNotFound
from therapist_tui.records.practice import Practice

from .conftest import THERAPIST, Clock, a_client, a_session, an_appointment, raw

TODAY = date(2026, 11, 23)
WEEK = timedelta(weeks=1)
GO_ON = ReviewDraft(ReviewDecision.CONTINUE, "rotation better")


def test_everything_of_a_plan_and_a_referral_is_kept(practice: Practice) -> None:
    client_id = a_client(practice)
    sent = ReferralDraft(
        "Dr Lin", "neck pain", TODAY, 6, TODAY + WEEK, "physician", "NPI 1", "555", TODAY, "M54.2", ("neck",), "weekly",
        "no heat", TODAY + WEEK, Claim.WORK, "WC-9", "Kim",
    )  # fmt: skip
    referral = practice.referrals.add(client_id, sent)
    draft = PlanDraft(
        "Neck", "PT", 6, TODAY, "stiff", PartOf.PHYSIOTHERAPY, referral.id, "weekly", 60, ("MFR",), ("cupping",),
        ("neck",), ("low back",), 4, "walk", "numb arm", TODAY,
    )  # fmt: skip
    plan = practice.plans.start(client_id, draft)
    assert practice.plans.of(client_id) == (plan,)
    assert all(getattr(plan, name) == getattr(draft, name) for name in PlanDraft.__slots__)
    assert all(getattr(referral, name) == getattr(sent, name) for name in ReferralDraft.__slots__)


def test_plan_is_not_linked_to_the_referral_of_another_client(practice: Practice) -> None:
    other = practice.referrals.add(a_client(practice, "Other"), ReferralDraft("Dr Lin"))
    with pytest.raises(RecordNotFound):
        practice.plans.start(a_client(practice), PlanDraft("Neck", referral_id=other.id))


@pytest.mark.parametrize("wanted", list(PlanStatus))
def test_active_plan_ends_with_a_date_and_a_summary_and_can_be_taken_up_again(
    practice: Practice, wanted: PlanStatus
) -> None:
    plan = practice.plans.start(a_client(practice), PlanDraft("Neck"))
    if wanted is PlanStatus.ACTIVE:
        with pytest.raises(WrongPlanStep, match="cannot become active"):
            practice.plans.close(plan.id, wanted)
        return
    moved = practice.plans.close(plan.id, wanted, " away\n", "neck 60°")
    assert (moved.status, moved.status_reason) == (wanted, "away")
    assert (moved.ended_on, moved.discharge) == ((None if wanted.open else TODAY), "neck 60°")
    again = practice.plans.close(plan.id, PlanStatus.ACTIVE)
    assert (again.status, again.ended_on, again.status_reason) == (PlanStatus.ACTIVE, None, "")


def test_plan_is_stopped_only_with_a_reason_and_not_taken_up_beside_another(practice: Practice) -> None:
    client_id = a_client(practice)
    plan = practice.plans.start(client_id, PlanDraft("Neck"))
    with pytest.raises(Invalid, match="say why it is stopped"):
        practice.plans.close(plan.id, PlanStatus.STOPPED)
    practice.plans.close(plan.id, PlanStatus.STOPPED, "moved")
    practice.plans.start(client_id, PlanDraft("Back"))
    with pytest.raises(PlanOpen):
        practice.plans.close(plan.id, PlanStatus.ACTIVE)


def test_overdue_date_of_review_may_stay_while_the_plan_is_worded_anew(practice: Practice, clock: Clock) -> None:
    draft = PlanDraft("Neck", review_on=TODAY + WEEK)
    plan = practice.plans.start(a_client(practice), draft)
    clock.tick(days=30)
    assert practice.plans.change(plan.id, replace(draft, reason="Neck and jaw")).review_on == TODAY + WEEK
    with pytest.raises(Invalid):
        practice.plans.change(plan.id, replace(draft, review_on=TODAY + 2 * WEEK))


def test_review_moves_the_next_date_and_a_pause_holds_the_plan(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    plan = practice.plans.start(client_id, PlanDraft("Neck", review_on=TODAY))
    first = practice.reviews.add(plan.id, replace(GO_ON, next_on=TODAY + WEEK))
    current = practice.plans.current(client_id)
    assert current
    assert (current.review_on, current.status) == (TODAY + WEEK, PlanStatus.ACTIVE)
    clock.tick(minutes=1)
    second = practice.reviews.add(plan.id, ReviewDraft(ReviewDecision.PAUSE, "worse"))
    assert practice.reviews.of(plan.id) == (second, first)
    assert (second.reviewed_at, second.reviewed_by) == (clock.now, "Dana Reyes, LMT")
    held = practice.plans.current(client_id)
    assert held
    assert (held.status, held.review_on) == (PlanStatus.ON_HOLD, None)
    practice.plans.close(plan.id, PlanStatus.COMPLETED)
    with pytest.raises(PlanOver):
        practice.reviews.add(plan.id, GO_ON)


@pytest.mark.parametrize(
    "attack",
    ["UPDATE plan_review SET summary = 'other'", "INSERT OR REPLACE INTO plan_review SELECT * FROM plan_review"],
)
def test_review_never_changes_in_the_database(practice: Practice, attack: str) -> None:
    plan = practice.plans.start(a_client(practice), PlanDraft("Neck"))
    practice.reviews.add(plan.id, GO_ON)
    with pytest.raises(Exception, match="a review"):
        raw(practice).execute(attack)


def test_review_is_owed_when_it_is_due_and_settled_by_reviewing(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    practice.health.check(client_id, Answer.NOTHING)
    plan = practice.plans.start(client_id, PlanDraft("Neck", review_every=2))
    goal = practice.plans.add_goal(plan.id, GoalDraft("Rotation", "°", 40, 70))
    for _ in range(2):
        a_session(practice, client_id, clock.now)
        clock.tick(days=7)
    (owed,) = practice.desk.owed(clock.now).of_kind(OwedKind.REVIEW)
    assert (owed.about, owed.urgency, owed.late) == (plan.id, "due after 2 visits", False)
    brief = practice.day.brief(client_id, TODAY + 2 * WEEK)
    assert brief.course
    assert len(brief.course.visits) == 2
    practice.reviews.add(plan.id, GO_ON)
    assert practice.desk.owed(clock.now).of_kind(OwedKind.REVIEW) == ()
    practice.plans.measure(goal.id, 40)
    for _ in range(4):
        clock.tick(days=7)
        a_session(practice, client_id, clock.now)
    (owed,) = practice.desk.owed(clock.now).of_kind(OwedKind.REVIEW)
    assert (owed.urgency, owed.late) == ("no progress in 4 visits", True)


def test_brief_counts_what_is_booked_ahead_and_not_what_was_cancelled(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    practice.referrals.add(client_id, ReferralDraft("Dr Lin", written_on=TODAY - WEEK, visits_authorised=2))
    a_session(practice, client_id, clock.now - timedelta(days=2))
    ahead = [an_appointment(practice, client_id, clock.now + number * WEEK) for number in range(3)]
    brief = practice.day.agenda(TODAY).slots[0].brief
    assert brief.course
    assert brief.course.booked == tuple(one.starts_at for one in ahead)
    assert brief.course.plan is None
    assert brief.course.referral == brief.referral


def test_papers_and_courses_of_the_therapist_are_kept_and_a_course_counts_for_the_duty(practice: Practice) -> None:
    insured = Insurance("Guild", "P-1", TODAY + 10 * WEEK)
    duty = EducationDuty(24, TODAY - 50 * WEEK, TODAY + WEEK)
    practice.therapist.save(replace(THERAPIST, insurance=insured, education_duty=duty))
    practice.therapist.add_course(CourseDraft("Old", 90, TODAY - 60 * WEEK))
    course = practice.therapist.add_course(CourseDraft("Scars", 7.5, TODAY, "Vodder"))
    therapist = practice.therapist.get()
    assert (therapist.insurance, therapist.education_duty) == (insured, duty)
    assert therapist.education[0] == course
    assert therapist.hours_done == 7.5
