"""Sensitive areas: read out of words for places and techniques, and covered only by a live consent that names them."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.consent import Consent, ConsentKind, ConsentMethod
from therapist_tui.domain.plan import PlanStatus, TreatmentPlan
from therapist_tui.domain.sensitive import areas_in, consent_cautions, covers, default_sensitive

TODAY = date(2026, 11, 23)
ID = UUID(int=1)


def consent(kind: ConsentKind, regions: str = "", days: int = 0) -> Consent:
    return Consent(
        ID, ID, kind, ConsentMethod.WRITTEN, TODAY - timedelta(days=400), "", regions, TODAY + timedelta(days)
    )


@pytest.mark.parametrize(
    ("places", "ways", "areas"),
    [
        (("neck", "low back"), ("MFR",), []),
        (("thigh", "leg", "back", "whole body"), ("Massage",), []),  # nobody meant the inner thigh by name
        (("L glutes",), (), ["gluteal"]),
        (("piriformis",), (), ["gluteal"]),
        (("pec minor",), (), ["chest_anterior"]),
        (("inner thigh, breast",), (), ["thigh_medial", "breast"]),
        (("adductors",), (), ["thigh_medial"]),
        (("groin",), (), ["groin_inguinal"]),
        ((), ("intra-oral", "deep tissue"), ["intra_oral_tmj"]),
        ((), ("Intraoral massage",), ["intra_oral_tmj"]),
        ((), ("visceral",), ["visceral_abdominal"]),
        (("zzz",), ("zzz",), []),
    ],
)
def test_what_wants_a_consent_of_its_own_is_read_out_of_the_words(
    places: tuple[str, ...], ways: tuple[str, ...], areas: list[str]
):
    assert list(areas_in(places, ways, default_sensitive())) == areas


@pytest.mark.parametrize(
    ("kind", "regions", "area", "covered"),
    [
        (ConsentKind.SENSITIVE_AREA, "buttocks", "gluteal", True),
        (ConsentKind.SENSITIVE_AREA, "chest wall beside the scar", "chest_anterior", True),
        (ConsentKind.SENSITIVE_AREA, "chest", "breast", False),
        (ConsentKind.SENSITIVE_AREA, "thighs", "thigh_medial", False),  # it does not say the inner one
        (ConsentKind.SENSITIVE_AREA, "upper inner thigh", "thigh_medial", True),
        (ConsentKind.SENSITIVE_AREA, "abdomen", "visceral_abdominal", True),
        (ConsentKind.SENSITIVE_AREA, "intra-oral work", "intra_oral_tmj", True),
        (ConsentKind.INTRAORAL, "", "intra_oral_tmj", True),
        (ConsentKind.INTRAORAL, "", "gluteal", False),
        (ConsentKind.TREATMENT, "buttocks", "gluteal", False),
    ],
)
def test_consent_covers_what_it_names(kind: ConsentKind, regions: str, area: str, covered: bool):
    assert covers(consent(kind, regions), area, "?") is covered


def test_plan_on_hold_plans_nothing():
    plan = TreatmentPlan(ID, ID, "Hip", regions=("glutes",))
    held = TreatmentPlan(ID, ID, "Hip", regions=("glutes",), status=PlanStatus.ON_HOLD)
    assert len(consent_cautions(None, plan, (), TODAY, default_sensitive())) == 1
    assert consent_cautions(None, held, (), TODAY, default_sensitive()) == ()


@pytest.mark.parametrize(("days", "said"), [(0, None), (-1, "The consent ran out 22 Nov.")])
def test_consent_counts_on_its_last_day_and_asks_on_the_next(days: int, said: str | None):
    plan = TreatmentPlan(ID, ID, "Hip", regions=("glutes",))
    found = consent_cautions(
        None, plan, [consent(ConsentKind.SENSITIVE_AREA, "glutes", days)], TODAY, default_sensitive()
    )
    assert [one.reason.rpartition("planned. ")[2] for one in found] == ([said] if said else [])


@given(words=st.text(max_size=40))
def test_no_words_make_it_fail_and_none_are_sensitive_when_nothing_is(words: str):
    assert not areas_in([words], [], frozenset())
    areas_in([words], [words], default_sensitive())
