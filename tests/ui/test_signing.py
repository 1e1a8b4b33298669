"""From the note to the signature by keys: carrying, confirming, what is missing, late entries, entered in error."""

from datetime import timedelta
from pathlib import Path

import pytest
from textual import events
from textual.widgets import OptionList, TextArea

from tests.notes import LAST
from tests.ui.doors import door_to
from tests.ui.driver import NOW, PASSPHRASE, Clock, Driver, driven
from therapist_tui.domain.appointment import AppointmentDraft
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.health import Answer
from therapist_tui.domain.note import NoteContent, SessionNote
from therapist_tui.records.practice import Practice
from therapist_tui.settings import Settings
from therapist_tui.ui.door import Door
from therapist_tui.ui.widgets.soap_editor import SoapEditor


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(tmp_path: Path, clock: Clock) -> Door:
    """One client with a signed note of last week, asked then, and an appointment now."""
    clock.now = NOW - timedelta(days=7)
    found = door_to(tmp_path / "practice", clock, fill)
    clock.now = NOW
    return found


def fill(practice: Practice) -> None:
    client = practice.clients.add(ClientDraft("Ana Ruiz"))
    practice.health.check(client.id, Answer.NOTHING)
    for starts_at in (NOW - timedelta(days=7), NOW):
        booked = practice.appointments.book(AppointmentDraft(client.id, starts_at, 60, "Massage"))
        if starts_at < NOW:
            practice.notes.sign(practice.notes.open(booked.id).id, LAST)


async def open_note(driver: Driver) -> SoapEditor:
    await driver.until_shown("UnlockScreen")
    await driver.type(PASSPHRASE + "\n")
    await driver.until_shown("TodayScreen")
    await driver.press("n")
    await driver.until_shown("NoteScreen")
    return driver.app.screen.query_one(SoapEditor)


async def note_of_today(driver: Driver) -> SessionNote:
    agenda = await driver.app.records.run(driver.app.practice.day.agenda, NOW.date())
    note = agenda.slots[-1].note
    assert note
    return note


async def test_carried_sections_are_told_counted_and_confirmed_one_after_the_other(
    door: Door, clock: Clock, tmp_path: Path
) -> None:
    async with driven(door, tmp_path, clock=clock) as driver:
        editor = await open_note(driver)
        await driver.press("f6")
        assert "Weekly for 4 weeks." in driver.text
        assert "“stiff”" not in driver.text.split("Carry forward")[1].split("to the note")[0]
        await driver.press("p", "h", "w", "w", "enter")
        assert editor.content.plan == "Weekly for 4 weeks."
        assert editor.content.treatments == ()
        assert "P  plan ↻1" in driver.text
        assert "2 carried lines wait" in driver.text
        assert editor.section == "plan"
        await driver.press("ctrl+o")
        assert editor.section == "home_care"
        assert "1 carried line waits" in driver.text
        await driver.type("Walk. ")  # touched at the front: the therapist's own now
        assert "carried line" not in driver.text
        await driver.app.screen.keep()  # pyright: ignore[reportAttributeAccessIssue]
        kept = (await note_of_today(driver)).content
        assert kept.home_care == "Walk. Chin tucks."
        assert [one.confirmed for one in kept.carried] == [True, False]


async def test_what_is_missing_is_listed_and_enter_leads_to_each(door: Door, clock: Clock, tmp_path: Path) -> None:
    async with driven(door, tmp_path, clock=clock) as driver:
        editor = await open_note(driver)
        await driver.press("f6", "p", "enter", "f9")
        await driver.until_shown("MissingScreen")
        prompts = driver.app.screen.query_one(OptionList)
        assert prompts.option_count == 5  # the history, S, O, A, and the carried plan
        await driver.press("y")
        await driver.until(lambda: driver.app.screen.query_one(OptionList).option_count == 4)
        assert "The history was not asked" not in driver.text
        await driver.press("down", "enter")
        await driver.until_shown("NoteScreen")
        assert editor.section == "objective"
        await driver.press("f9")
        await driver.until_shown("MissingScreen")
        await driver.press("end", "enter")
        await driver.until_shown("NoteScreen")
        assert editor.section == "plan"


