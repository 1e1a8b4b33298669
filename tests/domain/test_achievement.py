"""How far goals came: change judged and told, achievement computed, percent exact, activities each on their own."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.achievement import activity_courses, computed, reason, told_change, told_figures
from therapist_tui.domain.goal import Goal, GoalProgress, judged_at, percent_toward_target
from therapist_tui.domain.goal_states import STEPS, Achievement, GoalStatus, StepNotAllowed, check_step
from therapist_tui.domain.measurement import (
    Measurement,
    Rating,
    average,
    rated_twice,
    read_activities,
    show_activities,
)
from therapist_tui.domain.measures.catalogue import measures
from therapist_tui.domain.measures.judging import Size, judge
from therapist_tui.domain.measures.values import Direction, Measure, Threshold

ID = UUID(int=1)
TODAY = date(2026, 11, 23)
DUE = date(2027, 1, 14)
AT = datetime(2026, 11, 20, 15, tzinfo=UTC)


def goal(measure: str, baseline: float, target: float, due_on: date | None = DUE, **more: Any) -> Goal:
    known = measures().get(measure)
    unit = known.unit if known else "u"
    return Goal(
        ID, ID, ID, known.title if known else "Own", unit, baseline, target, TODAY, due_on, measure=measure, **more
    )


def progress(one: Goal, *values: float) -> GoalProgress:
    taken = [Measurement(ID, ID, value, AT + timedelta(days=day)) for day, value in enumerate(values)]
    return GoalProgress(one, tuple(taken))


@pytest.mark.parametrize(
    ("one", "value", "size", "glyph"),
    [
        # within, at and past the figures of clinical.md 1.2, better and worse
        (goal("nprs.worst", 7, 2), 6, Size.WITHIN_ERROR, "="),
        (goal("nprs.worst", 7, 2), 5, Size.MEANINGFUL, "▲"),
        (goal("nprs.worst", 4, 1), 3, Size.WITHIN_ERROR, "="),  # 1 is less than 30 % of 4
        (goal("nprs.worst", 3, 1), 2, Size.MEANINGFUL, "▲"),  # 1 is more than 30 % of 3
        (goal("nprs.worst", 5, 2), 7, Size.MEANINGFUL, "▼"),
        (goal("vas", 70, 30), 56, Size.WITHIN_ERROR, "="),
        (goal("vas", 70, 30), 55, Size.MEANINGFUL, "▲"),
        (goal("ndi", 36, 16), 27, Size.WITHIN_ERROR, "="),
        (goal("ndi", 36, 16), 26, Size.REAL, "▲"),
        (goal("ndi", 36, 16), 17, Size.MEANINGFUL, "▲"),
        (goal("ndi", 36, 16), 46, Size.REAL, "▼"),
        (goal("odi", 42, 26), 32, Size.MEANINGFUL, "▲"),
        (goal("quickdash", 48, 30), 36, Size.REAL, "▲"),
        (goal("quickdash", 48, 30), 34, Size.MEANINGFUL, "▲"),
        (goal("dash", 48, 30), 37.8, Size.WITHIN_ERROR, "="),  # past the MCID, inside the error
        (goal("lefs", 46, 60), 54, Size.WITHIN_ERROR, "="),
        (goal("lefs", 46, 60), 55, Size.MEANINGFUL, "▲"),
        (goal("rmdq", 13, 7), 9, Size.MEANINGFUL, "▲"),  # 4 is 30 % of 13
        (goal("hit6", 64, 56), 57, Size.WITHIN_ERROR, "="),
        (goal("hit6", 64, 56), 56, Size.MEANINGFUL, "▲"),
        (goal("headache.days28", 14, 7), 8, Size.WITHIN_ERROR, "="),
        (goal("headache.days28", 14, 7), 7, Size.MEANINGFUL, "▲"),
        (goal("rom.neck.rotation.active", 48, 75), 57, Size.WITHIN_ERROR, "="),
        (goal("rom.neck.rotation.active", 48, 75), 62, Size.REAL, "▲"),
        (goal("rom.knee.flexion.active", 85, 130), 80, Size.REAL, "▼"),
        (goal("grip", 22, 28), 27, Size.MEANINGFUL, "▲"),
        (goal("sleep.quality", 3, 6), 6, Size.UNKNOWN, "·"),
        (goal("pss10", 27, 20), 27, Size.NONE, "·"),
        (goal("tenderness", 3, 1), 2, Size.UNKNOWN, "·"),
        (goal("", 1, 9), 4, Size.UNKNOWN, "·"),
        (goal("", 1, 9, mdc=2.0), 4, Size.REAL, "▲"),
        (goal("ndi", 36, 16, mdc=4.0, mcid=8.0), 28, Size.MEANINGFUL, "▲"),
        (goal("psfs", 3.5, 6, activities=("a", "b")), 5.5, Size.MEANINGFUL, "▲"),
        (goal("psfs", 2, 6, activities=("a",)), 4, Size.WITHIN_ERROR, "="),  # a single activity: 3
        (goal("psfs", 2, 6, activities=("a",)), 5, Size.MEANINGFUL, "▲"),
    ],
)
def test_change_is_judged_by_the_figures_of_its_measure(one: Goal, value: float, size: Size, glyph: str) -> None:
    judged = judged_at(one, value)
    assert (judged.size, judged.glyph) == (size, glyph)


MDC, MCID = Threshold(6, "p", "s"), Threshold(10, "p", "s")
SHARE = Threshold(2, "p", "s", relative=0.3)


@pytest.mark.parametrize(
    ("baseline", "latest", "by", "change", "size"),
    [
        (50, 50, (MDC, MCID), 0, Size.NONE),
        (50, 55.9, (MDC, MCID), 5.9, Size.WITHIN_ERROR),  # almost is not enough
        (50, 56, (MDC, MCID), 6, Size.REAL),
        (50, 59.9, (MDC, MCID), 9.9, Size.REAL),
        (50, 60, (MDC, MCID), 10, Size.MEANINGFUL),
        (50, 40, (MDC, MCID), -10, Size.MEANINGFUL),
        (50, 70, (MDC,), 20, Size.REAL),
        (50, 59.9, (MCID,), 9.9, Size.WITHIN_ERROR),
        (50, 60, (MCID,), 10, Size.MEANINGFUL),
        (1, 1.3, (SHARE,), 0.3, Size.REAL),  # by its share of the baseline
        (1, 1.2, (SHARE,), 0.2, Size.WITHIN_ERROR),
        (0, 1.9, (SHARE,), 1.9, Size.WITHIN_ERROR),  # of nothing there is no share
        (0, 2, (SHARE,), 2, Size.REAL),
        (0.1, 0.4, (Threshold(0.3, "p", "s"),), 0.3, Size.REAL),  # 0.4 - 0.1 is a little less to a computer
    ],
)
def test_change_is_told_with_every_figure_that_it_was_held_against(
    baseline: float, latest: float, by: tuple[Threshold, ...], change: float, size: Size
) -> None:
    given = {"mcid" if one is MCID else "mdc": one for one in by}
    judged = judge(baseline, latest, True, **given)
    assert (judged.change, judged.size, judged.by) == (pytest.approx(change), size, by)


@pytest.mark.parametrize(
    ("one", "values", "today", "state"),
    [
        (goal("rom.neck.rotation.active", 48, 75), (), TODAY, Achievement.IN_PROGRESS),
        (goal("rom.neck.rotation.active", 48, 75), (50,), TODAY, Achievement.NO_CHANGE),
        (goal("rom.neck.rotation.active", 48, 75), (62,), TODAY, Achievement.IMPROVING),
        (goal("rom.neck.rotation.active", 48, 75), (62, 35), TODAY, Achievement.WORSENING),
        (goal("rom.neck.rotation.active", 48, 75), (62, 75), TODAY, Achievement.ACHIEVED),
        (goal("rom.neck.rotation.active", 48, 75), (62, 75), DUE + timedelta(1), Achievement.ACHIEVED),
        (goal("rom.neck.rotation.active", 48, 75), (62,), DUE, Achievement.IMPROVING),
        (goal("rom.neck.rotation.active", 48, 75), (62,), DUE + timedelta(1), Achievement.NOT_ACHIEVED),
        (goal("rom.neck.rotation.active", 48, 75), (), DUE + timedelta(1), Achievement.NOT_ACHIEVED),
        (goal("rom.neck.rotation.active", 48, 75, None), (62,), DUE + timedelta(1), Achievement.IMPROVING),
        (goal("sleep.quality", 3, 6), (5,), TODAY, Achievement.IN_PROGRESS),  # no error known: proves nothing
        (goal("tenderness", 3, 1), (1,), TODAY, Achievement.ACHIEVED),
    ],
)
def test_achievement_is_computed(one: Goal, values: tuple[float, ...], today: date, state: Achievement) -> None:
    assert computed(progress(one, *values), today) is state


def test_value_entered_in_error_counts_nowhere() -> None:
    one = goal("rom.neck.rotation.active", 48, 75)
    wrong = Measurement(ID, ID, 75, AT, in_error=True)
    assert computed(GoalProgress(one, (wrong,)), TODAY) is Achievement.IN_PROGRESS
    assert GoalProgress(one, (wrong,)).values == (48,)


@pytest.mark.parametrize(
    ("one", "value", "said", "figures"),
    [
        (goal("rom.neck.rotation.active", 48, 75), 62, "better by 14°, real change", "MDC 10°"),
        (goal("nprs.worst", 7, 2), 4, "better by 3, meaningful", "MCID 2/10 or 30 %"),
        (goal("ndi", 36, 16), 50, "worse by 14 %, real change", "MDC 10 %; MCID 19 %"),
        (goal("headache.days28", 14, 7), 12, "better by 2 days, within error", "MCID 50 %"),
        (goal("tenderness", 3, 1), 2, "better by 1 step, error not known", ""),
        (goal("mmt", 3, 5), 2.7, "worse by 1 step, error not known", ""),
        (goal("mmt", 2.7, 5), 4, "better by 4 steps, error not known", ""),
        (goal("sleep.quality", 3, 6), 5, "better by 2, error not known", ""),
        (goal("ndi", 36, 16), 36, "no change", "MDC 10 %; MCID 19 %"),
        (goal("", 1, 9, mcid=2.0), 4, "better by 3 u, meaningful", "MCID 2 u"),
    ],
)
def test_change_is_told_with_what_it_was_held_against(one: Goal, value: float, said: str, figures: str) -> None:
    assert (told_change(one, value), told_figures(one)) == (said, figures)


def test_full_figures_name_population_and_source() -> None:
    assert told_figures(goal("ndi", 36, 16), full=True) == (
        "MDC 10 %: neck pain, n=91: MDC 10.2, the authors advise 10; Young 2009; 10 % also MDC90; "
        "MCID 19 %: neck pain in physiotherapy, n=137; Cleland 2008"
    )


def test_reason_says_course_and_what_is_past() -> None:
    one = goal("tenderness", 3, 1)
    assert reason(progress(one), TODAY) == "nothing was measured since the start"
    assert reason(progress(one, 2), DUE + timedelta(1)) == (
        "III → II, aim I: better by 1 step, error not known; the due date is past"
    )


FIGURE = st.none() | st.floats(0.5, 40).map(lambda value: Threshold(value, "p", "s"))
VALUE = st.floats(-100, 100)
ORDER = [Size.NONE, Size.WITHIN_ERROR, Size.REAL, Size.MEANINGFUL]


@given(VALUE, VALUE, FIGURE, FIGURE)
def test_turning_the_direction_round_mirrors_the_judgement(
    start: float, now: float, mdc: Threshold | None, mcid: Threshold | None
) -> None:
    up, down = judge(start, now, True, mdc, mcid), judge(start, now, False, mdc, mcid)
    assert (up.change, up.size) == (-down.change, down.size)
    assert up.improved == down.worsened


@given(VALUE, st.floats(0, 50), st.floats(0, 50), st.floats(0.5, 40), FIGURE)
def test_a_larger_change_never_says_less(
    start: float, one: float, other: float, error: float, mcid: Threshold | None
) -> None:
    small, large = sorted((one, other))
    mdc = Threshold(error, "p", "s")
    sizes = [ORDER.index(judge(start, start + change, True, mdc, mcid).size) for change in (small, large)]
    assert sizes == sorted(sizes)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_percent_is_exact_at_the_start_and_at_the_target(baseline: float, target: float) -> None:
    if baseline != target:
        one = goal("", baseline, target)
        assert percent_toward_target(one, baseline) == 0
        assert percent_toward_target(one, target) == 100


@given(st.sampled_from([one for one in measures().values() if one.direction is not Direction.EITHER]), st.data())
def test_reaching_the_target_is_never_called_worse(measure: Measure, data: st.DataObject) -> None:
    known = measure
    ends = sorted(
        (data.draw(st.floats(known.lowest, known.highest)), data.draw(st.floats(known.lowest, known.highest)))
    )
    if ends[0] == ends[1]:
        return
    baseline, target = ends if known.higher_is_better else reversed(ends)
    one = progress(goal(known.id, baseline, target), target)
    assert not one.judged.worsened
    assert computed(one, TODAY) is Achievement.ACHIEVED


# Own activities

FIRST = (Rating("child", 3), Rating("sleep", 4), Rating("mow", 5))
ACTIVE = goal("psfs", 4, 7, activities=("child", "sleep", "mow", "swim"), baseline_ratings=FIRST)


def test_only_what_was_rated_both_times_is_averaged_and_nothing_missing_is_zero() -> None:
    second = (Rating("child", 6), Rating("sleep", None), Rating("swim", 9))
    assert average(second) == 7.5
    assert rated_twice(FIRST, second) == (3, 6)
    assert rated_twice(FIRST, (Rating("swim", 9),)) is None
    judged = judged_at(ACTIVE, 6, second)
    assert (judged.change, judged.size) == (3, Size.MEANINGFUL)


def test_every_activity_has_its_own_line_and_a_new_one_its_own_start() -> None:
    dates = [(Rating("child", 6), Rating("mow", 4), Rating("swim", 2)), (Rating("child", 5), Rating("swim", 6))]
    taken = [Measurement(ID, ID, 5, AT + timedelta(days=n), ratings=ratings) for n, ratings in enumerate(dates)]
    child, sleep, mow, swim = activity_courses(GoalProgress(ACTIVE, tuple(taken)))
    assert child.values == (3, 6, 5)
    assert child.judged
    assert child.judged.size is Size.WITHIN_ERROR  # 2, and a single activity needs 3
    assert (sleep.values, sleep.judged) == ((4, None, None), None)
    assert mow.judged
    assert mow.judged.change == -1
    assert swim.values == (None, 2, 6)
    assert swim.judged
    assert swim.judged.size is Size.REAL


@pytest.mark.parametrize(
    ("words", "ratings"),
    [
        ("carry child 3, run 5 km 2", (Rating("carry child", 3), Rating("run 5 km", 2))),
        ("run 5 km", (Rating("run 5 km", None),)),
        ("mow: 4, sleep = 3.5", (Rating("mow", 4), Rating("sleep", 3.5))),
        (" , carry 3,, carry 5", (Rating("carry", 3),)),
        ("7", (Rating("7", None),)),
        ("", ()),
    ],
)
def test_activities_are_read_with_their_ratings(words: str, ratings: tuple[Rating, ...]) -> None:
    assert read_activities(words) == ratings
    assert read_activities(show_activities(ratings)) == ratings


# The lifecycle


def test_every_state_has_its_steps_and_an_error_stays_one() -> None:
    assert STEPS.keys() == set(GoalStatus)
    assert GoalStatus.IN_ERROR.steps == ()
    for state in GoalStatus:
        assert state not in state.steps
        if state is not GoalStatus.IN_ERROR:
            assert GoalStatus.IN_ERROR in state.steps


@pytest.mark.parametrize("now", GoalStatus)
@pytest.mark.parametrize("wanted", GoalStatus)
def test_step_that_the_lifecycle_does_not_have_is_refused(now: GoalStatus, wanted: GoalStatus) -> None:
    if wanted in now.steps:
        check_step(now, wanted)
        return
    with pytest.raises(StepNotAllowed) as refused:
        check_step(now, wanted)
    assert str(refused.value) == f"A goal that is {now.value} cannot become {wanted.value}."
