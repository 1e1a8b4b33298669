"""What a stretch of charting names: places with their sides, techniques, positions; read for what it can mean there."""

import re
from dataclasses import dataclass, field
from enum import Enum

from ..body.marks import Place
from ..health import Side
from ..screening.words import fold
from ..shorthand.groups import level_region, refined
from ..shorthand.lexicon import Entry, Lexicon, plain_words
from ..shorthand.scan import Item, scan
from ..shorthand.values import Kind
from .data import Spot, names, pattern, place_words, section, sided, spots_of, technique_words, vocabulary


class Mode(Enum):
    """What kind of text it is, which decides how much has to be said before it counts as work."""

    LINE = "shorthand"
    TREATED = "work done"
    FOUND = "objective"
    PLANNED = "plan"
    NEXT = "next time"
    HOME = "home care"

    @property
    def recorded(self) -> bool:
        """Whether it tells of what was done today."""
        return self in (Mode.LINE, Mode.TREATED, Mode.FOUND)

    @property
    def charted(self) -> bool:
        """Whether it is written in abbreviations, so that every one of them counts."""
        return self in (Mode.LINE, Mode.TREATED)


_UNCLEAR = frozenset(
    (
        "passive_stretch",
        "active_isolated_stretch",
        "stretching",
        "hydrotherapy_heat",
        "hydrotherapy_cold",
        "hydrotherapy",
        "compression",
        "vibration",
        "tapotement",
        "traction_decompression",
        "rocking_oscillation",
        "joint_mobilization",
        "friction",
        "guided_relaxation",
        "remedial_exercise",
        "reflexology",
    )
)
"""Techniques whose words also name findings: in O they need a word that says it was done."""
_SHORT = frozenset(("leg", "arm", "hip", "rib", "pec", "ham", "abs", "lat", "ice", "heat", "back", "foot", "trap"))


@dataclass(frozen=True, slots=True)
class Named:
    """Everything a stretch names. `keys`: techniques of the body's vocabulary, `techniques`: of the screening's."""

    items: tuple[Item, ...]
    places: tuple[frozenset[Spot], ...]
    keys: tuple[str, ...]
    techniques: tuple[str, ...]
    positions: tuple[str, ...]
    spoken: Side
    """The side that goes on counting for what follows."""


def named(text: str, start: int, end: int, mode: Mode, lexicon: Lexicon, spoken: Side = Side.NONE) -> Named:
    """What text[start:end] names; the whole sentence decides how sure a technique or a position is."""
    body = text[start:end]
    items = tuple(one for one in scan(text, start, end, lexicon) if mode.charted or not _is_english(one))
    reading = _Places(spoken)
    for item in items:
        reading.take(item)
    places = [spots_of(place) for place in reading.places] or _told_places(body)
    sure = mode is not Mode.FOUND or bool(pattern("done").search(text))
    keys = tuple(key for item in items for key in _technique_keys(item) if sure or key not in _UNCLEAR)
    told = techniques_in(_without(body, items, start)) if sure else ()
    said = dict.fromkeys((*(one for key in keys for one in names("techniques", key)), *told))
    ids = dict.fromkeys((*said, *_deep(body, mode, alone=not said)))
    return Named(items, tuple(places), keys, tuple(ids), _posed(text, body, mode), reading.spoken)


def _is_english(item: Item) -> bool:
    """Whether a short form is more likely a word of plain English in text for reading."""
    if item.kind not in (Kind.TECHNIQUE, Kind.PLACE) or item.entry is None or item.entry.own:
        return False
    return item.text.islower() and len(item.text) <= 3 and item.text in plain_words() and item.text not in _SHORT


@dataclass(slots=True)
class _Places:
    """Sides and places in the order written; a side counts for the paired places that follow it."""

    spoken: Side
    places: list[Place] = field(default_factory=list[Place])
    _side: Side | None = None
    _qualifiers: tuple[str, ...] = ()
    _last: Kind | None = None

    def take(self, item: Item) -> None:
        """One word of the run."""
        parts = item.entry.parts if item.entry and item.kind is Kind.PHRASE else (item.entry,)
        for entry in parts:
            self._one(item, entry, entry.kind if entry and item.kind is Kind.PHRASE else item.kind)
        if item.kind is not Kind.JOIN or item.text not in "()":
            self._last = item.kind

    def _one(self, item: Item, entry: Entry | None, kind: Kind) -> None:
        if kind is Kind.SIDE and entry:
            side = Side(entry.id)
            if self._last is Kind.PLACE and self.places and self.places[-1].side is Side.NONE:
                self.places[-1] = Place(self.places[-1].target, side, self.places[-1].qualifiers)
            else:
                self._side = side
            self.spoken = side
        elif kind is Kind.QUALIFIER and entry and entry.id != "deep":
            self._qualifiers = (*self._qualifiers, entry.id)
        elif kind is Kind.PLACE:
            target = entry.id if entry else level_region(item.text)
            side = self._side or self.spoken
            self.places.append(refined(Place(target, side, self._qualifiers)))
            self._side, self._qualifiers = None, ()


