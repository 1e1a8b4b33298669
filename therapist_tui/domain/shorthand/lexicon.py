"""The dictionary of the shorthand: every word that can be read, ours and the user's own, which goes first."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from ..body.data import table, words
from ..body.marks import MarkKind
from ..body.places import targets
from ..body.techniques import techniques
from .values import Candidate, Kind

_SPACES = re.compile(r"[\s\-‐‑]+")


def fold(text: str) -> str:
    """How words are compared: case, hyphens and white space do not count."""
    return _SPACES.sub(" ", text.casefold())


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word stands for. `parts` are the entries of a word that says several things at once."""

    kind: Kind
    id: str
    meaning: str
    candidates: tuple[Candidate, ...] = ()
    parts: tuple["Entry", ...] = ()
    own: bool = False


@dataclass(slots=True, eq=False)
class Lexicon:
    """Words by their exact and by their folded writing; `written` keeps how a folded word is written."""

    exact: dict[str, Entry] = field(default_factory=dict[str, Entry])
    folded: dict[str, Entry] = field(default_factory=dict[str, Entry])
    written: dict[str, str] = field(default_factory=dict[str, str])
    longest: int = 0
    longest_own: int = 0
    """Characters of the user's longest word; 0 without any."""

    def add(self, word: str, entry: Entry, *, exactly: bool = False) -> None:
        """Add a word; the first one added keeps it."""
        key = word if exactly else fold(word)
        (self.exact if exactly else self.folded).setdefault(key, entry)
        self.written.setdefault(fold(word), word)
        self.longest = max(self.longest, len(word))

    def put(self, word: str, entry: Entry) -> None:
        """Set a word of the user's in front of every other reading of it."""
        self.longest_own = max(self.longest_own, len(word))
        self.exact[word] = self.folded[fold(word)] = entry
        self.written[fold(word)] = word
        self.longest = max(self.longest, len(word))

    def find(self, word: str) -> Entry | None:
        """The entry of a word as typed, also in the plural."""
        if found := self.exact.get(word):
            return found
        key = fold(word)
        if found := self.folded.get(key):
            return found
        if len(key) > 4 and key[-1] == "s":
            found = self.folded.get(key[:-1])
            if found and found.kind in _PLURALS:
                return found
        return None

    def copy(self) -> "Lexicon":
        """One that can be added to."""
        return Lexicon(dict(self.exact), dict(self.folded), dict(self.written), self.longest)


_PLURALS = (Kind.PLACE, Kind.TECHNIQUE, Kind.FINDING)
_GRADES = {1: "mild", 2: "moderate", 3: "marked"}


def shorthand_table(key: str) -> Mapping[str, Any]:
    """One section of words.toml."""
    return cast("Mapping[str, Any]", table("therapist_tui.domain.shorthand", "words.toml")[key])


@cache
def finding_names() -> Mapping[str, str]:
    """The full name of every finding by id."""
    return {key: str(entry.get("name", key.replace("_", " "))) for key, entry in shorthand_table("finding").items()}


@cache
def finding_kinds() -> Mapping[str, MarkKind]:
    """What the body map shows for every finding."""
    return {key: MarkKind(entry["mark"]) for key, entry in shorthand_table("finding").items()}


@cache
def plain_words() -> frozenset[str]:
    """Abbreviations that stay as typed in text for reading."""
    return frozenset(str(word) for word in shorthand_table("plain")["words"])


@cache
def shipped() -> Lexicon:
    """Our own dictionary; where two say the same word the first added keeps it."""
    lexicon = Lexicon()
    _add_ambiguous(lexicon)
    for target in targets().values():
        _add_all(lexicon, Entry(Kind.PLACE, target.id, target.name), (target.name, *target.short, *target.also))
        _add_exact(lexicon, Entry(Kind.PLACE, target.id, target.name), target.exact)
    for technique in techniques().values():
        entry = Entry(Kind.TECHNIQUE, technique.id, technique.name)
        _add_all(lexicon, entry, (technique.name, *technique.short, *technique.also))
        _add_exact(lexicon, entry, technique.exact)
    _add_findings(lexicon)
    _add_small_words(lexicon)
    _add_terms(lexicon)
    return lexicon


