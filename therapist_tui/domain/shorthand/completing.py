"""Completion while typing: the words of the dictionary that begin with what stands before the cursor."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import Entry, Lexicon, fold, leads
from .own import lexicon_with
from .reader import NO_OWN
from .sections import lead_of
from .snippets import clause_at
from .values import Kind

_BREAKS = frozenset(" \t,;+/(&")
_OFFERED = (Kind.PLACE, Kind.TECHNIQUE, Kind.FINDING, Kind.POSITION, Kind.PHRASE, Kind.TERM)
_IN_TEXT = {
    "position": (Kind.POSITION, Kind.SIDE),
    "pressure": (),
    "plan": (Kind.PLACE, Kind.TECHNIQUE, Kind.TERM),
    "next": (Kind.PLACE, Kind.TECHNIQUE, Kind.TERM),
}
"""What is offered after a word for its section; in home care, a response and the client's words places and terms."""
_WORDS = 3
MOST = 8
_IN_PLAIN_TEXT = 3


@dataclass(frozen=True, slots=True)
class Completion:
    """Put `text` in place of line[start:end]; `label` says what it stands for."""

    start: int
    end: int
    text: str
    label: str
    kind: Kind
    own: bool = False


def is_word(text: str, own: Mapping[str, str] = NO_OWN) -> bool:
    """Whether the dictionary has exactly this word: then nothing needs to be completed."""
    return fold(text) in lexicon_with(own).folded or text in lexicon_with(own).exact


def _wanted(line: str, start: int, letters: int) -> tuple[Kind, ...]:
    """The kinds of words that make sense in the clause before `start`."""
    begin, _ = clause_at(line, start)
    lead = lead_of(line, begin, start) if begin < start else None
    if not lead:
        return _OFFERED
    # Most of a text is plain English: two letters of it say nothing yet.
    return _IN_TEXT.get(lead[0], (Kind.PLACE, Kind.TERM) if letters >= _IN_PLAIN_TEXT else ())


def completions(line: str, cursor: int, own: Mapping[str, str] = NO_OWN) -> tuple[Completion, ...]:
    """What could be meant by the word before the cursor, the likeliest first; at most MOST, each meaning once."""
    cursor = max(0, min(cursor, len(line)))
    if line[line.rfind(";", 0, cursor) + 1 : cursor].count('"') % 2:  # the client's own words
        return ()
    lexicon = lexicon_with(own)
    for start in _starts(line, cursor):
        typed = fold(line[start:cursor])
        found = [*_leads(typed, start, cursor)] if _first(line, start) else []
        wanted = _wanted(line, start, len(typed))
        found += [one for one in _offers(lexicon, typed, start, cursor) if one.own or one.kind in wanted]
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
    found.sort(key=lambda pair: (not pair[1].own, _rank(pair[1].kind), len(pair[0])))
    return [Completion(start, end, word, entry.meaning, entry.kind, entry.own) for word, entry in found]


def _rank(kind: Kind) -> int:
    return _OFFERED.index(kind) if kind in _OFFERED else len(_OFFERED)


@lru_cache(maxsize=8)
def _index(lexicon: Lexicon) -> tuple[list[str], list[tuple[str, Entry]]]:
    """All words in alphabetical order, folded, with how each is written and what it is."""
    found = sorted(key for key, entry in lexicon.folded.items() if entry.own or entry.kind in _OFFERED)
    return found, [(lexicon.written.get(key, key), lexicon.folded[key]) for key in found]
