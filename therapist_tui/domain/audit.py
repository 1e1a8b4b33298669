"""The audit trail: who did what to which record, and when. Codes and ids only, never what a record says."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One line of the trail. `action` is a code such as "note.signed"; `subject` the kind of record, by its table."""

    seq: int
    at: datetime
    who: str
    action: str
    subject: str
    subject_id: str
