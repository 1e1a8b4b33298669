"""One client's way by the keys: referral, plan, goals, six sessions, the warning, review, report as PDF, discharge."""

import hashlib
import io
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import timedelta
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from tests.ui.doors import door_to
from tests.ui.driver import NOW, PASSPHRASE, Clock, Driver, driven
from therapist_tui.domain.appointment import AppointmentDraft, Status
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.consent import ConsentDraft, ConsentKind, ConsentMethod
from therapist_tui.domain.goal import GoalProgress
from therapist_tui.domain.goal_states import Achievement, GoalStatus
from therapist_tui.domain.health import Answer, Side
from therapist_tui.domain.plan import PlanReview, PlanStatus, ReviewDecision, TreatmentPlan
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.taking import read_taken
from therapist_tui.records.practice import Practice
from therapist_tui.ui.screens.form import FormScreen

WEEK = timedelta(days=7)
COVERED, BOOKED = 6, 8
PAIN, NECK, INDEX = "Worst pain 24 h", "Neck rotation left", "Neck Disability Index"
GOALS = (("worst pain", "7", "3"), ("neck rot left", "48", "75"), ("ndi", "36%", "16%"))
"""What is typed for each goal: the measure in a few words, from, to."""
FIRST = ("6", "52", "17\t10")
"""The first session's values as they are typed on the measure screen: of the index the sum and how many answers."""
SECOND_TO_FOURTH = (("6", "55", "32%"), ("5", "62", "28%"), ("4", "76", "26%"))
LAST_TWO = (("3", "76", "20%"), ("2", "77", "16%"))


def eight_weeks(practice: Practice) -> None:
    """Ana lets Dr Lin know, and has an appointment a week: two more than the referral will cover."""
    ana = practice.clients.add(ClientDraft("Ana Ruiz")).id
    practice.health.check(ana, Answer.NOTHING)
    told = ConsentDraft(ConsentKind.RELEASE, ConsentMethod.WRITTEN, NOW.date(), regions="reports to Dr Lin")
    practice.consents.give(ana, told)
    for number in range(BOOKED):
        at = NOW + timedelta(minutes=6) + number * WEEK
        practice.appointments.book(AppointmentDraft(ana, at, 60, "Massage"))


async def test_a_referral_goes_by_plan_goals_sessions_and_review_to_the_report_and_its_end(tmp_path: Path) -> None:
    clock = Clock()
    door = door_to(tmp_path / "practice", clock, eight_weeks)
    async with driven(door, tmp_path, clock=clock) as driver:
        journey = Journey(driver, clock, tmp_path / "exports")
        await journey.referral_and_plan()
        await journey.three_goals()
        await journey.first_session()
        await journey.sessions(*SECOND_TO_FOURTH)
        await journey.two_left()
        await journey.review()
        await journey.achieved_and_revised()
        await journey.sessions(*LAST_TWO)
        pdf = await journey.report()
        await journey.discharge()
    told_in_words(pdf)
    told_in_pictures(pdf)


