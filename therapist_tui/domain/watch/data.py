"""The watch's own tables: where the body's places and techniques stand in the screening, and the words of charting."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import cast

from ..body.data import table
from ..body.marks import Place
from ..body.places import main_regions
from ..health import Side
from ..screening.entries import Vocabulary
from ..screening.loader import load_knowledge
from ..screening.words import folded

Spot = tuple[str, str]
"""The smallest region of the screening, and the side "left" or "right"; a midline region has both halves."""
SIDES = ("left", "right")


def section(name: str) -> Mapping[str, object]:
    """One section of watch.toml."""
    return cast("Mapping[str, object]", table("therapist_tui.domain.watch", "watch.toml")[name])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """One of the word patterns; written over several lines, each line a further alternative."""
    return re.compile(str(section("words")[name]).replace("\n", ""), re.IGNORECASE)


@cache
def names(name: str, key: str) -> tuple[str, ...]:
    """A list of words of a section; nothing for an unknown key."""
    return tuple(cast("list[str]", section(name).get(key, ())))


@cache
def vocabulary() -> Vocabulary:
    """The screening's words; the user's own rules do not change them."""
    return load_knowledge().vocabulary


_SENTENCE = re.compile(r"[^\s;.!?](?:[^;\n]*?)(?=;|\n|[.!?](?=\s|$)|$)")


def sentences(text: str) -> Iterator[re.Match[str]]:
    """The sentences of a text, without what ends them."""
    return _SENTENCE.finditer(text)


@cache
def spots_of(place: Place) -> frozenset[Spot]:
    """Where a place of the body lies, in the screening's regions; without a side on both."""
    if place.target == "whole_body":
        return sided(vocabulary().places["whole body"], "")
    found = names("places", place.target)
    if not found:
        main = main_regions(place.target)
        found = tuple(region for one in main for region in names("places", one))
    side = place.side.value if place.side in (Side.LEFT, Side.RIGHT) else ""
    return sided(frozenset(found), side)


def sided(regions: frozenset[str], side: str) -> frozenset[Spot]:
    """The regions on one side; on both when none is said."""
    return frozenset((region, one) for region in regions for one in ((side,) if side else SIDES))


@cache
def technique_words() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The screening's words for techniques, by their first folded word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for one, terms in vocabulary().techniques.items():
        for term in (*terms, one):
            if phrase := folded(term):
                found.setdefault(phrase[0], []).append((phrase, one))
    return {first: tuple(sorted(some, key=lambda one: -len(one[0]))) for first, some in found.items()}


@cache
def place_words() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The screening's words for places of several words, which the body's vocabulary may lack: "behind knee"."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for word, place in vocabulary().place_words.items():
        if len(phrase := folded(word)) > 1:
            found.setdefault(phrase[0], []).append((phrase, place))
    return {first: tuple(sorted(some, key=lambda one: -len(one[0]))) for first, some in found.items()}
