"""The desk by its keys: what is owed is reached, settled, and gone; and the day is closed one key at a time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from textual import events

from tests.ui.driver import NOW, PASSPHRASE, Driver, driven
from therapist_tui.domain.appointment import AppointmentDraft, Status
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.desk import OwedKind
from therapist_tui.domain.goal import GoalDraft
from therapist_tui.domain.health import Answer
from therapist_tui.domain.note import NoteContent
from therapist_tui.domain.plan import PlanDraft
from therapist_tui.domain.referral import ReferralDraft
from therapist_tui.domain.signing import Rules
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.practice import Practice, open_practice
from therapist_tui.ui.actions import BY_ID
from therapist_tui.ui.door import Door
from therapist_tui.ui.widgets.desk_list import DeskList

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FULL = NoteContent("Neck “tight”", "C5 tender", "Softer", "Weekly")


@dataclass
class Made:
    """A practice that owes one thing of each kind, and the ids of what it owes."""

    door: Door
    note: UUID
    outcome: UUID
    never_asked: UUID
    goal: UUID
    referred: UUID


def booked(practice: Practice, client_id: UUID, at: datetime, status: Status = Status.BOOKED) -> UUID:
    made = practice.appointments.book(AppointmentDraft(client_id, at, 60, "Massage"))
    if status is not Status.BOOKED:
        practice.appointments.step(made.id, status, "ill" if status.lost else "")
    return made.id


def signed(practice: Practice, client_id: UUID, at: datetime) -> None:
    practice.signs_by(Rules(required=("said",), late_after=365 * DAY))  # how it is signed is no matter here
    practice.notes.sign(practice.notes.open(booked(practice, client_id, at, Status.DONE)).id, FULL)


def goal_since_a_month(folder: Path) -> UUID:
    """A goal whose baseline is a month old, with three signed sessions since."""
    earlier = NOW - 35 * DAY
    practice = open_practice(folder, PASSPHRASE, lambda: earlier)
    gil = practice.clients.add(ClientDraft("Gil Goalsen")).id
    practice.health.check(gil, Answer.NOTHING)
    plan = practice.plans.start(gil, PlanDraft("Neck"))
    goal = practice.plans.add_goal(plan.id, GoalDraft("Neck rotation", "°", 40, 70))
    practice.close()
    practice = open_practice(folder, PASSPHRASE, lambda: NOW)
    for weeks in (4, 3, 2):
        signed(practice, gil, NOW - weeks * 7 * DAY)
    practice.close()
    return goal.id


@pytest.fixture
def owing(existing_door: Door, tmp_path: Path) -> Made:
    goal_id = goal_since_a_month(tmp_path / "practice")
    practice = existing_door.open(PASSPHRASE)
    gil = practice.clients.find("Gil")[0].id
    practice.health.check(gil, Answer.NO_CHANGE)
    signed(practice, gil, NOW - 2 * HOUR)
    noa = practice.clients.add(ClientDraft("Noa Noteby")).id
    practice.health.check(noa, Answer.NOTHING)
    note = booked(practice, noa, NOW - DAY, Status.DONE)
    practice.notes.save(practice.notes.open(note).id, FULL)
    out = practice.clients.add(ClientDraft("Otto Outcome")).id
    practice.health.check(out, Answer.NOTHING)
    outcome = booked(practice, out, NOW - 3 * HOUR)
    hana = practice.clients.add(ClientDraft("Hana Historia")).id
    signed(practice, hana, NOW - 4 * HOUR)
    rita = practice.clients.add(ClientDraft("Rita Referred")).id
    practice.referrals.add(rita, ReferralDraft("Dr Lin", visits_authorised=2))
    booked(practice, rita, NOW + DAY)
    practice.therapist.save(TherapistDraft("Dana", "LMT", "A-1", date(2026, 11, 3), "America/Toronto"))
    practice.close()
    return Made(existing_door, note, outcome, hana, goal_id, rita)


async def to_desk(driver: Driver) -> None:
    await driver.type(PASSPHRASE + "\n")
    await driver.until_shown("TodayScreen")
    await driver.press("d")
    assert shown(driver) == "DeskScreen"


def shown(driver: Driver) -> str:
    return type(driver.app.screen).__name__


def kinds(driver: Driver) -> list[str]:
    """The kinds of the list's rows, as they stand on the screen."""
    words = {kind.value for kind in OwedKind}
    rows = [line[3:].split() for line in driver.text.splitlines() if line.startswith("│")]
    return [row[0] for row in rows if row and row[0] in words]


