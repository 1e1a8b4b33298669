"""Reading the audit trail. It is written by `unit.py`, and kept by triggers in the database."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from therapist_tui.domain.audit import AuditEvent
from therapist_tui.domain.client import Client
from therapist_tui.domain.client_trail import ClientTrail

from .client_trail import about_client, session_dates
from .releases import released
from .rows import to_value
from .tables import AuditEventRow, ClientRow
from .trail import Head, head_of
from .unit import Store, need

AGAIN_AFTER = timedelta(minutes=15)
"""The same record read again sooner is the same reading."""
SETTINGS, USUAL = "settings", "usual"
"""What the trail calls them. Their code stands as the subject: so the last event is found by the index, at once."""
_READ = {
    "client": "chart.read",
    "brief": "brief.read",
    "session_note": "note.read",
    "audit_event": "trail.read",
    "search": "search.read",
}
"""The code of a reading, by what was read."""


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

    def settings_in_force(self, code: str) -> None:
        """Write down that other settings are in force than before; `code` stands for them, "" for the usual ones."""
        query = select(AuditEventRow.subject).where(AuditEventRow.subject_id == SETTINGS)
        with self._store.reading() as session:
            known = session.exec(query.order_by(col(AuditEventRow.seq).desc()).limit(1)).first()
        if (code or USUAL) != (known or USUAL):
            with self._store.unit() as unit:
                unit.audit("settings.changed", code or USUAL, SETTINGS)

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

    def saw_brief(self, client_id: UUID) -> None:
        """Cautions, goals and last note of a client stood on the screen."""
        self._saw("brief", str(client_id))

    def saw_search(self) -> None:
        """Somebody searched the record: words are found in many notes at once, and which ones is not written down."""
        self._saw("search", "")

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
        with self._store.unit() as unit:
            for subject, subject_id in self._reads:
                unit.audit(_READ[subject], "client" if subject == "brief" else subject, subject_id)
        self._reads = {}  # not before they are written: a full disk is no way to read unseen

    def events(self, limit: int = 200, *, client_id: UUID | None = None) -> tuple[AuditEvent, ...]:
        """The newest events, newest first; of all, or those about one client and what belongs to the client."""
        query = select(AuditEventRow).order_by(col(AuditEventRow.seq).desc()).limit(limit)
        with self._store.reading() as session:
            if client_id is not None:
                query = query.where(about_client(session, client_id))
            return tuple(to_value(row, AuditEvent) for row in session.exec(query))

    def of_client(self, client_id: UUID) -> ClientTrail:
        """The whole trail of one client; raises RecordNotFound."""
        query = select(AuditEventRow).order_by(col(AuditEventRow.seq).desc())
        with self._store.reading() as session:
            client = to_value(need(session, ClientRow, client_id), Client)
            rows = session.exec(query.where(about_client(session, client_id)))
            head = head_of(session.connection())
            return ClientTrail(
                client,
                tuple(to_value(row, AuditEvent) for row in rows),
                session_dates(session, client_id),
                released(session, client_id, with_practice=True),
                self._store.zone,
                head.seq,
                head.code,
            )
