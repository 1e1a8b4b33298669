"""Series: appointments that repeat, and which of them a change to this one, this and later, or all of them touches."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from .appointment import Appointment, AppointmentDraft, Status
from .errors import PracticeError
from .recurrence import MOST_DATES, Occurrence, Rule, occurrences
from .when import at, skipped

AHEAD = timedelta(days=365)
"""How far ahead of today the dates of a series without an end stand in the book."""
SOON = timedelta(days=365 - 28)
"""When less than this is in the book, the next dates are added."""
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def horizon(begins_on: date, today: date) -> date:
    """Up to and with which day a series stands in the book when it is made or its dates are added."""
    return max(begins_on, today) + AHEAD


BY_HAND = "changed by hand"
"""Why an open appointment of a series keeps its place."""


class Scope(Enum):
    """How much of a series a change means."""

    THIS = "this one"
    LATER = "this and later"
    ALL = "all"


class NothingToChange(PracticeError):
    """Nothing of this series can be changed any more: all of it is past, done, called off, or has a note."""


class NoSeries(PracticeError):
    """This appointment does not repeat. Change it by itself."""


@dataclass(frozen=True, slots=True)
class SeriesDraft:
    """What the series form holds, and what a calendar file brings: plain values.

    `clock` is the time on the wall in `zone` (the practice's where it is None). `left_out` are dates of the rule on
    which there is no appointment.
    """

    client_id: UUID
    begins_on: date
    clock: time
    minutes: int
    service: str
    rule: Rule
    left_out: tuple[date, ...] = ()
    zone: ZoneInfo | None = None
    techniques: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    pressure: str = ""
    products: tuple[str, ...] = ()
    remarks: str = ""

    def cleaned(self) -> "SeriesDraft":
        """The same with clean text, and nothing left out that the rule does not fall on."""
        clean = self.planned(_ANY_TIME).cleaned()
        return replace(
            self,
            clock=self.clock.replace(second=0, microsecond=0, tzinfo=None),
            service=clean.service,
            left_out=tuple(sorted({*self.left_out})),
            techniques=clean.techniques,
            regions=clean.regions,
            pressure=clean.pressure,
            products=clean.products,
            remarks=clean.remarks,
        )

    def problems(self, today: date) -> dict[str, str]:
        """What must be mended before it can be saved, by field."""
        found = self.planned(_ANY_TIME).problems() | self.rule.problems(self.begins_on)
        if self.zone and self.zone.key not in available_timezones():
            found["zone"] = "Please give a time zone by its name, e.g. “Europe/Paris”."
        if found:
            return found
        dates = len(self.days(horizon(self.begins_on, today)))
        if not dates:
            found["until"] = "No date is left of this series."
        elif dates > MOST_DATES:
            found["day"] = f"That puts more than {MOST_DATES} dates into the book. Please give a later first day."
        return found

    def days(self, up_to: date) -> tuple[date, ...]:
        """Its dates up to and with a day, but for those that are left out."""
        return tuple(day for day in self.rule.dates(self.begins_on, up_to) if day not in self.left_out)

    def occurrences(self, up_to: date, zone: ZoneInfo) -> tuple[Occurrence, ...]:
        """Its moments up to and with a day; `zone` is the practice's."""
        return occurrences(self.days(up_to), self.clock, self.zone or zone)

    def planned(self, starts_at: datetime) -> AppointmentDraft:
        """The appointment on one of its dates."""
        return AppointmentDraft(
            self.client_id,
            starts_at,
            self.minutes,
            self.service,
            self.techniques,
            self.regions,
            self.pressure,
            self.products,
            self.remarks,
        )


@dataclass(frozen=True, slots=True)
class Series:
    """A series in the book. Its dates up to and with `made_until` are there as appointments."""

    id: UUID
    client_id: UUID
    begins_on: date
    clock: time
    minutes: int
    service: str
    rule: Rule
    zone: ZoneInfo
    made_until: date
    left_out: tuple[date, ...] = ()
    techniques: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    pressure: str = ""
    products: tuple[str, ...] = ()
    remarks: str = ""

    def to_make(self, up_to: date) -> tuple[Occurrence, ...]:
        """What is not in the book yet, up to and with a day."""
        days = (day for day in self.rule.dates(self.begins_on, up_to) if day > self.made_until)
        return occurrences((day for day in days if day not in self.left_out), self.clock, self.zone)

    def as_planned(self, appointment: Appointment) -> bool:
        """Whether an appointment of the series is where and how the series has it, not changed by hand."""
        starts_at = at(appointment.series_on, self.clock, self.zone) if appointment.series_on else None
        own = (starts_at, self.minutes, self.service)
        return own == (appointment.starts_at, appointment.minutes, appointment.service)

    def shifted(self, days: int) -> "Series":
        """The same series so many days later."""
        by = timedelta(days=days)
        return replace(
            self,
            begins_on=self.begins_on + by,
            made_until=self.made_until + by,
            rule=self.rule.shifted(days),
            left_out=tuple(day + by for day in self.left_out),
        )

    def before(self, cut: date) -> "Series":
        """The part of it that lies before a day, and ends there."""
        rule = replace(self.rule, until=cut - timedelta(days=1), count=None)
        return replace(self, rule=rule, left_out=tuple(day for day in self.left_out if day < cut))

    def from_(self, cut: date) -> "Series":
        """The part of it from one of its dates on."""
        count = self.rule.count
        if count is not None:
            count -= len(self.rule.dates(self.begins_on, cut - timedelta(days=1)))
        left_out = tuple(day for day in self.left_out if day >= cut)
        return replace(self, begins_on=cut, rule=replace(self.rule, count=count), left_out=left_out)


@dataclass(frozen=True, slots=True)
class SeriesChange:
    """What is to be different: so many days later, another time on the wall, other minutes, another service."""

    days: int = 0
    clock: time | None = None
    minutes: int | None = None
    service: str | None = None

    def problems(self) -> dict[str, str]:
        """What must be mended, by field."""
        found: dict[str, str] = {}
        if abs(self.days) > 366:
            found["day"] = "A series is moved by a year at most."
        sample = AppointmentDraft(
            UUID(int=0),
            _ANY_TIME,
            60 if self.minutes is None else self.minutes,
            "any" if self.service is None else self.service,
        )
        return found | sample.problems()

    def of(self, series: Series) -> Series:
        """A series with the change made."""
        return replace(
            series.shifted(self.days),
            clock=self.clock or series.clock,
            minutes=self.minutes or series.minutes,
            service=self.service or series.service,
        )


@dataclass(frozen=True, slots=True)
class Touch:
    """An appointment that a change touches: as it is, and as it would be. `skipped`: the clocks leave its time out."""

    before: Appointment
    after: Appointment
    skipped: bool = False
    clashes: tuple[Appointment, ...] = ()


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change does, worked out before anything is written: what it touches, and what stays and why."""

    scope: Scope
    touches: tuple[Touch, ...] = ()
    kept: tuple[tuple[Appointment, str], ...] = field(default=())


def within(series_of: Iterable[Appointment], chosen: Appointment, scope: Scope) -> tuple[Appointment, ...]:
    """The appointments of a series that a scope means, in the order of their dates."""
    ordered = sorted(series_of, key=_place)
    if scope is Scope.ALL:
        return tuple(ordered)
    if scope is Scope.THIS:
        return tuple(one for one in ordered if one.id == chosen.id)
    return tuple(one for one in ordered if _place(one) >= _place(chosen))


def _place(one: Appointment) -> tuple[date, datetime, UUID]:
    return one.series_on or date.min, one.starts_at, one.id


def why_kept(one: Appointment, now: datetime, noted: Collection[UUID]) -> str:
    """Why a change leaves an appointment as it is; "" when it does not."""
    if one.id in noted:
        return "has a note"
    if one.status is not Status.BOOKED:
        return one.status.value
    return "past" if one.starts_at < now else ""


def touched(
    series: Series,
    own: Sequence[Appointment],
    chosen: Appointment,
    scope: Scope,
    change: SeriesChange | None,
    now: datetime,
    noted: Collection[UUID] = (),
) -> Touched:
    """The appointments that a change touches, and those that it leaves; without a `change` they are called off.

    What is past, done, called off or has a note is never touched. What was moved or changed by hand keeps its place,
    unless it is the chosen one; but it is called off with the rest.
    """
    touches: list[Touch] = []
    kept: list[tuple[Appointment, str]] = []
    for one in within(own, chosen, scope):
        why = why_kept(one, now, noted)
        if not why and change and one.id != chosen.id and not series.as_planned(one):
            why = BY_HAND
        if why:
            kept.append((one, why))
        else:
            touches.append(_touch(one, change, series))
    return Touched(scope, tuple(touches), tuple(kept))


def _touch(one: Appointment, change: SeriesChange | None, series: Series) -> Touch:
    if change is None:
        return Touch(one, replace(one, status=Status.CANCELLED))
    local = one.starts_at.astimezone(series.zone)
    planned = one.series_on if series.as_planned(one) else None
    day = (planned or local.date()) + timedelta(days=change.days)
    clock = change.clock or (series.clock if planned else local.time())
    after = replace(
        one,
        starts_at=at(day, clock, series.zone),
        minutes=change.minutes or one.minutes,
        service=change.service or one.service,
    )
    return Touch(one, after, skipped(day, clock, series.zone))