async def test_the_list_shows_every_kind_with_its_number_notes_first(owing: Made, tmp_path: Path) -> None:
    async with driven(owing.door, tmp_path) as driver:
        await to_desk(driver)
        assert kinds(driver) == ["note", "outcome", "history", "goal", "licence", "referral"]
        for words in (
            "Noa Noteby", "ready to sign", "23 h ago", "Otto Outcome", "still booked", "2 h ago", "Hana Historia",
            "never asked", "Neck rotation", "no value for 4 visits", "2 visits left", "expired 3 Nov",
            "1 note · 1 outcome · 1 history · 1 goal · 1 referral · 1 licence",
        ):  # fmt: skip
            assert words in driver.text


async def test_an_unsigned_note_of_yesterday_is_signed_in_four_keys(owing: Made, tmp_path: Path) -> None:
    async with driven(owing.door, tmp_path) as driver:
        await driver.type(PASSPHRASE + "\n")
        await driver.until_shown("TodayScreen")
        assert "✎ 1 to sign" in driver.text
        await driver.press("d", "enter", "f9")
        await driver.until_shown("ConfirmScreen")
        await driver.press("enter")
        await driver.until_shown("ReadingScreen")
        note = await driver.app.records.run(driver.app.practice.notes.of_appointment, owing.note)
        assert note
        assert note.proven
        await driver.press("escape")
        assert kinds(driver)[0] == "outcome"
        await driver.press("escape")
        assert "to sign" not in driver.text


async def test_fast_fingers_reach_the_note_before_anything_was_painted(owing: Made, tmp_path: Path) -> None:
    async with driven(owing.door, tmp_path) as driver:
        await driver.type(PASSPHRASE + "\n")
        await driver.until_shown("TodayScreen")
        for key in ("d", "enter", "f9"):
            driver.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await driver.until_shown("ConfirmScreen")
        assert "Sign the note of Noa Noteby?" in driver.text


async def test_an_outcome_is_given_by_one_key_and_brings_its_note(owing: Made, tmp_path: Path) -> None:
    async with driven(owing.door, tmp_path) as driver:
        await to_desk(driver)
        await driver.press("down", "enter")
        assert "Did it take place?" in driver.text
        assert "Otto Outcome" in driver.text
        await driver.press("d")
        await driver.until_shown("DeskScreen")
        assert kinds(driver)[:2] == ["note", "note"]
        found = await driver.app.records.run(driver.app.practice.appointments.get, owing.outcome)
        assert found.status is Status.DONE


@pytest.mark.parametrize(("key", "status"), [("n", Status.NO_SHOW), ("c", Status.CANCELLED)])
async def test_who_did_not_come_is_marked_with_the_reason(
    owing: Made, tmp_path: Path, key: str, status: Status
) -> None:
    async with driven(owing.door, tmp_path) as driver:
        await to_desk(driver)
        await driver.press("down", "enter", key)
        await driver.until_shown("FormScreen")
        await driver.press("enter")
        assert "Please say why" in driver.text
        await driver.type("ill\n")
        await driver.until_shown("DeskScreen")
        found = await driver.app.records.run(driver.app.practice.appointments.get, owing.outcome)
        assert (found.status, found.reason) == (status, "ill")
        assert "outcome" not in kinds(driver)


async def test_d_and_x_act_on_the_row_itself_and_only_where_they_fit(owing: Made, tmp_path: Path) -> None:
    async with driven(owing.door, tmp_path) as driver:
        await to_desk(driver)
        assert "d done" not in driver.text
        await driver.press("d", "x", "y")
        assert shown(driver) == "DeskScreen"
        assert len(kinds(driver)) == 6
        await driver.press("down")
        assert "d done" in driver.text
        await driver.press("x")
        await driver.until_shown("FormScreen")
        assert "Cancel the appointment of Otto Outcome" in driver.text
        await driver.press("escape", "d")
        assert kinds(driver)[:2] == ["note", "note"]


