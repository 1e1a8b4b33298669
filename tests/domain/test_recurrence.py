"""Which dates a series falls on: wall time kept over daylight saving, bounded always, and partitioned by a change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.recurrence import (
    MOST_DATES,
    WEEKDAYS,
    NotWeekdays,
    Occurrence,
    Rule,
    occurrences,
    read_weekdays,
)
from therapist_tui.domain.series import Series, SeriesDraft
from therapist_tui.domain.touching import BY_HAND, Scope, SeriesChange, touched, within

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
ZONES = [ZoneInfo(name) for name in ("America/Toronto", "Europe/Paris", "Australia/Lord_Howe", "Asia/Tokyo", "UTC")]
TORONTO = ZONES[0]
CLIENT = uuid4()

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
rules = st.builds(
    Rule,
    st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True).map(
        lambda names: tuple(sorted(names, key=WEEKDAYS.index))
    ),
    st.integers(1, 6),
    week_start=st.sampled_from(WEEKDAYS),
)


@given(rules, days)
def test_dates_fall_on_the_weekdays_of_every_so_many_weeks(rule: Rule, begins_on: date):
    found = rule.dates(begins_on, begins_on + timedelta(days=700))
    start = WEEKDAYS.index(rule.week_start)

    def week(day: date) -> int:
        return (day.toordinal() - 1 - start) // 7

    wanted = [
        day
        for day in (begins_on + timedelta(days=offset) for offset in range(701))
        if WEEKDAYS[day.weekday()] in rule.weekdays and (week(day) - week(begins_on)) % rule.weeks == 0
    ]
    assert list(found) == wanted


@given(rules, days, st.integers(1, 60))
def test_a_count_gives_so_many_dates_and_an_end_none_after_it(rule: Rule, begins_on: date, count: int):
    far = begins_on + timedelta(days=60 * 7 * 7)
    counted = replace(rule, count=count).dates(begins_on, far)
    assert len(counted) == count
    assert counted == rule.dates(begins_on, far)[:count]
    until = replace(rule, until=counted[-1])
    assert until.dates(begins_on, far) == counted


@given(rules, days, st.integers(-40, 40))
def test_a_rule_that_is_moved_by_days_gives_its_dates_so_many_days_later(rule: Rule, begins_on: date, by: int):
    until, step = begins_on + timedelta(days=300), timedelta(days=by)
    moved = rule.shifted(by).dates(begins_on + step, until + step)
    assert list(moved) == [day + step for day in rule.dates(begins_on, until)]


@given(rules, days, st.times(), st.sampled_from(ZONES))
def test_the_time_on_the_wall_is_kept_over_two_years(rule: Rule, begins_on: date, clock: time, zone: ZoneInfo):
    clock = clock.replace(second=0, microsecond=0, fold=0)
    found = occurrences(rule.dates(begins_on, begins_on + timedelta(days=730)), clock, zone)
    for one in found:
        local = one.starts_at.astimezone(zone)
        assert one.starts_at.tzinfo is UTC
        assert one.skipped or (local.date(), local.time()) == (one.day, clock)
        assert local.fold == 0
        assert not one.skipped or timedelta() < local.replace(tzinfo=None) - datetime.combine(
            one.day, clock
        ) <= timedelta(hours=1)
    assert all(a.starts_at < b.starts_at for a, b in pairwise(found))


def test_a_time_that_the_clocks_leave_out_is_marked_and_one_that_comes_twice_is_the_first():
    spring, autumn = date(2027, 3, 14), date(2026, 11, 1)
    assert occurrences([spring, autumn], time(2, 30), TORONTO) == (
        Occurrence(spring, datetime(2027, 3, 14, 7, 30, tzinfo=UTC), skipped=True),
        Occurrence(autumn, datetime(2026, 11, 1, 7, 30, tzinfo=UTC)),
    )
    assert occurrences([autumn], time(1, 30), TORONTO)[0].starts_at == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (Rule(("MO",), 0), "weeks"),
        (Rule(("MO",), -1), "weeks"),
        (Rule(("MO",), 10**9), "weeks"),
        (Rule(()), "weekdays"),
        (Rule(("MO", "XX")), "weekdays"),
        (Rule(("MO",), week_start="8"), "weekdays"),
        (Rule(("MO",), count=0), "count"),
        (Rule(("MO",), count=10**9), "count"),
        (Rule(("MO",), count=3, until=MONDAY), "count"),
        (Rule(("MO",), until=date(9999, 12, 31)), "until"),
        (Rule(("MO",), until=MONDAY - timedelta(days=1)), "until"),
    ],
)
def test_a_rule_without_bounds_is_refused_and_the_field_named(rule: Rule, field: str):
    assert [*rule.problems(MONDAY)] == [field]


def draft(**more: object) -> SeriesDraft:
    given = {
        "client_id": CLIENT,
        "begins_on": MONDAY,
        "clock": time(10),
        "minutes": 60,
        "service": "Massage",
        "rule": Rule(("MO",)),
    }
    return SeriesDraft(**(given | more))  # pyright: ignore[reportArgumentType]


def test_a_series_whose_dates_are_all_left_out_or_too_many_is_refused():
    assert draft().problems(MONDAY) == {}
    out = draft(rule=Rule(("MO",), count=2), left_out=(MONDAY, MONDAY + timedelta(days=7)))
    assert [*out.problems(MONDAY)] == ["until"]
    assert [*draft(begins_on=date(1950, 1, 2)).problems(MONDAY)] == ["day"]
    assert [*draft(begins_on=date(2198, 1, 1)).problems(MONDAY)] == ["day"]
    assert len(draft(rule=Rule(WEEKDAYS)).days(MONDAY + timedelta(days=365))) <= MOST_DATES


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", ("MO",)),
        ("thu", ("TH",)),
        ("Tue, thurs", ("TU", "TH")),
        ("fri mon", ("MO", "FR")),
        ("saturdays and sun", ("SA", "SU")),
    ],
)
def test_weekdays_are_read_as_people_type_them(words: str, names: tuple[str, ...]):
    assert read_weekdays(words, MONDAY) == names


@pytest.mark.parametrize("words", ["x", "monkey", "3", "mon, whenever"])
def test_what_is_no_weekday_is_said(words: str):
    with pytest.raises(NotWeekdays):
        read_weekdays(words, MONDAY)


def test_the_rule_is_said_in_words():
    assert Rule(("MO", "TH"), 2, count=10).words == "every 2 weeks on Mon, Thu, 10 times"
    assert Rule(("FR",), until=MONDAY).words == "every week on Fri, until Mon 23 Nov 2026"


# What a change touches


def a_series(rule: Rule, begins_on: date, up_to: date, zone: ZoneInfo = TORONTO) -> tuple[Series, list[Appointment]]:
    series = Series(uuid4(), CLIENT, begins_on, time(10), 60, "Massage", rule, zone, up_to)
    own = [
        Appointment(UUID(int=at), CLIENT, one.starts_at, 60, "Massage", series_id=series.id, series_on=one.day)
        for at, one in enumerate(occurrences(rule.dates(begins_on, up_to), time(10), zone))
    ]
    return series, own


@given(rules, st.data())
def test_this_and_the_others_partition_a_series(rule: Rule, data: st.DataObject):
    series, own = a_series(rule, MONDAY, MONDAY + timedelta(days=200))
    chosen = data.draw(st.sampled_from(own))
    later, every = within(own, chosen, Scope.LATER), within(own, chosen, Scope.ALL)
    before = [one for one in own if one not in later]
    assert within(own, chosen, Scope.THIS) == (chosen,)
    assert every == (*before, *later) == tuple(own)
    assert chosen == later[0]
    cut = chosen.series_on or MONDAY
    first, rest = series.before(cut), series.from_(cut)
    up_to = MONDAY + timedelta(days=200)
    assert first.rule.dates(first.begins_on, up_to) + rest.rule.dates(rest.begins_on, up_to) == rule.dates(
        MONDAY, up_to
    )


@given(rules, st.integers(1, 30), st.data())
def test_a_counted_series_that_is_parted_has_as_many_dates_as_before(rule: Rule, count: int, data: st.DataObject):
    rule, far = replace(rule, count=count), MONDAY + timedelta(days=7 * 6 * 31)
    series, own = a_series(rule, MONDAY, far)
    cut = data.draw(st.sampled_from(own)).series_on or MONDAY
    first, rest = series.before(cut), series.from_(cut)
    assert first.rule.dates(MONDAY, far) + rest.rule.dates(cut, far) == rule.dates(MONDAY, far)


@given(rules, st.integers(-10, 10), st.times(time(6), time(20)), st.data())
def test_a_moved_part_stands_where_the_moved_series_has_it(rule: Rule, by: int, clock: time, data: st.DataObject):
    clock = clock.replace(second=0, microsecond=0, fold=0)
    series, own = a_series(rule, MONDAY + timedelta(days=7), MONDAY + timedelta(days=200))
    change = SeriesChange(by, clock, 90)
    found = touched(series, own, data.draw(st.sampled_from(own)), Scope.ALL, change, NOW - timedelta(days=30))
    moved = change.of(series)
    made = occurrences(moved.rule.dates(moved.begins_on, moved.made_until), moved.clock, moved.zone)
    assert [touch.after.starts_at for touch in found.touches] == [one.starts_at for one in made]
    assert {touch.after.minutes for touch in found.touches} == {90}
    assert found.kept == ()


def test_what_is_past_done_lost_noted_or_changed_by_hand_keeps_its_place():
    series, own = a_series(Rule(("MO",)), MONDAY - timedelta(days=14), MONDAY + timedelta(days=42))
    own[3] = replace(own[3], status=Status.CANCELLED, reason="ill")
    own[4] = replace(own[4], starts_at=own[4].starts_at + timedelta(days=1))
    change = SeriesChange(clock=time(11))
    found = touched(series, own, own[0], Scope.ALL, change, NOW, {own[5].id})
    assert [why for _, why in found.kept] == ["past", "past", "cancelled", BY_HAND, "has a note"]
    assert [touch.before for touch in found.touches] == [own[2], *own[6:]]
    alone = touched(series, own, own[5], Scope.THIS, change, NOW, {own[5].id})
    assert [touch.before for touch in alone.touches] == [own[5]]
    assert touched(series, own, own[3], Scope.THIS, change, NOW).kept == ((own[3], "cancelled"),)
    # What was moved by hand moves when it is the chosen one, and is called off with the rest.
    chosen = touched(series, own, own[4], Scope.LATER, SeriesChange(days=1, clock=time(11)), NOW, {own[5].id})
    assert chosen.touches[0].after.starts_at == own[4].starts_at + timedelta(days=1, hours=1)
    assert own[4] in [touch.before for touch in touched(series, own, own[4], Scope.LATER, None, NOW).touches]
