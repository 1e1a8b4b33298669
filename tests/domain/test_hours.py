"""Opening hours as they stand in the settings: read whole, or refused with a sentence for each entry."""

from datetime import date, time

import pytest

from therapist_tui.domain.consent import POINTS, NoSuchPoint, read_points
from therapist_tui.domain.hours import Hours, Span, hours_of

MONDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 28)


def test_days_that_are_not_named_keep_the_usual_hours() -> None:
    assert hours_of({}) == (Hours(), [])
    hours, problems = hours_of({"sat": "10-14"})
    assert hours.on(SATURDAY) == (Span(time(10), time(14)),)
    assert hours.on(MONDAY) == (Span(time(9), time(18)),)
    assert problems == []


def test_a_day_may_have_a_break_or_be_closed() -> None:
    hours, problems = hours_of({"mon": "09:00-12:30, 13:30-18:00", "tue": "", "buffer": 0, "slot": 30})
    assert hours.on(MONDAY) == (Span(time(9), time(12, 30)), Span(time(13, 30), time(18)))
    assert hours.week[1] == ()
    assert (hours.buffer, hours.slot, problems) == (0, 30, [])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mon", "13-18, 9-12"), ("mon", "9-13, 12-18"), ("mon", "18-9"), ("mon", "9-25"), ("mon", "noon"), ("mon", 9),
        ("mon", "9-10," * 50), ("buffer", -1), ("buffer", True), ("buffer", "10"), ("buffer", 10_000),
        ("slot", 7), ("slot", "15"), ("noon", "12-13"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named_and_the_usual_stays(name: str, value: object) -> None:
    hours, problems = hours_of({name: value})
    assert hours == Hours()
    assert [key for key, _ in problems] == [name]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [("all", (1, 2, 3, 4, 5, 6)), (" All Six ", (1, 2, 3, 4, 5, 6)), ("1-3, 6", (1, 2, 3, 6)), ("2 2", (2,)), ("", ())],
)
def test_points_that_were_talked_about_are_read_by_their_numbers(words: str, numbers: tuple[int, ...]) -> None:
    assert read_points(words) == tuple(POINTS[one - 1] for one in numbers)


@pytest.mark.parametrize("words", ["7", "1-", "-2", "1-9", "some", "12"])
def test_points_that_are_none_are_refused(words: str) -> None:
    with pytest.raises(NoSuchPoint):
        read_points(words)
