"""The 47 regions of the body, and the words that stand for several of them ("neck", "lower leg")."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from .data import Entry, name_of, section, words


@dataclass(frozen=True, slots=True)
class Region:
    """A named part of the body, with a consent of its own when `sensitive`. `halved`: one region, marked by halves."""

    id: str
    name: str
    paired: bool
    halved: bool
    sensitive: bool
    snomed: str
    short: tuple[str, ...]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionGroup:
    """A word for several regions at once."""

    id: str
    name: str
    members: tuple[str, ...]
    paired: bool
    short: tuple[str, ...]
    also: tuple[str, ...]


@cache
def regions() -> Mapping[str, Region]:
    """All regions by id, in the order of clinical.md."""
    return MappingProxyType({key: _region(key, entry) for key, entry in section("regions.toml", "region").items()})


@cache
def region_groups() -> Mapping[str, RegionGroup]:
    """All words for several regions, by id."""
    found = section("regions.toml", "group").items()
    return MappingProxyType(
        {
            key: RegionGroup(
                key,
                name_of(key, entry),
                words(entry, "of"),
                bool(entry.get("paired")),
                words(entry, "short"),
                words(entry, "also"),
            )
            for key, entry in found
        }
    )


def _region(key: str, entry: Entry) -> Region:
    return Region(
        key,
        name_of(key, entry),
        bool(entry.get("paired")),
        bool(entry.get("halved")),
        bool(entry.get("sensitive")),
        str(entry.get("snomed", "")),
        words(entry, "short"),
        words(entry, "also"),
    )
