"""Painting the figure: a pixel of the body and what is marked there become cells of two half-blocks."""

from dataclasses import dataclass, field

from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from therapist_tui.domain.body.marks import MarkKind
from therapist_tui.domain.body.raster import EMPTY, SAMPLES, SHADES, Raster
from therapist_tui.domain.shorthand.showing import Shown

_SAMPLES = SAMPLES * SAMPLES
_HATCH = 4
"""Pixels from one stripe of a hatching to the next."""

_QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""A cell by the quarters that are body: 1 upper left, 2 upper right, 4 lower left, 8 lower right."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of the figure. `plain`: no shades can be mixed, so cells and letters stand for them."""

    background: Color
    body: Color
    contour: Color
    highlight: Color
    caution: Color
    kinds: dict[MarkKind, Color]
    text: Color
    plain: bool = False

    def spot(self, shown: Shown | None, highlighted: bool, focused: bool) -> Color:
        """The colour of a region; more pain is stronger."""
        if self.plain:
            return self.kinds[shown.kinds[0]] if shown and shown.kinds else self.text
        colour = self.body
        if shown:
            kind = shown.kinds[0] if shown.kinds else None
            pain = 5 if shown.before is None else shown.before
            colour = self.body.blend(
                self.kinds[kind] if kind else self.highlight, (0.5 + 0.05 * pain) if kind else 0.35
            )
        return colour.blend(self.highlight, (0.72 if focused else 0.4) if highlighted else 0.0)


