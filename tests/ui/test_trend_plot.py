"""The drawing of a plot, cell by cell; the values as a table."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.domain.test_trend import ZONE, progress, values
from therapist_tui.domain.goal import GoalProgress, Rating
from therapist_tui.domain.trend import Course, course_of, times_of
from therapist_tui.ui.widgets.trend_plot import label_width, legend, plot
from therapist_tui.ui.widgets.value_table import value_lines


def drawn(*taken: tuple[float, float], width: int = 40, height: int = 9, **goal: Any) -> list[str]:
    course = course_of(progress(*taken, **goal), ZONE)
    return [one.plain.rstrip() for one in plot(course, times_of([course], ZONE), width, height, 3)]


def test_a_plot_shows_axes_target_baseline_band_signs_and_the_newest_value() -> None:
    assert drawn((7, 50), (14, 54), (21, 60), mdc=6, mcid=12) == [
        "80° ┤",
        "    │╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ target 75° ╌",
        "    │                               60°",
        "60° ┤                           ⢀⣀⣀⠤⠤⠤⠒▲",
        "    │░░░░░░⢀⣀⣀⣀⣀⣀•⣀⣀⠤⠤⠤⠤⠤⠔⠒⠒△⠊⠉⠉⠁░░░░░░░",
        "    │○⠉⠉⠉⠉⠉⠁············· baseline 48° ·",
        "40° ┤░░░░░░░░░░░░░░░ measurement error ░",
        "    └┬─────────────────────┬────────────",
        "   1 Sep                15 Sep",
    ]


def test_without_an_error_there_is_no_band_and_every_value_is_a_dot() -> None:
    assert drawn((7, 1), (14, 3), baseline=0, target=4, unit="", width=30, height=8) == [
        "  4 ┤╌╌ target 4 ╌╌╌╌╌╌╌╌╌╌ 3",
        "    │                      ⢀⡠•",
        "  2 ┤                 ⢀⣀⠤⠒⠉⠁",
        "    │             ⣀⠤⠔⠊⠁",
        "    │    ⣀⣀⠤⠤⠔⠒⠒⠉•",
        "  0 ┤○⠊⠉⠉········ baseline 0 ·",
        "    └┬──────────────────────┬─",
        "   1 Sep                15 Sep",
    ]


def test_grades_go_up_in_steps_and_nothing_lies_between_them() -> None:
    smooth = course_of(progress((7, 2), baseline=0, target=2, unit=""), ZONE)
    stepped = replace(smooth, grades=((0, "0"), (1, "1"), (2, "2")))
    times = times_of([smooth], ZONE)
    middle = [[one.plain for one in plot(each, times, 30, 8, 2)][3][4:-1].strip() for each in (smooth, stepped)]
    assert middle[0]  # the straight way crosses the middle
    assert middle[1] == ""  # the step rises at the very end


def test_a_unit_that_a_person_typed_never_breaks_a_line() -> None:
    for unit in ("漢字", "\x1b[2J", "a\nb", "Z" * 200, "[bold]", "👩‍👩‍👧"):
        for line in drawn((7, 50), (14, 54), unit=unit, width=60):
            assert cell_len(line) <= 60
            assert line.isprintable()


@settings(max_examples=60)
@given(taken=st.lists(st.tuples(st.floats(0, 9000), values), max_size=8), ends=st.tuples(values, values),
       mdc=st.none() | st.floats(0.1, 1e5), width=st.integers(0, 130), height=st.integers(0, 30))  # fmt: skip
def test_a_plot_has_exactly_the_cells_it_was_asked_for(
    taken: list[tuple[float, float]], ends: tuple[float, float], mdc: float | None, width: int, height: int
) -> None:
    course = course_of(progress(*taken, baseline=ends[0], target=ends[1], mdc=mdc), ZONE)
    lines = plot(course, times_of([course], ZONE), width, height, label_width(course, max(4, height)))
    assert [one.cell_length for one in lines] == [width] * height


def test_the_legend_names_only_what_is_there() -> None:
    course = course_of(progress((7, 60), mdc=6), ZONE)
    named = " ".join(one.plain for one in legend([course]))
    assert "△ real change" in named
    assert "worse" not in named
    assert "measurement error" in named


# The table


def table(found: GoalProgress, width: int = 110) -> list[str]:
    course: Course = course_of(found, ZONE)
    return [one.plain.rstrip() for one in value_lines(course, ZONE, width)]


def test_the_table_has_the_newest_value_first_with_its_change_and_what_it_means() -> None:
    assert table(progress((7, 50), (14, 60), mdc=6)) == [
        "Date             Value  Change  Judged          Taken",
        "Tue 15 Sep 2026    60°    +12°  ▲ real change   in the session",
        "Tue 8 Sep 2026     50°     +2°  = within error  in the session",
        "Tue 1 Sep 2026     48°          ○ baseline",
    ]


def test_what_was_entered_in_error_is_marked_in_words_and_judged_no_more() -> None:
    lines = table(progress((7, 50), (14, 999), mdc=6, wrong=(1,)))
    assert "999°" in lines[1]
    assert "✗ entered in error" in lines[1]
    assert "+" not in lines[1]


def test_a_rating_that_is_missing_is_a_dash_and_never_zero() -> None:
    found = progress((7, 5))
    one = replace(found.measurements[0], ratings=(Rating("drive", 4), Rating("sleep", None)), remark="tired")
    assert table(GoalProgress(found.goal, (one,)))[1].endswith("drive: 4, sleep: –; tired")


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
def test_no_line_of_the_table_is_wider_than_the_pane(width: int) -> None:
    found = progress((7, 50), (14, 60), mdc=6)
    long = replace(found.measurements[0], remark="long " * 40, entered_by="Dana Reyes, LMT")
    assert all(cell_len(line) <= width for line in table(GoalProgress(found.goal, (long,)), width))
