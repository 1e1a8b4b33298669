"""The body map under a pilot: what is clicked, walked to and marked is what is drawn there."""

import time

import pytest
from textual.app import App, ComposeResult

from therapist_tui.domain.body.figure import Spot, View
from therapist_tui.domain.body.marks import Mark
from therapist_tui.domain.health import Side
from therapist_tui.domain.shorthand import read
from therapist_tui.ui.widgets.body_map import BodyMap

SIZES = [(80, 24), (120, 36), (160, 48), (60, 20)]


class Bare(App[None]):
    """An app with the map and nothing else; it keeps what was marked, as the note does."""

    CSS = "BodyMap { width: 100%; height: 100%; min-width: 1; min-height: 1; }"

    def __init__(self, line: str = "", cautioned: frozenset[tuple[str, Side]] = frozenset()) -> None:
        super().__init__()
        self.line = line
        self.cautioned = cautioned
        self.heard: list[tuple[str, Side]] = []
        self.marked: list[Mark] = []

    def compose(self) -> ComposeResult:
        body = BodyMap()
        body.set_reactive(BodyMap.marks, read(self.line).marks)
        body.set_reactive(BodyMap.cautioned, self.cautioned)
        yield body

    @property
    def body(self) -> BodyMap:
        return self.query_one(BodyMap)

    def on_body_map_highlighted(self, event: BodyMap.Highlighted) -> None:
        self.heard.append((event.region, event.side))

    def on_body_map_marked(self, event: BodyMap.Marked) -> None:
        self.marked.append(event.mark)
        others = tuple(mark for mark in self.body.marks if mark.place != event.mark.place)
        empty = not event.mark.findings and event.mark.pain_before is None and event.mark.pain_after is None
        self.body.marks = others if empty else (*others, event.mark)


def text_of(app: Bare) -> list[str]:
    return [app.body.render_line(y).text for y in range(app.body.size.height)]


def cells_of(app: Bare) -> dict[tuple[int, int], Spot]:
    body = app.body
    every = ((x, y) for y in range(body.size.height) for x in range(body.size.width))
    return {at: spot for at in every if (spot := body.spot_at(*at))}


@pytest.mark.parametrize("size", SIZES)
async def test_a_click_hits_the_region_drawn_there(size: tuple[int, int]) -> None:
    app = Bare()
    async with app.run_test(size=size) as pilot:
        drawn = {spot: at for at, spot in cells_of(app).items()}
        assert {spot.region for spot in drawn} >= {"shoulder", "low_back", "knee", "face", "hand", "leg_posterior"}
        for spot, at in list(drawn.items())[::5]:
            app.body.spot = next(other for other in drawn if other != spot)
            await pilot.click(BodyMap, offset=at)
            assert app.body.spot == spot
            assert app.heard[-1] == (spot.region, spot.side)


async def test_a_click_beside_the_body_changes_nothing() -> None:
    app = Bare()
    async with app.run_test(size=(80, 24)) as pilot:
        before = app.body.spot
        await pilot.click(BodyMap, offset=(0, 10))
        assert app.body.spot == before


async def test_the_region_clicked_is_the_region_painted() -> None:
    app = Bare()
    async with app.run_test(size=(80, 24)) as pilot:
        before = [list(app.body.render_line(y)) for y in range(24)]
        abdomen = [at for at, spot in cells_of(app).items() if spot.region == "abdomen"]
        await pilot.click(BodyMap, offset=abdomen[len(abdomen) // 2])
        changed = {y for y in range(24) if list(app.body.render_line(y)) != before[y]}
        assert {y for _, y in abdomen} <= changed


async def test_arrows_walk_over_the_figure_and_say_so() -> None:
    app = Bare()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("left", "left", "up")
        assert len(app.heard) == 3
        assert (app.body.spot.region, app.body.spot.side) == app.heard[-1]


async def test_left_from_the_back_comes_to_the_front() -> None:
    app = Bare()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["left"] * 8)
        assert app.body.spot.view is View.FRONT


@pytest.mark.parametrize(
    ("key", "finding"),
    [("p", "pain"), ("t", "tension"), ("x", "trigger_point"), ("n", "numbness"), ("a", "avoid")],
)
async def test_a_key_marks_and_takes_away(key: str, finding: str) -> None:
    app = Bare()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        assert [one.id for one in app.marked[-1].findings] == [finding]
        await pilot.press(key)
        assert app.marked[-1].findings == ()


async def test_digits_are_pain_before_and_after() -> None:
    app = Bare()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "0", "greater_than_sign", "3")
        assert (app.marked[-1].pain_before, app.marked[-1].pain_after) == (10, 3)
        await pilot.press("backspace")
        assert app.body.marks == ()


async def test_both_sides_are_marked_at_once() -> None:
    app = Bare()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("left", "b", "t")
        assert app.marked[-1].place.side is Side.BOTH


async def test_marks_are_shown_with_their_letters() -> None:
    app = Bare("L UT 7>3 HT; R calf N/T; low back 4 HT")
    async with app.run_test(size=(120, 36)):
        shown = "\n".join(text_of(app)[1:-1])
        assert "t7>3" in shown
        assert "t4" in shown
        assert "n" in shown


async def test_without_colour_letters_and_strokes_say_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Bare("R glut max p! 6", frozenset({("leg_posterior", Side.LEFT)}))
    async with app.run_test(size=(80, 24)):
        shown = "\n".join(text_of(app))
        assert "█" in shown
        assert "p6" in shown
        assert "//" in shown
        assert "▀" not in shown


async def test_a_caution_shows_without_colour_on_a_marked_region_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Bare("L low back HT", frozenset({("low_back", Side.NONE)}))
    async with app.run_test(size=(80, 24)):
        assert any("/" in line and "t" in line for line in text_of(app))


@pytest.mark.parametrize("size", [*SIZES, (30, 10), (24, 8), (5, 3), (200, 60)])
async def test_every_size_is_drawn_without_raising(size: tuple[int, int]) -> None:
    app = Bare("L UT 7>3 HT TrP; FB p!")
    async with app.run_test(size=size) as pilot:
        await pilot.press("left", "p")
        assert all(app.body.render_line(y).cell_length == size[0] for y in range(app.body.size.height))


async def test_moving_the_highlight_repaints_quickly() -> None:
    app = Bare("L UT 7>3 HT; R piri 6")
    async with app.run_test(size=(160, 48)):
        spent: list[float] = []
        for way in ("left", "down", "right", "up") * 3:
            start = time.perf_counter()
            getattr(app.body, f"action_{way}")()
            for y in range(48):
                app.body.render_line(y)
            spent.append(time.perf_counter() - start)
        print(f"whole figure repainted at 160x48: best {min(spent) * 1000:.1f} ms, worst {max(spent) * 1000:.1f}")
        assert min(spent) < 0.05
