"""A calendar that came in goes out again with the same instances, and a second library reads them over two years."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from itertools import count
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule, tz
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from recurring_ical_events import of as instances_of

from tests.exchange.files_of import a_file
from tests.exchange.incoming import FACTS, calendar, event, of
from therapist_tui.domain.incoming.plan import NEW, Choices, Known, Planner, appointment_from, client_from
from therapist_tui.domain.recurrence import WEEKDAYS
from therapist_tui.domain.whole import WholePractice
from therapist_tui.exchange.calendar import calendar_of
from therapist_tui.exchange.calendar_zone import definition

WRITTEN_AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
TWO_YEARS = (WRITTEN_AT, WRITTEN_AT + timedelta(days=730))
ZONES = ("America/Toronto", "Europe/Paris", "Australia/Sydney", "Asia/Kolkata", "Asia/Jerusalem", "UTC")
"""Both halves of the world, none that changes, one whose changes no two rules can say, and one without a zone."""


@dataclass(frozen=True)
class Wanted:
    """A weekly series as another program has it; `left` and `moved` number its dates."""

    zone: str
    begins: datetime
    weekdays: tuple[str, ...]
    weeks: int
    times: int | None
    left: frozenset[int]
    moved: frozenset[int]

    def walls(self) -> list[datetime]:
        """Its times on the wall, by dateutil alone."""
        rule = rrule.rrule(
            rrule.WEEKLY,
            self.begins,
            self.weeks,
            count=self.times or 420,
            byweekday=[WEEKDAYS.index(one) for one in self.weekdays],
        )
        return list(rule)

    def instances(self) -> set[datetime]:
        """When it takes place in the two years, in UTC."""
        by = {at: timedelta(hours=3) for at in self.moved}
        kept = (wall + by.get(at, timedelta(0)) for at, wall in enumerate(self.walls()) if at not in self.left)
        moments = (wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC) for wall in kept)
        return {moment for moment in moments if TWO_YEARS[0] <= moment < TWO_YEARS[1]}

    def text(self) -> str:
        """The calendar."""
        walls = self.walls()
        lines = [f"RRULE:FREQ=WEEKLY;INTERVAL={self.weeks};BYDAY={','.join(self.weekdays)}"]
        lines[0] += f";COUNT={self.times}" if self.times else ""
        lines += [self._at("EXDATE", walls[at]) for at in sorted(self.left) if at < len(walls)]
        moved = [
            event(self._at("DTSTART", walls[at] + timedelta(hours=3)), self._at("RECURRENCE-ID", walls[at]), "SUMMARY:Ana Ruiz")
            for at in sorted(self.moved - self.left)
            if at < len(walls)
        ]  # fmt: skip
        return calendar(event(self._at("DTSTART", self.begins), *lines, "SUMMARY:Ana Ruiz"), *moved)

    def _at(self, name: str, wall: datetime) -> str:
        said = f"{wall:%Y%m%dT%H%M%S}"
        return f"{name}:{said}Z" if self.zone == "UTC" else f"{name};TZID={self.zone}:{said}"


@st.composite
def wanted(draw: st.DrawFn) -> Wanted:
    """Dates are moved within a year: further ahead than that none is taken."""
    day = date(2026, 6, 1) + timedelta(days=draw(st.integers(0, 300)))
    clock = time(draw(st.integers(0, 20)), draw(st.sampled_from([0, 15, 30])))
    more = draw(st.sets(st.sampled_from(WEEKDAYS), max_size=2))
    return Wanted(
        draw(st.sampled_from(ZONES)),
        datetime.combine(day, clock),
        tuple(sorted({WEEKDAYS[day.weekday()], *more}, key=WEEKDAYS.index)),
        draw(st.integers(1, 3)),
        draw(st.none() | st.integers(1, 60)),
        draw(st.frozensets(st.integers(1, 90), max_size=4)),
        draw(st.frozensets(st.integers(1, 10), max_size=2)),
    )


def imported(text: str) -> WholePractice:
    """The practice that the calendar makes of an empty one."""
    reading, numbers = of(text), count(1)
    assert (reading.rejects, reading.questions) == ((), ())
    planner = Planner(Known(0), Choices(titles={"Ana Ruiz": NEW}), lambda: UUID(int=next(numbers)))
    planner.take_series(reading.series)
    planner.take_appointments(reading.appointments)
    plan = planner.done()
    whose = {made: one.series.id for one in plan.series for made in one.appointments}
    appointments = [
        (appointment_from(made, client_id, row), whose.get(made), row.series_on)
        for made, client_id, row in plan.appointments
    ]
    return WholePractice(
        a_file().therapist,
        tuple(client_from(made, row) for made, row in plan.clients),
        appointments=tuple(
            replace(one, series_id=series_id, series_on=on if series_id else None)
            for one, series_id, on in appointments
        ),
        series=tuple(one.series for one in plan.series),
    )


def read_back(written: bytes) -> list[datetime]:
    """When the second library says that something takes place in the two years."""
    found = instances_of(Calendar.from_ical(written)).between(*TWO_YEARS)
    begins = [one.decoded("DTSTART").astimezone(UTC) for one in found]
    return [one for one in begins if TWO_YEARS[0] <= one < TWO_YEARS[1]]


@settings(max_examples=60, deadline=None)
@given(wanted())
def test_a_series_that_came_in_goes_out_with_the_same_instances_over_two_years(series: Wanted) -> None:
    whole = imported(series.text())
    read = read_back(calendar_of(whole, WRITTEN_AT))
    assert len(read) == len({*read})
    expected = series.instances()
    if series.zone == "Asia/Jerusalem":  # single dates: what is in the book, a year ahead
        expected = {one for one in expected if one <= WRITTEN_AT + timedelta(days=365)}
        read = [one for one in read if one <= WRITTEN_AT + timedelta(days=365)]
    assert {*read} == expected


def test_the_summers_of_two_years_keep_the_time_on_the_wall() -> None:
    series = Wanted("America/Toronto", datetime(2026, 11, 24, 9), ("TU",), 1, None, frozenset({1}), frozenset({2}))  # noqa: DTZ001
    read = read_back(calendar_of(imported(series.text()), WRITTEN_AT))
    walls = {one.astimezone(ZoneInfo("America/Toronto")).time() for one in read}
    assert (walls, {one.hour for one in read}) == ({time(9), time(12)}, {13, 14, 17})
    assert len(read) == 104


def test_a_series_is_one_event_without_a_word_on_health() -> None:
    series = Wanted("Europe/Paris", datetime(2026, 11, 24, 9), ("TU",), 1, 10, frozenset({1}), frozenset({2}))  # noqa: DTZ001
    said = calendar_of(imported(series.text()), WRITTEN_AT).decode()
    assert said.count("BEGIN:VEVENT") == 2
    assert said.count("SUMMARY:A. R.") == 2
    assert "COUNT=10" in said
    assert FACTS.zone not in said


def test_a_series_of_a_client_who_was_set_aside_ends_in_the_file() -> None:
    series = Wanted("Europe/Paris", datetime(2026, 11, 24, 9), ("TU",), 1, None, frozenset(), frozenset())  # noqa: DTZ001
    whole = imported(series.text())
    gone = replace(whole, clients=(replace(whole.clients[0], archived_at=WRITTEN_AT),))
    assert max(read_back(calendar_of(whole, WRITTEN_AT))).year == 2028
    assert max(read_back(calendar_of(gone, WRITTEN_AT))).year == 2027


@pytest.mark.parametrize(
    "name", ["America/Toronto", "Europe/Paris", "Australia/Sydney", "Asia/Kolkata", "Europe/Dublin"]
)
def test_the_file_says_what_a_zone_does_for_ten_years(name: str) -> None:
    zone = ZoneInfo(name)
    text = definition(zone, 2026).to_ical().decode()
    assert "RDATE" not in text
    calendar_text = f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n"
    said = tz.tzical(StringIO(calendar_text)).get(name)
    for hours in range(0, 10 * 365 * 24, 5):
        wall = datetime(2026, 1, 1) + timedelta(hours=hours)  # noqa: DTZ001 - the wall's
        if tz.datetime_ambiguous(wall, zone) or not tz.datetime_exists(wall, zone):
            continue
        assert wall.replace(tzinfo=said).utcoffset() == wall.replace(tzinfo=zone).utcoffset(), wall


def test_a_zone_whose_changes_no_rule_can_say_is_not_defined() -> None:
    assert definition(ZoneInfo("Asia/Jerusalem"), 2026) is None
