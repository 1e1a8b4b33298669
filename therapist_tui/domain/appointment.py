"""Appointments: the booking of a session, and the way it goes from booked to done."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from uuid import UUID

from .errors import PracticeError
from .text import clean_line, clean_words

SHORTEST, LONGEST = 5, 480
"""Minutes that one appointment may last."""
PRESSURES = ("", "light", "light to medium", "medium", "medium to firm", "firm", "deep")


class Status(Enum):
    """How far an appointment has come."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    IN_SESSION = "in session"
    DONE = "done"
    CANCELLED = "cancelled"
    NO_SHOW = "no-show"

    @property
    def open(self) -> bool:
        """Whether it still asks for something to happen."""
        return self in (Status.BOOKED, Status.ARRIVED, Status.IN_SESSION)

    @property
    def lost(self) -> bool:
        """Whether it never took place."""
        return self in (Status.CANCELLED, Status.NO_SHOW)


OPEN = tuple(status for status in Status if status.open)
LOST = tuple(status for status in Status if status.lost)


class WrongStep(PracticeError):
    """An appointment that is {status} cannot become {wanted}."""


class ReasonNeeded(PracticeError):
    """Please say why it was {status}: the reason is kept with the appointment."""


NEXT_STEP = {
    Status.BOOKED: Status.ARRIVED,
    Status.ARRIVED: Status.IN_SESSION,
    Status.IN_SESSION: Status.DONE,
}
"""What one key press on the status does."""

_STEPS = {
    Status.BOOKED: {Status.ARRIVED, Status.IN_SESSION, Status.DONE, Status.CANCELLED, Status.NO_SHOW},
    Status.ARRIVED: {Status.BOOKED, Status.IN_SESSION, Status.DONE, Status.CANCELLED},
    Status.IN_SESSION: {Status.ARRIVED, Status.DONE},
    Status.DONE: {Status.IN_SESSION},
    Status.CANCELLED: {Status.BOOKED},
    Status.NO_SHOW: {Status.BOOKED, Status.ARRIVED},
}


@dataclass(frozen=True, slots=True)
class Appointment:
    """A time kept for a client. Moments are in UTC."""

    id: UUID
    client_id: UUID
    starts_at: datetime
    minutes: int
    service: str
    status: Status = Status.BOOKED
    reason: str = ""
    techniques: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    pressure: str = ""
    products: tuple[str, ...] = ()
    remarks: str = ""
    arrived_at: datetime | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None
    series_id: UUID | None = None
    series_on: date | None = None
    """The date of its series that it stands for, also where it was moved."""

    @property
    def ends_at(self) -> datetime:
        """When the booked time is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def over_at(self) -> datetime:
        """When the session was over: as stamped, but never after the booked time, as "done" is often pressed later."""
        return min(self.ended_at or self.ends_at, self.ends_at)

    def overlaps(self, other: "Appointment | AppointmentDraft") -> bool:
        """Whether both take the same time; touching ends are allowed, as clients follow on directly."""
        other_ends_at = other.starts_at + timedelta(minutes=other.minutes)
        return self.starts_at < other_ends_at and other.starts_at < self.ends_at

    def can_become(self, wanted: Status) -> bool:
        """Whether that step can be taken from where it stands."""
        return wanted in _STEPS[self.status]

    def check_step(self, wanted: Status, reason: str) -> None:
        """Raise WrongStep or ReasonNeeded when it cannot become `wanted`."""
        if not self.can_become(wanted):
            raise WrongStep(status=self.status.value, wanted=wanted.value)
        if wanted.lost and not reason:
            raise ReasonNeeded(status=wanted.value)


@dataclass(frozen=True, slots=True)
class AppointmentDraft:
    """What the appointment form holds."""

    client_id: UUID
    starts_at: datetime
    minutes: int
    service: str
    techniques: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    pressure: str = ""
    products: tuple[str, ...] = ()
    remarks: str = ""

    def cleaned(self) -> "AppointmentDraft":
        """The same with clean text."""
        return AppointmentDraft(
            self.client_id,
            self.starts_at,
            self.minutes,
            clean_line(self.service, 80),
            clean_words(self.techniques),
            clean_words(self.regions),
            clean_line(self.pressure, 40),
            clean_words(self.products),
            clean_line(self.remarks, 500),
        )

    def problems(self) -> dict[str, str]:
        """What must be mended before it can be saved, by field."""
        found: dict[str, str] = {}
        if not SHORTEST <= self.minutes <= LONGEST:
            found["minutes"] = f"A session lasts {SHORTEST} to {LONGEST} minutes."
        if not self.service:
            found["service"] = "Please name the service, e.g. “Massage”."
        return found
