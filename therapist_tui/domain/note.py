"""Session notes: SOAP sections, the work done, signing, and the addenda after it."""

import hashlib
import json
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from .carrying import SECTIONS as CARRIABLE
from .carrying import Carried
from .errors import PracticeError
from .text import clean, clean_line
from .treatments import TECHNIQUE_LIMIT, Treatment


class NoteSigned(PracticeError):
    """This note is signed and stays as it is. Press a to add an addendum instead."""


class AddendumEmpty(PracticeError):
    """An addendum needs some text."""


class ErrorReasonEmpty(PracticeError):
    """Please say what was wrong: the reason stands on the note."""


SHORTHAND_LIMIT = 1_000
"""Characters of the shorthand line."""
TIMES_LIMIT = 40
"""Characters of the field for the session's times."""


@dataclass(frozen=True, slots=True)
class NoteContent:
    """What the therapist writes in a note. Pain is 0 to 10 (NPRS); None means that it was not asked.

    `shorthand` is the line as typed; what it was read as stands expanded in the sections (clinical.md 3). `times` is
    when the session began and ended as typed, "" where the clock of the appointment says it. `carried` are the lines
    taken over from the last note (carrying.py).
    """

    subjective: str = ""
    objective: str = ""
    assessment: str = ""
    plan: str = ""
    treatments: tuple[Treatment, ...] = ()
    pain_before: int | None = None
    pain_after: int | None = None
    home_care: str = ""
    next_time: str = ""
    shorthand: str = ""
    times: str = ""
    carried: tuple[Carried, ...] = ()

    def cleaned(self) -> "NoteContent":
        """The same with clean text; the length of each section is limited (text.TEXT_LIMIT)."""
        return NoteContent(
            clean(self.subjective),
            clean(self.objective),
            clean(self.assessment),
            clean(self.plan),
            tuple(Treatment(clean_line(one.technique, TECHNIQUE_LIMIT), one.minutes) for one in self.treatments),
            self.pain_before,
            self.pain_after,
            clean(self.home_care),
            clean(self.next_time),
            clean_line(self.shorthand, SHORTHAND_LIMIT),
            clean_line(self.times, TIMES_LIMIT),
            tuple(replace(one, text=clean(one.text)) for one in self.carried if one.section in CARRIABLE),
        )

    def problems(self) -> dict[str, str]:
        """What makes it impossible to store, by field."""
        found: dict[str, str] = {}
        for name in ("pain_before", "pain_after"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 10:
                found[name] = "Pain is a whole number from 0 to 10."
        return found

    @property
    def empty(self) -> bool:
        """Whether nothing was written at all."""
        return self == NoteContent()


@dataclass(frozen=True, slots=True)
class SessionNote:
    """The SOAP record of one session. Once `signed_at` is set it never changes.

    The signature fixes when the session began and ended (None: nobody said), the minutes from its end to the signature,
    and why it was late. `number` is 1 but for a note that stands in for one marked as entered in error (`in_error`).
    """

    id: UUID
    appointment_id: UUID
    client_id: UUID
    content: NoteContent
    service_at: datetime
    begun_at: datetime
    saved_at: datetime
    signed_at: datetime | None = None
    signed_by: str = ""
    digest: str = ""
    began_at: datetime | None = None
    ended_at: datetime | None = None
    lag_minutes: int | None = None
    late_reason: str = ""
    number: int = 1
    in_error: bool = False

    @property
    def signed(self) -> bool:
        """Whether it is final."""
        return self.signed_at is not None

    @property
    def late(self) -> bool:
        """Whether it is a late entry, which always has its reason (clinical.md 2.4)."""
        return bool(self.late_reason)

    @property
    def proven(self) -> bool:
        """Whether the stored text is still what was signed."""
        return self.signed and self.digest == digest(self)


def digest(note: SessionNote) -> str:
    """SHA-256 (hex) over everything that the signature stands for: the text, whose it is, when, by whom, how late."""
    signed = {field.name: _plain(getattr(note, field.name)) for field in fields(SessionNote) if field.name in _SIGNED}
    signed |= {field.name: _plain(getattr(note.content, field.name)) for field in fields(NoteContent)}
    canonical = json.dumps(signed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


_SIGNED = {
    "id", "appointment_id", "client_id", "service_at", "signed_at", "signed_by", "began_at", "ended_at", "lag_minutes",
    "late_reason", "number",
}  # fmt: skip


def _plain(value: Any) -> object:
    """A value as JSON has it, always in the same way."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, Treatment | Carried):
        return [getattr(value, field.name) for field in fields(value)]
    return str(value) if isinstance(value, UUID) else value


class AddendumKind(Enum):
    """Why something is added to a signed note."""

    ADDITION = "addition"
    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    CLIENT_REQUEST = "client's request"
    ENTERED_IN_ERROR = "entered in error"
    """Instead of deletion: the note stays readable, counts no more, and the session owes another one."""


def read_error_reason(words: str) -> str:
    """Why a note is marked as entered in error; raises ErrorReasonEmpty."""
    reason = clean_line(words, 500)
    if not any(letter.isalnum() for letter in reason):
        raise ErrorReasonEmpty
    return reason


@dataclass(frozen=True, slots=True)
class Addendum:
    """A dated, signed addition beside an untouched note."""

    id: UUID
    note_id: UUID
    kind: AddendumKind
    text: str
    written_at: datetime
    written_by: str
