"""Undo by one key: what was just done is said, taken back, and said again; typed text is never in danger."""

from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandPalette

from tests.ui.driver import Driver, driven
from therapist_tui.domain.appointment import Status
from therapist_tui.settings import Settings
from therapist_tui.ui.door import Door
from therapist_tui.ui.screens.today import TodayScreen
from therapist_tui.ui.widgets.soap_editor import SoapEditor

from .test_a_day import add_client_with_history, set_up, unlock


def toasts(driver: Driver) -> list[str]:
    """What was said in the corner, oldest first."""
    return [one.message for one in driver.app._notifications]


async def whole(driver: Driver) -> Any:
    return await driver.app.records.run(driver.app.practice.whole.read)


def status(driver: Driver) -> Status:
    screen = driver.app.screen
    assert isinstance(screen, TodayScreen)
    assert screen.slot
    return screen.slot.appointment.status


async def choose_undo(driver: Driver) -> None:
    """Undo through the palette, which works where letters are typed."""
    await driver.press("ctrl+p")
    await driver.until(lambda: isinstance(driver.app.screen, CommandPalette))
    await driver.type("undo")
    palette = driver.app.screen
    await driver.until(lambda: "Undo" in driver.text)
    await driver.press("enter")
    if driver.app.screen is palette:  # the first enter only leaves the list of hits
        await driver.press("enter")
    await driver.until(lambda: driver.app.screen is not palette)
    await driver.settle()


