"""Takes an import back: what came with it goes, as far as nobody has touched it since."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Table, delete, select, update
from sqlmodel import SQLModel, col

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.client import Client
from therapist_tui.domain.health import HealthEntry
from therapist_tui.domain.incoming.batch import counted
from therapist_tui.domain.incoming.plan import APPOINTMENT, CLIENT, HEALTH, SERIES, digest_of
from therapist_tui.domain.series import Series

from .rows import to_series
from .tables import AppointmentRow, ClientRow, HealthEntryRow, ImportBatchRow, ImportOriginRow, Row, SeriesRow
from .unit import Unit

_PORTION = 500
_KINDS: tuple[tuple[str, Any, type[Any]], ...] = (
    (HEALTH, HealthEntryRow, HealthEntry),
    (APPOINTMENT, AppointmentRow, Appointment),
    (SERIES, SeriesRow, Series),
    (CLIENT, ClientRow, Client),
)
"""Children before what they belong to."""
_TYPED: Mapping[str, Callable[[Any], Any]] = {
    "born_on": date.fromisoformat,
    "starts_at": datetime.fromisoformat,
    "status": Status,
    "client_id": UUID,
}


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How much of an import went, and how much stays as it was changed or used since."""

    clients: int
    appointments: int
    kept_clients: int
    kept_appointments: int
    kept_changes: int

    @property
    def stays(self) -> str:
        """What stays, in words; "" when nothing does."""
        parts = (
            [counted(self.kept_clients, self.kept_appointments)] if self.kept_clients + self.kept_appointments else []
        )
        if self.kept_changes:
            parts.append(f"{self.kept_changes} change{'' if self.kept_changes == 1 else 's'}")
        return f"{', '.join(parts)} used or changed since stay" if parts else ""


def take_back(unit: Unit, batch_id: UUID) -> TakenBack:
    """Undo the import; raises RecordNotFound."""
    batch = unit.get(ImportBatchRow, batch_id)
    unit.session.expunge(batch)
    connection = unit.session.connection()
    kept_changes = sum(not _change_back(connection, one) for one in batch.changes)
    gone: dict[str, int] = {}
    kept: dict[str, int] = {}
    for record, kind, value in _KINDS:
        gone[record], kept[record] = _remove(connection, batch_id, record, kind, value)
    linked = (col(ImportOriginRow.batch_id) == batch_id) & (col(ImportOriginRow.digest) == "")
    connection.execute(delete(ImportOriginRow).where(linked))
    mine = col(ImportBatchRow.id) == batch_id
    if any(kept.values()):
        left = {"clients": kept[CLIENT], "appointments": kept[APPOINTMENT], "changed": 0, "known": 0, "changes": ()}
        connection.execute(update(ImportBatchRow).where(mine).values(**left))
    else:
        connection.execute(delete(ImportBatchRow).where(mine))
    return TakenBack(gone[CLIENT], gone[APPOINTMENT], kept[CLIENT], kept[APPOINTMENT], kept_changes)


def _change_back(connection: Connection, change: Mapping[str, Any]) -> bool:
    """Set one record back to what it was before the import changed it; False when it was changed again since."""
    kind, value = (ClientRow, Client) if change["record"] == CLIENT else (AppointmentRow, Appointment)
    record_id = UUID(change["record_id"])
    row = connection.execute(select(*_columns(kind, value)).where(_table(kind).c.id == record_id)).first()
    if row is None or digest_of(value(*row)) != change["digest"]:
        return False
    before = {
        name: _TYPED[name](one) if name in _TYPED and one is not None else one for name, one in change["before"].items()
    }
    connection.execute(update(kind).where(_table(kind).c.id == record_id).values(**before))
    same = (col(ImportOriginRow.record) == change["record"]) & (col(ImportOriginRow.record_id) == record_id)
    connection.execute(update(ImportOriginRow).where(same).values(digest=change["digest_before"]))
    return True


def _remove(
    connection: Connection, batch_id: UUID, record: str, kind: type[SQLModel], value: type[Any]
) -> tuple[int, int]:
    """Take away the records of one kind that are as they came and that nothing refers to; (gone, kept)."""
    came = (col(ImportOriginRow.batch_id) == batch_id) & (col(ImportOriginRow.record) == record)
    came &= col(ImportOriginRow.digest) != ""
    found = connection.execute(select(col(ImportOriginRow.record_id), col(ImportOriginRow.digest)).where(came))
    digests: dict[UUID, str] = {one.record_id: one.digest for one in found}
    gone = 0
    for ids in _portions(digests):
        values = _values(connection, kind, value, ids)
        untouched = {one.id for one in values if digest_of(one) == digests[one.id] and not _merged(one)}
        missing = {*ids} - {one.id for one in values}
        untouched -= _referred_to(connection, _table(kind), untouched)
        if untouched:
            connection.execute(delete(kind).where(_table(kind).c.id.in_(sorted(untouched))))
        if over := sorted(untouched | missing):
            connection.execute(delete(ImportOriginRow).where(came, col(ImportOriginRow.record_id).in_(over)))
        gone += len(untouched)
        for one in missing:
            del digests[one]
    return gone, len(digests) - gone


def _values(connection: Connection, kind: type[SQLModel], value: type[Any], ids: Sequence[UUID]) -> list[Any]:
    mine = _table(kind).c.id.in_(ids)
    if value is Series:  # its rule is spread over the columns
        return [to_series(row) for row in connection.execute(select(_table(kind)).where(mine))]
    return [value(*row) for row in connection.execute(select(*_columns(kind, value)).where(mine))]


def _merged(value: Any) -> bool:
    """Whether it is a card that was made one with another one: the merge can be taken apart as long as it is there."""
    return isinstance(value, Client) and value.merged_into is not None


def _referred_to(connection: Connection, table: Table, ids: set[UUID]) -> set[UUID]:
    """Those that another record refers to: a note, a plan, a visit booked since …"""
    found: set[UUID] = set()
    for column in _references(table):
        query = select(column).where(column.in_(sorted(ids))).distinct()
        found |= {one for (one,) in connection.execute(query)}
    return found


def _references(table: Table) -> Iterator[Column[Any]]:
    for other in Row.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table:
                yield key.parent


def _table(kind: Any) -> Table:
    return kind.__table__


def _columns(kind: Any, value: type[Any]) -> Iterator[Any]:
    return (getattr(kind, one.name) for one in fields(value))


def _portions(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    every = sorted(ids)
    for at in range(0, len(every), _PORTION):
        yield every[at : at + _PORTION]
