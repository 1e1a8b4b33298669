"""The open cases and our own vignettes: what must hold on them, with the table printed."""

from functools import cache

import pytest

from .scoring import Score, cases, score, table

OPEN = "screening-cases.json"
OWN = ("vignettes.json", "vignettes-2.json", "vignettes-3.json")
BLOCKS = ("absolute", "clearance")


@cache
def scores(name: str) -> list[Score]:
    found = [score(case) for case in cases(name)]
    print(f"\n{name}\n{table(found)}")
    return found


@pytest.mark.parametrize("name", [OPEN, *OWN])
def test_every_case_that_must_block_is_blocked(name: str) -> None:
    accepts = {case["id"]: set(case["expect"]["acceptable"]) for case in cases(name)}
    must = [one for one in scores(name) if accepts[one.id] <= set(BLOCKS)]
    assert must
    assert [one.id for one in must if one.got not in BLOCKS] == []


@pytest.mark.parametrize("name", [OPEN, *OWN])
def test_level_is_acceptable_in_at_least_19_of_20(name: str) -> None:
    found = scores(name)
    assert sum(one.level for one in found) / len(found) >= 0.95


@pytest.mark.parametrize("name", [OPEN, *OWN])
def test_harmless_cases_draw_nothing_above_a_precaution_and_hardly_anything_at_all(name: str) -> None:
    harmless = [one for one in scores(name) if one.expected == "none"]
    assert [one.id for one in harmless if one.got not in ("none", "precaution")] == []
    assert sum(one.got != "none" for one in harmless) <= len(harmless) / 10


@pytest.mark.parametrize("name", [OPEN, *OWN])
def test_region_and_side_are_right_where_a_region_is_left_out(name: str) -> None:
    assert [(one.id, one.regions) for one in scores(name) if one.regions] == []


@pytest.mark.parametrize("name", [OPEN, *OWN])
def test_every_alert_names_what_it_must_mention(name: str) -> None:
    assert [(one.id, one.mention) for one in scores(name) if one.mention] == []


@pytest.mark.parametrize("name", [OPEN, *OWN])
def test_refused_techniques_and_wanted_training_are_named(name: str) -> None:
    assert [(one.id, one.techniques) for one in scores(name) if one.techniques or not one.certification] == []
