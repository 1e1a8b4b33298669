"""Where cautions lie on the body: from the plain places of the screening to the regions of the map."""

from collections.abc import Iterable, Mapping
from functools import cache

from ..health import Side
from ..level import Level
from ..screening.values import Caution
from .data import table
from .regions import region_groups, regions

EXCLUDING = (Level.ABSOLUTE, Level.CLEARANCE, Level.LOCAL)
"""The levels that leave a region out; an ADAPT changes the work on it, and is told beside the map."""
Part = tuple[str, Side]
"""A region of the map and the side; Side.NONE or BOTH for either."""
_SIDES = {"left": Side.LEFT, "right": Side.RIGHT, "both": Side.BOTH, "l": Side.LEFT, "r": Side.RIGHT}
_LONGEST = 4
"""Words of a place name."""


def hatched(cautions: Iterable[Caution]) -> frozenset[Part]:
    """The regions that these cautions leave out; one about the whole body leaves out no single region."""
    return frozenset(part for one in cautions if one.level in EXCLUDING for part in parts(one))


def parts(caution: Caution) -> frozenset[Part]:
    """The regions that a caution is about, by its places, else by the words of the record ("right arm and chest").

    Empty when it is about the whole body, or about a place that is not known.
    """
    found = {
        (region, Side(place.side.value) if place.side else Side.NONE)
        for place in caution.regions
        for region in covered(place.region)
    }
    return frozenset(found) or frozenset(_said(caution.spot))


def covered(name: str) -> tuple[str, ...]:
    """The regions that a plain place name covers: "calf", "lower back"; nothing for an unknown one."""
    return _names().get(name.casefold().strip(), ())


def _said(text: str) -> Iterable[Part]:
    """The places named in a text, each with the side said last before it."""
    words = text.casefold().replace(",", " ").replace("/", " ").replace(" the ", " ").split()
    side, at = Side.NONE, 0
    while at < len(words):
        side = _SIDES.get(words[at], side)
        size = next((size for size in range(_LONGEST, 0, -1) if covered(" ".join(words[at : at + size]))), 0)
        for region in covered(" ".join(words[at : at + size])):
            yield region, side
        at += size or 1


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """Every name for a place, the cautions' own first: "arm" is the whole arm to them."""
    found = {one.id.replace("_", " "): (one.id,) for one in regions().values()}
    for group in region_groups().values():
        found |= dict.fromkeys((name.casefold() for name in (group.name, *group.also)), group.members)
    for one in regions().values():
        found |= dict.fromkeys((name.casefold() for name in (one.name, *one.also)), (one.id,))
    own = table("therapist_tui.domain.body", "regions.toml")["caution"]
    found |= {name: tuple(covers) for name, covers in own.items()}
    return found | {f"{name}s": tuple(covers) for name, covers in own.items() if not name.endswith("s")}
