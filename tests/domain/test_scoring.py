"""Scores from raw sums: the worked examples of clinical.md 1.2, and the laws that hold for every questionnaire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.measures.catalogue import measures
from therapist_tui.domain.measures.scoring import (
    MoreThanThereAre,
    SumOutOfRange,
    TooManyMissing,
    may_prorate,
    score,
)
from therapist_tui.domain.measures.values import Entry

SCORED = sorted(one.id for one in measures().values() if one.scoring and one.scoring.items)


@pytest.mark.parametrize(
    ("measure", "raw", "answered", "value"),
    [
        ("ndi", 16, 9, 35.555556),  # one section missing: 16 of 45
        ("ndi", 18, None, 36),
        ("ndi", 0, 10, 0),
        ("ndi", 50, 10, 100),
        ("odi", 21, 10, 42),
        ("odi", 20, 8, 50),
        ("quickdash", 11, 11, 0),
        ("quickdash", 55, 11, 100),
        ("quickdash", 30, 10, 50),
        ("quickdash.work", 12, 4, 50),
        ("dash", 81, 27, 50),
        ("dash", 30, None, 0),
        ("lefs", 46, 20, 46),
        ("rmdq", 13, None, 13),
        ("rmdq", 0, None, 0),
        ("fabq.activity", 14, 4, 14),
        ("fabq.work", 42, 7, 42),
        ("pss10", 27, 10, 27),
        ("hit6", 64, 6, 64),
        ("promis.function", 41.5, None, 41.5),
    ],
)
def test_score_of_a_worked_example(measure: str, raw: float, answered: int | None, value: float) -> None:
    assert score(measures()[measure], raw, answered).value == value


@pytest.mark.parametrize(
    ("measure", "answered"),
    [("ndi", 7), ("odi", 7), ("quickdash", 9), ("quickdash.sport", 3), ("dash", 26), ("lefs", 19),
     ("fabq.work", 6), ("pss10", 9), ("hit6", 5)],
)  # fmt: skip
def test_too_many_missing_is_no_score_and_says_why(measure: str, answered: int) -> None:
    one = measures()[measure]
    assert one.scoring
    with pytest.raises(TooManyMissing) as refused:
        score(one, one.scoring.item_lowest * answered, answered)
    assert str(refused.value) == (
        f"No score: {one.short} needs at least {one.scoring.needed} of its {one.scoring.items} items answered, "
        f"and {answered} are."
    )


def test_what_is_not_ticked_counts_as_no_in_one_questionnaire_alone() -> None:
    assert [one.id for one in measures().values() if one.scoring and one.scoring.formula == "ticked"] == ["rmdq"]


def test_prorated_only_where_it_is_allowed_and_asked_for_and_always_labelled() -> None:
    leg = measures()["lefs"]
    assert may_prorate(leg, 16)
    assert not may_prorate(leg, 15)
    assert not may_prorate(leg, 20)
    found = score(leg, 40, 16, prorate=True)
    assert (found.value, found.prorated) == (50, True)
    assert not score(leg, 40, 20, prorate=True).prorated
    with pytest.raises(TooManyMissing):
        score(leg, 30, 15, prorate=True)
    with pytest.raises(TooManyMissing):
        score(measures()["pss10"], 20, 9, prorate=True)
    assert [one.id for one in measures().values() if one.scoring and one.scoring.prorated_from] == ["lefs"]


@pytest.mark.parametrize(
    ("measure", "raw", "answered", "error"),
    [
        ("ndi", 51, 10, SumOutOfRange), ("ndi", 46, 9, SumOutOfRange), ("ndi", -1, 10, SumOutOfRange),
        ("quickdash", 10, 11, SumOutOfRange), ("hit6", 35, 6, SumOutOfRange), ("promis.sleep", 95, None, SumOutOfRange),
        ("ndi", 0, 11, MoreThanThereAre), ("ndi", 0, 0, MoreThanThereAre),
    ],
)  # fmt: skip
def test_sum_that_cannot_be_is_refused(
    measure: str, raw: float, answered: int | None, error: type[PracticeError]
) -> None:
    with pytest.raises(error):
        score(measures()[measure], raw, answered)


@given(st.sampled_from(SCORED), st.data())
def test_score_lies_on_the_scale_and_rises_with_the_sum(measure_id: str, data: st.DataObject) -> None:
    measure = measures()[measure_id]
    rule = measure.scoring
    assert rule
    answered = data.draw(st.integers(max(1, rule.needed), rule.items))
    count = rule.items if rule.formula == "ticked" else answered
    sums = st.floats(rule.item_lowest * count, rule.item_highest * count)
    low, high = sorted((data.draw(sums), data.draw(sums)))
    first, second = score(measure, low, answered).value, score(measure, high, answered).value
    assert measure.lowest <= first <= second <= measure.highest


@given(st.integers(16, 19), st.data())
def test_prorated_score_lies_on_the_scale(answered: int, data: st.DataObject) -> None:
    raw = data.draw(st.integers(0, 4 * answered))
    found = score(measures()["lefs"], raw, answered, prorate=True)
    assert found.prorated
    assert 0 <= found.value <= 80


def test_every_score_entry_has_its_rule() -> None:
    assert {one.id for one in measures().values() if one.entry is Entry.SCORE} >= set(SCORED)


def test_what_is_not_ticked_counts_as_no_however_few_were_answered() -> None:
    assert score(measures()["rmdq"], 20, 12).value == 20


@pytest.mark.parametrize(
    ("measure", "raw", "answered", "said"),
    [
        ("ndi", 1, 1, "No score: NDI needs at least 8 of its 10 items answered, and 1 are."),
        ("ndi", 0, 11, "NDI has 10 items: the number answered lies between 1 and 10."),
        ("ndi", 46, 9, "The raw sum of NDI goes from 0 to 45 with 9 items answered."),
        ("promis.sleep", 95, None, "The raw sum of PROMIS sleep goes from 10 to 90 with all items answered."),
    ],
)
def test_refusal_says_the_numbers_that_would_do(measure: str, raw: float, answered: int | None, said: str) -> None:
    with pytest.raises(PracticeError) as refused:
        score(measures()[measure], raw, answered)
    assert str(refused.value) == said
