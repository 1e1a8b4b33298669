"""The body map: front and back of the body in half-blocks; regions are marked by keys and by mouse."""

from dataclasses import replace

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.color import Color
from textual.geometry import Region as Area
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from therapist_tui.domain.body.figure import Spot, View
from therapist_tui.domain.body.marks import Finding, Mark, MarkKind, Place, mark_at, marks_at, with_mark
from therapist_tui.domain.body.neighbours import neighbour
from therapist_tui.domain.body.raster import fitting, raster
from therapist_tui.domain.health import Side
from therapist_tui.domain.shorthand.lexicon import finding_kinds
from therapist_tui.domain.shorthand.showing import shown, told

from .. import keys
from ..running import app_of
from .body_paint import Painter, Palette

FINDINGS = {
    MarkKind.PAIN: "pain",
    MarkKind.TENSION: "tension",
    MarkKind.TRIGGER_POINT: "trigger_point",
    MarkKind.NUMBNESS: "numbness",
    MarkKind.AVOIDED: "avoid",
}
"""The finding that each key sets."""
START = Spot(View.BACK, "upper_back", Side.LEFT)
_GAP = 4


class BodyMap(Widget, can_focus=True):
    """Two figures with named regions. `marks` and `cautioned` are bound in, what the user marks goes out."""

    COMPONENT_CLASSES = {
        "body-map--body", "body-map--contour", "body-map--highlight", "body-map--caution", "body-map--label",
        "body-map--pain", "body-map--tension", "body-map--trigger-point", "body-map--numbness", "body-map--avoided",
    }  # fmt: skip
    DEFAULT_CSS = """
    BodyMap {
        height: 1fr; min-height: 8; width: 1fr; min-width: 24;
        & > .body-map--body { color: $foreground 45%; }
        & > .body-map--contour { color: $background; }
        &:light > .body-map--contour { color: $foreground; }
        & > .body-map--highlight { color: $primary; }
        & > .body-map--caution { color: $error; }
        & > .body-map--label { color: $foreground 70%; }
        & > .body-map--pain { color: $error; }
        & > .body-map--tension { color: $warning; }
        & > .body-map--trigger-point { color: $accent; }
        & > .body-map--numbness { color: $secondary; }
        & > .body-map--avoided { color: $foreground 12%; }
    }
    """
    SCOPE = "body"
    BINDINGS = keys.bindings(SCOPE)

    marks: reactive[tuple[Mark, ...]] = reactive((), layout=False)
    cautioned: reactive[frozenset[tuple[str, Side]]] = reactive(frozenset(), layout=False)
    """Regions that an open caution leaves out, with their side; Side.NONE or BOTH for either."""
    spot: reactive[Spot] = reactive(START, layout=False, repaint=False)
    both: reactive[bool] = reactive(False, layout=False)

    class Highlighted(Message):
        """The highlight moved to another region."""

        def __init__(self, region: str, side: Side) -> None:
            self.region = region
            self.side = side
            super().__init__()

    class Marked(Message):
        """The user marked a region. `mark` is the new one for its place; without findings and pain it is cleared."""

        def __init__(self, mark: Mark) -> None:
            self.mark = mark
            super().__init__()

    class Refused(Message):
        """A key would have changed marks that are only shown."""

    class Stepped(Message):
        """The session `step` sessions earlier is wanted; -1 is one later."""

        def __init__(self, step: int) -> None:
            self.step = step
            super().__init__()

    class Done(Message):
        """The user is done with the map, or with the earlier session on it."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._painters: tuple[Painter, ...] = ()
        self._colours: Palette | None = None
        self._typed: str | None = None
        """Which pain a second digit belongs to: "before" or "after"; None before the first."""
        self._answering_after = False
        self.read_only = False
        """Whether the marks are only shown: those of an earlier session."""

    def compose(self) -> ComposeResult:
        """Nothing inside: all is drawn."""
        return iter(())

    # What is drawn

    def render_line(self, y: int) -> Strip:
        """Labels on top, the figures, what is highlighted in words at the bottom."""
        width, height = self.size
        if y == 0:
            return self._labels(width)
        if y == height - 1:
            return self._words(width)
        painters = self._painted()
        left, right = self._offsets()
        top = self._top()
        ground = Segment(" ", Style(bgcolor=None if self._palette().plain else self._palette().background.rich_color))
        cells = [ground] * width
        for painter, x in zip(painters, (left, right), strict=True):
            row = y - top
            if 0 <= row < (painter.raster.height + 1) // 2:
                cells[x : x + painter.raster.width] = painter.row(row)
        return Strip(list(Segment.simplify(cells[:width])), width)

    def _figure_size(self) -> tuple[int, int]:
        width, height = self.size
        return fitting(max(4, (width - _GAP) // 2), max(4, 2 * (height - 2)))

    def _offsets(self) -> tuple[int, int]:
        """Where the two figures begin: in the middle of the widget, a little apart."""
        width, _ = self._figure_size()
        spare = max(0, self.size.width - 2 * width)
        gap = min(spare, max(_GAP, spare // 4))
        left = (spare - gap) // 2
        return left, left + width + gap

    def _top(self) -> int:
        _, height = self._figure_size()
        return 1 + max(0, (self.size.height - 2 - (height + 1) // 2) // 2)

    def _painted(self) -> tuple[Painter, ...]:
        if not self._painters:
            self._painters = tuple(self._painter(view) for view in View)
        return self._painters

    def _painter(self, view: View) -> Painter:
        drawn = raster(view, *self._figure_size())
        palette = self._palette()
        lit = self._lit()
        seen = [shown(self.marks, spot.region, spot.side) for spot in drawn.spots]
        return Painter(
            drawn,
            palette,
            [palette.spot(seen[at], spot in lit, self.has_focus) for at, spot in enumerate(drawn.spots)],
            frozenset(at for at, spot in enumerate(drawn.spots) if self._cautioned(spot)),
            {at: one.letters for at, one in enumerate(seen) if one},
            frozenset(at for at, spot in enumerate(drawn.spots) if spot in lit),
            raster(view, 2 * drawn.width, 2 * drawn.height) if palette.plain else None,
        )

    def _relight(self, painter: Painter) -> None:
        """Colour anew what was highlighted and what is."""
        lit = frozenset(at for at, spot in enumerate(painter.raster.spots) if spot in self._lit())
        colours = {
            at: self._palette().spot(shown(self.marks, spot.region, spot.side), at in lit, self.has_focus)
            for at in lit | painter.highlighted
            if (spot := painter.raster.spots[at])
        }
        painter.recolour(colours, lit)

    def _lit(self) -> frozenset[Spot]:
        other = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}.get(self.spot.side, self.spot.side)
        return frozenset((self.spot, replace(self.spot, side=other))) if self.both else frozenset((self.spot,))

    def _cautioned(self, spot: Spot) -> bool:
        either = {(spot.region, Side.NONE), (spot.region, Side.BOTH), (spot.region, spot.side)}
        return bool(either & self.cautioned) or (
            spot.side is Side.NONE and any(region == spot.region for region, _ in self.cautioned)
        )

    def _palette(self) -> Palette:
        if self._colours is None:
            self._colours = self._mixed_palette()
        return self._colours

    def _mixed_palette(self) -> Palette:
        background = self.background_colors[1]
        text = self._component("label", background)
        return Palette(
            background,
            self._component("body", background),
            self._component("contour", background),
            self._component("highlight", background),
            self._component("caution", background),
            {kind: self._component(kind.value.replace(" ", "-"), background) for kind in MarkKind},
            text,
            plain=app_of(self).no_color or background.ansi is not None or text.ansi is not None,
        )

    def _component(self, name: str, background: Color) -> Color:
        colour = self.get_component_styles(f"body-map--{name}").color
        return colour if colour.ansi is not None or background.ansi is not None else background + colour

    def _labels(self, width: int) -> Strip:
        size, _ = self._figure_size()
        found: list[tuple[int, str]] = []
        for x, (first, middle, last) in zip(self._offsets(), (("R", "front", "L"), ("L", "back", "R")), strict=True):
            found += [(x, first), (x + (size - len(middle)) // 2, middle), (x + size - 1, last)]
        return self._text(found, width)

    def _words(self, width: int) -> Strip:
        here = [told(mark) for mark in self.marks if mark.place.covers(self.spot.region, self.spot.side)]
        caution = "  ◆ caution" if self._cautioned(self.spot) else ""
        text = (self.place.named + caution + ("  " + "; ".join(here) if here else ""))[:width]
        return self._text([(max(0, (width - len(text)) // 2), text)], width)

    def _text(self, parts: list[tuple[int, str]], width: int) -> Strip:
        """Texts at their places in a line; nothing of ours is wider than a cell a letter."""
        palette = self._palette()
        ground = Style() if palette.plain else Style(bgcolor=palette.background.rich_color)
        style = Style() if palette.plain else ground + Style(color=palette.text.rich_color)
        segments: list[Segment] = []
        at = 0
        for x, text in parts:
            segments += [Segment(" " * (x - at), ground)] if x > at else []
            segments.append(Segment(text, style))
            at = max(at, x) + len(text)
        return Strip(segments).adjust_cell_length(width, ground)

    # Changes

    def _repaint(self) -> None:
        self._painters = ()
        self.refresh()

    def watch_marks(self) -> None:
        """Paint anew what is marked."""
        self._repaint()

    def watch_cautioned(self) -> None:
        """Paint anew what is hatched."""
        self._repaint()

    def watch_both(self) -> None:
        """Light or dim the other side."""
        self._repaint()

    def on_resize(self) -> None:
        """The figure in its new size."""
        self._painters = ()

    def on_focus(self) -> None:
        """A brighter highlight."""
        self._repaint()

    def on_blur(self) -> None:
        """A dimmer highlight."""
        self._repaint()

    def notify_style_update(self) -> None:
        """Another theme: other colours."""
        super().notify_style_update()
        self._painters, self._colours = (), None

    def watch_spot(self, before: Spot, after: Spot) -> None:
        """Repaint the rows of the region left and of the one entered, and say so."""
        self._typed, self._answering_after = None, False
        self.set_reactive(BodyMap.both, False)
        if not self.is_mounted or self.size.area == 0:
            return
        top = self._top()
        for painter in self._painted():
            self._relight(painter)
            for number, spot in enumerate(painter.raster.spots):
                if spot.region in (before.region, after.region):
                    first, last = painter.raster.extents[number]
                    self.refresh(Area(0, top + first // 2, self.size.width, last // 2 - first // 2 + 1))
        self.refresh(Area(0, self.size.height - 1, self.size.width, 1))
        self.post_message(self.Highlighted(after.region, after.side))

    # What the user does

    def spot_at(self, x: int, y: int) -> Spot | None:
        """The region drawn in a cell of the widget."""
        row = y - self._top()
        for painter, left in zip(self._painted(), self._offsets(), strict=True):
            found = painter.raster.at(x - left, 2 * row) or painter.raster.at(x - left, 2 * row + 1)
            if found and row >= 0:
                return found
        return None

    def on_click(self, event: events.Click) -> None:
        """Highlight the region drawn there."""
        offset = event.get_content_offset(self)
        if offset and (found := self.spot_at(offset.x, offset.y)):
            self.spot = found

    def action_up(self) -> None:
        """To the nearest region above."""
        self.spot = neighbour(self.spot, "up")

    def action_down(self) -> None:
        """To the nearest region below."""
        self.spot = neighbour(self.spot, "down")

    def action_left(self) -> None:
        """To the nearest region on the left."""
        self.spot = neighbour(self.spot, "left")

    def action_right(self) -> None:
        """To the nearest region on the right."""
        self.spot = neighbour(self.spot, "right")

    @property
    def place(self) -> Place:
        """The highlighted region, on both sides when both are meant."""
        side = Side.BOTH if self.both and self.spot.side is not Side.NONE else self.spot.side
        return Place(self.spot.region, side)

    def _change(self, *marks: Mark) -> None:
        """Show the marks at once, so that the next key finds them, and say so."""
        if self.read_only:
            self.post_message(self.Refused())
            return
        for mark in marks:
            self.marks = with_mark(self.marks, mark)
            self.post_message(self.Marked(mark))

    def action_both(self) -> None:
        """Mark both sides at once, or one again."""
        self.both = not self.both and self.spot.side is not Side.NONE

    def action_pain(self) -> None:
        """Pain there, or none."""
        self._toggle(MarkKind.PAIN)

    def action_tension(self) -> None:
        """Tension there, or none."""
        self._toggle(MarkKind.TENSION)

    def action_trigger_point(self) -> None:
        """A trigger point there, or none."""
        self._toggle(MarkKind.TRIGGER_POINT)

    def action_numbness(self) -> None:
        """Numbness there, or none."""
        self._toggle(MarkKind.NUMBNESS)

    def action_avoided(self) -> None:
        """Left out, or not."""
        self._toggle(MarkKind.AVOIDED)

    def _toggle(self, wanted: MarkKind) -> None:
        """Set a finding of this kind, or take away all of this kind."""
        mark = mark_at(self.marks, self.place)
        others = tuple(one for one in mark.findings if finding_kinds().get(one.id) is not wanted)
        if len(others) == len(mark.findings):
            others = (*others, Finding(FINDINGS[wanted]))
        self._change(replace(mark, findings=others))

    def action_after(self) -> None:
        """The next digit is the pain after."""
        self._answering_after, self._typed = True, None

    def action_number(self, digit: str) -> None:
        """Pain from 0 to 10, before or after the work; 1 and then 0 is 10."""
        mark = mark_at(self.marks, self.place)
        field = "pain_after" if self._answering_after else "pain_before"
        ten = digit == "0" and self._typed == field and getattr(mark, field) == 1
        self._typed = field
        self._change(replace(mark, **{field: 10 if ten else int(digit)}))

    def action_clear(self) -> None:
        """Take away all that is marked on this region."""
        self._typed, self._answering_after = None, False
        self._change(*(Mark(one.place) for one in marks_at(self.marks, self.place)))

    def action_earlier(self) -> None:
        """Show the session before."""
        self.post_message(self.Stepped(+1))

    def action_later(self) -> None:
        """Show the session after."""
        self.post_message(self.Stepped(-1))

    def action_done(self) -> None:
        """Back."""
        self.post_message(self.Done())
