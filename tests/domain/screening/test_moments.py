"""Points in time as they are written, each on the day it means for an appointment on Monday, 23 November 2026."""

from datetime import date

import pytest

from therapist_tui.domain.screening.when import gestation_weeks, moments

TODAY = date(2026, 11, 23)


def day(text: str, age: int | None = None) -> str | None:
    found = moments(text, TODAY, age)
    return found[0].day.isoformat() if found else None


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("3 days ago", "2026-11-20"),
        ("a day ago", "2026-11-22"),
        ("two nights ago", "2026-11-21"),
        ("6 wks ago", "2026-10-12"),
        ("a couple of weeks ago", "2026-11-09"),
        ("a few weeks ago", "2026-11-02"),
        ("several weeks ago", "2026-10-26"),
        ("10 years ago", "2016-11-23"),
        ("half a year ago", "2026-05-25"),
        ("2 months ago", "2026-09-24"),
        ("5 hours ago", "2026-11-23"),
        ("for 2 weeks", "2026-11-09"),
        ("March 14, 2024", "2024-03-14"),
        ("March 14", "2026-03-14"),
        ("Nov 23", "2026-11-23"),
        ("Nov 24", "2025-11-24"),  # not yet this year
        ("December 24", "2025-12-24"),
        ("June 2019", "2019-06-01"),
        ("2024-03-14", "2024-03-14"),
        ("3/14/2024", "2024-03-14"),
        ("3/14/24", "2024-03-14"),
        ("14/3/2024", "2024-03-14"),  # no 14th month
        ("12/3/2024", "2024-12-03"),
        ("13/3/2024", "2024-03-13"),
        ("03/2024", "2024-03-01"),
        ("since 3/14", "2026-03-14"),
        ("in 2015", "2015-07-01"),
        ("in 2026", "2026-07-01"),
        ("in 2027", None),  # nothing lies after the appointment
        ("since June", "2026-06-01"),
        ("in December", "2025-12-01"),
        ("since Friday", "2026-11-20"),
        ("on Sunday", "2026-11-22"),
        ("since Monday", "2026-11-16"),  # today has its own word
        ("yesterday", "2026-11-22"),
        ("day before yesterday", "2026-11-21"),
        ("this morning", "2026-11-23"),
        ("since '98", "1998-07-01"),
        ("in '26", "2026-07-01"),
        ("in '27", "1927-07-01"),
        ("in the late 1990s", "1995-07-01"),
        ("in the 90s", "1995-07-01"),
        ("in my 60s", None),  # an age, not a time
        ("back in the 70s", "1975-07-01"),
        ("POD 3", "2026-11-20"),
        ("as a kid", "2014-11-26"),
        ("years ago", "2023-11-24"),
        ("31/31/2020", "2020-07-01"),  # no such day, but a year
        ("February 30", None),
    ],
)
def test_a_time_as_written_means_its_day(text: str, on: str | None) -> None:
    assert day(text) == on


@pytest.mark.parametrize(
    ("age", "on"), [(40, "1998-11-23"), (13, "2025-11-23"), (12, None), (11, None), (None, "2014-11-26")]
)
def test_an_age_told_is_counted_back_from_the_clients_own(age: int | None, on: str | None) -> None:
    assert day("when I was 12", age) == on


def test_times_come_in_the_order_of_the_text_each_where_it_stands() -> None:
    text = "hip 2015, knee yesterday"
    assert [(text[one.start : one.end], one.day.year) for one in moments(text, TODAY)] == [
        ("2015", 2015),
        ("yesterday", 2026),
    ]


@pytest.mark.parametrize(
    ("text", "lasting"),
    [("for 2 weeks", True), ("since Friday", True), ("2 weeks ago", False), ("last Friday", False), ("2015", False)],
)
def test_what_goes_on_since_then_is_told_from_what_was_then(text: str, lasting: bool) -> None:
    assert [one.lasting for one in moments(text, TODAY)] == [lasting]


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("22 weeks pregnant", [22]),
        ("pregnant, 9 wks", [9]),
        ("pregnant at 31 weeks", [31]),
        ("4 months pregnant", [17]),
        ("4.5 months pregnant", [19]),
        ("G2P1 30w", [30]),
        ("pain for 22 weeks", []),
    ],
)
def test_weeks_of_pregnancy_are_read_in_weeks_or_months(text: str, weeks: list[int]) -> None:
    assert [count for count, _start, _end in gestation_weeks(text)] == weeks
