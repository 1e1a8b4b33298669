"""A sentence of charting cut into runs: what each names, and whether it tells of work, of leaving out, or neither."""

import re
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

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


class Says(Enum):
    """What a run says of its places."""

    WORK = "work"
    DENY = "left out"
    NOTHING = "nothing"


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
_AT_HOME = frozenset(("stretching", "joint-mobilization", "traction"))
"""Movements at home are no work on a region that is to be left out."""
_SHORT = frozenset(("leg", "arm", "hip", "rib", "pec", "ham", "abs", "lat", "ice", "heat", "back", "foot", "trap"))
_BODY = (Kind.PLACE, Kind.PHRASE)
_LEADS = re.compile(
    r",|;|\bbut\b|\bthen\b|\bthough\b|\bhowever\b|:(?=\s)|\s[-–—]\s|—|(?P<and>\band\b|&|\s\+\s)"
    r"|(?=\b(?:except(?:ing)?|excluding|sparing|avoiding|apart from|other than|instead of|rather than)\b)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Run:
    """A stretch of a sentence. `plain`: nothing but places, so that it shares what its neighbour says."""

    start: int
    end: int
    joined: bool
    """Whether "and" stands before it."""
    says: Says = Says.NOTHING
    places: list[frozenset[Spot]] = field(default_factory=list[frozenset[Spot]])
    techniques: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    touches: bool = False
    plain: bool = False
    leads_with_place: bool = False
    found: bool = False
    """Whether it tells a finding."""
    words: str = ""
    """As typed."""


def runs(text: str, mode: Mode, lexicon: Lexicon) -> list[Run]:
    """The runs of one sentence, each with what it says; places side by side share the technique."""
    whole = text if not _blanked(mode) else _blank(text, mode)
    found: list[Run] = []
    side = Side.NONE
    for start, end, joined in _cut(whole):
        for part, denied in _denials(whole, start, end, mode, lexicon):
            run, side = _run(whole, part, mode, lexicon, side)
            run.joined = joined
            if denied:
                run.says = Says.DENY
            found.append(run)
    _share(found, prose=not mode.charted)
    return found


def _blanked(mode: Mode) -> bool:
    return mode is not Mode.LINE


def _blank(text: str, mode: Mode) -> str:
    """The text with what only sounds like work taken out; same length, so that places in it stay true."""
    text = pattern("blank").sub(lambda one: "·" * len(one.group()), text)
    return text if mode.charted else pattern("motion").sub(lambda one: "·" * len(one.group()), text)


def _cut(text: str) -> list[tuple[int, int, bool]]:
    found: list[tuple[int, int, bool]] = []
    start, joined = 0, False
    for sign in _LEADS.finditer(text):
        if sign.start() > start:
            found.append((start, sign.start(), joined))
        start, joined = sign.end(), sign["and"] is not None
    found.append((start, len(text), joined))
    return [(a, b, j) for a, b, j in found if text[a:b].strip()]


def _denials(text: str, start: int, end: int, mode: Mode, lexicon: Lexicon) -> list[tuple[tuple[int, int], bool]]:
    """A stretch parted at the word that leaves something out: before it and after it, and which of them is left out."""
    at = _denial(text, start, end, lexicon)
    if at is None:
        return [((start, end), False)]
    before, after = (start, at), (at, end)
    if not text[start:at].strip():
        return [(after, True)]
    rest, _ = _run(text, after, mode, lexicon, Side.NONE)
    if rest.places:
        return [(before, False), (after, True)]
    named, _ = _run(text, before, mode, lexicon, Side.NONE)
    if (rest.techniques or rest.positions) and named.says is Says.WORK:
        return [(before, False), (after, True)]
    return [((start, end), True)]


def _denial(text: str, start: int, end: int, lexicon: Lexicon) -> int | None:
    part = text[start:end]
    if found := pattern("deny").search(part):
        return start + found.start()
    for one in pattern("mild").finditer(part):
        after = part[one.end() :].lstrip()
        if pattern("after_mild").match(after):
            return start + one.start()
        kinds = (Kind.SIDE, Kind.QUALIFIER, Kind.JOIN, Kind.GRADE)
        items = scan(part, one.end(), len(part), lexicon)
        first = next((item for item in items if item.kind not in kinds), None)
        if first and first.kind in (Kind.TECHNIQUE, Kind.POSITION, Kind.PRESSURE, *_BODY):
            return start + one.start()
        if first and (_techniques(part[first.start :], True) or _positions(part[first.start :][:24])):
            return start + one.start()
    return None


def _run(text: str, part: tuple[int, int], mode: Mode, lexicon: Lexicon, spoken: Side) -> tuple[Run, Side]:
    """What one run names."""
    start, end = part
    body = text[start:end]
    run = Run(start + len(body) - len(body.lstrip()), start + len(body.rstrip()), False)
    items = [one for one in scan(text, start, end, lexicon) if mode.charted or not _is_english(one)]
    reading = _Places(spoken)
    for item in items:
        reading.take(item)
    run.places = [spots_of(place) for place in reading.places]
    run.places += _told_places(body) if not run.places else []
    words = _without(body, items, start)
    keys = [key for item in items for key in _technique_keys(item)]
    sure = [key for key in keys if mode is not Mode.FOUND or key not in _UNCLEAR or pattern("done").search(text)]
    told = _techniques(words, mode.charted or mode is not Mode.FOUND or bool(pattern("done").search(text)))
    deep = _deep(body, mode)
    ids = dict.fromkeys((*(one for key in sure for one in names("techniques", key)), *told, *deep))
    run.techniques = tuple(ids)
    run.positions = _positions(body) if _posed(text, body, mode) else ()
    if pattern("propped").search(text):
        run.positions = tuple(one for one in run.positions if one != "supine-flat")
    worked = bool(pattern("work").search(body)) and not pattern("waits").search(text)
    if mode is Mode.FOUND and worked and not ids:
        worked = not any(item.kind is Kind.FINDING for item in items)
    looks = bool(pattern("look").search(body)) and not ids
    timed = mode.charted and any(item.kind is Kind.MINUTES for item in items) and bool(run.places)
    bare = mode in (Mode.TREATED, Mode.NEXT) and _only_places(items) and bool(run.places)
    bare = bare and not any(item.kind is Kind.FINDING for item in items)
    if pattern("waits").search(text) and not mode.recorded:
        run.techniques, run.positions, run.found = (), (), True
    elif looks:
        run.found = True
    elif ids or sure or worked or timed or bare:
        run.says = Says.WORK
        moving = mode is Mode.HOME and not worked and set(ids) <= _AT_HOME
        run.touches = bool(ids or worked or timed or bare) and not moving
    run.plain = bool(run.places) and not looks and _only_places(items)
    run.leads_with_place = bool(items) and next((one.kind in _BODY for one in items if _names(one)), False)
    return run, reading.spoken


def _is_english(item: Item) -> bool:
    """Whether a short form is more likely a word of plain English in text for reading."""
    if item.kind not in (Kind.TECHNIQUE, Kind.PLACE) or item.entry is None or item.entry.own:
        return False
    return item.text.islower() and len(item.text) <= 3 and item.text in plain_words() and item.text not in _SHORT


def _names(item: Item) -> bool:
    return item.kind not in (Kind.SIDE, Kind.QUALIFIER, Kind.JOIN)


def _only_places(items: list[Item]) -> bool:
    kinds = (Kind.PLACE, Kind.SIDE, Kind.QUALIFIER, Kind.JOIN, Kind.MINUTES, Kind.NUMBER)
    return all(one.kind in kinds or one.text in (")", "(", "·") for one in items)


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


def _without(body: str, items: list[Item], start: int) -> str:
    """The words that are no place, no quotation and no technique that leaves the tissue alone."""
    out = body
    for item in items:
        quiet = item.kind is Kind.TECHNIQUE and item.entry is not None and not names("techniques", item.entry.id)
        if item.kind in (Kind.PLACE, Kind.QUOTE, Kind.FINDING) or quiet:
            at = item.start - start
            out = out[:at] + "·" * (item.end - item.start) + out[at + item.end - item.start :]
    return re.sub(r"\b(?:deep|firm|hard|strong|heavy)\b", lambda one: "·" * len(one.group()), out, flags=re.I)


_WORD = re.compile(r"[^\W_]+(?:['’/][^\W_]+)*")


def _techniques(words: str, counts: bool) -> tuple[str, ...]:
    """The screening's own words for techniques: massage gun, hot stones, scraping; the longest first."""
    if not counts:
        return ()
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


def _deep(body: str, mode: Mode) -> tuple[str, ...]:
    """Deep or firm pressure: as such, or "deep" beside a place where work is charted or planned."""
    if pattern("pressed").search(body):
        return ("deep-tissue",)
    if mode is Mode.FOUND:
        return ()
    if (found := pattern("deep").search(body)) and not _finding_after(body, found.end()):
        return ("deep-tissue",)
    if mode in (Mode.PLANNED, Mode.NEXT, Mode.TREATED) and pattern("firm").search(body):
        return ("deep-tissue",)
    return ()


_HURTS = re.compile(r"\s*(?:\w+\s)?(?:ache|achy|aching|pain\w*|p!|sore\w*|tender\w*|TTP|throb\w*)", re.IGNORECASE)


def _finding_after(body: str, at: int) -> bool:
    return _HURTS.match(body, at) is not None


def _positions(body: str) -> tuple[str, ...]:
    if pattern("test").search(body):
        return ()
    return tuple(
        key for key in section("positions") if any(_position(one).search(body) for one in names("positions", key))
    )


def _position(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b{words}\b", re.IGNORECASE)


def _posed(text: str, body: str, mode: Mode) -> bool:
    """In O "prone" may belong to a test; there it needs a word that says how the client lay, or stands alone."""
    if mode is not Mode.FOUND:
        return True
    return bool(pattern("posed").search(text)) or len(_WORD.findall(body)) <= 2


def _share(found: list[Run], *, prose: bool) -> None:
    """Let a run of bare places share what its neighbour says: "L calf and shin not treated", "DT L trap, QL"."""
    for at in range(len(found) - 2, -1, -1):
        after = found[at + 1]
        if found[at].plain and found[at].says is Says.NOTHING and after.joined and after.leads_with_place:
            _take(found[at], after)
    for at in range(1, len(found)):
        if found[at].plain and found[at].says is Says.NOTHING:
            _take(found[at], found[at - 1])
    for at in range(len(found) - 2, -1, -1):
        if found[at].plain and found[at].says is Says.NOTHING:
            _take(found[at], found[at + 1])
    for one, other in pairwise(found):
        if (other.joined or prose) and one.says is other.says is Says.WORK:
            _lend(one, other)


def _take(run: Run, other: Run) -> None:
    if other.says is not Says.NOTHING:
        run.says, run.techniques, run.touches = other.says, other.techniques, other.touches


def _lend(one: Run, other: Run) -> None:
    """ "DT and MFR L calf": a technique without a place is used where its neighbour is."""
    if not one.places and one.techniques:
        one.places = list(other.places)
    elif not other.places and other.techniques:
        other.places = list(one.places)
