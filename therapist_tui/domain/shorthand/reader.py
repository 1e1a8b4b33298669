"""One line of charting shorthand read into what it says. Pure, total and quick: it runs on every key press."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from ..body.marks import Mark, Place
from .clause import BodyClause
from .groups import UNKNOWN_PLACE
from .lexicon import Lexicon, fold, leads, shipped
from .numbers import FREQUENCY, INTERVAL
from .own import lexicon_with
from .scan import QUOTES, Item, own_at, scan
from .sections import lead_of, plan_clause, pressure_clause, skip, text_clause
from .texts import expand
from .values import Ask, Clause, Kind, Reading, Token, Unread, Words

NO_OWN: Mapping[str, str] = {}
_PARTS = re.compile(r'"[^"]*"|“[^”]*”|[;\n]')


def read(line: str, own: Mapping[str, str] = NO_OWN) -> Reading:
    """What a line says. `own`: the user's abbreviations, which go before ours. Never raises."""
    return reading_of(line, lexicon_with(own))


@lru_cache(maxsize=8)
def reading_of(line: str, lexicon: Lexicon) -> Reading:
    """What a line says by that dictionary. Kept: a key press asks twice, for the colours and the note."""
    clauses = tuple(_shifted(_clause(line[start:end], lexicon), start) for start, end in _split(line))
    tokens = tuple(sorted((token for one in clauses for token in one.tokens), key=lambda token: token.start))
    unread = tuple(
        Unread(token.start, token.end, line[token.start : token.end]) for token in tokens if token.kind is Kind.UNREAD
    )
    return Reading(
        line,
        clauses,
        tokens,
        merged(mark for one in clauses for mark in one.marks),
        merged(mark for one in clauses for mark in one.pending),
        tuple(ask for one in clauses for ask in one.asks),
        unread,
    )


def merged(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """One mark for each place; what was said later is added to what was said before."""
    found: dict[Place, Mark] = {}
    for mark in marks:
        known = found.get(mark.place)
        found[mark.place] = known.merged(mark) if known else mark
    return tuple(found.values())


def _split(line: str) -> list[tuple[int, int]]:
    """The clauses: parted by semicolons and line ends, but not inside quotes. Blank ones are left out."""
    found: list[tuple[int, int]] = []
    start = 0
    for part in _PARTS.finditer(line):
        if part.group() in ";\n":
            found.append((start, part.start()))
            start = part.end()
    found.append((start, len(line)))
    return [(a, b) for a, b in ((skip(line, a, b), b) for a, b in found) if a < b]


@lru_cache(maxsize=64)
def _clause(line: str, lexicon: Lexicon) -> Clause:
    """One clause by itself. Kept, since a key press changes one clause and leaves the others."""
    start, end = 0, len(line)
    quote = QUOTES.match(line, start, end)
    if quote and not line[quote.end() : end].strip():
        words = Words(quote.group(), quote.group())
        token = Token(start, quote.end(), Kind.QUOTE)
        return Clause(start, end, said=words, expanded=quote.group(), tokens=(token,))
    mine = own_at(line, start, end, lexicon)
    if mine and (clause := _own_clause(line, mine)):
        return clause
    if lead := _lead(line, end, mine):
        kind, stays, after = lead
        if kind == "position":
            return _with_lead(_body(line, after, end, lexicon), start, after)
        if kind == "pressure":
            return pressure_clause(line, start, after, end)
        return text_clause(line, start, after, end, kind, stays, lexicon)
    if not mine and (FREQUENCY.match(line, start, end) or INTERVAL.match(line, start, end)):
        return plan_clause(line, start, start, end, "plan", lexicon, ())
    return _body(line, start, end, lexicon)


def forget() -> None:
    """Drop the clauses that are kept for speed: they are what was typed about a client."""
    _clause.cache_clear()


def _own_clause(line: str, mine: Item) -> Clause | None:
    """A clause that is nothing but an own word standing for home care, a response, a plan: read as that."""
    text = mine.entry.meaning if mine.entry else ""
    if line[mine.end :].strip() or ";" in text or "\n" in text:
        return None
    if not (lead_of(text, 0, len(text)) or FREQUENCY.match(text) or INTERVAL.match(text) or QUOTES.match(text)):
        return None
    clause = _clause(text, shipped())
    return replace(clause, start=0, end=len(line), tokens=(Token(0, mine.end, Kind.TERM, text),), asks=())


def _lead(line: str, end: int, mine: Item | None) -> tuple[str, str, int] | None:
    """What the clause is about; an own word goes first, and may stand for such a word of ours ("hw" for HEP)."""
    lead = lead_of(line, 0, end)
    if not mine or not mine.entry or (lead and lead[2] > mine.end):
        return lead
    known = leads().get(fold(mine.entry.meaning))
    return (known[0], known[1] and "=", mine.end) if known else None


def _shifted(clause: Clause, by: int) -> Clause:
    """The clause where it stands in the line."""
    if not by:
        return clause
    tokens = tuple([Token(one.start + by, one.end + by, one.kind, one.meaning) for one in clause.tokens])
    asks = tuple([Ask(one.start + by, one.end + by, one.text, one.candidates) for one in clause.asks])
    return replace(clause, start=clause.start + by, end=clause.end + by, tokens=tokens, asks=asks)


def _with_lead(clause: Clause, start: int, after: int) -> Clause:
    return replace(clause, start=start, tokens=(Token(start, after, Kind.LEAD), *clause.tokens))


def _body(line: str, start: int, end: int, lexicon: Lexicon) -> Clause:
    found = BodyClause(scan(line, start, end, lexicon), line).read()
    quotes = tuple(
        Words(line[item.start : item.end], line[item.start : item.end])
        for item in found.leftover
        if item.kind is Kind.QUOTE
    )
    rest = tuple(Words(text, text) for text in _runs(line, found.leftover))
    unread = frozenset(token.start for token in found.tokens if token.kind is Kind.UNREAD)
    return Clause(
        start,
        end,
        marks=tuple(mark for mark in found.marks if not mark.place.target.startswith(UNKNOWN_PLACE)),
        pending=tuple(mark for mark in found.marks if mark.place.target.startswith(UNKNOWN_PLACE)),
        works=tuple(found.bench.works),
        positions=tuple(found.positions),
        found=tuple(found.prefix),
        pain=found.pain,
        quotes=quotes,
        rest=rest,
        expanded=expand(line, start, end, lexicon, "body", unread).words.expanded if rest or found.asks else "",
        tokens=tuple(found.tokens),
        asks=tuple(found.asks),
    )


def _runs(line: str, items: list[Item]) -> list[str]:
    """What is left of a clause, as typed; what stood side by side stays together."""
    runs: list[tuple[int, int]] = []
    for item in sorted((one for one in items if one.kind is not Kind.QUOTE), key=lambda one: one.start):
        if runs and not line[runs[-1][1] : item.start].strip(" \t/>→+-–"):
            runs[-1] = (runs[-1][0], item.end)
        else:
            runs.append((item.start, item.end))
    return [line[start:end] for start, end in runs]
