"""The week's grid hides nobody: every appointment has cells of its own, and every time can be pointed at."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.client import Client
from therapist_tui.domain.hours import Hours, Span
from therapist_tui.domain.week import Booking, Week
from therapist_tui.domain.when import at
from therapist_tui.ui.widgets.week_layout import Layout, laid_out, moment_of
from therapist_tui.ui.widgets.week_paint import Look, cell

TORONTO = ZoneInfo("America/Toronto")
MONDAY = date(2026, 11, 23)
CLIENT = Client(uuid4(), "Amara Okafor")
NOW = at(MONDAY, time(10, 24), TORONTO)
statuses = st.sampled_from([Status.BOOKED, Status.DONE, Status.CANCELLED])
bookings = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 95), st.integers(1, 32), statuses), max_size=25)


def a_week(given_ones: list[tuple[int, int, int, Status]], hours: Hours | None = None) -> Week:
    made = [
        Booking(
            Appointment(
                uuid4(),
                CLIENT.id,
                at(MONDAY + timedelta(days=day), time(*divmod(quarter * 15, 60)), TORONTO),
                fives * 15,
                "Massage",
                status,
            ),
            CLIENT,
        )
        for day, quarter, fives, status in given_ones
    ]
    made.sort(key=lambda one: (one.appointment.starts_at, one.id))
    return Week(MONDAY, TORONTO, hours or Hours(), tuple(made))


@given(bookings, st.integers(5, 60))
def test_no_two_appointments_have_the_same_cell_and_all_that_take_time_have_some(ones, room: int):
    layout = laid_out(a_week(ones), room)
    for day in layout.week.days:
        blocks = layout.blocks[day]
        taken = [(row, block.lane) for block in blocks for row in range(block.row, block.row + block.rows)]
        assert len(taken) == len(set(taken))
        assert all(
            block.row >= 0 and block.row + block.rows <= layout.rows and block.lane < block.lanes for block in blocks
        )
        shown = {block.booking.id for block in blocks}
        assert shown >= {one.id for one in layout.week.on(day) if not one.appointment.status.lost}


@given(bookings, st.integers(5, 60))
def test_lanes_that_meet_in_a_row_part_the_cell_alike(ones, room: int):
    layout = laid_out(a_week(ones), room)
    for blocks in layout.blocks.values():
        for row in range(layout.rows):
            assert len({block.lanes for block in blocks if block.covers(row)}) <= 1


@given(bookings, st.integers(5, 60), st.integers(1, 24))
def test_every_cell_is_as_wide_as_its_column(ones, room: int, width: int):
    layout = laid_out(a_week(ones), room)
    look = Look(layout, False, True, layout.stops[MONDAY][0], 60, False, NOW)
    for day in layout.week.days:
        for row in range(layout.rows):
            assert cell(look, day, row, width).cell_length <= width


@given(bookings, st.integers(5, 60))
def test_the_cursor_reaches_every_appointment_that_is_shown_in_order(ones, room: int):
    layout = laid_out(a_week(ones), room)
    for day in layout.week.days:
        stops = layout.stops[day]
        assert [stop.minute for stop in stops] == sorted(stop.minute for stop in stops)
        assert {stop.booking.id for stop in stops if stop.booking} == {one.booking.id for one in layout.blocks[day]}
        for stop in stops:
            if stop.booking is None:
                there = Appointment(uuid4(), CLIENT.id, layout.moment(stop), 1, "x")
                assert not layout.week.clashes(there)


def shown(layout: Layout, width: int = 20, now: datetime = NOW) -> list[str]:
    look = Look(layout, False, True, None, 60, False, now)
    return [cell(look, MONDAY, row, width).plain.rstrip() for row in range(layout.rows)]


def test_a_day_reads_from_top_to_bottom_with_its_free_time():
    hours = Hours(((Span(time(9), time(12)),),) * 7, 10, 15)
    layout = laid_out(a_week([(0, 36, 4, Status.BOOKED)], hours), 6)
    assert layout.step == 30
    assert shown(layout)[2] == "─" * 20  # the line of now
    later = shown(layout, now=NOW + timedelta(days=7))
    assert later == ["▎Amara Okafor", "▎09:00 60 min", " 1 h 50 free", "", "", ""]


def test_clients_that_follow_on_within_a_row_stand_one_below_the_other():
    layout = laid_out(a_week([(0, 36, 3, Status.BOOKED), (0, 39, 4, Status.BOOKED)]), 18)
    first, second = layout.blocks[MONDAY]
    assert (first.lanes, second.lanes) == (1, 1)
    assert first.row + first.rows <= second.row


def test_one_that_was_called_off_gives_way_to_who_has_its_time_now():
    week = a_week([(0, 36, 4, Status.CANCELLED), (0, 36, 4, Status.BOOKED), (0, 44, 4, Status.CANCELLED)])
    kept = [block.booking.appointment.status for block in laid_out(week, 18).blocks[MONDAY]]
    assert kept == [Status.BOOKED, Status.CANCELLED]


@pytest.mark.parametrize(("room", "step"), [(50, 15), (36, 15), (30, 20), (20, 30), (5, 30)])
def test_rows_are_as_fine_as_there_is_room(room: int, step: int):
    assert laid_out(a_week([]), room).step == step


def test_hours_that_nobody_works_are_shown_where_there_is_room():
    assert (laid_out(a_week([]), 18).begin, laid_out(a_week([]), 18).end) == (9 * 60, 18 * 60)
    wide = laid_out(a_week([]), 100)
    assert (wide.begin, wide.end) == (7 * 60, 21 * 60)
    assert moment_of(wide.week, MONDAY, wide.begin) == at(MONDAY, time(7), TORONTO)
