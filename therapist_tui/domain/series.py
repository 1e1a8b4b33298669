"""Series: appointments that repeat, as they are asked for and as they stand in the book."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from .appointment import Appointment, AppointmentDraft
from .recurrence import MOST_DATES, Occurrence, Rule, occurrences
from .when import at

AHEAD = timedelta(days=365)
"""How far ahead of today the dates of a series without an end stand in the book."""
SOON = timedelta(days=365 - 28)
"""When less than this is in the book, the next dates are added."""
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def horizon(begins_on: date, today: date) -> date:
    """Up to and with which day a series stands in the book when it is made or its dates are added."""
    return max(begins_on, today) + AHEAD


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
