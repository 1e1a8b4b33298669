"""Goals as lines in columns: title, baseline, spark, latest → target, percent, what the change says, due date."""

from collections.abc import Mapping, Sequence
from datetime import date

from textual.content import Content

from therapist_tui.domain.achievement import computed
from therapist_tui.domain.goal import Goal, GoalProgress
from therapist_tui.domain.goal_states import Achievement
from therapist_tui.domain.measures.catalogue import measure_of
from therapist_tui.domain.measures.judging import Size
from therapist_tui.domain.when import show_short

from ..plain import fitted, one_line, spread
from .trend import sparkline

PERCENT_FROM = 50
"""Cells from which there is always room for the percent."""
WORDS: Mapping[Size | Achievement, str] = {
    Achievement.ACHIEVED: "achieved",
    Achievement.NOT_ACHIEVED: "not reached",
    Achievement.WORSENING: "worse",
    Size.UNKNOWN: "not judged",
    Size.NONE: Size.NONE.value,
    Size.WITHIN_ERROR: Size.WITHIN_ERROR.value,
    Size.REAL: Size.REAL.value,
    Size.MEANINGFUL: Size.MEANINGFUL.value,
}
"""What a goal's line says about it."""
SHORT: Mapping[Size | Achievement, str] = {
    Achievement.ACHIEVED: "reached",
    Achievement.NOT_ACHIEVED: "missed",
    Achievement.WORSENING: "worse",
    Size.UNKNOWN: "unknown",
    Size.NONE: "same",
    Size.WITHIN_ERROR: "noise",
    Size.REAL: "real",
    Size.MEANINGFUL: "matters",
}
"""The same in a brief of forty columns."""


def goal_lines(goals: Sequence[GoalProgress], width: int, day: date) -> list[Content]:
    """A line a goal, in columns: title, baseline, spark, latest → target, percent, what the change says, due date.

    Without room first the due date is left out, then the baseline, then the spark; then the change is said in a short
    word, then the percent goes. The title gives way last.
    """
    long, short = (_columns(goals, width, day, WORDS), _columns(goals, width, day, SHORT))
    title = min(24, max((one_line(goal.goal.title).cell_length for goal in goals), default=0))
    columns, kept = short, ((2, 3, 4) if width >= PERCENT_FROM else (2, 4))
    fits = [(long, (0, 1, 2, 3, 4, 5)), (long, (0, 1, 2, 3, 4)), (long, (1, 2, 3, 4)), (long, (2, 3, 4))]
    for some, left in [*fits, (short, (2, 3, 4))]:
        if _room(some, left) + title <= width:
            columns, kept = some, left
            break
    widths = [max((row[index].cell_length for row in columns), default=0) for index in kept]
    lines: list[Content] = []
    for one, row in zip(goals, columns, strict=True):
        cells = [fitted(row[index], cell) for index, cell in zip(kept, widths, strict=True)]
        lines.append(spread(one_line(one.goal.title), Content("  ").join(cells), width))
    return lines


def _columns(
    goals: Sequence[GoalProgress], width: int, day: date, words: Mapping[Size | Achievement, str]
) -> list[list[Content]]:
    return [
        [_start(one), _spark(one, width), _latest(one), _percent(one), _state(one, day, words), _due(one, day)]
        for one in goals
    ]


def _room(columns: Sequence[Sequence[Content]], kept: Sequence[int]) -> int:
    """Cells that the kept columns take, with the gaps before them."""
    return sum(max((row[index].cell_length for row in columns), default=0) + 2 for index in kept)


def _start(progress: GoalProgress) -> Content:
    return Content.styled(_short(progress.goal, progress.goal.baseline).rjust(4), ".muted")


def _spark(progress: GoalProgress, width: int) -> Content:
    return Content.styled(sparkline(progress.values, 8 if width < 90 else 12), ".spark")


def _latest(progress: GoalProgress) -> Content:
    goal = progress.goal
    aim = goal.shown(round(goal.target, 2))
    return Content.assemble(
        one_line(_short(goal, progress.latest).rjust(4), ".strong"), " ", one_line(f"→ {aim}", ".muted")
    )


def _percent(progress: GoalProgress) -> Content:
    style = ".good" if progress.reached else ".worse" if progress.percent < 0 else ""
    measure, goal = measure_of(progress.goal.measure), progress.goal
    if measure and measure.grades:  # grades are counted in steps, never divided
        gone, way = measure.steps(goal.baseline, progress.latest), measure.steps(goal.baseline, goal.target)
        back = "-" if progress.percent < 0 else ""
        return Content.styled(f"{back}{gone}/{way} st".rjust(5), style)
    return Content.styled(f"{progress.percent:.0f} %".rjust(5), style)


def _state(progress: GoalProgress, day: date, words: Mapping[Size | Achievement, str]) -> Content:
    """Glyph and word: achieved or not, else what the change since the start says."""
    state, judged = computed(progress, day), progress.judged
    if state is Achievement.ACHIEVED:
        return Content.styled(f"✓ {words[state]}", ".good")
    if state is Achievement.NOT_ACHIEVED:
        return Content.styled(f"✗ {words[state]}", ".worse")
    if not progress.counted:
        return Content()
    word = words[Achievement.WORSENING if judged.worsened else judged.size]
    style = ".worse" if judged.worsened else ".good" if judged.improved else ".muted"
    return Content.styled(f"{judged.glyph} {word}", style)


def _due(progress: GoalProgress, day: date) -> Content:
    due_on = progress.goal.due_on
    if due_on is None:
        return Content()
    overdue = due_on < day and not progress.reached
    return Content.styled(f"due {show_short(due_on, day)}", ".worse" if overdue else ".muted")


def _short(goal: Goal, value: float) -> str:
    """A value in few cells: of units only the degree, which stands close."""
    measure = measure_of(goal.measure)
    if measure and measure.grades:
        return goal.shown(value)
    return f"{round(value, 2):g}{'°' if goal.unit == '°' else ''}"
