"""Plans, goals and measurements, taken from the same courses that the notes tell of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from therapist_tui.domain.goal import Goal
from therapist_tui.domain.goal_states import GoalStatus
from therapist_tui.domain.health import Side
from therapist_tui.domain.measurement import Measurement, Mode, Rating, Taken
from therapist_tui.domain.measures.catalogue import measures
from therapist_tui.domain.plan import PlanStatus, TreatmentPlan
from therapist_tui.domain.taking import valued

from .course import Course
from .ids import Ids
from .texts import Complaint, Person

FEWEST = 4
"""Visits in a course from which there is something to measure by."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a goal measures, and what for."""

    title: str
    unit: str
    measure: str
    side: Side = Side.NONE
    purpose: str = ""


PAIN_NOW = _Kind("Pain now", "/10", "nprs", purpose="an evening without a tablet")
SLEEP = _Kind("Sleep quality, 7 days", "/10", "sleep.quality", purpose="wake up rested")
PAIN = _Kind("Worst pain 24 h", "/10", "nprs.worst", purpose="a day without thinking of it")


class Plans:
    """The plans of the whole practice, collected client by client."""

    def __init__(self, ids: Ids, today: date, rng: Random) -> None:
        self.ids, self.today, self.rng = ids, today, rng
        self.plans: list[TreatmentPlan] = []
        self.goals: list[Goal] = []
        self.measurements: list[Measurement] = []

    def add(
        self, person: Person, client_id: UUID, complaint: Complaint, run: Course, visits: Sequence[datetime]
    ) -> None:
        """The plan under way of a client whose visits so far were at those moments (UTC, oldest first)."""
        moments = visits[len(visits) - run.current :]
        if not person.plan or run.current < FEWEST:
            return
        plan = self._plan(person, client_id, _reason(person, complaint), moments[0])
        steps = run.under_way
        title, unit, baseline, target, _ = complaint.measure
        due = self.today + timedelta(days=self.rng.randint(7, 70))
        readings = [float(step.reading or 0) for step in steps]
        side = Side(person.side) if "{side}" in title else Side.NONE
        kind = _Kind(title.format(side=person.side), unit, complaint.measured_by, side, complaint.purpose)
        self._goal(plan, kind, float(baseline), float(target), due, moments, readings)
        worst = [float(step.worst) for step in steps]
        aim = float(min(complaint.pain[1], worst[0] - 2))
        self._goal(plan, PAIN, worst[0], aim, due, moments, worst)
        if complaint.also:
            self._also(plan, complaint.also, complaint.purpose, due, moments, [step.share for step in steps])

    def _also(
        self, plan: TreatmentPlan, told: Mapping[str, Any], purpose: str, due: date, moments: Sequence[datetime],
        shares: Sequence[float],
    ) -> None:  # fmt: skip
        """A third goal, by a questionnaire or by activities of the client's own, taken every second visit."""
        start, aim = _taken(told, 0), _taken(told, 1)
        goal = Goal(
            self.ids.at(moments[0]), plan.id, plan.client_id, told["title"], "", 0, 1, moments[0].date(), due,
            measure=told["measure"], purpose=purpose, activities=tuple(one.activity for one in start.ratings),
        )  # fmt: skip
        baseline, target = (valued(goal, one).value or 0.0 for one in (start, aim))
        goal = replace(
            goal, unit=measures()[goal.measure].unit, baseline=baseline, target=target, baseline_ratings=start.ratings
        )
        self.goals.append(goal)
        for moment, share in list(zip(moments, shares, strict=True))[2::2]:
            taken = valued(goal, _taken(told, share))
            self.measurements.append(
                Measurement(
                    self.ids.at(moment), goal.id, taken.value or 0.0, moment, taken.raw, taken.answered, taken.ratings,
                    Mode.PAPER if taken.raw is not None else Mode.SESSION,
                )
            )  # fmt: skip

    def add_finished(
        self, person: Person, client_id: UUID, complaint: Complaint, run: Course, visits: Sequence[datetime]
    ) -> None:
        """A plan that was seen through, with four goals that were measured at every visit."""
        first, last = visits[0], visits[-1].date()
        reason = _reason(person, complaint)
        self.plans.append(
            TreatmentPlan(
                self.ids.at(first), client_id, reason, visits_planned=len(visits), started_on=first.date(),
                status=PlanStatus.COMPLETED, ended_on=last, discharge="Finished as planned; comes back when needed.",
            )
        )  # fmt: skip
        title, unit, baseline, target, _ = complaint.measure
        side = Side(person.side) if "{side}" in title else Side.NONE
        own = _Kind(title.format(side=person.side), unit, complaint.measured_by, side, complaint.purpose)
        worst = [float(step.worst) for step in run.steps]
        now = [float(step.before) for step in run.steps]
        slept = [float(min(10, max(0, round(4 + 4 * step.share)))) for step in run.steps]
        before = len(self.goals)
        readings = [float(step.reading or 0) for step in run.steps]
        self._goal(self.plans[-1], own, float(baseline), float(target), last, visits, readings)
        self._goal(self.plans[-1], PAIN, worst[0], _below(worst[0]), last, visits, worst)
        self._goal(self.plans[-1], PAIN_NOW, now[0], _below(now[0]), last, visits, now)
        self._goal(self.plans[-1], SLEEP, 4.0, 8.0, last, visits, slept)
        self.goals[before:] = [replace(one, status=GoalStatus.COMPLETED) for one in self.goals[before:]]

    def add_told(self, person: Person, client_id: UUID, visits: Sequence[datetime], now: datetime) -> None:
        """The plan of a client whose goals stand in people.toml, value by value."""
        plan = self._plan(person, client_id, person.reason, visits[0])
        for told in person.goals:
            moments = [visits[0], *(min(now, visits[0] + timedelta(days=day)) for day in told["days"])]
            values = [told["baseline"], *told["values"]]
            due = self.today + timedelta(days=told["due"])
            kind = _Kind(told["title"], told["unit"], told["measure"], Side(told.get("side", "")), told["purpose"])
            self._goal(plan, kind, told["baseline"], told["target"], due, moments, values)

    def _plan(self, person: Person, client_id: UUID, reason: str, start: datetime) -> TreatmentPlan:
        led_by = person.led_by or (person.referral["by"] if person.referral else "")
        review = self.today + timedelta(days=self.rng.randint(-1, 33))
        self.plans.append(
            TreatmentPlan(self.ids.at(start), client_id, reason, led_by, person.plan, start.date(), review)
        )
        return self.plans[-1]

    def _goal(
        self, plan: TreatmentPlan, kind: "_Kind", baseline: float, target: float, due: date,
        moments: Sequence[datetime], values: Sequence[float],
    ) -> None:  # fmt: skip
        goal = Goal(
            self.ids.at(moments[0]), plan.id, plan.client_id, kind.title, kind.unit, baseline, target,
            moments[0].date(), due, measure=kind.measure, side=kind.side, purpose=kind.purpose,
        )  # fmt: skip
        self.goals.append(goal)
        self.measurements.extend(self._readings(goal, moments[1:], values[1:]))

    def _readings(self, goal: Goal, moments: Sequence[datetime], values: Sequence[float]) -> Iterator[Measurement]:
        for moment, value in zip(moments, values, strict=True):
            yield Measurement(self.ids.at(moment), goal.id, value, moment)


def _below(value: float) -> float:
    """What pain is to come down to; where there is next to none, up from it, since a goal leaves a way to go."""
    return max(0.0, value - 3) if value else 1.0


def _taken(told: Mapping[str, Any], share: float) -> Taken:
    """What is entered when so much of the way is gone, from 0 at the start to 1 at the aim."""
    if "raw" in told:
        return Taken(raw=max(0, round(told["raw"] + (told["aim"] - told["raw"]) * share)), answered=told["answered"])
    return Taken(
        ratings=tuple(
            Rating(activity, float(min(10, max(0, round(start + (told["aim"] - start) * share)))))
            for activity, start in told["activities"]
        )
    )


def _reason(person: Person, complaint: Complaint) -> str:
    reason = person.reason or complaint.reason.format(side=person.side)
    return reason[:1].upper() + reason[1:]
