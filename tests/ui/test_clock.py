"""The session's clock on the screen: started and ended from the note, quiet at zero, its times in the signed note."""

from datetime import timedelta
from pathlib import Path

from tests.ui.doors import demo_copy
from tests.ui.driver import Clock, driven
from therapist_tui.ui.widgets.day_list import DayList


async def test_the_clock_is_started_and_ended_without_leaving_the_note(tmp_path: Path) -> None:
    clock = Clock()
    async with driven(demo_copy(tmp_path / "demo", clock), tmp_path, clock=clock) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("down", "down", "n")  # Tom, whom no caution stops
        await driver.until_shown("NoteScreen")
        await driver.press("ctrl+t")
        await driver.until(lambda: "0 min · 60 left" in driver.text)
        assert "10:24– by the clock" in driver.text
        clock.now += timedelta(minutes=34)
        await driver.type("same")  # any change shows the clock anew; else it does so every 20 seconds
        assert "34 min · 26 left" in driver.text.splitlines()[0]
        await driver.press("escape")
        await driver.until_shown("TodayScreen")
        assert "in session 34 min · 26 left" in driver.text.splitlines()[0]
        assert "14:00 34/60 ◉ Tom Adeyemi" in driver.text
        clock.now += timedelta(minutes=26)
        await driver.press("n")
        assert "60 min · time" in driver.text.splitlines()[0]
        await driver.press("ctrl+t")
        await driver.until(lambda: "since the session" in driver.text)
        assert "10:24–11:24 by the clock" in driver.text
        clock.now += timedelta(minutes=18)
        await driver.type("!")
        assert "▰▰▱▱▱▱ 18 min since the session" in driver.text.splitlines()[0]
        await driver.press("ctrl+t")
        assert "This session is done." in driver.text


async def test_a_caution_that_forbids_the_session_asks_for_a_reason_before_its_clock_runs(tmp_path: Path) -> None:
    clock = Clock()
    async with driven(demo_copy(tmp_path / "demo", clock), tmp_path, clock=clock) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("n", "ctrl+t")
        await driver.until_shown("AskScreen")
        await driver.press("escape")
        await driver.until_shown("NoteScreen")
        assert "left" not in driver.text.splitlines()[0]
        await driver.press("ctrl+t")
        await driver.until_shown("AskScreen")
        await driver.type("clot ruled out by ultrasound\n")
        await driver.until(lambda: "0 min · 60 left" in driver.text)


async def test_the_key_pressed_twice_at_once_starts_and_ends(tmp_path: Path) -> None:
    clock = Clock()
    async with driven(demo_copy(tmp_path / "demo", clock), tmp_path, clock=clock) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("down", "down", "n")
        await driver.until_shown("NoteScreen")
        await driver.press("ctrl+t")
        await driver.press("ctrl+t")
        await driver.until(lambda: "since the session" in driver.text)


async def test_only_the_row_of_the_running_session_is_painted_when_a_minute_passes(tmp_path: Path) -> None:
    clock = Clock()
    async with driven(demo_copy(tmp_path / "demo", clock), tmp_path, clock=clock) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("down", "down", "s", "s")
        days = driver.app.screen.query_one(DayList)
        await driver.until(lambda: "14:00 0/60" in driver.text)
        painted: list[int] = []
        days.refresh_line = painted.append  # pyright: ignore[reportAttributeAccessIssue]
        days.show_time(clock.now)
        assert painted == []
        days.show_time(clock.now + timedelta(minutes=1))
        assert len(painted) == 1
