"""Keys that come in one burst, as from a fast hand on a busy machine, have the effect they have one by one."""

from pathlib import Path

from textual import events
from textual.widgets import Input, TextArea

from tests.ui.driver import Driver, driven
from therapist_tui.ui.door import Door
from therapist_tui.ui.screens.form import FormScreen
from therapist_tui.ui.screens.note import NoteScreen
from therapist_tui.ui.widgets.day_list import DayList
from therapist_tui.ui.widgets.soap_editor import SoapEditor

CHARACTERS = {"enter": "\r", "tab": "\t"}


def burst(driver: Driver, *keys: str) -> None:
    """Send the keys before any of them can be handled."""
    for key in keys:
        driver.app.post_message(events.Key(key, CHARACTERS.get(key, key if len(key) == 1 else None)))


async def test_letters_after_end_and_enter_stand_behind_what_was_there(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("n", "f4", "enter")
        await driver.type("stiff")
        await driver.press("home")
        burst(driver, "end", "enter", "n", "e", "w", "home", "x")
        section = driver.app.screen.query_one("#subjective", TextArea)
        await driver.until(lambda: "x" in section.text)
        assert section.text.endswith("stiff\nxnew")


async def test_letters_after_a_key_that_opens_a_form_stand_in_its_field(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        highlighted = driver.app.screen.query_one(DayList).slot
        burst(driver, "h", "d", "n", "x", "tab", "tab")
        await driver.until_shown("FormScreen")
        await driver.until(lambda: "dnx" in [field.value for field in driver.app.screen.query(Input)] + _texts(driver))
        assert isinstance(driver.app.screen, FormScreen)
        await driver.press("escape")
        assert driver.app.screen.query_one(DayList).slot == highlighted


async def test_keys_before_and_after_leaving_a_screen_go_where_they_were_meant(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        burst(driver, "n", "o", "l", "d", "escape", "home", "n", "n", "e", "w")
        await driver.until(
            lambda: (
                isinstance(driver.app.screen, NoteScreen)
                and driver.app.screen.query_one(SoapEditor).shorthand.endswith("new")
            )
        )
        await driver.press("escape")
        await driver.until_shown("TodayScreen")
        agenda = await driver.app.records.run(driver.app.practice.day.agenda, driver.app.today())
        typed = [note.content.shorthand for slot in agenda.slots for note in [slot.note] if note]
        assert sum("old" in one for one in typed) == sum("new" in one for one in typed) == 1


def _texts(driver: Driver) -> list[str]:
    return [area.text for area in driver.app.screen.query(TextArea)]


async def test_keys_after_leaving_the_program_are_nobodys(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        burst(driver, "n", "o", "ctrl+q", "x", "down")
        while not driver.app._exit:
            await driver.pilot.pause()
        assert driver.app.return_code in (0, None)
    assert not [*tmp_path.glob("crash-*")]
