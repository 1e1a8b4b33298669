"""What was measured: values with how and when they were taken, and the ratings of a client's own activities."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from .numbers import NotANumber, read_value
from .text import clean, clean_line

REMARK_LIMIT = 500


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
class Taken:
    """A value as it is entered: on the scale, or as a raw sum with the items answered, or as ratings of activities.

    `prorate` takes the mean of what was answered for the rest, where the measure allows it. `measured_at` None is now.
    """

    value: float | None = None
    raw: float | None = None
    answered: int | None = None
    ratings: tuple[Rating, ...] = ()
    mode: Mode = Mode.SESSION
    remark: str = ""
    measured_at: datetime | None = None
    prorate: bool = False

    def cleaned(self) -> "Taken":
        """The same with clean text."""
        ratings = tuple(Rating(clean_line(one.activity), one.value) for one in self.ratings)
        remark = clean(self.remark, REMARK_LIMIT).strip()
        return Taken(self.value, self.raw, self.answered, ratings, self.mode, remark, self.measured_at, self.prorate)


def average(ratings: Sequence[Rating]) -> float | None:
    """The mean of what was rated; None where nothing was. What was not rated is left out, never zero."""
    rated = [one.value for one in ratings if one.value is not None]
    return round(sum(rated) / len(rated), 6) if rated else None


def rated_twice(first: Sequence[Rating], second: Sequence[Rating]) -> tuple[float, float] | None:
    """The means of both over the activities rated both times; None where there is none (clinical.md 1.2, PSFS)."""
    before = {one.activity: one.value for one in first if one.value is not None}
    both = [one for one in second if one.value is not None and one.activity in before]
    now, then = average(both), average([Rating(one.activity, before[one.activity]) for one in both])
    return None if now is None or then is None else (then, now)


def read_activities(words: str) -> tuple[Rating, ...]:
    """Activities as typed, parted by commas, each with its rating or none: "carry child 3, run 5 km 2"."""
    found: dict[str, Rating] = {}
    for part in words.split(","):
        one = _activity(clean_line(part))
        if one.activity:
            found.setdefault(one.activity, one)
    return tuple(found.values())


def _activity(text: str) -> Rating:
    name, _, last = text.rpartition(" ")
    try:
        return Rating(name.rstrip(" :="), read_value(last)) if name else Rating(text, None)
    except NotANumber:
        return Rating(text, None)


def show_activities(ratings: Sequence[Rating]) -> str:
    """As `read_activities` reads it again."""
    return ", ".join(one.activity if one.value is None else f"{one.activity} {one.value:g}" for one in ratings)