def _technique_keys(item: Item) -> list[str]:
    if item.entry is None:
        return []
    if item.kind is Kind.TECHNIQUE:
        return [item.entry.id]
    if item.kind is Kind.PHRASE:
        return [part.id for part in item.entry.parts if part.kind is Kind.TECHNIQUE]
    return []


def _without(body: str, items: tuple[Item, ...], start: int) -> str:
    """The words that are no place, no quotation and no technique that leaves the tissue alone."""
    out = body
    for item in items:
        quiet = item.kind is Kind.TECHNIQUE and item.entry is not None and not names("techniques", item.entry.id)
        if item.kind in (Kind.PLACE, Kind.QUOTE, Kind.FINDING) or quiet:
            at = item.start - start
            out = out[:at] + "·" * (item.end - item.start) + out[at + item.end - item.start :]
    return re.sub(r"\b(?:deep|firm|hard|strong|heavy)\b", lambda one: "·" * len(one.group()), out, flags=re.I)


_WORD = re.compile(r"[^\W_]+(?:['’/][^\W_]+)*")


def techniques_in(words: str) -> tuple[str, ...]:
    """The screening's own words for techniques: massage gun, hot stones, scraping; the longest first."""
    said = [fold(one.group()) for one in _WORD.finditer(words)]
    found: dict[str, None] = {}
    at = 0
    while at < len(said):
        for phrase, one in technique_words().get(said[at], ()):
            if tuple(said[at : at + len(phrase)]) == phrase:
                found[one] = None
                at += len(phrase) - 1
                break
        at += 1
    return tuple(found)


def _told_places(body: str) -> list[frozenset[Spot]]:
    said = [fold(one.group()) for one in _WORD.finditer(body)]
    side = "left" if {"left", "l"} & set(said) else "right" if {"right", "r"} & set(said) else ""
    found: list[frozenset[Spot]] = []
    for at, word in enumerate(said):
        for phrase, place in place_words().get(word, ()):
            if tuple(said[at : at + len(phrase)]) == phrase:
                found.append(sided(vocabulary().places[place], side))
                break
    return found


def _deep(body: str, mode: Mode, *, alone: bool) -> tuple[str, ...]:
    """Deep or firm pressure: as such, or "deep" beside a place where work is charted or planned."""
    if pattern("pressed").search(body):
        return ("deep-tissue",)
    if mode is Mode.FOUND:
        return ()
    if (found := pattern("deep").search(body)) and not _finding_after(body, found.end()):
        return ("deep-tissue",)
    if alone and mode in (Mode.PLANNED, Mode.NEXT, Mode.TREATED) and pattern("firm").search(body):
        return ("deep-tissue",)
    return ()


_HURTS = re.compile(r"\s*(?:\w+\s)?(?:ache|achy|aching|pain\w*|p!|sore\w*|tender\w*|TTP|throb\w*)", re.IGNORECASE)


def _finding_after(body: str, at: int) -> bool:
    return _HURTS.match(body, at) is not None


def positions_in(body: str) -> tuple[str, ...]:
    """The positions named, unless a test is spoken of."""
    if pattern("test").search(body):
        return ()
    return tuple(
        key for key in section("positions") if any(_position(one).search(body) for one in names("positions", key))
    )


def _position(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b{words}\b", re.IGNORECASE)


def _posed(text: str, body: str, mode: Mode) -> tuple[str, ...]:
    """In O "prone" may belong to a test; there it needs a word that says how the client lay, or stands alone."""
    if mode is Mode.FOUND and not pattern("posed").search(text) and len(_WORD.findall(body)) > 2:
        return ()
    propped = bool(pattern("propped").search(text))
    return tuple(one for one in positions_in(body) if not (propped and one == "supine-flat"))
