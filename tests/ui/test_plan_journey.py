"""One client's way by the keys: referral of six visits, plan, sessions, the warning at two left, review, discharge."""

from datetime import timedelta
from pathlib import Path

from tests.ui.doors import door_to
from tests.ui.driver import NOW, PASSPHRASE, Clock, Driver, driven
from therapist_tui.domain.appointment import AppointmentDraft, Status
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.goal import GoalDraft
from therapist_tui.domain.health import Answer
from therapist_tui.domain.plan import PlanReview, PlanStatus, ReviewDecision, TreatmentPlan
from therapist_tui.domain.referral import Referral
from therapist_tui.records.practice import Practice
from therapist_tui.ui.screens.form import FormScreen

WEEK = timedelta(days=7)
SESSIONS = 8


def six_weeks(practice: Practice) -> None:
    """A client with an appointment a week, two more than the referral will cover."""
    ana = practice.clients.add(ClientDraft("Ana Ruiz")).id
    practice.health.check(ana, Answer.NOTHING)
    for number in range(SESSIONS):
        at = NOW + timedelta(minutes=30) + number * WEEK
        practice.appointments.book(AppointmentDraft(ana, at, 60, "Massage"))


async def opened(driver: Driver) -> None:
    await driver.type(PASSPHRASE + "\n")
    await driver.until_shown("TodayScreen")


async def filled(driver: Driver, **typed: str) -> None:
    """Type into fields of the form, each from its start, and save."""
    for name, text in typed.items():
        driver.app.screen.query_one(f"#field-{name}").focus()
        await driver.type(text)
    await driver.press("f9")
    await driver.until(lambda: not isinstance(driver.app.screen, FormScreen))


async def sessions(driver: Driver, clock: Clock, *values: float) -> None:
    """A session a week, each with a value for the goal, and the clock goes on."""
    practice = driver.app.practice
    for value in values:
        (slot,) = (await driver.app.records.run(practice.day.agenda, driver.app.today())).slots
        await driver.app.records.run(practice.plans.measure, slot.brief.goals[0].goal.id, value)
        await driver.app.records.run(practice.appointments.step, slot.id, Status.DONE)
        clock.now += WEEK


async def current(driver: Driver) -> tuple[TreatmentPlan, Referral]:
    practice = driver.app.practice
    (ana,) = await driver.app.records.run(practice.clients.find, "Ana")
    (plan,) = await driver.app.records.run(practice.plans.of, ana.id)
    (referral,) = await driver.app.records.run(practice.referrals.of, ana.id)
    return plan, referral


async def test_plan_goes_from_its_referral_to_the_review_and_its_end(tmp_path: Path) -> None:
    clock = Clock()
    async with driven(door_to(tmp_path / "practice", clock, six_weeks), tmp_path, clock=clock) as driver:
        await opened(driver)
        await driver.press("enter", "r")
        await filled(driver, referrer="Dr Lin", diagnosis="M54.2 neck pain", visits_authorised="6")
        await driver.press("p")
        await filled(driver, review_every="4", agreed_on="today")
        plan, referral = await current(driver)
        assert (plan.reason, plan.visits_planned, plan.referral_id) == ("M54.2 neck pain", 6, referral.id)
        assert "Booked, but not covered by the referral" in driver.text
        await driver.app.records.run(
            driver.app.practice.plans.add_goal, plan.id, GoalDraft("Worst pain", "/10", 7, 2, NOW.date() + 8 * WEEK)
        )
        await sessions(driver, clock, 6, 5, 4, 3)
        await driver.press("escape", "t")
        await driver.until(lambda: "R2" in driver.text)
        assert "Review due after 4 visits." in driver.text
        assert "Referral of Dr Lin: 2 visits left." in driver.text
        await reviewed(driver, plan)
        await driver.press("escape")
        await driver.until(lambda: "Review due" not in driver.text)
        await discharged(driver)


async def reviewed(driver: Driver, plan: TreatmentPlan) -> None:
    """From the desk: the row leads to the form, which starts with where the goal stands."""
    await driver.press("d")
    await driver.until_shown("DeskScreen")
    assert "due after 4 visits" in driver.text
    await driver.press("home", *["down"] * _row(driver, "review"), "enter")
    await driver.until_shown("FormScreen")
    assert "Worst pain: 7/10 → 3/10 (aim 2/10)" in driver.text
    await filled(driver, next_on="+2w")
    await driver.until(lambda: "due after 4 visits" not in driver.text)
    (review,) = await driver.app.records.run(driver.app.practice.reviews.of, plan.id)
    assert isinstance(review, PlanReview)
    assert review.decision is ReviewDecision.CONTINUE
    assert "3/10" in review.summary
    assert (await current(driver))[0].review_on == review.next_on


def _row(driver: Driver, kind: str) -> int:
    rows = [line[2:].split() for line in driver.text.splitlines()[2:] if line.startswith("│")]
    return next(at for at, row in enumerate(rows) if kind in row[:2])


async def discharged(driver: Driver) -> None:
    """In the chart: the status form ends the plan with a summary to go on from."""
    await driver.press("enter")
    await driver.until_shown("ChartScreen")
    await driver.press("P")
    await driver.until_shown("FormScreen")
    driver.app.screen.query_one("#field-status").value = PlanStatus.COMPLETED.value  # pyright: ignore[reportAttributeAccessIssue]
    await driver.settle()
    await filled(driver, reason="goal nearly reached")
    plan, _ = await current(driver)
    assert (plan.status, plan.status_reason) == (PlanStatus.COMPLETED, "goal nearly reached")
    assert plan.ended_on == driver.app.today()
    assert "Worst pain: 7/10 → 3/10" in plan.discharge