async def test_y_stamps_a_history_and_enter_opens_its_form(owing: Made, tmp_path: Path) -> None:
    async with driven(owing.door, tmp_path) as driver:
        await to_desk(driver)
        await driver.press("down", "down", "enter")
        await driver.until_shown("FormScreen")
        assert "Hana" in driver.text
        await driver.press("escape")
        await driver.until_shown("DeskScreen")
        await driver.press("y")
        assert "history" not in kinds(driver)
        (check,) = await driver.app.records.run(driver.app.practice.health.checks, owing.never_asked)
        assert check.answer is Answer.NOTHING


async def test_a_goal_is_measured_and_the_highlight_stays_near(owing: Made, tmp_path: Path) -> None:
    async with driven(owing.door, tmp_path) as driver:
        await to_desk(driver)
        await driver.press("down", "down", "down", "enter")
        await driver.until_shown("MeasureScreen")
        await driver.type("55\n")
        await driver.press("escape")
        await driver.until_shown("DeskScreen")
        assert "goal" not in kinds(driver)
        highlighted = driver.app.screen.query_one(DeskList).owed
        assert highlighted
        assert highlighted.kind is OwedKind.LICENCE  # what took the goal's place


async def test_papers_lead_to_the_profile_and_the_chart(owing: Made, tmp_path: Path) -> None:
    async with driven(owing.door, tmp_path) as driver:
        await to_desk(driver)
        await driver.press("end", "up", "enter")
        await driver.until_shown("FormScreen")
        assert "Your licence and certifications" in driver.text
        await driver.press("escape", "end", "enter")
        await driver.until_shown("ChartScreen")
        assert "Rita Referred" in driver.text
        await driver.press("escape")
        assert shown(driver) == "DeskScreen"


async def test_masked_names_are_initials_on_the_desk_and_while_closing(owing: Made, tmp_path: Path) -> None:
    async with driven(owing.door, tmp_path) as driver:
        await to_desk(driver)
        await driver.press("f2")
        for name in ("Noteby", "Outcome", "Historia", "Goalsen", "Referred"):
            assert name not in driver.text
        assert "N. N." in driver.text
        await driver.press("c")
        assert "N. N." in driver.text
        await driver.press("f2")
        assert "Noa Noteby" in driver.text


async def test_the_desk_survives_the_lock(owing: Made, tmp_path: Path) -> None:
    async with driven(owing.door, tmp_path) as driver:
        await to_desk(driver)
        await driver.press("ctrl+l")
        await driver.until_shown("UnlockScreen")
        assert "Noteby" not in driver.text
        await driver.type(PASSPHRASE + "\n")
        await driver.until_shown("DeskScreen")
        assert len(kinds(driver)) == 6


async def test_an_empty_desk_is_calm(existing_door: Door, tmp_path: Path) -> None:
    async with driven(existing_door, tmp_path, size=(80, 24)) as driver:
        await to_desk(driver)
        assert "Nothing is owed." in driver.text
        await driver.press("enter", "d", "y", "x", "up", "down", "home", "end")
        assert shown(driver) == "DeskScreen"
        await driver.press("c")
        assert "The day is closed: nothing is owed." in driver.text
        await driver.press("enter", "escape")
        assert shown(driver) == "TodayScreen"


# Closing the day


async def sign(driver: Driver) -> None:
    await driver.press("enter")
    await driver.until_shown("NoteScreen")
    await driver.press("f9")
    await driver.until_shown("ConfirmScreen")
    await driver.press("enter")
    await driver.until_shown("ReadingScreen")
    await driver.press("escape")
    await driver.until_shown("ClosingScreen")


