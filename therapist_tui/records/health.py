"""The health history: entries with their former wordings, and each time the client was asked."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlmodel import col, select

from therapist_tui.domain.health import Answer, HealthEntry, HealthEntryDraft, HistoryCheck
from therapist_tui.domain.intake import IntakeDraft

from .rows import columns_of, fill, to_value
from .tables import ClientRow, ConsentRow, HealthEntryRow, HealthEntryVersionRow, HistoryCheckRow
from .unit import Store, Unit, new_id, refuse


class Health:
    """What clients said about their health."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, client_id: UUID) -> tuple[HealthEntry, ...]:
        """A client's entries, open ones first, the worst first."""
        with self._store.reading() as session:
            rows = session.exec(select(HealthEntryRow).where(HealthEntryRow.client_id == client_id))
            return in_order((to_value(row, HealthEntry) for row in rows), self._store.today())

    def former(self, entry_id: UUID) -> tuple[tuple[HealthEntry, datetime], ...]:
        """What an entry said before, and until when; newest first."""
        query = select(HealthEntryVersionRow, HealthEntryRow.client_id).join(
            HealthEntryRow, col(HealthEntryRow.id) == HealthEntryVersionRow.entry_id
        )
        query = query.where(HealthEntryVersionRow.entry_id == entry_id)
        with self._store.reading() as session:
            found = session.exec(
                query.order_by(col(HealthEntryVersionRow.replaced_at).desc(), col(HealthEntryVersionRow.id).desc())
            )
            return tuple(
                (
                    HealthEntry(
                        entry_id, client_id, **columns_of(to_value(row, HealthEntryDraft)), noted_at=row.noted_at
                    ),
                    row.replaced_at,
                )
                for row, client_id in found
            )

    def checks(self, client_id: UUID) -> tuple[HistoryCheck, ...]:
        """When the client was asked for the history, newest first."""
        query = select(HistoryCheckRow).where(HistoryCheckRow.client_id == client_id)
        with self._store.reading() as session:
            rows = session.exec(query.order_by(col(HistoryCheckRow.asked_at).desc(), col(HistoryCheckRow.id).desc()))
            return tuple(to_value(row, HistoryCheck) for row in rows)

    def add(self, client_id: UUID, draft: HealthEntryDraft) -> HealthEntry:
        """A new entry; the client was thereby asked. Raises Invalid, RecordNotFound."""
        clean = self._checked(draft)
        with self._store.unit() as unit:
            unit.get(ClientRow, client_id)
            row = HealthEntryRow(id=new_id(), client_id=client_id, noted_at=unit.now, **columns_of(clean))
            unit.add(row)
            unit.audit("health.added", "health_entry", row.id)
            _asked(unit, client_id, Answer.CHANGED)
            return to_value(row, HealthEntry)

    def change(self, entry_id: UUID, draft: HealthEntryDraft) -> HealthEntry:
        """Word an entry anew; the former wording is kept. Raises Invalid, RecordNotFound."""
        clean = self._checked(draft)
        with self._store.unit() as unit:
            row = unit.get(HealthEntryRow, entry_id)
            _keep_version(unit, row)
            fill(row, clean)
            row.noted_at = unit.now
            unit.audit("health.changed", "health_entry", entry_id)
            _asked(unit, row.client_id, Answer.CHANGED)
            return to_value(row, HealthEntry)

    def take_in(self, client_id: UUID, draft: IntakeDraft) -> tuple[HealthEntry, ...]:
        """Keep an intake in one act: its entries, that the client was asked, and the consents given with it.

        Raises Invalid, RecordNotFound.
        """
        entries = [self._checked(one) for one in draft.entries]
        consents = [one.cleaned() for one in draft.consents]
        for one in consents:
            refuse(one.problems(self._store.today()))
        with self._store.unit() as unit:
            unit.get(ClientRow, client_id)
            rows = [
                HealthEntryRow(id=new_id(), client_id=client_id, noted_at=unit.now, **columns_of(one))
                for one in entries
            ]
            given = [ConsentRow(id=new_id(), client_id=client_id, **columns_of(one)) for one in consents]
            for row in (*rows, *given):
                unit.add(row)
            unit.audit("intake.taken", "client", client_id, said=_counted(len(rows)))
            _asked(unit, client_id, Answer.CHANGED if rows else Answer.NOTHING)
            return tuple(to_value(row, HealthEntry) for row in rows)

    def resolve(self, entry_id: UUID, on: date) -> HealthEntry:
        """Say that an entry is over from that day on. Raises Invalid, RecordNotFound."""
        with self._store.unit() as unit:
            row = unit.get(HealthEntryRow, entry_id)
            if row.began_on and on < row.began_on:
                refuse({"resolved_on": "It cannot have ended before it began."})
            _keep_version(unit, row)
            row.resolved_on = on
            row.noted_at = unit.now
            unit.audit("health.resolved", "health_entry", entry_id)
            _asked(unit, row.client_id, Answer.CHANGED)
            return to_value(row, HealthEntry)

    def check(self, client_id: UUID, answer: Answer) -> HistoryCheck:
        """The client was asked for anything new, and answered."""
        with self._store.unit() as unit:
            unit.get(ClientRow, client_id)
            return _asked(unit, client_id, answer)

    def unchanged(self, client_id: UUID) -> HistoryCheck:
        """The client was asked and has nothing new; at the first asking, nothing to report. Raises RecordNotFound."""
        with self._store.unit() as unit:
            unit.get(ClientRow, client_id)
            before = unit.session.exec(select(HistoryCheckRow.id).where(HistoryCheckRow.client_id == client_id)).first()
            return _asked(unit, client_id, Answer.NO_CHANGE if before else Answer.NOTHING)

    def _checked(self, draft: HealthEntryDraft) -> HealthEntryDraft:
        clean = draft.cleaned()
        refuse(clean.problems(self._store.today()))
        return clean


def _counted(entries: int) -> str:
    return "1 entry" if entries == 1 else f"{entries} entries"


def in_order(entries: Iterable[HealthEntry], day: date) -> tuple[HealthEntry, ...]:
    """Open entries first, the worst first; within a level as they were noted."""

    def rank(entry: HealthEntry) -> tuple[bool, int, UUID]:
        return not entry.open_on(day), entry.severity.rank if entry.severity else 99, entry.id

    return tuple(sorted(entries, key=rank))


def _keep_version(unit: Unit, row: HealthEntryRow) -> None:
    said = columns_of(to_value(row, HealthEntryDraft))
    unit.add(HealthEntryVersionRow(id=new_id(), entry_id=row.id, noted_at=row.noted_at, replaced_at=unit.now, **said))


def _asked(unit: Unit, client_id: UUID, answer: Answer) -> HistoryCheck:
    unit.add(HistoryCheckRow(id=new_id(), client_id=client_id, asked_at=unit.now, answer=answer, asked_by=unit.who))
    unit.audit("history.asked", "client", client_id, said=answer.value)
    return HistoryCheck(unit.now, answer, unit.who)
