"""What a goal and its draft have in common: a measure, a way to go, and which change counts on it."""

from typing import Protocol

from .measures.catalogue import measure_of
from .measures.values import Direction, Entry, Measure, Threshold
from .numbers import show_value


class Aim(Protocol):
    """Something with a measure, or with a title and unit of its own."""

    @property
    def title(self) -> str:
        """What is measured."""
        ...

    @property
    def unit(self) -> str:
        """The unit of its values."""
        ...

    @property
    def measure(self) -> str:
        """Id of the measure, "" for one of the therapist's own."""
        ...

    @property
    def activities(self) -> tuple[str, ...]:
        """What a patient-specific scale rates."""
        ...

    @property
    def mdc(self) -> float | None:
        """The therapist's own smallest real change."""
        ...

    @property
    def mcid(self) -> float | None:
        """The therapist's own meaningful change."""
        ...


def thresholds_of(aim: Aim) -> tuple[Threshold | None, Threshold | None]:
    """The smallest real and the smallest meaningful change: the therapist's own figures go before the measure's."""
    measure = measure_of(aim.measure)
    mdc = _own(aim.mdc) or (_error_of(measure, aim) if measure else None)
    mcid = _own(aim.mcid) or (measure.mcid if measure else None)
    return mdc, mcid


def _error_of(measure: Measure, aim: Aim) -> Threshold | None:
    single = measure.entry is Entry.RATINGS and len(aim.activities) == 1
    return measure.mdc_single if single and measure.mdc_single else measure.mdc


def _own(value: float | None) -> Threshold | None:
    return None if value is None else Threshold(value, "as set for this goal", "the therapist")


def goes_up(aim: Aim, baseline: float, target: float) -> bool:
    """Whether higher is better: as the measure says, or as the way to go tells where it leaves that open."""
    measure = measure_of(aim.measure)
    if measure is None or measure.direction is Direction.EITHER:
        return target > baseline
    return measure.higher_is_better


def shown_value(aim: Aim, value: float) -> str:
    """A value of it as people write it: "62°", "III"."""
    measure = measure_of(aim.measure)
    return measure.shown(value) if measure else show_value(value, aim.unit)


def range_of(aim: Aim) -> tuple[float, float] | None:
    """Lowest and highest value: the measure's, or what a unit like "/10" says; None where there is no end."""
    measure = measure_of(aim.measure)
    if measure:
        return measure.lowest, measure.highest
    digits = aim.unit.removeprefix("/")
    if aim.unit.startswith("/") and digits.isascii() and digits.isdigit():
        return 0, int(digits)
    return None
