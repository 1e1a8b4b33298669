"""What a note says was worked on, or is to be worked on, and what it says was left out; where it stands in the note."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from ..note import NoteContent
from ..shorthand.noting import into_note
from ..shorthand.own import lexicon_with
from ..shorthand.reader import NO_OWN, read
from ..shorthand.values import Clause
from .data import Spot, pattern, sentences, sided, vocabulary
from .naming import Mode
from .runs import Run, Says, runs

FIELDS = {
    "objective": Mode.FOUND,
    "plan": Mode.PLANNED,
    "next_time": Mode.NEXT,
    "home_care": Mode.HOME,
}
_WHOLE = 40
"""More spots than a limb and its girdle have: the whole body is meant."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the note: its field, and where in the field's text they stand, as in a slice.

    In the work done (`treatments`) the places count within the text of technique number `item`.
    """

    field: str
    start: int
    end: int
    words: str
    item: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """Something done or planned. No spots: where is not said. `touches`: by hand or tool, on the tissue."""

    passage: Passage
    recorded: bool
    techniques: frozenset[str] = frozenset()
    places: tuple[frozenset[Spot], ...] = ()
    positions: frozenset[str] = frozenset()
    touches: bool = True
    at_home: bool = False
    guessed: bool = False
    """Whether its places are only those that were charted beside it."""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything a text tells: works, what was left out, and places that were only mentioned."""

    works: tuple[Work, ...] = ()
    left_out: frozenset[Spot] = frozenset()
    to_leave_out: frozenset[Spot] = frozenset()
    """Next time, or at home."""
    mentioned: frozenset[Spot] = frozenset()


def work_of(content: NoteContent) -> tuple[object, ...]:
    """What the watch reads of a note, to compare: as long as it is equal, so are the conflicts."""
    told = tuple(getattr(content, name) for name in FIELDS)
    return (content.shorthand, tuple(one.technique for one in content.treatments), *told)


def told(content: NoteContent, own: Mapping[str, str] = NO_OWN) -> tuple[Told, ...]:
    """What the note tells, field by field: the shorthand line first, then the work done and the sections.

    What the line has filled in is not read again: the line says it already, and knows better where.
    """
    words = tuple(own.items())
    filled = _filled(content.shorthand, words)
    found = [_line(content.shorthand, words)]
    for number, one in enumerate(content.treatments):
        if one not in filled.treatments:
            found.append(_text(one.technique, "treatments", Mode.TREATED, words, number))
    for name, mode in FIELDS.items():
        text, known = getattr(content, name), getattr(filled, name)
        by_hand = text.replace(known, "·" * len(known), 1) if known else text
        found.append(_text(by_hand, name, mode, words))
    return tuple(found)


@lru_cache(maxsize=16)
def _filled(line: str, own: tuple[tuple[str, str], ...]) -> NoteContent:
    return into_note(read(line, dict(own))) if line else NoteContent()


@lru_cache(maxsize=16)
def _line(line: str, own: tuple[tuple[str, str], ...]) -> Told:
    """The shorthand: clauses of work and findings, and those that begin with a word for their section."""
    reading = read(line, dict(own))
    parts = [
        _placed(_sentence(text, mode, own), "shorthand", at, mode)
        for clause in reading.clauses
        for text, at, mode in _parts(line, clause)
    ]
    joined = _together(parts)
    if reading.pressure and reading.pressure[1] >= 4:
        joined = _pressed(joined, "shorthand", line)
    return _guessed(joined)


def _parts(line: str, clause: Clause) -> Iterator[tuple[str, int, Mode]]:
    """The texts of a clause of the line, and what kind they are; what the client said is none of our work."""
    if clause.said or clause.response or clause.assessed:
        return
    for words, mode in (
        (clause.observed, Mode.FOUND),
        (clause.home, Mode.HOME),
        (clause.plan, Mode.PLANNED),
        (clause.next, Mode.NEXT),
    ):
        if words and (at := line.find(words.typed, clause.start)) >= 0:
            yield words.typed, at, mode
            return
    if clause.pressure is None:
        yield line[clause.start : clause.end], clause.start, Mode.LINE


