"""Who may be told, and by which consent (clinical.md 7.2: signed, naming the recipient, not older than six months)."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from therapist_tui.domain.consent import Consent, ConsentKind, ConsentMethod
from therapist_tui.domain.release import ReleaseDraft, consent_to_release

TODAY = date(2026, 11, 23)
SIGNED = Consent(
    uuid4(), uuid4(), ConsentKind.RELEASE, ConsentMethod.WRITTEN, date(2026, 6, 1), conditions="reports to Dr Lin"
)


@pytest.mark.parametrize(
    ("changes", "to_whom", "counts"),
    [
        ({}, "Dr Lin", True),
        ({}, "Dr. LIN, family physician", True),
        ({"conditions": "", "regions": "Lín"}, "Dr Lin", True),
        ({"method": ConsentMethod.ELECTRONIC}, "Dr Lin", True),
        ({"given_on": date(2026, 5, 23)}, "Dr Lin", True),
        ({"given_on": date(2026, 5, 22)}, "Dr Lin", False),
        ({"method": ConsentMethod.VERBAL}, "Dr Lin", False),
        ({"kind": ConsentKind.TREATMENT}, "Dr Lin", False),
        ({"expires_on": date(2026, 11, 22)}, "Dr Lin", False),
        ({"withdrawn_on": TODAY}, "Dr Lin", False),
        ({"conditions": ""}, "Dr Lin", False),
        ({}, "Dr Okafor", False),
        ({"conditions": "my family doctor"}, "Dr Lin", False),
    ],
)
def test_a_consent_counts_when_signed_recent_live_and_naming_them(
    changes: dict[str, Any], to_whom: str, counts: bool
) -> None:
    consent = replace(SIGNED, **changes)
    assert consent_to_release([consent], to_whom, TODAY) == (consent if counts else None)


@pytest.mark.parametrize("missing", ["what", "to_whom", "why"])
def test_a_release_says_what_to_whom_and_why(missing: str) -> None:
    whole = ReleaseDraft("report", "Dr Lin", "asked for")
    assert not whole.cleaned().problems()
    assert list(replace(whole, **{missing: " \x1b "}).cleaned().problems()) == [missing]
