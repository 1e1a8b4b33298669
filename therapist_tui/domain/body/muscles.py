"""The 130 muscles, six other structures, and the words that stand for several of them ("traps", "hamstrings")."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast

from .data import Entry, name_of, section, words


@dataclass(frozen=True, slots=True)
class Muscle:
    """A muscle, or with `structure` a band or tendon. `regions`: the main one first. `aspect`: letters of A P L M."""

    id: str
    name: str
    regions: tuple[str, ...]
    aspect: str
    paired: bool
    structure: bool
    intra_oral: bool
    short: tuple[str, ...]
    also: tuple[str, ...]
    exact: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MuscleGroup:
    """A word for several muscles at once."""

    id: str
    name: str
    members: tuple[str, ...]
    short: tuple[str, ...]
    also: tuple[str, ...]


@cache
def muscles() -> Mapping[str, Muscle]:
    """All muscles and other structures by id."""
    chapters = cast("Mapping[str, Mapping[str, Entry]]", section("muscles.toml", "muscle"))
    found = {key: _muscle(key, entry, False) for part in chapters.values() for key, entry in part.items()}
    others = section("muscles.toml", "structure")
    return MappingProxyType(found | {key: _muscle(key, entry, True) for key, entry in others.items()})


@cache
def muscle_groups() -> Mapping[str, MuscleGroup]:
    """All words for several muscles, by id."""
    return MappingProxyType(
        {
            key: MuscleGroup(key, name_of(key, entry), words(entry, "of"), words(entry, "short"), words(entry, "also"))
            for key, entry in section("muscles.toml", "group").items()
        }
    )


def _muscle(key: str, entry: Entry, structure: bool) -> Muscle:
    return Muscle(
        key,
        name_of(key, entry),
        words(entry, "at"),
        str(entry.get("aspect", "")),
        bool(entry.get("paired", True)),
        structure,
        bool(entry.get("intra_oral")),
        words(entry, "short"),
        words(entry, "also"),
        words(entry, "exact"),
    )
