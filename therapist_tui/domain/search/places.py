"""The words by which a region or a side stands in notes: "calf" is found as "gastroc" too, "left" as "L"."""

from functools import cache, lru_cache

from therapist_tui.domain.body.places import Target, targets
from therapist_tui.domain.text import folded

_SIDES = {
    "left": ("left", "l", "lt"),
    "right": ("right", "r", "rt"),
    "both": ("both", "bilateral", "bilat", "bil", "b"),
}


def sides_of(words: str) -> tuple[str, ...]:
    """How a side is written; nothing when the words name none."""
    typed = folded(words).strip()
    return next((written for side, written in _SIDES.items() if typed and side.startswith(typed)), ())


@lru_cache(maxsize=256)
def words_of_region(words: str) -> tuple[str, ...]:
    """The names and abbreviations of a place, and of all that lies mainly there; nothing when it is not known."""
    typed = " ".join(folded(words).split())
    named = [one for one in targets().values() if typed in _names(one)]
    ids = {one.id for one in named}
    regions = {region for one in named if not one.muscles for region in one.regions}
    there = [one for one in targets().values() if one.id in ids or (one.regions and one.regions[0] in regions)]
    return tuple(dict.fromkeys(name for one in there for name in _names(one) if len(name) > 1))


@cache
def _names_by_id() -> dict[str, tuple[str, ...]]:
    return {key: tuple(folded(name) for name in (one.name, *one.short, *one.also)) for key, one in targets().items()}


def _names(target: Target) -> tuple[str, ...]:
    return _names_by_id()[target.id]
