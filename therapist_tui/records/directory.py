"""Clients by what is typed of them. Beginnings of names are asked of the index; only insides and typos want them all.

The directory of all is read once, and again only after a client's card was written.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from therapist_tui.domain.directory import Directory, Listed
from therapist_tui.domain.text import folded

from .indexing import NAMED
from .tables import ClientRow, SearchEntryRow
from .unit import Store

_WRITTEN = "SELECT number FROM search_clients"
_LINES = "SELECT id, search, archived_at IS NOT NULL, merged_into FROM client"
_NAMED = text("SELECT rowid FROM search_words WHERE search_words MATCH :asked ORDER BY rowid LIMIT :most")


def directory_of(store: Store, session: Session) -> Directory:
    """All clients as they stand now. Triggers count what is written to their cards, by whatever way (indexing.py)."""
    connection = session.connection()
    written = connection.exec_driver_sql(_WRITTEN).scalar_one()
    if store.directory is None or store.directory[0] != written:
        rows = connection.exec_driver_sql(_LINES)
        listed = [Listed(UUID(key), line, bool(aside), UUID(into) if into else None) for key, line, aside, into in rows]
        store.directory = (written, Directory(listed))
    return store.directory[1]


def first_by_name(session: Session, limit: int, *, aside: bool) -> Sequence[ClientRow]:
    """The first clients in the order of their names; with `aside` of those who were set aside."""
    set_aside = col(ClientRow.archived_at).is_not(None) if aside else col(ClientRow.archived_at).is_(None)
    query = select(ClientRow).where(set_aside, col(ClientRow.merged_into).is_(None))
    return session.exec(query.order_by(col(ClientRow.search), col(ClientRow.id)).limit(limit)).all()


def named(session: Session, word: str, most: int) -> list[UUID]:
    """Of the clients one of whose names begins so, `most` at most, those who were not set aside.

    A card that was merged into another stands for the kept one.
    """
    found = session.connection().execute(_NAMED, {"asked": f'"{NAMED}{folded(word)}"*', "most": most})
    numbers = [number for (number,) in found]
    query = select(ClientRow).join(SearchEntryRow, col(SearchEntryRow.record_id) == ClientRow.id)
    rows = session.exec(query.where(col(SearchEntryRow.id).in_(numbers)).order_by(col(ClientRow.search))).all()
    kept = dict.fromkeys(row.merged_into or row.id for row in rows)
    coming = select(ClientRow.id).where(col(ClientRow.id).in_(kept), col(ClientRow.archived_at).is_(None))
    come = {*session.exec(coming)}
    return [one for one in kept if one in come]
