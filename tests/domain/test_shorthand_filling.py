"""The shorthand line fills the note while it is typed, and what was written by hand stays."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.note import NoteContent
from therapist_tui.domain.shorthand import refilled
from therapist_tui.domain.treatments import Treatment

LINE = "L trap 7>3 HT TrP; MFR 25m; tol well; HEP chin tucks; 2w"
HAND = NoteContent("“Neck is tight.”", "Scar pale.", "", "See Dr Lin.", (Treatment("cupping", 5),), None, None, "", "")
FRAGMENTS = st.lists(
    st.sampled_from(["L trap 7>3", "B QL TTP", "MFR 25m", "tol well", "2w", "HEP walk", "R calf", "xyz", "press 3"]),
    max_size=5,
)


def test_line_fills_every_section_it_speaks_of() -> None:
    note = refilled(NoteContent(), LINE)
    assert "7/10" in note.subjective
    assert "Left trapezius: hypertonic" in note.objective
    assert "7 → 3" in note.assessment
    assert "2 weeks" in note.plan
    assert note.treatments == (Treatment("myofascial release", 25),)
    assert (note.pain_before, note.pain_after) == (7, 3)
    assert note.home_care == "chin tucks"
    assert note.shorthand == LINE


@given(FRAGMENTS, FRAGMENTS)
def test_what_was_written_by_hand_stays_whatever_the_line_says(first: list[str], then: list[str]) -> None:
    note = refilled(refilled(HAND, "; ".join(first)), "; ".join(then))
    assert note.subjective.startswith(HAND.subjective)
    assert note.objective.startswith(HAND.objective)
    assert note.plan.startswith(HAND.plan)
    assert HAND.treatments[0] in note.treatments


@given(FRAGMENTS)
def test_emptied_line_leaves_what_was_there_before(parts: list[str]) -> None:
    again = refilled(refilled(HAND, "; ".join(parts)), "")
    assert again.treatments == HAND.treatments
    assert (again.subjective.strip(), again.objective.strip()) == (HAND.subjective, HAND.objective)
    assert (again.plan.strip(), again.assessment.strip()) == (HAND.plan, "")


def test_section_edited_by_hand_is_left_alone() -> None:
    edited = replace(refilled(HAND, LINE), assessment="Much softer; pain 3.")
    assert refilled(edited, LINE + "; B QL TTP").assessment == "Much softer; pain 3."


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_line_fills_without_raising_and_is_kept_as_typed(first: str, then: str) -> None:
    assert refilled(refilled(HAND, first), then).shorthand == then
