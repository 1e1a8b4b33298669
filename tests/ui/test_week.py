"""The week by keys: what it shows, moving with a look first, the next free time, series, the month."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from textual.geometry import Region

from tests.ui.doors import door_to
from tests.ui.driver import PASSPHRASE, TORONTO, Clock, Driver, driven
from therapist_tui.domain.appointment import Appointment, AppointmentDraft, Status
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.health import HealthEntryDraft, HealthKind
from therapist_tui.domain.level import Level
from therapist_tui.domain.recurrence import Rule
from therapist_tui.domain.series import SeriesDraft
from therapist_tui.records.practice import Practice
from therapist_tui.settings import Settings
from therapist_tui.ui.door import Door
from therapist_tui.ui.widgets.week_grid import WeekGrid

SMALL = (80, 24)


@pytest.fixture
def booked(existing_door: Door) -> Door:
    """Ada today at 10:30 with a caution, Ben tomorrow at 11:00, Cleo on Wednesday at 9:00."""
    practice = existing_door.open(PASSPHRASE)
    for name, day, hour, minute in (("Ada Byron", 23, 10, 30), ("Ben Tanaka", 24, 11, 0), ("Cleo Marsh", 25, 9, 0)):
        client = practice.clients.add(ClientDraft(name))
        starts_at = datetime(2026, 11, day, hour, minute, tzinfo=TORONTO)
        practice.appointments.book(AppointmentDraft(client.id, starts_at, 60, "Massage"))
        if name.startswith("Ada"):
            practice.health.add(client.id, HealthEntryDraft(HealthKind.CONDITION, "my own rule", Level.ABSOLUTE))
    practice.close()
    return existing_door


@asynccontextmanager
async def on_the_week(
    door: Door, folder: Path, size: tuple[int, int] = (120, 36), settings: Settings | None = None
) -> AsyncIterator[Driver]:
    async with driven(door, folder, size=size, settings=settings) as driver:
        await driver.type(PASSPHRASE)
        await driver.press("enter")
        await driver.until_shown("TodayScreen")
        await driver.press("w")
        await driver.until_shown("WeekScreen")
        yield driver


def of(driver: Driver, name: str) -> list[str]:
    """The client's appointments as day and time, with how they stand, oldest first."""
    practice = driver.app.practice
    client = practice.clients.find(name)[0]
    return [said(one) for one in reversed(practice.appointments.of(client.id))]


def said(one: Appointment) -> str:
    lost = "" if one.status is Status.BOOKED else f" {one.status.value}"
    return f"{one.starts_at.astimezone(TORONTO):%d %b %H:%M}{lost}"


def detail(driver: Driver) -> str:
    """The line under the grid."""
    return driver.text.splitlines()[-2].strip()


def grid(driver: Driver) -> WeekGrid:
    return driver.app.screen.query_one(WeekGrid)


@pytest.mark.parametrize("size", [(120, 36), SMALL, (60, 20)])
async def test_week_says_who_comes_when_with_cautions_and_free_time(
    size: tuple[int, int], booked: Door, tmp_path: Path
):
    async with on_the_week(booked, tmp_path, size) as driver:
        assert detail(driver).startswith(
            "Mon 23 Nov 10:30–11:30  Ada Byron  Massage  ■ STOP" if size[0] > 60 else "Mon 23 Nov 10:30–11:30  Ada"
        )
        assert "▌■" in driver.text
        assert "Week 48" in driver.text
        assert {60: "6h20", 80: "6h20 free", 120: "6 h 20 free"}[size[0]] in driver.text
        assert "10:24▸" in driver.text
        await driver.press("f2")
        assert "Byron" not in driver.text
        await driver.press("f2", "right", "down")
        assert detail(driver).startswith("Tue 24 Nov 11:00–12:00  Ben Tanaka")


async def test_an_appointment_is_moved_with_a_look_and_a_clash_told_before_and_taken_back(booked: Door, tmp_path: Path):
    async with on_the_week(booked, tmp_path) as driver:
        await driver.press("space", "right", "down")
        assert detail(driver) == "Move  Ada Byron  to Tue 24 Nov 10:45–11:45  overlaps Ben Tanaka"
        assert of(driver, "Ada") == ["23 Nov 10:30"]
        await driver.press("escape")
        assert detail(driver).startswith("Mon 23 Nov 10:30–11:30  Ada Byron")
        await driver.press("shift+up", "shift+right", "enter")
        assert of(driver, "Ada") == ["24 Nov 10:15"]
        assert "overlaps Ben Tanaka" in detail(driver)
        await driver.press("u")
        assert of(driver, "Ada") == ["23 Nov 10:30"]


