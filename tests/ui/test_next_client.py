"""Ctrl+n from anywhere: the next unfinished appointment, its note with the cursor ready, nothing typed lost."""

import asyncio
from pathlib import Path

import pytest
from textual import events

from tests.ui.driver import Driver, driven
from therapist_tui.ui.door import Door
from therapist_tui.ui.screens.form import FormScreen
from therapist_tui.ui.screens.note import NoteScreen
from therapist_tui.ui.widgets.day_list import DayList
from therapist_tui.ui.widgets.soap_editor import SoapEditor


def note(driver: Driver) -> NoteScreen:
    assert isinstance(driver.app.screen, NoteScreen)
    return driver.app.screen


def status_line(driver: Driver) -> str:
    return driver.text.splitlines()[0]


@pytest.mark.parametrize(
    "way",
    [
        (),
        ("down", "down", "enter"),  # a chart
        ("e", "tab"),  # a form
        ("g",),  # a question
        ("m",),
        ("question_mark",),
        ("home", "enter", "4", "end", "enter"),  # a signed note
        ("right", "right"),  # another day
        ("d",),
    ],
    ids=" ".join,
)
async def test_one_key_leads_from_anywhere_to_the_note_of_who_is_next(
    way: tuple[str, ...], demo: Door, tmp_path: Path
) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press(*way, "ctrl+n")
        await driver.until_shown("NoteScreen")
        assert "Amara Okafor" in status_line(driver)
        assert len(driver.app.screen_stack) == 3
        assert driver.app.screen.query_one(SoapEditor).section
        await driver.press("escape")
        await driver.until_shown("TodayScreen")
        slot = driver.app.screen.query_one(DayList).slot
        assert slot
        assert slot.brief.client.name == "Amara Okafor"


async def test_from_a_note_it_goes_to_the_one_after_and_round_to_the_one_that_is_owed(
    demo: Door, tmp_path: Path
) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        agenda = await driver.app.records.run(driver.app.practice.day.agenda, driver.app.today())
        wanted = [slot.id for slot in agenda.slots if slot.unfinished]
        await driver.press("home", "n")
        seen = [note(driver).appointment_id]
        for _ in wanted:
            await driver.press("ctrl+n")
            seen.append(note(driver).appointment_id)
        assert seen == [*wanted, wanted[0]]


async def test_what_was_typed_in_note_and_form_is_kept_on_the_way(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("h")
        await driver.until_shown("FormScreen")
        await driver.type("new rash")
        await driver.press("ctrl+n")
        await driver.until_shown("NoteScreen")
        await driver.press("escape", "h")
        await driver.until_shown("FormScreen")
        assert "new rash" in driver.text
        await driver.press("escape", "n")
        first = note(driver).appointment_id
        await driver.type("half a sent")
        await driver.press("ctrl+n")
        assert note(driver).appointment_id != first
        kept = await driver.app.records.run(driver.app.practice.notes.of_appointment, first)
        assert kept
        assert "half a sent" in kept.content.subjective + kept.content.shorthand


async def test_keys_pressed_right_after_it_stand_in_the_new_note(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("n")
        first = note(driver)
        for key in ("o", "l", "d", "ctrl+n", "n", "e", "w"):
            driver.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await driver.until(lambda: driver.app.screen is not first and "new" in _typed(driver))
        kept = await driver.app.records.run(driver.app.practice.notes.of_appointment, first.appointment_id)
        assert kept
        assert "old" in kept.content.subjective + kept.content.shorthand


def _typed(driver: Driver) -> str:
    content = driver.app.screen.query_one(SoapEditor).content
    return content.subjective + content.shorthand


async def test_when_nobody_is_left_it_says_so_and_stays(existing_door: Door, tmp_path: Path) -> None:
    async with driven(existing_door, tmp_path) as driver:
        await driver.until_shown("UnlockScreen")
        await driver.press("ctrl+n")  # locked: nothing happens
        await driver.type("copper lantern drifts past eleven geese\n")
        await driver.until_shown("TodayScreen")
        await driver.press("c", "ctrl+n")
        await driver.until_shown("ClientsScreen")
        assert "Nobody is left today" in driver.text


async def test_keys_typed_before_a_note_was_ready_stay_in_it_when_the_next_one_is_asked_for(
    demo: Door, tmp_path: Path
) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        amara = driver.app.screen.query_one(DayList).slot
        assert amara
        for key in ("n", "o", "l", "d", "ctrl+n", "n", "e", "w"):  # in one burst: no screen is there yet
            driver.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await driver.until(lambda: isinstance(driver.app.screen, NoteScreen) and "new" in _typed(driver))
        assert "old" not in _typed(driver)
        kept = await driver.app.records.run(driver.app.practice.notes.of_appointment, amara.id)
        assert kept
        assert "old" in kept.content.subjective + kept.content.shorthand


async def test_value_typed_for_a_goal_is_kept_and_one_that_cannot_be_read_keeps_the_screen(
    demo: Door, tmp_path: Path
) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("m")
        await driver.until_shown("MeasureScreen")
        await driver.type("6x")
        await driver.press("ctrl+n")
        await driver.until_shown("MeasureScreen")
        assert "That is no number" in driver.text
        await driver.press("backspace", "ctrl+n")
        await driver.until_shown("NoteScreen")
        agenda = await driver.app.records.run(driver.app.practice.day.agenda, driver.app.today())
        goals = next(slot.brief.goals for slot in agenda.slots if slot.brief.client.name == "Amara Okafor")
        assert 6 in [goal.latest for goal in goals]


async def test_form_that_is_saving_does_not_close_the_note_that_comes_after_it(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("h")
        await driver.until_shown("FormScreen")
        await driver.type("new rash")
        form = driver.app.screen
        assert isinstance(form, FormScreen)
        driver.app.post_message(events.Key("enter", "\r"))
        while not form._saving:
            await asyncio.sleep(0)
        for key in ("ctrl+n", "n", "e", "w"):
            driver.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await driver.until(lambda: isinstance(driver.app.screen, NoteScreen) and "new" in _typed(driver))
        assert len(driver.app.screen_stack) == 3
        agenda = await driver.app.records.run(driver.app.practice.day.agenda, driver.app.today())
        (amara,) = [slot for slot in agenda.slots if slot.brief.client.name == "Amara Okafor"]
        assert "new rash" in [entry.text for entry in amara.brief.health]
