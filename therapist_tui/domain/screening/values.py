"""What a screening asks and what it answers: the request for one appointment, and the judgement on it."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from therapist_tui.domain.level import Level

NOTICE = "Unreviewed draft: no clinician has checked these rules. They help a trained therapist; they do not diagnose."


class Side(Enum):
    """Which side of the body."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    @property
    def other(self) -> "Side":
        """The mirror image; both stays both."""
        return _MIRROR[self]


_MIRROR = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}


@dataclass(frozen=True, slots=True)
class Place:
    """A region of the body in plain words, and its side when known."""

    region: str
    side: Side | None = None

    def __str__(self) -> str:
        return f"{self.side.value} {self.region}" if self.side else self.region


@dataclass(frozen=True, slots=True)
class ConditionEntry:
    """A condition or event of the history; `active` is False for what is past or denied, None for unknown."""

    text: str
    since: date | None = None
    resolved: date | None = None
    controlled: bool | None = None
    side: Side | None = None
    region: str | None = None
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class MedicationEntry:
    """A medicine, its route (oral, patch, injection, pump, device …) and where on the body it goes."""

    text: str
    since: date | None = None
    route: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class SurgeryEntry:
    """An operation, procedure or injected cosmetic, with its day."""

    text: str
    on: date | None = None
    side: Side | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Pregnancy:
    """A pregnancy as of the appointment's day; `provider_ok` is the maternity provider's agreement."""

    weeks: int | None = None
    high_risk: bool | None = None
    provider_ok: bool | None = None


@dataclass(frozen=True, slots=True)
class Client:
    """What is known of the client on the day."""

    age: int | None = None
    sex: str | None = None
    conditions: tuple[ConditionEntry, ...] = ()
    medications: tuple[MedicationEntry, ...] = ()
    surgeries: tuple[SurgeryEntry, ...] = ()
    pregnancy: Pregnancy | None = None
    allergies: tuple[str, ...] = ()
    symptoms_today: tuple[str, ...] = ()
    intake_notes: str = ""
    guardian_consent: bool | None = None
    physician_clearance_on_file: bool | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """What is booked, in the booking's own words."""

    techniques: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    pressure: str | None = None
    products: tuple[str, ...] = ()
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One appointment to be screened."""

    date: date
    client: Client = field(default_factory=Client)
    appointment: Appointment = field(default_factory=Appointment)
    certifications: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """Words of the record that a caution rests on, and the field they stand in."""

    text: str
    field: str


CONSENT = "consent"
"""The scope of a caution that asks for the client's consent, not for a physician's word."""


@dataclass(frozen=True, slots=True)
class Caution:
    """One matter judged for this appointment."""

    level: Level
    scope: str
    rule: str
    title: str
    reason: str
    advice: str
    regions: tuple[Place, ...] = ()
    techniques: tuple[str, ...] = ()
    matched: tuple[Matched, ...] = ()
    red_flags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    certification: str | None = None
    spot: str = ""

    @property
    def meaning(self) -> str:
        """What the level asks for here, in a sentence."""
        return "only with the client's consent to it on file" if self.scope == CONSENT else self.level.meaning

    @property
    def place(self) -> str:
        """Where, in words: as the record says it, else the regions to mind; "" for the whole body."""
        if self.spot:
            return self.spot
        named = [str(place) for place in self.regions if place.region != "whole body"]
        return ", ".join(named[:3] if self.level is Level.LOCAL else named[:1])


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something read and understood that calls for no caution today, and why."""

    text: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer: the worst level (None: nothing to say), the cautions worst first, and what was left out."""

    level: Level | None
    cautions: tuple[Caution, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    not_recognised: tuple[Matched, ...] = ()
    notice: str = NOTICE
