"""The values of a goal as a table: when, how much, the change since the baseline, how judged, how taken, by whom."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from textual.content import Content

from therapist_tui.domain.goal import Measurement, judged_at
from therapist_tui.domain.measures.judging import Judged
from therapist_tui.domain.numbers import show_value
from therapist_tui.domain.trend import Course
from therapist_tui.domain.when import show_day

from ..plain import fitted, one_line
from .trend_plot import course_value

GAP = 2
HEAD = ("Date", "Value", "Change", "Judged", "Taken", "By", "Remark")
_GIVE_WAY = (5, 4, 6)
"""Columns that are left out where there is no room, in this order."""
_RIGHT = (1, 2)
"""Columns of numbers."""


def value_lines(course: Course, zone: ZoneInfo, width: int) -> list[Content]:
    """Head, then a line a value, newest first, the baseline last. What was entered in error is struck and says so."""
    rows = [_row(course, one, zone) for one in reversed(course.progress.measurements)]
    rows.append(_baseline(course, course.goal.baseline_on))
    kept = [at for at in range(len(HEAD)) if at in (0, 1) or any(row[at] for row in rows)]
    for gone in _GIVE_WAY:
        if _width(rows, kept) > width and gone in kept:
            kept.remove(gone)
    widths = [_column(rows, at) for at in kept]
    head = [Content.styled(HEAD[at], ".muted") for at in kept]
    return [_line(head, kept, widths, width), *(_line([row[at] for at in kept], kept, widths, width) for row in rows)]


def _column(rows: Sequence[Sequence[Content]], at: int) -> int:
    return max(len(HEAD[at]), *(row[at].cell_length for row in rows))


def _width(rows: Sequence[Sequence[Content]], kept: Sequence[int]) -> int:
    # A remark may be cut; it is worth its column from so many cells on.
    cells = sum(min(20, _column(rows, at)) if at == len(HEAD) - 1 else _column(rows, at) for at in kept)
    return cells + GAP * (len(kept) - 1)


def _line(cells: Sequence[Content], kept: Sequence[int], widths: Sequence[int], width: int) -> Content:
    parts = [
        Content.assemble(" " * (room - cell.cell_length), cell) if at in _RIGHT else fitted(cell, room)
        for at, cell, room in zip(kept, cells, widths, strict=True)
    ]
    return Content(" " * GAP).join(parts).truncate(width, ellipsis=True)


def _row(course: Course, one: Measurement, zone: ZoneInfo) -> tuple[Content, ...]:
    judged = judged_at(course.goal, one.value)
    style = ".struck" if one.in_error else ""
    remark = "; ".join(part for part in (_ratings(one), one.remark) if part)
    return (
        one_line(show_day(one.measured_at.astimezone(zone).date()), style or ".muted"),
        one_line(course_value(course, one.value), style or ".strong"),
        one_line("" if one.in_error else change_words(course, judged), style),
        Content.styled("✗ entered in error", ".error") if one.in_error else judged_words(judged),
        one_line(one.mode.value, ".muted"),
        one_line(one.entered_by, ".muted"),
        one_line(remark, ".muted"),
    )


def _baseline(course: Course, on: date) -> tuple[Content, ...]:
    value = one_line(course_value(course, course.goal.baseline), ".strong")
    return (
        one_line(show_day(on), ".muted"),
        value,
        Content(),
        Content.styled("○ baseline", ".muted"),
        *[Content()] * 3,
    )


def _ratings(one: Measurement) -> str:
    return ", ".join(f"{r.activity}: {'–' if r.value is None else show_value(r.value)}" for r in one.ratings)


def change_words(course: Course, judged: Judged) -> str:
    """The change as it was measured, with its sign; ordinal grades have steps, no differences."""
    if course.stepped or not judged.change:
        return ""
    change = judged.change if course.goal.higher_is_better else -judged.change
    return f"{'+' if change > 0 else '−'}{show_value(abs(change), '°' if course.goal.unit == '°' else '')}"


def judged_words(judged: Judged) -> Content:
    """Glyph and words of a judged change, in colour when it counts."""
    style = ".good" if judged.improved else ".worse" if judged.worsened else ".muted"
    return Content.styled(f"{judged.glyph} {judged.words}", style)
