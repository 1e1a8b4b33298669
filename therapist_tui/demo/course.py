"""How a client fares from visit to visit: courses of treatment in which pain falls and the measure rises."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from .texts import Complaint, Person

OLDER = 8
"""Visits in each course before the one under way."""


@dataclass(frozen=True, slots=True)
class Step:
    """One visit in a course. `share` is how far it has come, 0 to 1; `reading` the measure's value, if it was taken."""

    share: float
    number: int
    worst: int
    before: int
    after: int
    reading: float | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """The steps of every visit, and with how many of them the course under way began."""

    steps: tuple[Step, ...]
    current: int

    @property
    def under_way(self) -> tuple[Step, ...]:
        """The steps of the course under way, oldest first."""
        return self.steps[len(self.steps) - self.current :]


def course(person: Person, complaint: Complaint, visits: int, rng: Random) -> Course:
    """The steps of a client with so many visits behind them."""
    current = min(visits, rng.randint(4, 8), max(1, person.plan - 1) if person.plan else 8)
    older = visits - current
    steps: list[Step] = []
    while older > 0:
        length = min(OLDER, older)
        steps[:0] = _steps(person, complaint, length, rng.uniform(0.8, 1.0), rng)
        older -= length
    reach = rng.choice((0.4, 0.55, 0.6, 0.7, 0.75, 0.8, 0.9, 1.0, 0.15, -0.4))
    return Course((*steps, *_steps(person, complaint, current, reach, rng)), current)


def _steps(person: Person, complaint: Complaint, length: int, reach: float, rng: Random) -> Sequence[Step]:
    shift = rng.choice((-1, 0, 0, 1))
    return [_step(person, complaint, number, length, reach, shift, rng) for number in range(length)]


def _step(
    person: Person, complaint: Complaint, number: int, length: int, reach: float, shift: int, rng: Random
) -> Step:
    share = reach * number / max(1, length - 1)
    if 0 < number < length - 1:
        share += rng.uniform(-0.08, 0.08)
    begin, aim = complaint.pain
    worst = min(10, max(0, round(begin + shift + (aim - begin - shift) * share)))
    before = max(0, worst - rng.choice((0, 1, 1, 2)))
    after = max(0, before - rng.choice((1, 2, 2, 3)))
    _, _, baseline, target, grain = complaint.measure
    reading = round((baseline + (target - baseline) * share) / grain) * grain if person.plan else None
    return Step(share, number + 1, worst, before, after, reading)
