"""Search, the clients' keys and the intake, as a therapist meets them."""

from datetime import timedelta
from pathlib import Path

from tests.records.conftest import a_client, a_signed_note, an_appointment
from tests.ui.doors import door_to
from tests.ui.driver import NOW, PASSPHRASE, Driver, driven, now
from therapist_tui.domain.health import HealthEntryDraft, HealthKind
from therapist_tui.domain.note import NoteContent
from therapist_tui.records.practice import Practice


def fill(practice: Practice) -> None:
    iris = a_client(practice, "Iris Novak", phone="416 555 0100")
    a_client(practice, "Iris Nowak", email="iris@example.org", remarks="[/] second card")
    a_signed_note(practice, iris, NOW - timedelta(days=7))
    practice.health.add(iris, HealthEntryDraft(HealthKind.CONDITION, "Asthma [bold]since[/] school"))
    note = practice.notes.open(an_appointment(practice, iris, NOW).id)
    practice.notes.save(note.id, NoteContent("", "Levator [sic] tender", "softer"))


async def opened(driver: Driver) -> None:
    await driver.type(PASSPHRASE)
    await driver.press("enter")
    await driver.until_shown("TodayScreen")


async def test_words_are_found_as_they_are_typed_and_enter_goes_to_the_line(tmp_path: Path) -> None:
    async with driven(door_to(tmp_path / "practice", now, fill), tmp_path) as driver:
        await opened(driver)
        await driver.press("slash")
        assert "unsigned:" in driver.text
        await driver.type("lev")
        assert "Levator [sic] tender" in driver.text
        assert "note · O found" in driver.text
        assert "✎ not signed" in driver.text
        await driver.press("enter")
        await driver.until_shown("NoteScreen")
        focused = driver.app.screen.focused
        assert focused
        assert focused.id == "objective"
        await driver.press("escape")
        await driver.press(*["backspace"] * 3)
        await driver.type("school")
        assert "Asthma [bold]since[/] school" in driver.text
        await driver.press("enter")
        await driver.until_shown("ChartScreen")
        await driver.press("escape", *["backspace"] * 6)
        await driver.type("c5")
        await driver.press("enter")
        await driver.until_shown("ReadingScreen")
        assert "C5 tender" in driver.text
        await driver.press("escape", *["backspace"] * 2)
        await driver.type("zzz before:soon")
        assert "no date yet in “soon”" in driver.text
        await driver.press("enter", "escape")
        assert type(driver.app.screen).__name__ == "TodayScreen"


async def test_masked_names_are_masked_in_what_is_found(tmp_path: Path) -> None:
    async with driven(door_to(tmp_path / "practice", now, fill), tmp_path) as driver:
        await opened(driver)
        await driver.press("slash")
        await driver.type("iris")
        assert "Novak" in driver.text
        await driver.press("f2")
        assert "I. N." in driver.text
        assert "Novak" not in driver.text
        assert "0100" not in driver.text


async def test_two_cards_become_one_by_keys_and_undo_takes_it_back(tmp_path: Path) -> None:
    async with driven(door_to(tmp_path / "practice", now, fill), tmp_path) as driver:
        await opened(driver)
        await driver.press("c")
        await driver.type("nowka")  # one letter otherwise
        assert "Iris Nowak" in driver.text
        await driver.press("f8")
        assert "Iris Nowak: same person as …?" in driver.text
        await driver.type("novak")
        await driver.press("enter")
        await driver.until_shown("ChartScreen")
        assert "Two cards made into one." in driver.text
        await driver.press("u")
        await driver.until(lambda: "Undone: two cards made into one." in driver.text)
        await driver.press("escape")
        await driver.until_shown("ClientsScreen")
        await driver.press("f5")
        assert "Nobody fits." in driver.text
        await driver.press("f4")
        assert "Iris Nowak" in driver.text
        assert "Set aside" in driver.text
        await driver.press("f5", "f4")
        assert "Iris Nowak" in driver.text


async def test_two_cards_that_were_made_one_are_taken_apart_by_keys(tmp_path: Path) -> None:
    def merged(practice: Practice) -> None:
        fill(practice)
        novak, nowak = practice.clients.find("iris")
        practice.clients.merge(nowak.id, novak.id)

    async with driven(door_to(tmp_path / "practice", now, merged), tmp_path) as driver:
        await opened(driver)
        await driver.press("c")
        assert "Iris Nowak" not in driver.text
        await driver.press("f2", "ctrl+t")
        await driver.until_shown("CardsScreen")
        assert "Take which card apart from I. N.?" in driver.text
        assert "iris@example.org" not in driver.text
        await driver.press("escape", "f2", "ctrl+t")
        await driver.until_shown("CardsScreen")
        assert "Take which card apart from Iris Novak?" in driver.text
        await driver.press("enter")
        await driver.until_shown("ClientsScreen")
        await driver.until(lambda: "Iris Nowak" in driver.text)
        assert "Cards taken apart again." in driver.text
        await driver.press("ctrl+t")
        await driver.until(lambda: "No other card was made one with this one." in driver.text)


async def test_an_intake_is_read_while_it_is_typed_and_kept_in_one_act(tmp_path: Path) -> None:
    async with driven(door_to(tmp_path / "practice", now, fill), tmp_path) as driver:
        await opened(driver)
        await driver.press("enter")
        await driver.until_shown("ChartScreen")
        await driver.press("i")
        await driver.until_shown("FormScreen")
        await driver.type("On Eliquis; denies clots")
        assert "medication: On Eliquis" in driver.text
        assert "denies clots: no entry" in driver.text
        await driver.press("f9")
        await driver.until_shown("ChartScreen")
        await driver.press("2")
        assert "On Eliquis" in driver.text
        assert "Dana Reyes, LMT" in driver.text
        await driver.press("u")
        await driver.until(lambda: "Undone: intake taken, 1 entry." in driver.text)
