"""Imports: a dry run first, then one transaction; the same row is known again, and each import can be taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, select

from therapist_tui.domain.appointment import LOST, Appointment, Status
from therapist_tui.domain.client import Client
from therapist_tui.domain.health import HealthEntry, HealthKind
from therapist_tui.domain.incoming.batch import ImportBatch, Origin, counted
from therapist_tui.domain.incoming.plan import (
    APPOINTMENT,
    CLIENT,
    HEALTH,
    SERIES,
    Choices,
    ImportPlan,
    Known,
    Planner,
    appointment_from,
    client_from,
    digest_of,
)
from therapist_tui.domain.incoming.values import IncomingAppointment, IncomingClient, Reading
from therapist_tui.domain.progress import Heard, unheard
from therapist_tui.domain.undo import READ, SAFEKEEPING
from therapist_tui.domain.when import at

from .errors import ImportCancelled, ImportOutdated
from .import_undo import TakenBack, take_back
from .rows import columns_of, search_text, series_columns, to_value
from .tables import (
    AppointmentRow,
    AuditEventRow,
    ClientRow,
    HealthEntryRow,
    ImportBatchRow,
    ImportOriginRow,
    SeriesRow,
    SessionNoteRow,
)
from .typed import table_of
from .unit import Store, Unit, new_id

PAGE = 5_000
"""Records that are read at a time."""
PORTION = 1_000
"""Rows that are taken at a time: between them others are heard, and a cancel is."""


class Imports:
    """What came from other programs."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, limit: int = 50) -> tuple[ImportBatch, ...]:
        """The imports that stand, newest first."""
        query = select(ImportBatchRow).order_by(col(ImportBatchRow.imported_at).desc(), col(ImportBatchRow.id).desc())
        with self._store.reading() as session:
            return tuple(to_value(row, ImportBatch) for row in session.exec(query.limit(limit)))

    def dry_run(self, reading: Reading, choices: Choices, file: str = "") -> Iterator[tuple[int, int] | ImportPlan]:
        """What the file would bring, worked out step by step: how far it is, and at last the plan.

        Nothing is written. Each step is short, so that others come in between: a plan that is outdated by that is
        refused by `store`.
        """
        known = Known(0)
        read = 0
        total = len(reading.clients) + len(reading.appointments)
        with self._store.reading() as session:
            known.seq = _last_seq(session)
        for read in self._look(known):
            yield read, read + total
        planner = Planner(known, choices, new_id)
        planner.take_series(reading.series)
        total, done = read + total, read
        for take, rows in ((planner.take_clients, reading.clients), (planner.take_appointments, reading.appointments)):
            for part in _portions(rows):
                take(part)
                yield (done := done + len(part)), total
        for part in _portions(planner.differing):
            with self._store.reading() as session:
                ids = [origin.record_id for origin, *_ in part]
                planner.settle(part, *_as_they_stand(session, ids, known.merged))
            yield done, total
        plan = planner.done()
        plan.source, plan.file, plan.digest = reading.program or reading.kind.value, file, reading.digest
        plan.rejects.extend(reading.rejects)
        plan.told.extend(reading.told)
        yield plan

    def plan(self, reading: Reading, choices: Choices, file: str = "") -> ImportPlan:
        """The dry run at once."""
        *_, plan = self.dry_run(reading, choices, file)
        if not isinstance(plan, ImportPlan):
            raise TypeError("a dry run ends with its plan")
        return plan

    def store(self, plan: ImportPlan, heard: Heard = unheard) -> ImportBatch:
        """Write the plan in one transaction; raises ImportOutdated, and ImportCancelled when `heard` says so."""
        batch = self._batch(plan)
        with self._store.unit() as unit:
            if _last_seq(unit.session) != plan.seq:
                raise ImportOutdated
            today = at(self._store.today(), time(0), self._store.zone)
            _Writing(unit, batch, plan, heard, today).write()
            said = counted(batch.clients, batch.appointments) if batch.clients or batch.appointments else "changes"
            unit.audit("import.stored", "import_batch", batch.id, said=f"import of {said}")
        return batch

    def take_back(self, batch_id: UUID, heard: Heard = unheard) -> TakenBack:
        """Undo an import of any day: what is untouched since goes, and the rest is counted.

        Raises RecordNotFound, and TakingBackCancelled when `heard` says so.
        """
        with self._store.unit() as unit:
            taken = take_back(unit, batch_id, heard)
            unit.audit("import.undone", "import_batch", batch_id)
        return taken

    def _batch(self, plan: ImportPlan) -> ImportBatch:
        return ImportBatch(
            new_id(),
            plan.source,
            plan.file,
            plan.digest,
            len(plan.clients),
            len(plan.appointments),
            len(plan.changes),
            plan.known,
            len(plan.conflicts) + len(plan.rejects),
            self._store.now(),
            self._store.who,
        )

    def _look(self, known: Known) -> Iterator[int]:
        """Take up what is known already, page by page; gives how many records were read."""
        read = 0
        clients: list[Client] = []
        for page in self._pages(ClientRow, Client):
            clients += (Client(*row) for row in page)
            yield (read := read + len(page))
        known.clients = tuple(one for one in clients if one.merged_into is None)
        known.merged = tuple(one for one in clients if one.merged_into is not None)
        for page in self._pages(ImportOriginRow, Origin):
            known.origins |= {(row.record, row.key): Origin(*row) for row in page}
            yield (read := read + len(page))
        with self._store.reading() as session:
            made = session.connection().execute(select(col(SeriesRow.id), col(SeriesRow.made_until)))
            known.made_until = {row.id: row.made_until for row in made}
        for page in self._pages(AppointmentRow, _Booked):
            for row in page:
                known.owners[row.id] = row.client_id
                if row.status not in LOST:
                    known.booked[row.client_id, row.starts_at] = row.id
            yield (read := read + len(page))

    def _pages(self, kind: Any, value: type[Any]) -> Iterator[Sequence[Any]]:
        """The columns of a value, of every row by its id; of thousands of rows no objects are made on the way."""
        query = select_columns(*_columns(kind, value)).order_by(kind.id).limit(PAGE)
        last = UUID(int=0)
        while True:
            with self._store.reading() as session:
                page = session.connection().execute(query.where(kind.id > last)).all()
            if page:
                last = page[-1].id
                yield page
            if len(page) < PAGE:
                return


