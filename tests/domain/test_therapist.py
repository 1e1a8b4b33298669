"""The therapist: the signature, the certifications that hold today, and what set-up asks for."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.therapist import CERTIFICATIONS, Certification, EducationDuty, Therapist, TherapistDraft

TODAY = date(2026, 11, 23)
DANA = Therapist(UUID(int=1), "Dana Reyes", "LMT", "4711", None, ZoneInfo("America/Toronto"))
DRAFT = TherapistDraft("Dana Reyes", "LMT", "4711", None, "America/Toronto")


def held(kind: str, expires_on: date | None = None) -> Certification:
    return Certification(UUID(int=2), kind, expires_on)


def test_signature_is_name_and_credential():
    assert DANA.signature == "Dana Reyes, LMT"
    assert replace(DANA, credential="").signature == "Dana Reyes"


def test_certification_holds_to_its_last_day():
    assert held("prenatal").valid_on(date.max)
    assert held("prenatal", TODAY).valid_on(TODAY)
    assert not held("prenatal", TODAY).valid_on(TODAY + timedelta(1))


def test_therapist_is_certified_by_any_one_that_holds():
    lapsed, renewed = held("prenatal", TODAY - timedelta(1)), held("prenatal", TODAY)
    assert replace(DANA, certifications=(lapsed, renewed)).certified("prenatal", TODAY)
    assert not replace(DANA, certifications=(lapsed, held("oncology"))).certified("prenatal", TODAY)


def test_certification_is_titled_in_words_and_an_unknown_one_by_its_id():
    assert {held(kind).title for kind in CERTIFICATIONS} == set(CERTIFICATIONS.values())
    assert held("reiki").title == "reiki"


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({}, {}),
        ({"licence_number": "none", "credential": ""}, {}),
        ({"name": " . "}, {"name": "Please give the name that stands under your notes."}),
        (
            {"licence_number": " "},
            {"licence_number": "Please give your licence number, or “none” where none is needed."},
        ),
        ({"certifications": (("prenatal", None), (" ", None))}, {"certifications": "A certification needs a name."}),
    ],
)
def test_profile_says_what_must_be_mended(change: dict[str, object], problems: dict[str, str]):
    assert replace(DRAFT, **change).cleaned().problems() == problems  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("zone", ["", "Toronto", "EST5", "../../etc/passwd", "/etc/localtime", "America/Toronto\x00"])
def test_what_is_no_time_zone_is_refused_with_examples(zone: str):
    sentence = "That is no time zone I know. Try “America/Toronto” or “Europe/Paris”."
    assert replace(DRAFT, zone=zone).cleaned().problems() == {"zone": sentence}


@given(text=st.text())
def test_cleaning_a_profile_twice_changes_nothing_more(text: str):
    once = TherapistDraft(text, text, text, None, text, ((text, None),)).cleaned()
    assert once.cleaned() == once


@pytest.mark.parametrize(
    ("duty", "field"),
    [
        (EducationDuty(0), "education_hours"),
        (EducationDuty(1e6), "education_hours"),
        (EducationDuty(24, TODAY, TODAY - timedelta(days=1)), "education_due_on"),
    ],
)
def test_an_education_duty_that_cannot_be_is_named_by_its_field(duty: EducationDuty, field: str):
    assert replace(DRAFT, education_duty=duty).cleaned().problems().keys() == {field}
