"""Goals in the record: measured by their measure, reviewed, confirmed; nothing is lost and nothing false gets in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tests.records.conftest import Clock, a_client
from therapist_tui.domain.errors import Invalid, PracticeError
from therapist_tui.domain.goal import Goal, GoalDraft, GoalReview, OutOfRange
from therapist_tui.domain.goal_states import Achievement, GoalStatus, StepNotAllowed
from therapist_tui.domain.health import Side
from therapist_tui.domain.measurement import Mode, Rating, Taken
from therapist_tui.domain.measures.judging import Size
from therapist_tui.domain.measures.scoring import TooManyMissing
from therapist_tui.domain.plan import PlanDraft
from therapist_tui.domain.taking import NothingRated
from therapist_tui.records.errors import GoalAsItWas
from therapist_tui.records.practice import Practice

TODAY = date(2026, 11, 23)
NECK = GoalDraft("", "", 48, 75, TODAY + timedelta(weeks=8), "rom.neck.rotation.active", Side.LEFT)
NDI = GoalDraft("", "", 36, 16, measure="ndi")
OWN = (Rating("carry child", 3), Rating("mow lawn", 4))
PSFS = GoalDraft(
    "", "", 3.5, 6, measure="psfs", activities=("carry child", "mow lawn"), baseline_ratings=OWN
)  # fmt: skip


@pytest.fixture
def plan(practice: Practice) -> UUID:
    return practice.plans.start(a_client(practice), PlanDraft("Neck")).id


def actions(practice: Practice) -> list[str]:
    return [event.action for event in reversed(practice.audit.events())]


def goal(practice: Practice, plan: UUID, draft: GoalDraft = NECK) -> Goal:
    return practice.plans.add_goal(plan, draft)


def test_goal_takes_name_unit_and_start_from_its_measure_and_today(practice: Practice, plan: UUID) -> None:
    one = goal(practice, plan)
    assert (one.title, one.unit, one.baseline_on) == ("Neck rotation left", "°", TODAY)
    assert goal(practice, plan, replace(NECK, baseline_on=date(2026, 11, 2))).baseline_on == date(2026, 11, 2)


def test_changed_goal_keeps_its_start_and_its_values(practice: Practice, plan: UUID, clock: Clock) -> None:
    one = goal(practice, plan)
    practice.plans.measure(one.id, 55)
    clock.tick(days=3)
    practice.plans.change_goal(one.id, replace(NECK, target=80, purpose="drive"))
    (progress,) = practice.plans.goals(one.client_id)
    assert (progress.goal.target, progress.goal.purpose, progress.goal.baseline_on) == (80, "drive", TODAY)
    assert progress.values == (48, 55)


def test_value_is_kept_with_who_when_how_and_what_was_typed(practice: Practice, plan: UUID, clock: Clock) -> None:
    one = goal(practice, plan, NDI)
    clock.tick(days=7)
    at = clock.now - timedelta(days=2)
    taken = Taken(raw=16, answered=9, mode=Mode.PAPER, remark=" drives\x1b no car ", measured_at=at)
    kept = practice.plans.measure(one.id, taken)
    assert (kept.value, kept.raw, kept.answered) == (35.555556, 16, 9)
    assert (kept.mode, kept.remark, kept.measured_at) == (Mode.PAPER, "drives no car", at)
    assert (kept.entered_at, kept.entered_by) == (clock.now, "Dana Reyes, LMT")
    assert practice.plans.goals(one.client_id)[0].measurements == (kept,)


def test_ratings_of_own_activities_are_kept_each_and_averaged(practice: Practice, plan: UUID) -> None:
    one = goal(practice, plan, PSFS)
    kept = practice.plans.measure(one.id, Taken(ratings=(Rating("carry child", 7), Rating("mow lawn", None))))
    assert (kept.value, kept.ratings) == (7, (Rating("carry child", 7), Rating("mow lawn", None)))
    (progress,) = practice.plans.goals(one.client_id)
    assert (progress.judged.change, progress.judged.size) == (4, Size.MEANINGFUL)  # against 3, not against 3.5


@pytest.mark.parametrize(
    ("draft", "taken", "error"),
    [
        (NECK, Taken(130), OutOfRange),
        (NDI, Taken(raw=10, answered=7), TooManyMissing),
        (PSFS, Taken(ratings=(Rating("mow lawn", None),)), NothingRated),
        (NECK, Taken(60, measured_at=datetime(2026, 11, 24, 20, tzinfo=UTC)), Invalid),
        (NECK, Taken(60, measured_at=datetime(2026, 11, 22, 20, tzinfo=UTC)), Invalid),
    ],
)
def test_value_that_cannot_be_is_refused_and_leaves_no_trace(
    draft: GoalDraft, taken: Taken, error: type[PracticeError], practice: Practice, plan: UUID
) -> None:
    one = goal(practice, plan, draft)
    before = actions(practice)
    with pytest.raises(error):
        practice.plans.measure(one.id, taken)
    assert actions(practice) == before
    assert practice.plans.goals(one.client_id)[0].measurements == ()


@pytest.mark.parametrize(
    "draft", [replace(NECK, target=40), replace(NECK, target=200), replace(NDI, measure="none"), replace(PSFS, activities=())]
)  # fmt: skip
def test_goal_that_the_form_would_refuse_is_refused_by_the_record_too(
    draft: GoalDraft, practice: Practice, plan: UUID
) -> None:
    one = goal(practice, plan)
    with pytest.raises(Invalid):
        practice.plans.add_goal(plan, draft)
    with pytest.raises(Invalid):
        practice.plans.change_goal(one.id, draft)


def test_value_entered_in_error_stays_and_counts_nowhere(practice: Practice, plan: UUID) -> None:
    one = goal(practice, plan)
    practice.plans.measure(one.id, 55)
    wrong = practice.plans.measure(one.id, 115)
    practice.plans.mark_in_error(wrong.id)
    (progress,) = practice.plans.goals(one.client_id)
    assert [each.value for each in progress.measurements] == [55, 115]
    assert progress.latest == 55
    with pytest.raises(Invalid, match="already"):
        practice.plans.mark_in_error(wrong.id)
    practice.undo.undo()
    assert practice.plans.goals(one.client_id)[0].latest == 115


def test_review_confirms_what_the_values_say_or_otherwise(practice: Practice, plan: UUID, clock: Clock) -> None:
    one = goal(practice, plan)
    clock.tick(days=1)
    said = practice.plans.review_goal(one.id, GoalReview(GoalStatus.COMPLETED, Achievement.ACHIEVED, "drives again\n"))
    assert (said.status, said.achievement) == (GoalStatus.COMPLETED, Achievement.ACHIEVED)
    assert (said.achieved_at, said.review_note) == (clock.now, "drives again")
    assert actions(practice)[-2:] == ["goal.confirmed", "goal.completed"]
    with pytest.raises(GoalAsItWas):
        practice.plans.review_goal(one.id, GoalReview(GoalStatus.COMPLETED, Achievement.ACHIEVED, "drives again"))
    back = practice.plans.review_goal(one.id, GoalReview(GoalStatus.ACTIVE))
    assert (back.status, back.achievement, back.achieved_at) == (GoalStatus.ACTIVE, None, None)


def test_step_that_the_lifecycle_does_not_have_is_refused_whole(practice: Practice, plan: UUID) -> None:
    one = goal(practice, plan)
    practice.plans.close_goal(one.id, GoalStatus.COMPLETED)
    before = actions(practice)
    with pytest.raises(StepNotAllowed):
        practice.plans.review_goal(one.id, GoalReview(GoalStatus.ON_HOLD, Achievement.IMPROVING, "x"))
    with pytest.raises(StepNotAllowed):
        practice.plans.close_goal(one.id, GoalStatus.PROPOSED)
    assert actions(practice) == before
    assert practice.plans.goals(one.client_id)[0].goal.achievement is None


@pytest.mark.parametrize("status", [GoalStatus.CANCELLED, GoalStatus.IN_ERROR])
def test_goal_that_was_dropped_or_an_error_is_not_shown(status: GoalStatus, practice: Practice, plan: UUID) -> None:
    one = goal(practice, plan)
    practice.plans.close_goal(one.id, status)
    assert practice.plans.goals(one.client_id) == ()
    assert practice.day.brief(one.client_id, TODAY).goals == ()
    assert [each.id for each in practice.whole.read().goals] == [one.id]
