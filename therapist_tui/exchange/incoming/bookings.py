"""Rows of a table as appointments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from therapist_tui.domain.appointment import LONGEST, SHORTEST, Status
from therapist_tui.domain.incoming.people import key_of
from therapist_tui.domain.incoming.values import Facts, IncomingAppointment, Question, Reject, Who
from therapist_tui.domain.text import clean, clean_line, folded
from therapist_tui.domain.when import EARLIEST, LATEST, at, skipped

from .cells import Cells, name_of, places_of
from .dates import find_order, read_clock, read_day, read_minutes, read_moment
from .headings import Layout, status_of
from .people import comma_question
from .table import Table

SERVICE = "Massage"
"""What an appointment without a service is called."""
LENGTHS = ("60", "30", "45", "75", "90")


def length_question(count: int) -> Question:
    """How long appointments are that do not say so."""
    text = f"{count} appointment{'' if count == 1 else 's'} without an end. How long did you book?"
    return Question("minutes", text, tuple((minutes, f"{minutes} min") for minutes in LENGTHS))


def zone_of(name: str) -> ZoneInfo | None:
    """The time zone of that name."""
    try:
        return ZoneInfo(name.strip())
    except (ValueError, OSError, LookupError):
        return None


@dataclass(slots=True)
class _Skipped(Exception):
    why: str


def read_bookings(
    table: Table, layout: Layout, answers: Mapping[str, str], facts: Facts
) -> tuple[list[IncomingAppointment], list[Reject], list[Question], list[str]]:
    """The appointments, what is left out, what has to be asked first, and what to tell."""
    places = places_of(layout)
    dated = places.get("start", places.get("date"))
    order = find_order((cells[dated] for _, cells in table.rows), answers) if dated is not None else find_order((), {})
    questions = [one for one in (order.question, comma_question(table, layout, answers)) if one]
    if questions:
        return [], [], questions, []
    reader = _Bookings(order.day_first, answers, facts)
    for line, cells in table.rows:
        reader.read(Cells(line, cells, places))
    if reader.without_end and not reader.minutes:
        return [], [], [length_question(reader.without_end)], []
    return reader.found, reader.rejects, [], reader.told()


class _Bookings:
    def __init__(self, day_first: bool, answers: Mapping[str, str], facts: Facts) -> None:
        self._day_first, self._turn = day_first, answers.get("names") == "turn"
        self.minutes = int(answers.get("minutes", "0")) if answers.get("minutes") in LENGTHS else 0
        self._zone, self._today = ZoneInfo(facts.zone), facts.today
        self._zones: dict[str, ZoneInfo | None] = {}
        self.found: list[IncomingAppointment] = []
        self.rejects: list[Reject] = []
        self.without_end = 0
        self._moved = 0

    def read(self, cells: Cells) -> None:
        """One row: an appointment, or a line that is left out with its reason."""
        try:
            self.found.append(self._appointment(cells))
        except _Skipped as skip:
            self.rejects.append(Reject(cells.line, cells.what, skip.why))

    def _appointment(self, cells: Cells) -> IncomingAppointment:
        who = self._who(cells)
        starts_at = self._start(cells)
        minutes = self._length(cells, starts_at)
        word = cells["status"]
        status = status_of(word)
        if status is None:
            raise _Skipped(f"The status “{clean_line(word, 30)}” is not known here.")
        status = settled(status, starts_at.astimezone(self._zone).date(), self._today)
        service = clean_line(cells["service"], 80) or SERVICE
        reference = cells["key"]
        key = (
            key_of("reference", reference)
            if reference
            else key_of(who.number, folded(who.name), starts_at.isoformat(), service)
        )
        reason = clean_line(f"imported as {word}", 80) if status.lost else ""
        remarks = clean_line(cells["remarks"], 500)
        return IncomingAppointment(cells.line, key, who, starts_at, minutes, service, status, reason, remarks)

    def _who(self, cells: Cells) -> Who:
        name, number = clean_line(name_of(cells, self._turn)), cells["number"][:80]
        if not any(letter.isalnum() for letter in name):
            raise _Skipped("The row does not say for whom it is.")
        return Who(name, number, clean_line(cells["phone"], 60), clean_line(cells["email"], 120))

    def _zone_of(self, name: str) -> ZoneInfo:
        if not name:
            return self._zone
        if name not in self._zones:
            self._zones[name] = zone_of(name)
        zone = self._zones[name]
        if zone is None:
            raise _Skipped(f"The time zone “{clean(name, 40)}” is not known here.")
        return zone

    def _start(self, cells: Cells) -> datetime:
        text = cells["start"] or f"{cells['date']} {cells['time']}"
        moment = read_moment(text, self._day_first) if cells["start"] else self._joined(cells)
        if moment is None:
            raise _Skipped(f"“{clean_line(text, 40)}” is no day and time.")
        if not EARLIEST <= moment.date() <= LATEST:
            raise _Skipped(f"The year {moment.year} cannot be right.")
        if moment.tzinfo:
            return moment.astimezone(UTC)
        zone = self._zone_of(cells["zone"])
        self._moved += skipped(moment.date(), moment.time(), zone)
        return at(moment.date(), moment.time(), zone)

    def _joined(self, cells: Cells) -> datetime | None:
        day, clock = read_day(cells["date"], self._day_first), read_clock(cells["time"])
        return datetime.combine(day, clock) if day and clock else None

    def _length(self, cells: Cells, starts_at: datetime) -> int:
        minutes = read_minutes(cells["minutes"]) if cells["minutes"] else None
        if minutes is None and cells["end"]:
            minutes = self._until(cells, starts_at)
        if not minutes:
            self.without_end += 1
            minutes = self.minutes or SHORTEST
        if not SHORTEST <= minutes <= LONGEST:
            raise _Skipped(f"It would last {minutes} minutes; a session lasts {SHORTEST} to {LONGEST}.")
        return minutes

    def _until(self, cells: Cells, starts_at: datetime) -> int | None:
        zone = self._zone_of(cells["zone"])
        clock = read_clock(cells["end"])
        if clock:
            ends_at = at(starts_at.astimezone(zone).date(), clock, zone)
        else:
            moment = read_moment(cells["end"], self._day_first)
            if moment is None:
                raise _Skipped(f"“{clean_line(cells['end'], 40)}” is no day and time to end at.")
            ends_at = moment if moment.tzinfo else at(moment.date(), moment.time(), zone)
        return (ends_at - starts_at) // timedelta(minutes=1)

    def told(self) -> list[str]:
        """What was done on the way, in sentences."""
        if not self._moved:
            return []
        return [f"{self._moved} begin in an hour that the clocks skip in spring: they were taken an hour later."]


def settled(status: Status, day: date, today: date) -> Status:
    """The status as it is kept: what was booked for a day gone by took place, and what lies ahead is only booked."""
    if status is Status.BOOKED and day < today:
        return Status.DONE
    return Status.BOOKED if status is Status.DONE and day > today else status
