"""The figure covers the body, is the same on both sides, and can be walked over by arrow keys."""

import pytest

from therapist_tui.domain.body.figure import HEIGHT, WIDTH, Spot, View, drawing
from therapist_tui.domain.body.neighbours import neighbour, places
from therapist_tui.domain.body.raster import EMPTY, fitting, raster
from therapist_tui.domain.body.regions import regions
from therapist_tui.domain.health import Side

SIZES = [(40, 36), (80, 72), (160, 92), (33, 37)]


def inside(x: float, y: float, curve: tuple[tuple[float, float], ...]) -> bool:
    """By counting crossings, written anew here so that it does not share the raster's mistakes."""
    within = False
    x0, y0 = curve[-1]
    for x1, y1 in curve:
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            within = not within
        x0, y0 = x1, y1
    return within


def test_a_side_of_the_low_back_is_drawn_on_that_side() -> None:
    drawn = raster(View.BACK, *fitting(80, 72))
    middle = {
        spot.side: at[0] for spot, at in zip(drawn.spots, drawn.centres, strict=True) if spot.region == "low_back"
    }
    assert middle[Side.LEFT] < drawn.width / 2 < middle[Side.RIGHT]


def test_every_region_but_the_whole_body_is_drawn() -> None:
    drawn = {spot.region for view in View for spot in drawing(view).spots}
    assert drawn == set(regions()) - {"whole_body"}


@pytest.mark.parametrize("view", list(View))
def test_every_place_within_the_outlines_belongs_to_a_region(view: View) -> None:
    figure = drawing(view)
    drawn = raster(view, 192, 400)
    for y in range(0, 400, 2):
        for x in range(0, 192, 2):
            at = ((x + 0.5) / 192 - 0.5) * WIDTH, (y + 0.5) / 400 * HEIGHT
            if any(inside(*at, curve) for curves in figure.parts.values() for curve in curves):
                assert any(number != EMPTY for number, _ in drawn.pixel(x, y)), at


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("size", SIZES)
def test_left_and_right_are_mirror_images(view: View, size: tuple[int, int]) -> None:
    drawn = raster(view, *fitting(*size))
    for y in range(drawn.height):
        row = [drawn.pixel(x, y) for x in range(drawn.width)]
        seen = [
            [(drawn.spots[number].region if number != EMPTY else "", count) for number, count in one] for one in row
        ]
        assert [sorted(one) for one in seen] == [sorted(one) for one in reversed(seen)]


def test_left_of_the_client_is_on_the_viewers_right_in_front_and_left_behind() -> None:
    for view, on_right in ((View.FRONT, Side.LEFT), (View.BACK, Side.RIGHT)):
        drawn = raster(view, *fitting(80, 72))
        hand = {spot.side: drawn.centres[at][0] for at, spot in enumerate(drawn.spots) if spot.region == "hand"}
        assert max(hand, key=lambda side: hand[side]) is on_right


@pytest.mark.parametrize("view", list(View))
def test_every_region_can_be_seen_from_twenty_rows_up(view: View) -> None:
    drawn = raster(view, *fitting(38, 36))
    assert [spot for spot, at in zip(drawn.spots, drawn.centres, strict=True) if at == (-1, -1)] == []


def test_arrows_reach_every_region_from_every_region() -> None:
    ways = ("up", "down", "left", "right")
    nexts = {spot: {neighbour(spot, way) for way in ways} for spot in places()}

    def reached(start: Spot) -> set[Spot]:
        seen, todo = {start}, [start]
        while todo:
            for other in nexts[todo.pop()] - seen:
                seen.add(other)
                todo.append(other)
        return seen

    assert all(reached(spot) == set(places()) for spot in places())


def test_a_step_never_goes_the_other_way() -> None:
    for spot, (x, y) in places().items():
        assert places()[neighbour(spot, "up")][1] <= y
        assert places()[neighbour(spot, "down")][1] >= y
        assert places()[neighbour(spot, "left")][0] <= x
        assert places()[neighbour(spot, "right")][0] >= x
