"""The audit trail: who did what to which record, and when. Codes and ids only, never what a record says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from .text import folded
from .undo import LABELS


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
    PAGE = "does not decrypt: it is damaged, or was altered by somebody without the key"
    TABLES = "do not hold together: a page of them is damaged, or was put back to an older state"
    GUARD = "is not as this program makes it"
    KEYS = "is older than the trail: it was put back"
    BACKUP = "is not as it was written"
    CLOCK = "was written while the clock stood earlier than at the event before it"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was left: an event (by `seq`), a record (by `record` and `record_id`), or a part of
    the practice that is no record (a page, the key file, a backup: named the same way)."""

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
        named = f"{self.record.replace('_', ' ')} {self.record_id}".rstrip()
        return f"The {named} {self.fault.value}{since}."


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying looked at and found, the oldest event first."""

    events: int
    records: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class TrailLine:
    """An event as people read it: `about` is the client's name, where it is about a client, else which record."""

    seq: int
    at: datetime
    who: str
    what: str
    about: str

    def holds(self, words: str) -> bool:
        """Whether every one of the words stands somewhere in the line."""
        text = folded(f"{self.what} {self.who} {self.about} {self.at:%Y-%m-%d %a %d %b}")
        return all(word in text for word in folded(words).split())


_WORDS = {
    "act.undone": "undone: {subject}",
    "agenda.read": "days printed for scripts: {subject_id}",
    "appointment.booked": "appointment booked",
    "appointment.changed": "appointment changed",
    "backup.drilled": "restore tried out",
    "backup.failed": "backup failed",
    "backup.taken": "backup taken",
    "brief.read": "brief shown",
    "caution.overruled": "went on against a caution",
    "chart.read": "chart opened",
    "goal.added": "goal added",
    "goal.changed": "goal changed",
    "goal.measured": "goal measured",
    "history.asked": "history asked",
    "keys.changed": "passphrase changed",
    "keys.given": "passphrase given to somebody",
    "keys.put-back": "an older key file was put in the place of the newest",
    "keys.raised": "guessing at the passphrase made as costly as is usual now",
    "keys.recovered": "opened with the recovery sheet",
    "keys.taken": "somebody's passphrase taken away",
    "note.addendum": "addendum written",
    "note.begun": "note begun",
    "note.entered-in-error": "note marked as entered in error",
    "note.read": "note opened",
    "note.signed": "note signed",
    "practice.created": "practice set up",
    "practice.migrated": "practice brought up to date and opened",
    "practice.opened": "practice opened",
    "practice.restored": "practice restored from a backup",
    "practice.stored": "a whole practice stored",
    "release.added": "given out",
    "release.not-written": "not given out after all",
    "search.read": "record searched",
    "settings.changed": "other settings came into force",
    "sheet.confirmed": "recovery sheet proven",
    "sheet.shown": "recovery sheet shown",
    "therapist.added": "therapist added",
    "trail.accepted": "went on although the trail did not hold",
    "trail.read": "audit trail opened",
    "unlock.failed": "wrong passphrases typed: {subject_id}",
}
"""Where undo's label would say more than the trail keeps, or there is none."""


def in_words(event: AuditEvent) -> str:
    """What an event is called."""
    subject = event.subject.replace("_", " ")
    if words := _WORDS.get(event.action):
        return words.format(subject=subject, subject_id=event.subject_id)
    label = LABELS.get(event.action, "")
    return label if label and "{" not in label else event.action.replace(".", " ").replace("-", " ")


def trail_lines(events: Iterable[AuditEvent], names: Mapping[str, str], zone: ZoneInfo) -> tuple[TrailLine, ...]:
    """The events as people read them; `names` are of clients, by their ids."""
    return tuple(
        TrailLine(
            one.seq,
            one.at.astimezone(zone),
            one.who,
            in_words(one),
            names.get(one.subject_id) or f"{one.subject.replace('_', ' ')} {_short(one.subject_id)}".strip(),
        )
        for one in events
    )


def _short(record_id: str) -> str:
    """The end of an id, by which it can be told from others; names of backups are said whole."""
    return f"…{record_id[-6:]}" if len(record_id) == 36 else record_id
