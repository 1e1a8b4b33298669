"""The body map on the note: F7 goes there and back, and it and the shorthand line write the same marks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from tests.ui.driver import Driver, driven
from therapist_tui.domain.body.figure import Spot, View
from therapist_tui.domain.health import Side
from therapist_tui.domain.note import SHORTHAND_LIMIT, SessionNote
from therapist_tui.domain.shorthand import read
from therapist_tui.domain.shorthand.reader import _clause
from therapist_tui.ui.door import Door
from therapist_tui.ui.widgets.body_map import BodyMap
from therapist_tui.ui.widgets.body_pane import BodyPane, Session
from therapist_tui.ui.widgets.brief import Brief
from therapist_tui.ui.widgets.soap_editor import SoapEditor

UPPER_BACK = Spot(View.BACK, "upper_back", Side.LEFT)
CALF = Spot(View.BACK, "leg_posterior", Side.RIGHT)
SIZES = [(80, 24), (120, 36), (160, 48)]


@asynccontextmanager
async def on_the_map(
    door: Door, folder: Path, line: str = "", size: tuple[int, int] = (120, 36)
) -> AsyncIterator[Driver]:
    """The note of the highlighted client (Amara Okafor: a suspected clot in the left calf), with the map in focus."""
    async with driven(door, folder, size=size) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("n")
        await driver.until_shown("NoteScreen")
        if line:
            await driver.type(line)
        await driver.press("f7")
        yield driver


def body(driver: Driver) -> BodyMap:
    return driver.app.screen.query_one(BodyMap)


def line_of(driver: Driver) -> str:
    return driver.app.screen.query_one("#shorthand", Input).value


def signed(driver: Driver) -> list[SessionNote]:
    """Amara's earlier signed notes, newest first."""
    practice = driver.app.practice
    slot = next(s for s in practice.day.agenda(driver.app.today()).slots if s.brief.client.name[0] == "A")
    return [note for note in practice.notes.of_client(slot.brief.client.id) if note.signed]


def sessions(*lines: str) -> list[Session]:
    """Earlier sessions, newest first, a week apart."""
    return [Session(date(2026, 11, 16) - timedelta(weeks=back), read(line).marks) for back, line in enumerate(lines)]


async def test_f7_shows_the_map_in_the_place_of_the_brief_and_goes_back_to_where_the_cursor_was(
    demo: Door, tmp_path: Path
) -> None:
    async with on_the_map(demo, tmp_path) as driver:
        await driver.press("f7")
        driver.app.screen.query_one("#objective").focus()
        await driver.press("f7")
        assert body(driver).has_focus
        assert "front" in driver.text
        assert not driver.app.screen.query_one(Brief).display
        assert driver.app.screen.query_one("#writing").display
        await driver.press("f7")
        assert driver.app.screen.query_one("#objective").has_focus
        assert driver.app.screen.query_one(Brief).display
        assert not driver.app.screen.query_one(BodyPane).display


async def test_escape_leaves_the_map_and_not_the_note(demo: Door, tmp_path: Path) -> None:
    async with on_the_map(demo, tmp_path) as driver:
        await driver.press("escape")
        assert type(driver.app.screen).__name__ == "NoteScreen"
        assert driver.app.screen.query_one("#shorthand").has_focus


async def test_where_one_has_room_the_map_takes_the_editors_place(demo: Door, tmp_path: Path) -> None:
    async with on_the_map(demo, tmp_path, size=(80, 24)) as driver:
        assert not driver.app.screen.query_one("#writing").display
        await driver.press("f5")
        assert not driver.app.screen.query_one(BodyPane).display
        assert driver.app.screen.query_one(Brief).has_focus


async def test_a_key_right_after_f7_is_the_maps(demo: Door, tmp_path: Path) -> None:
    async with on_the_map(demo, tmp_path) as driver:
        await driver.press("f7")
        await driver.pilot.press("f7", "p", "7")
        await driver.settle()
        assert line_of(driver) == "L UB p! 7/10"
        assert driver.app.screen.query_one("#subjective", TextArea).text == "Pain: left upper back 7/10."


async def test_marking_writes_the_line_and_the_sections_and_is_kept(demo: Door, tmp_path: Path) -> None:
    async with on_the_map(demo, tmp_path, "R calf 4; MFR 25m; 2w") as driver:
        body(driver).spot = UPPER_BACK
        await driver.press("t", "7", "greater_than_sign", "3")
        assert line_of(driver) == "R calf 4; L UB tens 7>3; MFR 25m; 2w"
        assert "Left upper back: tension." in driver.app.screen.query_one("#objective", TextArea).text
        await driver.until(lambda: "draft saved" in driver.text)
        slot = next(
            s for s in driver.app.practice.day.agenda(driver.app.today()).slots if s.brief.client.name[0] == "A"
        )
        assert slot.note
        assert slot.note.content.shorthand == line_of(driver)
        await driver.press("backspace")
        assert line_of(driver) == "R calf 4; MFR 25m; 2w"


