"""Which spot lies next in a direction, so that arrow keys can walk over the figure."""

from functools import cache

from .figure import WIDTH, Spot, View
from .raster import raster

_GAP = 4.0
_STEPS = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}
_SIDEWAYS = 1.6
"""How much dearer a step aside is than one in the direction."""


@cache
def places() -> dict[Spot, tuple[float, float]]:
    """The middle of every spot, the front view left of the back view."""
    found: dict[Spot, tuple[float, float]] = {}
    for view, offset in ((View.FRONT, 0.0), (View.BACK, WIDTH + _GAP)):
        drawn = raster(view, int(WIDTH), 100)
        for spot, (x, y) in zip(drawn.spots, drawn.centres, strict=True):
            found[spot] = (offset + x, y)
    return found


@cache
def neighbour(spot: Spot, direction: str) -> Spot:
    """The nearest spot that way ("up", "down", "left", "right"); the same one at the edge."""
    dx, dy = _STEPS[direction]
    x, y = places()[spot]
    best, least = spot, float("inf")
    for other, (ox, oy) in places().items():
        along = (ox - x) * dx + (oy - y) * dy
        aside = abs((ox - x) * dy) + abs((oy - y) * dx)
        if other is spot or along < 0.3 or aside > along * 2.5 + 0.5:
            continue
        cost = along + aside * _SIDEWAYS
        if cost < least:
            best, least = other, cost
    return best
