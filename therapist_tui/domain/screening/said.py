"""A draft put into words: title, reason, advice, regions and techniques as the booking and the record name them."""

from therapist_tui.domain.level import Level
from therapist_tui.domain.screening.assess import Draft
from therapist_tui.domain.screening.bookings import regions_of
from therapist_tui.domain.screening.entries import Entry, Knowledge
from therapist_tui.domain.screening.planned import Planned
from therapist_tui.domain.screening.values import Caution, Place, Side

_TAILS = {
    Level.ABSOLUTE: "No massage today: refer to a physician (doctor) or call for help as the signs require.",
    Level.CLEARANCE: "Get clearance from the client's physician (doctor) or treating team before the session.",
}
_MIDDLE = frozenset(("spine", "abdomen", "sacrum", "pelvis", "head", "scalp", "face", "neck", "mouth"))
_GROUPS = ("whole body", "leg", "arm", "lower leg", "back")


def caution(draft: Draft, planned: Planned, knowledge: Knowledge, held: set[str]) -> Caution:
    """The finished caution."""
    places = places_of(draft, knowledge)
    techniques = _techniques(draft, planned, knowledge)
    level = _level(draft)
    certification = _certification(draft, knowledge, held)
    return Caution(
        level=level,
        scope=draft.scope,
        rule=draft.entry.id,
        title=draft.title or draft.entry.name,
        reason=_reason(draft),
        advice=_advice(draft, level, places, techniques, certification, knowledge),
        regions=places,
        techniques=techniques,
        matched=tuple(draft.matched),
        red_flags=draft.entry.red_flags,
        sources=tuple(dict.fromkeys([*draft.entry.sources, *(s for one in draft.extra for s in one.sources)])),
        certification=certification,
    )


def _level(draft: Draft) -> Level:
    """A technique that is refused leaves the rest of the session: for the session that is a precaution."""
    if draft.scope == "technique" and draft.level is not Level.CLEARANCE:
        return Level.PRECAUTION
    return draft.level


def _reason(draft: Draft) -> str:
    said = [draft.reason or draft.entry.reason, *(one.reason for one in draft.extra)]
    if draft.entry.own_reason:
        said.append(f"Your own rule: {draft.entry.own_reason}")
    return " ".join(dict.fromkeys(said))


def _advice(
    draft: Draft,
    level: Level,
    places: tuple[Place, ...],
    techniques: tuple[str, ...],
    certification: str | None,
    knowledge: Knowledge,
) -> str:
    said = [draft.advice or draft.entry.adaptation, *(one.adaptation for one in draft.extra), *draft.notes]
    if level is Level.LOCAL and places:
        said.append("Leave out: " + ", ".join(str(place) for place in places) + ".")
    if techniques and level is not Level.ABSOLUTE:
        said.append("Leave out or replace: " + ", ".join(techniques) + ".")
    avoid = [knowledge.vocabulary.positions[one] for one in draft.entry.positions_avoid]
    if avoid and level is not Level.ABSOLUTE:
        said.append("Avoid " + ", ".join(avoid) + ".")
    if certification:
        said.append(f"Training wanted and not on record: {certification}.")
    if level in _TAILS and draft.entry.kind not in ("consent", "state"):
        said.append(_TAILS[level])
    return " ".join(dict.fromkeys(said))


def _certification(draft: Draft, knowledge: Knowledge, held: set[str]) -> str | None:
    for entry in (*(one for one in draft.extra if "lymphatic" in one.certification), draft.entry):
        if entry.certification and not set(entry.certification) & held:
            return knowledge.vocabulary.certification_names[entry.certification[0]]
    return None


def _techniques(draft: Draft, planned: Planned, knowledge: Knowledge) -> tuple[str, ...]:
    words = list(draft.techniques)
    if draft.level is Level.LOCAL:
        regions = regions_of(draft, knowledge)
        for one, home in knowledge.vocabulary.technique_home.items():
            if home & regions:
                words.extend(planned.techniques.get(one, ()))
    return tuple(dict.fromkeys(words))


def places_of(draft: Draft, knowledge: Knowledge) -> tuple[Place, ...]:
    """Where the matter is, in plain words and with its side."""
    entry = draft.entry
    if draft.places and not entry.follows_site:
        return _with_parents(draft.places)
    parts = regions_of(draft, knowledge)
    side = one_side(draft) or (draft.side if _sided(parts) else None)
    return tuple(
        Place(name, side if name not in ("spine", "abdomen", "sacrum", "pelvis") else None)
        for name in _names(parts, entry, knowledge)
    )


def _sided(parts: frozenset[str]) -> bool:
    """Whether the regions come in pairs, so that a recorded side says which of them."""
    return not parts & _MIDDLE


def _with_parents(places: list[Place]) -> tuple[Place, ...]:
    wider = [Place("lower leg", place.side) for place in places if place.region in ("calf", "shin")]
    return tuple(dict.fromkeys([*places, *wider]))


def one_side(draft: Draft) -> Side | None:
    """The side that all recorded places share; both when they differ."""
    sides = {place.side for place in draft.places if place.side}
    return sides.pop() if len(sides) == 1 else Side.BOTH if sides else None


def _names(parts: frozenset[str], entry: Entry, knowledge: Knowledge) -> list[str]:
    """Plain names that cover the regions, the largest first."""
    left, names = set(parts), list[str]()
    voc = knowledge.vocabulary.places
    for name in (*_GROUPS, *voc):
        if voc[name] and voc[name] <= parts and voc[name] & left:
            names.append(name)
            left -= voc[name]
    return names if entry.regions != ("whole-body",) else []
