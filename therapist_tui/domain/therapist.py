"""The therapist: licence, certifications and what may be done today with them."""

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from .text import clean_line

CERTIFICATIONS = {
    "prenatal": "Prenatal massage",
    "oncology": "Oncology massage",
    "lymphatic": "Lymphatic drainage",
    "intraoral": "Intraoral massage",
    "aromatherapy": "Aromatherapy",
    "trauma-informed": "Trauma-informed care",
}
"""Special training by id, as `contraindications.toml` names it."""

MOST_HOURS = 1_000
"""Hours of continuing education that one entry may have."""


@dataclass(frozen=True, slots=True)
class Certification:
    """Special training that a therapist holds; `expires_on` None means that it does not run out."""

    id: UUID
    kind: str
    expires_on: date | None

    @property
    def title(self) -> str:
        """The training's name."""
        return CERTIFICATIONS.get(self.kind, self.kind)

    def valid_on(self, day: date) -> bool:
        """Whether it still holds on that day; the last day counts."""
        return self.expires_on is None or day <= self.expires_on


@dataclass(frozen=True, slots=True)
class Education:
    """A course of continuing education that the therapist finished; `hours` as the certificate counts them."""

    id: UUID
    title: str
    hours: float
    completed_on: date
    provider: str = ""


@dataclass(frozen=True, slots=True)
class Insurance:
    """The therapist's liability insurance."""

    insurer: str = ""
    policy_number: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class EducationDuty:
    """How many hours of continuing education are wanted, counted from `since`, and by when."""

    hours: float | None = None
    since: date | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Therapist:
    """Who works here and signs the notes."""

    id: UUID
    name: str
    credential: str
    licence_number: str
    licence_expires_on: date | None
    zone: ZoneInfo
    certifications: tuple[Certification, ...] = ()
    insurance: Insurance = Insurance()
    education_duty: EducationDuty = EducationDuty()
    education: tuple[Education, ...] = ()
    """Newest first."""

    @property
    def signature(self) -> str:
        """The name as it stands under a note: "Dana Reyes, LMT"."""
        return f"{self.name}, {self.credential}" if self.credential else self.name

    @property
    def hours_done(self) -> float:
        """Hours of education that count for the duty: courses finished since it is counted, and by its last day."""
        duty = self.education_duty
        return sum(
            one.hours
            for one in self.education
            if (duty.since is None or one.completed_on >= duty.since)
            and (duty.due_on is None or one.completed_on <= duty.due_on)
        )

    def certified(self, kind: str, day: date) -> bool:
        """Whether the therapist holds that training on that day."""
        return any(held.kind == kind and held.valid_on(day) for held in self.certifications)


@dataclass(frozen=True, slots=True)
class TherapistDraft:
    """What set-up and the profile form ask for."""

    name: str
    credential: str
    licence_number: str
    licence_expires_on: date | None
    zone: str
    certifications: tuple[tuple[str, date | None], ...] = field(default=())
    insurance: Insurance = Insurance()
    education_duty: EducationDuty = EducationDuty()

    def cleaned(self) -> "TherapistDraft":
        """The same with every text on one clean line."""
        insurer, policy = clean_line(self.insurance.insurer), clean_line(self.insurance.policy_number, 80)
        return replace(
            self,
            name=clean_line(self.name),
            credential=clean_line(self.credential, 20),
            licence_number=clean_line(self.licence_number, 60),
            zone=self.zone.strip(),
            certifications=tuple((clean_line(kind, 40), expires_on) for kind, expires_on in self.certifications),
            insurance=Insurance(insurer, policy, self.insurance.expires_on),
        )

    def problems(self) -> dict[str, str]:
        """What must be mended before it can be saved, by field."""
        found: dict[str, str] = {}
        if not any(letter.isalnum() for letter in self.name):
            found["name"] = "Please give the name that stands under your notes."
        if not self.licence_number:
            found["licence_number"] = "Please give your licence number, or “none” where none is needed."
        if self.zone not in available_timezones():
            found["zone"] = "That is no time zone I know. Try “America/Toronto” or “Europe/Paris”."
        for kind, _ in self.certifications:
            if not kind:
                found["certifications"] = "A certification needs a name."
        duty = self.education_duty
        if duty.hours is not None and not 0 < duty.hours <= MOST_HOURS:
            found["education_hours"] = f"Hours of education are more than 0, and {MOST_HOURS} at most."
        if duty.since and duty.due_on and duty.due_on < duty.since:
            found["education_due_on"] = "It cannot be due before it is counted from."
        return found


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """What the form of a finished course holds."""

    title: str
    hours: float | None
    completed_on: date
    provider: str = ""

    def cleaned(self) -> "CourseDraft":
        """The same with clean text."""
        return replace(self, title=clean_line(self.title), provider=clean_line(self.provider))

    def problems(self, today: date) -> dict[str, str]:
        """What must be mended before it can be saved, by field."""
        found: dict[str, str] = {}
        if not self.title:
            found["title"] = "Please name the course as its certificate does."
        if self.hours is None:
            found["hours"] = "Please give the hours that the certificate counts."
        elif not 0 < self.hours <= MOST_HOURS:
            found["hours"] = f"A course has more than 0 hours, and {MOST_HOURS} at most."
        if self.completed_on > today:
            found["completed_on"] = "It cannot have been finished after today."
        return found
