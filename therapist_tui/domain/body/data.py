"""Reading our TOML vocabularies; every entry is a table of strings, lists of strings and flags."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast

Entry = Mapping[str, Any]


@cache
def table(package: str, name: str) -> Mapping[str, Any]:
    """The whole TOML file `name` of a package of ours."""
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))


def section(name: str, key: str) -> Mapping[str, Entry]:
    """One section of a body vocabulary, entries by id in the order of the file."""
    return cast("Mapping[str, Entry]", table("therapist_tui.domain.body", name)[key])


def words(entry: Entry, key: str) -> tuple[str, ...]:
    """A list of words of an entry; empty when it has none."""
    return tuple(str(word) for word in entry.get(key, ()))


def name_of(key: str, entry: Entry) -> str:
    """The full name: given, or the id in words."""
    return str(entry.get("name", key.replace("_", " ")))
