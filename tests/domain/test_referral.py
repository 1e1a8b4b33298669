"""Referrals: how many visits are left, until when, and what they must say."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.referral import Referral, ReferralDraft

TODAY = date(2026, 11, 23)
DAY = timedelta(1)
SENT = Referral(UUID(int=1), UUID(int=2), "Dr Lin", visits_authorised=6, visits_used=5)
DRAFT = ReferralDraft("Dr Lin", "M54.2 neck pain")


@given(authorised=st.none() | st.integers(1, 500), used=st.integers(0, 600))
def test_visits_left_never_fall_below_none(authorised: int | None, used: int):
    left = replace(SENT, visits_authorised=authorised, visits_used=used).visits_left
    assert left == (None if authorised is None else max(0, authorised - used))


def test_referral_covers_its_last_day_and_its_last_visit():
    assert SENT.live_on(TODAY)
    assert replace(SENT, expires_on=TODAY).live_on(TODAY)
    assert not replace(SENT, expires_on=TODAY - DAY).live_on(TODAY)
    assert not replace(SENT, visits_used=6).live_on(TODAY)
    assert replace(SENT, visits_authorised=None, visits_used=99).live_on(TODAY)


@pytest.mark.parametrize(
    ("draft", "problems"),
    [
        (DRAFT, {}),
        (replace(DRAFT, visits_authorised=1, written_on=TODAY, expires_on=TODAY), {}),
        (replace(DRAFT, referrer=" "), {"referrer": "Please say who wrote the referral."}),
        (replace(DRAFT, visits_authorised=0), {"visits_authorised": "A referral covers 1 to 500 visits."}),
        (replace(DRAFT, visits_authorised=501), {"visits_authorised": "A referral covers 1 to 500 visits."}),
        (
            replace(DRAFT, written_on=TODAY, expires_on=TODAY - DAY),
            {"expires_on": "It cannot run out before it was written."},
        ),
    ],
)
def test_referral_says_what_must_be_mended(draft: ReferralDraft, problems: dict[str, str]):
    assert draft.cleaned().problems() == problems


@given(text=st.text())
def test_cleaning_a_referral_twice_changes_nothing_more(text: str):
    once = ReferralDraft(text, text).cleaned()
    assert once.cleaned() == once
