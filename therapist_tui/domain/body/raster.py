"""The figure as pixels: for every pixel which spots it shows and how much of each, so that edges come out smooth."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor, hypot

from .figure import HEIGHT, WIDTH, Curve, Drawing, Line, Spot, View, drawing

SAMPLES = 4
"""Samples along each side of a pixel."""
SHADES = 5
"""Shades of a contour, from none to full."""
_FULL = SAMPLES * SAMPLES

Pixel = tuple[tuple[int, int], ...]
"""(number of the spot, samples that show it); the number EMPTY is beside the body."""
EMPTY = 255


@dataclass(frozen=True, slots=True)
class Raster:
    """One view in `width` x `height` pixels. The shade of a pixel is how much of a contour line it shows."""

    view: View
    width: int
    height: int
    spots: tuple[Spot, ...]
    pixels: tuple[Pixel, ...]
    """Every mixture that occurs; SHADES shades of each follow one another in the numbers of `rows`."""
    rows: tuple[tuple[int, ...], ...]
    """For every pixel its mixture and its shade: pixels[number // SHADES], number % SHADES."""
    centres: tuple[tuple[float, float], ...]
    """The middle pixel of every spot; (-1, -1) for one that is too small to be seen."""
    extents: tuple[tuple[int, int], ...]
    """The first and the last row that shows the spot."""

    def pixel(self, x: int, y: int) -> Pixel:
        """What a pixel shows of which spots."""
        return self.pixels[self.rows[y][x] // SHADES]

    def at(self, x: int, y: int) -> Spot | None:
        """The spot that a pixel shows most of."""
        if not (0 <= x < self.width and 0 <= y < self.height):
            return None
        best = max(self.pixel(x, y), key=lambda part: (part[0] != EMPTY, part[1]))
        return None if best[0] == EMPTY else self.spots[best[0]]


def fitting(width: int, height: int) -> tuple[int, int]:
    """The largest figure in pixels that fits, in its own proportions."""
    scale = min(width / WIDTH, height / HEIGHT)
    return max(1, int(WIDTH * scale)), max(1, int(HEIGHT * scale))


@lru_cache(maxsize=16)
def raster(view: View, width: int, height: int) -> Raster:
    """The figure in so many pixels; kept for each size, since it is asked for on every repaint."""
    figure = drawing(view)
    samples = _sampled(figure, width * SAMPLES, height * SAMPLES)
    known: dict[Pixel, int] = {}
    mixed = [_pixels(samples, row, width, known) for row in range(height)]
    pixels = tuple(known)
    centres, extents = _middles(figure, mixed, pixels)
    shade = _shading(figure.lines, width, height)
    rows = tuple(
        tuple(number * SHADES + round(dark * (SHADES - 1)) for number, dark in zip(*both, strict=True))
        for both in zip(mixed, shade, strict=True)
    )
    return Raster(view, width, height, figure.spots, pixels, rows, centres, extents)


def _sampled(figure: Drawing, width: int, height: int) -> list[bytearray]:
    """The number of the spot at every sample: shapes painted in order, each cut by its part."""
    rows = [bytearray(b"\xff" * width) for _ in range(height)]
    cuts = {name: [_spans(curves, y, width, height) for y in range(height)] for name, curves in figure.parts.items()}
    numbers = {spot: number for number, spot in enumerate(figure.spots)}
    for part in _ORDER:
        for shape in (one for one in figure.shapes if one.part == part):
            low, high = min(y for _, y in shape.curve), max(y for _, y in shape.curve)
            first, last = max(0, int(low / HEIGHT * height) - 1), min(height, ceil(high / HEIGHT * height) + 1)
            for y in range(first, last):
                for start, end in _spans((shape.curve,), y, width, height):
                    for left, right in cuts[part][y]:
                        a, b = max(start, left), min(end, right)
                        if a < b:
                            rows[y][a:b] = bytes((numbers[shape.spot],)) * (b - a)
    return rows


_ORDER = ("body", "arm", "head")


def _spans(curves: Iterable[Curve], row: int, width: int, height: int) -> list[tuple[int, int]]:
    """Where a row of samples lies inside the curves, as slices."""
    y = (row + 0.5) / height * HEIGHT
    found: list[tuple[int, int]] = []
    for curve in curves:
        crossings: list[float] = []
        x0, y0 = curve[-1]
        for x1, y1 in curve:
            if (y0 <= y) != (y1 <= y):
                crossings.append(x0 + (y - y0) / (y1 - y0) * (x1 - x0))
            x0, y0 = x1, y1
        crossings.sort()
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            # Open at both ends, so that the mirror image of a shape takes the mirror image of its samples.
            start, end = max(0, floor(_sample(left, width)) + 1), min(width, ceil(_sample(right, width)))
            if start < end:
                found.append((start, end))
    return found


def _sample(x: float, width: int) -> float:
    """Where x lies among the middles of the samples; rounded, since mirrored sums differ in the last digit."""
    return round((x / WIDTH + 0.5) * width - 0.5, 9)


def _pixels(samples: list[bytearray], row: int, width: int, known: dict[Pixel, int]) -> list[int]:
    lines = samples[row * SAMPLES : (row + 1) * SAMPLES]
    found: list[int] = []
    for x in range(width):
        block = b"".join(line[x * SAMPLES : (x + 1) * SAMPLES] for line in lines)
        first = block[0]
        pixel: Pixel = ((first, _FULL),) if block.count(first) == _FULL else _counted(block)
        found.append(known.setdefault(pixel, len(known)))
    return found


def _counted(block: bytes) -> Pixel:
    return tuple((number, block.count(number)) for number in sorted(set(block)))


def _middles(
    figure: Drawing, rows: list[list[int]], pixels: tuple[Pixel, ...]
) -> tuple[tuple[tuple[float, float], ...], tuple[tuple[int, int], ...]]:
    """The middle of each spot, pulled to a pixel that shows it, and its rows."""
    seen: list[list[tuple[int, int, int]]] = [[] for _ in figure.spots]
    for y, row in enumerate(rows):
        for x, pixel in enumerate(row):
            for number, count in pixels[pixel]:
                if number != EMPTY:
                    seen[number].append((x, y, count))
    return tuple(_middle(found) for found in seen), tuple(
        (min(y for _, y, _ in found), max(y for _, y, _ in found)) if found else (0, -1) for found in seen
    )


def _middle(found: list[tuple[int, int, int]]) -> tuple[float, float]:
    if not found:
        return -1.0, -1.0
    total = sum(count for _, _, count in found)
    x = sum(x * count for x, _, count in found) / total
    y = sum(y * count for _, y, count in found) / total
    nearest = min(found, key=lambda one: (hypot(one[0] - x, one[1] - y) - one[2] / _FULL, one[1], one[0]))
    return float(nearest[0]), float(nearest[1])


def _shading(lines: tuple[Line, ...], width: int, height: int) -> list[list[float]]:
    """How much of a contour each pixel shows: full within its width, fading over one pixel."""
    shade = [[0.0] * width for _ in range(height)]
    scale, middle = height / HEIGHT, width / 2
    for line in lines:
        reach = max(line.width * scale, 1.0) / 2
        depth = min(1.0, line.width * scale / 0.6)
        for (x0, y0), (x1, y1) in zip(line.points, line.points[1:], strict=False):
            ax, ay, bx, by = middle + x0 * scale, y0 * scale, middle + x1 * scale, y1 * scale
            for y in range(max(0, int(min(ay, by) - 2)), min(height, ceil(max(ay, by)) + 2)):
                for x in range(max(0, int(min(ax, bx) - 2)), min(width, ceil(max(ax, bx)) + 2)):
                    far = _distance(x + 0.5, y + 0.5, ax, ay, bx, by)
                    shade[y][x] = max(shade[y][x], depth * min(1.0, max(0.0, reach + 0.5 - far)))
    return shade


def _distance(x: float, y: float, ax: float, ay: float, bx: float, by: float) -> float:
    length = (bx - ax) ** 2 + (by - ay) ** 2
    t = 0.0 if length == 0 else max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
    return hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))
