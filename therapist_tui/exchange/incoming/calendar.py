"""A calendar (iCalendar) as appointments: every event that cannot be taken is named with its reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from therapist_tui.domain.appointment import LONGEST, SHORTEST, Status
from therapist_tui.domain.incoming.people import key_of
from therapist_tui.domain.incoming.values import (
    Facts,
    FileKind,
    IncomingAppointment,
    IncomingSeries,
    Reading,
    Reject,
    Who,
)
from therapist_tui.domain.text import clean_line
from therapist_tui.domain.when import EARLIEST, LATEST, show_day, skipped

from .bookings import LENGTHS, SERVICE, length_question, settled
from .decoding import decode, undecoded
from .errors import NothingToRead
from .lines import Block, Line, blocks, unfold
from .rules import RuleRefused, bounded
from .series import series_of, stands_for
from .zones import TIMES, LeftOut, Zones

WINDOW = timedelta(days=366)
"""How far before and after today events are taken; a rule without an end never ends."""
MOST_EVENTS = 20_000
MOST_DATES = 1_000
_WANTED = TIMES | {
    "UID", "SUMMARY", "DURATION", "RRULE", "EXRULE", "STATUS", "TRANSP", "SEQUENCE", "LAST-MODIFIED", "METHOD",
    "X-WR-TIMEZONE", "TZID", "FREQ",
}  # fmt: skip
"""Nothing else is looked at: an attachment or an address is never followed (reliability.md 4, line 56)."""


@dataclass(slots=True)
class _Read:
    """An event of the file, its times in known zones."""

    line: int
    uid: str
    event: Any  # icalendar's, which holds dates of many types
    rule: str
    zone: str
    cancelled: bool

    @property
    def starts_at(self) -> datetime:
        return self.event["DTSTART"].dt

    @property
    def summary(self) -> str:
        return clean_line(str(self.event.get("SUMMARY", "")))

    def version(self) -> tuple[int, str]:
        """By which of two events with one UID is the newer."""
        sequence = str(self.event.get("SEQUENCE", 0))
        changed = self.event.get("LAST-MODIFIED")
        return int(sequence) if sequence.isdigit() else 0, changed.to_ical().decode() if changed else ""


def read_calendar(content: bytes, answers: Mapping[str, str], facts: Facts, digest: str) -> Reading:
    """The appointments of a calendar, a year back and a year ahead; raises NothingToRead, NotText."""
    body, numbers = unfold(content)
    decoded = decode(body, answers)
    if decoded.question:
        return Reading(FileKind.CALENDAR, questions=(decoded.question,), digest=digest)
    found = [one for one in blocks(decoded.text, numbers, _WANTED, frozenset({"VTIMEZONE"})) if one.name == "VCALENDAR"]
    events = [(calendar, one) for calendar in found for one in calendar.inner if one.name == "VEVENT"]
    if not events:
        raise NothingToRead(why="That calendar holds no events.")
    if len(events) > MOST_EVENTS:
        raise NothingToRead(
            why=f"That calendar holds {len(events):,} events; at most {MOST_EVENTS:,} are read at once."
        )
    zones = Zones(answers, facts)
    reader = _Calendar(zones, answers, facts)
    zones.define(found)
    if questions := zones.questions(events):
        return Reading(FileKind.CALENDAR, preview=_preview(events), questions=tuple(questions), digest=digest)
    reader.read(events)
    if reader.without_end and not reader.minutes:
        questions = [length_question(reader.without_end)]
        return Reading(FileKind.CALENDAR, preview=_preview(events), questions=tuple(questions), digest=digest)
    appointments = sorted(reader.found, key=lambda one: (one.starts_at, one.line))
    return Reading(
        FileKind.CALENDAR,
        preview=_preview(events),
        appointments=tuple(appointments),
        rejects=tuple(sorted(reader.rejects, key=lambda one: one.line)),
        told=(*decoded.told, *reader.told()),
        digest=digest,
        series=tuple(reader.series),
    )


def _preview(events: list[tuple[Block, Block]]) -> tuple[tuple[str, ...], ...]:
    shown = ((_readable(one.value("DTSTART")), one.value("SUMMARY"), one.value("RRULE")) for _, one in events[:20])
    return tuple(tuple(clean_line(cell, 60) for cell in row) for row in shown)


def _skipped(moment: datetime) -> bool:
    """Whether the clocks of its zone never show that time."""
    zone = moment.tzinfo
    return isinstance(zone, ZoneInfo) and skipped(moment.date(), moment.time(), zone)


def _readable(moment: str) -> str:
    """20261123T140000 as people read it; anything else as it stands."""
    day, _, clock = moment.partition("T")
    if len(day) != 8 or not day.isdigit():
        return moment
    return f"{day[:4]}-{day[4:6]}-{day[6:]} {clock[:2]}:{clock[2:4]}" if clock else f"{day[:4]}-{day[4:6]}-{day[6:]}"


class _Calendar:
    def __init__(self, zones: Zones, answers: Mapping[str, str], facts: Facts) -> None:
        self._zones, self._facts = zones, facts
        self._practice_zone = ZoneInfo(facts.zone)
        self.minutes = int(answers.get("minutes", "0")) if answers.get("minutes") in LENGTHS else 0
        noon = datetime.combine(facts.today, time(12), UTC)
        self._begin, self._end = noon - WINDOW, noon + WINDOW
        self.found: list[IncomingAppointment] = []
        self.rejects: list[Reject] = []
        self.series: list[IncomingSeries] = []
        self.without_end = 0
        self._outside = self._moved = self._singly = 0

    def read(self, events: list[tuple[Block, Block]]) -> None:
        """Every event: taken, or left out by name."""
        groups: dict[str, list[_Read]] = {}
        for calendar, block in events:
            try:
                one = self._event(block, calendar)
            except LeftOut as left:
                self._reject(block.number, block.value("UID"), block.value("SUMMARY"), left.why)
            else:
                groups.setdefault(one.uid or f"\x1f{one.starts_at.isoformat()}\x1f{one.summary}", []).append(one)
        for group in groups.values():
            self._group(group)

    def _reject(self, line: int, uid: str, summary: str, why: str) -> None:
        what = clean_line(" · ".join(filter(None, (summary, uid))), 80).encode(errors="replace").decode()
        self.rejects.append(Reject(line, what, why))

    def _event(self, block: Block, calendar: Block) -> _Read:
        if not block.closed:
            raise LeftOut("The event is not closed.")
        start = block.first("DTSTART")
        if start is None:
            raise LeftOut("The event has no beginning (DTSTART).")
        if any(undecoded(line.value) for line in block.lines):
            raise LeftOut("The event holds bytes that are no letters.")
        if start.parameters.get("VALUE", "").upper() == "DATE" or "T" not in start.value.upper():
            if not (start.value.isdigit() and len(start.value) == 8):
                raise LeftOut(f"Its beginning “{clean_line(start.value, 20)}” is no date and time.")
            raise LeftOut("It lasts all day: no session.")
        if block.value("TRANSP").upper() == "TRANSPARENT":
            raise LeftOut("It is marked as free time: no session.")
        self._check_lists(block)
        lines = [self._zones.applied(line, calendar) for line in block.lines]
        if block.first("DTEND"):
            lines = [line for line in lines if line.name != "DURATION"]  # both at once: the end is what was seen
        event = _parsed(lines)
        cancelled = calendar.value("METHOD").upper() == "CANCEL" or block.value("STATUS").upper() == "CANCELLED"
        uid = block.value("UID").strip()
        zone = start.parameters.get("TZID", calendar.value("X-WR-TIMEZONE"))
        return _Read(block.number, uid, event, block.value("RRULE"), clean_line(zone, 80), cancelled)

    @staticmethod
    def _check_lists(block: Block) -> None:
        if block.first("EXRULE"):
            raise LeftOut("It has exceptions by a rule (EXRULE), which are not read.")
        if sum(line.name == "RRULE" for line in block.lines) > 1:
            raise LeftOut("It has several rules; only one is read.")
        for name in ("RDATE", "EXDATE"):
            if sum(line.value.count(",") + 1 for line in block.lines if line.name == name) > MOST_DATES:
                raise LeftOut(f"It lists more than {MOST_DATES:,} dates ({name}).")

    def _group(self, group: list[_Read]) -> None:
        """The events of one UID: a series with its exceptions, or a single one."""
        masters = [one for one in group if "RECURRENCE-ID" not in one.event]
        series = self._newest(masters)
        recurs = series is not None and ("RRULE" in series.event or "RDATE" in series.event)
        if series is not None and not recurs:
            self._take(series, series.event, "")
        if series is not None and recurs:
            self._take_series(series, [one for one in group if one not in masters])
            return
        for one in group:
            if one not in masters:
                self._take(one, one.event, _utc(one.event["RECURRENCE-ID"].dt))

    def _newest(self, masters: list[_Read]) -> _Read | None:
        if len(masters) < 2:
            return masters[0] if masters else None
        newest = max(masters, key=_Read.version)
        for one in masters:
            if one is not newest and one.version() == newest.version():
                why = f"It has the same UID as the event of line {newest.line}, which was taken."
                self._reject(one.line, one.uid, one.summary, why)
        return newest

    def _take_series(self, series: _Read, exceptions: list[_Read]) -> None:
        try:
            instances = list(self._instances(series, exceptions))
        except RuleRefused as refused:
            self._reject(series.line, series.uid, series.summary, refused.why)
            return
        before = len(self.found)
        for event in instances:
            moment = event.get("RECURRENCE-ID", event["DTSTART"]).dt
            self._take(series, event, _utc(moment), stands_for(event, series.starts_at))
        self._outside += sum(self._moved_away(one.event) for one in exceptions)
        if len(self.found) > before:
            self._go_on(series, exceptions, before)

    def _moved_away(self, event: Any) -> bool:
        """Whether a date of a series was moved to where nothing is taken: it is told, for it is missing here."""
        planned = event["RECURRENCE-ID"].dt
        if not isinstance(planned, datetime):
            planned = datetime.combine(planned, time(12))
        begins = event["DTSTART"].dt
        near = self._begin <= planned.replace(tzinfo=planned.tzinfo or UTC) <= self._end
        return near and not self._begin <= begins <= self._end

    def _go_on(self, series: _Read, exceptions: list[_Read], begin: int) -> None:
        """Keep the series itself, where the book can say it; else the appointments from `begin` on stand singly."""
        others = [one.event for one in exceptions]
        window = (self._begin, self._end)
        found = series_of(series.line, series.uid, series.rule, series.event, others, window)
        dates = {one.series_on for one in self.found[begin:]}
        if found and dates <= {*found.rule.dates(found.begins_on, found.until)}:
            self.series.append(found)
            return
        self._singly += 1
        self.found[begin:] = [replace(one, series_on=None) for one in self.found[begin:]]

    def _instances(self, series: _Read, exceptions: list[_Read]) -> Iterator[Any]:
        from recurring_ical_events import of  # pyright: ignore[reportMissingTypeStubs] - it ships none

        if "RRULE" in series.event:
            rule = bounded(series.rule, series.starts_at, self._end)
            del series.event["RRULE"]
            if rule:
                series.event.add("RRULE", _rule(rule))
        calendar = Calendar()
        for one in (series, *exceptions):
            calendar.add_component(one.event)
        try:
            yield from of(calendar).between(self._begin, self._end)
        except Exception:  # noqa: BLE001 - a library's trouble with one series must not cost the others
            raise RuleRefused("Its dates cannot be worked out.") from None

    def _take(self, one: _Read, event: Any, recurrence: str, series_on: date | None = None) -> None:
        starts_at: datetime = event["DTSTART"].dt
        try:
            minutes = self._length(event, starts_at)
        except LeftOut as left:
            self._reject(one.line, one.uid, one.summary, left.why)
            return
        begins = starts_at.astimezone(UTC)
        if not self._begin <= begins <= self._end:
            self._outside += 1
            return
        self._moved += _skipped(starts_at)
        summary = clean_line(str(event.get("SUMMARY", "")))
        cancelled = one.cancelled or str(event.get("STATUS", "")).upper() == "CANCELLED"
        status = settled(Status.BOOKED, begins.astimezone(self._practice_zone).date(), self._facts.today)
        key = key_of(one.uid, recurrence) if one.uid else key_of("", begins.isoformat(), summary)
        self.found.append(
            IncomingAppointment(
                one.line,
                key,
                Who(summary=summary),
                begins,
                minutes,
                SERVICE,
                Status.CANCELLED if cancelled else status,
                "cancelled in the calendar" if cancelled else "",
                uid=one.uid[:200],
                rule=one.rule[:500],
                zone=one.zone,
                series_on=series_on,
            )
        )

    def _length(self, event: Any, starts_at: datetime) -> int:
        try:
            # In UTC: on the wall clock of one zone a difference would not see the clocks change.
            begins = starts_at.astimezone(UTC)
            if "DTEND" not in event:
                minutes = round(event["DURATION"].dt / timedelta(minutes=1))
            elif _skipped(starts_at):  # the length is that which stands on the wall
                minutes = round((event["DTEND"].dt - starts_at) / timedelta(minutes=1))
            else:
                minutes = round((event["DTEND"].dt.astimezone(UTC) - begins) / timedelta(minutes=1))
        except KeyError:
            minutes = 0
        except (AttributeError, TypeError, ValueError, OverflowError):
            raise LeftOut("Its end is no date and time.") from None
        if minutes == 0:
            self.without_end += 1
            minutes = self.minutes or SHORTEST
        if not SHORTEST <= minutes <= LONGEST:
            raise LeftOut(f"It lasts {minutes:,} minutes; a session lasts {SHORTEST} to {LONGEST}.")
        return minutes

    def told(self) -> list[str]:
        """What was done on the way, in sentences."""
        told: list[str] = []
        if self._outside:
            here = self._practice_zone
            begin, end = (show_day(one.astimezone(here).date()) for one in (self._begin, self._end))
            told.append(f"{self._outside} lie outside {begin} to {end} and were left out.")
        if self._moved:
            told.append(
                f"{self._moved} begin in an hour that the clocks skip in spring: they were taken an hour later."
            )
        if self._singly:
            many = self._singly > 1
            what = f"{self._singly} series repeat" if many else "1 series repeats"
            told.append(f"{what} as no series here can: {'their' if many else 'its'} dates are taken one by one.")
        return told


def _parsed(lines: list[Line]) -> Any:
    """The event by icalendar's own reader; raises LeftOut when a date in it is broken."""
    text = "\r\n".join(["BEGIN:VEVENT", *(line.text() for line in lines), "END:VEVENT"])
    try:
        event: Any = Event.from_ical(text)
        starts_at = event["DTSTART"].dt
        for name in ("DTEND", "DURATION", "RECURRENCE-ID", "RRULE"):
            if name in event and name != "RRULE":
                _ = event[name].dt
        if not isinstance(starts_at, datetime) or starts_at.tzinfo is None:
            raise LeftOut("Its beginning is no date and time.")
        if not EARLIEST <= starts_at.date() <= LATEST:
            raise LeftOut(f"It begins in the year {starts_at.year}, which cannot be right.")
        starts_at.astimezone(UTC)
    except LeftOut:
        raise
    except Exception:  # noqa: BLE001 - the reader fails in many ways on broken dates; each is this event's alone
        raise LeftOut("The event is broken: a date, a length or a rule in it cannot be read.") from None
    if getattr(event, "errors", None):
        raise LeftOut(f"The event is broken: its {event.errors[0][0]} cannot be read.")
    return event


def _rule(text: str) -> Any:
    from icalendar import vRecur

    try:
        return vRecur.from_ical(text)
    except ValueError:
        raise RuleRefused("Its rule cannot be read.") from None


def _utc(moment: date | datetime) -> str:
    """A recurrence id as part of a key: in UTC, or as the date that it is."""
    if isinstance(moment, datetime):
        return (moment if moment.tzinfo is None else moment.astimezone(UTC)).strftime("%Y%m%dT%H%M%S")
    return moment.strftime("%Y%m%d")
