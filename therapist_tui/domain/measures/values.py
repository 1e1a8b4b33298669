"""What an outcome measure is: its scale, its direction, and which change is real or meaningful (clinical.md 1)."""

from dataclasses import dataclass
from enum import Enum


class Direction(Enum):
    """Which way is better."""

    HIGHER = "higher is better"
    LOWER = "lower is better"


class Entry(Enum):
    """How a value comes in (clinical.md 1.0): licensed questionnaires are score entry only, no item text."""

    VALUE = "value"
    SCORE = "score"
    RATINGS = "ratings"
    """Several activities in the client's own words, each rated (PSFS)."""
    GRADE = "grade"
    """An ordinal grade: steps are shown, never means."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """The smallest change that counts, in the measure's unit, with the population it was found in and its source."""

    value: float
    population: str
    source: str
    relative: float | None = None
    """Where the change also counts by its share of the baseline: 0.3 for 30 %."""


@dataclass(frozen=True, slots=True)
class Grade:
    """One step of an ordinal scale: `value` sorts it, `name` is how it is written ("1+", "III")."""

    value: float
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Scoring:
    """How a score follows from the raw sum of a questionnaire, and how many items may be missing."""

    formula: str
    """Name of the rule in scoring.py."""
    items: int
    needed: int
    """How many items must be answered; with fewer there is no score, never a zero for what is missing."""
    item_highest: float = 0
    item_lowest: float = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """One outcome measure. `id` is kept on goals; `mdc` is the measurement error, `mcid` the meaningful change."""

    id: str
    title: str
    unit: str
    lowest: float
    highest: float
    direction: Direction
    entry: Entry = Entry.VALUE
    short: str = ""
    group: str = ""
    about: str = ""
    """In our own words: what it asks, over which time, how to take it."""
    step: float = 1
    mdc: Threshold | None = None
    mcid: Threshold | None = None
    grades: tuple[Grade, ...] = ()
    scoring: Scoring | None = None
    sided: bool = False
    reference: tuple[float, float] | None = None
    """Reference values for comparison, never called normal or abnormal: sources disagree (clinical.md 1.2)."""
    every_visits: int | None = None
    every_days: int | None = None
    """How soon it is worth repeating."""
    loinc: str = ""
    """Only where two sources prove it."""
    version: str = ""
    licence: str = ""
    sources: tuple[str, ...] = ()

    @property
    def higher_is_better(self) -> bool:
        """The direction of improvement."""
        return self.direction is Direction.HIGHER
