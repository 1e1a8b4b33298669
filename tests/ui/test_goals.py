"""Goals as they are typed: measures found by their words, advice while typing, values judged before they are kept."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.ui.doors import door_to
from tests.ui.driver import NOW, PASSPHRASE, Driver, driven, now
from therapist_tui.domain.appointment import AppointmentDraft
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.goal import GoalDraft, GoalProgress
from therapist_tui.domain.goal_states import Achievement, GoalStatus
from therapist_tui.domain.health import Answer, Side
from therapist_tui.domain.measurement import Mode, Rating
from therapist_tui.domain.plan import PlanDraft
from therapist_tui.records.practice import Practice
from therapist_tui.ui.door import Door

TODAY = NOW.date()
PSFS = GoalDraft(
    "", "", 3.5, 6, measure="psfs", activities=("carry child", "mow lawn"),
    baseline_ratings=(Rating("carry child", 3), Rating("mow lawn", 4)), baseline_on=TODAY - timedelta(30),
)  # fmt: skip
NECK = GoalDraft("", "", 48, 75, measure="rom.neck.rotation.active", side=Side.LEFT, baseline_on=TODAY - timedelta(30))
NDI = GoalDraft("", "", 36, 16, measure="ndi", baseline_on=TODAY - timedelta(30))
TENDER = GoalDraft("", "", 3, 1, measure="tenderness", side=Side.LEFT, baseline_on=TODAY - timedelta(30))


def fill(practice: Practice) -> None:
    """Ana comes now, with a plan and a goal of each kind."""
    ana = practice.clients.add(ClientDraft("Ana Ruiz")).id
    practice.health.check(ana, Answer.NOTHING)
    plan = practice.plans.start(ana, PlanDraft("Neck"))
    for draft in (NECK, NDI, TENDER, PSFS):
        practice.plans.add_goal(plan.id, draft)
    practice.appointments.book(AppointmentDraft(ana, NOW + timedelta(minutes=6), 60, "Massage"))


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return door_to(tmp_path / "practice", now, fill)


async def today(driver: Driver) -> None:
    await driver.until_shown("UnlockScreen")
    await driver.type(PASSPHRASE + "\n")
    await driver.until_shown("TodayScreen")


async def goals(driver: Driver) -> list[GoalProgress]:
    (client,) = await driver.app.records.run(driver.app.practice.clients.find)
    return list(await driver.app.records.run(driver.app.practice.plans.goals, client.id))


async def test_every_kind_of_value_is_judged_while_typed_and_kept(door: Door, tmp_path: Path) -> None:
    async with driven(door, tmp_path, size=(80, 24)) as driver:
        await today(driver)
        await driver.press("m")
        await driver.until_shown("MeasureScreen")
        await driver.type("57")
        assert "57°: better by 9°, within error · 33 % of the way to 75°" in driver.text
        assert "MDC 10°: convention: goniometer, spine, same rater" in driver.text
        await driver.press("backspace", "backspace")
        await driver.type("62")
        assert "62°: better by 14°, real change" in driver.text
        assert "52 % of the way to 75°" in driver.text
        await driver.press("enter")
        await driver.type("16")
        await driver.press("tab", "end", "backspace", "backspace")
        await driver.type("9")
        assert "35.56 %: better by 0.44 %, within error" in driver.text
        await driver.press("backspace")
        await driver.type("7")
        assert "No score: NDI needs at least 8 of its 10 items answered, and 7 are." in driver.text
        await driver.press("backspace")
        await driver.type("8\n")
        await driver.type("ii")
        assert "II with grimace or flinch: better by 1 step, error not known" in driver.text
        await driver.press("enter")
        await driver.type("7\n")
        assert "7/10: better by 4, meaningful" in driver.text  # against what this activity was rated at the start
        await driver.press("enter")  # mow lawn was not rated: that is no zero
        await driver.press("escape")
        await driver.until_shown("TodayScreen")
        neck, ndi, tender, own = [one.measurements[0] for one in await goals(driver)]
        assert neck.value == 62
        assert (ndi.value, ndi.raw, ndi.answered) == (40, 16, 8)
        assert tender.value == 2
        assert (own.value, own.ratings) == (7, (Rating("carry child", 7), Rating("mow lawn", None)))


async def test_value_of_last_week_on_paper_is_kept_as_such_and_a_wrong_one_is_marked(
    door: Door, tmp_path: Path
) -> None:
    async with driven(door, tmp_path) as driver:
        await today(driver)
        await driver.press("m")
        await driver.until_shown("MeasureScreen")
        screen = driver.app.screen
        screen.query_one("#when").focus()
        await driver.type("-1w")
        screen.query_one("#mode").focus()
        await driver.press("down", "down", "enter")
        screen.query_one("#remark").focus()
        await driver.type("by phone")
        screen.query(".value").first().focus()
        await driver.type("115\n")
        (value,) = (await goals(driver))[0].measurements
        assert (value.value, value.mode, value.remark) == (115, Mode.PAPER, "by phone")
        assert value.measured_at.astimezone(driver.app.practice.zone).date() == TODAY - timedelta(7)
        screen.query(".value").first().focus()
        await driver.press("f6")
        assert "Value marked as entered in error" in driver.text
        assert (await goals(driver))[0].latest == 48
        await driver.press("escape")
        await driver.until_shown("TodayScreen")
        await driver.press("u")
        assert (await goals(driver))[0].latest == 115


async def test_a_goal_by_a_measure_is_advised_on_while_typed(door: Door, tmp_path: Path) -> None:
    async with driven(door, tmp_path) as driver:
        await today(driver)
        await driver.press("enter")
        await driver.until_shown("ChartScreen")
        await driver.press("g")
        await driver.until_shown("FormScreen")
        await driver.type("hip ir xx")
        assert "= a measure of your own" in driver.text
        assert "· No measure yet: with one of the list, a change is judged against its error." in driver.text
        await driver.press("backspace", "backspace")
        assert "= Hip internal rotation" in driver.text
        assert "Or: Hip internal rotation, passive." in driver.text
        assert "Reference 45°, other sources 40-45; the other side says more." in driver.text
        await driver.type("left")
        await driver.press("tab", "tab", "tab")
        await driver.type("20\t23\t")
        assert "Hip internal rotation left: 20° → 23°; real from 5° (convention: goniometer, limb" in driver.text
        assert "The target lies within the error of measuring (MDC 5°): reaching it would prove nothing." in driver.text
        assert "No date: until when?" in driver.text
        await driver.type("+8w\n")
        await driver.until_shown("ChartScreen")
        made = (await goals(driver))[-1].goal
        assert (made.title, made.measure, made.side) == (
            "Hip internal rotation left",
            "rom.hip.internal-rotation.active",
            Side.LEFT,
        )


async def test_a_ready_start_fills_the_form(door: Door, tmp_path: Path) -> None:
    async with driven(door, tmp_path, size=(80, 24)) as driver:
        await today(driver)
        await driver.press("enter")
        await driver.until_shown("ChartScreen")
        await driver.press("g")
        await driver.until_shown("FormScreen")
        await driver.press("shift+tab", "enter", *["down"] * 8, "enter")
        assert "Three own activities" in driver.text
        assert "= 3.67/10, the mean" in driver.text
        assert "F9 save" in driver.text  # the keys stay in view, whatever is said above them
        await driver.press("f9")
        await driver.until_shown("ChartScreen")
        made = (await goals(driver))[-1].goal
        assert made.activities == ("carry child", "sleep on left side", "mow lawn")
        assert [one.value for one in made.baseline_ratings] == [3, 4, 4]
        assert (made.target, made.due_on) == (6, TODAY + timedelta(weeks=6))


async def test_how_a_goal_stands_is_computed_and_confirmed_with_two_keys(door: Door, tmp_path: Path) -> None:
    async with driven(door, tmp_path) as driver:
        await today(driver)
        await driver.press("m")
        await driver.until_shown("MeasureScreen")
        await driver.type("76")
        await driver.press("enter", "escape")
        await driver.until_shown("TodayScreen")
        assert "✓ achieved" in driver.text
        await driver.press("enter")
        await driver.until_shown("ChartScreen")
        await driver.until(lambda: "Neck rotation left" in driver.text)
        await driver.press("down", "s")
        await driver.until_shown("FormScreen")
        assert "The values say: achieved." in driver.text
        await driver.press("f9")
        await driver.until_shown("ChartScreen")
        done = (await goals(driver))[0].goal
        assert (done.achievement, done.status) == (Achievement.ACHIEVED, GoalStatus.ACTIVE)
