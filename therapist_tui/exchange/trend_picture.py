"""A goal's trend as a picture (SVG): its values over time, the target, and the band of the measurement error."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from therapist_tui.domain.numbers import show_value
from therapist_tui.domain.report_goals import Point, ReportGoal

WIDTH, HEIGHT = 300, 116
LEFT, RIGHT, TOP, BOTTOM = 30, 44, 10, 18
LETTER = 5
"""About the width of a digit."""
QUIET, BAND, LINE, AIM = "#6b7783", "#e7edf1", "#1f6f78", "#b3541e"
FONT = "Libertinus Serif"


class Scale:
    """Where days and values lie in the picture."""

    def __init__(self, goal: ReportGoal) -> None:
        begin, values = goal.points[0], [one.value for one in goal.points]
        error = goal.error or 0
        low = min(*values, goal.aim, begin.value - error)
        high = max(*values, goal.aim, begin.value + error)
        room = (high - low) * 0.06 or 1
        self._low, self._span = low - room, high - low + 2 * room
        self._first = min(one.on for one in goal.points)
        self.days = max(1, (max(one.on for one in goal.points) - self._first).days)

        self.left = max(LEFT, 9 + LETTER * len(show_value(begin.value)))
        self.right = WIDTH - max(RIGHT, 9 + LETTER * len(show_value(goal.aim)) + 4 * LETTER)

    def x(self, on: date) -> float:
        """From the left, in the picture's units."""
        return self.left + (self.right - self.left) * (on - self._first).days / self.days

    def y(self, value: float) -> float:
        """From the top."""
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - self._low) / self._span)


def trend_picture(goal: ReportGoal) -> str:
    """The picture. Nothing in it but numbers, days and our own words, all of them escaped."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{FONT}" font-size="10">'
        + "".join(_parts(goal, Scale(goal)))
        + "</svg>"
    )


def _parts(goal: ReportGoal, scale: Scale) -> Iterator[str]:
    left, end = scale.left, scale.right
    begin = goal.points[0].value
    if goal.error:
        top, bottom = scale.y(begin + goal.error), scale.y(begin - goal.error)
        yield f'<rect x="{left:.1f}" y="{top:.1f}" width="{end - left:.1f}" height="{bottom - top:.1f}" fill="{BAND}"/>'
    yield _line(left, scale.y(begin), end, scale.y(begin), QUIET, 'stroke-width="0.6"')
    yield _line(left, scale.y(goal.aim), end, scale.y(goal.aim), AIM, 'stroke-width="1" stroke-dasharray="4 3"')
    yield f'<path d="{_path(goal, scale)}" fill="none" stroke="{LINE}" stroke-width="1.6" stroke-linejoin="round"/>'
    yield from _dots(goal.points, scale)
    yield from _labels(goal, scale)


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, more: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" {more}/>'


def _path(goal: ReportGoal, scale: Scale) -> str:
    """Straight from value to value; of an ordinal grade in steps, for there is nothing between two of them."""
    first, *rest = ((scale.x(one.on), scale.y(one.value)) for one in goal.points)
    way = [f"M{first[0]:.1f} {first[1]:.1f}"]
    for x, y in rest:
        way.append(f"H{x:.1f}V{y:.1f}" if goal.stepped else f"L{x:.1f} {y:.1f}")
    return "".join(way)


def _dots(points: Sequence[Point], scale: Scale) -> Iterator[str]:
    small = 2 if len(points) <= 30 else 1
    for one in points[:-1]:
        yield f'<circle cx="{scale.x(one.on):.1f}" cy="{scale.y(one.value):.1f}" r="{small}" fill="{LINE}"/>'
    last = points[-1]
    x, y = scale.x(last.on), scale.y(last.value)
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.6" fill="{LINE}" stroke="#ffffff" stroke-width="1.2"/>'


def _labels(goal: ReportGoal, scale: Scale) -> Iterator[str]:
    first, last = goal.points[0], goal.points[-1]
    left, end = scale.left, scale.right + 4
    yield _text(left - 4, scale.y(first.value) + 3, show_value(first.value), "end", QUIET)
    at_aim, at_last = scale.y(goal.aim) + 3, scale.y(last.value) + 3
    yield _text(end, at_aim, f"aim {show_value(goal.aim)}", "start", AIM)
    if last != first and last.value != goal.aim:
        if abs(at_last - at_aim) < 10:  # two labels never on one line
            at_last = at_aim + (10 if at_last >= at_aim else -10)
        yield _text(end, at_last, show_value(last.value), "start", LINE, 'font-weight="bold"')
    if last.on != first.on:
        yield _text(scale.x(last.on), HEIGHT - 5, _day(last.on), "end", QUIET)
    yield _text(left, HEIGHT - 5, _day(first.on), "start", QUIET)


def _text(x: float, y: float, text: str, anchor: str, colour: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" {more}>{escape(text)}</text>'


def _day(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
