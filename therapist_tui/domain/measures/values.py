"""What an outcome measure is: its scale, its direction, and which change is real or meaningful (clinical.md 1)."""

from dataclasses import dataclass
from enum import Enum
from math import isinf

from therapist_tui.domain.numbers import show_value


class Direction(Enum):
    """Which way is better."""

    HIGHER = "higher is better"
    LOWER = "lower is better"
    EITHER = "either way, as the goal has it"


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
    """The smallest change that counts, in the measure's unit, with the population it was found in and its source.

    `value` is infinite where the change counts by its share of the baseline only.
    """

    value: float
    population: str
    source: str
    relative: float | None = None
    """Where the change also counts by its share of the baseline: 0.3 for 30 %."""
    convention: bool = False
    """Whether it is a convention of this program or of the trade, and no study's figure ([G] in clinical.md)."""

    def size(self, unit: str) -> str:
        """How much it is: "10°", "2/10 or 30 %", "50 %"."""
        parts = [] if isinf(self.value) else [show_value(self.value, unit)]
        if self.relative is not None:
            parts.append(f"{self.relative:.0%}".replace("%", " %"))
        return " or ".join(parts)

    def told(self) -> str:
        """Where it comes from: "chronic pain, 10 trials, n=2,724; Farrar 2001", "convention: spine, same rater"."""
        said = "; ".join(part for part in (self.population, self.source) if part)
        return f"convention: {said}" if self.convention else said


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
    prorated_from: int = 0
    """With at least so many answered the therapist may take a prorated score, which is labelled; 0 where not."""

    @property
    def raw_lowest(self) -> float:
        """The smallest raw sum with every item answered."""
        return self.item_lowest * self.items

    @property
    def raw_highest(self) -> float:
        """The largest raw sum with every item answered."""
        return self.item_highest * self.items


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
    also: tuple[str, ...] = ()
    """Other words it is found by."""
    step: float = 1
    whole: bool = False
    """Whether only whole numbers are taken."""
    mdc: Threshold | None = None
    mcid: Threshold | None = None
    mdc_single: Threshold | None = None
    """The smallest real change where a single activity is rated and there is no average."""
    grades: tuple[Grade, ...] = ()
    scoring: Scoring | None = None
    sided: bool = False
    reference: tuple[float, float] | None = None
    """Reference values for comparison, never called normal or abnormal: sources disagree (clinical.md 1.2)."""
    reference_note: str = ""
    """What other sources say, and that the other side is the better reference."""
    every_visits: int | None = None
    every_days: int | None = None
    """How soon it is worth repeating."""
    least_days: int | None = None
    """Not to be repeated sooner: it asks about so long a time."""
    loinc: str = ""
    """Only where two sources prove it."""
    version: str = ""
    licence: str = ""
    sources: tuple[str, ...] = ()

    @property
    def higher_is_better(self) -> bool:
        """The direction of improvement; where it is either, the goal says it (`Goal.higher_is_better`)."""
        return self.direction is not Direction.LOWER

    @property
    def scale(self) -> str:
        """Unit, range and direction on a line: "%, 0 to 100, lower is better"."""
        lowest, highest = self.shown(self.lowest, bare=True), self.shown(self.highest, bare=True)
        parts = [self.unit, f"{lowest} to {highest}"]
        if self.direction is not Direction.EITHER:
            parts.append(self.direction.value)
        return ", ".join(part for part in parts if part)

    def named(self, side: str) -> str:
        """What a goal with it is called: "Neck rotation left", "Hip flexion right, passive"."""
        if self.group != "Motion":
            return f"{self.title} {side}".rstrip()
        movement, _, way = self.title.rpartition(", ")
        return f"{movement} {side}".rstrip() + (f", {way}" if way != "active" else "")

    def grade(self, value: float) -> Grade | None:
        """The grade of that value; None where the scale has none, or none there."""
        return next((one for one in self.grades if one.value == value), None)

    def steps(self, value: float, other: float) -> int:
        """Grades between two values: ordinal scales are counted, never subtracted (clinical.md 1.1)."""
        values = [one.value for one in self.grades]
        return abs(values.index(value) - values.index(other)) if {value, other} <= {*values} else 0

    def shown(self, value: float, *, bare: bool = False) -> str:
        """A value as it is written: the grade's name, or the number with its unit; `bare` is exact and without it."""
        grade = self.grade(value)
        if grade:
            return grade.name
        return show_value(value) if bare else show_value(round(value, 2), self.unit)

    @property
    def asked(self) -> str:
        """How it is taken, and where there is one the reference, which the other side is better than."""
        if not self.reference_note:
            return self.about
        better = "; the other side says more" if self.sided else ""
        return f"{self.about} {self.reference_note[0].upper()}{self.reference_note[1:]}{better}."
