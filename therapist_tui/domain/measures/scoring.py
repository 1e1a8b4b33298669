"""Scores of questionnaires from the raw sum and the number of items answered; too many missing means no score.

A missing answer is never zero, but in the one questionnaire where what is not ticked counts as no (clinical.md 1.1).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from therapist_tui.domain.errors import PracticeError

from .values import Measure, Scoring


class TooManyMissing(PracticeError):
    """No score: {short} needs at least {needed} of its {items} items answered, and {answered} are."""


class MoreThanThereAre(PracticeError):
    """{short} has {items} items: the number answered lies between 1 and {items}."""


class SumOutOfRange(PracticeError):
    """The raw sum of {short} goes from {lowest} to {highest} with {answered} items answered."""


Formula = Callable[[Scoring, float, int], float]

FORMULAS: Mapping[str, Formula] = {
    "sum": lambda _, raw, __: raw,
    "ticked": lambda _, raw, __: raw,
    "given": lambda _, raw, __: raw,
    "percent": lambda rule, raw, answered: 100 * raw / (rule.item_highest * answered),
    "dash": lambda _, raw, answered: (raw / answered - 1) * 25,
}
"""From raw sum and items answered to the scale, by name; sources in clinical.md 1.2."""


@dataclass(frozen=True, slots=True)
class Score:
    """A score, and whether it was prorated, which is said wherever it is shown."""

    value: float
    prorated: bool = False


def score(measure: Measure, raw: float, answered: int | None = None, *, prorate: bool = False) -> Score:
    """The score of a raw sum; `answered` None means every item was.

    `prorate` lets the therapist take the mean of what was answered for the rest, where the measure allows it.
    Raises TooManyMissing, MoreThanThereAre, SumOutOfRange.
    """
    rule = measure.scoring
    if rule is None or not rule.items:
        _check_sum(measure, raw, measure.lowest, measure.highest, 0)
        return Score(raw)
    count = rule.items if answered is None else answered
    if rule.formula == "ticked":  # what is not ticked counts as no: nothing can be missing
        count = rule.items
    if not 1 <= count <= rule.items:
        raise MoreThanThereAre(short=measure.short, items=rule.items)
    prorated = prorate and 0 < rule.prorated_from <= count < rule.needed
    if count < rule.needed and not prorated:
        raise TooManyMissing(short=measure.short, needed=rule.needed, items=rule.items, answered=count)
    _check_sum(measure, raw, rule.item_lowest * count, rule.item_highest * count, count)
    value = raw / count * rule.items if prorated else FORMULAS[rule.formula](rule, raw, count)
    return Score(round(value, 6), prorated)


def may_prorate(measure: Measure, answered: int | None) -> bool:
    """Whether a score with so many answered may be had by prorating only."""
    rule = measure.scoring
    return rule is not None and answered is not None and 0 < rule.prorated_from <= answered < rule.needed


def _check_sum(measure: Measure, raw: float, lowest: float, highest: float, answered: int) -> None:
    if not lowest <= raw <= highest:
        raise SumOutOfRange(
            short=measure.short, lowest=f"{lowest:g}", highest=f"{highest:g}", answered=answered or "all"
        )
