"""Figures in a text: each class begins exactly where its threshold lies, and what only looks like a figure is none."""

import pytest

from therapist_tui.domain.screening.figures import readings


def classes(text: str) -> list[str]:
    return [name for name, _start, _end in readings(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BP 139/89", []),
        ("BP 140/89", ["@bp-raised"]),
        ("BP 139/90", ["@bp-raised"]),
        ("BP 159/99", ["@bp-raised"]),
        ("BP 160/99", ["@bp-raised", "@bp-high"]),
        ("BP 159/100", ["@bp-raised", "@bp-high"]),
        ("BP 179/119", ["@bp-raised", "@bp-high"]),
        ("BP 180/119", ["@bp-raised", "@bp-high", "@bp-crisis"]),
        ("BP 179/120", ["@bp-raised", "@bp-high", "@bp-crisis"]),
        ("bp 165 over 95 at the pharmacy", ["@bp-raised", "@bp-high"]),
        ("BP 280/160", ["@bp-raised", "@bp-high", "@bp-crisis"]),
        ("281/100", []),  # no pressure that anybody has
        ("200/161", []),
        ("150/34", []),
        ("150/35", ["@bp-raised"]),
        ("95/95", []),  # the upper lies above the lower
        ("96/95", ["@bp-raised"]),
        ("infusion 165/95", []),  # a date or a dose, as said before it
        ("12/165/95", []),
        ("sets of 95/95, BP 185/95 today", ["@bp-raised", "@bp-high", "@bp-crisis"]),
        ("BP 120/80 in June, BP 185/95 today", ["@bp-raised", "@bp-high", "@bp-crisis"]),
    ],
)
def test_blood_pressure_counts_from_either_of_its_two_thresholds(text: str, found: list[str]) -> None:
    assert classes(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("temp 100.3", []),
        ("temp 100.4", ["@fever-reading"]),
        ("temp 108", ["@fever-reading"]),
        ("temp 108.1", []),
        ("temp 37.9", []),
        ("temp 38.0", ["@fever-reading"]),
        ("temp 38,5 since last night", ["@fever-reading"]),
        ("temp 41.9", ["@fever-reading"]),
        ("weighs 103 now", []),  # nothing feverish is said
        ("39 °C", ["@fever-reading"]),
        ("38°C this morning", ["@fever-reading"]),
        ("38 degrees since yesterday", ["@fever-reading"]),
        ("running a 39", ["@fever-reading"]),
        ("fever of 40 last night", ["@fever-reading"]),
        ("temp 37 °C", []),
        ("39 year old, fever gone", []),
        ("had a fever for 40 min", []),
        ("40 °F in the car park", []),
        ("rotation left 40°", []),  # a joint is measured in degrees too
        ("flexion 101 degrees", []),
        ("rotation 40°, temp 36.8", []),
        ("rotation 40°, temp 39 °C", ["@fever-reading"]),
    ],
)
def test_fever_begins_at_its_degree_in_either_scale(text: str, found: list[str]) -> None:
    assert classes(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("platelets 100", []),
        ("platelets 99", ["@platelets-low"]),
        ("platelets 20", ["@platelets-low"]),
        ("plt 19k", ["@platelets-low", "@platelets-verylow"]),
        ("sugar 19", []),  # no reading in mg/dL
        ("sugar 20", ["@sugar-low"]),
        ("sugar 69", ["@sugar-low"]),
        ("sugar 70", []),
        ("glucose 249", []),
        ("glucose 250", ["@sugar-high"]),
        ("glucose 399", ["@sugar-high"]),
        ("glucose 400", ["@sugar-high", "@sugar-veryhigh"]),
        ("a1c 8.9", []),
        ("a1c 9", ["@a1c-high"]),
        ("radiation, fx 12/25", ["@fraction"]),
        ("session 3 of 6", []),  # no radiation is spoken of
    ],
)
def test_blood_figures_and_fractions_count_from_their_thresholds(text: str, found: list[str]) -> None:
    assert classes(text) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("BP was 185/125.", {"185/125"}),
        ("had temp 39.5 today", {"39.5"}),
        ("her platelets 12 now", {"platelets 12"}),
        ("felt sugar 410 then", {"sugar 410"}),
        ("felt sugar 60 then", {"sugar 60"}),
        ("told A1c 9.5 then", {"A1c 9.5"}),
        ("radiation, fx 3/25 done", {"fx 3/25"}),
    ],
)
def test_a_figure_is_said_to_stand_where_it_stands(text: str, said: set[str]) -> None:
    assert {text[start:end].strip() for _name, start, end in readings(text)} == said
