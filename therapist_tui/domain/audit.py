"""The audit trail: who did what to which record, and when. Codes and ids only, never what a record says."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One line of the trail. `action` is a code such as "note.signed"; `subject` the kind of record, by its table."""

    seq: int
    at: datetime
    who: str
    action: str
    subject: str
    subject_id: str


class Fault(Enum):
    """What verifying the trail can find, in words."""

    ALTERED = "was changed by other means than this program"
    DELETED = "was taken out"
    ADDED = "was put in without an event"
    LINK = "was altered, or one before it is missing"
    CHANGES = "does not go with the rows that it changed"
    ROLLED_BACK = "is missing: the file was put back to an older state, or another file put in its place"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as the trail left it: an event (by `seq`), or a record (by `record` and `record_id`)."""

    fault: Fault
    seq: int
    record: str = ""
    record_id: str = ""
    witness: str = ""
    """What says so, besides the trail itself: the anchor or a backup."""

    def __str__(self) -> str:
        if not self.record:
            return f"Event {self.seq} {self.fault.value}{f' (known from {self.witness})' if self.witness else ''}."
        since = f" after event {self.seq}" if self.seq else ""
        return f"The {self.record.replace('_', ' ')} {self.record_id} {self.fault.value}{since}."


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying looked at and found, the oldest event first."""

    events: int
    records: int
    findings: tuple[Finding, ...] = ()
