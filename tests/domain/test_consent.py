"""Consents: the days on which they count, and what they must say."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.consent import Consent, ConsentDraft, ConsentKind, ConsentMethod

TODAY = date(2026, 11, 23)
DAY = timedelta(1)
GIVEN = Consent(UUID(int=1), UUID(int=2), ConsentKind.TREATMENT, ConsentMethod.WRITTEN, TODAY)
DRAFT = ConsentDraft(ConsentKind.TREATMENT, ConsentMethod.VERBAL, TODAY)


def test_consent_counts_from_the_day_it_was_given():
    assert GIVEN.live_on(TODAY)
    assert GIVEN.live_on(TODAY + 9999 * DAY)
    assert not GIVEN.live_on(TODAY - DAY)


def test_the_last_day_counts_and_the_day_of_withdrawal_does_not():
    until = replace(GIVEN, expires_on=TODAY + DAY)
    assert [until.live_on(TODAY + n * DAY) for n in (1, 2)] == [True, False]
    withdrawn = replace(GIVEN, withdrawn_on=TODAY + DAY)
    assert [withdrawn.live_on(TODAY + n * DAY) for n in (0, 1)] == [True, False]
    assert not replace(GIVEN, withdrawn_on=TODAY).live_on(TODAY)


@pytest.mark.parametrize(
    ("draft", "problems"),
    [
        (DRAFT, {}),
        (replace(DRAFT, expires_on=TODAY), {}),
        (replace(DRAFT, given_on=TODAY + DAY), {"given_on": "It cannot have been given after today."}),
        (replace(DRAFT, expires_on=TODAY - DAY), {"expires_on": "It cannot run out before it was given."}),
        (
            replace(DRAFT, kind=ConsentKind.SENSITIVE_AREA, regions=" "),
            {"regions": "Please name the area that the consent is for."},
        ),
        (replace(DRAFT, kind=ConsentKind.SENSITIVE_AREA, regions="chest wall"), {}),
    ],
)
def test_consent_says_what_must_be_mended(draft: ConsentDraft, problems: dict[str, str]):
    assert draft.cleaned().problems(TODAY) == problems


@given(text=st.text())
def test_cleaning_a_consent_twice_changes_nothing_more(text: str):
    once = replace(DRAFT, given_by=text, regions=text).cleaned()
    assert once.cleaned() == once
