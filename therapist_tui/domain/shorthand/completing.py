"""Completion while typing: the words of the dictionary that begin with what stands before the cursor."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import Entry, Lexicon, fold, leads
from .own import lexicon_with
from .reader import NO_OWN
from .values import Kind

_BREAKS = frozenset(" \t,;+/(&")
_OFFERED = (Kind.PLACE, Kind.TECHNIQUE, Kind.FINDING, Kind.POSITION, Kind.PHRASE, Kind.TERM)
_WORDS = 3
MOST = 8


@dataclass(frozen=True, slots=True)
class Completion:
    """Put `text` in place of line[start:end]; `label` says what it stands for."""

    start: int
    end: int
    text: str
    label: str
    kind: Kind


def completions(line: str, cursor: int, own: Mapping[str, str] = NO_OWN) -> tuple[Completion, ...]:
    """What could be meant by the word before the cursor, the likeliest first; at most MOST, each meaning once."""
    cursor = max(0, min(cursor, len(line)))
    lexicon = lexicon_with(own)
    for start in _starts(line, cursor):
        typed = fold(line[start:cursor])
        found = [*_leads(typed, start, cursor)] if _first(line, start) else []
        found += _offers(lexicon, typed, start, cursor)
        if found:
            return tuple({(one.label, one.kind): one for one in reversed(found)}.values())[::-1][:MOST]
    return ()


def _starts(line: str, cursor: int) -> list[int]:
    """Where the word before the cursor may begin, the longest first: a name may have several words."""
    found: list[int] = []
    at = cursor
    while at > 0 and len(found) < _WORDS and line[at - 1] not in ";,":
        at -= 1
        if line[at] not in _BREAKS and (at == 0 or line[at - 1] in _BREAKS):
            found.append(at)
    if cursor == 0 or line[cursor - 1] in _BREAKS:
        return []
    return found[::-1]


def _first(line: str, start: int) -> bool:
    """Whether a clause begins here."""
    return line[:start].rstrip()[-1:] in ("", ";")


def _leads(typed: str, start: int, end: int) -> list[Completion]:
    return [
        Completion(start, end, word, kind, Kind.LEAD)
        for word, (kind, _) in leads().items()
        if word.startswith(typed) and word != typed
    ][:2]


def _offers(lexicon: Lexicon, typed: str, start: int, end: int) -> list[Completion]:
    """Entries whose writing begins so: the user's own first, then short ones, then by the alphabet."""
    words, index = _index(lexicon)
    at = bisect_left(words, typed)
    found: list[tuple[str, Entry]] = []
    while at < len(words) and words[at].startswith(typed):
        found.append(index[at])
        at += 1
    found.sort(key=lambda pair: (not pair[1].own, _OFFERED.index(pair[1].kind), len(pair[0])))
    return [Completion(start, end, word, entry.meaning, entry.kind) for word, entry in found]


@lru_cache(maxsize=8)
def _index(lexicon: Lexicon) -> tuple[list[str], list[tuple[str, Entry]]]:
    """All words in alphabetical order, folded, with how each is written and what it is."""
    found = sorted(key for key, entry in lexicon.folded.items() if entry.kind in _OFFERED)
    return found, [(lexicon.written.get(key, key), lexicon.folded[key]) for key in found]
