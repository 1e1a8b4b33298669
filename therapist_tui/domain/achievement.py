"""How far a goal has come, computed from its values; the therapist confirms it or decides otherwise (clinical.md 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .aim import thresholds_of
from .goal import Goal, GoalProgress, judged_at
from .goal_states import Achievement
from .measurement import Rating
from .measures.catalogue import measure_of
from .measures.judging import Judged, Size, judge
from .measures.values import Threshold
from .numbers import show_value


def computed(progress: GoalProgress, today: date) -> Achievement:
    """Target met is achieved; else past the due date it is not; else the judged change tells.

    Where the error is not known a change proves nothing either way: the goal is in progress.
    """
    if progress.counted and progress.reached:
        return Achievement.ACHIEVED
    if progress.goal.due_on is not None and progress.goal.due_on < today:
        return Achievement.NOT_ACHIEVED
    judged = progress.judged
    if not progress.counted or judged.size is Size.UNKNOWN:
        return Achievement.IN_PROGRESS
    if judged.counts:
        return Achievement.IMPROVING if judged.better else Achievement.WORSENING
    return Achievement.NO_CHANGE


def reason(progress: GoalProgress, today: date) -> str:
    """Why it was computed so, on a line: "48° → 62° of 75°: +14°, real change (MDC 10°)"."""
    goal = progress.goal
    if not progress.counted:
        return "nothing was measured since the start"
    course = f"{goal.shown(goal.baseline)} → {goal.shown(progress.latest)}, aim {goal.shown(goal.target)}"
    late = "; the due date is past" if computed(progress, today) is Achievement.NOT_ACHIEVED else ""
    newest = progress.counted[-1]
    figures = told_figures(goal)
    held = f" ({figures})" if figures else ""
    return f"{course}: {told_change(goal, newest.value, newest.ratings)}{held}{late}"


def told_change(goal: Goal, value: float, ratings: tuple[Rating, ...] = ()) -> str:
    """The change from the start in words: "better by 14°, real change"; of ordinal grades their steps."""
    judged = judged_at(goal, value, ratings)
    if judged.size is Size.NONE:
        return judged.words
    way = "better" if judged.better else "worse"
    said = "error not known" if judged.size is Size.UNKNOWN else judged.size.value
    return f"{way} by {_amount(goal, value, judged)}, {said}"


def told_figures(goal: Goal, *, full: bool = False) -> str:
    """What a change is held against: "MDC 10 %; MCID 19 %"; `full` adds population and source of each."""
    named = zip(("MDC", "MCID"), thresholds_of(goal), strict=True)
    return "; ".join(
        f"{name} {one.size(goal.unit)}" + (f": {one.told()}" if full else "") for name, one in named if one is not None
    )


def _amount(goal: Goal, value: float, judged: Judged) -> str:
    measure = measure_of(goal.measure)
    if measure and measure.grades:
        steps = measure.steps(goal.baseline, value)
        return f"{steps} step{'s' if steps != 1 else ''}"
    return show_value(round(abs(judged.change), 2), goal.unit if goal.unit == "°" else goal.unit.split("/")[0])


@dataclass(frozen=True, slots=True)
class ActivityCourse:
    """One activity of a patient-specific scale over time: None where it was not rated. Judged by the error of one."""

    activity: str
    values: tuple[float | None, ...]
    judged: Judged | None


def activity_courses(progress: GoalProgress) -> tuple[ActivityCourse, ...]:
    """Each activity's own line, from the baseline on; one that came later starts with its first rating."""
    measure = measure_of(progress.goal.measure)
    error = measure.mdc_single if measure else None
    dates = [progress.goal.baseline_ratings, *(one.ratings for one in progress.counted)]
    return tuple(_course(activity, dates, error) for activity in progress.goal.activities)


def _course(activity: str, dates: Sequence[Sequence[Rating]], error: Threshold | None) -> ActivityCourse:
    values = tuple(next((one.value for one in ratings if one.activity == activity), None) for ratings in dates)
    rated = [value for value in values if value is not None]
    judged = judge(rated[0], rated[-1], True, error) if len(rated) > 1 else None
    return ActivityCourse(activity, values, judged)
