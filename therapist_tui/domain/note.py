"""Session notes: SOAP sections, the work done, signing, and the addenda after it."""

import hashlib
import json
import re
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum
from uuid import UUID

from .errors import PracticeError
from .text import clean, clean_line


class NoteSigned(PracticeError):
    """This note is signed and stays as it is. Press a to add an addendum instead."""


class NoteIncomplete(PracticeError):
    """The note cannot be signed yet: {missing}"""


class AddendumEmpty(PracticeError):
    """An addendum needs some text."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """One technique as it was used; `minutes` is None when no time was noted."""

    technique: str
    minutes: int | None = None


TECHNIQUE_LIMIT = 500
"""Characters of one technique: as many as its field in the note takes, so that nothing typed there is cut off."""

_MINUTES = re.compile(
    # After a blank the unit may be left out; a number that belongs to a word (C5-C6, 10-15, 1.5) is no time.
    r"(?P<technique>.*\S)\s+(?P<minutes>\d{1,3})\s*(?:m|mins?|minutes?|['’])?\.?"
    r"|(?P<word>(?:.*\s)?[^\W\d_]+)(?P<glued>\d{1,3})\s*(?:m|mins?|minutes?|['’])\.?",
    re.IGNORECASE,
)


def read_treatments(line: str) -> tuple[Treatment, ...]:
    """The techniques of a line such as "MFR 25, trigger point 10 min; stretching".

    Commas, semicolons and line ends part them. A number at the end is minutes when it stands alone or has its unit
    ("MFR 25", "MFR25m"); everything else is kept whole ("C5-C6", "L5").
    """
    found: list[Treatment] = []
    for part in re.split(r"[,;\n]", line):
        text = clean_line(part, TECHNIQUE_LIMIT)
        if match := _MINUTES.fullmatch(text):
            found.append(Treatment(match["technique"] or match["word"], int(match["minutes"] or match["glued"])))
        elif text:
            found.append(Treatment(text))
    return tuple(found)


def show_treatments(treatments: tuple[Treatment, ...]) -> str:
    """The line that `read_treatments` reads back to the same techniques."""
    return ", ".join(
        f"{one.technique} {one.minutes}" if one.minutes is not None else one.technique for one in treatments
    )


SHORTHAND_LIMIT = 1_000
"""Characters of the shorthand line."""


@dataclass(frozen=True, slots=True)
class NoteContent:
    """What the therapist writes in a note. Pain is 0 to 10 (NPRS); None means that it was not asked.

    `shorthand` is the line as typed; what it was read as stands expanded in the sections (clinical.md 3).
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
        )

    def problems(self) -> dict[str, str]:
        """What makes it impossible to store, by field."""
        found: dict[str, str] = {}
        for name in ("pain_before", "pain_after"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 10:
                found[name] = "Pain is a whole number from 0 to 10."
        return found

    def missing(self) -> dict[str, str]:
        """What a note needs before it can be signed, by field: no blank section, see clinical.md 2.4."""
        asked = {
            "subjective": "S is empty: what did the client say? (“no change” is an answer)",
            "objective": "O is empty: what did you find and do?",
            "assessment": "A is empty: how did it respond?",
            "plan": "P is empty: what comes next?",
        }
        return {name: text for name, text in asked.items() if not getattr(self, name).strip()}

    @property
    def empty(self) -> bool:
        """Whether nothing was written at all."""
        return self == NoteContent()


@dataclass(frozen=True, slots=True)
class SessionNote:
    """The SOAP record of one session. Once `signed_at` is set it never changes."""

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

    @property
    def signed(self) -> bool:
        """Whether it is final."""
        return self.signed_at is not None

    @property
    def proven(self) -> bool:
        """Whether the stored text is still what was signed."""
        return self.signed and self.digest == digest(self)


def digest(note: SessionNote) -> str:
    """SHA-256 (hex) over everything that the signature stands for: the text, whose it is, when, and by whom."""
    content = {
        field.name: getattr(note.content, field.name) for field in fields(NoteContent) if field.name != "treatments"
    }
    signed = {
        "note": str(note.id),
        "appointment": str(note.appointment_id),
        "client": str(note.client_id),
        "service_at": note.service_at.isoformat(),
        "signed_at": note.signed_at.isoformat() if note.signed_at else None,
        "signed_by": note.signed_by,
        "treatments": [[one.technique, one.minutes] for one in note.content.treatments],
        **content,
    }
    canonical = json.dumps(signed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class AddendumKind(Enum):
    """Why something is added to a signed note."""

    ADDITION = "addition"
    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    CLIENT_REQUEST = "client's request"


@dataclass(frozen=True, slots=True)
class Addendum:
    """A dated, signed addition beside an untouched note."""

    id: UUID
    note_id: UUID
    kind: AddendumKind
    text: str
    written_at: datetime
    written_by: str
