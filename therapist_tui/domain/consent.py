"""Consents: what the client agreed to, how, until when, and whether it was taken back."""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from uuid import UUID

from .errors import PracticeError
from .text import clean_line


class ConsentKind(Enum):
    """What the consent is for (clinical.md 2.5)."""

    TREATMENT = "treatment"
    SENSITIVE_AREA = "sensitive area"
    MINOR = "guardian for a minor"
    PHYSICIAN_CLEARANCE = "physician's clearance"
    RELEASE = "release of information"
    INTRAORAL = "work inside the mouth"
    PHOTO = "photographs"
    MESSAGES = "electronic messages"
    MARKETING = "marketing"


class ConsentMethod(Enum):
    """How it was given."""

    WRITTEN = "written"
    VERBAL = "verbal"
    ELECTRONIC = "electronic"


POINTS = (
    "nature of the treatment",
    "expected benefits",
    "material risks",
    "material side effects",
    "alternatives",
    "consequences of not having it",
)
"""What is talked about before a client agrees (clinical.md 2.5, R23: Health Care Consent Act of Ontario)."""


class NoSuchPoint(PracticeError):
    """Please type “all”, or the numbers of what was talked about, e.g. 1-4, 6."""


def read_points(words: str) -> tuple[str, ...]:
    """The points that were talked about: "all", or their numbers as in "1-4, 6". Raises NoSuchPoint."""
    text = words.casefold().strip()
    if text in ("all", "all six", "*"):
        return POINTS
    numbers: set[int] = set()
    for part in text.replace(",", " ").replace("–", "-").split():
        first, _, last = part.partition("-")
        if not (_is_point(first) and (not last or _is_point(last))) or part.endswith("-"):
            raise NoSuchPoint
        numbers |= {*range(int(first), int(last or first) + 1)}
    return tuple(point for number, point in enumerate(POINTS, 1) if number in numbers)


def _is_point(text: str) -> bool:
    return len(text) == 1 and text in "123456"


@dataclass(frozen=True, slots=True)
class Consent:
    """One consent; it counts from `given_on` until it expires or is withdrawn."""

    id: UUID
    client_id: UUID
    kind: ConsentKind
    method: ConsentMethod
    given_on: date
    given_by: str = ""
    regions: str = ""
    expires_on: date | None = None
    withdrawn_on: date | None = None
    conditions: str = ""
    """Limits that the client set."""
    discussed: tuple[str, ...] = ()
    """Which of POINTS were talked about."""
    withdrawn_how: str = ""

    def live_on(self, day: date) -> bool:
        """Whether it counts on that day; the last day counts, the day of withdrawal does not."""
        return (
            self.given_on <= day
            and (self.expires_on is None or day <= self.expires_on)
            and (self.withdrawn_on is None or day < self.withdrawn_on)
        )


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """What the consent form holds."""

    kind: ConsentKind
    method: ConsentMethod
    given_on: date
    given_by: str = ""
    regions: str = ""
    expires_on: date | None = None
    conditions: str = ""
    discussed: tuple[str, ...] = ()

    def cleaned(self) -> "ConsentDraft":
        """The same with clean text, and the points in their order."""
        return replace(
            self,
            given_by=clean_line(self.given_by),
            regions=clean_line(self.regions),
            conditions=clean_line(self.conditions, 500),
            discussed=tuple(one for one in POINTS if one in self.discussed),
        )

    def problems(self, today: date) -> dict[str, str]:
        """What must be mended before it can be saved, by field."""
        found: dict[str, str] = {}
        if self.given_on > today:
            found["given_on"] = "It cannot have been given after today."
        if self.expires_on and self.expires_on < self.given_on:
            found["expires_on"] = "It cannot run out before it was given."
        if self.kind is ConsentKind.SENSITIVE_AREA and not self.regions:
            found["regions"] = "Please name the area that the consent is for."
        return found


@dataclass(frozen=True, slots=True)
class WithdrawalDraft:
    """What the form asks when a consent is taken back."""

    withdrawn_on: date
    withdrawn_how: str = ""

    def cleaned(self) -> "WithdrawalDraft":
        """The same with clean text."""
        return replace(self, withdrawn_how=clean_line(self.withdrawn_how))

    def problems(self, given_on: date, today: date) -> dict[str, str]:
        """What must be mended before it can be saved, by field."""
        if self.withdrawn_on < given_on:
            return {"withdrawn_on": "It cannot be withdrawn before it was given."}
        if self.withdrawn_on > today:
            return {"withdrawn_on": "It cannot have been withdrawn after today."}
        return {}
