"""The practice as a FHIR R4 bundle, for programs of clinics and health services; signed notes only.

Codes stand only where clinical.md proves them; everything else is text, which FHIR allows (`CodeableConcept.text`).
What the usual libraries do not check is checked here (clinical.md 5.1): see `problems_of`.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from textwrap import indent
from typing import Any, cast

from therapist_tui.domain.progress import Heard, Meter, unheard
from therapist_tui.domain.whole import WholePractice

from .fhir_care import care_of
from .fhir_people import people_of
from .fhir_values import Resource, moment

_STATUSES = {
    "Appointment": {
        "proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", "entered-in-error",
        "checked-in", "waitlist",
    },
    "MedicationStatement": {
        "active", "completed", "entered-in-error", "intended", "stopped", "on-hold", "unknown", "not-taken",
    },
    "CarePlan": {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"},
    "Observation": {
        "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown",
    },
    "Consent": {"draft", "proposed", "active", "rejected", "inactive", "entered-in-error"},
    "DocumentReference": {"current", "superseded", "entered-in-error"},
    "ServiceRequest": {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"},
}  # fmt: skip
_LIFECYCLES = {
    "proposed", "planned", "accepted", "active", "on-hold", "completed", "cancelled", "entered-in-error", "rejected",
}  # fmt: skip
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_TIMES = ("start", "end", "date", "dateTime", "effectiveDateTime", "recordedDate")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def bundle_of(whole: WholePractice, written_at: datetime, heard: Heard = unheard) -> bytes:
    """The bundle as JSON; raises Stopped when `heard` says so."""
    meter = Meter(heard, whole.records)
    head = {"resourceType": "Bundle", "type": "collection", "timestamp": moment(written_at)}
    # One by one, so that nobody waits for the whole of it; a text never holds a new line that is not escaped.
    entries = (_entry(one) for one in meter.past(chain(people_of(whole), care_of(whole, written_at))))
    body = ",\n".join(indent(_json(entry), "  ") for entry in entries)
    begins = _json(head).removesuffix("\n}")
    return f'{begins},\n "entry": [\n{body}\n ]\n}}\n'.encode()


def _entry(resource: Resource) -> dict[str, Any]:
    return {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def problems_of(bundle: Resource) -> list[str]:
    """What is wrong with a bundle beyond its shape: references, codes, moments, order of times, what goes together."""
    entries = cast("list[Resource]", bundle.get("entry", []))
    urls = [str(one["fullUrl"]) for one in entries]
    found = [f"two resources are {url}" for url in {url for url in urls if urls.count(url) > 1}]
    for one in entries:
        resource = cast("Resource", one["resource"])
        name = f"{resource['resourceType']} {resource['id']}"
        found += [f"{name}: {problem}" for problem in (*_shape(resource), *_meaning(resource))]
        found += [f"{name}: {url} is not in the bundle" for url in _references(resource) if url not in urls]
    return found


def _shape(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        if not value:
            yield f"{key} is empty"
        for name, one in cast("dict[str, Any]", value).items():
            yield from _shape(one, name)
    elif isinstance(value, list):
        if not value:
            yield f"{key} is an empty list"
        for one in cast("list[Any]", value):
            yield from _shape(one, key)
    elif value is None or value == "":
        yield f"{key} says nothing"
    elif key == "id" and not _ID.fullmatch(str(value)):
        yield "the id has signs that no id may have"
    elif key in _TIMES and not (_MOMENT.fullmatch(str(value)) or _DAY.fullmatch(str(value))):
        yield f"{key} is no moment with seconds and zone"


def _meaning(one: Resource) -> Iterator[str]:
    kind = str(one["resourceType"])
    if kind in _STATUSES and one.get("status") not in _STATUSES[kind]:
        yield f"the status {one.get('status')} does not exist"
    if kind == "Goal":
        if one.get("lifecycleStatus") not in _LIFECYCLES:
            yield f"the status {one.get('lifecycleStatus')} does not exist"
        if any("detailQuantity" in target and "measure" not in target for target in one.get("target", [])):
            yield "a target has a value and no measure"
    if kind == "Appointment":
        if ("start" in one) != ("end" in one):
            yield "it has a start or an end only"
        elif "start" in one and datetime.fromisoformat(one["start"]) >= datetime.fromisoformat(one["end"]):
            yield "it ends before it starts"
    if kind in ("Condition", "AllergyIntolerance") and "clinicalStatus" not in one:
        yield "it has no clinical status"
    if "abatementDateTime" in one and one["clinicalStatus"]["coding"][0]["code"] == "active":
        yield "it is over and active"
    if kind == "Consent" and not ("policy" in one or "policyRule" in one):
        yield "it has no policy"


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, one in cast("dict[str, Any]", value).items():
            if name == "reference":
                yield str(one)
            else:
                yield from _references(one)
    elif isinstance(value, list):
        for one in cast("list[Any]", value):
            yield from _references(one)
