"""Goals of a treatment plan, and the measurements that tell how far each has come."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from .aim import goes_up, range_of, shown_value, thresholds_of
from .errors import PracticeError
from .goal_states import Achievement, GoalStatus, Owner, Priority
from .health import Side
from .measurement import Measurement, Rating, rated_twice
from .measures.catalogue import measure_of
from .measures.judging import Judged, judge
from .numbers import show_value
from .smart.lint import refused
from .text import clean, clean_line

ACTIVITIES_LIMIT = 8


class BaselineEqualsTarget(PracticeError):
    """The target is the same as the baseline: there is no way to go."""


class OutOfRange(PracticeError):
    """{title} goes from {lowest} to {highest}."""


class NotWhole(PracticeError):
    """{title} takes whole numbers only."""


class NoSuchGrade(PracticeError):
    """{title} has the grades {grades}."""


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
    baseline_ratings: tuple[Rating, ...] = ()
    """The activities as they were rated at the baseline; one without a rating starts with its first."""

    @property
    def higher_is_better(self) -> bool:
        """The direction: the measure's, or as baseline and target tell it."""
        return goes_up(self, self.baseline, self.target)

    def shown(self, value: float) -> str:
        """A value of this goal as people write it: "62°", "III"."""
        return shown_value(self, value)


def check_value(goal: Goal, value: float) -> None:
    """Raise OutOfRange, NotWhole or NoSuchGrade for a value that the goal's scale does not have."""
    measure, ends = measure_of(goal.measure), range_of(goal)
    if ends and not ends[0] <= value <= ends[1]:
        shown = [measure.shown(end, bare=True) if measure else show_value(end) for end in ends]
        raise OutOfRange(title=goal.title, lowest=shown[0], highest=shown[1])
    if measure and measure.whole and value % 1 != 0:
        raise NotWhole(title=goal.title)
    if measure and measure.grades and not measure.grade(value):
        raise NoSuchGrade(title=goal.title, grades=", ".join(one.name for one in measure.grades))


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
        counted = self.counted
        return judged_at(self.goal, self.latest, counted[-1].ratings if counted else ())


def judged_at(goal: Goal, value: float, ratings: tuple[Rating, ...] = ()) -> Judged:
    """The change from the goal's baseline to that value, judged; of activities over those rated both times."""
    both = rated_twice(goal.baseline_ratings, ratings)
    start, now = both or (goal.baseline, value)
    return judge(start, now, goal.higher_is_better, *thresholds_of(goal))


def percent_toward_target(goal: Goal, latest: float) -> float:
    """How far a goal has come from its baseline, in percent; below 0 when it got worse, above 100 past the target.

    Raises BaselineEqualsTarget when the goal leaves no way to go.
    """
    if goal.target == goal.baseline:
        raise BaselineEqualsTarget
    # The quotient first: it is exactly 1 at the target, which 100 times the way divided by itself need not be.
    return 100 * ((latest - goal.baseline) / (goal.target - goal.baseline))


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """What the goal form holds; see `Goal`. `baseline_on` None is the day on which it is saved."""

    title: str
    unit: str
    baseline: float | None
    target: float | None
    due_on: date | None = None
    measure: str = ""
    side: Side = Side.NONE
    part: str = ""
    purpose: str = ""
    priority: Priority = Priority.MEDIUM
    owner: Owner = Owner.BOTH
    activities: tuple[str, ...] = ()
    mdc: float | None = None
    mcid: float | None = None
    baseline_on: date | None = None
    baseline_ratings: tuple[Rating, ...] = ()

    def cleaned(self) -> "GoalDraft":
        """The same with clean text; what has a measure takes its unit, and its name where the title is empty."""
        measure = measure_of(self.measure)
        title, unit = clean_line(self.title), clean_line(self.unit, 20)
        if measure:
            title, unit = title or measure.named(self.side.value), measure.unit
        return replace(
            self,
            title=title,
            unit=unit,
            measure=clean_line(self.measure),
            part=clean_line(self.part),
            purpose=clean(self.purpose, 500).strip(),
            activities=tuple(clean_line(one) for one in self.activities if one.strip())[:ACTIVITIES_LIMIT],
            baseline_ratings=tuple(
                Rating(clean_line(one.activity), one.value) for one in self.baseline_ratings if one.activity.strip()
            )[:ACTIVITIES_LIMIT],
        )

    def problems(self, today: date) -> dict[str, str]:
        """What must be mended before it can be saved, by field."""
        return refused(self, today)


@dataclass(frozen=True, slots=True)
class GoalReview:
    """What a look at a goal came to: where it stands, how far it came as the therapist confirms it, and a note."""

    status: GoalStatus
    achievement: Achievement | None = None
    review_note: str = ""

    def cleaned(self) -> "GoalReview":
        """The same with clean text."""
        return replace(self, review_note=clean(self.review_note, 2_000).strip())