async def test_one_key_acts_of_today_are_said_and_taken_back_in_order(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        before, was = await whole(driver), status(driver)
        assert was is Status.BOOKED
        await driver.press("y")
        assert toasts(driver)[-1].startswith("History asked, n")
        assert toasts(driver)[-1].endswith(". u undoes.")
        await driver.press("s")
        assert toasts(driver)[-1] == "Status arrived. u undoes."
        await driver.press("S")
        assert toasts(driver)[-1] == "Status booked. u undoes."
        assert await whole(driver) != before
        await driver.press("u")
        assert toasts(driver)[-1] == "Undone: status booked."
        assert status(driver) is Status.ARRIVED
        await driver.press("u")
        assert toasts(driver)[-1] == "Undone: status arrived."
        assert status(driver) is Status.BOOKED
        await driver.press("u")
        assert toasts(driver)[-1].startswith("Undone: history asked, n")
        assert await whole(driver) == before
        await driver.press("u")
        assert toasts(driver)[-1] == "Nothing to undo."


async def test_a_measured_value_is_taken_back_and_the_brief_follows(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        before, shown = await whole(driver), driver.text
        await driver.press("m")
        await driver.until_shown("MeasureScreen")
        await driver.type("3\n")
        await driver.press("escape")
        await driver.until_shown("TodayScreen")
        assert driver.text != shown
        await driver.press("u")
        assert await whole(driver) == before
        driver.app.clear_notifications()
        await driver.settle()
        assert driver.text == shown


async def test_the_letter_is_typed_where_a_field_has_the_focus_and_the_palette_undoes(
    demo: Door, tmp_path: Path
) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        before = await whole(driver)
        await driver.press("s", "n")
        await driver.until_shown("NoteScreen")
        await driver.type("u")
        assert driver.app.screen.query_one(SoapEditor).content.shorthand == "u"
        assert not [one for one in toasts(driver) if one.startswith("Undone")]
        await choose_undo(driver)
        assert toasts(driver)[-1] == "Undone: status arrived."
        assert (await whole(driver)).appointments == before.appointments
        await driver.until_shown("NoteScreen")
        assert driver.app.screen.query_one(SoapEditor).content.shorthand == "u"


async def test_a_form_that_was_saved_is_taken_back(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        before = await whole(driver)
        await driver.press("h")
        await driver.until_shown("FormScreen")
        await driver.type("latex rash")
        await driver.press("f9")
        await driver.until_shown("TodayScreen")
        await driver.press("x")
        await driver.until_shown("FormScreen")
        await driver.press("tab")
        await driver.type("ill")
        await driver.press("f9")
        await driver.until_shown("TodayScreen")
        assert status(driver) is Status.CANCELLED
        await driver.press("u")
        assert toasts(driver) == ["Undone: appointment cancelled."]
        await driver.press("u")
        assert toasts(driver) == ["Undone: history entry added."]
        assert await whole(driver) == before


async def test_the_chart_of_a_client_whose_adding_is_undone_closes(new_door: Door, tmp_path: Path) -> None:
    async with driven(new_door, tmp_path) as driver:
        await set_up(driver)
        await add_client_with_history(driver)
        await driver.press("u")
        assert toasts(driver)[-1] == "Undone: history entry added."
        await driver.until_shown("ChartScreen")
        await driver.press("u")
        assert toasts(driver)[-1] == "Undone: client added."
        await driver.until_shown("ClientsScreen")
        assert (await whole(driver)).clients == ()
        assert driver.app.is_running


async def book_and_open_the_note(driver: Driver) -> None:
    await set_up(driver)
    await add_client_with_history(driver)
    await driver.press("a")
    await driver.until_shown("FormScreen")
    await driver.press("tab")
    await driver.type("10:30\n")
    await driver.until_shown("ChartScreen")
    await driver.press("escape", "escape")
    await driver.until_shown("TodayScreen")
    await driver.press("n")
    await driver.until_shown("NoteScreen")


async def test_an_empty_note_whose_booking_is_undone_closes(new_door: Door, tmp_path: Path) -> None:
    async with driven(new_door, tmp_path) as driver:
        await book_and_open_the_note(driver)
        await choose_undo(driver)
        assert toasts(driver)[-1] == "Undone: appointment booked."
        await driver.until_shown("TodayScreen")
        assert "Nothing is booked on this day." in driver.text


async def test_what_stands_typed_in_a_note_keeps_its_booking(new_door: Door, tmp_path: Path) -> None:
    async with driven(new_door, tmp_path) as driver:
        await book_and_open_the_note(driver)
        for key in "Neck":
            await driver.pilot.press(key)
        await driver.app.action_undo()  # at once, before the draft was kept by itself
        await driver.settle()
        assert toasts(driver)[-1].startswith("That was changed since: appointment booked")
        await driver.until_shown("NoteScreen")
        (note,) = (await whole(driver)).notes
        assert note.content.shorthand == "Neck"


async def test_a_lock_forgets_what_could_be_undone_and_shows_nothing_of_it(existing_door: Door, tmp_path: Path) -> None:
    async with driven(existing_door, tmp_path) as driver:
        await unlock(driver)
        await add_client_with_history(driver)
        await driver.press("y", "ctrl+l")
        await driver.until_shown("UnlockScreen")
        assert toasts(driver) == []
        await driver.app.action_undo()  # nothing is open: nothing happens
        await driver.type("copper lantern drifts past eleven geese\n")
        await driver.until_shown("ChartScreen")
        before = await whole(driver)
        await driver.press("u")
        assert toasts(driver)[-1] == "Nothing to undo."
        assert await whole(driver) == before


async def test_the_toast_names_the_key_as_the_user_has_it(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path, settings=Settings(keys={"app.undo": "z"})) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("s")
        assert toasts(driver)[-1] == "Status arrived. z undoes."
        await driver.press("z")
        assert toasts(driver)[-1] == "Undone: status arrived."


async def test_a_goal_is_named_in_the_toast_exactly_as_typed(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("enter")
        await driver.until_shown("ChartScreen")
        await driver.press("g")
        await driver.until_shown("FormScreen")
        await driver.type("Reach [/] {said} [b]up[/b]\t\t\tcm\t1\t9\t+8w\n")
        await driver.until_shown("ChartScreen")
        await driver.press("u")
        assert toasts(driver)[-1] == "Undone: goal added: Reach [/] {said} [b]up[/b]."


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_word_lies_over_the_key_line_alone_however_many_acts_there_were(
    size: tuple[int, int], demo: Door, tmp_path: Path
) -> None:
    async with driven(demo, tmp_path, size=size) as driver:
        await driver.until_shown("TodayScreen")
        before = driver.text.splitlines()
        await driver.press("s", "S", "s", "S", "u", "u", "u", "u")
        assert toasts(driver) == ["Undone: status arrived."]
        *lines, last = driver.text.splitlines()
        assert last.endswith("Undone: status arrived.")
        assert lines == before[:-1]  # nothing of the cautions is covered


async def test_a_warning_keeps_its_time_beside_the_words_that_follow(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        driver.app.notify("a warning", severity="warning")
        await driver.press("s", "u")
        assert toasts(driver) == ["a warning", "Undone: status arrived."]


async def test_a_signature_is_not_undone(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("home", "n")
        await driver.until_shown("NoteScreen")
        await driver.press("f4", "f4")
        editor = driver.app.screen.query_one("#assessment")
        editor.focus()
        await driver.type("softer\tweekly")
        await driver.press("f9")
        await driver.until(lambda: type(driver.app.screen).__name__ in ("ConfirmScreen", "MissingScreen"))
        if type(driver.app.screen).__name__ == "MissingScreen":
            await driver.press("y")
            await driver.until_shown("ConfirmScreen")
        await driver.press("enter")
        await driver.until_shown("ReadingScreen")
        await driver.press("u")
        assert "A signature stays." in driver.text
