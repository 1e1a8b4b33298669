"""Dates and times in words are read as the therapist means them, or refused with a sentence; never guessed."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from therapist_tui.domain.when import (
    EARLIEST,
    LATEST,
    NotADate,
    NotATime,
    OtherWeekday,
    at,
    read_date,
    read_past_date,
    read_time,
    show_day,
    show_short,
    show_span,
    skipped,
)

TODAY = date(2026, 12, 10)  # a Thursday
TORONTO = ZoneInfo("America/Toronto")
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
reading = st.sampled_from([read_date, read_past_date])
nearly_dates = st.lists(
    st.sampled_from(
        [
            "3",
            "31",
            "0",
            "29",
            "feb",
            "dec",
            "tue",
            "next",
            "last",
            "+",
            "-",
            "/",
            ".",
            ",",
            " ",
            "w",
            "2026",
            "99",
            "of",
            "st",
            "in",
            "ago",
            "²",
            "٣",
            "１",
            "am",
            ":",
            "T",
            "'",
            "utc",
            "9" * 30,
        ]
    ),
    max_size=7,
).map("".join)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("today", date(2026, 12, 10)),
        (" Tomorrow ", date(2026, 12, 11)),
        ("yesterday", date(2026, 12, 9)),
        ("+2w", date(2026, 12, 24)),
        ("+ 3 days", date(2026, 12, 13)),
        ("+2", date(2026, 12, 12)),
        ("-1", date(2026, 12, 9)),
        ("-1y", date(2025, 12, 10)),
        ("+1mo", date(2027, 1, 10)),
        ("in 3 weeks", date(2026, 12, 31)),
        ("2 months ago", date(2026, 10, 10)),
        ("2026-12-3", date(2026, 12, 3)),
        ("2026/12/03", date(2026, 12, 3)),
        ("20261203", date(2026, 12, 3)),
        ("3 dec", date(2027, 12, 3)),
        ("10 dec", date(2026, 12, 10)),
        ("dec 11", date(2026, 12, 11)),
        ("11dec", date(2026, 12, 11)),
        ("11th of december", date(2026, 12, 11)),
        ("Dec 3rd, 2027", date(2027, 12, 3)),
        ("3 sept.", date(2027, 9, 3)),
        ("3 dec '27", date(2027, 12, 3)),
        ("12/3/2027", date(2027, 12, 3)),
        ("3.12.2027", date(2027, 12, 3)),
        ("thu 10 dec", date(2026, 12, 10)),
        ("friday, 3 dec 2027", date(2027, 12, 3)),
        ("mon 14.12.", date(2026, 12, 14)),
    ],
)
def test_a_date_in_words_means_what_people_mean_by_it(words: str, expected: date):
    assert read_date(words, TODAY) == expected


@pytest.mark.parametrize(("words", "weekday"), [("tue", 1), ("thu", 3), ("Thursday", 3), ("next sa", 5), ("sun.", 6)])
@given(today=days)
def test_weekday_means_the_next_such_day_never_today(words: str, weekday: int, today: date):
    found = read_date(words, today)
    assert found.weekday() == weekday
    assert 1 <= (found - today).days <= 7


@given(today=days)
def test_last_weekday_means_the_one_before_never_today(today: date):
    for read in (read_date, read_past_date):
        found = read("last thu", today)
        assert found.weekday() == 3
        assert 1 <= (today - found).days <= 7


@given(today=days)
def test_weekday_in_the_past_means_the_latest_such_day_and_may_be_today(today: date):
    found = read_past_date("thu", today)
    assert found.weekday() == 3
    assert 0 <= (today - found).days <= 6


@given(day=days, today=days)
def test_day_without_a_year_keeps_its_day_and_is_the_nearest_one_ahead(day: date, today: date):
    found = read_date(f"{day.day} {day:%b}", today)
    assert (found.day, found.month) == (day.day, day.month)
    assert today <= found
    assert (found - today).days < 366 or (day.day, day.month) == (29, 2)


@given(day=days, today=days)
def test_day_without_a_year_in_the_past_is_the_latest_one_behind(day: date, today: date):
    found = read_past_date(f"{day.day} {day:%b}", today)
    assert (found.day, found.month) == (day.day, day.month)
    assert found <= today
    assert (today - found).days < 366 or (day.day, day.month) == (29, 2)


@pytest.mark.parametrize(
    ("today", "ahead", "behind"),
    [
        (date(2026, 12, 10), date(2028, 2, 29), date(2024, 2, 29)),
        (date(2028, 2, 1), date(2028, 2, 29), date(2024, 2, 29)),
        (date(2028, 2, 29), date(2028, 2, 29), date(2028, 2, 29)),
        (date(2097, 1, 1), date(2104, 2, 29), date(2096, 2, 29)),
    ],
)
def test_29_february_is_looked_for_in_leap_years_and_never_moved_to_march(today: date, ahead: date, behind: date):
    assert read_date("29 feb", today) == ahead
    assert read_past_date("29 feb", today) == behind


@pytest.mark.parametrize(
    ("words", "expected"),
    [("3/4", date(2027, 3, 4)), ("3.4", date(2027, 4, 3)), ("13/4", date(2027, 4, 13)), ("4/13", date(2027, 4, 13))],
)
def test_numbers_are_read_day_first_only_with_a_dot_or_when_nothing_else_is_possible(words: str, expected: date):
    assert read_date(words, TODAY) == expected


@pytest.mark.parametrize(
    ("words", "ahead", "behind"),
    [
        ("14 mar 52", date(2052, 3, 14), date(1952, 3, 14)),
        ("14/3/92", date(1992, 3, 14), date(1992, 3, 14)),
        ("31.12.26", date(2026, 12, 31), date(2026, 12, 31)),
        ("1 jan 76", date(1976, 1, 1), date(1976, 1, 1)),
    ],
)
def test_year_of_two_digits_is_near_or_for_the_past_has_been(words: str, ahead: date, behind: date):
    assert read_date(words, TODAY) == ahead
    assert read_past_date(words, TODAY) == behind


def test_two_digits_count_from_today_and_not_from_the_machines_clock():
    assert read_date("14 mar 10", date(2095, 6, 1)) == date(2110, 3, 14)
    assert read_date("14 mar 45", date(2095, 6, 1)) == date(2045, 3, 14)
    assert read_date("14 mar 44", date(2095, 6, 1)) == date(2144, 3, 14)
    assert read_date("14 mar 99", date(2026, 6, 1)) == date(1999, 3, 14)
    assert read_past_date("14 mar 10", date(2095, 6, 1)) == date(2010, 3, 14)


def test_weekday_that_does_not_fit_its_date_is_refused_with_the_right_one():
    with pytest.raises(OtherWeekday) as refused:
        read_date("wed 3 dec", TODAY)
    assert str(refused.value) == "3 Dec 2027 is a Friday. Leave the weekday out, or give the year."


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  ",
        "10",
        "45",
        "2026",
        "dec",
        "dec 2026",
        "31 feb",
        "2027-02-29",
        "30/30",
        "00/00/0000",
        "0",
        "1 2 3",
        "+1monkey",
        "+1 fortnight",
        "+5 min",
        "10:30",
        "10h",
        "3 dec 10pm",
        "3 dec 10:30",
        "3 dec utc",
        "-9999y",
        "+9999y",
        "3 dec 1899",
        "1 jan 2200",
        "9" * 400,
        "3,4",
        "4.13.",
        "next 3 dec",
        "tue wed",
        "2026-W50",
        "\x00",
        "²",
        "² dec",
    ],
)
def test_what_is_no_single_date_is_refused_not_guessed(words: str):
    with pytest.raises(NotADate) as refused:
        read_date(words, TODAY)
    assert str(refused.value) == 'That is no date I can read. Try "tue", "3 dec", "2026-12-03", "+2w" or "tomorrow".'


@given(words=st.text() | nearly_dates, today=days, read=reading)
@example(words="2026-2-3", today=TODAY, read=read_date)
def test_any_text_is_a_date_within_bounds_or_not_a_date(words: str, today: date, read: Callable[[str, date], date]):
    try:
        found = read(words, today)
    except NotADate:
        return
    assert EARLIEST <= found <= LATEST


@given(day=st.dates(EARLIEST, LATEST), today=days, read=reading)
def test_a_whole_date_is_read_back_from_every_way_it_is_written(
    day: date, today: date, read: Callable[[str, date], date]
):
    for shown in (
        day.isoformat(),
        show_day(day),
        f"{day:%d.%m.%Y}",
        f"{day:%m/%d/%Y}",
        f"{day:%B} {day.day}, {day.year}",
    ):
        assert read(shown, today) == day


@given(words=nearly_dates, today=days)
def test_a_weekday_or_a_day_without_a_year_in_the_past_never_lies_ahead(words: str, today: date):
    if any(sign in words for sign in ("+", "in", "next", "20", "99")):
        return
    try:
        found = read_past_date(words, today)
    except NotADate:
        return
    assert found <= today


def test_today_may_be_the_end_of_the_calendar_and_words_are_still_only_refused():
    for words in ("tomorrow", "tue", "3 dec", "+1d", "29 feb"):
        with pytest.raises(NotADate):
            read_date(words, date.max)
    for words in ("yesterday", "last tue", "-1d"):
        with pytest.raises(NotADate):
            read_date(words, date.min)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("9", time(9)),
        ("10:30", time(10, 30)),
        ("1430", time(14, 30)),
        ("930", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9h30", time(9, 30)),
        (" 9 : 30 ", time(9, 30)),
        ("2:15pm", time(14, 15)),
        ("2 PM", time(14)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("12:30a", time(0, 30)),
        ("0", time(0)),
        ("23:59", time(23, 59)),
        ("02:30", time(2, 30)),
    ],
)
def test_time_of_day_is_read_as_typed(words: str, expected: time):
    assert read_time(words) == expected


@pytest.mark.parametrize(("words", "hour"), [("1", 13), ("6", 18), ("7", 7), ("12", 12)])
def test_bare_hour_from_1_to_6_is_the_afternoon(words: str, hour: int):
    assert read_time(words) == time(hour)


@pytest.mark.parametrize(
    "words", ["", "24", "24:00", "9:60", "13pm", "0pm", "99", "9:3", "235959", "noon", "-1", "9am-10", "²"]
)
def test_what_is_no_time_of_day_is_refused_with_examples(words: str):
    with pytest.raises(NotATime) as refused:
        read_time(words)
    assert str(refused.value) == 'That is no time of day I can read. Try "9", "10:30", "1430" or "2:15pm".'


@given(words=st.text() | st.text(alphabet="0123456789:.hap m"))
def test_any_text_is_a_time_or_not_a_time(words: str):
    with suppress(NotATime):
        assert isinstance(read_time(words), time)


@given(clock=st.times().map(lambda one: one.replace(microsecond=0, second=0)))
def test_time_is_read_back_from_the_way_it_is_shown(clock: time):
    assert read_time(f"{clock:%H:%M}") == clock
    assert read_time(f"{clock:%I:%M%p}") == clock


def test_moment_is_kept_in_utc_and_shown_in_the_practices_zone():
    moment = at(date(2026, 7, 1), time(9, 30), TORONTO)
    assert moment == datetime(2026, 7, 1, 13, 30, tzinfo=UTC)
    assert moment.tzinfo is UTC


def test_time_that_the_clocks_skip_in_spring_is_told_and_read_as_after_the_gap():
    spring = date(2027, 3, 14)
    assert skipped(spring, time(2, 30), TORONTO)
    assert at(spring, time(2, 30), TORONTO).astimezone(TORONTO).time() == time(3, 30)
    assert not skipped(spring, time(1, 59), TORONTO)
    assert not skipped(spring, time(3), TORONTO)


def test_time_that_comes_twice_in_autumn_is_the_first():
    autumn = date(2026, 11, 1)
    assert not skipped(autumn, time(1, 30), TORONTO)
    assert at(autumn, time(1, 30), TORONTO) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_day_that_a_zone_left_out_whole_is_skipped_at_every_hour():
    assert skipped(date(2011, 12, 30), time(10), ZoneInfo("Pacific/Apia"))
    assert not skipped(date(2011, 12, 31), time(10), ZoneInfo("Pacific/Apia"))


def test_days_are_shown_in_full_without_a_leading_zero():
    assert show_day(date(2026, 11, 3)) == "Tue 3 Nov 2026"


def test_near_days_are_short_and_far_ones_have_their_year():
    assert show_short(date(2026, 11, 9), TODAY) == "9 Nov"
    assert show_short(date(2027, 5, 1), TODAY) == "1 May"
    assert show_short(date(2025, 11, 9), TODAY) == "9 Nov 2025"


@given(today=days, near=st.integers(-400, 400), apart=st.integers(-800, 800))
def test_two_days_are_never_shown_alike(today: date, near: int, apart: int):
    day = today + timedelta(days=near)
    other = day + timedelta(days=apart)
    assert (show_short(day, today) == show_short(other, today)) == (day == other)


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        (0, "0 min"),
        (5.6, "6 min"),
        (59, "59 min"),
        (60, "1 h"),
        (61, "1 h 01"),
        (90, "1 h 30"),
        (2879, "47 h 59"),
        (4321, "3 d"),
    ],
)
def test_spans_are_shown_in_the_unit_people_think_in(minutes: float, shown: str):
    assert show_span(minutes) == shown
