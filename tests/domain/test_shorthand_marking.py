"""The body map writes into the shorthand line: one place's mark changes, nothing typed is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from therapist_tui.domain.body.marks import Finding, Mark, Place
from therapist_tui.domain.body.regions import regions
from therapist_tui.domain.health import Side
from therapist_tui.domain.shorthand import Reading, Words, forget, marked, read, says
from therapist_tui.domain.shorthand.reader import _clause

from .test_shorthand_laws import CHARTED, LINES

UT, SCALENES = Place("upper_trapezius", Side.LEFT), Place("scalenes", Side.LEFT)
CALF = Place("leg_posterior", Side.LEFT)
HT, TRP, PAIN = Finding("hypertonic"), Finding("trigger_point"), Finding("pain")
FINDINGS = ("pain", "tension", "trigger_point", "numbness", "avoid")
PAINS = st.none() | st.integers(0, 10)


def marks(place: Place) -> st.SearchStrategy[Mark]:
    found = st.lists(st.sampled_from(FINDINGS).map(Finding), unique=True, max_size=5).map(tuple)
    return st.builds(Mark, st.just(place), found, PAINS, PAINS)


def on_the_map() -> st.SearchStrategy[Mark]:
    """What the body map sends: a region, on a side where it has one."""
    paired = [Place(one.id, side) for one in regions().values() if one.paired or one.halved for side in Side]
    single = [Place(one.id) for one in regions().values() if not (one.paired or one.halved)]
    return st.sampled_from(paired + single).flatmap(marks)


@pytest.mark.parametrize(
    ("line", "mark", "becomes"),
    [
        ("", Mark(CALF, (PAIN,), 5), "L calf p! 5/10"),
        ("L calf 5", Mark(CALF, (PAIN,), 5), "L calf 5 p!"),
        ("L UT 7 HT; MFR 25m; 2w", Mark(UT, (HT,), 7, 3), "L UT 7>3 HT; MFR 25m; 2w"),
        ("left upper trap  tight 7 ;HEP x", Mark(UT, (Finding("tight"),), 7, 3), "left upper trap  tight 7>3 ;HEP x"),
        ("L UT 7 HT; MFR 25m; 2w", Mark(UT, (), 7), "L UT 7; MFR 25m; 2w"),
        ("L UT 7 HT; MFR 25m; 2w", Mark(UT), "MFR 25m; 2w"),
        ("MFR 25m; L UT 7 HT", Mark(UT), "MFR 25m"),
        ("L UT HT", Mark(UT), ""),
        ("R calf 4; MFR 25m; 2w", Mark(UT, (HT,)), "R calf 4; L UT HT; MFR 25m; 2w"),
        ("MFR 25m; 2w", Mark(UT, (HT,)), "MFR 25m; 2w; L UT HT"),
        ("L UT, scal HT; 2w", Mark(UT), "L scal HT; 2w"),
        ("L UT, scal HT; 2w", Mark(SCALENES), "L UT HT; 2w"),
        ("L UT, scal HT; 2w", Mark(UT, (HT, TRP)), "L UT, scal HT; L UT TrP; 2w"),
        ("L UT MFR 10m 7>3 TrP blorb; 2w", Mark(UT), "L UT MFR 10m blorb; 2w"),
        ("L UT 7; R calf 4; L UT HT", Mark(UT), "R calf 4"),
    ],
)
def test_only_the_words_that_change_are_changed(line: str, mark: Mark, becomes: str):
    assert marked(line, mark) == becomes


@settings(max_examples=600, deadline=None)
@given(CHARTED | LINES | st.text(max_size=60), on_the_map())
def test_exactly_that_mark_stands_afterwards(line: str, mark: Mark):
    holds(line, mark)


@settings(max_examples=600, deadline=None)
@given(CHARTED | LINES, st.data())
def test_a_mark_of_the_line_is_changed_or_taken_away(line: str, data: st.DataObject):
    found = read(line).marks
    if found:
        place = data.draw(st.sampled_from([one.place for one in found]))
        holds(line, data.draw(marks(place)))


def holds(line: str, mark: Mark) -> None:
    before, after = read(line), read(marked(line, mark))
    expected = {one.place: one for one in before.marks if one.place != mark.place}
    if says(mark):
        expected[mark.place] = mark
    assert {one.place: one for one in after.marks} == expected, after.line
    for clause in before.clauses:
        if all(one.place != mark.place for one in clause.marks):
            assert line[clause.start : clause.end].strip() in after.line
    for part in ("works", "positions", "pressure", "found", "pain", "interval"):
        assert getattr(after, part) == getattr(before, part), after.line
    assert quoted(after) == quoted(before)
    for text in ("home", "response", "plan", "next", "frequency", "assessed"):
        assert after.words(text) == before.words(text), after.line


def quoted(reading: Reading) -> list[Words]:
    """What the client said, be it in a clause of its own or beside a place."""
    said = [words for clause in reading.clauses for words in (clause.said, *clause.quotes) if words]
    return sorted(said, key=lambda words: words.typed)


@settings(max_examples=200, deadline=None)
@given(CHARTED | LINES, st.lists(on_the_map(), max_size=4))
def test_what_is_taken_away_again_leaves_the_line_with_its_marks(line: str, sent: list[Mark]):
    places = {one.place for one in read(line).marks}
    now = line
    for mark in sent:
        now = marked(now, mark)
    for mark in sent:
        if mark.place not in places:
            now = marked(now, Mark(mark.place))
    assert {one.place for one in read(now).marks} <= places


def test_a_word_that_the_users_list_reads_otherwise_is_written_in_full():
    own = {"calf": "gastroc stretch twice a day", "TrP": "transverse process"}
    mark = Mark(CALF, (TRP,), 5)
    assert read(marked("2w", mark, own), own).marks == (mark,)


def test_what_was_typed_is_forgotten_when_told():
    read("L UT 7>3 HT")
    assert _clause.cache_info().currsize
    forget()
    assert not _clause.cache_info().currsize
