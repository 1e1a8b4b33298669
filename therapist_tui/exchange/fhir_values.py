"""The small parts that FHIR resources are made of; what is empty is left out, for FHIR has no empty values."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

Resource = dict[str, Any]

_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
_UCUM = {"°": "deg", "%": "%", "kg": "kg", "cm": "cm", "mm": "mm", "min": "min", "h": "h"}
"""Units whose UCUM code is beyond doubt (clinical.md 5.2); scores are `{score}`."""


def resource(kind: str, id_: UUID, **parts: Any) -> Resource:
    """A resource without its empty parts. A name that Python keeps for itself ends with "_"."""
    return {"resourceType": kind, "id": str(id_), **filled(**parts)}


def filled(**parts: Any) -> Resource:
    """Only what says something."""
    return {name.rstrip("_"): one for name, one in parts.items() if one not in (None, "", [], {})}


def link(id_: UUID | None) -> Resource | None:
    """A reference to a resource of the same bundle."""
    return {"reference": f"urn:uuid:{id_}"} if id_ else None


def text(words: str) -> Resource | None:
    """A concept in words, without a code."""
    said = words.strip()
    return {"text": said} if said else None


def coded(system: str, code: str, words: str = "") -> Resource:
    """A concept by a code of HL7's own terminology."""
    return filled(coding=[{"system": _TERMINOLOGY + system, "code": code}], text=words.strip())


def moment(at: datetime | None) -> str | None:
    """A moment with seconds and zone, as FHIR wants it."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z") if at else None


def day(on: date | None) -> str | None:
    """A date."""
    return on.isoformat() if on else None


def quantity(value: float, unit: str) -> Resource:
    """A measured value, with its UCUM code where there is one."""
    code = _UCUM.get(unit) or ("{score}" if unit.startswith("/") else None)
    coding = {"system": "http://unitsofmeasure.org", "code": code} if code else {}
    number = int(value) if value == int(value) else value
    return {"value": number, **filled(unit=unit.strip()), **coding}


def notes(*words: str) -> list[Resource]:
    """Annotations."""
    return [{"text": one.strip()} for one in words if one.strip()]


def period(begin: date | None, end: date | None) -> Resource:
    """A time between two dates, of which one may be open."""
    return filled(start=day(begin), end=day(end))
