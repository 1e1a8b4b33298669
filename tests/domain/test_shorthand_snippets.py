"""Snippets: what their text says about stops, and where in the line their name is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.shorthand.snippets import Stop, snippet, snippet_at, snippet_problem


def filled(text: str) -> list[str]:
    found = snippet(text)
    return [found.text[stop.start : stop.end] for stop in found.stops]


def test_stops_are_filled_with_what_stands_in_them() -> None:
    text = "SwM ${1:60}m; pos ${2:prone}; HEP ${3}"
    assert snippet(text).text == "SwM 60m; pos prone; HEP "
    assert filled(text) == ["60", "prone", ""]


def test_stops_are_gone_through_by_number() -> None:
    assert filled("${2:b} ${1:a} ${3:c}") == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("${0:a}", "stop that cannot be read"),
        ("${1:a", "stop that cannot be read"),
        ("${1:${2:b}}", "stop that cannot be read"),
        ("${1:a} ${1:b}", "stop 1 twice"),
    ],
)
def test_stop_that_cannot_be_used_is_told(text: str, part: str) -> None:
    assert part in (snippet_problem(text) or "")


@given(st.text(alphabet="a${}:12 ;", max_size=30) | st.text(max_size=30))
def test_any_text_gives_stops_that_lie_in_it(text: str) -> None:
    snippet_problem(text)
    found = snippet(text)
    assert all(0 <= stop.start <= stop.end <= len(found.text) for stop in found.stops)


@pytest.mark.parametrize(
    ("line", "cursor", "place"),
    [
        ("swm", 3, (0, 3)),
        ("L UT; swm", 9, (6, 9)),
        ("swm; 2w", 3, (0, 3)),
        ("swm", 2, None),
        ("L swm", 5, None),
        ("swm L", 3, None),
        ("", 0, None),
        ("swm ", 4, None),
    ],
)
def test_name_counts_as_a_whole_clause_before_the_cursor(line: str, cursor: int, place: tuple[int, int] | None) -> None:
    found = snippet_at(line, cursor, {"swm": "SwM 60m"})
    assert (found and found[:2]) == place


def test_stop_moves_with_the_text_before_it() -> None:
    assert Stop(2, 4).moved(3) == Stop(5, 7)
