"""Consents: what the client agreed to, how, until when, and whether it was taken back."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

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

    def cleaned(self) -> "ConsentDraft":
        """The same with clean text."""
        return ConsentDraft(
            self.kind,
            self.method,
            self.given_on,
            clean_line(self.given_by),
            clean_line(self.regions),
            self.expires_on,
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
