"""From what was entered to the value on the measure's scale: scores are worked out, ratings averaged, all checked."""

from collections.abc import Sequence
from dataclasses import replace

from .errors import PracticeError
from .goal import Goal, OutOfRange, check_value
from .measurement import Rating, Taken, average
from .measures.catalogue import measure_of
from .measures.scoring import TooManyMissing, may_prorate, score
from .measures.values import Entry, Measure
from .numbers import NotANumber, read_value, show_value

_TOO_LARGE = 1_000_000


class NothingRated(PracticeError):
    """Rate at least one of the activities that were rated at the start: a missing rating is no zero."""


class NoSuchActivity(PracticeError):
    """“{activity}” is none of this goal's activities."""


class NoGrade(PracticeError):
    """That is no grade of it. Type one of {grades}."""


class NotACount(PracticeError):
    """How many items were answered? Type a whole number."""


class OnlyProrated(PracticeError):
    """{score} Type “{count}p” to take it prorated."""


def valued(goal: Goal, taken: Taken) -> Taken:
    """The same with its value on the goal's scale.

    Raises NotANumber, OutOfRange, NotWhole, NoSuchGrade, the errors of scoring, NothingRated and NoSuchActivity.
    """
    measure = measure_of(goal.measure)
    if measure and measure.entry is Entry.RATINGS and taken.ratings:
        value = _of_ratings(goal, taken.ratings)
    elif measure and measure.entry is Entry.SCORE and taken.raw is not None:
        _refuse_no_number(taken.raw)
        value = score(measure, taken.raw, taken.answered, prorate=taken.prorate).value
    else:
        value = taken.value
    if value is None:
        raise NotANumber
    _refuse_no_number(value)
    check_value(goal, value)
    return replace(taken, value=float(value))


def _of_ratings(goal: Goal, ratings: tuple[Rating, ...]) -> float:
    lowest, highest = 0, 10
    for one in ratings:
        if one.activity not in goal.activities:
            raise NoSuchActivity(activity=one.activity)
        if one.value is not None and not lowest <= one.value <= highest:
            raise OutOfRange(title=one.activity, lowest=lowest, highest=highest)
    # Only what was rated both times is averaged; where the start is known as a mean alone, all of it.
    first = {one.activity for one in goal.baseline_ratings if one.value is not None}
    mean = average([one for one in ratings if not first or one.activity in first])
    if mean is None:
        raise NothingRated
    return mean


def read_grade(measure: Measure, words: str) -> float:
    """The value of a grade as typed: "iii", "3", "1+", "-2", "+1" or "1". Raises NoGrade."""
    typed = words.strip().upper().replace("−", "-")
    by_name = {one.name.upper(): one.value for one in measure.grades}
    by_number = {show_value(one.value): one.value for one in measure.grades}
    for known in (by_name, by_number, {name.removeprefix("+"): value for name, value in by_name.items()}):
        if typed in known:
            return known[typed]
    raise NoGrade(grades=", ".join(one.name for one in measure.grades))


def _refuse_no_number(value: float) -> None:
    if not abs(value) < _TOO_LARGE:  # NaN too
        raise NotANumber


def read_taken(goal: Goal, words: str, answered: str = "") -> Taken:
    """What is typed for a goal's value: a number, a grade, or a raw sum beside the number of items answered.

    "36%" is a score that was worked out already; "18p" answered takes it prorated. The value is worked out and checked.
    Raises what `valued` raises, and NoGrade.
    """
    measure = measure_of(goal.measure)
    if measure and measure.grades:
        return valued(goal, Taken(read_grade(measure, words)))
    number = read_value(words.strip().removesuffix("%"))
    if measure is None or measure.entry is not Entry.SCORE or measure.scoring is None:
        return valued(goal, Taken(number))
    if words.strip().endswith("%") or not measure.scoring.items:
        return valued(goal, Taken(number))
    count = answered.strip().lower()
    prorate = count.endswith("p")
    items = _read_count(count.removesuffix("p").strip()) if count else measure.scoring.items
    try:
        return valued(goal, Taken(raw=number, answered=items, prorate=prorate))
    except TooManyMissing as error:
        if may_prorate(measure, items):
            raise OnlyProrated(score=str(error), count=items) from error
        raise


def read_ratings(goal: Goal, words: Sequence[str]) -> Taken:
    """The ratings typed for a goal's activities, in their order; an empty one was not rated."""
    ratings = tuple(
        Rating(activity, read_value(text) if text.strip() else None)
        for activity, text in zip(goal.activities, words, strict=True)
    )
    return valued(goal, Taken(ratings=ratings))


def is_prorated(goal: Goal, answered: int | None) -> bool:
    """Whether a score with so many items answered was prorated, which is said wherever it is shown."""
    measure = measure_of(goal.measure)
    return measure is not None and may_prorate(measure, answered)


def _read_count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise NotACount
    return int(text)
