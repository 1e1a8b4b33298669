"""Takes an import back: what came with it goes, as far as nobody has touched it since."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Table, delete, func, select, update
from sqlmodel import SQLModel, col

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.client import Client
from therapist_tui.domain.health import HealthEntry
from therapist_tui.domain.incoming.batch import counted
from therapist_tui.domain.incoming.plan import APPOINTMENT, CLIENT, HEALTH, SERIES, digest_of
from therapist_tui.domain.progress import Heard, unheard
from therapist_tui.domain.series import Series

from .errors import TakingBackCancelled
from .rows import to_series
from .tables import (
    AppointmentRow,
    AuditEventRow,
    ClientRow,
    HealthEntryRow,
    ImportBatchRow,
    ImportOriginRow,
    RecordChangeRow,
    Row,
    SeriesRow,
)
from .unit import Unit

PORTION = 500
"""Records that go at a time: between them others are heard, and a cancel is."""
STORED = "import.stored"
"""What the trail calls an import."""
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


def take_back(unit: Unit, batch_id: UUID, heard: Heard = unheard) -> TakenBack:
    """Undo the import; raises RecordNotFound, and TakingBackCancelled when `heard` says so."""
    batch = unit.get(ImportBatchRow, batch_id)
    unit.session.expunge(batch)
    connection = unit.session.connection()
    kept_changes = sum(not _change_back(connection, one) for one in batch.changes)
    removal = _Removal(connection, batch_id, heard)
    gone: dict[str, int] = {}
    kept: dict[str, int] = {}
    for record, kind, value in _KINDS:
        gone[record], kept[record] = removal.of(record, kind, value)
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


@dataclass(frozen=True, slots=True)
class _Came:
    """A record that came with the import: the line that says so, the record, and how it stood when it came."""

    origin_id: UUID
    record_id: UUID
    digest: str


class _Removal:
    """Takes away the records of an import that are as they came and that nothing refers to, in portions."""

    def __init__(self, connection: Connection, batch_id: UUID, heard: Heard) -> None:
        self._connection, self._heard, self._done = connection, heard, 0
        self._came: dict[str, list[_Came]] = {record: [] for record, *_ in _KINDS}
        for record, *one in connection.execute(_origins(batch_id)):
            self._came[record].append(_Came(*one))
        self._total = sum(map(len, self._came.values()))
        self._changed = _changed_since(connection, batch_id)

    def of(self, record: str, kind: type[SQLModel], value: type[Any]) -> tuple[int, int]:
        """The records of one kind: how many went, and how many stay."""
        gone = kept = 0
        for part in _portions(self._came[record]):
            as_came, missing = self._look(part, kind, value)
            free = as_came - _referred_to(self._connection, _table(kind), as_came)
            ids = [one.record_id for one in part if one.record_id in free]
            over = [one.origin_id for one in part if one.record_id in free or one.record_id in missing]
            _delete(self._connection, kind, ids)
            _delete(self._connection, ImportOriginRow, over)
            gone, kept = gone + len(ids), kept + len(part) - len(over)
            self._tell(len(part))
        return gone, kept

    def _look(self, part: Sequence[_Came], kind: type[SQLModel], value: type[Any]) -> tuple[set[UUID], set[UUID]]:
        """Those that stand as they came, and those that are not there any more.

        Of what no event changed since the import that is known; of the others the digest tells: a change may have been
        undone, or be one that counts for nothing.
        """
        doubtful = {
            one.record_id: one.digest for one in part if self._changed is None or one.record_id.hex in self._changed
        }
        values = _values(self._connection, kind, value, [*doubtful]) if doubtful else []
        changed = {one.id for one in values if digest_of(one) != doubtful[one.id] or _merged(one)}
        missing = doubtful.keys() - {one.id for one in values}
        return {one.record_id for one in part} - changed - missing, missing

    def _tell(self, more: int) -> None:
        self._done += more
        if not self._heard(self._done, self._total):
            raise TakingBackCancelled


def _origins(batch_id: UUID) -> Any:
    """What came with the import, in the order of its ids: pages of the file are then written one after the other."""
    names = ImportOriginRow.record, ImportOriginRow.id, ImportOriginRow.record_id, ImportOriginRow.digest
    came = (col(ImportOriginRow.batch_id) == batch_id) & (col(ImportOriginRow.digest) != "")
    return select(*map(col, names)).where(came).order_by(col(ImportOriginRow.id))


def _changed_since(connection: Connection, batch_id: UUID) -> set[str] | None:
    """The records that any event after the import changed, by the trail; None when it is not in this file's trail."""
    stored = (col(AuditEventRow.subject_id) == str(batch_id)) & (col(AuditEventRow.action) == STORED)
    seq = connection.execute(select(func.max(AuditEventRow.seq)).where(stored)).scalar()
    if seq is None:
        return None
    changes = select(col(RecordChangeRow.record_id)).where(col(RecordChangeRow.seq) > seq)
    return {record_id for (record_id,) in connection.execute(changes)}


def _delete(connection: Connection, kind: type[SQLModel], ids: Sequence[UUID]) -> None:
    if ids:
        connection.execute(delete(kind).where(_table(kind).c.id.in_(ids)))


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
        found |= {one for (one,) in connection.execute(select(column).where(column.in_(ids)).distinct())}
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


def _portions(came: Sequence[_Came]) -> Iterator[Sequence[_Came]]:
    for at in range(0, len(came), PORTION):
        yield came[at : at + PORTION]
