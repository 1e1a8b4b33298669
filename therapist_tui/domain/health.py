"""The health history: entries, and when the client was last asked."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from .level import Level
from .text import clean_line


class HealthKind(Enum):
    """What a health entry is about."""

    CONDITION = "condition"
    MEDICATION = "medication"
    ALLERGY = "allergy"
    SURGERY = "surgery"
    DEVICE = "device"
    PREGNANCY = "pregnancy"
    EVENT = "event"


class Side(Enum):
    """Which side of the body."""

    NONE = ""
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Answer(Enum):
    """What the client said when asked for anything new in the history."""

    NO_CHANGE = "no change"
    CHANGED = "changed"
    NOTHING = "nothing to report"


@dataclass(frozen=True, slots=True)
class HealthEntry:
    """One condition, medication, allergy, surgery, device, pregnancy or event in a client's history.

    `severity` is the therapist's own judgement of how it bears on massage; None means that it asks for nothing.
    `began_on` is the onset, the operation, or for a pregnancy the first day of its first week.
    """

    id: UUID
    client_id: UUID
    kind: HealthKind
    text: str
    severity: Level | None = None
    region: str = ""
    side: Side = Side.NONE
    advice: str = ""
    began_on: date | None = None
    resolved_on: date | None = None
    noted_at: datetime | None = None

    def open_on(self, day: date) -> bool:
        """Whether it is still true on that day."""
        return self.resolved_on is None or day < self.resolved_on

    @property
    def place(self) -> str:
        """Where in the body: "left lower leg"."""
        return " ".join(part for part in (self.side.value, self.region) if part)

    def gestation_on(self, day: date) -> int | None:
        """Completed weeks of a pregnancy on that day, 0 to 45; None when it is none or has no date."""
        if self.kind is not HealthKind.PREGNANCY or not self.began_on or not self.open_on(day):
            return None
        weeks = (day - self.began_on).days // 7
        return weeks if 0 <= weeks <= 45 else None


@dataclass(frozen=True, slots=True)
class HistoryCheck:
    """One time the client was asked for the history."""

    asked_at: datetime
    answer: Answer
    asked_by: str = ""
    """Who asked; "" where it came from a form or another program."""


@dataclass(frozen=True, slots=True)
class HealthEntryDraft:
    """What the form for a health entry holds."""

    kind: HealthKind
    text: str
    severity: Level | None = None
    region: str = ""
    side: Side = Side.NONE
    advice: str = ""
    began_on: date | None = None
    resolved_on: date | None = None

    def cleaned(self) -> "HealthEntryDraft":
        """The same with clean text."""
        return HealthEntryDraft(
            self.kind,
            clean_line(self.text, 500),
            self.severity,
            clean_line(self.region, 80),
            self.side,
            clean_line(self.advice, 500),
            self.began_on,
            self.resolved_on,
        )

    def problems(self, today: date) -> dict[str, str]:
        """What must be mended before it can be saved, by field."""
        found: dict[str, str] = {}
        if not any(letter.isalnum() for letter in self.text):
            found["text"] = "Please say what it is, in the client's words or yours."
        if self.began_on and self.began_on > today:
            found["began_on"] = "It cannot have begun after today."
        if self.resolved_on and self.began_on and self.resolved_on < self.began_on:
            found["resolved_on"] = "It cannot have ended before it began."
        return found
