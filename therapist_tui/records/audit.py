"""Reading the audit trail. It is written by `unit.py`, and kept by triggers in the database."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from therapist_tui.domain.audit import AuditEvent

from . import tables as t
from .rows import to_value
from .tables import AuditEventRow
from .trail import Head, head_of
from .unit import Store

AGAIN_AFTER = timedelta(minutes=15)
"""The same record read again sooner is the same reading."""
_OF_A_CLIENT = (
    t.AppointmentRow, t.SessionNoteRow, t.HealthEntryRow, t.HistoryCheckRow, t.PlanRow, t.GoalRow, t.ReferralRow,
    t.ConsentRow, t.ReleaseRow,
)  # fmt: skip
"""Records that name their client."""


class Audit:
    """Who did what, and when."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: dict[tuple[str, str], datetime] = {}
        self._reads: dict[tuple[str, str], None] = {}

    def head(self) -> Head:
        """The last event, and its code for paper."""
        with self._store.reading() as session:
            return head_of(session.connection())

    def restored(self, backup: str) -> None:
        """Write down which backup this practice was restored from."""
        with self._store.unit() as unit:
            unit.audit("practice.restored", "backup", backup)

    def recovered(self) -> None:
        """Write down that the recovery sheet opened the practice."""
        with self._store.unit() as unit:
            unit.audit("keys.recovered", "keys")

    # Reads: kept in memory, and written in one transaction of their own soon after (`write_reads`)

    def saw_chart(self, client_id: UUID) -> None:
        """Somebody opened a client's chart."""
        self._saw("client", str(client_id))

    def saw_note(self, note_id: UUID) -> None:
        """Somebody opened a note."""
        self._saw("session_note", str(note_id))

    def saw_trail(self, client_id: UUID | None = None) -> None:
        """Somebody opened the trail, of one client or of all."""
        self._saw("audit_event", str(client_id or ""))

    def _saw(self, subject: str, subject_id: str) -> None:
        now = self._store.now()
        last = self._seen.get((subject, subject_id))
        if last is None or not timedelta() <= now - last < AGAIN_AFTER:
            self._seen[subject, subject_id] = now
            self._reads[subject, subject_id] = None

    def write_reads(self) -> None:
        """Write down what was read since the last time; nothing when nothing was."""
        if not self._reads or self._store.read_only:
            return
        reads, self._reads = self._reads, {}
        with self._store.unit() as unit:
            for subject, subject_id in reads:
                if subject == "client":
                    unit.audit("chart.read", subject, subject_id)
                elif subject == "session_note":
                    unit.audit("note.read", subject, subject_id)
                else:
                    unit.audit("trail.read", subject, subject_id)

    def events(self, limit: int = 200, *, client_id: UUID | None = None) -> tuple[AuditEvent, ...]:
        """The newest events, newest first; of all, or those about one client and what belongs to the client."""
        query = select(AuditEventRow).order_by(col(AuditEventRow.seq).desc()).limit(limit)
        with self._store.reading() as session:
            if client_id is not None:
                query = query.where(col(AuditEventRow.subject_id).in_(_ids_of(session, client_id)))
            rows = session.exec(query)
            return tuple(to_value(row, AuditEvent) for row in rows)


def _ids_of(session: Session, client_id: UUID) -> list[str]:
    """The ids of a client and of all that belongs to the client, as the trail writes them."""
    found = [str(client_id)]
    for kind in _OF_A_CLIENT:
        found += [str(one) for one in session.exec(select(kind.id).where(col(kind.client_id) == client_id))]
    return found
