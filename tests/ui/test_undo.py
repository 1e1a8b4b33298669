"""U takes the last act back wherever no text is typed, and the palette does everywhere."""

from pathlib import Path

from tests.ui.driver import Driver, driven
from therapist_tui.domain.appointment import Status
from therapist_tui.ui.door import Door
from therapist_tui.ui.widgets.day_list import DayList


def status(driver: Driver) -> Status:
    slot = driver.app.screen.query_one(DayList).slot
    assert slot
    return slot.appointment.status


async def test_every_one_key_act_of_today_says_how_it_is_undone_and_is(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("down", "down")  # Tom, whom no caution stops
        await driver.press("s")
        await driver.until(lambda: "Status arrived. u undoes." in driver.text)
        assert status(driver) is Status.ARRIVED
        await driver.press("y")
        await driver.until(lambda: "History asked, no change. u undoes." in driver.text)
        assert "history asked today" in driver.text
        await driver.press("u")
        assert "Undone: history asked, no change." in driver.text
        assert "history asked today" not in driver.text
        await driver.press("u")
        assert status(driver) is Status.BOOKED
        await driver.press("u")
        assert "Nothing to undo." in driver.text


async def test_a_value_and_a_form_are_undone_and_the_screen_shows_it(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("m")
        await driver.until_shown("MeasureScreen")
        await driver.type("3\n")
        await driver.press("escape")
        await driver.until(lambda: "3 → 2/10" in driver.text)
        await driver.press("h")
        await driver.until_shown("FormScreen")
        await driver.type("latex rash")
        await driver.press("f9")
        await driver.until_shown("TodayScreen")
        assert "latex" in driver.text
        await driver.press("u")
        assert "Undone: history entry added." in driver.text
        await driver.until(lambda: "latex" not in driver.text)
        await driver.press("u")
        await driver.until(lambda: "4 → 2/10" in driver.text)


async def test_in_a_text_field_u_is_a_letter_and_the_palette_undoes(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("y", "n")
        await driver.until_shown("NoteScreen")
        await driver.type("uu")
        assert "uu" in driver.text
        await driver.press("ctrl+p")
        await driver.type("undo")
        await driver.press("enter")
        await driver.until(lambda: "Undone: history asked" in driver.text)


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
