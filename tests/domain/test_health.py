"""The health history: what is still true on a day, where it is, and how far a pregnancy has come."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.health import HealthEntry, HealthEntryDraft, HealthKind, Side

TODAY = date(2026, 11, 23)
DAY = timedelta(1)
CLOT = HealthEntry(UUID(int=1), UUID(int=2), HealthKind.CONDITION, "clot", region="lower leg", side=Side.LEFT)
PREGNANT = replace(CLOT, kind=HealthKind.PREGNANCY, began_on=TODAY - 155 * DAY)
DRAFT = HealthEntryDraft(HealthKind.CONDITION, "migraine")


def test_entry_is_open_until_the_day_it_is_over():
    over = replace(CLOT, resolved_on=TODAY)
    assert CLOT.open_on(TODAY)
    assert over.open_on(TODAY - DAY)
    assert not over.open_on(TODAY)


@pytest.mark.parametrize(
    ("side", "region", "place"),
    [
        (Side.LEFT, "lower leg", "left lower leg"),
        (Side.NONE, "neck", "neck"),
        (Side.BOTH, "", "both"),
        (Side.NONE, "", ""),
    ],
)
def test_place_is_side_and_region(side: Side, region: str, place: str):
    assert replace(CLOT, side=side, region=region).place == place


@pytest.mark.parametrize(
    ("days", "weeks"), [(-1, None), (0, 0), (6, 0), (7, 1), (155, 22), (45 * 7 + 6, 45), (46 * 7, None)]
)
def test_pregnancy_is_counted_in_completed_weeks_from_0_to_45(days: int, weeks: int | None):
    assert replace(PREGNANT, began_on=TODAY - days * DAY).gestation_on(TODAY) == weeks


def test_only_an_open_pregnancy_with_a_date_has_weeks():
    assert PREGNANT.gestation_on(TODAY) == 22
    for other in (
        replace(PREGNANT, kind=HealthKind.CONDITION),
        replace(PREGNANT, began_on=None),
        replace(PREGNANT, resolved_on=TODAY),
    ):
        assert other.gestation_on(TODAY) is None


@pytest.mark.parametrize(
    ("draft", "problems"),
    [
        (DRAFT, {}),
        (replace(DRAFT, began_on=TODAY, resolved_on=TODAY), {}),
        (replace(DRAFT, text=" … "), {"text": "Please say what it is, in the client's words or yours."}),
        (replace(DRAFT, began_on=TODAY + DAY), {"began_on": "It cannot have begun after today."}),
        (
            replace(DRAFT, began_on=TODAY, resolved_on=TODAY - DAY),
            {"resolved_on": "It cannot have ended before it began."},
        ),
    ],
)
def test_entry_says_what_must_be_mended(draft: HealthEntryDraft, problems: dict[str, str]):
    assert draft.cleaned().problems(TODAY) == problems


@given(text=st.text())
def test_cleaning_an_entry_twice_changes_nothing_more(text: str):
    once = replace(DRAFT, text=text, region=text, advice=text).cleaned()
    assert once.cleaned() == once
