"""Where cautions lie on the body map."""

import pytest

from therapist_tui.domain.body.cautioned import EXCLUDING, covered, hatched, parts
from therapist_tui.domain.body.regions import regions
from therapist_tui.domain.health import Side
from therapist_tui.domain.level import Level
from therapist_tui.domain.screening import load_knowledge
from therapist_tui.domain.screening.values import Caution, Place
from therapist_tui.domain.screening.values import Side as Screened


def caution(level: Level, *places: Place, spot: str = "") -> Caution:
    return Caution(level, "region", "rule", "Title", "reason", "advice", places, spot=spot)


def test_every_place_the_screening_knows_is_on_the_map():
    for name in load_knowledge().vocabulary.places:
        assert (name == "whole body") is not bool(covered(name)), name
        assert set(covered(name)) <= set(regions())


def test_the_side_comes_along():
    found = hatched([caution(Level.LOCAL, Place("calf", Screened.LEFT))])
    assert found == {("leg_posterior", Side.LEFT)}


@pytest.mark.parametrize("level", Level)
def test_what_leaves_a_region_out_is_hatched_and_what_adapts_the_work_is_not(level: Level):
    assert bool(hatched([caution(level, Place("knee"))])) is (level in EXCLUDING)


def test_a_caution_for_the_whole_body_hatches_nothing():
    assert not hatched([caution(Level.ABSOLUTE), caution(Level.ABSOLUTE, Place("whole body"))])


@pytest.mark.parametrize(
    ("spot", "expected"),
    [
        ("left chest", {("chest_anterior", Side.LEFT), ("breast", Side.LEFT)}),
        ("both shin", {("leg_anterior", Side.BOTH), ("leg_lateral", Side.BOTH)}),
        ("front of the neck", {("neck_anterior", Side.NONE)}),
        ("both feet", {("foot_dorsal", Side.BOTH), ("foot_plantar", Side.BOTH)}),
        ("left knee, right wrist", {("knee", Side.LEFT), ("wrist", Side.RIGHT)}),
        ("where the tape was", set()),
        ("", set()),
    ],
)
def test_where_only_the_record_says_the_place_its_words_are_read(spot: str, expected: set[tuple[str, Side]]):
    assert parts(caution(Level.LOCAL, spot=spot)) == expected


def test_the_arm_of_a_caution_is_the_whole_arm():
    found = parts(caution(Level.LOCAL, spot="right arm and chest"))
    assert {("wrist", Side.RIGHT), ("upper_arm_anterior", Side.RIGHT), ("chest_anterior", Side.RIGHT)} <= found
