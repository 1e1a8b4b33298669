"""Decisions against a caution: the program advises, the therapist decides, and why is kept in the record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from .errors import PracticeError
from .level import Level
from .screening.values import Caution
from .text import clean_line

BLOCKING = (Level.ABSOLUTE, Level.CLEARANCE)
"""Levels against which a session is not begun, and no note signed, without a reason."""


class Act(Enum):
    """What was done against the caution."""

    SESSION_STARTED = "session started"
    NOTE_SIGNED = "note signed"


class ReasonWanted(PracticeError):
    """{titles}: say why you go on all the same. The reason is kept in the record."""


class ReasonEmpty(PracticeError):
    """Please say why: the reason is kept in the record."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision to go on; `cautions` are the titles that it was taken against."""

    id: UUID
    appointment_id: UUID
    act: Act
    level: Level
    cautions: tuple[str, ...]
    reason: str
    decided_at: datetime
    decided_by: str


def undecided(cautions: Iterable[Caution], decisions: Iterable[Decision]) -> tuple[Caution, ...]:
    """The cautions that forbid the session and that nobody has decided on for this appointment."""
    decided = {title for decision in decisions for title in decision.cautions}
    return tuple(one for one in cautions if one.level in BLOCKING and one.title not in decided)


def read_reason(words: str) -> str:
    """The reason as it is kept; raises ReasonEmpty."""
    reason = clean_line(words, 500)
    if not any(letter.isalnum() for letter in reason):
        raise ReasonEmpty
    return reason
