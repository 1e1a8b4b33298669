"""Where one thing of a line ends and the next begins: denials, sides, grades, pain, vertebrae, what was not done."""

import pytest

from therapist_tui.domain.shorthand import read

from .test_shorthand_lines import facts, finding, mark


def marks(line: str) -> list[str]:
    return [mark(one) for one in read(line).marks]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("L UT no TTP or spasm", ["!tender", "!spasm"]),
        ("L UT no TTP nor HT", ["!tender", "!hypertonic"]),
        ("L UT no TTP OR HT", ["!tender", "!hypertonic"]),
        ("L UT no TTP/HT", ["!tender", "!hypertonic"]),
        ("L UT no TTP or spasm or HT", ["!tender", "!spasm", "!hypertonic"]),
        ("L UT no TTP, spasm", ["!tender", "spasm"]),
        ("L UT no TTP spasm", ["!tender", "spasm"]),
        ("L UT TTP or spasm", ["tender", "spasm"]),
        ("L UT HT, no TTP", ["hypertonic", "!tender"]),
    ],
)
def test_denial_goes_on_over_an_alternative_and_over_nothing_else(line: str, found: list[str]) -> None:
    assert [finding(one) for place in read(line).marks for one in place.findings] == found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("L calf deep", ["m L:leg_posterior ~deep"]),
        ("L calf deep HT", ["m L:leg_posterior hypertonic ~deep"]),
        ("L calf deep, HT", ["m L:leg_posterior hypertonic ~deep"]),
        ("L UT, calf deep", ["m L:upper_trapezius", "m L:leg_posterior ~deep"]),
        ("deep L calf lat", ["m L:leg_posterior ~deep ~lateral"]),
        ("R hip ref knee L", ["m R:hip_lateral ->L:knee"]),
        ("R QL ref hip, glute", ["m R:quadratus_lumborum ->R:hip_lateral ->R:gluteals"]),
        ("UT L, scal HT", ["m L:upper_trapezius hypertonic", "m L:scalenes hypertonic"]),
    ],
)
def test_side_and_qualifier_belong_to_the_place_they_stand_behind(line: str, said: list[str]) -> None:
    assert [set(one.split()) for one in marks(line)] == [set(one.split()) for one in said]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("L UT HT++", ["m L:upper_trapezius hypertonic+2"]),
        ("HT++ L UT", ["m L:upper_trapezius hypertonic+2"]),
        ("mild HT L UT", ["m L:upper_trapezius hypertonic+1"]),
        ("L UT HT mild", ["m L:upper_trapezius hypertonic+1"]),
        ("L UT TTP HT+++", ["m L:upper_trapezius tender hypertonic+3"]),
        ("L UT TTP++ HT", ["m L:upper_trapezius tender+2 hypertonic"]),
        ("TTP L UT HT++", ["m L:upper_trapezius tender hypertonic+2"]),
    ],
)
def test_grade_is_that_of_the_finding_beside_it(line: str, said: list[str]) -> None:
    assert marks(line) == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("L UT 10", ["m L:upper_trapezius 10"]),
        ("L UT 11", ["m L:upper_trapezius", "unread 11"]),
        ("L UT 0", ["m L:upper_trapezius 0"]),
        ("L UT 10>0", ["m L:upper_trapezius 10>0"]),
        ("L UT 7>11", ["m L:upper_trapezius", "unread 7>11"]),
        ("L UT 11/10", ["m L:upper_trapezius", "unread 11/10"]),
        ("L UT HT 7 10", ["m L:upper_trapezius hypertonic 7", "unread 10"]),
        ("L UT ++ HT", ["m L:upper_trapezius hypertonic", "unread ++"]),
    ],
)
def test_pain_goes_to_ten_and_what_lies_above_is_not_read(line: str, said: list[str]) -> None:
    assert facts(read(line)) == said


@pytest.mark.parametrize(
    ("level", "region"),
    [
        ("C1", "neck_posterior"), ("C7", "neck_posterior"), ("T1", "upper_back"), ("T6", "upper_back"),
        ("T7", "mid_back"), ("T12", "mid_back"), ("L1", "low_back"), ("L5", "low_back"), ("S1", "sacrum"),
        ("S5", "sacrum"), ("T12-L5", "mid_back"), ("C5-C7", "neck_posterior"), ("T6-T8", "upper_back"), ("T6-8", "upper_back"), ("t7", "mid_back"),
    ],
)  # fmt: skip
def test_vertebra_lies_in_its_region(level: str, region: str) -> None:
    (one,) = read(f"{level} TTP").marks
    assert one.place.target == region


@pytest.mark.parametrize("level", ["C0", "C8", "T0", "T13", "L6", "S6", "C5-C8", "T12-L6"])
def test_vertebra_that_nobody_has_is_not_read(level: str) -> None:
    reading = read(f"{level} TTP")
    assert reading.marks == ()
    assert [part.text for part in reading.unread] == [level]


@pytest.mark.parametrize("line", ["no prone", "no DT L calf", "avoid DT L calf", "L calf no MFR 10m"])
def test_what_was_not_done_is_no_work_and_no_position(line: str) -> None:
    reading = read(line)
    assert not reading.works
    assert not reading.positions