async def test_keys_in_one_burst_mark_as_one_after_the_other(demo: Door, tmp_path: Path) -> None:
    async with on_the_map(demo, tmp_path) as driver:
        body(driver).spot = UPPER_BACK
        await driver.pilot.press("x", "1", "0", "greater_than_sign", "4", "t")
        await driver.settle()
        assert line_of(driver) == "L UB TrP 10>4 tens"


async def test_a_muscle_that_was_typed_is_changed_on_its_region(demo: Door, tmp_path: Path) -> None:
    async with on_the_map(demo, tmp_path, "L trap 7 HT; 2w") as driver:
        body(driver).spot = UPPER_BACK
        await driver.press("greater_than_sign", "3")
        assert line_of(driver) == "L trap 7>3 HT; 2w"
        await driver.press("backspace")
        assert line_of(driver) == "2w"


async def test_what_is_typed_shows_on_the_map(demo: Door, tmp_path: Path) -> None:
    async with on_the_map(demo, tmp_path) as driver:
        driver.app.screen.query_one("#shorthand").focus()
        await driver.type("R calf N/T")
        assert [mark.place.named for mark in body(driver).marks] == ["right calf"]
        await driver.press("f7")
        assert body(driver).has_focus


async def test_a_full_line_is_not_cut_but_refused(demo: Door, tmp_path: Path) -> None:
    async with on_the_map(demo, tmp_path) as driver:
        full = "HEP " + "x" * (SHORTHAND_LIMIT - 8)
        driver.app.screen.query_one(SoapEditor).set_shorthand(full)
        await driver.settle()
        await driver.press("p")
        assert line_of(driver) == full
        assert body(driver).marks == ()
        assert "full" in driver.text


async def test_regions_that_a_caution_leaves_out_are_hatched_and_said(demo: Door, tmp_path: Path) -> None:
    async with on_the_map(demo, tmp_path) as driver:
        assert ("leg_posterior", Side.LEFT) in body(driver).cautioned
        assert "■ STOP  left lower leg" in driver.text


async def test_the_key_line_and_the_help_tell_the_maps_keys_while_it_has_the_focus(demo: Door, tmp_path: Path) -> None:
    async with on_the_map(demo, tmp_path) as driver:
        assert "> pain after" in driver.text.splitlines()[-1]
        await driver.press("f1")
        assert "Mark a trigger point, or take it away" in driver.text
        await driver.press("escape", "f7")
        assert "F9 sign" in driver.text.splitlines()[-1]
        await driver.press("f1")
        assert "Mark a trigger point" not in driver.text


@pytest.mark.parametrize("size", SIZES)
async def test_a_click_on_the_note_hits_the_region_drawn_there(
    demo: Door, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with on_the_map(demo, tmp_path, size=size) as driver:
        figure = body(driver)
        cells = ((x, y) for y in range(figure.size.height) for x in range(figure.size.width))
        drawn = {spot: at for at in cells if (spot := figure.spot_at(*at))}
        assert len(drawn) > 60
        for spot, at in list(drawn.items())[::9]:
            await driver.pilot.click(BodyMap, offset=at)
            assert figure.spot == spot
            assert figure.has_focus


async def test_earlier_sessions_are_stepped_through_and_only_read(demo: Door, tmp_path: Path) -> None:
    async with on_the_map(demo, tmp_path) as driver:
        notes = signed(driver)
        await driver.press("left_square_bracket")
        newest = notes[0].service_at.astimezone(driver.app.practice.zone)
        assert f"{newest.day} {newest:%b %Y} · 1 of {len(notes)} · read only" in driver.text
        await driver.press("p")
        assert line_of(driver) == ""
        assert "read only: ] or esc comes back" in driver.text
        await driver.press(*["left_square_bracket"] * (len(notes) + 2))
        assert f"{len(notes)} of {len(notes)} · read only" in driver.text
        await driver.press("escape")
        assert "read only" not in driver.text
        assert body(driver).has_focus
        await driver.press("left_square_bracket", "right_square_bracket", "p")
        assert line_of(driver) == "L UB p!"


async def test_the_trend_of_a_region_goes_over_all_sessions(demo: Door, tmp_path: Path) -> None:
    async with on_the_map(demo, tmp_path, "L trap 5>2") as driver:
        pane = driver.app.screen.query_one(BodyPane)
        pane.show_sessions(sessions("L trap 6>3", "MFR 25m", "L UB 7>3 HT"))
        body(driver).spot = CALF
        await driver.settle()
        assert "right calf: not marked in any session" in driver.text
        body(driver).spot = UPPER_BACK
        await driver.settle()
        assert "left upper back: 7→3, 6→3, 5→2 today" in driver.text
        await driver.press("left_square_bracket")
        assert [mark.pain_before for mark in body(driver).marks] == [6]


async def test_locking_forgets_the_lines_that_were_read(demo: Door, tmp_path: Path) -> None:
    async with on_the_map(demo, tmp_path, "L trap 5>2") as driver:
        assert _clause.cache_info().currsize
        await driver.press("ctrl+l")
        assert not _clause.cache_info().currsize
