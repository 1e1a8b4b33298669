"""Goals as lines in columns: title, baseline, spark, latest → target, percent, due date."""

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from therapist_tui.domain.goal import GoalProgress
from therapist_tui.domain.numbers import show_value
from therapist_tui.domain.when import show_short

from ..plain import fitted, one_line, spread
from .trend import sparkline


def goal_lines(goals: Sequence[GoalProgress], width: int, day: date) -> list[Content]:
    """A line a goal, in columns: title, baseline, spark, latest → target, percent, due date.

    Without room first the due date is left out, then the baseline, then the spark; the title gives way last.
    """
    columns = [[_start(one), _spark(one, width), _latest(one), _percent(one), _due(one, day)] for one in goals]
    order = (None, 4, 0, 1)  # nothing left out, then the due date, the baseline, the spark
    title = min(24, max((one_line(goal.goal.title).cell_length for goal in goals), default=0))
    kept, widths = [0, 1, 2, 3, 4], list[int]()
    for gone in order:
        kept = [index for index in kept if index != gone]
        widths = [max(row[index].cell_length for row in columns) for index in kept] if columns else []
        if sum(widths) + 2 * len(widths) + title <= width:
            break
    lines: list[Content] = []
    for one, row in zip(goals, columns, strict=True):
        cells = [fitted(row[index], cell) for index, cell in zip(kept, widths, strict=True)]
        lines.append(spread(one_line(one.goal.title), Content("  ").join(cells), width))
    return lines


def _start(progress: GoalProgress) -> Content:
    return Content.styled(f"{progress.goal.baseline:g}{_close_unit(progress)}".rjust(4), ".muted")


def _spark(progress: GoalProgress, width: int) -> Content:
    return Content.styled(sparkline(progress.values, 8 if width < 90 else 12), ".spark")


def _latest(progress: GoalProgress) -> Content:
    latest = f"{progress.latest:g}{_close_unit(progress)}".rjust(4)
    return Content.assemble(
        (latest, ".strong"), " ", one_line(f"→ {show_value(progress.goal.target, progress.goal.unit)}", ".muted")
    )


def _percent(progress: GoalProgress) -> Content:
    style = ".good" if progress.reached else ".worse" if progress.percent < 0 else ""
    return Content.styled(f"{progress.percent:.0f} %".rjust(5), style)


def _due(progress: GoalProgress, day: date) -> Content:
    due_on = progress.goal.due_on
    if due_on is None:
        return Content()
    overdue = due_on < day and not progress.reached
    return Content.styled(f"due {show_short(due_on, day)}", ".worse" if overdue else ".muted")


def _close_unit(progress: GoalProgress) -> str:
    return "°" if progress.goal.unit == "°" else ""