@dataclass
class Journey:
    """The steps, each beginning on the day's screen or in the chart, where the one before has left it."""

    driver: Driver
    clock: Clock
    exports: Path

    async def records(self, command: Any, *arguments: Any) -> Any:
        return await self.driver.app.records.run(command, *arguments)

    async def says(self, *words: str) -> None:
        """Wait until the screen says it all."""
        await self.driver.until(lambda: all(word in self.driver.text for word in words))

    async def filled(self, **typed: str) -> None:
        """Type into fields of the form, each over what is there, and save."""
        await self.driver.until_shown("FormScreen")
        for name, text in typed.items():
            field = self.driver.app.screen.query_one(f"#field-{name}")
            field.focus()
            if getattr(field, "value", ""):
                await self.driver.press("home", "ctrl+k")
            await self.driver.type(text)
        await self.driver.press("f9")
        await self.driver.until(lambda: not isinstance(self.driver.app.screen, FormScreen))

    async def plan(self) -> TreatmentPlan:
        """The newest plan, as it is kept."""
        practice = self.driver.app.practice
        (ana,) = await self.records(practice.clients.find, "Ana")
        (plan,) = await self.records(practice.plans.of, ana.id)
        return plan

    async def goals(self) -> dict[str, GoalProgress]:
        """The goals by their titles, as they are kept."""
        found = await self.records(self.driver.app.practice.plans.goals, (await self.plan()).client_id)
        return {one.goal.title: one for one in found}

    # The steps

    async def referral_and_plan(self) -> None:
        """The plan takes what the referral says, and the chart tells which bookings it does not cover."""
        await self.driver.type(PASSPHRASE + "\n")
        await self.driver.until_shown("TodayScreen")
        await self.driver.press("enter", "r")
        await self.filled(referrer="Dr Lin", diagnosis="M54.2 neck pain", visits_authorised=str(COVERED))
        await self.driver.press("p")
        await self.filled(review_every="4", agreed_on="today")
        plan = await self.plan()
        (referral,) = await self.records(self.driver.app.practice.referrals.of, plan.client_id)
        assert isinstance(referral, Referral)
        assert (plan.reason, plan.visits_planned, plan.referral_id) == ("M54.2 neck pain", COVERED, referral.id)
        await self.driver.press("3")
        await self.says("Booked, but not covered by the referral: 4 Jan, 11 Jan.")

    async def three_goals(self) -> None:
        """Each by a few words for its measure, which brings the title, the side and the unit."""
        for measure, baseline, target in GOALS:
            await self.driver.press("g")
            await self.filled(measure=measure, baseline=baseline, target=target, due_on="+8w")
        goals = {title: one.goal for title, one in (await self.goals()).items()}
        assert {title: one.measure for title, one in goals.items()} == {
            PAIN: "nprs.worst", NECK: "rom.neck.rotation.active", INDEX: "ndi",
        }  # fmt: skip
        assert goals[NECK].side is Side.LEFT
        await self.driver.press("escape")
        await self.driver.until_shown("TodayScreen")

    async def first_session(self) -> None:
        """Arrived, in session, three values, done."""
        await self.driver.press("s", "s", "m")
        await self.driver.until_shown("MeasureScreen")
        for typed in FIRST:
            await self.driver.type(typed)
            await self.driver.press("enter")
        await self.driver.press("escape", "s")
        values = [one.counted[0].value for one in (await self.goals()).values()]
        assert sorted(values) == [6, 34, 52]
        (slot,) = (await self.records(self.driver.app.practice.day.agenda, self.driver.app.today())).slots
        assert slot.appointment.status is Status.DONE
        self.clock.now += WEEK

    async def sessions(self, *measured: tuple[str, str, str]) -> None:
        """A session a week with a value for each goal that is still open, as its line on the screen reads it."""
        practice = self.driver.app.practice
        for values in measured:
            (slot,) = (await self.records(practice.day.agenda, self.driver.app.today())).slots
            goals = await self.goals()
            for title, typed in zip((PAIN, NECK, INDEX), values, strict=True):
                taken = read_taken(goals[title].goal, typed, "")
                await self.records(practice.plans.measure, goals[title].goal.id, taken)
            await self.records(practice.appointments.step, slot.id, Status.DONE)
            self.clock.now += WEEK

    async def two_left(self) -> None:
        """Badge on the day and sentences in the brief: two visits left, and the review is due."""
        await self.driver.press("t")
        await self.says("R2", "Review due after 4 visits.", "Referral of Dr Lin: 2 visits left.")

    async def review(self) -> None:
        """From the desk: the row leads to the form, which starts with where the goals stand."""
        await self.driver.press("d")
        await self.driver.until_shown("DeskScreen")
        await self.says("due after 4 visits", "2 visits left")
        await self.driver.press("home", *["down"] * self._row("review"), "enter")
        await self.driver.until_shown("FormScreen")
        await self.says(f"{PAIN}: 7/10 → 4/10 (aim 3/10)")
        await self.filled(next_on="+2w")
        await self.driver.until(lambda: "due after 4 visits" not in self.driver.text)
        plan = await self.plan()
        (review,) = await self.records(self.driver.app.practice.reviews.of, plan.id)
        assert isinstance(review, PlanReview)
        assert review.decision is ReviewDecision.CONTINUE
        assert f"{NECK}: 48° → 76°" in review.summary
        assert plan.review_on == review.next_on

    def _row(self, kind: str) -> int:
        rows = [line[2:].split() for line in self.driver.text.splitlines()[2:] if line.startswith("│")]
        return next(at for at, row in enumerate(rows) if kind in row[:2])

    async def achieved_and_revised(self) -> None:
        """In the chart: what the values say of the neck is confirmed; less pain than first thought is aimed at."""
        await self.driver.press("escape")
        await self.driver.until_shown("TodayScreen")
        await self.driver.press("enter")
        await self.driver.until_shown("ChartScreen")
        await self.driver.press("3")
        await self.to(NECK)
        await self.driver.press("s")
        await self.says("The values say: achieved.")
        await self.filled()
        await self.to(PAIN)
        await self.driver.press("enter")
        await self.filled(target="2")
        goals = {title: one.goal for title, one in (await self.goals()).items()}
        assert (goals[NECK].achievement, goals[NECK].status) == (Achievement.ACHIEVED, GoalStatus.ACTIVE)
        assert (goals[PAIN].baseline, goals[PAIN].target) == (7, 2)
        assert [one.value for one in (await self.goals())[PAIN].counted] == [6, 6, 5, 4]

    async def to(self, title: str) -> None:
        """Highlight a goal of the chart."""
        await self.says(title)
        await self.driver.press("home")
        for _ in range(12):
            if any(line.startswith(("│▌", "▌")) and title in line for line in self.driver.text.splitlines()):
                return
            await self.driver.press("down")
        raise AssertionError(self.driver.text)

    async def report(self) -> bytes:
        """One key to read it, one to write it, and its line in the log."""
        await self.driver.press("w")
        await self.driver.until_shown("ReportScreen")
        await self.says("To Dr Lin", "✓ a signed consent names them")
        await self.driver.press("p")
        await self.says("✓ written")
        (file,) = self.exports.iterdir()
        content = file.read_bytes()
        (release,) = await self.records(self.driver.app.practice.releases.all)
        plan = await self.plan()
        assert (release.client_id, release.what) == (plan.client_id, "progress report (PDF)")
        assert (release.to_whom, release.why) == ("Dr Lin", "keeps the referrer informed")
        assert release.digest == hashlib.sha256(content).hexdigest()
        assert release.consent_id
        await self.driver.press("escape")
        await self.driver.until_shown("ChartScreen")
        return content

    async def discharge(self) -> None:
        """The status form ends the plan with a summary to go on from."""
        await self.driver.press("P")
        await self.driver.until_shown("FormScreen")
        assert "Discharge" not in self.driver.text  # while it only becomes on hold
        await self.driver.press("enter", "down", "enter")
        await self.says("completed: discharge", f"{PAIN}: 7/10 → 2/10")
        await self.filled(reason="goals reached")
        plan = await self.plan()
        assert (plan.status, plan.status_reason) == (PlanStatus.COMPLETED, "goals reached")
        assert plan.ended_on == self.driver.app.today()
        assert f"{PAIN}: 7/10 → 2/10" in plan.discharge


