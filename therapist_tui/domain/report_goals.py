"""One goal as a report tells it: where it began, where it is, where it should go, and what the change is worth."""

from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from .client_file import in_period
from .goal import BaselineEqualsTarget, Goal, GoalProgress, GoalStatus, thresholds_of
from .measures.catalogue import measure_of
from .measures.judging import Judged, Size
from .measures.values import Threshold
from .numbers import show_value


@dataclass(frozen=True, slots=True)
class Point:
    """A value and its day, for the picture."""

    on: date
    value: float


@dataclass(frozen=True, slots=True)
class ReportGoal:
    """A goal in words and as points. `error` is the measurement error, for the band around the baseline."""

    title: str
    purpose: str
    baseline: str
    latest: str
    target: str
    due: date | None
    percent: int | None
    state: str
    said: str
    sources: tuple[str, ...]
    unit: str
    points: tuple[Point, ...]
    aim: float
    error: float | None
    stepped: bool
    """Whether it is an ordinal grade: steps are drawn, never slopes."""


def report_goal(progress: GoalProgress, until: date, zone: ZoneInfo) -> ReportGoal:
    """The goal as it stood at the end of the period; what was measured after it is left out."""
    goal = progress.goal
    taken = [
        (one.measured_at.astimezone(zone).date(), one)
        for one in progress.counted
        if in_period(one.measured_at.astimezone(zone).date(), None, until)
    ]
    then = replace(progress, measurements=tuple(one for _, one in taken))
    judged = then.judged
    mdc, _ = thresholds_of(goal)
    return ReportGoal(
        title=goal.title,
        purpose=goal.purpose,
        baseline=shown(goal, goal.baseline),
        latest=shown(goal, then.latest),
        target=shown(goal, goal.target),
        due=goal.due_on,
        percent=_percent(then),
        state=_state(goal, then, until),
        said=change_said(goal, judged, measured=bool(taken)),
        sources=tuple(dict.fromkeys(_source(one) for one in judged.by)),
        unit=goal.unit,
        points=(Point(goal.baseline_on, goal.baseline), *(Point(on, one.value) for on, one in taken)),
        aim=goal.target,
        error=mdc.value if mdc else None,
        stepped=_graded(goal),
    )


def shown(goal: Goal, value: float) -> str:
    """A value of the goal as people write it; of an ordinal scale by the name of its grade."""
    measure = measure_of(goal.measure)
    grade = next((one for one in measure.grades if one.value == value), None) if measure else None
    return grade.name if grade else show_value(value, goal.unit)


def _graded(goal: Goal) -> bool:
    measure = measure_of(goal.measure)
    return bool(measure and measure.grades)


def _percent(progress: GoalProgress) -> int | None:
    try:
        return None if _graded(progress.goal) else round(progress.percent)
    except BaselineEqualsTarget:
        return None


def _state(goal: Goal, progress: GoalProgress, until: date) -> str:
    """Where it stands in a word or two; what the therapist confirmed goes before what is worked out."""
    if goal.achievement:
        return goal.achievement.value
    if goal.status is not GoalStatus.ACTIVE and goal.status is not GoalStatus.ACCEPTED:
        return goal.status.value
    try:
        if progress.reached:
            return "target reached"
    except BaselineEqualsTarget:
        return ""
    return "not reached by its date" if goal.due_on and goal.due_on < until else "under way"


def change_said(goal: Goal, judged: Judged, *, measured: bool) -> str:
    """The change since the baseline in a sentence, judged against the error of measuring (clinical.md 1.1)."""
    if not measured:
        return "Not measured again yet."
    if judged.size is Size.NONE:
        return "No change since the beginning."
    way = "Better" if judged.better else "Worse"
    by = "" if _graded(goal) else f" by {_size(goal, abs(judged.change))}"
    mdc, mcid = thresholds_of(goal)
    match judged.size:
        case Size.UNKNOWN:
            return f"{way}{by}. How much of that is the error of measuring is not known for this measure."
        case Size.WITHIN_ERROR:
            limit = mdc or mcid
            least = f" ({_size(goal, limit.value)})" if limit else ""
            return f"{way}{by}: within the error of measuring{least}, so it may be no change at all."
        case Size.REAL:
            least = f" ({_size(goal, mdc.value)})" if mdc else ""
            return f"{way}{by}: a real change, beyond the error of measuring{least}."
        case _:
            least = f" ({_size(goal, mcid.value)})" if mcid else ""
            return f"{way}{by}: a change large enough to matter in daily life{least}."


def _size(goal: Goal, value: float) -> str:
    """How much that is: of a scale from 0 to 10 in points."""
    if goal.unit.startswith("/"):
        return f"{show_value(value)} point{'' if value == 1 else 's'}"
    return show_value(value, goal.unit)


def _source(one: Threshold) -> str:
    return ", ".join(part for part in (one.population, one.source) if part)
