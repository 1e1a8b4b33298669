"""Which mark is meant at a region of the body map, and how a region went over the sessions."""

from therapist_tui.domain.body.marks import Mark, Place, mark_at, marks_at, with_mark
from therapist_tui.domain.health import Side
from therapist_tui.domain.shorthand import read
from therapist_tui.domain.shorthand.showing import told, trend

CALF, LOW_BACK = Place("leg_posterior", Side.LEFT), Place("low_back", Side.LEFT)


def names(line: str, place: Place) -> list[str]:
    return [one.place.named for one in marks_at(read(line).marks, place)]


def test_the_regions_own_mark_goes_before_a_muscle_drawn_there():
    marks = read("L gastroc 5; L calf 3").marks
    assert mark_at(marks, CALF).pain_before == 3
    assert mark_at(marks[:1], CALF).pain_before == 5


def test_where_two_muscles_are_drawn_the_region_gets_a_mark_of_its_own():
    assert mark_at(read("L gastroc 5; L soleus 3").marks, CALF) == Mark(CALF)


def test_the_other_side_and_words_for_several_regions_are_not_meant():
    assert mark_at(read("R gastroc 5; L LE 4").marks, CALF) == Mark(CALF)


def test_clearing_takes_away_what_is_drawn_there_and_leaves_words_for_several_regions():
    assert names("L gastroc 5; L soleus 3; L LE 4; R calf 2", CALF) == ["left gastrocnemius", "left soleus"]
    assert names("low back 4; B QL HT", LOW_BACK) == ["low back", "bilateral quadratus lumborum"]
    assert names("L low back 4; QL HT", LOW_BACK) == ["left low back"]


def test_a_mark_is_replaced_added_or_taken_away():
    marks = read("L calf 3; R knee 4").marks
    five = Mark(CALF, pain_before=5)
    assert with_mark(marks, five) == (five, marks[1])
    assert with_mark((), five) == (five,)
    assert with_mark(marks, Mark(CALF)) == marks[1:]


def test_a_trend_says_pain_before_and_after_and_findings_where_none_was_said():
    sessions = [read(line).marks for line in ("L calf 7>3", "R calf 9", "L calf HT", "L gastroc after 2/10")]
    assert trend(sessions, read("L calf 5").marks, "leg_posterior", Side.LEFT) == ("7→3", "tension", "→2", "5 today")
    assert trend(sessions[:1], (), "leg_posterior", Side.LEFT) == ("7→3",)


def test_a_mark_is_told_with_its_pain():
    assert [told(one) for one in read("L calf HT 7>3; R knee 4").marks] == ["left calf: hypertonic 7→3", "right knee 4"]
