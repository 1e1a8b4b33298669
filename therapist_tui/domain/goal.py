"""Goals of a treatment plan, and the measurements that tell how far each has come."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from .errors import PracticeError
from .health import Side
from .measures.catalogue import measure_of
from .measures.judging import Judged, judge
from .measures.values import Threshold
from .text import clean_line


class BaselineEqualsTarget(PracticeError):
    """The target is the same as the baseline: there is no way to go."""


class OutOfRange(PracticeError):
    """{title} goes from {lowest} to {highest}."""


class GoalStatus(Enum):
    """Where a goal stands: FHIR's goal lifecycle (clinical.md 5.2), with a space for FHIR's hyphen."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    ACCEPTED = "accepted"
    ACTIVE = "active"
    ON_HOLD = "on hold"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    IN_ERROR = "entered in error"
    REJECTED = "rejected"

    @property
    def open(self) -> bool:
        """Whether it is still worked towards, or will be."""
        return self not in (GoalStatus.COMPLETED, GoalStatus.CANCELLED, GoalStatus.IN_ERROR, GoalStatus.REJECTED)


class Achievement(Enum):
    """How far a goal has come, as FHIR's goal achievement has it (clinical.md 5.2), with a space for its hyphen."""

    IN_PROGRESS = "in progress"
    IMPROVING = "improving"
    WORSENING = "worsening"
    NO_CHANGE = "no change"
    ACHIEVED = "achieved"
    SUSTAINING = "sustaining"
    NOT_ACHIEVED = "not achieved"
    NO_PROGRESS = "no progress"
    NOT_ATTAINABLE = "not attainable"


class Priority(Enum):
    """How much a goal matters to the client."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Owner(Enum):
    """Who works towards a goal."""

    CLIENT = "client"
    THERAPIST = "therapist"
    BOTH = "both"


class Mode(Enum):
    """How a value was taken (clinical.md 1.0)."""

    SESSION = "in the session"
    PAPER = "on paper"
    APP = "by another program"
    TOLD = "as told"


@dataclass(frozen=True, slots=True)
class Rating:
    """One of the activities of a patient-specific scale with its rating; None when it was not rated that day."""

    activity: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Measurement:
    """One value of a goal's measure, and when it was taken.

    `value` is on the measure's scale; `raw` is the score as it was entered where that is another one. A score of which
    too much is missing has no measurement at all: a missing answer is never zero (clinical.md 1.1).
    """

    id: UUID
    goal_id: UUID
    value: float
    measured_at: datetime
    raw: float | None = None
    answered: int | None = None
    """How many of the measure's items were answered; None where it has none."""
    ratings: tuple[Rating, ...] = ()
    mode: Mode = Mode.SESSION
    remark: str = ""
    entered_at: datetime | None = None
    entered_by: str = ""
    in_error: bool = False
    """Entered in error: it stays in the table of values and counts nowhere."""


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
    measure: str = ""
    """Id of the measure in `measures/`; "" for one of the therapist's own, which `title` and `unit` describe."""
    side: Side = Side.NONE
    part: str = ""
    purpose: str = ""
    """The reason in the client's daily life: "work a full day at the screen"."""
    priority: Priority = Priority.MEDIUM
    owner: Owner = Owner.BOTH
    activities: tuple[str, ...] = ()
    """What is rated by a patient-specific scale, in the client's words."""
    mdc: float | None = None
    """The therapist's own figure for the smallest real change; None takes the measure's."""
    mcid: float | None = None
    """The therapist's own figure for a meaningful change; None takes the measure's."""
    achievement: Achievement | None = None
    """As the therapist confirmed it; None while nobody has."""
    achieved_at: datetime | None = None
    review_note: str = ""

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
    """A goal with its measurements, oldest first; those entered in error count nowhere."""

    goal: Goal
    measurements: tuple[Measurement, ...] = ()

    @property
    def counted(self) -> tuple[Measurement, ...]:
        """The measurements but for those entered in error, oldest first."""
        return tuple(one for one in self.measurements if not one.in_error)

    @property
    def latest(self) -> float:
        """The newest value; the baseline while nothing was measured since."""
        counted = self.counted
        return counted[-1].value if counted else self.goal.baseline

    @property
    def values(self) -> tuple[float, ...]:
        """Baseline and every measurement, oldest first."""
        return (self.goal.baseline, *(one.value for one in self.counted))

    @property
    def percent(self) -> float:
        """How far it has come, see `percent_toward_target`."""
        return percent_toward_target(self.goal, self.latest)

    @property
    def reached(self) -> bool:
        """Whether the newest value is at the target or past it."""
        return self.percent >= 100

    @property
    def judged(self) -> Judged:
        """Whether the change since the baseline is real: held against the measure's error, or the therapist's own."""
        return judged_at(self.goal, self.latest)


def judged_at(goal: Goal, value: float) -> Judged:
    """The change from the goal's baseline to that value, judged."""
    measure = measure_of(goal.measure)
    better = measure.higher_is_better if measure else goal.higher_is_better
    return judge(goal.baseline, value, better, *thresholds_of(goal))


def thresholds_of(goal: Goal) -> tuple[Threshold | None, Threshold | None]:
    """The smallest real and the smallest meaningful change: the therapist's own figures go before the measure's."""
    measure = measure_of(goal.measure)
    mdc = _own(goal.mdc) or (measure.mdc if measure else None)
    mcid = _own(goal.mcid) or (measure.mcid if measure else None)
    return mdc, mcid


def _own(value: float | None) -> Threshold | None:
    return None if value is None else Threshold(value, "as set for this goal", "the therapist")


def percent_toward_target(goal: Goal, latest: float) -> float:
    """How far a goal has come from its baseline, in percent; below 0 when it got worse, above 100 past the target.

    Raises BaselineEqualsTarget when the goal leaves no way to go.
    """
    if goal.target == goal.baseline:
        raise BaselineEqualsTarget
    return 100 * (latest - goal.baseline) / (goal.target - goal.baseline)


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
