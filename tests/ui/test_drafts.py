"""What is typed is kept: in notes and forms, through leaving, locking and an untidy end."""

import asyncio
from pathlib import Path

import pytest
from textual import events

from tests.ui.driver import Driver, driven
from therapist_tui.domain.note import NoteContent
from therapist_tui.domain.treatments import Treatment
from therapist_tui.ui.door import Door
from therapist_tui.ui.widgets.soap_editor import SoapEditor


async def open_bens_note(driver: Driver) -> None:
    await driver.until_shown("TodayScreen")
    await driver.press("home", "n")
    await driver.until_shown("NoteScreen")


async def test_note_draft_is_stored_within_a_second_without_any_key(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await open_bens_note(driver)
        await driver.press("f5", "f5")  # the cursor goes back to the start of S
        await driver.type("Slept well. ")
        await driver.until(lambda: "draft saved" in driver.text)
        (slot, *_) = driver.app.practice.day.agenda(driver.app.today()).slots
        assert slot.note
        assert slot.note.content.subjective.startswith("Slept well. ")


async def test_note_typed_and_left_at_once_is_there_when_it_is_opened_again(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await open_bens_note(driver)
        await driver.pilot.press("X", "Y", "Z", "escape")
        await driver.until_shown("TodayScreen")
        await open_bens_note(driver)
        assert "XYZ" in driver.text


async def test_form_left_halfway_brings_back_what_was_typed(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("h")
        await driver.until_shown("FormScreen")
        await driver.type("tingling [both] hands")
        await driver.press("escape")
        await driver.until_shown("TodayScreen")
        await driver.press("h")
        await driver.until_shown("FormScreen")
        assert "tingling [both] hands" in driver.text
        assert "Brought back" in driver.text
        await driver.press("f5")
        assert "tingling" not in driver.text


async def test_lock_keeps_the_text_hides_everything_and_comes_back_to_the_place(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await open_bens_note(driver)
        await driver.pilot.press("f4", "Q", "Q", "Q", "ctrl+l")  # F4: from the shorthand line to S
        await driver.until_shown("UnlockScreen")
        assert "QQQ" not in driver.text
        assert "Tanaka" not in driver.text
        driver.app.screen_stack[-2].post_message(SoapEditor.Changed())  # of a key that was on its way
        await driver.settle()
        await driver.press("enter")
        await driver.until_shown("NoteScreen")
        assert "QQQ" in driver.text
        await driver.until(lambda: driver.app.unlocked)
        slot = driver.app.practice.day.agenda(driver.app.today()).slots[0]
        assert slot.note
        assert "QQQ" in slot.note.content.subjective


async def test_masking_shows_initials_instead_of_names_everywhere_on_the_day(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("f2")
        for name in ("Okafor", "Tanaka", "Novak", "Adeyemi"):
            assert name not in driver.text
        assert "A. O." in driver.text
        await driver.press("f2")
        assert "Amara Okafor" in driver.text


@pytest.mark.parametrize(("key", "screen"), [("h", "FormScreen"), ("n", "NoteScreen"), ("e", "FormScreen")])
async def test_keys_typed_before_the_fields_are_ready_are_not_lost(
    demo: Door, tmp_path: Path, key: str, screen: str
) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        driver.app.post_message(events.Key(key, key))
        while type(driver.app.screen).__name__ != screen:
            await asyncio.sleep(0)  # the screen is there, its fields are not
        for letter in "gout":
            driver.app.post_message(events.Key(letter, letter))
        await driver.until(lambda: "gout" in driver.text)


async def test_burst_of_keys_goes_field_by_field(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("n")
        await driver.until_shown("NoteScreen")
        for letter in "\tsaid\tfound\tMFR 25\t7\t3\tbetter":  # all at once, as after a moment in which the machine hung
            key = {"\t": "tab", " ": "space"}.get(letter, letter)
            driver.app.post_message(events.Key(key, None if key == "tab" else letter))
        await driver.until(lambda: "draft saved" in driver.text)
        editor = driver.app.screen.query_one(SoapEditor)
        assert editor.content == NoteContent("said", "found", "better", "", (Treatment("MFR", 25),), 7, 3)
