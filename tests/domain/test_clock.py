"""The clock of a session is quiet, and counts whole minutes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.clock import CELLS, SessionClock, clock_of, meter, since_end

BEGAN = datetime(2026, 11, 23, 15, 31, tzinfo=UTC)
RUNNING = Appointment(
    UUID(int=1), UUID(int=2), BEGAN - timedelta(minutes=1), 60, "Massage", Status.IN_SESSION, began_at=BEGAN
)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 min · 60 left"),
        (0.99, "0 min · 60 left"),
        (34, "34 min · 26 left"),
        (59.9, "59 min · 1 left"),
        (60, "60 min · time"),
        (63, "63 min · 3 over"),
        (-5, "0 min · 60 left"),  # a machine's clock set back
    ],
)
def test_a_running_session_says_what_has_run_and_what_is_left(minutes: float, words: str) -> None:
    clock = clock_of(RUNNING, BEGAN + timedelta(minutes=minutes))
    assert clock
    assert clock.words == words


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.IN_SESSION])
def test_only_a_session_under_way_has_a_clock(status: Status) -> None:
    assert clock_of(replace(RUNNING, status=status), BEGAN) is None


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.DONE])
def test_only_a_session_that_is_done_counts_since_its_end(status: Status) -> None:
    assert since_end(replace(RUNNING, status=status), BEGAN) is None


def test_minutes_since_the_end_count_from_the_stamp_or_the_booked_end_whichever_came_first() -> None:
    done = replace(RUNNING, status=Status.DONE, ended_at=BEGAN + timedelta(minutes=50))
    assert since_end(done, BEGAN + timedelta(minutes=58)) == 8
    pressed_late = replace(done, ended_at=BEGAN + timedelta(hours=5))
    assert since_end(pressed_late, BEGAN + timedelta(minutes=60)) == 1


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "▱▱▱▱▱▱ 0 min since the session"),
        (1, "▰▱▱▱▱▱ 1 min since the session"),
        (18, "▰▰▱▱▱▱ 18 min since the session"),
        (60, "▰▰▰▰▰▰ 1 h since the session"),
        (60 * 26, "▰▰▰▰▰▰ 26 h since the session"),
    ],
)
def test_the_meter_fills_within_an_hour(minutes: int, text: str) -> None:
    assert meter(minutes) == text


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_meter_never_falls_and_keeps_its_width(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert meter(low).count("▰") <= meter(high).count("▰")
    assert len(meter(low).split(" ")[0]) == CELLS


@given(st.integers(0, 600), st.integers(5, 480))
def test_run_and_left_make_up_the_booked_time(run: int, booked: int) -> None:
    assert SessionClock(run, booked).run + SessionClock(run, booked).left == booked
