"""The figure: parts, regions and contours of the body, front and back, as closed curves in one set of coordinates.

x runs from -WIDTH/2 to WIDTH/2 with the middle line at 0, y from the crown (0) to the soles (HEIGHT).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from ..health import Side
from .data import table
from .regions import regions

WIDTH, HEIGHT = 48.0, 100.0
Point = tuple[float, float]
Curve = tuple[Point, ...]
_SMOOTH = 5
"""Straight pieces between two points of an outline."""


class View(Enum):
    """From which side the body is seen."""

    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Spot:
    """A region as it is drawn: on one view, and on one side where it is paired or halved."""

    view: View
    region: str
    side: Side


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a spot lies: a closed curve, of which only what lies in `part` is drawn."""

    spot: Spot
    part: str
    curve: Curve


@dataclass(frozen=True, slots=True)
class Line:
    """A contour inside the body, for shading only."""

    points: Curve
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """One view. `parts`: the outlines by name, a list of curves each; `shapes` in the order of painting."""

    view: View
    parts: Mapping[str, tuple[Curve, ...]]
    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]

    @property
    def spots(self) -> tuple[Spot, ...]:
        """All spots of this view, each once."""
        return tuple(dict.fromkeys(shape.spot for shape in self.shapes))


@cache
def drawing(view: View) -> Drawing:
    """The figure seen from one side."""
    outlines = table("therapist_tui.domain.body", "outlines.toml")
    found = outlines[view.value]
    return Drawing(
        view,
        {name: _outline(part) for name, part in outlines["part"].items()},
        tuple(shape for entry in found["shape"] for shape in _shapes(view, entry)),
        tuple(line for entry in found["line"] for line in _lines(entry)),
    )


def side_seen(view: View, right_of_viewer: bool) -> Side:
    """Which side of the client is drawn there: seen from the front, the client's left is on the viewer's right."""
    return Side.LEFT if right_of_viewer is (view is View.FRONT) else Side.RIGHT


def _points(entry: Mapping[str, Any]) -> Curve:
    return tuple((float(x), float(y)) for x, y in entry["points"])


def mirrored(points: Sequence[Point]) -> Curve:
    """The same on the other side of the middle line."""
    return tuple((-x, y) for x, y in points)


def _outline(part: Mapping[str, Any]) -> tuple[Curve, ...]:
    points = _points(part)
    if not part.get("half"):
        return smooth(points), mirrored(smooth(points))
    return (smooth((*points, *reversed(mirrored(points[1:-1])))),)


def _shapes(view: View, entry: Mapping[str, Any]) -> tuple[Shape, Shape]:
    region, part, points = str(entry["region"]), str(entry["part"]), _points(entry)
    sided = regions()[region].paired or regions()[region].halved

    def spot(right: bool) -> Spot:
        return Spot(view, region, side_seen(view, right) if sided else Side.NONE)

    return Shape(spot(True), part, points), Shape(spot(False), part, mirrored(points))


def _lines(entry: Mapping[str, Any]) -> tuple[Line, ...]:
    points, width = _points(entry), float(entry["width"])
    return Line(points, width), Line(mirrored(points), width)


def smooth(points: Sequence[Point]) -> Curve:
    """A closed curve through all points (Catmull-Rom), in short straight pieces."""
    count = len(points)
    found: list[Point] = []
    for at in range(count):
        before, start, end, after = (points[(at + step) % count] for step in (-1, 0, 1, 2))
        for piece in range(_SMOOTH):
            t = piece / _SMOOTH
            found.append(
                (_between(before[0], start[0], end[0], after[0], t), _between(before[1], start[1], end[1], after[1], t))
            )
    return tuple(found)


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)
