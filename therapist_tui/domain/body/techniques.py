"""The 50 techniques, a few more that charts name, and the words that leave open which one was used."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from .data import Entry, name_of, section, words


@dataclass(frozen=True, slots=True)
class Technique:
    """A way of working. `listed`: one of the 50; `members`: the techniques a word such as "MFR" leaves open."""

    id: str
    name: str
    listed: bool
    scope_restricted: bool
    extra_consent: bool
    members: tuple[str, ...]
    short: tuple[str, ...]
    also: tuple[str, ...]
    exact: tuple[str, ...]


@cache
def techniques() -> Mapping[str, Technique]:
    """All techniques by id: the 50 first."""
    return MappingProxyType(
        {
            key: _technique(key, entry, part == "technique")
            for part in ("technique", "beyond", "group")
            for key, entry in section("techniques.toml", part).items()
        }
    )


def _technique(key: str, entry: Entry, listed: bool) -> Technique:
    return Technique(
        key,
        name_of(key, entry),
        listed,
        bool(entry.get("scope_restricted")),
        bool(entry.get("extra_consent")),
        words(entry, "of"),
        words(entry, "short"),
        words(entry, "also"),
        words(entry, "exact"),
    )