async def test_hints_name_the_keys_as_the_user_has_them(door: Door, clock: Clock, tmp_path: Path) -> None:
    mine = {"note.confirm": "f10", "note.which": "f11", "note.carry": "f12", "body.earlier": "f6"}
    async with driven(door, tmp_path, clock=clock, settings=Settings(keys=mine)) as driver:
        await open_note(driver)
        await driver.press("f10")
        assert "F12 carries from the last note" in driver.text
        await driver.type("L UT TP")
        assert "F11  TP: trigger point" in driver.text
        await driver.press("f7")
        assert "F6 1 earlier session" in driver.text
        await driver.press("f7", "f12", "p", "enter")
        assert "1 carried line waits: F10 confirms" in driver.text
        assert any(one.help.endswith("(F10)") for one in driver.app.get_system_commands(driver.app.screen))
        await driver.press("f9")
        await driver.until_shown("MissingScreen")
        assert "1 carried line to confirm or to change.  F10 confirms" in driver.text


async def test_late_entry_asks_for_its_reason_once_and_says_so_on_the_note(
    door: Door, clock: Clock, tmp_path: Path
) -> None:
    async with driven(door, tmp_path, clock=clock) as driver:
        await open_note(driver)
        await driver.type("\nsame\tsofter\t\t\t\tbetter\tweekly")
        await driver.press("f9")
        await driver.until_shown("MissingScreen")
        await driver.press("y")
        await driver.until_shown("ConfirmScreen")
        clock.now += timedelta(hours=27)
        await driver.press("enter")
        await driver.until_shown("AskScreen")
        assert "A late entry, 26 h after the session" in " ".join(driver.text.split())
        await driver.type("power [cut]\n")
        await driver.until_shown("ReadingScreen")
        assert "LATE ENTRY: power [cut]" in driver.text
        assert "signed late" in driver.text
        assert (await note_of_today(driver)).lag_minutes == 26 * 60


async def test_without_a_reason_nothing_is_signed_and_nothing_is_lost(door: Door, clock: Clock, tmp_path: Path) -> None:
    async with driven(door, tmp_path, clock=clock) as driver:
        editor = await open_note(driver)
        await driver.type("\nsame\tsofter\t\t\t\tbetter\tweekly")
        clock.now += timedelta(hours=27)
        await driver.press("f9", "y")
        await driver.until_shown("ConfirmScreen")
        await driver.press("enter")
        await driver.until_shown("AskScreen")
        await driver.press("escape")
        await driver.until_shown("NoteScreen")
        assert editor.content.assessment == "better"
        assert not (await note_of_today(driver)).signed


async def test_note_entered_in_error_stays_readable_and_its_session_owes_another(
    door: Door, clock: Clock, tmp_path: Path
) -> None:
    async with driven(door, tmp_path, clock=clock) as driver:
        await open_note(driver)
        await driver.type("\nsame\tsofter\t\t\t\tbetter\tweekly")
        await driver.press("f9", "y")
        await driver.until_shown("ConfirmScreen")
        await driver.press("enter")
        await driver.until_shown("ReadingScreen")
        await driver.press("e")
        await driver.until_shown("AskScreen")
        await driver.type("it was [Ben]'s session\n")
        await driver.until(lambda: "ENTERED IN ERROR" in driver.text)
        assert "it was [Ben]'s session" in driver.text
        assert "✗ entered in error" in driver.text
        assert "softer" in driver.text
        await driver.press("escape")
        await driver.until_shown("TodayScreen")
        assert "✎ 1 to sign" in driver.text
        await driver.press("n")
        await driver.until_shown("NoteScreen")
        assert driver.app.screen.query_one(SoapEditor).content == NoteContent()


async def test_tab_pressed_before_a_form_is_ready_waits_with_the_letters(
    door: Door, clock: Clock, tmp_path: Path
) -> None:
    async with driven(door, tmp_path, clock=clock) as driver:
        await open_note(driver)
        await driver.press("escape", "enter", "4", "end", "enter")
        await driver.until_shown("ReadingScreen")
        driver.app.screen.action_addendum()  # pyright: ignore[reportAttributeAccessIssue]
        for key in ("tab", "o", "n", "e"):  # the form is on the screen, and its fields are not filled yet
            driver.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await driver.until_shown("FormScreen")
        await driver.until(lambda: driver.app.screen.query_one("#field-text", TextArea).text == "one")
