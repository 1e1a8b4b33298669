"""The user's own abbreviations in front of ours: each stands for a word of ours, for several, or for any text."""

from collections.abc import Mapping
from functools import lru_cache

from .lexicon import Entry, Lexicon, shipped
from .scan import scan
from .values import Kind

_USABLE = (Kind.SIDE, Kind.QUALIFIER, Kind.PLACE, Kind.FINDING, Kind.GRADE, Kind.TECHNIQUE, Kind.POSITION, Kind.PHRASE)


def lexicon_with(own: Mapping[str, str]) -> Lexicon:
    """The dictionary to read with."""
    return _with(tuple(own.items())) if own else shipped()


@lru_cache(maxsize=8)
def _with(own: tuple[tuple[str, str], ...]) -> Lexicon:
    lexicon = shipped().copy()
    for word, text in own:
        key = word.strip()
        if not key or not text.strip():
            continue
        lexicon.put(key, _entry(key, text.strip()))
    return lexicon


def _entry(word: str, text: str) -> Entry:
    found = shipped().find(text)
    if found and found.kind in _USABLE:
        return Entry(found.kind, found.id, found.meaning, (), found.parts, own=True)
    items = scan(text, 0, len(text), shipped())
    parts = tuple(item.entry for item in items if item.entry and item.kind in _USABLE)
    if len(parts) == len(items) and any(part.kind in (Kind.PLACE, Kind.FINDING, Kind.TECHNIQUE) for part in parts):
        return Entry(Kind.PHRASE, word, text, (), parts, own=True)
    return Entry(Kind.TERM, word, text, own=True)
