"""Free time lies within the working hours, keeps the buffer, and overlaps nothing, daylight saving or not."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.client import Client
from therapist_tui.domain.free import Gap, free, next_free, openings, taken_by
from therapist_tui.domain.hours import SLOTS, Hours, Span
from therapist_tui.domain.week import Booking, Week, loads, month_days
from therapist_tui.domain.when import at

TORONTO = ZoneInfo("America/Toronto")
ZONES = st.sampled_from([TORONTO, ZoneInfo("Europe/Paris"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")])
MONDAY = date(2026, 11, 23)
BREAK = Hours(((Span(time(9), time(12)), Span(time(13), time(18))),) * 7, 10, 15)
CLIENT = Client(uuid4(), "Amara Okafor")


def booked(start: datetime, minutes: int = 60, status: Status = Status.BOOKED) -> Appointment:
    return Appointment(uuid4(), CLIENT.id, start, minutes, "Massage", status)


def wall(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    return at(day, time(hour, minute), TORONTO)


clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0, fold=0))
hours = st.builds(
    lambda marks, buffer, slot: Hours(
        (tuple(Span(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False)),) * 7, buffer, slot
    ),
    st.lists(clocks, max_size=6, unique=True).map(sorted),
    st.integers(0, 60),
    st.sampled_from(SLOTS),
)
# The days around both changes of the clocks, and ordinary ones.
days = st.dates(date(2026, 10, 24), date(2026, 11, 3)) | st.dates(date(2027, 3, 12), date(2027, 4, 5))
offsets = st.lists(st.tuples(st.integers(-200, 1600), st.integers(5, 480)), max_size=8)


@given(days, hours, offsets, ZONES)
def test_free_time_is_open_keeps_the_buffer_and_overlaps_nothing(
    day: date, hours: Hours, taken: list[tuple[int, int]], zone: ZoneInfo
):
    midnight, buffer = at(day, time(), zone), timedelta(minutes=hours.buffer)
    kept = [booked(midnight + timedelta(minutes=start), length) for start, length in taken]
    gaps = free(day, taken_by([*kept, booked(midnight, 480, Status.CANCELLED)]), hours, zone)
    spans = [(at(day, span.opens, zone), at(day, span.closes, zone)) for span in hours.on(day)]
    for gap in gaps:
        end = gap.starts_at + timedelta(minutes=gap.minutes)
        assert gap.minutes > 0
        assert any(opens <= gap.starts_at and end <= closes for opens, closes in spans)
        assert all(end + buffer <= one.starts_at or one.ends_at + buffer <= gap.starts_at for one in kept)
    assert all(one.starts_at + timedelta(minutes=one.minutes) <= other.starts_at for one, other in pairwise(gaps))


@given(days, hours, offsets, st.integers(5, 180), ZONES)
def test_the_next_free_time_is_the_first_step_of_the_book_that_has_room(
    day: date, hours: Hours, taken: list[tuple[int, int]], minutes: int, zone: ZoneInfo
):
    midnight = at(day, time(), zone)
    kept = [booked(midnight + timedelta(minutes=start), length) for start, length in taken]
    found = next_free(midnight, minutes, taken_by(kept), hours, zone)
    first_day = [
        start for gap in free(day, taken_by(kept), hours, zone) for start in openings(gap, minutes, hours, zone)
    ]
    if first_day:
        assert found == first_day[0]
    if found:
        local = found.astimezone(zone)
        assert local.minute % hours.slot == 0
        assert found >= midnight
        assert not any(one.overlaps(booked(found, minutes)) for one in kept)


def test_breaks_and_the_buffer_are_kept_and_lost_appointments_are_not():
    day = taken_by([booked(wall(9)), booked(wall(11)), booked(wall(14), 60, Status.NO_SHOW)])
    assert free(MONDAY, day, BREAK, TORONTO) == (Gap(wall(10, 10), 40), Gap(wall(13), 300))
    assert next_free(wall(9), 30, day, BREAK, TORONTO) == wall(10, 15)
    assert next_free(wall(9), 45, day, BREAK, TORONTO) == wall(13)
    assert next_free(wall(15, 1), 45, day, BREAK, TORONTO) == wall(15, 15)


def test_the_next_free_time_may_lie_on_another_day_or_nowhere():
    hours = Hours()  # closed at the weekend
    friday = date(2026, 11, 27)
    full = taken_by([booked(wall(9, 0, friday), 480), booked(wall(17, 0, friday), 60)])
    assert next_free(wall(9, 0, friday), 60, full, hours, TORONTO) == wall(9, 0, date(2026, 11, 30))
    assert next_free(wall(9), 60, [], Hours(((),) * 7), TORONTO) is None
    assert next_free(wall(9), 480, [], BREAK, TORONTO) is None


def test_a_day_of_25_hours_keeps_its_wall_times():
    autumn = date(2026, 11, 1)
    night = Hours(((Span(time(0), time(4)),),) * 7, 0, 30)
    assert free(autumn, [], night, TORONTO) == (Gap(datetime(2026, 11, 1, 4, tzinfo=UTC), 300),)


def test_a_week_knows_its_days_its_free_time_and_what_clashes():
    one, other = Booking(booked(wall(9)), CLIENT), Booking(booked(wall(9, 30)), CLIENT)
    week = Week(MONDAY, TORONTO, BREAK, (one, other))
    assert week.on(MONDAY) == (one, other)
    assert week.on(week.days[1]) == ()
    assert week.clashes(one.appointment) == (other,)
    assert week.free_on(MONDAY)[0] == Gap(wall(10, 40), 80)
    there = Booking(replace(one.appointment, starts_at=wall(14, 0, week.days[2])), CLIENT)
    assert week.with_booking(
        Booking(replace(one.appointment, starts_at=wall(9, 0, date(2027, 1, 4))), CLIENT)
    ).bookings == (other,)
    moved = week.with_booking(there)
    assert [booking.id for booking in moved.on(week.days[2])] == [one.id]
    assert moved.clashes(other.appointment) == ()


@pytest.mark.parametrize(
    ("status", "signed", "mark"),
    [
        (Status.BOOKED, False, ""),
        (Status.ARRIVED, False, "○"),
        (Status.IN_SESSION, False, "◉"),
        (Status.DONE, False, "✎"),
        (Status.DONE, True, "✓"),
        (Status.CANCELLED, False, "✗"),
        (Status.NO_SHOW, True, "✗"),
    ],
)
def test_a_booking_shows_how_far_it_has_come(status: Status, signed: bool, mark: str):
    assert Booking(booked(wall(9), status=status), CLIENT, signed).mark == mark


def test_the_load_of_a_day_is_its_share_of_the_working_hours():
    day = taken_by([booked(wall(9)), booked(wall(14), 180), booked(wall(16), 60, Status.CANCELLED)])
    (load,) = loads([MONDAY], day, BREAK, TORONTO)
    assert (load.count, load.minutes, load.open_minutes, load.share) == (2, 240, 480, 0.5)
    closed = loads([MONDAY, MONDAY + timedelta(days=1)], day, Hours(((),) * 7), TORONTO)
    assert [one.share for one in closed] == [1.0, 0.0]


@given(st.dates(date(1900, 2, 1), date(2199, 11, 1)))
def test_a_month_stands_in_whole_weeks_from_monday(day: date):
    found = month_days(day)
    assert found[0].weekday() == 0
    assert len(found) in (28, 35, 42)
    assert {one for one in found if (one.year, one.month) == (day.year, day.month)} >= {day.replace(day=1), day}
    assert all((b - a).days == 1 for a, b in pairwise(found))
    assert found[6].month == day.month
    assert found[-7].month == day.month


def test_ids_of_bookings_are_those_of_their_appointments():
    one = Booking(booked(wall(9)), CLIENT)
    assert isinstance(one.id, UUID)
    assert Week(MONDAY, TORONTO, BREAK, (one,)).find(one.appointment.id) is one
    assert Week(MONDAY, TORONTO, BREAK).find(one.id) is None