def _add_all(lexicon: Lexicon, entry: Entry, found: Iterable[str]) -> None:
    for word in found:
        lexicon.add(word, entry)


def _add_exact(lexicon: Lexicon, entry: Entry, found: Iterable[str]) -> None:
    for word in found:
        lexicon.add(word, entry, exactly=True)


def _add_findings(lexicon: Lexicon) -> None:
    for key, found in shorthand_table("finding").items():
        entry = Entry(Kind.FINDING, key, finding_names()[key])
        _add_all(lexicon, entry, (entry.meaning, *words(found, "short"), *words(found, "also")))
        _add_exact(lexicon, entry, words(found, "exact"))
    for word, (place, finding) in shorthand_table("phrase").items():
        parts = (
            Entry(Kind.PLACE, place, targets()[place].name),
            Entry(Kind.FINDING, finding, finding_names()[finding]),
        )
        lexicon.add(word, Entry(Kind.PHRASE, word, f"{parts[0].meaning} {parts[1].meaning}", parts=parts))


def _add_small_words(lexicon: Lexicon) -> None:
    for key, found in shorthand_table("side").items():
        _add_exact(lexicon, Entry(Kind.SIDE, key, key), words(found, "exact"))
        _add_all(lexicon, Entry(Kind.SIDE, key, key), (*words(found, "short"), *words(found, "also")))
    for key, found in shorthand_table("qualifier").items():
        _add_all(lexicon, Entry(Kind.QUALIFIER, key, key), (key, *map(str, found)))
    for key, grade in shorthand_table("grade").items():
        lexicon.add(key, Entry(Kind.GRADE, str(grade), _GRADES[int(grade)]))
    for key, found in shorthand_table("position").items():
        _add_all(lexicon, Entry(Kind.POSITION, key, key), (key, *found))
    for name, kind in (("negation", Kind.NEGATION), ("refers", Kind.REFERS), ("filler", Kind.JOIN)):
        meaning = {"negation": "no", "refers": "refers to"}.get(name, "")
        for word in shorthand_table(name)["words"]:
            lexicon.add(word, Entry(kind, name, meaning))


def _add_terms(lexicon: Lexicon) -> None:
    known = set(lexicon.folded)
    for word, meaning in shorthand_table("term").items():
        entry = Entry(Kind.TERM, word, meaning)
        lexicon.add(word, entry)
        if fold(word) not in known:
            lexicon.add(word, entry, exactly=True)


def _add_ambiguous(lexicon: Lexicon) -> None:
    for word, found in shorthand_table("ambiguous").items():
        candidates = tuple(_candidate(entry) for entry in found)
        lexicon.add(word, Entry(Kind.ASK, word, "", candidates))


def _candidate(found: Mapping[str, Any]) -> Candidate:
    kind = next(kind for kind in _CANDIDATE_KINDS if kind in found)
    key = str(found[kind])
    label = {
        "place": lambda: targets()[key].name,
        "technique": lambda: techniques()[key].name,
        "finding": lambda: finding_names()[key],
    }.get(kind, lambda: key)()
    contexts = tuple(found.get("in", ()))
    return Candidate(_CANDIDATE_KINDS[kind], key, label, str(found["write"]), bool(found.get("sided")), contexts)


_CANDIDATE_KINDS = {
    "place": Kind.PLACE,
    "technique": Kind.TECHNIQUE,
    "finding": Kind.FINDING,
    "term": Kind.TERM,
}


@cache
def leads() -> Mapping[str, tuple[str, str]]:
    """What a clause may begin with, folded: the kind of clause, and what stays of the word."""
    return {
        fold(word): (kind, stays) for kind, found in shorthand_table("lead").items() for word, stays in found.items()
    }


@cache
def pressures() -> Mapping[str, int]:
    """The words for a pressure, folded, and their place on the scale of 1 to 5."""
    return {
        fold(word): int(found["value"])
        for key, found in shorthand_table("pressure").items()
        for word in (key, *found["also"])
    }
