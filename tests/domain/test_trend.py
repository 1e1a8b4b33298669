"""The plot of a goal: what stands on it, where its ticks lie, and how each value is told."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.goal import Goal, GoalProgress, Measurement
from therapist_tui.domain.measures import catalogue
from therapist_tui.domain.measures.values import Direction, Entry, Grade, Measure
from therapist_tui.domain.trend import Course, Sign, course_of, nice_step, scale_of, times_of

ZONE = ZoneInfo("America/Toronto")
BEGAN = date(2026, 9, 1)
NOON = datetime(2026, 9, 1, 16, 0, tzinfo=UTC)
values = st.floats(-999_999, 999_999, allow_nan=False).map(lambda value: round(value, 6))


def progress(
    *taken: tuple[float, float], baseline: float = 48, target: float = 75, unit: str = "°", due: date | None = None,
    mdc: float | None = None, mcid: float | None = None, measure: str = "", wrong: tuple[int, ...] = (),
) -> GoalProgress:  # fmt: skip
    """A goal with a value so many days after its begin, each."""
    goal = Goal(
        UUID(int=1), UUID(int=2), UUID(int=3), "Neck rotation", unit, baseline, target, BEGAN, due,
        mdc=mdc, mcid=mcid, measure=measure,
    )  # fmt: skip
    found = (
        Measurement(UUID(int=9 + at), goal.id, value, NOON + timedelta(days=days), in_error=at in wrong)
        for at, (days, value) in enumerate(taken)
    )
    return GoalProgress(goal, tuple(found))


def signs(course: Course) -> list[Sign]:
    return [one.sign for one in course.points]


def test_each_value_is_told_by_a_sign_of_its_own_shape() -> None:
    course = course_of(progress((1, 50), (2, 54), (3, 60), (4, 41), (5, 30), mdc=6, mcid=10), ZONE)
    assert signs(course) == [
        Sign.START, Sign.WITHIN, Sign.REAL, Sign.MEANINGFUL, Sign.REAL_WORSE, Sign.MEANINGFUL_WORSE,
    ]  # fmt: skip
    assert len({sign.glyph for sign in Sign}) == len(Sign)


def test_without_a_known_error_there_is_no_band_and_no_change_is_called_real() -> None:
    course = course_of(progress((1, 70)), ZONE)
    assert course.band is None
    assert signs(course)[1:] == [Sign.WITHIN]


def test_the_band_is_the_error_around_the_baseline_and_ends_where_the_scale_ends() -> None:
    assert course_of(progress(mdc=6), ZONE).band == (42, 54)
    assert course_of(progress(baseline=9, target=2, unit="/10", mdc=2), ZONE).band == (7, 10)


def test_what_was_entered_in_error_is_not_plotted() -> None:
    course = course_of(progress((1, 50), (2, 999), (3, 55), wrong=(1,)), ZONE)
    assert [one.value for one in course.points] == [48, 50, 55]


def test_ordinal_grades_are_steps_with_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    grades = (Grade(0, "0", ""), Grade(1, "1", ""), Grade(1.5, "1+", ""), Grade(2, "2", ""), Grade(3, "3", ""))
    tone = Measure("tone", "Tone", "", 0, 3, Direction.LOWER, Entry.GRADE, grades=grades)
    monkeypatch.setitem(catalogue.measures(), "tone", tone)
    course = course_of(progress((1, 1.5), baseline=2, target=1, unit="", measure="tone"), ZONE)
    assert course.stepped
    assert [name for _, name in scale_of(course, 9).ticks] == ["0", "1", "1+", "2", "3"]


@pytest.mark.parametrize(
    ("span", "most", "step"), [(27, 5, 10), (27, 7, 5), (8, 5, 2), (0.4, 5, 0.1), (1, 2, 1), (999, 3, 500)]
)
def test_ticks_are_one_two_or_five_times_a_power_of_ten(span: float, most: int, step: float) -> None:
    assert nice_step(span, most) == pytest.approx(step)


@given(taken=st.lists(st.tuples(st.floats(0, 9000), values), max_size=9), ends=st.tuples(values, values),
       mdc=st.none() | st.floats(0.1, 1e5), most=st.integers(2, 20))  # fmt: skip
def test_everything_has_room_on_the_axis_and_the_ticks_rise(
    taken: list[tuple[float, float]], ends: tuple[float, float], mdc: float | None, most: int
) -> None:
    course = course_of(progress(*taken, baseline=ends[0], target=ends[1], mdc=mdc), ZONE)
    scale = scale_of(course, most)
    shown = [course.goal.target, *(one.value for one in course.points), *(course.band or ())]
    assert all(-1e-9 <= scale.part(value) <= 1 + 1e-9 for value in shown)
    at = [value for value, _ in scale.ticks]
    assert at == sorted(set(at))
    assert 2 <= len(at) <= most + 2


@given(days=st.lists(st.floats(0, 20_000), max_size=9), most=st.integers(1, 40))
def test_ticks_of_time_are_as_many_as_there_is_room_for_and_lie_on_the_axis(days: list[float], most: int) -> None:
    times = times_of([course_of(progress(*((day, 50) for day in days)), ZONE)], ZONE)
    ticks = times.ticks(most)
    assert len(ticks) <= most
    assert all(0 <= times.part(moment) <= 1 for moment, _ in ticks)
    assert [moment for moment, _ in ticks] == sorted(moment for moment, _ in ticks)


def test_a_near_target_date_is_on_the_axis_and_a_far_one_is_not() -> None:
    for due, seen in ((date(2026, 10, 1), True), (date(2028, 1, 1), False)):
        times = times_of([course_of(progress((20, 60), due=due), ZONE)], ZONE)
        assert (times.end.astimezone(ZONE).date() == due) is seen


def test_a_period_keeps_the_newest_value_even_when_it_is_older() -> None:
    course = course_of(progress((1, 50), (30, 60)), ZONE)
    assert [one.value for one in course.since(NOON + timedelta(days=10)).points] == [60]
    assert [one.value for one in course.since(NOON + timedelta(days=99)).points] == [60]
