"""Moving in: three files of another program to a full day, in few keys; and what the import screen does on the way."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from tests.ui.doors import door_to
from tests.ui.driver import NOW, PASSPHRASE, Driver, driven, now
from therapist_tui.domain.backups import Reason
from therapist_tui.domain.client import ClientDraft
from therapist_tui.records import import_undo, imports
from therapist_tui.records.practice import Practice
from therapist_tui.ui.door import Door
from therapist_tui.ui.screens.imports import ImportScreen
from therapist_tui.ui.widgets.choices import Choices

PEOPLE = ("Amara Okafor", "Ben Tanaka", "Iris Novak", "Tom Adeyemi", "Wei Chen", "Lucia Ferri")
COUNTED: list[tuple[str, int]] = []
"""Each step with the keys it took, besides the names of files."""


def files(folder: Path) -> None:
    """A list of clients whose dates can be read two ways, their appointments of today, and a calendar with a series."""
    rows = (f"{at},{name.split()[0]},{name.split()[1]},0{at}/02/1985" for at, name in enumerate(PEOPLE, 1))
    (folder / "clients.csv").write_text("\n".join(("Patient Number,First Name,Last Name,Birth Date", *rows, "")))
    heads = "Appointment Start Date & Time,Appointment End Date & Time,Patient First Name,Patient Last Name,Treatment Name,Staff Member Name,Status"
    rows = (
        f"2026-11-23 {at + 8:02}:00,2026-11-23 {at + 8:02}:45,{name.replace(' ', ',')},Massage,Dana,Booked"
        for at, name in enumerate(PEOPLE, 1)
    )
    (folder / "appointments.csv").write_text("\n".join((heads, *rows, "")))
    lines = (
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:a@x", "DTSTART;TZID=Customized Time Zone:20261116T160000", "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY;COUNT=6", "SUMMARY:Iris Novak - scar work", "END:VEVENT", "BEGIN:VEVENT", "UID:b@x",
        "DTSTART:20261123T170000Z", "DURATION:PT1H", "SUMMARY:Lunch", "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    (folder / "calendar.ics").write_text("\r\n".join(lines))


def nothing(practice: Practice) -> None:
    """A practice that was just set up."""


@pytest.fixture
def door(tmp_path: Path) -> Door:
    files(tmp_path)
    return door_to(tmp_path / "practice", now, nothing)


@pytest.fixture(scope="module", autouse=True)
def table(request: pytest.FixtureRequest) -> Iterator[None]:
    """Print what was counted, whether output is captured or not."""
    yield
    total = sum(keys for _, keys in COUNTED)
    lines = ["", f"{'moving in':<48}   keys", *(f"{step:<48} {keys:>6}" for step, keys in COUNTED)]
    capturing: Any = request.config.pluginmanager.getplugin("capturemanager")
    with capturing.global_and_fixture_disabled():
        print("\n".join((*lines, f"{'in all, at most 20':<48} {total:>6}")))


def screen_of(driver: Driver) -> ImportScreen:
    screen = driver.app.screen
    assert isinstance(screen, ImportScreen)
    return screen


async def opened(driver: Driver) -> None:
    await driver.until_shown("UnlockScreen")
    await driver.type(PASSPHRASE + "\n")
    await driver.until_shown("TodayScreen")
    await driver.press("i")
    await driver.until_shown("ImportScreen")


async def name(driver: Driver, path: Path) -> None:
    """Type the name of a file and press enter."""
    field = screen_of(driver).query_one("#file", Input)
    field.focus()
    field.value = str(path)
    await driver.settle()
    await driver.pilot.press("enter")
    await until_asked(driver)


async def until_asked(driver: Driver) -> None:
    """Wait for a question, or for the file after this one."""
    screen = screen_of(driver)
    await driver.until(
        lambda: (
            screen._answer is not None or not any(one.group == "import" for one in driver.app.workers if one.is_running)
        )
    )
    await driver.settle()


async def press(driver: Driver, *keys: str) -> int:
    """Answer, each when it was asked; the answer is how many keys that were, the enter after the name with them."""
    for key in keys:
        await driver.pilot.press(key)
        await driver.pilot.pause()
        await until_asked(driver)
    return len(keys) + 1


async def test_three_files_to_a_full_day_in_twenty_keys(door: Door, tmp_path: Path) -> None:
    async with driven(door, tmp_path) as driver:
        await opened(driver)
        COUNTED.append(("open the import", 1))
        await name(driver, tmp_path / "clients.csv")
        assert "“01/02/1985” is which day?" in driver.text
        COUNTED.append(("clients: which is the day, import", await press(driver, "1", "enter")))
        await name(driver, tmp_path / "appointments.csv")
        assert "6  new appointments  will be added" in driver.text
        COUNTED.append(("appointments: import", await press(driver, "enter")))
        await name(driver, tmp_path / "calendar.ics")
        assert "not known here, “Customized Time Zone”" in driver.text
        keys = await press(driver, "1")
        assert "→ Iris Novak" in driver.text
        assert "nobody's: left out" in driver.text
        COUNTED.append(("calendar: zone, whose it is, import", keys + await press(driver, "enter", "enter") - 1))
        assert "Imported: 6 appointments. F8 takes it back." in driver.text
        await driver.press("escape")
        COUNTED.append(("back to the day", 1))
        await driver.until_shown("TodayScreen")
        agenda = await driver.app.records.run(driver.app.practice.day.agenda, NOW.date())
        assert [one.brief.client.name for one in agenda.slots] == [*PEOPLE, "Iris Novak"]
        assert agenda.slots[-1].appointment.service == "scar work"
        assert all(client.split()[0] in driver.text for client in PEOPLE)
        next_week = await driver.app.records.run(driver.app.practice.day.agenda, NOW.date() + timedelta(days=7))
        assert [one.brief.client.name for one in next_week.slots] == ["Iris Novak"]
        assert sum(keys for _, keys in COUNTED) <= 20


async def test_escape_at_every_question_changes_nothing(door: Door, tmp_path: Path) -> None:
    async with driven(door, tmp_path) as driver:
        await opened(driver)
        for answers in ((), ("1",)):
            await name(driver, tmp_path / "clients.csv")
            await press(driver, *answers)
            await driver.press("escape")
            assert screen_of(driver).query_one("#file").has_focus
        assert not await driver.app.records.run(driver.app.practice.clients.find)
        assert not await driver.app.records.run(driver.app.practice.imports.all)


async def test_the_columns_of_an_unknown_table_are_said_by_keys(door: Door, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("Who,Post\nChi Okafor,chi@example.org\n")
    async with driven(door, tmp_path, size=(80, 24)) as driver:
        await opened(driver)
        await name(driver, tmp_path / "odd.csv")
        assert "What is in which column?" in driver.text
        assert "A list of clients" in driver.text
        await press(driver, "a", "a", "left", "left", "left")
        while "→ full name" not in driver.text:
            await press(driver, "right")
        await driver.press("down")
        while "→ e-mail" not in driver.text:
            await press(driver, "right")
        await press(driver, "enter", "enter")
        (chi,) = await driver.app.records.run(driver.app.practice.clients.find)
        assert (chi.name, chi.email) == ("Chi Okafor", "chi@example.org")


async def test_a_title_is_given_to_another_client_a_new_one_or_nobody(door: Door, tmp_path: Path) -> None:
    async with driven(door, tmp_path) as driver:
        await opened(driver)
        await driver.app.records.run(driver.app.practice.clients.add, ClientDraft("Zoë Lang"))
        await name(driver, tmp_path / "calendar.ics")
        await press(driver, "1", "n")
        assert "→ a new client" in driver.text
        await press(driver, "x")
        assert driver.text.count("nobody's") >= 2
        await driver.press("down")
        await driver.pilot.press("c")
        await driver.until_shown("ClientsScreen")
        await driver.press("enter")
        await driver.until_shown("ImportScreen")
        await until_asked(driver)
        assert "→ Zoë Lang" in driver.text
        await press(driver, "enter", "enter")
        (zoe,) = await driver.app.records.run(driver.app.practice.clients.find)
        assert len(await driver.app.records.run(driver.app.practice.appointments.of, zoe.id)) == 1


async def test_escape_while_it_is_written_takes_everything_back(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()
    tell = imports._Writing._tell  # pyright: ignore[reportPrivateUsage]

    def held(writing: Any, more: int) -> None:
        reached.set()
        assert go_on.wait(30)
        tell(writing, more)

    monkeypatch.setattr(imports._Writing, "_tell", held)  # pyright: ignore[reportPrivateUsage]
    async with driven(door, tmp_path) as driver:
        await opened(driver)
        await name(driver, tmp_path / "clients.csv")
        await press(driver, "1")
        await driver.pilot.press("enter")
        while not reached.is_set():
            await driver.pilot.pause()
        await driver.pilot.press("escape")  # the store is busy: the screen hears it all the same
        go_on.set()
        await until_asked(driver)
        assert "The import was cancelled: nothing was changed." in driver.text
        assert not await driver.app.records.run(driver.app.practice.clients.find)
        assert not await driver.app.records.run(driver.app.practice.imports.all)


async def test_what_is_left_out_is_listed_and_written_beside_the_file(door: Door, tmp_path: Path) -> None:
    (tmp_path / "some.csv").write_text("Name,DOB\nAna,soon\nBo,1990-02-03\n")
    async with driven(door, tmp_path) as driver:
        await opened(driver)
        await name(driver, tmp_path / "some.csv")
        assert "The birth date “soon” is no date." in driver.text
        await press(driver, "w")
        assert (tmp_path / "some-left-out.csv").read_text().splitlines()[1].startswith("2,")
        assert not await driver.app.records.run(driver.app.practice.clients.find)


async def test_an_import_is_taken_back_by_a_key_and_escape_stops_that(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()
    tell = import_undo._Removal._tell  # pyright: ignore[reportPrivateUsage]

    def held(removal: Any, more: int) -> None:
        reached.set()
        assert go_on.wait(30)
        tell(removal, more)

    monkeypatch.setattr(import_undo._Removal, "_tell", held)  # pyright: ignore[reportPrivateUsage]
    async with driven(door, tmp_path) as driver:
        await opened(driver)
        await name(driver, tmp_path / "clients.csv")
        await press(driver, "1", "enter")
        for stopped in (True, False):
            await driver.pilot.press("f8")
            await until_asked(driver)
            await driver.pilot.press("enter")
            await driver.until_shown("ConfirmScreen")
            assert "Take back 6 clients?" in driver.text
            await driver.pilot.press("enter")
            while not reached.is_set():
                await driver.pilot.pause()
            if stopped:
                await driver.pilot.press("escape")
            go_on.set()
            await driver.until_shown("ImportScreen")
            await until_asked(driver)
            left = await driver.app.records.run(driver.app.practice.clients.find)
            assert len(left) == (len(PEOPLE) if stopped else 0)
        said = [one.message for one in driver.app._notifications]
        assert "Taking the import back was cancelled: nothing was changed." in said


async def test_names_are_masked_in_everything_that_is_shown(door: Door, tmp_path: Path) -> None:
    async with driven(door, tmp_path) as driver:
        await opened(driver)
        await name(driver, tmp_path / "clients.csv")
        assert "Okafor" in driver.text
        await driver.press("f2")
        assert "Okafor" not in driver.text
        assert "Names are masked. F2 shows them." in driver.text
        await press(driver, "1", "enter")
        await name(driver, tmp_path / "calendar.ics")
        await press(driver, "1")
        assert "Novak" not in driver.text
        await driver.press("f2")
        assert "→ Iris Novak" in driver.text
        await driver.press("f2")
        assert "Novak" not in driver.text


async def test_names_are_masked_in_what_is_asked(door: Door, tmp_path: Path) -> None:
    (tmp_path / "turned.csv").write_text('Name\n"Okafor, Amara"\n')
    async with driven(door, tmp_path) as driver:
        await opened(driver)
        await name(driver, tmp_path / "turned.csv")
        assert "Names stand as “Okafor, Amara”." in driver.text
        await driver.press("f2")
        assert "Names stand as “O…, A…”." in driver.text
        assert "1  A… O…" in driver.text
        assert "Okafor" not in driver.text
        await driver.press("f2")
        assert "Names stand as “Okafor, Amara”." in driver.text


async def test_a_file_that_cannot_be_read_is_said_and_the_next_one_can_be_named(door: Door, tmp_path: Path) -> None:
    async with driven(door, tmp_path) as driver:
        await opened(driver)
        await name(driver, tmp_path / "none.csv")
        assert "There is no such file." in driver.text
        assert screen_of(driver).query_one("#file").has_focus
        field = screen_of(driver).query_one("#file", Input)
        field.value = f"{tmp_path}/"
        field.cursor_position = len(field.value)
        await driver.type("cal")
        await driver.press("tab")
        assert field.value == f"{tmp_path}/calendar.ics"


async def test_locking_in_the_middle_loses_the_question_and_nothing_else(door: Door, tmp_path: Path) -> None:
    async with driven(door, tmp_path) as driver:
        await opened(driver)
        await name(driver, tmp_path / "clients.csv")
        await driver.pilot.press("ctrl+l")
        await driver.until_shown("UnlockScreen")
        assert "Okafor" not in driver.text
        await driver.type(PASSPHRASE + "\n")
        await driver.until_shown("ImportScreen")
        assert screen_of(driver).query_one(Choices).has_focus
        await press(driver, "1", "enter")
        assert len(await driver.app.records.run(driver.app.practice.clients.find)) == 6


@pytest.mark.parametrize("works", [True, False])
async def test_a_backup_is_taken_before_an_import_and_a_missing_one_is_said(
    door: Door, tmp_path: Path, works: bool
) -> None:
    place = tmp_path / "backups"
    if not works:
        place.write_text("a file where the folder should be")
    async with driven(replace(door, backs_up=True), tmp_path) as driver:
        await opened(driver)
        await name(driver, tmp_path / "clients.csv")
        await press(driver, "1", "enter")
        practice = driver.app.practice
        assert len(practice.clients.find()) == len(PEOPLE)
        reasons = [one.reason for one in practice.backups.all()]
        assert reasons[-1:] == ([Reason.BEFORE_IMPORT] if works else [])
        said = [one.message for one in driver.app._notifications]
        assert any("No backup could be taken before this import." in one for one in said) is not works