@dataclass(slots=True)
class Painter:
    """Paints one view. `colours`, `hatched` and `letters` by the number of the spot, see Raster.spots."""

    raster: Raster
    palette: Palette
    colours: list[Color]
    hatched: frozenset[int] = frozenset()
    letters: dict[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])
    highlighted: frozenset[int] = frozenset()
    fine: Raster | None = None
    """The same view in twice as many pixels each way, where dots are drawn instead of shades."""
    _mixed: dict[int, Color] = field(default_factory=dict[int, Color])
    _cells: dict[tuple[Color, Color], Segment] = field(default_factory=dict[tuple[Color, Color], Segment])

    def row(self, row: int) -> list[Segment]:
        """One row of cells, two rows of pixels, with the letters that stand in it."""
        if self.palette.plain:
            cells = [self._plain(x, row) for x in range(self.raster.width)]
        else:
            cells = [
                self._cell(self._colour(x, 2 * row), self._colour(x, 2 * row + 1)) for x in range(self.raster.width)
            ]
        for number, letters in self.letters.items():
            x, y = self.raster.centres[number]
            if int(y) // 2 == row and x >= 0:
                self._write(cells, number, int(x), row, letters)
        return cells

    def recolour(self, colours: dict[int, Color], highlighted: frozenset[int]) -> None:
        """Give some spots another colour; only the mixtures that show them are mixed anew."""
        self.highlighted = highlighted
        for number, colour in colours.items():
            self.colours[number] = colour
        stale = [key for key in self._mixed if any(n in colours for n, _ in self.raster.pixels[key // 2 // SHADES])]
        for key in stale:
            del self._mixed[key]

    def _colour(self, x: int, y: int) -> Color:
        if y >= self.raster.height:
            return self.palette.background
        hatched = bool(self.hatched) and (x + y) % _HATCH < _HATCH // 2
        key = 2 * self.raster.rows[y][x] + hatched
        colour = self._mixed.get(key)
        if colour is None:
            colour = self._mixed[key] = self._mix(key // 2, hatched)
        return colour

    def _mix(self, mixture: int, hatched: bool) -> Color:
        pixel, shade = self.raster.pixels[mixture // SHADES], mixture % SHADES
        red = green = blue = 0.0
        for number, count in pixel:
            if number == EMPTY:
                part = self.palette.background
            else:
                part = self.colours[number].blend(self.palette.contour, 0.45 * shade / (SHADES - 1))
                if hatched and number in self.hatched:
                    part = part.blend(self.palette.caution, 0.7)
            red, green, blue = red + part.r * count, green + part.g * count, blue + part.b * count
        return Color(round(red / _SAMPLES), round(green / _SAMPLES), round(blue / _SAMPLES))

    def _cell(self, top: Color, bottom: Color) -> Segment:
        found = self._cells.get((top, bottom))
        if found is None:
            style = Style(color=top.rich_color, bgcolor=bottom.rich_color)
            found = self._cells[top, bottom] = Segment(" " if top == bottom else "▀", style)
        return found

    def _write(self, cells: list[Segment], number: int, x: int, row: int, letters: tuple[str, ...]) -> None:
        """Letters in the middle of a spot: the longest writing that fits on it, or the shortest."""
        left, right = x, x
        while left > 0 and self._shows(left - 1, row, number):
            left -= 1
        while right + 1 < len(cells) and self._shows(right + 1, row, number):
            right += 1
        text = next((text for text in letters if len(text) <= right - left + 1), letters[-1])
        x = (left + right) // 2 if len(text) > 1 else x
        start = max(0, min(x - (len(text) - 1) // 2, len(cells) - len(text)))
        for offset, letter in enumerate(text):
            cells[start + offset] = Segment(letter, self._letter_style(number))

    def _shows(self, x: int, row: int, number: int) -> bool:
        return any(part[0] == number for part in self.raster.pixel(x, min(2 * row, self.raster.height - 1)))

    def _letter_style(self, number: int) -> Style:
        if self.palette.plain:
            return Style(color=self.colours[number].rich_color, bold=True, reverse=number in self.highlighted)
        ground = self.colours[number]
        return Style(color=ground.get_contrast_text(1.0).rich_color, bgcolor=ground.rich_color, bold=True)

    def _plain(self, x: int, row: int) -> Segment:
        """A cell without colours: blocks for the body, the letter of what is marked, strokes for a caution."""
        counts: dict[int, int] = {}
        for y in (2 * row, 2 * row + 1):
            for number, count in self.raster.pixel(x, y) if y < self.raster.height else ((EMPTY, _SAMPLES),):
                counts[number] = counts.get(number, 0) + count
        number = max((one for one in counts if one != EMPTY), key=lambda one: counts[one], default=EMPTY)
        inside = counts.get(EMPTY, 0) <= _SAMPLES
        marked = number in self.hatched or number in self.letters
        if marked and not inside:
            return Segment(" ", Style())
        if number in self.highlighted and inside:
            return Segment("▒", Style(color=self.palette.highlight.rich_color))
        if number in self.hatched and (number not in self.letters or (x + row) % 2 == 0):
            return Segment("/", Style(color=self.palette.caution.rich_color))
        if marked:
            return Segment(self.letters[number][-1], Style(color=self.colours[number].rich_color))
        return Segment(self._quarters(x, row), Style(color=self.palette.text.rich_color, dim=True))

    def _quarters(self, x: int, row: int) -> str:
        """A cell in four quarters, so that the outline is fine where there are no shades; contours are left open."""
        if self.fine is None:
            return " "
        quarters = ((2 * x + dx, 4 * row + 2 * dy) for dy in (0, 1) for dx in (0, 1))
        return _QUARTERS[sum(1 << bit for bit, (a, b) in enumerate(quarters) if _is_body(self.fine, a, b))]


def _is_body(fine: Raster, x: int, y: int) -> bool:
    """Whether two pixels under each other are body and no contour."""
    if x >= fine.width or y + 1 >= fine.height:
        return False
    numbers = [fine.rows[y][x], fine.rows[y + 1][x]]
    parts = [part for number in numbers for part in fine.pixels[number // SHADES]]
    beside = sum(count for spot, count in parts if spot == EMPTY)
    return beside <= _SAMPLES and sum(number % SHADES for number in numbers) < 2 * (SHADES - 2)
