"""User text on its way to the screen: shown as typed, never markup, measured by cells."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.content import Content

from therapist_tui.domain.client import Client
from therapist_tui.domain.text import clean
from therapist_tui.ui.plain import fitted, name_of, one_line, shown, spread, toast, wrapped
from therapist_tui.ui.widgets.frame import bottom, edge, sides
from therapist_tui.ui.widgets.trend import BARS, sparkline

unhurried = settings(deadline=None)
HOSTILE = ["[/]", "[/red]", "[bold", "[link=http://x]a[/link]", "[@click=app.quit]x[/]", "$primary", "{x}", "\\[b]"]
wide_text = st.text() | st.text(alphabet="a界ｶé👩\u200d🇨\u0301 [/]")
lines = wide_text.map(one_line)
widths = st.integers(0, 40)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_shown_literally(text: str):
    for content in (shown(text), shown(text, "bold"), one_line(text)):
        assert content.plain == text
    assert shown(text).spans == []


@unhurried
@given(text=wide_text)
def test_any_text_is_shown_as_typed_with_control_characters_removed(text: str):
    assert shown(text).plain == clean(text)
    assert "\n" not in one_line(text).plain


@unhurried
@given(content=lines, width=st.integers(-3, 40))
def test_fitted_text_has_exactly_its_width_in_cells(content: Content, width: int):
    assert fitted(content, width).cell_length == max(0, width)


@unhurried
@given(left=lines, right=lines, width=widths)
def test_two_ends_of_a_line_fill_it_exactly(left: Content, right: Content, width: int):
    assert spread(left, right, width).cell_length == width


def test_left_end_gives_way_to_the_right():
    assert spread(Content("Amara Okafor"), Content("✎"), 8).plain == "Amara… ✎"
    assert spread(Content("a"), Content("b"), 5).plain == "a   b"


@unhurried
@given(text=wide_text, width=st.integers(-1, 30), most=st.none() | st.integers(1, 4))
def test_wrapped_lines_fit_and_are_no_more_than_asked_for(text: str, width: int, most: int | None):
    found = wrapped(shown(text), width, most)
    assert all(line.cell_length <= max(width, 2) for line in found)
    assert most is None or len(found) <= most
    if width <= 0:
        assert found == []


def test_wrapping_says_that_there_is_more():
    assert [line.plain for line in wrapped(Content("one two three four"), 9, 1)] == ["one two …"]
    assert [line.plain for line in wrapped(Content("one two"), 9, 1)] == ["one two"]


def test_names_are_masked_to_initials():
    amara = Client(UUID(int=1), "Amara Okafor")
    assert (name_of(amara, False), name_of(amara, True)) == ("Amara Okafor", "A. O.")


@pytest.mark.parametrize("text", [*HOSTILE, "a\x1b[2Jb"])
def test_messages_are_plain_text(text: str):
    said: list[tuple[str, object]] = []

    class Listener:
        def notify(self, message: str, *, severity: str, markup: bool) -> None:
            said.append((message, markup))

    toast(Listener(), text)  # pyright: ignore[reportArgumentType]
    assert said == [(clean(text), False)]


@unhurried
@given(title=lines, right=st.none() | lines, width=st.integers(8, 60))
def test_frames_are_as_wide_as_asked_for_when_there_is_room(title: Content, right: Content | None, width: int):
    if right and right.cell_length > width - 8:
        right = None
    assert edge(title, width, "", right=right).cell_length == width
    assert sides(title, width, "").cell_length == width
    assert bottom(width, "").cell_length == width


@pytest.mark.parametrize("width", range(8))
def test_narrow_frames_lose_their_title_first(width: int):
    assert edge(Content("Goals"), width, "").cell_length == width


def test_scrolled_list_shows_its_thumb():
    assert sides(Content("a"), 5, "", thumb=True).plain == "│a  ┃"


values = st.floats(-1_000_000, 1_000_000)


@given(st.lists(values, max_size=30), st.integers(-2, 20))
def test_spark_has_a_bar_for_each_of_the_newest_values(found: list[float], cells: int):
    spark = sparkline(found, cells)
    assert len(spark) == (0 if len(found) < 2 else min(len(found), max(0, cells)))
    assert set(spark) <= set(BARS)


@given(st.lists(values, min_size=2, max_size=20))
def test_spark_rises_with_the_values_from_the_lowest_bar_to_the_highest(found: list[float]):
    heights = [BARS.index(bar) for bar in sparkline(found, len(found))]
    for value, height in zip(found, heights, strict=True):
        assert all(height <= other for more, other in zip(found, heights, strict=True) if more > value)
    if min(found) < max(found):
        assert heights[found.index(min(found))] == 0
        assert heights[found.index(max(found))] == len(BARS) - 1
    else:
        assert set(heights) == {3}
