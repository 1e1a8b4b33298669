"""Sensitive areas: work planned there stops and asks while no live consent names them (clinical.md 2.5, stop rule)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from .appointment import Appointment
from .body.places import main_regions
from .body.regions import region_groups, regions
from .body.techniques import techniques
from .consent import Consent, ConsentKind
from .level import Level
from .plan import TreatmentPlan
from .screening.values import CONSENT, Caution
from .text import folded
from .vocabulary import places_in, techniques_in
from .when import show_short

RULE = "consent-sensitive-area"
SOURCES = (
    "Ontario, CMTO: written consent before work on breast, chest wall, upper inner thigh, buttocks",
    "Washington, WAC 246-830-565: extra consent for breast, gluteal cleft, perineum",
)
"""clinical.md 2.1 (R4, R5, R9); the set itself is clinical.md 4.3 and 4.1, and can be set by the therapist."""
_BY_REGION = {"visceral_abdominal": "abdomen"}
"""A technique with a consent of its own that a consent for the region covers too."""


@cache
def default_sensitive() -> frozenset[str]:
    """The regions that want a consent of their own while the settings name no others (clinical.md 4.3)."""
    return frozenset(one.id for one in regions().values() if one.sensitive)


def areas_in(places: Iterable[str], ways: Iterable[str], sensitive: frozenset[str]) -> Mapping[str, str]:
    """What wants a consent of its own in words for places and for techniques: its id and its name.

    A word for a whole limb or the whole body names no sensitive part of it.
    """
    found = {one: regions()[one].name for words in places for one in _named(words) if one in sensitive}
    return found | {
        one: techniques()[one].name
        for words in ways
        for one in techniques_in(words)
        if one in techniques() and techniques()[one].extra_consent
    }


def _named(words: str) -> Iterable[str]:
    return (one for place in places_in(words) if place not in region_groups() for one in main_regions(place))


def planned_areas(
    appointment: Appointment | None, plan: TreatmentPlan | None, sensitive: frozenset[str]
) -> Mapping[str, str]:
    """What is planned there: by the appointment where it says so, else by the plan that is followed."""
    followed = plan if plan and plan.status.followed else None
    places = (appointment.regions if appointment else ()) or (followed.regions if followed else ())
    ways = (appointment.techniques if appointment else ()) or (followed.techniques if followed else ())
    return areas_in(places, (*ways, *((appointment.service,) if appointment else ())), sensitive)


def covers(consent: Consent, area: str, name: str) -> bool:
    """Whether a consent, live or not, is for that area: it names it, or is for work inside the mouth."""
    if consent.kind is ConsentKind.INTRAORAL:
        return area == "intra_oral_tmj"
    if consent.kind is not ConsentKind.SENSITIVE_AREA:
        return False
    wanted = {area, _BY_REGION.get(area, area)}
    named = {*_named(consent.regions), *techniques_in(consent.regions)}
    return bool(wanted & named) or folded(name) in folded(consent.regions)


def consent_cautions(
    appointment: Appointment | None,
    plan: TreatmentPlan | None,
    consents: Sequence[Consent],
    day: date,
    sensitive: frozenset[str],
) -> tuple[Caution, ...]:
    """One ASK for all areas that are planned on the day without a live consent; none when there are none."""
    planned = planned_areas(appointment, plan, sensitive)
    missing = {
        area: name
        for area, name in planned.items()
        if not any(covers(one, area, name) and one.live_on(day) for one in consents)
    }
    if not missing:
        return ()
    names = ", ".join(missing.values())
    return (
        Caution(
            Level.CLEARANCE,
            CONSENT,
            RULE,
            f"No consent for: {names}",
            " ".join(["An area that wants a consent of its own is planned.", *_gone(missing, consents, day)]),
            "Ask for the consent and note it in the chart before you begin, or leave the area out.",
            sources=SOURCES,
        ),
    )


def _gone(missing: Mapping[str, str], consents: Sequence[Consent], day: date) -> Iterable[str]:
    """What became of a consent that once covered it."""
    once = (one for one in consents if one.given_on <= day and any(covers(one, *item) for item in missing.items()))
    newest = max(once, key=lambda one: one.given_on, default=None)
    if newest and newest.withdrawn_on and newest.withdrawn_on <= day:
        yield f"The consent was withdrawn {show_short(newest.withdrawn_on, day)}."
    elif newest and newest.expires_on and newest.expires_on < day:
        yield f"The consent ran out {show_short(newest.expires_on, day)}."
