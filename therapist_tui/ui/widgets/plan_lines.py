"""A plan's course as lines, in the brief and in the chart: what asks for something now, and what lies ahead."""

from datetime import date

from textual.content import Content

from therapist_tui.domain.plan_course import Course
from therapist_tui.domain.plan_words import outlook, warnings

from ..plain import one_line, wrapped


def course_lines(course: Course | None, width: int, day: date) -> list[Content]:
    """What asks for something, a line or more each, then what lies ahead on one line; none without a plan."""
    if course is None:
        return []
    lines = [part for said in warnings(course, day) for part in _warning(said, width)]
    ahead = " · ".join(outlook(course, day))
    return [*lines, *([one_line(ahead, ".muted").truncate(width, ellipsis=True)] if ahead else [])]


def _warning(said: str, width: int) -> list[Content]:
    first, *rest = wrapped(one_line(said), width - 2) or [Content()]
    return [Content.assemble(("! ", ".adapt"), first), *(Content.assemble("  ", part) for part in rest)]


def warning_lines(course: Course | None, width: int, day: date) -> list[Content]:
    """What asks for something, each cut to one line: for a list that the plan in full stands beside."""
    if course is None:
        return []
    said = [Content.assemble(("! ", ".adapt"), one_line(one)) for one in warnings(course, day)]
    return [one.truncate(width, ellipsis=True) for one in said]
