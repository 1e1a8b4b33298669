"""Treatment plans, their goals, and the measurements that tell how far a goal has come."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from .errors import PracticeError
from .text import clean, clean_line


class BaselineEqualsTarget(PracticeError):
    """The target is the same as the baseline: there is no way to go."""


class NotANumber(PracticeError):
    """That is no number. Type the new value, e.g. 62 or 3.5."""


class OutOfRange(PracticeError):
    """{title} goes from {lowest} to {highest}."""


class TwoWaysToRead(NotANumber):
    """That could be thousands or decimals. Type it without the comma or with a point, e.g. 1200 or 1.2."""


class NumberTooLarge(NotANumber):
    """That number is too large: values lie below a million."""


class PlanStatus(Enum):
    """Where a plan stands, named as FHIR's request status."""

    ACTIVE = "active"
    ON_HOLD = "on hold"
    COMPLETED = "completed"
    STOPPED = "stopped"


class GoalStatus(Enum):
    """Where a goal stands, named as FHIR's goal lifecycle."""

    ACTIVE = "active"
    ON_HOLD = "on hold"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Measurement:
    """One value of a goal's measure, and when it was taken."""

    id: UUID
    goal_id: UUID
    value: float
    measured_at: datetime


@dataclass(frozen=True, slots=True)
class Goal:
    """What is aimed at, and by which number one will know. Values are in `unit`."""

    id: UUID
    plan_id: UUID
    client_id: UUID
    title: str
    unit: str
    baseline: float
    target: float
    baseline_on: date
    due_on: date | None = None
    status: GoalStatus = GoalStatus.ACTIVE

    @property
    def higher_is_better(self) -> bool:
        """The direction, as baseline and target tell it."""
        return self.target > self.baseline


def check_value(goal: Goal, value: float) -> None:
    """Raise OutOfRange for a value that the goal's scale does not have: "/10" goes from 0 to 10."""
    if goal.unit.startswith("/") and goal.unit[1:].isascii() and goal.unit[1:].isdigit():
        highest = int(goal.unit[1:])
        if not 0 <= value <= highest:
            raise OutOfRange(title=goal.title, lowest=0, highest=highest)


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """A goal with its measurements, oldest first."""

    goal: Goal
    measurements: tuple[Measurement, ...] = ()

    @property
    def latest(self) -> float:
        """The newest value; the baseline while nothing was measured since."""
        return self.measurements[-1].value if self.measurements else self.goal.baseline

    @property
    def values(self) -> tuple[float, ...]:
        """Baseline and every measurement, oldest first."""
        return (self.goal.baseline, *(one.value for one in self.measurements))

    @property
    def percent(self) -> float:
        """How far it has come, see `percent_toward_target`."""
        return percent_toward_target(self.goal, self.latest)

    @property
    def reached(self) -> bool:
        """Whether the newest value is at the target or past it."""
        return self.percent >= 100


def percent_toward_target(goal: Goal, latest: float) -> float:
    """How far a goal has come from its baseline, in percent; below 0 when it got worse, above 100 past the target.

    Raises BaselineEqualsTarget when the goal leaves no way to go.
    """
    if goal.target == goal.baseline:
        raise BaselineEqualsTarget
    return 100 * (latest - goal.baseline) / (goal.target - goal.baseline)


@dataclass(frozen=True, slots=True)
class TreatmentPlan:
    """Why the client comes and what is aimed at; `led_by` names who leads a larger plan that this is a part of."""

    id: UUID
    client_id: UUID
    reason: str
    led_by: str = ""
    visits_planned: int | None = None
    started_on: date | None = None
    review_on: date | None = None
    status: PlanStatus = PlanStatus.ACTIVE


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """What the plan form holds."""

    reason: str
    led_by: str = ""
    visits_planned: int | None = None
    review_on: date | None = None

    def cleaned(self) -> "PlanDraft":
        """The same with clean text."""
        return PlanDraft(
            clean(self.reason, 2_000).strip(), clean_line(self.led_by), self.visits_planned, self.review_on
        )

    def problems(self, today: date) -> dict[str, str]:
        """What must be mended before it can be saved, by field."""
        found: dict[str, str] = {}
        if not self.reason:
            found["reason"] = "Please say why the client comes."
        if self.visits_planned is not None and not 1 <= self.visits_planned <= 200:
            found["visits_planned"] = "A plan has 1 to 200 visits."
        if self.review_on and self.review_on < today:
            found["review_on"] = "The review lies in the past."
        return found


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """What the goal form holds."""

    title: str
    unit: str
    baseline: float | None
    target: float | None
    due_on: date | None = None

    def cleaned(self) -> "GoalDraft":
        """The same with clean text."""
        return GoalDraft(clean_line(self.title), clean_line(self.unit, 20), self.baseline, self.target, self.due_on)

    def problems(self, today: date) -> dict[str, str]:
        """What must be mended before it can be saved, by field."""
        found: dict[str, str] = {}
        if not self.title:
            found["title"] = "Please name what is measured, e.g. “Neck rotation left”."
        if self.baseline is None:
            found["baseline"] = "A goal needs the value it starts from."
        if self.target is None:
            found["target"] = "A goal needs the value it aims at."
        elif self.target == self.baseline:
            found["target"] = "The target is the same as the baseline: there is no way to go."
        if self.due_on and self.due_on < today:
            found["due_on"] = "The due date lies in the past."
        return found


_NUMBER = re.compile(r"[+-]?(\d+[.,]?\d*|[.,]\d+)")
_THOUSANDS = re.compile(r"[+-]?[^\D0]\d{0,2},\d{3}")


def read_value(words: str) -> float:
    """A measured value as typed: "62", "3.5", "3,5", kept to a millionth. Raises NotANumber.

    "1,200" is refused rather than taken for 1.2; NaN, infinity and exponents are no values.
    """
    text = words.strip().replace("−", "-")
    if not _NUMBER.fullmatch(text):
        raise NotANumber
    if _THOUSANDS.fullmatch(text):
        raise TwoWaysToRead
    value = round(float(text.replace(",", ".")), 6)
    if not abs(value) < 1_000_000:
        raise NumberTooLarge
    return value + 0.0  # no "-0"


def show_value(value: float, unit: str = "") -> str:
    """A value as people write it: "62°", "3.5 kg", "40 %"."""
    number = f"{value:.6f}".rstrip("0").rstrip(".")
    number = "0" if number == "-0" else number
    if not unit or unit in ("/10", "°"):
        return f"{number}{unit}"
    return f"{number} {unit}"
