"""A day as a therapist works it, from an empty machine to the restart in the evening, through the keyboard alone."""

from pathlib import Path

from tests.ui.driver import PASSPHRASE, Driver, driven
from therapist_tui.domain.appointment import Status
from therapist_tui.records.errors import WrongPassphrase
from therapist_tui.ui.door import Door


async def set_up(driver: Driver) -> None:
    await driver.until_shown("FormScreen")
    await driver.type("Dana Reyes\tLMT\tA-123")
    await driver.press("tab", "tab", "tab")
    await driver.type("America/Toronto\t" + PASSPHRASE + "\t" + PASSPHRASE + "\n")
    await driver.until_shown("TodayScreen")


async def unlock(driver: Driver) -> None:
    await driver.until_shown("UnlockScreen")
    await driver.type(PASSPHRASE + "\n")
    await driver.until_shown("TodayScreen")


async def add_client_with_history(driver: Driver) -> None:
    await driver.press("c")
    await driver.type("Amara Okafor")
    await driver.press("f6")
    await driver.until_shown("FormScreen")
    await driver.press("f9")
    await driver.until_shown("ChartScreen")
    await driver.press("h")
    await driver.until_shown("FormScreen")
    await driver.type("nut oil makes [her] itch")
    await driver.press("tab", "tab", "enter")  # open the choice of levels
    await driver.press("end", "enter")  # ● ADAPT stands last
    await driver.press("tab")
    await driver.type("grapeseed only")
    await driver.press("f9")
    await driver.until_shown("ChartScreen")


async def book(driver: Driver, time: str) -> None:
    await driver.press("a")
    await driver.until_shown("FormScreen")
    await driver.press("tab")
    await driver.type(time + "\n")
    await driver.until(lambda: type(driver.app.screen).__name__ != "FormScreen")
    await driver.press("escape", "escape")
    await driver.until_shown("TodayScreen")


async def write_and_sign(driver: Driver) -> None:
    await driver.press("y", "n")
    await driver.until_shown("NoteScreen")
    await driver.press("enter")  # from the shorthand line to S
    await driver.type("Neck “tight” since Monday.\tUT L HT, TTP.\tMFR 25, trigger point 10\t6\t3\t")
    await driver.type("Softer, turns further.\tWeekly for 4 weeks.\tChin tucks.\tRecheck levator.\t10:30-11:28")
    await driver.press("f9")
    await driver.until_shown("ConfirmScreen")
    await driver.press("enter")
    await driver.until_shown("ReadingScreen")


async def add_addendum(driver: Driver) -> None:
    await driver.press("a")
    await driver.until_shown("FormScreen")
    await driver.press("tab")
    await driver.type("It was the right side.")
    await driver.press("f9")
    await driver.until_shown("ReadingScreen")
    await driver.until(lambda: "It was the right side." in driver.text)
    await driver.press("escape")
    await driver.until_shown("TodayScreen")


async def add_goal_and_measure(driver: Driver) -> None:
    await driver.press("enter")
    await driver.until_shown("ChartScreen")
    await driver.press("g")
    await driver.until_shown("FormScreen")
    await driver.type("Stiff neck at the desk")
    await driver.press("f9")
    await driver.settle()
    await driver.type("Neck rotation left\t\t\t48\t75\t+8w\n")
    await driver.until_shown("ChartScreen")
    await driver.press("escape")
    await driver.until_shown("TodayScreen")
    await driver.press("m")
    await driver.until_shown("MeasureScreen")
    await driver.type("62\n")
    await driver.press("escape")
    await driver.until_shown("TodayScreen")


async def test_a_whole_day_is_worked_by_keys_and_everything_is_there_after_a_restart(
    new_door: Door, tmp_path: Path
) -> None:
    async with driven(new_door, tmp_path) as driver:
        await set_up(driver)
        await add_client_with_history(driver)
        await book(driver, "10:30")
        assert "10:30  60   Amara Okafor" in driver.text
        assert "● ADAPT nut oil makes [her] itch" in driver.text
        await driver.press("s", "s")
        assert driver.app.practice.day.agenda(driver.app.today()).slots[0].appointment.status is Status.IN_SESSION
        await write_and_sign(driver)
        await add_addendum(driver)
        await add_goal_and_measure(driver)
        assert "62° → 75°" in driver.text
        assert "52 %" in driver.text

    existing = Door(True, False, new_door.open, new_door.create, new_door.passphrase_problem)
    async with driven(existing, tmp_path) as driver:
        await unlock(driver)
        agenda = await driver.app.records.run(driver.app.practice.day.agenda, driver.app.today())
        (slot,) = agenda.slots
        assert slot.appointment.status is Status.DONE
        assert slot.note
        assert slot.note.proven
        assert slot.note.content.subjective == "Neck “tight” since Monday."
        assert slot.note.content.pain_before == 6
        assert slot.note.content.next_time == "Recheck levator."
        assert slot.note.began_at
        assert slot.note.began_at.isoformat() == "2026-11-23T15:30:00+00:00"
        assert [one.technique for one in slot.note.content.treatments] == ["MFR", "trigger point"]
        (addendum,) = await driver.app.records.run(driver.app.practice.notes.addenda, slot.note.id)
        assert addendum.text == "It was the right side."
        (goal,) = slot.brief.goals
        assert goal.latest == 62
        assert slot.brief.cautions[0].advice == "grapeseed only"
        assert "✓" in driver.text


async def test_wrong_passphrase_is_said_and_the_right_one_opens(existing_door: Door, tmp_path: Path) -> None:
    async with driven(existing_door, tmp_path) as driver:
        await driver.type("not the passphrase at all\n")
        await driver.until(lambda: str(WrongPassphrase()).split(".")[0] in " ".join(driver.text.split()))
        await unlock(driver)
        assert "Nothing is booked on this day." in driver.text
