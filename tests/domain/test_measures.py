"""The measures: what ships, with which figures, found by which words, and what a broken file is told."""

from math import inf

import pytest

from therapist_tui.domain.measures.catalogue import find_measures, measure_of, measures
from therapist_tui.domain.measures.reading import read_file
from therapist_tui.domain.measures.values import Direction, Entry
from therapist_tui.domain.screening.errors import BrokenKnowledge

FIGURES = [
    # id, unit, range, direction, MDC, MCID, share of the baseline: clinical.md 1.2
    ("nprs.worst", "/10", (0, 10), "lower", None, 2, 0.3),
    ("vas", "mm", (0, 100), "lower", None, 15, 0.3),
    ("psfs", "/10", (0, 10), "higher", 2, 2, None),
    ("ndi", "%", (0, 100), "lower", 10, 19, None),
    ("odi", "%", (0, 100), "lower", 10, 10, 0.3),
    ("quickdash", "/100", (0, 100), "lower", 11, 14, None),
    ("quickdash.work", "/100", (0, 100), "lower", None, None, None),
    ("dash", "/100", (0, 100), "lower", 10.5, 10.2, None),
    ("lefs", "/80", (0, 80), "higher", 9, 9, None),
    ("rmdq", "/24", (0, 24), "lower", None, 5, 0.3),
    ("fabq.activity", "/24", (0, 24), "lower", 3.69, 4, None),
    ("fabq.work", "/42", (0, 42), "lower", 5.95, 7, None),
    ("pss10", "/40", (0, 40), "lower", None, None, None),
    ("hit6", "points", (36, 78), "lower", None, 8, None),
    ("promis.interference", "T", (10, 90), "lower", None, 5.5, None),
    ("promis.function", "T", (10, 90), "higher", None, 6, None),
    ("headache.days28", "days", (0, 28), "lower", None, inf, 0.5),
    ("headache.days7", "days", (0, 7), "lower", None, inf, 0.5),
    ("sleep.quality", "/10", (0, 10), "higher", None, None, None),
    ("groc", "", (-7, 7), "higher", None, None, None),
    ("grip", "kg", (0, 120), "higher", None, 5, None),
    ("tenderness", "", (0, 4), "lower", None, None, None),
    ("ashworth", "", (0, 5), "lower", None, None, None),
    ("mmt", "", (0, 5), "higher", None, None, None),
    ("tone", "", (-2, 3), "either", None, None, None),
    ("rom.neck.rotation.active", "°", (0, 120), "higher", 10, None, None),
    ("rom.knee.flexion.passive", "°", (0, 170), "higher", 5, None, None),
    ("rom.jaw.opening.active", "mm", (0, 80), "higher", None, None, None),
]


@pytest.mark.parametrize(("measure_id", "unit", "ends", "way", "mdc", "mcid", "share"), FIGURES)
def test_measure_has_the_figures_of_its_sheet(
    measure_id: str,
    unit: str,
    ends: tuple[float, float],
    way: str,
    mdc: float | None,
    mcid: float | None,
    share: float | None,
) -> None:
    measure = measure_of(measure_id)
    assert measure
    assert (measure.unit, (measure.lowest, measure.highest)) == (unit, ends)
    assert measure.direction.name == way.upper()
    assert (measure.mdc.value if measure.mdc else None) == mdc
    assert (measure.mcid.value if measure.mcid else None) == mcid
    assert (measure.mcid.relative if measure.mcid else None) == share


MOTIONS = {
    "neck": 4, "back": 4, "shoulder": 7, "elbow": 2, "forearm": 2, "wrist": 4, "thumb": 2, "finger": 3, "hip": 6,
    "knee": 2, "ankle": 5, "jaw": 3,
}  # fmt: skip


def test_every_joint_has_its_movements_active_and_passive_apart() -> None:
    for joint, count in MOTIONS.items():
        for way in ("active", "passive"):
            ids = [one for one in measures() if one.startswith(f"rom.{joint}.") and one.endswith(way)]
            assert len(ids) == count, joint


