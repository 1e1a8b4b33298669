"""What the day shows: its rows with their badges, and the brief of each client."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from .appointment import Appointment, Status
from .change import Change
from .client import Client
from .consent import Consent, ConsentKind
from .free import FREE_FROM, Gap, free, taken_by
from .goal import GoalProgress
from .health import HealthEntry, HistoryCheck
from .hours import Hours
from .level import Level
from .note import SessionNote
from .plan import TreatmentPlan
from .plan_course import Course
from .plan_words import expiry, no_progress, review_due
from .referral import LAST_VISITS, Referral
from .screening.history import Reading
from .screening.values import Caution
from .therapist import Therapist


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything the therapist wants to know of one client before the door opens."""

    client: Client
    cautions: tuple[Caution, ...] = ()
    readings: tuple[Reading, ...] = ()
    health: tuple[HealthEntry, ...] = ()
    asked: HistoryCheck | None = None
    plan: TreatmentPlan | None = None
    goals: tuple[GoalProgress, ...] = ()
    last_note: SessionNote | None = None
    changes: tuple[Change, ...] = ()
    """What changed since the last signed note, what may bear on today's session first."""
    referral: Referral | None = None
    consents: tuple[Consent, ...] = ()
    visits_before: int = 0
    plan_visits: int = 0
    course: Course | None = None
    """What the dates of plan and referral follow from; None without either."""

    @property
    def worst(self) -> Level | None:
        """The worst caution; None when there is none."""
        return self.cautions[0].level if self.cautions else None

    def gestation_on(self, day: date) -> int | None:
        """Completed weeks of the client's pregnancy, if there is one."""
        weeks = (entry.gestation_on(day) for entry in self.health)
        return next((found for found in weeks if found is not None), None)

    def consent_on(self, day: date) -> bool:
        """Whether a consent to treatment counts on that day."""
        return any(one.kind is ConsentKind.TREATMENT and one.live_on(day) for one in self.consents)


@dataclass(frozen=True, slots=True)
class Slot:
    """One appointment of the day with what belongs to it."""

    appointment: Appointment
    brief: Brief
    note: SessionNote | None = None
    elsewhere: bool = False
    """Whether its note is in the program it was imported from."""

    @property
    def id(self) -> UUID:
        """The appointment's id, by which the highlight is kept."""
        return self.appointment.id

    @property
    def unfinished(self) -> bool:
        """Whether something of it is still to be done: the session itself, or its note."""
        return self.appointment.status.open or self.owes_note()

    def owes_note(self) -> bool:
        """Whether the session took place and its note is not signed."""
        worked = self.appointment.status in (Status.IN_SESSION, Status.DONE)
        return worked and not self.elsewhere and not (self.note and self.note.signed and not self.note.in_error)


