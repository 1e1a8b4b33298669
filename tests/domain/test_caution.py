"""Cautions: worst first, nothing hidden, and a history that was never asked is told apart from none."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from therapist_tui.domain.caution import Caution, cautions_for

from therapist_tui.domain.client import Client
from therapist_tui.domain.health import HealthEntry, HealthKind, Side
from therapist_tui.domain.level import Level

TODAY = date(2026, 11, 23)
AMARA = Client(UUID(int=1), "Amara Okafor", born_on=date(1992, 3, 14))
CLOT = HealthEntry(
    UUID(int=2),
    AMARA.id,
    HealthKind.CONDITION,
    "Clot",
    Level.ABSOLUTE,
    "lower leg",
    Side.LEFT,
    "No leg work",
    date(2026, 11, 3),
)


def test_entry_becomes_a_caution_with_advice_place_and_source():
    assert cautions_for(AMARA, [CLOT], True, TODAY) == (
        Caution(
            Level.ABSOLUTE,
            "Clot",
            "No leg work",
            "left lower leg",
            "From the health history: condition since 03 Nov 2026.",
        ),
    )
    undated = cautions_for(AMARA, [replace(CLOT, began_on=None)], True, TODAY)
    assert undated[0].source == "From the health history: condition."


def test_what_is_over_or_asks_for_nothing_is_no_caution():
    assert cautions_for(AMARA, [replace(CLOT, severity=None), replace(CLOT, resolved_on=TODAY)], True, TODAY) == ()


@given(st.lists(st.sampled_from(Level)), st.booleans())
def test_cautions_stand_worst_first_and_none_is_dropped(levels: list[Level], asked: bool):
    found = cautions_for(AMARA, [replace(CLOT, severity=level) for level in levels], asked, TODAY)
    assert len(found) == len(levels) + (not asked)
    assert [one.level.rank for one in found] == sorted(one.level.rank for one in found)


def test_entries_of_one_level_keep_their_order():
    entries = [replace(CLOT, text=text) for text in ("b", "a", "c")]
    assert [one.title for one in cautions_for(AMARA, entries, True, TODAY)] == ["b", "a", "c"]


def test_history_never_asked_is_unknown_and_says_what_to_press():
    assert cautions_for(AMARA, [], False, TODAY) == (
        Caution(Level.UNKNOWN, "History never asked", "Ask before you begin, then press y or h."),
    )


@pytest.mark.parametrize(
    ("born_on", "guardian", "minor"),
    [
        (date(2010, 1, 1), "", True),
        (date(2010, 1, 1), "mother", False),
        (date(2000, 1, 1), "", False),
        (None, "", False),
    ],
)
def test_minor_without_a_guardian_needs_consent_first(born_on: date | None, guardian: str, minor: bool):
    found = cautions_for(replace(AMARA, born_on=born_on, guardian=guardian), [], True, TODAY)
    expected = Caution(Level.CLEARANCE, "Minor, 16 years", "No guardian on the card: ask for consent.")
    assert found == ((expected,) if minor else ())


def test_pregnancy_says_its_weeks():
    pregnant = replace(CLOT, kind=HealthKind.PREGNANCY, text="Pregnant", began_on=date(2026, 6, 22))
    assert cautions_for(AMARA, [pregnant], True, TODAY)[0].title == "Pregnant, 22 weeks"


@pytest.mark.parametrize(
    ("text", "title"), [("nut oil", "Allergy: nut oil"), ("Allergic to nut oil", "Allergic to nut oil")]
)
def test_allergy_is_called_one_once(text: str, title: str):
    entry = replace(CLOT, kind=HealthKind.ALLERGY, text=text)
    assert cautions_for(AMARA, [entry], True, TODAY)[0].title == title
