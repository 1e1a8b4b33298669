"""Must hold 1 of «The note in under a minute»: how many keys the record of a session takes, besides the text typed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.notes import LAST
from tests.ui.doors import door_to
from tests.ui.driver import NOW, PASSPHRASE, Driver, driven, now
from therapist_tui.domain.appointment import AppointmentDraft, Status
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.goal import GoalDraft
from therapist_tui.domain.health import Answer
from therapist_tui.domain.plan import PlanDraft
from therapist_tui.records.practice import Practice
from therapist_tui.ui.door import Door

LINE = "L trap 7>3 HT TrP; DT MFR 25m; pos prone; press 3; tol well."
COUNTED: dict[str, tuple[int, int]] = {}
"""For each task the keys it took and the keys it may take."""


class Counting:
    """A driver that counts keys, and does not count text."""

    def __init__(self, driver: Driver) -> None:
        self.driver, self.keys = driver, 0

    async def press(self, *keys: str) -> None:
        """Keys that count."""
        self.keys += len(keys)
        await self.driver.press(*keys)

    async def type(self, text: str) -> None:
        """Text, which does not."""
        await self.driver.type(text)


def fill(practice: Practice) -> None:
    """Ana comes now, with a plan, a goal and a signed note of last week; Bo's note of yesterday is not signed."""
    ana, bo = (practice.clients.add(ClientDraft(name)).id for name in ("Ana Ruiz", "Bo Chen"))
    practice.health.check(ana, Answer.NOTHING)
    practice.health.check(bo, Answer.NOTHING)
    plan = practice.plans.start(ana, PlanDraft("Neck"))
    practice.plans.add_goal(plan.id, GoalDraft("Neck rotation left", "°", 48, 75))
    for client_id, hours, content in ((ana, 7 * 24, LAST), (bo, 22, LAST), (ana, -0.1, None)):
        booked = practice.appointments.book(AppointmentDraft(client_id, NOW - timedelta(hours=hours), 60, "Massage"))
        if content:
            practice.appointments.step(booked.id, Status.DONE)
            note = practice.notes.open(booked.id)
            (practice.notes.save if client_id == bo else _sign(practice))(note.id, content)


def _sign(practice: Practice):
    return lambda note_id, content: practice.notes.sign(note_id, content, late="brought over from paper")


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return door_to(tmp_path / "practice", now, fill)


@pytest.fixture(scope="module", autouse=True)
def table(request: pytest.FixtureRequest) -> Iterator[None]:
    """Print what was counted, whether output is captured or not."""
    yield
    lines = ["", "task                                              keys  at most"]
    lines += [f"{task:<48} {keys:>6} {most:>8}" for task, (keys, most) in COUNTED.items()]
    capturing: Any = request.config.pluginmanager.getplugin("capturemanager")
    with capturing.global_and_fixture_disabled():
        print("\n".join(lines))


async def today(driver: Driver) -> Counting:
    await driver.until_shown("UnlockScreen")
    await driver.type(PASSPHRASE + "\n")
    await driver.until_shown("TodayScreen")
    return Counting(driver)


def counted(task: str, keys: int, most: int) -> None:
    COUNTED[task] = (keys, most)
    assert keys <= most


async def test_a_routine_note(door: Door, tmp_path: Path) -> None:
    assert len(LINE) == 60
    async with driven(door, tmp_path) as driver:
        hands = await today(driver)
        await hands.press("ctrl+n")
        await driver.until_shown("NoteScreen")
        await hands.type(LINE)
        await hands.press("f6", "p", "h", "enter", "ctrl+o", "ctrl+o")
        await hands.press("f8")
        await driver.until_shown("MeasureScreen")
        await hands.type("62")
        await hands.press("enter", "escape")
        await driver.until_shown("NoteScreen")
        await hands.press("f9")
        await driver.until_shown("ConfirmScreen")
        await hands.press("enter")
        await driver.until_shown("ReadingScreen")

        agenda = await driver.app.records.run(driver.app.practice.day.agenda, NOW.date())
        note = agenda.slots[-1].note
        assert note
        assert note.proven
        content = note.content
        assert (content.shorthand, content.pain_before, content.pain_after) == (LINE, 7, 3)
        assert (content.plan, content.home_care) == (LAST.plan, LAST.home_care)
        assert [(one.section, one.confirmed) for one in content.carried] == [("plan", True), ("home_care", True)]
        assert content.subjective
        assert content.objective
        assert content.assessment
        assert agenda.slots[-1].brief.goals[0].latest == 62
        counted("routine note: 60 letters, 2 carried, 1 goal", hands.keys, 15)


async def test_an_unsigned_note_of_yesterday(door: Door, tmp_path: Path) -> None:
    async with driven(door, tmp_path) as driver:
        hands = await today(driver)
        await hands.press("d", "enter")
        await driver.until_shown("NoteScreen")
        await hands.press("f9")
        await driver.until_shown("ConfirmScreen")
        await hands.press("enter")
        await driver.until_shown("ReadingScreen")
        assert "Bo Chen" in driver.text
        assert not await driver.app.records.run(driver.app.practice.notes.unsigned)
        counted("unsigned note of yesterday, reached and signed", hands.keys, 6)


async def test_a_goal(door: Door, tmp_path: Path) -> None:
    async with driven(door, tmp_path) as driver:
        hands = await today(driver)
        await hands.press("m")
        await driver.until_shown("MeasureScreen")
        await hands.type("62")
        await hands.press("enter", "escape")
        await driver.until_shown("TodayScreen")
        assert "62° → 75°" in driver.text
        counted("a goal updated", hands.keys, 4)
