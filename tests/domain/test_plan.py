"""Plans and goals: progress follows the numbers, and numbers are read as meant or refused with a sentence."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from therapist_tui.domain.appointment import LONGEST, SHORTEST
from therapist_tui.domain.goal import (
    BaselineEqualsTarget,
    Goal,
    GoalDraft,
    GoalProgress,
    Measurement,
    percent_toward_target,
)
from therapist_tui.domain.numbers import NotANumber, NumberTooLarge, TwoWaysToRead, read_value, show_value
from therapist_tui.domain.plan import PlanDraft

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 15, 24, tzinfo=UTC)
values = st.integers(-999_999, 999_999).map(lambda one: one / 1000)


def goal(baseline: float = 48, target: float = 75) -> Goal:
    return Goal(UUID(int=1), UUID(int=2), UUID(int=3), "Neck rotation left", "°", baseline, target, TODAY)


def measured(*found: float) -> tuple[Measurement, ...]:
    return tuple(Measurement(UUID(int=4), UUID(int=1), value, NOW) for value in found)


@pytest.mark.parametrize(
    ("baseline", "target", "latest", "percent"),
    [
        (48, 75, 48, 0),
        (48, 75, 75, 100),
        (48, 75, 61.5, 50),
        (7, 2, 4.5, 50),
        (7, 2, 9, -40),
        (0, 10, 12, 120),
        (-5, 5, 0, 50),
    ],
)
def test_percent_is_the_part_of_the_way_that_is_done(baseline: float, target: float, latest: float, percent: float):
    assert percent_toward_target(goal(baseline, target), latest) == pytest.approx(percent)


@given(baseline=values, target=values, one=values, other=values)
def test_percent_grows_toward_the_target_and_never_against_it(baseline: float, target: float, one: float, other: float):
    assume(baseline != target)
    aim = goal(baseline, target)
    assert aim.higher_is_better == (target > baseline)
    near, far = sorted((one, other), reverse=aim.higher_is_better)
    assert percent_toward_target(aim, far) <= percent_toward_target(aim, near)


def test_goal_without_a_way_to_go_has_no_percent():
    with pytest.raises(BaselineEqualsTarget) as refused:
        percent_toward_target(goal(5, 5), 5)
    assert str(refused.value) == "The target is the same as the baseline: there is no way to go."


def test_progress_stands_at_the_baseline_until_something_is_measured():
    fresh = GoalProgress(goal())
    assert (fresh.latest, fresh.values, fresh.percent, fresh.reached) == (48, (48,), 0, False)


def test_progress_is_told_by_the_newest_value():
    progress = GoalProgress(goal(), measured(80, 61.5))
    assert (progress.latest, progress.values, progress.reached) == (61.5, (48, 80, 61.5), False)
    assert progress.percent == pytest.approx(50)


@pytest.mark.parametrize("latest", [75, 80])
def test_goal_is_reached_at_the_target_and_past_it(latest: float):
    assert GoalProgress(goal(), measured(latest)).reached


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("62", 62),
        (" 3.5 ", 3.5),
        ("3,5", 3.5),
        ("-3", -3),
        ("−3", -3),
        ("+3", 3),
        (".5", 0.5),
        ("5.", 5),
        ("0,125", 0.125),
        ("٦٢", 62),
        ("1200", 1200),
        ("1.200", 1.2),
        ("999999.9", 999999.9),
    ],
)
def test_value_is_read_as_typed(typed: str, value: float):
    assert read_value(typed) == value


def test_minus_nothing_is_nothing():
    assert str(read_value("-0")) == "0.0"
    assert show_value(-0.0) == "0"
    assert show_value(-0.0000001) == "0"


@pytest.mark.parametrize("typed", ["1,200", "12,500", "-1,200"])
def test_thousands_are_never_taken_for_decimals(typed: str):
    with pytest.raises(TwoWaysToRead) as refused:
        read_value(typed)
    assert "thousands or decimals" in str(refused.value)


@pytest.mark.parametrize("typed", ["1000000", "-1000000", "9" * 400, "1234567,5"])
def test_too_large_a_value_is_told_as_that(typed: str):
    with pytest.raises(NumberTooLarge) as refused:
        read_value(typed)
    assert str(refused.value) == "That number is too large: values lie below a million."


@pytest.mark.parametrize(
    "typed",
    ["", "nan", "inf", "-infinity", "1e5", "1e309", "1_0", "0x10", "½", "³", "7/10", "62°", "1.234,56", ",", "+"],
)
def test_what_is_no_number_is_refused_with_examples(typed: str):
    with pytest.raises(NotANumber) as refused:
        read_value(typed)
    assert str(refused.value) == "That is no number. Type the new value, e.g. 62 or 3.5."


@given(typed=st.text() | st.text(alphabet="0123456789.,-+e_ ٣²"))
def test_any_text_is_a_number_below_a_million_or_not_a_number(typed: str):
    try:
        value = read_value(typed)
    except NotANumber:
        return
    assert -1_000_000 < value < 1_000_000


@given(value=values | st.floats(-999_999, 999_999).map(lambda one: round(one, 6)))
def test_value_is_read_back_from_the_way_it_is_shown(value: float):
    assert read_value(show_value(value)) == value


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (62, "°", "62°"),
        (4, "/10", "4/10"),
        (3.5, "kg", "3.5 kg"),
        (40, "%", "40 %"),
        (7, "", "7"),
        (123456.7, "", "123456.7"),
        (0.1 + 0.2, "cm", "0.3 cm"),
    ],
)
def test_value_is_shown_as_people_write_it(value: float, unit: str, shown: str):
    assert show_value(value, unit) == shown


@pytest.mark.parametrize(
    ("draft", "problems"),
    [
        (PlanDraft("neck pain", visits_planned=1, review_on=TODAY), {}),
        (PlanDraft("neck pain", visits_planned=200), {}),
        (PlanDraft(" \n"), {"reason": "Please say why the client comes."}),
        (PlanDraft("x", visits_planned=0), {"visits_planned": "A plan has 1 to 200 visits."}),
        (PlanDraft("x", visits_planned=201), {"visits_planned": "A plan has 1 to 200 visits."}),
        (PlanDraft("x", review_on=date(2026, 11, 22)), {"review_on": "The review lies in the past."}),
        (PlanDraft("x", minutes=1), {"minutes": f"A session lasts {SHORTEST} to {LONGEST} minutes."}),
        (PlanDraft("x", review_every=0), {"review_every": "It is looked at again after 1 to 50 visits."}),
        (PlanDraft("x", agreed_on=date(2026, 11, 24)), {"agreed_on": "It cannot have been agreed on after today."}),
        (
            PlanDraft("x", techniques=("cupping",), techniques_avoided=("cupping",)),
            {"techniques_avoided": "Planned and left out at once: “cupping”."},
        ),
    ],
)
def test_plan_says_what_must_be_mended(draft: PlanDraft, problems: dict[str, str]):
    assert draft.cleaned().problems(TODAY) == problems


SAME = "The target is the same as the baseline: there is no way to go."


@pytest.mark.parametrize(
    ("draft", "problems"),
    [
        (GoalDraft("Rotation", "°", 48, 75, TODAY), {}),
        (GoalDraft("Rotation", "", 0, -1), {}),
        (GoalDraft(" ", "°", 48, 75), {"title": "Please name what is measured, e.g. “Neck rotation left”."}),
        (GoalDraft("x", "°", None, 75), {"baseline": "A goal needs the value it starts from."}),
        (GoalDraft("x", "°", 48, None), {"target": "A goal needs the value it aims at."}),
        (GoalDraft("x", "°", 48, 48), {"target": SAME}),
        (GoalDraft("x", "°", 48, 75, date(2026, 11, 22)), {"due_on": "The due date lies in the past."}),
    ],
)
def test_goal_says_what_must_be_mended(draft: GoalDraft, problems: dict[str, str]):
    assert draft.cleaned().problems(TODAY) == problems


@given(text=st.text())
def test_cleaning_drafts_twice_changes_nothing_more(text: str):
    plan, aim = PlanDraft(text, text).cleaned(), GoalDraft(text, text, 1, 2).cleaned()
    assert plan.cleaned() == plan
    assert aim.cleaned() == aim
