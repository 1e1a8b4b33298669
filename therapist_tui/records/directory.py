"""The clients' directory, read once and again only after a client's card was written."""

from uuid import UUID

from sqlmodel import Session

from therapist_tui.domain.directory import Directory, Listed

from .unit import Store

_WRITTEN = "SELECT number FROM search_clients"
_LINES = "SELECT id, search, archived_at IS NOT NULL, merged_into FROM client"


def directory_of(store: Store, session: Session) -> Directory:
    """All clients as they stand now. Triggers count what is written to their cards, by whatever way (indexing.py)."""
    connection = session.connection()
    written = connection.exec_driver_sql(_WRITTEN).scalar_one()
    if store.directory is None or store.directory[0] != written:
        rows = connection.exec_driver_sql(_LINES)
        listed = [Listed(UUID(key), line, bool(aside), UUID(into) if into else None) for key, line, aside, into in rows]
        store.directory = (written, Directory(listed))
    return store.directory[1]