# What the PDF tells


def told_in_words(pdf: bytes) -> None:
    """The way from the referral to the last session, each goal with what its change is worth."""
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    said = " ".join(page.extract_text().split())
    for words in (
        "for Dr Lin", "Client Ana Ruiz", "M54.2 neck pain, as written on the referral", "6 of 6 visits used",
        "Period 23 November 2026 to 4 January 2027", "6 visits: 23, 30 November 2026; 7, 14, 21, 28 December 2026.",
        f"{PAIN} 7/10 → 2/10 target reached aim 2/10 by 18 January 2027 Better by 5 points: a change large enough",
        f"{NECK} 48° → 77° achieved aim 75° by 18 January 2027 Better by 29°: a real change",
        f"{INDEX} 36 % → 16 % target reached aim 16 %", "Judged by: goniometer, spine, same rater", "Young 2009",
    ):  # fmt: skip
        assert words in said


def told_in_pictures(pdf: bytes) -> None:
    """A trend for each goal: through the beginning and all six values, down or up as it went, and the aim dashed."""
    reader = PdfReader(io.BytesIO(pdf))
    (page,) = reader.pages
    assert figures(reader.root_object["/StructTreeRoot"]) == [
        "Trend from 7/10 to 2/10, aim 2/10", "Trend from 48° to 77°, aim 75°", "Trend from 36 % to 16 %, aim 16 %",
    ]  # fmt: skip
    drawn = strokes(page)
    trends = [one.points for one in drawn if one.width == TREND_WIDTH]
    assert [len(points) for points in trends] == [1 + COVERED] * 3
    assert [points[-1][1] < points[0][1] for points in trends] == [False, True, False]  # heights from the top
    aims = [one.points[0][1] for one in drawn if one.dashed]
    pain, neck, index = (points[-1][1] for points in trends)
    assert (pain, index) == (aims[0], aims[2])
    assert neck < aims[1]


TREND_WIDTH = 1.6


@dataclass
class Stroke:
    """A line of the page as it was drawn."""

    points: list[tuple[float, float]] = dataclass_field(default_factory=list[tuple[float, float]])
    width: float = 1
    dashed: bool = False


def strokes(page: PageObject) -> list[Stroke]:
    """The lines of a page, in the order in which they were drawn."""
    found: list[Stroke] = []
    line = Stroke()
    for numbers, operator in ContentStream(page["/Contents"].get_object(), None).operations:
        match operator:
            case b"q" | b"Q":
                line = Stroke()
            case b"w":
                line.width = float(numbers[0])
            case b"d":
                line.dashed = bool(numbers[0])
            case b"m" | b"l":
                line.points.append((float(numbers[0]), float(numbers[1])))
            case b"S":
                found.append(line)
            case _:
                pass
    return found


def figures(part: Any) -> list[str]:
    """What the pictures are said to show, to those who cannot see them."""
    part = part.get_object()
    if isinstance(part, list):
        return [said for one in part for said in figures(one)]
    if not isinstance(part, dict):
        return []
    own = [str(part["/Alt"])] if part.get("/S") == "/Figure" else []
    return own + (figures(part["/K"]) if "/K" in part else [])
