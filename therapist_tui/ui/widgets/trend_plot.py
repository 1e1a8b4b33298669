"""Drawing a goal's course by cells: axes, baseline, target, band of the measurement error, and the course in dots.

Pure: values in, lines of text out. Plotting libraries were tried first: plotext 6.1 costs 120 ms to import and has
neither bands nor a glyph for each point; the others need numpy.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rich.cells import cell_len
from textual.content import Content

from therapist_tui.domain.numbers import show_value
from therapist_tui.domain.trend import Course, Point, Scale, Sign, Times, scale_of

from ..plain import one_line

DOTS_WIDE, DOTS_HIGH = 2, 4
_BRAILLE = 0x2800
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille cell, by row and column."""
LEAST_HIGH, LEAST_WIDE = 3, 16
STYLES = {
    Sign.START: ".muted",
    Sign.WITHIN: ".strong",
    Sign.REAL: ".good",
    Sign.MEANINGFUL: ".good",
    Sign.REAL_WORSE: ".worse",
    Sign.MEANINGFUL_WORSE: ".worse",
}
BAND, TARGET, BASELINE = "░", "╌", "·"


@dataclass(slots=True)
class _Grid:
    """Cells of one character and one style each; what is written later covers what was there."""

    width: int
    height: int
    cells: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict[tuple[int, int], tuple[str, str]])

    def put(self, x: int, y: int, text: str, style: str) -> None:
        for offset, letter in enumerate(text):
            if 0 <= x + offset < self.width and 0 <= y < self.height:
                self.cells[x + offset, y] = (letter, style)

    def free(self, x: int, y: int, width: int) -> bool:
        """Whether nothing but the ground is there."""
        if x < 0 or x + width > self.width:
            return False
        return all(self.cells.get((at, y), (" ", ""))[0] in f" {BAND}{TARGET}{BASELINE}" for at in range(x, x + width))

    def lines(self) -> list[Content]:
        return [self._line(y) for y in range(self.height)]

    def _line(self, y: int) -> Content:
        parts: list[tuple[str, str]] = []
        for x in range(self.width):
            letter, style = self.cells.get((x, y), (" ", ""))
            if parts and parts[-1][1] == style:
                parts[-1] = (parts[-1][0] + letter, style)
            else:
                parts.append((letter, style))
        return Content.assemble(*(Content.styled(text, style) if style else Content(text) for text, style in parts))


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the field of the course lies between its axes."""

    left: int
    width: int
    height: int
    scale: Scale
    times: Times

    def x(self, part: float) -> int:
        return self.left + min(self.width - 1, max(0, round(part * (self.width - 1))))

    def y(self, value: float) -> int:
        """The row of a value, in dots' rows so that it lies where the dots of the course lie."""
        return self.dot_y(value) // DOTS_HIGH

    def dot_x(self, part: float) -> int:
        return self.x(part) * DOTS_WIDE

    def dot_y(self, value: float) -> int:
        rows = self.height * DOTS_HIGH
        # The middle of a row for the ends of the axis: ticks then stand in the middle of their row.
        part = min(1.0, max(0.0, self.scale.part(value)))
        return round((1 - part) * (rows - DOTS_HIGH)) + DOTS_HIGH // 2 - 1


def label_width(course: Course, height: int) -> int:
    """Cells that the names of the ticks need, so that several plots can stand under each other."""
    return max(len(name) for _, name in scale_of(course, _most_ticks(height)).ticks)


def plot(course: Course, times: Times, width: int, height: int, labels: int, *, dated: bool = True) -> list[Content]:
    """The course in exactly `height` lines of `width` cells; `labels` cells on the left are for the values.

    The last line is the axis of time, below it, with `dated`, the dates. Nothing is drawn below the least size.
    """
    below = 2 if dated else 1
    if width - labels - 2 < LEAST_WIDE or height - below < LEAST_HIGH:
        return [Content(" " * max(0, width)) for _ in range(max(0, height))]
    scale = scale_of(course, _most_ticks(height - below))
    frame = _Frame(labels + 2, width - labels - 2, height - below, scale, times)
    grid = _Grid(width, height)
    _ground(grid, frame, course)
    _axes(grid, frame, labels, dated)
    _curve(grid, frame, course)
    _points(grid, frame, course)
    _names(grid, frame, course)
    return grid.lines()