async def test_an_appointment_is_carried_to_another_week_and_back_out_of_it(booked: Door, tmp_path: Path):
    async with on_the_week(booked, tmp_path, SMALL) as driver:
        await driver.press("space", "greater_than_sign")
        assert "Week 49" in driver.text
        assert detail(driver).startswith("Move  Ada Byron  to Mon 30 Nov 10:30")
        await driver.press("escape")
        assert "Week 48" in driver.text
        assert detail(driver).startswith("Mon 23 Nov 10:30–11:30  Ada Byron")
        await driver.press("space", "greater_than_sign", "up", "enter")
        assert of(driver, "Ada") == ["30 Nov 10:15"]
        assert detail(driver).startswith("Mon 30 Nov 10:15–11:15  Ada Byron")


async def test_what_was_picked_up_is_carried_to_the_next_free_time(booked: Door, tmp_path: Path):
    async with on_the_week(booked, tmp_path, settings=Settings(hours={"mon": "10-12", "tue": "10-12:30"})) as driver:
        await driver.press("space", "f")
        # Monday and Tuesday have no hour left beside the buffers; Wednesday goes on after Cleo.
        assert detail(driver) == "Move  Ada Byron  to Wed 25 Nov 10:15–11:15"
        await driver.press("f", "enter")
        assert of(driver, "Ada") == ["25 Nov 10:30"]


async def test_the_next_free_time_is_found_by_the_hours_and_booked(booked: Door, tmp_path: Path):
    hours = {"mon": "", "tue": "10-13", "wed": "9-10:30, 14-15", "buffer": 15, "slot": 15}
    async with on_the_week(booked, tmp_path, settings=Settings(hours=hours)) as driver:
        await driver.press("plus", "f")
        assert detail(driver).startswith("Thu 26 Nov 09:00  9 h free   looking for 75 min")
        await driver.press("t", "minus", "minus", "minus", "f")
        assert detail(driver).startswith("Tue 24 Nov 10:00  45 min free   looking for 30 min")
        await driver.press("f")
        assert detail(driver).startswith("Tue 24 Nov 12:15  45 min free")
        await driver.press("enter")
        await driver.until_shown("ClientsScreen")
        await driver.type("cleo")
        await driver.press("enter")
        await driver.until_shown("FormScreen")
        await driver.press("f9")
        await driver.until_shown("WeekScreen")
        assert of(driver, "Cleo") == ["24 Nov 12:15", "25 Nov 09:00"]
        assert detail(driver).startswith("Tue 24 Nov 12:15–12:45  Cleo Marsh")


async def test_the_next_free_time_is_found_for_a_client_and_booked_as_usual(booked: Door, tmp_path: Path):
    practice = booked.open(PASSPHRASE)
    cleo = practice.clients.find("cleo")[0]
    for day in (2, 9):
        practice.appointments.book(
            AppointmentDraft(cleo.id, datetime(2026, 11, day, 9, tzinfo=TORONTO), 90, "Deep tissue")
        )
    practice.close()
    hours = {"mon": "", "tue": "10-13", "wed": "9-13", "thu": "", "fri": "", "sat": "", "sun": "", "slot": 15}
    async with on_the_week(booked, tmp_path, settings=Settings(hours=hours)) as driver:
        await driver.press("t", "F")
        await driver.until(lambda: "Ada Byron: Massage" in detail(driver))  # whose appointment is under the cursor
        await driver.press("escape")
        assert detail(driver).startswith("Wed 25 Nov 10:15  2 h 45 free   looking for 60 min")
        await driver.press("F")
        await driver.until_shown("ClientsScreen")
        assert "Free time for whom?" in driver.text
        await driver.type("cleo")
        await driver.press("enter")
        await driver.until_shown("WeekScreen")
        await driver.until(
            lambda: detail(driver).startswith("Wed 25 Nov 10:15  2 h 45 free   Cleo Marsh: Deep tissue 90 min")
        )
        await driver.press("f")
        assert detail(driver).startswith("Tue 1 Dec 10:00  3 h free   Cleo Marsh: Deep tissue 90 min")
        await driver.press("enter")
        await driver.until_shown("FormScreen")
        await driver.press("f9")
        await driver.until_shown("WeekScreen")
        assert detail(driver).startswith("Tue 1 Dec 10:00–11:30  Cleo Marsh  Deep tissue")


