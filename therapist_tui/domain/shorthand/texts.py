"""Text for reading: what was typed, with its abbreviations in full words. Nothing in quotes is touched."""

from dataclasses import dataclass

from .lexicon import Lexicon, plain_words
from .scan import Item, scan
from .values import Ask, Candidate, Kind, Token, Words

_SIDES = {
    "L": "left",
    "R": "right",
    "B": "bilateral",
    "(L)": "left",
    "(R)": "right",
    "(B)": "bilateral",
    "Ⓛ": "left",
    "Ⓡ": "right",
}
_KEPT = (Kind.UNREAD, Kind.QUOTE, Kind.JOIN, Kind.PAIN, Kind.NUMBER, Kind.MINUTES, Kind.POSITION)


@dataclass(frozen=True, slots=True)
class Expanded:
    """A text in full words, with its tokens and questions."""

    words: Words
    tokens: tuple[Token, ...]
    asks: tuple[Ask, ...]


def expand(
    line: str, start: int, end: int, lexicon: Lexicon, context: str, kept: frozenset[int] = frozenset()
) -> Expanded:
    """Expand line[start:end]. In any context but "body" words that may be plain English stay as typed.

    `kept`: where parts begin that were not understood, and so stay as typed.
    """
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    items = scan(line, start, end, lexicon)
    out: list[str] = []
    tokens: list[Token] = []
    asks: list[Ask] = []
    at = start
    for place, item in enumerate(items):
        typed = line[item.start : item.end]
        following = items[place + 1] if place + 1 < len(items) else None
        full = typed if item.start in kept else _in_full(item, typed, following, context)
        if item.kind is Kind.ASK and full == typed and _asked(item, typed, context):
            asks.append(Ask(item.start, item.end, typed, fitting(item, context)))
            tokens.append(Token(item.start, item.end, Kind.ASK))
        else:
            kind = Kind.TEXT if full == typed else Kind.TERM
            tokens.append(Token(item.start, item.end, kind, "" if full == typed else full))
        out += line[at : item.start], full
        at = item.end
    return Expanded(Words(line[start:end], " ".join("".join(out).split())), tuple(tokens), tuple(asks))


def fitting(item: Item, context: str) -> tuple[Candidate, ...]:
    """The candidates of an ambiguous word that fit this kind of clause."""
    found = item.entry.candidates if item.entry else ()
    fits = tuple(one for one in found if not one.contexts or context in one.contexts)
    return fits or found


def _asked(item: Item, typed: str, context: str) -> bool:
    if context == "body":
        return True
    return typed.casefold() not in plain_words() and bool(item.entry and typed == item.entry.id)


def _in_full(item: Item, typed: str, following: Item | None, context: str) -> str:
    entry = item.entry
    if item.text and item.kind is Kind.WORSE:
        return "left more than right" if item.text == "L" else "right more than left"
    if entry is None or item.kind in _KEPT:
        return typed
    if item.kind is Kind.SIDE:
        return _side(typed, entry.id, following, context)
    if entry.own:
        return entry.meaning
    if context != "body" and typed.casefold() in plain_words():
        return typed
    if item.kind is Kind.ASK:
        fits = fitting(item, context)
        return fits[0].label if len(fits) == 1 and _asked(item, typed, context) else typed
    if item.kind is Kind.REFERS:
        return entry.meaning if context == "body" else typed
    if item.kind is Kind.NEGATION:
        return typed if typed.isalpha() else entry.meaning
    if item.kind is Kind.TERM:
        return entry.meaning
    return _same_or_full(typed, entry.meaning)


def _same_or_full(typed: str, meaning: str) -> str:
    """The meaning of an abbreviation; a word that is no abbreviation of its meaning ("soreness") stays as typed."""
    short, full = typed.casefold(), meaning.casefold()
    if not meaning or short.rstrip("s") == full.rstrip("s"):
        return typed
    letters = iter(full)
    shortened = all(letter in letters for letter in short.rstrip("s") if letter.isalpha())
    return meaning if shortened or not short.isalpha() or not typed[1:].islower() else typed


def _side(typed: str, side: str, following: Item | None, context: str) -> str:
    before_place = following is not None and following.kind in (Kind.PLACE, Kind.QUALIFIER, Kind.ASK, Kind.UNREAD)
    if typed in _SIDES and (before_place or len(typed) > 1 or context == "body"):
        return _SIDES[typed]
    return ("bilateral" if side == "both" else side) if context == "body" else typed
