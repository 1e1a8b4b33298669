"""Words for techniques and parts of the body, read by the vocabulary; what it does not know is told."""

from collections.abc import Iterable
from functools import lru_cache

from .body.places import main_regions
from .screening.loader import load_knowledge
from .screening.planned import technique_ids
from .shorthand.lexicon import shipped
from .shorthand.scan import scan
from .shorthand.values import Kind


@lru_cache(256)
def regions_in(words: str) -> tuple[str, ...]:
    """The regions of the body that the words name, each by its main one: "L glute med, neck"; empty when none is known.

    A muscle stands for the region it lies in first, a word for several ("back") for all of them.
    """
    found = dict.fromkeys(region for target in places_in(words) for region in main_regions(target))
    return tuple(found)


@lru_cache(256)
def places_in(words: str) -> tuple[str, ...]:
    """The places that the words name by the ids of body/places.py: regions, muscles, and words for several."""
    return _named(words, Kind.PLACE)


@lru_cache(256)
def techniques_in(words: str) -> tuple[str, ...]:
    """The techniques of the body's vocabulary that the words name: "MFR, intra-oral"; empty when none is known."""
    return _named(words, Kind.TECHNIQUE)


def unknown_techniques(words: Iterable[str]) -> tuple[str, ...]:
    """Those that neither the vocabulary nor the screening knows."""
    known = load_knowledge().vocabulary
    return tuple(one for one in words if not techniques_in(one) and not technique_ids(one, known))


def unknown_regions(words: Iterable[str]) -> tuple[str, ...]:
    """Those that name no part of the body."""
    return tuple(one for one in words if not regions_in(one))


def _named(words: str, kind: Kind) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for item in scan(words, 0, len(words), shipped()):
        entries = item.entry.parts if item.entry and item.kind is Kind.PHRASE else (item.entry,)
        for entry in entries:
            if entry and entry.kind is kind:
                found[entry.id] = None
    return tuple(found)
