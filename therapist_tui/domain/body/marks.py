"""Marks on the body: a place, and what was found there. The shorthand and the body map edit the same ones."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from ..health import Side
from .places import regions_of, targets


class MarkKind(Enum):
    """What the body map tells apart, each with the key that sets it."""

    PAIN = "pain"
    TENSION = "tension"
    TRIGGER_POINT = "trigger point"
    NUMBNESS = "numbness"
    AVOIDED = "avoided"

    @property
    def key(self) -> str:
        """The key on the body map, which is also the letter shown where colour is missing."""
        return _KEYS[self]


_KEYS = {
    MarkKind.PAIN: "p",
    MarkKind.TENSION: "t",
    MarkKind.TRIGGER_POINT: "x",
    MarkKind.NUMBNESS: "n",
    MarkKind.AVOIDED: "a",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where: an id of `places.targets()`, the side, "medial" and the like, and a vertebral level such as "T4-T6"."""

    target: str
    side: Side = Side.NONE
    qualifiers: tuple[str, ...] = ()
    level: str = ""

    @property
    def named(self) -> str:
        """In full words: "left medial gastrocnemius"."""
        found = targets().get(self.target)
        name = self.level or (found.name if found else self.target)
        side = "bilateral" if self.side is Side.BOTH else self.side.value
        return " ".join(part for part in (side, *self.qualifiers, name) if part)

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions it lies in, the main one first."""
        return regions_of(self.target)

    @property
    def drawn(self) -> tuple[str, ...]:
        """The regions that show it: all that a word for several regions names, the main one of each muscle."""
        found = targets().get(self.target)
        if not found:
            return ()
        return tuple(dict.fromkeys(regions_of(one)[0] for one in found.muscles)) or found.regions

    def covers(self, region: str, side: Side) -> bool:
        """Whether it is drawn there; a place without a side, or on both, is on either."""
        everywhere = self.side in (Side.NONE, Side.BOTH) or side in (Side.NONE, Side.BOTH)
        return (self.target == "whole_body" or region in self.drawn) and (everywhere or self.side is side)


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding by id. `grade`: 1 mild, 2 moderate, 3 marked, None not said. `present`: False for "no TTP"."""

    id: str
    grade: int | None = None
    present: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """What was found at one place. Pain is 0 to 10. `worse`: the side that is worse where both were named."""

    place: Place
    findings: tuple[Finding, ...] = ()
    pain_before: int | None = None
    pain_after: int | None = None
    refers_to: tuple[Place, ...] = ()
    worse: Side = Side.NONE

    def merged(self, later: "Mark") -> "Mark":
        """The same place with what was said of it later; the later word on a finding or on pain stands."""
        findings = {finding.id: finding for finding in (*self.findings, *later.findings)}
        return replace(
            self,
            findings=tuple(findings.values()),
            pain_before=self.pain_before if later.pain_before is None else later.pain_before,
            pain_after=self.pain_after if later.pain_after is None else later.pain_after,
            refers_to=tuple(dict.fromkeys((*self.refers_to, *later.refers_to))),
            worse=self.worse if later.worse is Side.NONE else later.worse,
        )


def mark_at(marks: Iterable[Mark], place: Place) -> Mark:
    """The mark that is meant at a region of the map; an empty one where nothing is marked.

    The region's own mark goes first, else that of the one muscle or level drawn there on the same side.
    """
    marks = tuple(marks)
    own = [mark for mark in marks if mark.place == place]
    there = own or [mark for mark in marks if mark.place.side is place.side and _within(mark.place, place)]
    return there[0] if len(there) == 1 else Mark(place)


def marks_at(marks: Iterable[Mark], place: Place) -> tuple[Mark, ...]:
    """The marks that clearing a region takes away: its own, else those drawn there, also from both sides at once.

    A word for several regions ("lower extremity") is left alone: it says more than this region.
    """
    marks = tuple(marks)
    own = tuple(mark for mark in marks if mark.place == place)
    return own or tuple(
        mark for mark in marks if mark.place.covers(place.target, place.side) and _within(mark.place, place)
    )


def with_mark(marks: Iterable[Mark], mark: Mark) -> tuple[Mark, ...]:
    """The marks with another one for its place; without one when it is empty."""
    marks = tuple(marks)
    if mark == Mark(mark.place):
        return tuple(one for one in marks if one.place != mark.place)
    if all(one.place != mark.place for one in marks):
        return (*marks, mark)
    return tuple(mark if one.place == mark.place else one for one in marks)


def _within(place: Place, region: Place) -> bool:
    """Whether a place is a muscle or a part drawn in a region, not a word for several regions."""
    found = targets().get(place.target)
    return bool(found and (found.muscles or len(found.regions) == 1)) and region.target in place.drawn