async def test_a_series_is_booked_with_its_dates_listed_and_changed_and_called_off_in_part(
    booked: Door, tmp_path: Path
):
    async with on_the_week(booked, tmp_path, SMALL) as driver:
        await driver.press("r", "tab", "tab", "tab", "tab", "tab", "tab", "tab")
        await driver.type("4")
        assert "every week on Mon, 4 times: 4 dates: 30 Nov, 7 Dec, 14 Dec, 21 Dec" in driver.text
        await driver.press("f9")
        assert "Save again to book them." in driver.text
        assert len(of(driver, "Ada")) == 1
        await driver.press("f9")
        await driver.until_shown("WeekScreen")
        assert of(driver, "Ada")[1:] == [f"{day} 10:30" for day in ("30 Nov", "07 Dec", "14 Dec", "21 Dec")]
        assert "↻ repeats" in detail(driver)

        await driver.press("greater_than_sign", "shift+right", "enter")
        await driver.until_shown("ScopeScreen")
        await driver.press("down")
        assert "this and later  3 dates" in driver.text
        assert "Mon  7 Dec 10:30  →  Tue  8 Dec 10:30" in driver.text
        await driver.press("enter")
        await driver.until_shown("WeekScreen")
        assert of(driver, "Ada")[1:] == [f"{day} 10:30" for day in ("30 Nov", "08 Dec", "15 Dec", "22 Dec")]

        await driver.press("x")
        await driver.until_shown("ScopeScreen")
        await driver.press("down", "down", "enter")
        await driver.until_shown("FormScreen")
        await driver.type("away")
        await driver.press("enter")
        await driver.until_shown("WeekScreen")
        assert [one.endswith("cancelled") for one in of(driver, "Ada")] == [False, False, True, True, True]
        await driver.press("u", "u", "u")
        assert of(driver, "Ada") == ["23 Nov 10:30"]


async def test_the_form_of_a_series_says_which_dates_it_touches_before_it_changes_them(booked: Door, tmp_path: Path):
    async with on_the_week(booked, tmp_path) as driver:
        await driver.press("r", "f9", "f9")
        await driver.until_shown("WeekScreen")
        before = of(driver, "Ada")
        await driver.press("r")
        await driver.until_shown("FormScreen")
        await driver.press("f9")
        assert "! Nothing is different" in driver.text
        await driver.type("14:00")  # in the field that is to be mended
        await driver.press("f9")
        assert "53 dates: 30 Nov, 7 Dec" in driver.text
        assert of(driver, "Ada") == before
        await driver.press("f9")
        await driver.until_shown("WeekScreen")
        assert {one[-5:] for one in of(driver, "Ada")[1:]} == {"14:00"}


async def test_the_month_shows_the_load_and_leads_to_a_week(booked: Door, tmp_path: Path):
    async with on_the_week(booked, tmp_path, SMALL) as driver:
        await driver.press("m")
        await driver.until_shown("MonthScreen")
        assert "November 2026   3 booked, 3 h" in driver.text
        await driver.press("greater_than_sign", "right", "enter")
        await driver.until_shown("WeekScreen")
        assert "30 Nov – 6 Dec 2026" in driver.text
        assert detail(driver).startswith("Wed 2 Dec")
        await driver.press("d")
        await driver.until_shown("TodayScreen")
        assert "Wed 2 Dec 2026" in driver.text


async def test_a_key_press_repaints_the_rows_of_the_cursor_only(
    booked: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async with on_the_week(booked, tmp_path) as driver:
        painted: list[Region | None] = []
        refresh = WeekGrid.refresh

        def noting(self: WeekGrid, *regions: Region, **how: bool) -> WeekGrid:
            painted.extend(regions or [None])
            return refresh(self, *regions, **how)

        monkeypatch.setattr(WeekGrid, "refresh", noting)
        await driver.press("down", "right")
        assert painted
        assert all(one is not None and one.height == 1 for one in painted)
        assert len(painted) < grid(driver).size.height


async def test_a_locked_week_survives_a_resize_and_comes_back(booked: Door, tmp_path: Path):
    async with on_the_week(booked, tmp_path) as driver:
        await driver.press("ctrl+l")
        await driver.pilot.resize_terminal(*SMALL)
        await driver.settle()
        assert "Byron" not in driver.text
        await driver.type(PASSPHRASE)
        await driver.press("enter")
        await driver.until_shown("WeekScreen")
        assert detail(driver).startswith("Mon 23 Nov 10:30–11:30  Ada Byron")


async def test_on_opening_series_get_the_dates_of_the_coming_year(tmp_path: Path):
    clock = Clock()
    made: list[UUID] = []

    def fill(practice: Practice) -> None:
        client = practice.clients.add(ClientDraft("Ben Tanaka")).id
        draft = SeriesDraft(client, date(2026, 11, 30), time(9), 60, "Massage", Rule(("MO",)))
        made.append(practice.series.book(draft).series.id)

    door = door_to(tmp_path / "practice", clock, fill)
    clock.now += timedelta(days=90)
    async with driven(door, tmp_path, clock=clock) as driver:
        await driver.type(PASSPHRASE)
        await driver.press("enter")
        await driver.until_shown("TodayScreen")
        practice = driver.app.practice
        last = await driver.app.records.run(lambda: practice.series.appointments(made[0])[-1])
        assert last.starts_at.astimezone(TORONTO).date() == date(2028, 2, 21)
