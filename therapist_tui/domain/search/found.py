"""What was found: the line of a record in which the words stand, where they stand in it, and how well it fits."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from therapist_tui.domain.client import Client

from .query import Kind, Query, Term

BEFORE, AROUND = 30, 200
"""Characters kept before the first word found, and in all."""
_OFTEN = 1.2
"""How soon more of the same word counts no more: BM25's k1, with its usual value."""
_WHOLE_WORD, _BEGINNING = 1.0, 0.7
"""A word that is there as typed goes before one that only begins so."""
_YEAR = 365.0


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a record: the field it is in, its name for people, and what it says."""

    field: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A record that the index gave for a question, before it is looked at."""

    kind: Kind
    record_id: UUID
    client: Client
    parts: tuple[Part, ...]
    at: datetime | None = None
    on: date | None = None
    """The day of a record that has no clock."""
    note_id: UUID | None = None
    """The note to open, of a note or an addendum."""
    beside: UUID | None = None
    """The entry of the chart that it is read under, when it has no line of its own."""
    unsigned: bool = False
    in_error: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A record that fits, with the line to show: `spans` are the places in `line` that fit the question."""

    document: Document
    part: Part
    line: str
    spans: tuple[tuple[int, int], ...]
    at: int
    """Where in the whole text of the part the first of them stands; 0 when none does."""
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found, the best first. `more` says that there are others, older than these."""

    query: Query
    found: tuple[Found, ...] = ()
    more: bool = False
    told: tuple[str, ...] = ()


class _Folded(dict[int, int]):
    """Letter to letter without case and accents, as the index compares them; every letter stays one letter."""

    def __missing__(self, code: int) -> int:
        low = unicodedata.normalize("NFD", chr(code).lower()[:1])
        self[code] = ord(low[0]) if low else code
        return self[code]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """The text without case and accents, exactly as long as it was."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def pattern_of(terms: Sequence[Term]) -> re.Pattern[str] | None:
    """What finds the terms in a folded text, each in a group of its own; None when there are none."""
    parts = [f"({_between(term)})" for term in sorted(terms, key=lambda one: -len(one.words))]
    return re.compile(r"(?<![^\W_])(?:" + "|".join(parts) + ")") if parts else None


def _between(term: Term) -> str:
    words = r"[\W_]+".join(re.escape(fold(word)) for word in term.words)
    return words if term.begins else words + r"(?![^\W_])"


def judged(document: Document, pattern: re.Pattern[str] | None, today: date) -> Found:
    """The line of the record that fits best, and how well the whole fits.

    The score is BM25's without its weight for rare words, since every word asked for is in every record found; half as
    much again for what is recent. What was entered in error comes last.
    """
    best, best_spans, counted = document.parts[0], list[tuple[int, int]](), dict[int, float]()
    richest = 0
    for part in document.parts:
        hits = list(pattern.finditer(fold(part.text))) if pattern else []
        for hit in hits:
            counted[hit.lastindex or 0] = counted.get(hit.lastindex or 0, 0.0) + _weight(part.text, hit.end())
        kinds = len({hit.lastindex for hit in hits})
        if kinds > richest:
            richest, best, best_spans = kinds, part, [hit.span() for hit in hits]
    if not richest:
        best = next((part for part in document.parts if part.text.strip()), best)
    line, spans = _line(best.text, best_spans)
    fits = sum(count / (count + _OFTEN) for count in counted.values())
    score = fits + 0.5 * _recency(document, today) - (10.0 if document.in_error else 0.0)
    return Found(document, best, line, spans, best_spans[0][0] if best_spans else 0, score)


def ranked(found: Iterable[Found]) -> tuple[Found, ...]:
    """The best first, of equals the newest, as they came."""
    return tuple(sorted(found, key=lambda one: -one.score))


def _weight(text: str, end: int) -> float:
    return _BEGINNING if end < len(text) and text[end].isalnum() else _WHOLE_WORD


def _recency(document: Document, today: date) -> float:
    """1 today, a half after a year; a client's card is always of today."""
    on = document.at.date() if document.at else document.on
    if on is None:
        return 1.0 if document.kind is Kind.CLIENT else 0.0
    return 1 / (1 + max(0, (today - on).days) / _YEAR)


def _line(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text around the first span on one line, and the spans in it."""
    first = spans[0][0] if spans else len(text) - len(text.lstrip())
    begin = _word_start(text, first - BEFORE) if first > BEFORE else 0
    end = min(len(text), begin + AROUND)
    # White space to blanks, one for one: the spans stay where they are.
    line = "".join(" " if letter.isspace() else letter for letter in text[begin:end])
    inside = tuple((max(a, begin) - begin, min(b, end) - begin) for a, b in spans if a < end and b > begin)
    if not begin:
        return line, inside
    return f"… {line}", tuple((a + 2, b + 2) for a, b in inside)


def _word_start(text: str, place: int) -> int:
    """Where the next word begins."""
    while place < len(text) and place > 0 and text[place - 1].isalnum():
        place += 1
    return place
