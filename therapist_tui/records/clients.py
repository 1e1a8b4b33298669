"""Clients: finding, adding, changing, and setting aside. Nobody is deleted."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import col, select

from therapist_tui.domain.client import Client, ClientDraft
from therapist_tui.domain.directory import words_of

from .directory import directory_of, first_by_name
from .merging import merge, separate
from .rows import columns_of, fill, search_text, to_value
from .tables import ClientRow
from .unit import Store, need, new_id, refuse

UUID_LENGTH = 36


class Clients:
    """The people who come."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, client_id: UUID) -> Client:
        """The client; raises RecordNotFound."""
        with self._store.reading() as session:
            return to_value(need(session, ClientRow, client_id), Client)

    def of_ids(self, ids: Iterable[str]) -> tuple[Client, ...]:
        """The clients with these ids, archived ones too; ids of anything else are passed over."""
        wanted = [UUID(one) for one in ids if len(one) == UUID_LENGTH]
        query = select(ClientRow).where(col(ClientRow.id).in_(wanted))
        with self._store.reading() as session:
            return tuple(to_value(row, Client) for row in session.exec(query))

    def find(self, text: str = "", limit: int = 200, *, aside: bool = False) -> tuple[Client, ...]:
        """Clients whose name, preferred name, e-mail or telephone holds every word; with `aside` those set aside.

        Words as typed go before beginnings, insides and typos, equals by name. Case and accents do not matter, nor how
        a telephone number is written; one letter of a longer word may be wrong.
        """
        with self._store.reading() as session:
            if not words_of(text):
                return tuple(to_value(row, Client) for row in first_by_name(session, limit, aside=aside))
            ids = directory_of(self._store, session).find(text, aside=aside)[:limit]
            rows = session.exec(select(ClientRow).where(col(ClientRow.id).in_(ids)))
            found = {row.id: to_value(row, Client) for row in rows}
        return tuple(found[one] for one in ids if one in found)

    def add(self, draft: ClientDraft) -> Client:
        """A new client; raises Invalid."""
        clean = self._checked(draft)
        with self._store.unit() as unit:
            row = unit.add(ClientRow(id=new_id(), search=search_text(clean), **columns_of(clean)))
            unit.audit("client.added", "client", row.id)
            return to_value(row, Client)

    def change(self, client_id: UUID, draft: ClientDraft) -> Client:
        """Write the card anew; raises Invalid, RecordNotFound."""
        clean = self._checked(draft)
        with self._store.unit() as unit:
            row = unit.get(ClientRow, client_id)
            fill(row, clean)
            row.search = search_text(clean)
            unit.audit("client.changed", "client", client_id)
            return to_value(row, Client)

    def archive(self, client_id: UUID) -> Client:
        """Set a client aside: no longer found, everything kept."""
        with self._store.unit() as unit:
            row = unit.get(ClientRow, client_id)
            row.archived_at = row.archived_at or unit.now
            unit.audit("client.archived", "client", client_id)
            return to_value(row, Client)

    def restore(self, client_id: UUID) -> Client:
        """Bring an archived client back."""
        with self._store.unit() as unit:
            row = unit.get(ClientRow, client_id)
            row.archived_at = None
            unit.audit("client.restored", "client", client_id)
            return to_value(row, Client)

    def merged(self, kept_id: UUID) -> tuple[Client, ...]:
        """The cards that were made one with this one, by name."""
        query = select(ClientRow).where(ClientRow.merged_into == kept_id).order_by(col(ClientRow.search))
        with self._store.reading() as session:
            return tuple(to_value(row, Client) for row in session.exec(query))

    def merge(self, other_id: UUID, kept_id: UUID) -> Client:
        """Make two cards of one person into the one that is kept; see merging.py. Raises OneCard, RecordNotFound."""
        with self._store.unit() as unit:
            return to_value(merge(unit, unit.get(ClientRow, other_id), unit.get(ClientRow, kept_id)), Client)

    def separate(self, other_id: UUID) -> Client:
        """Take a merge apart again: what was moved goes back. Raises NotMerged, RecordNotFound."""
        with self._store.unit() as unit:
            return to_value(separate(unit, unit.get(ClientRow, other_id)), Client)

    def _checked(self, draft: ClientDraft) -> ClientDraft:
        clean = draft.cleaned()
        refuse(clean.problems(self._store.today()))
        return clean