async def test_closing_the_day_runs_through_everything_one_key_each(owing: Made, tmp_path: Path) -> None:
    async with driven(owing.door, tmp_path) as driver:
        await to_desk(driver)
        await driver.press("c")
        assert "1 of 4" in driver.text
        assert "Write and sign the note" in driver.text
        await sign(driver)
        assert "2 of 4" in driver.text
        assert "Did it take place?" in driver.text
        await driver.press("d")  # done: now its note is owed too
        assert "3 of 5" in driver.text
        assert "not begun" in driver.text
        await driver.press("enter")
        await driver.until_shown("NoteScreen")
        await driver.type("\nStiff.\tTender.\t\t\t\tSofter.\tWeekly.")
        await driver.press("escape")
        await driver.until_shown("ClosingScreen")
        assert "ready to sign" in driver.text
        await sign(driver)
        assert "Was the history asked?" in driver.text
        await driver.press("y")
        assert "5 of 5" in driver.text
        await driver.press("m")
        await driver.until_shown("MeasureScreen")
        await driver.type("55\n")
        await driver.press("escape")
        await driver.until_shown("ClosingScreen")
        assert "The day is closed: nothing is owed." in driver.text
        assert "Waiting on the desk: 1 referral · 1 licence." in driver.text
        await driver.press("enter")
        assert kinds(driver) == ["licence", "referral"]


async def test_what_was_left_for_later_is_said_at_the_end_and_stays_on_the_desk(owing: Made, tmp_path: Path) -> None:
    async with driven(owing.door, tmp_path, size=(80, 24)) as driver:
        await to_desk(driver)
        await driver.press("c", "space")
        assert "2 of 4" in driver.text
        assert "1 left for later" in driver.text
        await driver.press("d", "space", "y", "space")
        assert "The day is closed but for what you left: 3 things are still owed." in driver.text
        assert "Noa Noteby: ready to sign" in driver.text
        await driver.press("escape")
        assert kinds(driver)[:3] == ["note", "note", "goal"]


async def test_escape_stops_and_keys_of_other_things_do_nothing(owing: Made, tmp_path: Path) -> None:
    async with driven(owing.door, tmp_path) as driver:
        await to_desk(driver)
        await driver.press("c", "d", "n", "y", "h", "m")
        assert shown(driver) == "ClosingScreen"
        assert "1 of 4" in driver.text
        await driver.press("space", "enter")  # an outcome has nowhere to go to
        assert shown(driver) == "ClosingScreen"
        await driver.press("escape")
        assert kinds(driver) == ["note", "outcome", "history", "goal", "licence", "referral"]


async def test_the_palette_and_the_help_name_only_what_fits(owing: Made, tmp_path: Path) -> None:
    async with driven(owing.door, tmp_path) as driver:
        await to_desk(driver)
        await driver.press("question_mark")
        assert BY_ID["desk.close_day"].help in driver.text
        assert BY_ID["desk.done"].help not in driver.text
        await driver.press("escape", "c", "space", "question_mark")
        assert BY_ID["closing.done"].help in driver.text


# The demo


async def test_the_demo_counts_the_same_on_today_and_on_the_desk(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        assert "✎ 2 to sign" in driver.text
        await driver.press("d")
        assert "2 notes" in driver.text
        assert kinds(driver)[:2] == ["note", "note"]
        assert "64 h ago, late" in driver.text


async def test_a_click_highlights_a_row_and_a_second_one_opens_it(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("d")
        rows = driver.app.screen.query_one(DeskList)
        await driver.pilot.click(DeskList, offset=(30, 3))
        await driver.settle()
        assert rows.owed
        assert rows.owed.kind is OwedKind.HISTORY
        await driver.pilot.click(DeskList, offset=(30, 3))
        await driver.until_shown("FormScreen")


async def test_a_list_longer_than_the_screen_follows_the_highlight(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path, size=(60, 20)) as driver:
        await driver.until_shown("TodayScreen")
        driver.app.clock = lambda: NOW + 9 * HOUR
        await driver.press("d")
        assert len(driver.app.screen.query_one(DeskList)._desk.owed) > 13
        assert "Ngọc Trần" not in driver.text
        await driver.press("end")
        assert "Ngọc Trần" in driver.text
        await driver.press("home")
        assert "Thandiwe Dlamini" in driver.text


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 48)])
async def test_every_row_ends_with_its_urgency_at_every_size(demo: Door, tmp_path: Path, size: tuple[int, int]) -> None:
    async with driven(demo, tmp_path, size=size) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("d")
        desk = await driver.app.records.run(driver.app.practice.desk.owed, NOW)
        assert len(desk.owed) > 10
        above = driver.text
        await driver.press("end")
        for one in desk.owed:
            assert one.urgency in above + driver.text
