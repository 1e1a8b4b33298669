"""Series: booked with their dates listed first, changed and called off this one, this and later, or all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from therapist_tui.domain.appointment import Appointment, AppointmentDraft, Status
from therapist_tui.domain.client import Client
from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.recurrence import Rule, read_weekdays
from therapist_tui.domain.series import SeriesDraft, horizon
from therapist_tui.domain.text import clean_line
from therapist_tui.domain.touching import Scope, SeriesChange, Touch, Touched
from therapist_tui.domain.when import show_short

from .appointment import SERVICES
from .cancel import REASON_WANTED, CancelForm
from .form import Field, Form, Kind, Reader, Values

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice

LISTED = 8
"""Dates that are listed one by one; of more, the first ones and the last."""
_WHEN = (
    Field("start", "Time", Kind.TIME, "9, 10:30, 1430, 2:15pm"),
    Field("minutes", "Minutes", hint="5 to 480"),
    Field("service", "Service", suggestions=SERVICES),
)


class SeriesForm(Form[SeriesDraft]):
    """How often, from when, until when; the dates and what they clash with are shown before they are booked."""

    id = "series"
    fields = (
        Field("day", "First day", Kind.DATE, "tue, 3 dec, +2w, 2026-12-03"),
        *_WHEN,
        Field("weeks", "Every … weeks", hint="1, 2, 4"),
        Field("weekdays", "On", hint="mon, thu; empty: as the first day"),
        Field("until", "Last day", Kind.DATE, "+3m, 2027-06-30; empty: goes on"),
        Field("count", "Or how many", hint="e.g. 6; empty: goes on"),
    )

    def __init__(
        self, client: Client, planned: AppointmentDraft, day: date, start: time, zone: ZoneInfo, today: date
    ) -> None:
        self._planned, self._zone, self._today = planned, zone, today
        self.about = str(client.id)
        self.title = "Book a series of appointments"
        self._first = {
            "day": day.isoformat(),
            "start": f"{start:%H:%M}",
            "minutes": str(planned.minutes),
            "service": planned.service,
            "weeks": "1",
        }

    def start(self) -> dict[str, str]:
        """Every week at the time that was chosen."""
        return dict(self._first)

    def read(self, values: Values) -> tuple[SeriesDraft | None, dict[str, str]]:
        """The series' draft."""
        reader = Reader(values, self._today)
        day, clock, until = reader.day("day"), reader.clock("start"), reader.day("until")
        weeks, count, minutes = reader.count("weeks"), reader.count("count"), reader.count("minutes")
        for name, read in (("day", day), ("start", clock), ("minutes", minutes)):
            if read is None:
                reader.problems.setdefault(name, f"Please give the {'time' if name == 'start' else name}.")
        begins_on, weekdays = day or self._today, ()
        try:
            weekdays = read_weekdays(reader.text("weekdays"), begins_on)
        except PracticeError as error:
            reader.problems["weekdays"] = str(error)
        rule = Rule(weekdays, 1 if weeks is None else weeks, until, count)
        planned = self._planned
        draft = SeriesDraft(
            planned.client_id,
            begins_on,
            clock or time(),
            minutes or 0,
            reader.text("service"),
            rule,
            techniques=planned.techniques,
            regions=planned.regions,
            pressure=planned.pressure,
            products=planned.products,
            remarks=planned.remarks,
        ).cleaned()
        return reader.done(draft, draft.problems(self._today))

    def echo(self, draft: SeriesDraft) -> str:
        """The rule and its dates in words."""
        days = draft.days(horizon(draft.begins_on, self._today))
        return f"{draft.rule.words}: {in_words(days, self._today)}"

    def warnings(self, practice: Practice, draft: SeriesDraft) -> str:
        """The dates, and what they clash with."""
        touches = practice.series.look_ahead(draft)
        days = in_words([one.after.series_on or draft.begins_on for one in touches], self._today)
        goes_on = draft.rule.until is None and draft.rule.count is None
        more = " It goes on from there: further dates are added as time goes by." if goes_on else ""
        return f"{days}.{more}{_in_the_way(touches, self._zone, self._today)} Save again to book them."

    def save(self, practice: Practice, draft: SeriesDraft) -> object:
        """Book it; the answer is its first appointment."""
        return practice.series.book(draft).appointments[0]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A change to a series, and how much of it is meant."""

    scope: Scope
    change: SeriesChange


class RepeatedForm(Form[Repeated]):
    """Time, length and service of one date, it and the later ones, or all; the dates are shown before."""

    id = "repeated"
    fields = (
        Field("scope", "Change", Kind.CHOICE, choices=tuple((one.value, one.value) for one in Scope)),
        Field("day", "Day", Kind.DATE, "its new day; the others move along"),
        *_WHEN,
    )

    def __init__(self, one: Appointment, zone: ZoneInfo, today: date) -> None:
        self._one, self._zone, self._today = one, zone, today
        self.about = str(one.id)
        self.title = "Change the series of this appointment"
        self._local = one.starts_at.astimezone(zone)

    def start(self) -> dict[str, str]:
        """The appointment as it is."""
        return {
            "scope": Scope.LATER.value,
            "day": self._local.date().isoformat(),
            "start": f"{self._local:%H:%M}",
            "minutes": str(self._one.minutes),
            "service": self._one.service,
        }

    def read(self, values: Values) -> tuple[Repeated | None, dict[str, str]]:
        """What is different from the appointment as it is."""
        reader = Reader(values, self._today)
        scope = reader.choice("scope", Scope.LATER)
        day, clock, minutes = reader.day("day"), reader.clock("start"), reader.count("minutes")
        service = clean_line(reader.text("service"), 80)
        change = SeriesChange(
            ((day or self._local.date()) - self._local.date()).days,
            clock if clock != self._local.time() else None,
            minutes if minutes != self._one.minutes else None,
            service if service != self._one.service else None,
        )
        problems = change.problems()
        if not problems and not reader.problems and change == SeriesChange():
            problems["start"] = "Nothing is different yet: change the day, time, minutes or service."
        return reader.done(Repeated(scope, change), problems)

    def warnings(self, practice: Practice, draft: Repeated) -> str:
        """The dates that are touched, those that stay, and clashes."""
        found = practice.series.look_at(self._one.id, draft.scope, draft.change)
        return f"{touched_words(found, self._zone, self._today)} Save again to change them."

    def save(self, practice: Practice, draft: Repeated) -> object:
        """Change them; the answer is the appointment it was asked for."""
        changed = practice.series.change(self._one.id, draft.scope, draft.change)
        return next((one for one in changed if one.id == self._one.id), changed[0])


class CancelSeriesForm(Form[str]):
    """Why a series is called off."""

    fields = CancelForm.fields[1:]

    def __init__(self, one: Appointment, name: str, scope: Scope) -> None:
        self._one, self._scope = one, scope
        self.id = f"cancel-{scope.name.lower()}"
        self.about = str(one.id)
        which = "this and the later appointments" if scope is Scope.LATER else "all that is left of the series"
        self.title = f"Cancel {which} of {name}"

    def read(self, values: Values) -> tuple[str | None, dict[str, str]]:
        """The reason."""
        reason = clean_line(Reader(values).text("reason"), 300)
        return Reader(values).done(reason, {} if reason else {"reason": REASON_WANTED})

    def save(self, practice: Practice, draft: str) -> object:
        """Call them off."""
        return practice.series.cancel(self._one.id, self._scope, draft)


def in_words(days: Sequence[date], today: date) -> str:
    """How many dates, and which: "6 dates, 24 Nov, 1 Dec, … 29 Dec"."""
    shown = [show_short(day, today) for day in days]
    if len(shown) > LISTED:
        shown = [*shown[: LISTED - 2], "…", shown[-1]]
    return f"{len(days)} date{'' if len(days) == 1 else 's'}: {', '.join(shown)}"


def touched_words(found: Touched, zone: ZoneInfo, today: date) -> str:
    """What a change touches and what it leaves, in sentences."""
    if not found.touches:
        return "No date is left to change."
    cancelled = found.touches[0].after.status is Status.CANCELLED
    days = [one.before.starts_at.astimezone(zone).date() for one in found.touches]
    kept = [f"{show_short(one.starts_at.astimezone(zone).date(), today)} ({why})" for one, why in found.kept]
    stays = f" {_some(kept)} {'stays' if len(kept) == 1 else 'stay'}." if kept else ""
    return f"{in_words(days, today)}.{'' if cancelled else _in_the_way(found.touches, zone, today)}{stays}"


def _in_the_way(touches: Sequence[Touch], zone: ZoneInfo, today: date) -> str:
    """Clashes, and times that the clocks leave out."""
    said = ""
    clashes = [
        f"{show_short(one.after.starts_at.astimezone(zone).date(), today)} "
        f"({' and '.join(f'{other.starts_at.astimezone(zone):%H:%M} {other.minutes} min' for other in one.clashes)})"
        for one in touches
        if one.clashes
    ]
    if clashes:
        said += f" {len(clashes)} overlap{'s' if len(clashes) == 1 else ''} what is booked: {_some(clashes)}."
    for one in touches:
        if one.skipped:
            start = one.after.starts_at.astimezone(zone)
            said += f" On {show_short(start.date(), today)} the clocks leave that time out: it begins at {start:%H:%M}."
    return said


def _some(parts: Sequence[str]) -> str:
    shown = parts if len(parts) <= LISTED else [*parts[:LISTED], f"and {len(parts) - LISTED} more"]
    return ", ".join(shown)
