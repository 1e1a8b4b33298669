"""Whatever is typed is a question, and what was found shows the words where they stand."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.client import Client
from therapist_tui.domain.search.found import Document, Found, Part, fold, judged, pattern_of, ranked
from therapist_tui.domain.search.places import sides_of, words_of_region
from therapist_tui.domain.search.query import Kind, Query, Term, read_query

TODAY = date(2026, 11, 23)
ID = UUID(int=1)


def begins(*words: str) -> Term:
    return Term(words, begins=True)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("", Query()),
        ("  !? ", Query()),
        ("neck pai", Query((begins("neck"), begins("pai")))),
        ("L calf", Query((Term(("L",)), begins("calf")))),
        ("calf l", Query((begins("calf"), begins("l")))),
        ("calf l ", Query((begins("calf"), Term(("l",))))),
        ('"low back"', Query((Term(("low", "back")),))),
        ("“low back”", Query((Term(("low", "back")),))),
        ('"low ba', Query((begins("low", "ba"),))),
        ("side-lying", Query((begins("side", "lying"),))),
        ("client:novak", Query(clients=("novak",))),
        ('Client:"iris no" x', Query((begins("x"),), clients=("iris no",))),
        ("client:", Query()),
        ("unsigned:", Query(unsigned=True)),
        ("unsigned:no", Query(unsigned=False)),
        ("kind:hist kind:n", Query(kinds=frozenset({Kind.HISTORY, Kind.NOTE}))),
        ("before:2025", Query(before=date(2025, 1, 1))),
        ("after:2026-09", Query(after=date(2026, 9, 1))),
        ('after:"3 nov" before:today', Query(after=date(2026, 11, 3), before=TODAY)),
        ("side:l", Query(any_of=((Term(("left",)), Term(("l",)), Term(("lt",))),))),
        ("10:30", Query((begins("10", "30"),))),
        ("foo:bar", Query((Term(("foo",)), begins("bar")))),
        ("before:soon", Query(told=("before: no date yet in “soon”.",))),
        ("side:up", Query(told=("side: is left, right or both, not “up”.",))),
    ],
)
def test_what_is_typed_is_read_as(typed: str, query: Query) -> None:
    assert read_query(typed, TODAY) == query


def test_a_region_is_asked_for_by_all_its_names() -> None:
    (group,) = read_query("region:calf", TODAY).any_of
    assert {begins("calf"), Term(("gastroc",)), Term(("soleus",)), Term(("posterior", "leg"))} <= set(group)
    assert "hamstrings" not in words_of_region("calf")
    assert "gastroc" in words_of_region("  CALF ")
    assert words_of_region("nowhere") == ()
    assert sides_of("") == sides_of("x") == ()


@given(st.text(max_size=60))
def test_any_text_is_a_question(typed: str) -> None:
    for term in read_query(typed, TODAY).marked:
        assert term.words
        assert all(word.isalnum() for word in term.words)


FRAGMENTS = st.sampled_from(
    ["client:", "region:", "side:", "before:", "after:", "unsigned:", "kind:", '"', " ", "*", "(", "AND", "-", ":"]
)


@given(st.lists(FRAGMENTS | st.text(max_size=4), max_size=20).map("".join))
def test_any_row_of_our_own_signs_is_a_question(typed: str) -> None:
    read_query(typed, TODAY)


@given(st.text())
def test_folding_keeps_every_letter_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def document(*texts: str, at: datetime | None = None, in_error: bool = False, kind: Kind = Kind.NOTE) -> Document:
    parts = tuple(Part(f"field{number}", f"Part {number}", text) for number, text in enumerate(texts))
    return Document(kind, ID, Client(ID, "Iris Novak"), parts, at=at, in_error=in_error)


def find(typed: str, found: Document) -> Found:
    return judged(found, pattern_of(read_query(typed, TODAY).marked), TODAY)


def test_the_part_with_the_most_of_the_words_is_shown_and_the_words_marked() -> None:
    found = find("muller cal", document("calm today", "Éric Müller: calf sore\nCALVES tight"))
    assert found.part.name == "Part 1"
    assert [found.line[a:b] for a, b in found.spans] == ["Müller", "cal", "CAL"]
    assert find("muller", document("Éric Müller")).spans == ((5, 11),)


def test_a_long_text_is_cut_around_the_first_word_found() -> None:
    text = "word " * 300 + "Levator tight " + "word " * 300
    found = find("levator", document(text))
    assert found.line.startswith("… ")
    assert len(found.line) < 210
    assert [found.line[a:b] for a, b in found.spans] == ["Levator"]
    assert text[found.at :].startswith("Levator")


@given(st.text(alphabet="abé L\n.🦵", max_size=400), st.sampled_from(["a", "ab", '"b a"', "é L"]))
def test_spans_lie_in_the_line_in_order(text: str, typed: str) -> None:
    found = find(typed, document(text))
    places = [place for span in found.spans for place in span]
    assert places == sorted(places)
    assert all(0 <= place <= len(found.line) for place in places)
    assert "\n" not in found.line


def test_whole_words_go_first_then_what_is_newer_and_errors_last() -> None:
    old, new = datetime(2024, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
    whole, begun = document("calf", at=new), document("calfskin", at=new)
    older, wrong = document("calf", at=old), document("calf calf calf", at=new, in_error=True)
    found = ranked(find("calf", one) for one in (wrong, older, begun, whole))
    assert [one.document for one in found] == [whole, begun, older, wrong]
