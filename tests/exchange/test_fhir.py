"""The FHIR bundle: read by FHIR's own models without a change, and checked for what those do not check."""

import json
from copy import deepcopy
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ui.driver import now
from therapist_tui.demo.practice import whole_practice
from therapist_tui.domain.whole import WholePractice
from therapist_tui.exchange.fhir import bundle_of, problems_of

from .files_of import a_file


def small(text: str = "") -> WholePractice:
    file = a_file(text)
    return WholePractice(
        file.therapist,
        (file.client,),
        appointments=file.appointments,
        notes=file.notes,
        plans=file.plans,
        goals=tuple(one.goal for one in file.goals),
        measurements=tuple(taken for one in file.goals for taken in one.measurements),
        referrals=file.referrals,
    )


def plain(value: Any) -> Any:
    """As JSON has it again, numbers by their value."""
    return json.loads(json.dumps(value), parse_float=float, parse_int=float)


@pytest.fixture(scope="module")
def demo() -> dict[str, Any]:
    whole = whole_practice(now())
    return json.loads(bundle_of(whole, now()))


def test_the_demo_is_read_by_fhirs_models_and_comes_back_the_same(demo: dict[str, Any]) -> None:
    few: dict[str, list[Any]] = {}
    for entry in demo["entry"]:
        few.setdefault(entry["resource"]["resourceType"], []).append(entry)
    part = demo | {"entry": [entry for entries in few.values() for entry in entries[:40]]}
    read = Bundle.model_validate(part)
    assert plain(json.loads(read.model_dump_json(exclude_none=True))) == plain(part)
    assert few.keys() >= {
        "Practitioner", "Patient", "Appointment", "Condition", "AllergyIntolerance", "MedicationStatement", "CarePlan",
        "Goal", "Observation", "DocumentReference", "ServiceRequest", "Consent",
    }  # fmt: skip


def test_nothing_is_wrong_with_the_demos_bundle(demo: dict[str, Any]) -> None:
    assert problems_of(demo) == []


def test_only_signed_notes_are_in_it(demo: dict[str, Any]) -> None:
    whole = whole_practice(now())
    titles = [
        one["resource"]["type"]["text"]
        for one in demo["entry"]
        if one["resource"]["resourceType"] == "DocumentReference"
    ]
    assert titles.count("Session note") == sum(note.signed for note in whole.notes) < len(whole.notes)


@settings(max_examples=25, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_text_makes_a_bundle_that_is_read_back(text: str) -> None:
    bundle = json.loads(bundle_of(small(text), now()))
    assert problems_of(bundle) == []
    read = Bundle.model_validate(bundle)
    assert plain(json.loads(read.model_dump_json(exclude_none=True))) == plain(bundle)


BROKEN: dict[str, tuple[str, dict[str, Any], str]] = {
    "status": ("Appointment", {"status": "banana"}, "the status banana does not exist"),
    "goal status": ("Goal", {"lifecycleStatus": "done"}, "the status done does not exist"),
    "time": ("Appointment", {"end": "2026-10-05T13:00:00+00:00"}, "it ends before it starts"),
    "half a time": ("Appointment", {"end": "2026-10-05T13:00Z"}, "no moment with seconds and zone"),
    "nobody": ("Appointment", {"participant": []}, "participant is an empty list"),
    "reference": ("CarePlan", {"subject": {"reference": "urn:uuid:x"}}, "urn:uuid:x is not in the bundle"),
    "measure": ("Goal", {"target": [{"detailQuantity": {"value": 1}}]}, "a target has a value and no measure"),
    "id": ("Patient", {"id": "a_b"}, "the id has signs that no id may have"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_the_models_let_through_is_found(kind: str) -> None:
    wanted, change, said = BROKEN[kind]
    bundle = deepcopy(json.loads(bundle_of(small(), now())))
    resource = next(one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == wanted)
    resource.update(change)
    assert any(said in problem for problem in problems_of(bundle))