@dataclass(frozen=True, slots=True)
class _Booked:
    """What tells of an appointment whether another one is the same."""

    id: UUID
    client_id: UUID
    starts_at: datetime
    status: Status


_Columns = dict[str, Any]


class _Writing:
    """Writes a plan; the rows go in portions, past the list of what `u` remembers row by row."""

    def __init__(self, unit: Unit, batch: ImportBatch, plan: ImportPlan, heard: Heard, today: datetime) -> None:
        self._today = today
        self._unit, self._batch, self._plan, self._heard = unit, batch, plan, heard
        self._connection: Connection = unit.session.connection()
        self._series = {made: one.series.id for one in plan.series for made in one.appointments}
        self._done = 0
        self._total = len(plan.clients) + len(plan.appointments) + len(plan.changes) + len(plan.linked)

    def write(self) -> None:
        """Everything, parents first."""
        self._insert(ImportBatchRow, [columns_of(self._batch)])
        for part in _portions(self._plan.clients):
            self._clients(part)
            self._tell(len(part))
        self._insert(SeriesRow, [series_columns(one.series) for one in self._plan.series])
        origins = [self._origin(SERIES, one.key, one.series.id, digest_of(one.series)) for one in self._plan.series]
        self._insert(ImportOriginRow, origins)
        for part in _portions(self._plan.appointments):
            self._appointments(part)
            self._tell(len(part))
        for part in _portions(self._plan.linked):
            self._insert(ImportOriginRow, [self._origin(*one) for one in dict.fromkeys(part)])
            self._tell(len(part))
        changes = [self._change(*one) for one in self._plan.changes]
        self._tell(len(changes))
        self._connection.execute(
            update(ImportBatchRow).where(col(ImportBatchRow.id) == self._batch.id).values(changes=changes)
        )

    def _tell(self, more: int) -> None:
        self._done += more
        if not self._heard(self._done, self._total):
            raise ImportCancelled

    def _insert(self, kind: type[SQLModel], rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(insert(kind), rows)

    def _origin(self, record: str, key: str, record_id: UUID, digest: str = "") -> dict[str, Any]:
        return columns_of(Origin(new_id(), self._batch.id, record, key, record_id, digest))

    def _clients(self, part: Sequence[tuple[UUID, IncomingClient]]) -> None:
        now = self._unit.now
        rows, origins, alerts = list[_Columns](), list[_Columns](), list[_Columns]()
        for client_id, row in part:
            client = client_from(client_id, row)
            archived_at = now if row.archived else None
            rows.append(columns_of(client) | {"archived_at": archived_at, "search": search_text(client)})
            origins.append(self._origin(CLIENT, row.key, client_id, digest_of(client)))
            if row.alert:
                # A warning on the card is a caution, and is judged as one (product.md, rule 2).
                entry = HealthEntry(new_id(), client_id, HealthKind.CONDITION, row.alert, noted_at=now)
                alerts.append(columns_of(entry))
                origins.append(self._origin(HEALTH, row.key, entry.id, digest_of(entry)))
        self._insert(ClientRow, rows)
        self._insert(HealthEntryRow, alerts)
        self._insert(ImportOriginRow, origins)

    def _appointments(self, part: Sequence[tuple[UUID, UUID, IncomingAppointment]]) -> None:
        rows, origins = list[_Columns](), list[_Columns]()
        for made, client_id, row in part:
            appointment = appointment_from(made, client_id, row)
            done = row.status is Status.DONE and row.starts_at < self._today
            # What was over before today owes no note: that one is in the other program.
            series_id = self._series.get(made)
            of_series = {"series_id": series_id, "series_on": row.series_on if series_id else None}
            rows.append(columns_of(appointment) | of_series | {"noted": done})
            origin = self._origin(APPOINTMENT, row.key, made, digest_of(appointment))
            origins.append(origin | {"uid": row.uid, "rule": row.rule, "zone": row.zone, "done": done})
        self._insert(AppointmentRow, rows)
        self._insert(ImportOriginRow, origins)

    def _change(
        self, origin: Origin, client_id: UUID | None, row: IncomingClient | IncomingAppointment
    ) -> dict[str, Any]:
        """Write what the file says now, and give what stood there before."""
        if isinstance(row, IncomingClient):
            kind, value = ClientRow, client_from(origin.record_id, row)
            after: dict[str, Any] = columns_of(row.draft) | {"search": search_text(value)}
        else:
            kind, value = AppointmentRow, appointment_from(origin.record_id, client_id or origin.record_id, row)
            after = {name: getattr(value, name) for name in _CHANGED}
        table = table_of(kind)
        before = self._connection.execute(
            select_columns(*(table.c[name] for name in after)).where(table.c.id == origin.record_id)
        ).one()
        self._connection.execute(update(kind).where(table.c.id == origin.record_id).values(**after))
        self._connection.execute(
            update(ImportOriginRow).where(col(ImportOriginRow.id) == origin.id).values(digest=digest_of(value))
        )
        return {
            "record": origin.record,
            "record_id": str(origin.record_id),
            "before": {name: _plain(one) for name, one in zip(after, before, strict=True)},
            "digest_before": origin.digest,
            "digest": digest_of(value),
        }


_CHANGED = ("client_id", "starts_at", "minutes", "service", "status", "reason", "remarks")


def _plain(value: Any) -> Any:
    """A column as JSON can hold it; `import_undo` reads it back."""
    if isinstance(value, Status):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _portions(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for begin in range(0, len(rows), PORTION):
        yield rows[begin : begin + PORTION]


def _last_seq(session: Session) -> int:
    """The last line of the trail that tells of a change; a backup or a reading meanwhile makes no plan outdated."""
    told = select(AuditEventRow.seq).where(col(AuditEventRow.action).not_in([*SAFEKEEPING, *READ]))
    return session.exec(told.order_by(col(AuditEventRow.seq).desc()).limit(1)).first() or 0


def _columns(kind: Any, value: type[Any]) -> list[Any]:
    return [getattr(kind, one.name) for one in fields(value)]


def _as_they_stand(
    session: Session, ids: Sequence[UUID], merged: Sequence[Client]
) -> tuple[dict[UUID, frozenset[str]], frozenset[UUID]]:
    """The digests of these records, and those of them that have a note.

    An appointment that came with a merge to the card that is kept has the digest of the other card too.
    """
    connection = session.connection()
    clients = connection.execute(select_columns(*_columns(ClientRow, Client)).where(col(ClientRow.id).in_(ids)))
    digests = {row.id: frozenset((digest_of(Client(*row)),)) for row in clients}
    rows = connection.execute(
        select_columns(*_columns(AppointmentRow, Appointment)).where(col(AppointmentRow.id).in_(ids))
    )
    for one in (Appointment(*row) for row in rows):
        cards = (one.client_id, *(card.id for card in merged if card.merged_into == one.client_id))
        digests[one.id] = frozenset(digest_of(replace(one, client_id=card)) for card in cards)
    noted = session.exec(select(SessionNoteRow.appointment_id).where(col(SessionNoteRow.appointment_id).in_(ids)))
    return digests, frozenset(noted)
