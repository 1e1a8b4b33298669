"""Consents: given, and withdrawn."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from therapist_tui.domain.consent import Consent, ConsentDraft, WithdrawalDraft

from .rows import columns_of, to_value
from .tables import ClientRow, ConsentRow
from .unit import Store, new_id, refuse


class Consents:
    """What clients agreed to."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, client_id: UUID) -> tuple[Consent, ...]:
        """A client's consents, newest first."""
        with self._store.reading() as session:
            return consents_of(session, [client_id]).get(client_id, ())

    def give(self, client_id: UUID, draft: ConsentDraft) -> Consent:
        """Note a consent; raises Invalid, RecordNotFound."""
        clean = draft.cleaned()
        refuse(clean.problems(self._store.today()))
        with self._store.unit() as unit:
            unit.get(ClientRow, client_id)
            row = unit.add(ConsentRow(id=new_id(), client_id=client_id, **columns_of(clean)))
            unit.audit("consent.given", "consent", row.id)
            return to_value(row, Consent)

    def withdraw(self, consent_id: UUID, on: date, how: str = "") -> Consent:
        """The client takes a consent back from that day on; raises Invalid, RecordNotFound."""
        draft = WithdrawalDraft(on, how).cleaned()
        with self._store.unit() as unit:
            row = unit.get(ConsentRow, consent_id)
            refuse(draft.problems(row.given_on, self._store.today()))
            row.withdrawn_on, row.withdrawn_how = draft.withdrawn_on, draft.withdrawn_how
            unit.audit("consent.withdrawn", "consent", consent_id)
            return to_value(row, Consent)


def consents_of(session: Session, client_ids: Iterable[UUID]) -> dict[UUID, tuple[Consent, ...]]:
    """The consents of each client, newest first."""
    query = select(ConsentRow).where(col(ConsentRow.client_id).in_(client_ids))
    found: dict[UUID, tuple[Consent, ...]] = {}
    for row in session.exec(query.order_by(col(ConsentRow.given_on).desc(), col(ConsentRow.id).desc())):
        found[row.client_id] = (*found.get(row.client_id, ()), to_value(row, Consent))
    return found
