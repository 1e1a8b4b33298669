"""Carrying forward is honest: never S, marked until touched or confirmed, and the likeness to the last note is told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.carrying import SECTIONS, Carried, carry, confirm, likeness, standing, take_back, waiting
from therapist_tui.domain.note import NoteContent
from therapist_tui.domain.signing import settled
from therapist_tui.domain.treatments import Treatment

LAST = NoteContent(
    "“neck tight”",
    "UT L hypertonic.\n\nLevator tender.",
    "Softer.",
    "Weekly for 4 weeks.",
    (Treatment("MFR", 25), Treatment("trigger point", 10)),
    7,
    3,
    "Chin tucks 2x10.\nHeat 10 min.",
    "Recheck levator.",
)
LINES = st.text(st.sampled_from("abc \n"), max_size=12)
NOTES = st.builds(
    NoteContent,
    LINES, LINES, LINES, LINES,
    st.lists(st.builds(Treatment, st.sampled_from(["MFR", "NMT", "SwM"]), st.none() | st.just(5)), max_size=3).map(tuple),
    home_care=LINES,
    next_time=LINES,
)  # fmt: skip


def test_a_carried_section_stands_below_what_was_written_and_waits() -> None:
    note = carry(NoteContent(home_care="Walk."), LAST, "home_care")
    assert note.home_care == "Walk.\nChin tucks 2x10.\nHeat 10 min."
    assert waiting(note) == (Carried("home_care", "Chin tucks 2x10."), Carried("home_care", "Heat 10 min."))


def test_work_done_is_carried_technique_by_technique() -> None:
    note = carry(NoteContent(treatments=(Treatment("MFR", 25),)), LAST, "treatments")
    assert note.treatments == (Treatment("MFR", 25), Treatment("trigger point", 10))
    assert [one.text for one in waiting(note)] == ["trigger point 10"]


@pytest.mark.parametrize("section", ["subjective", "pain_before", "shorthand", "times", "whatever"])
def test_what_the_client_said_and_what_is_measured_anew_is_never_carried(section: str) -> None:
    with pytest.raises(ValueError):
        carry(NoteContent(), LAST, section)


def test_a_changed_line_is_touched_and_blank_space_is_no_change() -> None:
    note = carry(NoteContent(), LAST, "plan")
    assert waiting(replace(note, plan="  Weekly for 4 weeks. "))
    assert not waiting(replace(note, plan="Weekly for 3 weeks."))
    assert not waiting(replace(note, plan=""))


def test_confirmed_lines_wait_no_longer_and_are_told_with_the_note() -> None:
    note = confirm(carry(NoteContent(), LAST, "home_care"), "home_care")
    assert not waiting(note)
    changed = replace(note, home_care="Chin tucks 3x10.\nHeat 10 min.")
    assert settled(changed).carried == (Carried("home_care", "Heat 10 min.", confirmed=True),)


def test_carrying_again_makes_a_line_that_was_deleted_wait_again() -> None:
    note = replace(confirm(carry(NoteContent(), LAST, "plan"), "plan"), plan="")
    again = carry(note, LAST, "plan")
    assert again.plan == LAST.plan
    assert waiting(again) == (Carried("plan", LAST.plan),)


@given(note=NOTES, last=NOTES, section=st.sampled_from(SECTIONS))
def test_carrying_and_taking_back_loses_nothing_that_was_written(
    note: NoteContent, last: NoteContent, section: str
) -> None:
    carried = carry(note, last, section)
    assert carried.subjective == note.subjective
    assert {one.section for one in carried.carried} <= {section}
    assert carry(carried, last, section) == carried
    back = take_back(carried, section)
    assert not waiting(back)
    kept = getattr(back, section)
    wrote = getattr(note, section)
    assert kept == wrote if section == "treatments" else kept.strip("\n") == wrote.strip("\n")


@given(note=NOTES, last=NOTES, section=st.sampled_from(SECTIONS))
def test_every_carried_line_waits_until_it_is_confirmed(note: NoteContent, last: NoteContent, section: str) -> None:
    carried = carry(note, last, section)
    assert waiting(carried, section) == standing(carried)
    confirmed = confirm(carried, section)
    assert not waiting(confirmed)
    assert standing(confirmed) == tuple(replace(one, confirmed=True) for one in waiting(carried))


def test_likeness_goes_from_nothing_in_common_to_the_same() -> None:
    assert likeness(NoteContent(), NoteContent()) == 0
    assert likeness(NoteContent("a b"), NoteContent("c d")) == 0
    assert likeness(LAST, LAST) == 1
    assert likeness(NoteContent("a b c d"), NoteContent("a b x y")) == 0.5


@given(note=NOTES, last=NOTES)
def test_likeness_is_a_share_and_the_same_both_ways(note: NoteContent, last: NoteContent) -> None:
    assert 0 <= likeness(note, last) == likeness(last, note) <= 1
