"""What a file from another program says, read and checked, before anything is decided about it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum

from ..appointment import Status
from ..client import ClientDraft
from ..recurrence import Rule


class FileKind(Enum):
    """What a file holds."""

    CLIENTS = "clients"
    APPOINTMENTS = "appointments"
    CALENDAR = "calendar"
    CONTACTS = "contacts"


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only the therapist knows; each option is what is kept and what is shown."""

    id: str
    text: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reject:
    """A line that is left out: where it stands, what it is, and why, in a sentence."""

    line: int
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Who:
    """Whom an appointment is for, as the file says it. `summary` is a calendar's title, which only may hold a name."""

    name: str = ""
    number: str = ""
    phone: str = ""
    email: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class IncomingClient:
    """A client of a file. `key` says which one it is in the next file too; `alert` is a warning on the card."""

    line: int
    key: str
    draft: ClientDraft
    number: str = ""
    alert: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class IncomingAppointment:
    """An appointment of a file, `starts_at` in UTC; `uid`, `rule` and `zone` are those of a calendar's series.

    `series_on` is the date of its series that it stands for, where it belongs to one of the reading's `series`.
    """

    line: int
    key: str
    who: Who
    starts_at: datetime
    minutes: int
    service: str
    status: Status = Status.BOOKED
    reason: str = ""
    remarks: str = ""
    uid: str = ""
    rule: str = ""
    zone: str = ""
    series_on: date | None = None


@dataclass(frozen=True, slots=True)
class IncomingSeries:
    """A series of a calendar that can go on as one here; its appointments come from the same line.

    `clock` is the time on the wall of `zone`, `left_out` the dates that the calendar leaves out, and `until` the last
    day of which the file's appointments were taken.
    """

    line: int
    key: str
    rule: Rule
    begins_on: date
    clock: time
    zone: str
    until: date
    left_out: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. While `questions` stand, nothing else but `columns` and `preview` is sure.

    `columns` are pairs of a heading and the field it is taken for ("" when it is left out); `told` are sentences about
    what was done to the file on the way.
    """

    kind: FileKind
    program: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    preview: tuple[tuple[str, ...], ...] = ()
    questions: tuple[Question, ...] = ()
    clients: tuple[IncomingClient, ...] = ()
    appointments: tuple[IncomingAppointment, ...] = ()
    rejects: tuple[Reject, ...] = ()
    told: tuple[str, ...] = ()
    digest: str = ""
    series: tuple[IncomingSeries, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reader has to know of the practice: its zone, and the day."""

    zone: str
    today: date