@dataclass(frozen=True, slots=True)
class Badge:
    """A mark on a row of the day: its text, and what it means in words."""

    text: str
    meaning: str
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """One day of the practice; its slots stand in the order of their start."""

    day: date
    therapist: Therapist
    slots: tuple[Slot, ...] = ()
    to_sign: int = 0
    owed: tuple[UUID, ...] = field(default=())

    @property
    def to_go(self) -> int:
        """Appointments that are still ahead or under way."""
        return sum(slot.appointment.status.open for slot in self.slots)

    @property
    def taking_place(self) -> int:
        """Appointments that were not cancelled or missed."""
        return sum(not slot.appointment.status.lost for slot in self.slots)

    def next_after(self, moment: datetime) -> Slot | None:
        """The next appointment that has not begun."""
        waiting = (Status.BOOKED, Status.ARRIVED)
        ahead = (s for s in self.slots if s.appointment.status in waiting and s.appointment.starts_at >= moment)
        return next(ahead, None)

    def current(self, moment: datetime) -> Slot | None:
        """Where the highlight belongs on opening: under way, else the next one ahead, else the last of the day."""
        under_way = (s for s in self.slots if s.appointment.status in (Status.IN_SESSION, Status.ARRIVED))
        return next(under_way, None) or self.next_after(moment) or (self.slots[-1] if self.slots else None)

    def next_unfinished(self, moment: datetime, after: UUID | None = None) -> Slot | None:
        """Where the day goes on: after an appointment, the first unfinished one that follows it, round to the first.

        Without one: what is under way, else who should be here or comes next, else the oldest that owes its note. None
        when all is done.
        """
        slots = list(self.slots)
        at = next((index for index, slot in enumerate(slots) if slot.id == after), None)
        if at is not None:
            return next((slot for slot in (*slots[at + 1 :], *slots[:at]) if slot.unfinished), None)
        begun = (slot for slot in slots if slot.appointment.status in (Status.IN_SESSION, Status.ARRIVED))
        # Days run late: who was booked for a few minutes ago is next, not the one after.
        due = (slot for slot in slots if slot.appointment.status.open and slot.appointment.ends_at > moment)
        return next(begun, None) or next(due, None) or next((slot for slot in slots if slot.unfinished), None)

    def overlapping(self) -> frozenset[UUID]:
        """Appointments that share their time with another one."""
        kept = [slot.appointment for slot in self.slots if not slot.appointment.status.lost]
        return frozenset(one.id for one in kept for other in kept if one.id != other.id and one.overlaps(other))

    def gaps_after(self, slot: Slot, hours: Hours) -> tuple[Gap, ...]:
        """The free time after an appointment, up to the next one, within the working hours; none when none follows.

        It is shown up to the minute at which the next client comes: the buffer is for the booking (see `free.free`).
        """
        kept = [one.appointment for one in self.slots if not one.appointment.status.lost]
        if slot.appointment not in kept[:-1]:
            return ()
        following = kept.index(slot.appointment) + 1
        ends_at, begins = max(one.ends_at for one in kept[:following]), kept[following].starts_at
        found = free(self.day, taken_by(kept), replace(hours, buffer=0), self.therapist.zone)
        return tuple(gap for gap in found if gap.minutes >= FREE_FROM and ends_at <= gap.starts_at < begins)


def badges(slot: Slot) -> tuple[Badge, ...]:
    """The marks on a row of the day, the most urgent first."""
    return (*_state_badges(slot), *_caution_badges(slot.brief.cautions), *_card_badges(slot))


def _state_badges(slot: Slot) -> Sequence[Badge]:
    if slot.appointment.status.lost:
        return [Badge(slot.appointment.status.value, f"{slot.appointment.status.value}: {slot.appointment.reason}")]
    if slot.note and slot.note.signed and not slot.note.in_error:
        return [Badge("✓", "note signed")]
    if slot.owes_note() and slot.appointment.status is Status.DONE:
        return [Badge("✎ to sign", "the note is not signed")]
    return []


def _caution_badges(cautions: Sequence[Caution]) -> Sequence[Badge]:
    seen = {caution.level for caution in cautions}
    return [Badge(level.glyph, f"{level.word}: {level.meaning}", level) for level in Level if level in seen]


def _card_badges(slot: Slot) -> Sequence[Badge]:
    if slot.appointment.status.lost:
        return []
    brief = slot.brief
    found: list[Badge] = []
    if not brief.visits_before:
        found.append(Badge("first", "first visit"))
    wanted = dict.fromkeys(one.certification for one in brief.cautions if one.certification)
    found += [Badge(name[0].upper(), f"{name}: training wanted, not held") for name in wanted]
    return [*found, *_course_badges(slot)]


def _course_badges(slot: Slot) -> Sequence[Badge]:
    """What runs out and what is to be looked at again: "R1" visits left, "R9d" days left, "↻" a review."""
    referral, course = slot.brief.referral, slot.brief.course
    found: list[Badge] = []
    left = referral.visits_left if referral else None
    if left is not None and left <= LAST_VISITS:
        found.append(Badge(f"R{left}", f"{left} referred visit{'' if left == 1 else 's'} left"))
    if course is None:
        return found
    day = course.day_of(slot.appointment.starts_at)
    if not found and referral and referral.expires_on and referral.ends_soon(day):
        found.append(
            Badge(f"R{max(0, (referral.expires_on - day).days)}d", f"referral {expiry(referral.expires_on, day)}")
        )
    if review_due(course, day) or no_progress(course):
        found.append(Badge("↻", "the plan is to be reviewed"))
    return found
