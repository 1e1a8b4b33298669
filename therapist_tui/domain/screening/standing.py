"""How a matter stands in the words around it: over, lasting, new, stopped. The words are data (`standing.toml`)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """One pattern for each list of `standing.toml`, by its name there."""

    over: Pattern
    long_ago: Pattern
    began: Pattern
    now_well: Pattern
    still: Pattern
    history: Pattern
    recent: Pattern
    stopped: Pattern
    in_treatment: Pattern
    last_spell: Pattern


NAMES = tuple(one.name for one in fields(Standing))


def pattern(phrases: Iterable[str]) -> Pattern:
    """The phrases as whole words in any case; `*` at an end lets the word run on, a space is any white space."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(_one(phrase) for phrase in longest_first)})", re.IGNORECASE)


def _one(phrase: str) -> str:
    open_end = phrase.endswith("*")
    words = r"\s+".join(re.escape(word) for word in phrase.removesuffix("*").split())
    return words if open_end else rf"{words}(?!\w)"
