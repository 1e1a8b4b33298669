"""What is typed into the search line, read into a question. Any text is one: nothing is refused, and nothing raises.

Words find what begins with them, quoted words exactly what they say. `client:` `region:` `side:` `before:` `after:`
`kind:` and `unsigned:` narrow it down; what follows them may be quoted too. Case and accents do not matter.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from therapist_tui.domain.text import clean_line
from therapist_tui.domain.when import NotADate, read_past_date

from .places import sides_of, words_of_region

MOST_TERMS = 16
"""Words and filters of one question; what stands after them is not looked at."""


class Kind(Enum):
    """What can be found, by the words of `kind:`."""

    NOTE = "note"
    ADDENDUM = "addendum"
    HISTORY = "history"
    GOAL = "goal"
    PLAN = "plan"
    REFERRAL = "referral"
    REVIEW = "review"
    CONSENT = "consent"
    DECISION = "decision"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand together, in this order; with `begins` the last of them may go on."""

    words: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A question. Every term must be there, one of each group of `any_of`, and all filters must hold.

    `told` are sentences about parts that were not understood: those are left out.
    """

    terms: tuple[Term, ...] = ()
    any_of: tuple[tuple[Term, ...], ...] = ()
    clients: tuple[str, ...] = ()
    kinds: frozenset[Kind] = frozenset()
    before: date | None = None
    """The day before which it was."""
    after: date | None = None
    """The day from which on it was."""
    unsigned: bool | None = None
    told: tuple[str, ...] = field(default=())

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for yet."""
        return replace(self, told=()) == Query()

    @property
    def marked(self) -> tuple[Term, ...]:
        """The terms to highlight in what was found."""
        return (*self.terms, *(term for group in self.any_of for term in group))


_PART = re.compile(r'(?:(?P<field>[A-Za-z]+):)?(?:"(?P<quoted>[^"]*)(?P<end>"?)|(?P<bare>[^\s"]*))')
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})-(\d\d?)")
_QUOTES = str.maketrans("“”„«»", '"""""')
_NO = frozenset({"no", "n", "false", "0"})


def read_query(typed: str, today: date) -> Query:
    """The question that the text asks, seen from `today`."""
    text = clean_line(typed).translate(_QUOTES)
    query = Query()
    for number, part in enumerate(match for match in _PART.finditer(text) if match[0]):
        if number == MOST_TERMS:
            break
        name = (part["field"] or "").lower()
        value = part["bare"] if part["quoted"] is None else part["quoted"]
        read = _FILTERS.get(name)
        if read is not None:
            query = read(query, value, today)
            continue
        if part["field"] and not value:  # "foo:" is a word like any other
            value = part["field"]
        elif part["field"]:
            query = _with_words(query, Term(_words(part["field"]), begins=False))
        exact = part["quoted"] is not None and bool(part["end"])
        at_end = part.end() == len(text) and not typed[-1:].isspace()
        query = _with_words(query, _term(value, exact=exact, last=at_end))
    return query


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))


def _term(value: str, *, exact: bool, last: bool) -> Term:
    """Words as typed. A single letter ("L", "R") is a word of its own, unless it is being typed."""
    words = _words(value)
    goes_on = bool(words) and (len(words[-1]) > 1 or last)
    return Term(words, begins=not exact and goes_on)


def _with_words(query: Query, term: Term) -> Query:
    return replace(query, terms=(*query.terms, term)) if term.words else query


def _client(query: Query, value: str, _today: date) -> Query:
    return replace(query, clients=(*query.clients, value)) if _words(value) else query


def _region(query: Query, value: str, _today: date) -> Query:
    if not _words(value):
        return query
    known = tuple(Term(_words(name)) for name in words_of_region(value))
    return replace(query, any_of=(*query.any_of, (Term(_words(value), begins=True), *known)))


def _side(query: Query, value: str, _today: date) -> Query:
    if not value:
        return query
    sides = sides_of(value)
    if not sides:
        return _told(query, f"side: is left, right or both, not “{value}”.")
    return replace(query, any_of=(*query.any_of, tuple(Term((side,)) for side in sides)))


def _kind(query: Query, value: str, _today: date) -> Query:
    kinds = {kind for kind in Kind if kind.value.startswith(value.lower())}
    if not value:
        return query
    if not kinds:
        return _told(query, f"kind: is one of {', '.join(kind.value for kind in Kind)}.")
    return replace(query, kinds=query.kinds | kinds)


def _before(query: Query, value: str, today: date) -> Query:
    day = _day(value, today)
    if day is None:
        return _told(query, f"before: no date yet in “{value}”.") if value else query
    return replace(query, before=min(day, query.before or day))


def _after(query: Query, value: str, today: date) -> Query:
    day = _day(value, today)
    if day is None:
        return _told(query, f"after: no date yet in “{value}”.") if value else query
    return replace(query, after=max(day, query.after or day))


def _unsigned(query: Query, value: str, _today: date) -> Query:
    return replace(query, unsigned=value.lower() not in _NO)


def _told(query: Query, sentence: str) -> Query:
    return replace(query, told=(*query.told, sentence))


def _day(value: str, today: date) -> date | None:
    """A date in words; a year or a month by itself is its first day."""
    with suppress(ValueError):
        if _YEAR.fullmatch(value):
            return date(int(value), 1, 1)
        if month := _MONTH.fullmatch(value):
            return date(int(month[1]), int(month[2]), 1)
    with suppress(NotADate):
        return read_past_date(value, today)
    return None


_FILTERS = {
    "client": _client,
    "region": _region,
    "side": _side,
    "kind": _kind,
    "before": _before,
    "after": _after,
    "unsigned": _unsigned,
}
