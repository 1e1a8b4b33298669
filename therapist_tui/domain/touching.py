"""What a change to a series touches: this one, this and later, or all of its appointments, and what stays and why."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from uuid import UUID

from .appointment import Appointment, AppointmentDraft, Status
from .errors import PracticeError
from .series import Series
from .when import at, skipped

_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
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


def _why_kept_alone(one: Appointment, change: SeriesChange | None) -> str:
    fine = one.status.open if change else one.can_become(Status.CANCELLED)
    return "" if fine else one.status.value


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

    What is past, done, called off or has a note is never touched, but for the chosen one by itself, which only has to
    be open. What was moved or changed by hand keeps its place, unless it is the chosen one; but it is called off with
    the rest.
    """
    touches: list[Touch] = []
    kept: list[tuple[Appointment, str]] = []
    for one in within(own, chosen, scope):
        why = _why_kept_alone(one, change) if scope is Scope.THIS else why_kept(one, now, noted)
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