def _most_ticks(height: int) -> int:
    return max(2, (height + 1) // 2)


def _ground(grid: _Grid, frame: _Frame, course: Course) -> None:
    """The band, the baseline and the target, behind everything."""
    if course.band:
        for y in range(frame.y(course.band[1]), frame.y(course.band[0]) + 1):
            grid.put(frame.left, y, BAND * frame.width, ".band")
    grid.put(frame.left, frame.y(course.goal.baseline), BASELINE * frame.width, ".muted")
    grid.put(frame.left, frame.y(course.goal.target), TARGET * frame.width, ".accent")


def _axes(grid: _Grid, frame: _Frame, labels: int, dated: bool) -> None:
    ticks = {frame.y(value): name for value, name in frame.scale.ticks}
    for y in range(frame.height):
        grid.put(0, y, ticks.get(y, "").rjust(labels), ".muted")
        grid.put(labels + 1, y, "┤" if y in ticks else "│", ".frame")
    grid.put(labels + 1, frame.height, "└" + "─" * frame.width, ".frame")
    free = 0
    for moment, name in frame.times.ticks(max(1, frame.width // 11)):
        x = frame.x(frame.times.part(moment))
        grid.put(x, frame.height, "┬", ".frame")
        start = min(max(0, x - len(name) // 2), grid.width - len(name))
        if dated and start >= free:
            grid.put(start, frame.height + 1, name, ".muted")
            free = start + len(name) + 1


def _curve(grid: _Grid, frame: _Frame, course: Course) -> None:
    dots: dict[tuple[int, int], int] = {}

    def dot(x: int, y: int) -> None:
        key = x // DOTS_WIDE, y // DOTS_HIGH
        dots[key] = dots.get(key, 0) | _BITS[y % DOTS_HIGH][x % DOTS_WIDE]

    for one, other in pairwise(_placed(frame, course.points)):
        corner = [(other[0], one[1])] if course.stepped else []
        for (ax, ay), (bx, by) in pairwise([one, *corner, other]):
            steps = max(abs(bx - ax), abs(by - ay), 1)
            for step in range(steps + 1):
                dot(round(ax + (bx - ax) * step / steps), round(ay + (by - ay) * step / steps))
    for (x, y), bits in dots.items():
        grid.put(x, y, chr(_BRAILLE + bits), ".spark")


def _placed(frame: _Frame, points: Sequence[Point]) -> list[tuple[int, int]]:
    return [(frame.dot_x(frame.times.part(one.at)), frame.dot_y(one.value)) for one in points]


def _points(grid: _Grid, frame: _Frame, course: Course) -> None:
    """A glyph for each value; where several fall on one cell the newest stays, and the newest of all stands out."""
    for number, one in enumerate(course.points):
        x, y = frame.x(frame.times.part(one.at)), frame.y(one.value)
        newest = number == len(course.points) - 1
        grid.put(x, y, one.sign.glyph, ".latest" if newest and number else STYLES[one.sign])


def _names(grid: _Grid, frame: _Frame, course: Course) -> None:
    """What the lines are, and the newest value: each where it covers nothing."""
    goal, last = course.goal, course.points[-1]
    x, y = frame.x(frame.times.part(last.at)), frame.y(last.value)
    name = _drawn_value(course, last.value)
    if len(course.points) > 1:
        beside = min(x - len(name) // 2, frame.left + frame.width - len(name) - 1)
        for at, row in ((x + 2, y), (beside, y - 1), (beside, y + 1), (x - len(name) - 1, y)):
            if frame.left < at and 0 <= row < frame.height and grid.free(at - 1, row, len(name) + 1):
                grid.put(at - 1, row, f" {name} ", ".strong")
                break
    _name_line(grid, frame, frame.y(goal.target), f" target {_drawn_value(course, goal.target)} ", ".accent")
    _name_line(grid, frame, frame.y(goal.baseline), f" baseline {_drawn_value(course, goal.baseline)} ", ".muted")
    if course.band and (row := _band_row(frame, course)) is not None:
        _name_line(grid, frame, row, " measurement error ", ".muted")


def _band_row(frame: _Frame, course: Course) -> int | None:
    """A row of the band that is neither the baseline's nor the target's."""
    if not course.band:
        return None
    taken = {frame.y(course.goal.baseline), frame.y(course.goal.target)}
    rows = [y for y in range(frame.y(course.band[1]), frame.y(course.band[0]) + 1) if y not in taken]
    return rows[-1] if rows else None


def _name_line(grid: _Grid, frame: _Frame, y: int, text: str, style: str) -> None:
    """At the right end of its line, else at the left one; nowhere when the course runs there."""
    for x in (frame.left + frame.width - len(text) - 1, frame.left + 2):
        if grid.free(x, y, len(text)):
            grid.put(x, y, text, style)
            return


def course_value(course: Course, value: float) -> str:
    """A value as its measure writes it: with the unit, or by the name of its grade."""
    return dict(course.grades).get(value) or show_value(value, course.goal.unit)


def _drawn_value(course: Course, value: float) -> str:
    """The same for cells of one letter each: a unit that a person typed may hold anything, and is then left out."""
    text = one_line(course_value(course, value)).plain
    return text if cell_len(text) == len(text) else show_value(value)


def legend(courses: Sequence[Course]) -> list[Content]:
    """What the glyphs mean; only those that are there."""
    seen = {one.sign for course in courses for one in course.points}
    named = [(sign.glyph, STYLES[sign], sign.value) for sign in Sign if sign in seen]
    lines = [(TARGET * 2, ".accent", "target")]
    if any(course.band for course in courses):
        lines.append((BAND * 2, ".band", "measurement error around the baseline"))
    return [Content.assemble((glyph, style), " ", (name, ".muted")) for glyph, style, name in (*named, *lines)]
