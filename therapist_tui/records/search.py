"""Search: a question in words becomes one question to the full-text index, which is asked for the newest matches."""

from collections.abc import Iterable
from datetime import date, time
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from therapist_tui.domain.search.found import Answer, judged, pattern_of, ranked
from therapist_tui.domain.search.query import Query, Term, read_query
from therapist_tui.domain.when import at

from .directory import directory_of, named
from .indexing import CHECK, EVERY, LAST_SECOND, PER_SECOND, REBUILD, SIGNED, TAG, UNSIGNED
from .merging import cards_of
from .searched import documents_of
from .tables import SearchEntryRow
from .unit import Store

MOST = 100
"""Records that one search looks at, the newest ones: whoever wants an older one types another word."""
MOST_CLIENTS = 100
"""Clients that `client:` stands for at most."""
FEW = 8
"""A word that names so many clients at most finds their records too."""

_NEWEST = text(
    "SELECT rowid FROM search_words WHERE search_words MATCH :asked AND rowid >= :first AND rowid < :beyond"
    " ORDER BY rowid LIMIT :most"
)
_EDGE = 1 << 62


class Search:
    """Finds words in notes, addenda, histories, goals, plans and reviews, papers, decisions, and on clients' cards."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, typed: str, most: int = MOST) -> Answer:
        """What fits the text as typed, the best first; see domain/search/query.py for what it may say.

        Any text is answered. Of more than `most` records that fit, the newest are looked at.
        """
        today = self._store.today()
        query = read_query(typed, today)
        if query.empty:
            return Answer(query, told=query.told)
        with self._store.reading() as session:
            asked, told = self._asked(session, query)
            if not asked:
                return Answer(query, told=(*query.told, *told))
            found = {"asked": asked, "most": most + 1, **self._span(query)}
            ids = [number for (number,) in session.connection().execute(_NEWEST, found)]
            documents = documents_of(session, _records(session, ids[:most]))
        pattern = pattern_of(query.marked)
        answers = ranked(judged(document, pattern, today) for document in documents)
        return Answer(query, answers, len(ids) > most, query.told)

    def _asked(self, session: Session, query: Query) -> tuple[str, tuple[str, ...]]:
        """The question in the index's own language; "" with a sentence when nobody can fit it."""
        parts = [_or([_phrase(term), *_clients_tags(session, term)]) for term in query.terms]
        parts += [_or(map(_phrase, group)) for group in query.any_of]
        for name in query.clients:
            ids = directory_of(self._store, session).find(name)[:MOST_CLIENTS]
            if not ids:
                return "", (f"No client fits “{name}”.",)
            parts.append(_or(_tag(one.hex) for one in cards_of(session, ids)))
        if query.kinds:
            parts.append(_or(_tag(kind.value) for kind in query.kinds))
        if query.unsigned is not None:
            parts.append(f'"{UNSIGNED if query.unsigned else SIGNED}"')
        return " AND ".join(parts) or f'"{EVERY}"', ()

    def rebuild(self) -> None:
        """Make the index anew from the records; nothing that was taken out of them before stays in it."""
        with self._store.quiet() as unit:
            unit.session.connection().exec_driver_sql(REBUILD)

    def check(self) -> None:
        """Fail when the index does not hold exactly what the records say."""
        with self._store.quiet() as unit:
            unit.session.connection().exec_driver_sql(CHECK)

    def _span(self, query: Query) -> dict[str, int]:
        """The numbers between which entries of the days asked for stand; a client's card is of no day."""
        first = (LAST_SECOND - self._second(query.before) + 1) * PER_SECOND if query.before else -_EDGE
        beyond = (LAST_SECOND - self._second(query.after) + 1) * PER_SECOND if query.after else _EDGE
        return {"first": max(first, PER_SECOND) if query.after else first, "beyond": beyond}

    def _second(self, day: date) -> int:
        return int(at(day, time(0), self._store.zone).timestamp())


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + ("*" if term.begins else "")


def _clients_tags(session: Session, term: Term) -> list[str]:
    """A client's name finds what there is of the client, unless it is a word that half of them have."""
    if len(term.words) != 1 or not term.begins or len(term.words[0]) < 3:
        return []
    ids = named(session, term.words[0], FEW + 1)
    return [_tag(one.hex) for one in cards_of(session, ids)] if len(ids) <= FEW else []


def _tag(word: str) -> str:
    return f'"{TAG}{word}"'


def _or(parts: Iterable[str]) -> str:
    every = list(parts)
    return f"({' OR '.join(every)})" if len(every) > 1 else every[0]


def _records(session: Session, ids: list[int]) -> list[tuple[str, UUID]]:
    """Table and id of each entry, in their order."""
    rows = session.exec(select(SearchEntryRow.id, SearchEntryRow.record, SearchEntryRow.record_id).where(
        col(SearchEntryRow.id).in_(ids)
    ))  # fmt: skip
    return [(record, record_id) for _, record, record_id in sorted(rows, key=lambda row: row[0] or 0)]
