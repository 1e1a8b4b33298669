"""A sentence of charting cut into runs: what each names, and whether it tells of work, of leaving out, or neither."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from ..health import Side
from ..shorthand.lexicon import Lexicon
from ..shorthand.scan import Item, scan
from ..shorthand.values import Kind
from .data import Spot, pattern
from .naming import Mode, Named, named, positions_in, techniques_in


class Says(Enum):
    """What a run says of its places."""

    WORK = "work"
    DENY = "left out"
    NOTHING = "nothing"


_AT_HOME = frozenset(("stretching", "joint-mobilization", "traction"))
"""Movements at home are no work on a region that is to be left out."""
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
    joined: bool = False
    """Whether "and" stands before it."""
    says: Says = Says.NOTHING
    places: list[frozenset[Spot]] = field(default_factory=list[frozenset[Spot]])
    techniques: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    touches: bool = False
    plain: bool = False
    leads_with_place: bool = False
    words: str = ""
    """As typed."""


def runs(text: str, mode: Mode, lexicon: Lexicon) -> list[Run]:
    """The runs of one sentence, each with what it says; places side by side share the technique."""
    whole = text if mode is Mode.LINE else _blank(text, mode)
    waits = not mode.recorded and pattern("waits").search(whole) is not None
    found: list[Run] = []
    side = Side.NONE
    for start, end, joined in _cut(whole):
        for (a, b), denied in _denials(whole, start, end, mode, lexicon):
            said = named(whole, a, b, mode, lexicon, side)
            side = said.spoken
            run = Run(a, b) if waits and not denied else _run(whole, a, b, mode, said)
            run.joined = joined
            if denied:
                run.says = Says.DENY
            found.append(run)
    _share(found, prose=not mode.charted)
    return found


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
    rest = named(text, *after, mode, lexicon)
    if rest.places:
        return [(before, False), (after, True)]
    first = named(text, *before, mode, lexicon)
    works = _run(text, *before, mode, first).says is Says.WORK
    if works and (rest.techniques or rest.positions):
        return [(before, False), (after, True)]
    return [((start, end), True)]


def _denial(text: str, start: int, end: int, lexicon: Lexicon) -> int | None:
    """Where a word begins that leaves something out; the mild ones need something there that can be left out."""
    part = text[start:end]
    if found := pattern("deny").search(part):
        return start + found.start()
    found = next((one for one in pattern("mild").finditer(part) if _leaves_out(part, one.end(), lexicon)), None)
    return start + found.start() if found else None


def _leaves_out(part: str, at: int, lexicon: Lexicon) -> bool:
    if pattern("after_mild").match(part[at:].lstrip()):
        return True
    kinds = (Kind.SIDE, Kind.QUALIFIER, Kind.JOIN, Kind.GRADE)
    first = next((item for item in scan(part, at, len(part), lexicon) if item.kind not in kinds), None)
    if first is None:
        return False
    if first.kind in (Kind.TECHNIQUE, Kind.POSITION, Kind.PRESSURE, *_BODY):
        return True
    after = part[first.start :]
    return bool(techniques_in(after) or positions_in(after[:24]))


def _run(text: str, start: int, end: int, mode: Mode, said: Named) -> Run:
    """A run with what it names, and what it says of it."""
    body = text[start:end]
    run = Run(start + len(body) - len(body.lstrip()), start + len(body.rstrip()))
    run.places = list(said.places)
    run.plain = bool(run.places) and _only_places(said.items)
    run.leads_with_place = next((one.kind in _BODY for one in said.items if _tells(one)), False)
    run.techniques, run.positions = said.techniques, said.positions
    if pattern("look").search(body) and not run.techniques:
        run.plain = False
        return run
    worked = _worked(body, mode, said) or _bare(mode, said)
    if worked or said.techniques or said.keys:
        run.says = Says.WORK
        moving = mode is Mode.HOME and not worked and set(run.techniques) <= _AT_HOME
        run.touches = bool(run.techniques or worked) and not moving
    return run


def _worked(body: str, mode: Mode, said: Named) -> bool:
    """Whether a word says that work was done, without naming a technique; beside a finding it is no work in O."""
    if not pattern("work").search(body):
        return False
    return mode is not Mode.FOUND or bool(said.techniques) or not _finds(said)


def _bare(mode: Mode, said: Named) -> bool:
    """Whether a place by itself is work: among the work done, as the next plan, and with minutes in the shorthand."""
    if not said.places or _finds(said):
        return False
    timed = mode.charted and any(item.kind is Kind.MINUTES for item in said.items)
    return timed or (mode in (Mode.TREATED, Mode.NEXT) and _only_places(said.items))


def _finds(said: Named) -> bool:
    return any(item.kind is Kind.FINDING for item in said.items)


def _tells(item: Item) -> bool:
    return item.kind not in (Kind.SIDE, Kind.QUALIFIER, Kind.JOIN)


def _only_places(items: Sequence[Item]) -> bool:
    kinds = (Kind.PLACE, Kind.SIDE, Kind.QUALIFIER, Kind.JOIN, Kind.MINUTES, Kind.NUMBER)
    return all(one.kind in kinds or one.text in (")", "(", "·") for one in items)


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
