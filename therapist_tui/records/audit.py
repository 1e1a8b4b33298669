"""Reading the audit trail. It is written by `unit.py`, and kept by triggers in the database."""

from sqlmodel import col, select

from therapist_tui.domain.audit import AuditEvent

from .rows import to_value
from .tables import AuditEventRow
from .unit import Store


class Audit:
    """Who did what, and when."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, action: str, subject: str, subject_id: object = "") -> None:
        """Write down what changes no record: an export, a restore; by id and code only."""
        with self._store.unit() as unit:
            unit.audit(action, subject, subject_id)

    def events(self, limit: int = 200) -> tuple[AuditEvent, ...]:
        """The newest events, newest first."""
        with self._store.reading() as session:
            rows = session.exec(select(AuditEventRow).order_by(col(AuditEventRow.seq).desc()).limit(limit))
            return tuple(to_value(row, AuditEvent) for row in rows)