@pytest.mark.parametrize(
    ("movement", "reference"),
    [
        ("neck.rotation", (60, 80)), ("back.flexion", (80, 80)), ("shoulder.flexion", (180, 180)),
        ("elbow.extension", (0, 0)), ("wrist.ulnar-deviation", (30, 30)), ("hip.flexion", (120, 120)),
        ("knee.flexion", (135, 135)), ("ankle.eversion", (15, 25)), ("jaw.opening", (40, 50)),
        ("ankle.dorsiflexion-bent", None),
    ],
)  # fmt: skip
def test_reference_of_a_movement_is_the_one_of_the_table(movement: str, reference: tuple[float, float] | None) -> None:
    measure = measure_of(f"rom.{movement}.active")
    assert measure
    assert measure.reference == reference
    assert "normal" not in measure.asked


def test_every_figure_names_its_population_and_its_source_or_says_that_it_is_a_convention() -> None:
    for measure in measures().values():
        for figure in (measure.mdc, measure.mcid, measure.mdc_single):
            if figure:
                assert figure.population
                assert figure.convention != bool(figure.source)
                assert figure.told().startswith("convention") == figure.convention
                assert figure.size(measure.unit)


def test_error_of_motion_is_said_to_be_a_convention() -> None:
    assert {one.mdc.convention for one in measures().values() if one.group == "Motion" and one.mdc} == {True}


def test_codes_are_only_those_that_two_sources_prove() -> None:
    coded = {one.id: one.loinc for one in measures().values() if one.loinc}
    assert coded == {"nprs": "72514-3", "odi": "97908-8", "promis.function": "77866-2"}


def test_licensed_questionnaires_are_score_entry_and_say_why() -> None:
    scored = [one for one in measures().values() if one.entry is Entry.SCORE]
    assert {one.id.partition(".")[0] for one in scored} == {
        "ndi", "odi", "quickdash", "dash", "lefs", "rmdq", "fabq", "pss10", "hit6", "promis",
    }  # fmt: skip
    assert all(one.licence and not one.grades for one in scored)


def test_no_measure_calls_its_reference_normal_and_every_one_can_be_offered() -> None:
    for measure in measures().values():
        assert measure.title
        assert measure.short
        assert measure.group
        assert measure.about
        assert measure.lowest < measure.highest
        assert measure.scale


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ndi", "ndi"),
        ("NECK dis", "ndi"),
        ("neck rot", "rom.neck.rotation.active"),
        ("cervical rotation passive", "rom.neck.rotation.passive"),
        ("hip ir", "rom.hip.internal-rotation.active"),
        ("worst pain", "nprs.worst"),
        ("VAS", "vas"),
        ("jaw open", "rom.jaw.opening.active"),
        ("headache", "headache.days28"),
        ("sleep", "sleep.quality"),
        ("pss", "pss10"),
        ("quickdash", "quickdash"),
        ("dash", "dash"),
        ("rotation, neck", "rom.neck.rotation.active"),
        ("hip (ir)", "rom.hip.internal-rotation.active"),
    ],
)
def test_measure_is_found_by_the_beginnings_of_its_words(words: str, found: str) -> None:
    assert find_measures(words)[0].id == found


@pytest.mark.parametrize(
    ("words", "first", "then"),
    [
        ("pain", "nprs", "nprs.movement"),
        ("jaw p", "rom.jaw.protrusion.active", "rom.jaw.protrusion.passive"),
        ("rest", "tone", "nprs.rest"),
    ],
)
def test_measure_whose_name_begins_so_goes_before_one_that_only_has_the_word(words: str, first: str, then: str) -> None:
    assert [one.id for one in find_measures(words)[:2]] == [first, then]


@pytest.mark.parametrize("words", ["", "  ", "juggling", "neck juggling"])
def test_words_of_no_measure_find_none(words: str) -> None:
    assert find_measures(words) == ()


def test_every_measure_is_found_by_its_own_title() -> None:
    assert [find_measures(one.title)[0].title for one in measures().values()] == [
        one.title for one in measures().values()
    ]