@lru_cache(maxsize=64)
def _text(text: str, name: str, mode: Mode, own: tuple[tuple[str, str], ...], item: int = 0) -> Told:
    parts = [_placed(_sentence(one.group(), mode, own), name, one.start(), mode, item) for one in sentences(text)]
    joined = _together(parts)
    for found in pattern("pressure").finditer(text):
        if mode.recorded and int(found[2] or found[1]) >= 4:
            joined = _pressed(joined, name, text, found.span())
    return joined


@lru_cache(maxsize=256)
def _sentence(text: str, mode: Mode, own: tuple[tuple[str, str], ...]) -> tuple[Run, ...]:
    """Kept, since a key press changes one sentence and leaves the others."""
    return tuple(_clipped(one, text) for one in runs(text, mode, lexicon_with(dict(own))))


def _clipped(run: Run, text: str) -> Run:
    run.words = " ".join(text[run.start : run.end].split())
    return run


def _placed(found: tuple[Run, ...], name: str, at: int, mode: Mode, item: int = 0) -> Told:
    works: list[Work] = []
    left_out: set[Spot] = set()
    mentioned: set[Spot] = set()
    for run in found:
        if run.says is Says.DENY:
            left_out.update(*run.places)
            continue
        if run.says is Says.NOTHING:
            mentioned.update(*run.places)
        if run.says is Says.WORK or run.positions:
            passage = Passage(name, at + run.start, at + run.end, run.words, item)
            worked = run.says is Says.WORK
            works.append(
                Work(
                    passage,
                    mode.recorded,
                    _at_home(run) if worked else frozenset(),
                    _where(run) if worked else (),
                    frozenset(run.positions),
                    run.touches,
                    mode is Mode.HOME,
                )
            )
    today, later = (left_out, set[Spot]()) if mode.recorded else (set[Spot](), left_out)
    return Told(tuple(works), frozenset(today), frozenset(later), frozenset(mentioned))


def _at_home(run: Run) -> frozenset[str]:
    """With what the place itself makes of it: hands on the belly are abdominal work."""
    belly = run.touches and any("abdomen" in {region for region, _ in one} and len(one) <= _WHOLE for one in run.places)
    return frozenset((*run.techniques, "abdominal")) if belly else frozenset(run.techniques)


def _where(run: Run) -> tuple[frozenset[Spot], ...]:
    """The places said, else those where the techniques are at home: abdominal work needs no "abdomen"."""
    if run.places:
        return tuple(run.places)
    homes = [vocabulary().technique_home.get(one, frozenset[str]()) for one in run.techniques]
    return tuple(sided(home, "") for home in homes if home)


def _together(parts: list[Told]) -> Told:
    return Told(
        tuple(work for one in parts for work in one.works),
        frozenset[Spot]().union(*(one.left_out for one in parts)),
        frozenset[Spot]().union(*(one.to_leave_out for one in parts)),
        frozenset[Spot]().union(*(one.mentioned for one in parts)),
    )


def _pressed(known: Told, name: str, text: str, span: tuple[int, int] | None = None) -> Told:
    """Pressure 4 or 5 of 5 is deep, wherever was worked."""
    start, end = span or _last_pressure(text)
    places = tuple(dict.fromkeys(place for work in known.works if work.recorded for place in work.places))
    passage = Passage(name, start, end, " ".join(text[start:end].split()))
    work = Work(passage, True, frozenset(("deep-tissue",)), places)
    return replace(known, works=(*known.works, work))


_PRESSURE = re.compile(r"(?:press(?:ure)?|pr|depth)\b[^;]*", re.IGNORECASE)


def _last_pressure(line: str) -> tuple[int, int]:
    found = list(_PRESSURE.finditer(line))
    return found[-1].span() if found else (0, len(line))


def _guessed(known: Told) -> Told:
    """Charts name what they found and then the technique: "L calf HT; DT 25m". It may have been used there."""
    there = known.mentioned - known.left_out
    if not there:
        return known
    works = (
        replace(one, places=(there,), guessed=True) if one.recorded and not one.places and one.touches else one
        for one in known.works
    )
    return replace(known, works=tuple(works))
