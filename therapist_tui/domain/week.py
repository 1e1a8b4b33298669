"""The week and the month: who comes when, the free time between, and how full each day is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from .appointment import Appointment, Status
from .client import Client
from .free import FREE_FROM, Gap, Stretch, free, taken_by
from .hours import Hours
from .level import Level


@dataclass(frozen=True, slots=True)
class Booking:
    """One appointment of the week: whose it is, whether its note is signed, its worst caution once that is known."""

    appointment: Appointment
    client: Client
    signed: bool = False
    worst: Level | None = None

    @property
    def id(self) -> UUID:
        """The appointment's id, by which the cursor is kept."""
        return self.appointment.id

    @property
    def mark(self) -> str:
        """A glyph for how far it has come: ✓ signed, ✎ note owed, ○ arrived, ◉ in session, ✗ lost; "" when booked."""
        if self.appointment.status.lost:
            return "✗"
        if self.signed:
            return "✓"
        marks = {Status.ARRIVED: "○", Status.IN_SESSION: "◉", Status.DONE: "✎"}
        return marks.get(self.appointment.status, "")


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from a Monday, each with its bookings in the order of their start."""

    monday: date
    zone: ZoneInfo
    hours: Hours
    bookings: tuple[Booking, ...] = ()
    _by_day: Mapping[date, tuple[Booking, ...]] = field(init=False, repr=False, compare=False)
    _free_by_day: Mapping[date, tuple[Gap, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Part the bookings by day, and find the free time between them, once for all cells."""
        object.__setattr__(self, "_by_day", self._parted())
        object.__setattr__(self, "_free_by_day", self._freed())

    @property
    def days(self) -> tuple[date, ...]:
        """The seven days."""
        return tuple(self.monday + timedelta(days=offset) for offset in range(7))

    def on(self, day: date) -> tuple[Booking, ...]:
        """The bookings of a day."""
        return self._by_day.get(day, ())

    def free_on(self, day: date) -> tuple[Gap, ...]:
        """The free time of a day that is more than a buffer."""
        return self._free_by_day.get(day, ())

    def find(self, appointment_id: UUID) -> Booking | None:
        """The booking of an appointment, if it is in this week."""
        return next((one for one in self.bookings if one.id == appointment_id), None)

    def with_worst(self, worst: Mapping[UUID, Level]) -> "Week":
        """The week with the cautions that were found for it."""
        return replace(self, bookings=tuple(replace(one, worst=worst.get(one.id)) for one in self.bookings))

    def clashes(self, wanted: Appointment) -> tuple[Booking, ...]:
        """Other bookings that take the same time."""
        others = (one for one in self.bookings if one.id != wanted.id and not one.appointment.status.lost)
        return tuple(one for one in others if one.appointment.overlaps(wanted))

    def with_booking(self, booking: Booking) -> "Week":
        """The week with a booking where it would be, and nowhere else: a preview of a move."""
        others = (one for one in self.bookings if one.id != booking.id)
        here = [booking] if booking.appointment.starts_at.astimezone(self.zone).date() in self.days else []
        ordered = sorted([*others, *here], key=lambda one: (one.appointment.starts_at, one.id))
        return replace(self, bookings=tuple(ordered))

    def _freed(self) -> dict[date, tuple[Gap, ...]]:
        taken = taken_by(one.appointment for one in self.bookings)
        found = ((day, free(day, taken, self.hours, self.zone)) for day in self.days)
        return {day: tuple(gap for gap in gaps if gap.minutes >= FREE_FROM) for day, gaps in found}

    def _parted(self) -> dict[date, tuple[Booking, ...]]:
        found: dict[date, tuple[Booking, ...]] = {}
        for one in self.bookings:
            day = one.appointment.starts_at.astimezone(self.zone).date()
            found[day] = (*found.get(day, ()), one)
        return found


@dataclass(frozen=True, slots=True)
class Load:
    """How full a day is: appointments that take place, their minutes, and the minutes that the practice is open."""

    day: date
    count: int
    minutes: int
    open_minutes: int

    @property
    def share(self) -> float:
        """The booked part of the working hours: 0 for none, above 1 when more is booked than the hours have."""
        return self.minutes / self.open_minutes if self.open_minutes else float(self.minutes > 0)


def loads(days: Sequence[date], taken: Iterable[Stretch], hours: Hours, zone: ZoneInfo) -> tuple[Load, ...]:
    """How full each of these days is."""
    found = {day: [0, 0] for day in days}
    for begins, ends in taken:
        kept = found.get(begins.astimezone(zone).date())
        if kept:
            kept[0] += 1
            kept[1] += int((ends - begins) / timedelta(minutes=1))
    return tuple(Load(day, count, minutes, _open_minutes(day, hours)) for day, (count, minutes) in found.items())


def _open_minutes(day: date, hours: Hours) -> int:
    spans = hours.on(day)
    return sum((one.closes.hour - one.opens.hour) * 60 + one.closes.minute - one.opens.minute for one in spans)


def in_hours(minutes: int) -> str:
    """Working time from minutes: "45 min", "7 h 30", "139 h"; never in days, as a day of work has no fixed length."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def month_days(day: date) -> tuple[date, ...]:
    """Whole weeks, Monday first, that hold the month of that day."""
    first = day.replace(day=1)
    begin = first - timedelta(days=first.weekday())
    after = (first + timedelta(days=31)).replace(day=1)
    weeks = -(-(after - begin).days // 7)
    return tuple(begin + timedelta(days=offset) for offset in range(weeks * 7))