def test_goal_is_named_after_measure_and_side() -> None:
    named = {
        ("rom.neck.rotation.active", "left"): "Neck rotation left",
        ("rom.hip.flexion.passive", "right"): "Hip flexion right, passive",
        ("rom.ankle.dorsiflexion-bent.active", "left"): "Ankle dorsiflexion, knee bent left",
        ("grip", "right"): "Grip strength right",
        ("rom.neck.rotation.active", ""): "Neck rotation",
        ("sleep.quality", ""): "Sleep quality, 7 days",
    }
    assert {key: measures()[key[0]].named(key[1]) for key in named} == named


def test_grades_are_counted_in_steps_and_shown_by_name() -> None:
    strength = measures()["mmt"]
    assert strength.shown(2.7) == "3-"
    assert strength.steps(2.7, 4) == 4
    assert (strength.steps(2.7, 9), strength.steps(9, 2.7), strength.steps(4, 4)) == (0, 0, 0)
    assert measures()["ashworth"].shown(2) == "1+"
    assert measures()["tenderness"].scale == "0 to IV, lower is better"
    assert measures()["tone"].direction is Direction.EITHER


def test_value_is_shown_with_its_unit_and_two_places_and_bare_as_it_is() -> None:
    assert measures()["ndi"].shown(35.555556) == "35.56 %"
    assert measures()["ndi"].shown(35.555556, bare=True) == "35.555556"
    assert measures()["rom.neck.rotation.active"].shown(62) == "62°"
    assert measures()["nprs.worst"].shown(7) == "7/10"


GOOD = """
[[measure]]
id = "x"
title = "X"
short = "X"
group = "G"
about = "A."
lowest = 0
highest = 10
direction = "lower"
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[measure]", "bad.toml: the file: text: "),
        (GOOD.replace('id = "x"\n', ""), "bad.toml: measure 1: id: a text is wanted."),
        (GOOD.replace('"lower"', '"down"'), "bad.toml: x: direction: “down” is not known here."),
        (GOOD.replace("highest = 10", "highest = 0"), "bad.toml: x: highest: the highest value lies above the lowest."),
        (GOOD.replace("highest = 10", 'highest = "10"'), "bad.toml: x: highest: a number is wanted."),
        (GOOD + "mdc = { value = 2 }", "bad.toml: x, mdc: source: a text is wanted."),
        (
            GOOD + 'mdc = { population = "p", source = "s" }',
            "bad.toml: x, mdc: value: a number above 0 is wanted, or a share of the baseline.",
        ),
        (
            GOOD + 'mcid = { relative = 30, source = "s" }',
            "bad.toml: x, mcid: relative: a share between 0 and 1 is wanted.",
        ),
        (GOOD + 'entry = "score"', "bad.toml: x: scoring: score entry and scoring belong together."),
        (
            GOOD + 'entry = "score"\nscoring = { formula = "guess", items = 1, needed = 1 }',
            "bad.toml: x, scoring: formula: “guess” is not known here.",
        ),
        (
            GOOD + 'entry = "score"\nscoring = { formula = "sum", items = 2, needed = 3, item_highest = 5 }',
            "bad.toml: x, scoring: needed: no more can be needed than there are items.",
        ),
        (
            GOOD + 'entry = "score"\nscoring = { formula = "sum", items = 3, needed = 3, item_highest = 5 }',
            "bad.toml: x, scoring: formula: it gives 0 to 15, and the scale is another one.",
        ),
        (
            GOOD + 'grades = [{ value = 1, name = "I", meaning = "a" }, { value = 0, name = "0", meaning = "b" }]',
            "bad.toml: x: grades: grades rise, each with a value of its own.",
        ),
        (GOOD + "every_days = 1.5", "bad.toml: x: every_days: a whole number from 1 is wanted."),
    ],
)
def test_broken_file_is_told_by_file_entry_and_field(text: str, said: str) -> None:
    with pytest.raises(BrokenKnowledge) as refused:
        list(read_file("bad.toml", text))
    assert str(refused.value).startswith(said)


def test_the_file_that_the_faults_are_made_of_is_good() -> None:
    (measure,) = read_file("good.toml", GOOD)
    assert (measure.id, measure.highest) == ("x", 10)
