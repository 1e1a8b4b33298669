"""Places that share what is said of them: "L UT, scal HT" says it of both."""

from dataclasses import dataclass, field, replace

from ..body.marks import Finding, Mark, Place
from ..body.places import targets
from ..health import Side
from .lexicon import shipped
from .values import Kind

UNKNOWN_PLACE = "?"
"""Begins the id of a place that is still asked."""


@dataclass(slots=True)
class Group:
    """Places and what is said of them. `after`: whether something was said after the places."""

    places: list[Place] = field(default_factory=list[Place])
    findings: list[Finding] = field(default_factory=list[Finding])
    pain: tuple[int | None, int | None] = (None, None)
    refers: list[Place] = field(default_factory=list[Place])
    worse: Side = Side.NONE
    after: bool = False

    @property
    def says(self) -> bool:
        """Whether anything is said of the places."""
        return bool(self.findings or self.refers) or self.pain != (None, None) or self.worse is not Side.NONE

    @property
    def known(self) -> tuple[Place, ...]:
        """The places that are not asked."""
        return tuple(place for place in self.places if not place.target.startswith(UNKNOWN_PLACE))

    def marks(self) -> list[Mark]:
        """One mark for each place."""
        findings = tuple({finding.id: finding for finding in self.findings}.values())
        refers = tuple(dict.fromkeys(self.refers))
        return [Mark(place, findings, *self.pain, refers, self.worse) for place in self.places]


def refined(place: Place) -> Place:
    """The narrower place that a qualifier names: upper + trapezius is the upper trapezius."""
    target = targets().get(place.target)
    if not place.qualifiers or not target or place.level:
        return place
    for word in (target.name, target.written):
        found = shipped().find(f"{place.qualifiers[-1]} {word}")
        if found and found.kind is Kind.PLACE:
            return refined(replace(place, target=found.id, qualifiers=place.qualifiers[:-1]))
    return place


def level_region(level: str) -> str:
    """The region a vertebral level lies in; the first level named decides."""
    letter, number = level[0], int(level[1:].split("-")[0])
    if letter == "T":
        return "upper_back" if number <= 6 else "mid_back"
    return {"C": "neck_posterior", "L": "low_back", "S": "sacrum"}[letter]
