"""How goals stand: their lifecycle with the steps it allows, how far they came, and who wants them how much."""

from collections.abc import Mapping
from enum import Enum

from .errors import PracticeError


class StepNotAllowed(PracticeError):
    """A goal that is {now} cannot become {wanted}."""


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

    @property
    def steps(self) -> tuple["GoalStatus", ...]:
        """What it may become."""
        return STEPS[self]


_ENDS = (GoalStatus.CANCELLED, GoalStatus.IN_ERROR)

STEPS: Mapping[GoalStatus, tuple[GoalStatus, ...]] = {
    GoalStatus.PROPOSED: (
        GoalStatus.PLANNED, GoalStatus.ACCEPTED, GoalStatus.ACTIVE, GoalStatus.REJECTED, *_ENDS,
    ),
    GoalStatus.PLANNED: (GoalStatus.ACCEPTED, GoalStatus.ACTIVE, GoalStatus.REJECTED, *_ENDS),
    GoalStatus.ACCEPTED: (GoalStatus.ACTIVE, GoalStatus.ON_HOLD, *_ENDS),
    GoalStatus.ACTIVE: (GoalStatus.COMPLETED, GoalStatus.ON_HOLD, *_ENDS),
    GoalStatus.ON_HOLD: (GoalStatus.ACTIVE, GoalStatus.COMPLETED, *_ENDS),
    GoalStatus.COMPLETED: (GoalStatus.ACTIVE, GoalStatus.IN_ERROR),
    GoalStatus.CANCELLED: (GoalStatus.ACTIVE, GoalStatus.IN_ERROR),
    GoalStatus.REJECTED: (GoalStatus.PROPOSED, GoalStatus.IN_ERROR),
    GoalStatus.IN_ERROR: (),
}  # fmt: skip
"""The steps that make sense; FHIR names the states and leaves the steps to the program. An error stays one."""


def check_step(now: GoalStatus, wanted: GoalStatus) -> None:
    """Raise StepNotAllowed for a step that the lifecycle does not have."""
    if wanted not in now.steps:
        raise StepNotAllowed(now=now.value, wanted=wanted.value)


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
