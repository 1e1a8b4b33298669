"""From what is typed to the value on the scale: numbers, grades, raw sums, ratings; what cannot be is said."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.goal import Goal, NoSuchGrade, NotWhole, OutOfRange
from therapist_tui.domain.measurement import Rating, Taken
from therapist_tui.domain.measures.catalogue import measures
from therapist_tui.domain.measures.scoring import SumOutOfRange, TooManyMissing
from therapist_tui.domain.numbers import NotANumber
from therapist_tui.domain.taking import (
    NoGrade,
    NoSuchActivity,
    NotACount,
    NothingRated,
    OnlyProrated,
    is_prorated,
    read_ratings,
    read_taken,
    valued,
)

ID = UUID(int=1)
DAY = date(2026, 11, 23)


def goal(measure: str, **more: Any) -> Goal:
    known = measures()[measure]
    start, aim = (known.lowest, known.highest) if known.higher_is_better else (known.highest, known.lowest)
    return Goal(ID, ID, ID, known.title, known.unit, start, aim, DAY, measure=measure, **more)


@pytest.mark.parametrize(
    ("measure", "words", "answered", "value", "raw", "items"),
    [
        ("rom.neck.rotation.active", "62", "", 62, None, None),
        ("rom.knee.extension.active", "-5", "", -5, None, None),
        ("ndi", "16", "9", 35.555556, 16, 9),
        ("ndi", "18", "", 36, 18, 10),
        ("ndi", "36%", "", 36, None, None),
        ("ndi", "36 %", "9", 36, None, None),
        ("quickdash", "30", "10", 50, 30, 10),
        ("lefs", "40", "16p", 50, 40, 16),
        ("rmdq", "13", "", 13, 13, 24),
        ("promis.sleep", "55.5", "", 55.5, None, None),
        ("tenderness", "iii", "", 3, None, None),
        ("tenderness", "2", "", 2, None, None),
        ("ashworth", "1+", "", 2, None, None),
        ("ashworth", "3", "", 4, None, None),  # the name before the number that sorts it
        ("mmt", "4-", "", 3.7, None, None),
        ("tone", "-2", "", -2, None, None),
        ("tone", "+1", "", 1, None, None),
        ("tone", "1", "", 1, None, None),
        ("tone", "−1", "", -1, None, None),
    ],
)
def test_typed_value_is_worked_out(
    measure: str, words: str, answered: str, value: float, raw: float | None, items: int | None
) -> None:
    taken = read_taken(goal(measure), words, answered)
    assert (taken.value, taken.raw, taken.answered) == (value, raw, items)


@pytest.mark.parametrize(
    ("measure", "words", "answered", "error"),
    [
        ("rom.neck.rotation.active", "130", "", OutOfRange),
        ("rom.neck.rotation.active", "far", "", NotANumber),
        ("nprs.worst", "6.5", "", NotWhole),
        ("ndi", "16", "7", TooManyMissing),
        ("ndi", "16", "many", NotACount),
        ("ndi", "60", "10", SumOutOfRange),
        ("ndi", "101%", "", OutOfRange),
        ("lefs", "40", "16", OnlyProrated),
        ("lefs", "30", "15p", TooManyMissing),
        ("tenderness", "V", "", NoGrade),
        ("tenderness", "", "", NoGrade),
        ("mmt", "6", "", NoGrade),
    ],
)
def test_value_that_cannot_be_is_refused(measure: str, words: str, answered: str, error: type[PracticeError]) -> None:
    with pytest.raises(error):
        read_taken(goal(measure), words, answered)


def test_prorating_is_offered_in_words_and_known_afterwards() -> None:
    leg = goal("lefs")
    with pytest.raises(OnlyProrated) as refused:
        read_taken(leg, "40", "16")
    assert str(refused.value) == (
        "No score: LEFS needs at least 20 of its 20 items answered, and 16 are. Type “16p” to take it prorated."
    )
    assert is_prorated(leg, 16)
    assert not is_prorated(leg, 20)
    assert not is_prorated(goal("ndi"), 9)


RATED = goal("psfs", activities=("child", "sleep"), baseline_ratings=(Rating("child", 3), Rating("sleep", None)))


def test_ratings_are_averaged_over_what_was_rated_at_the_start() -> None:
    taken = read_ratings(RATED, ["6", "8"])
    assert taken.value == 6
    assert taken.ratings == (Rating("child", 6), Rating("sleep", 8))
    assert read_ratings(goal("psfs", activities=("child", "sleep")), ["6", ""]).value == 6


@pytest.mark.parametrize(
    ("ratings", "error"),
    [
        ((Rating("child", None), Rating("sleep", 8)), NothingRated),
        ((Rating("child", 11),), OutOfRange),
        ((Rating("swim", 5),), NoSuchActivity),
    ],
)
def test_ratings_that_say_nothing_are_refused(ratings: tuple[Rating, ...], error: type[PracticeError]) -> None:
    with pytest.raises(error):
        valued(RATED, Taken(ratings=ratings))


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), 1e6])
def test_what_is_no_number_is_no_value(value: float | None) -> None:
    with pytest.raises(NotANumber):
        valued(goal("groc"), Taken(value))


def test_grade_that_is_not_on_the_scale_is_refused() -> None:
    with pytest.raises(NoSuchGrade):
        valued(goal("mmt"), Taken(3.5))
