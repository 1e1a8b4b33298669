"""Must hold 1 of «Nothing lost»: after a power cut at any moment what was acknowledged is there, and nothing by half.

    python -m tests.faults --only power

walks the journeys of `journeys.py` through the real store, and at every call that changes the disk rebuilds what a cut
may leave (`disk.py`), forty times. Each is opened as the program does: it must hold what the last acknowledged step
left, or what the next one leaves, the whole trail, and backups that are whole. Then the syncs of the database are taken
away: the same judge must find many wrong, else it would see nothing.
"""

import json
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from . import walkers
from .disk import Image, lay_out
from .figures import Figures, share_of, spread
from .journeys import JOURNEYS
from .walking import Stage, Walked, stage, standing

STATES = 40
"""Cuts at each call."""
MANY_WRONG = 50
"""Of the states of a database that is not synced."""
UNSYNCED = ("client", "book", "sign", "addendum")
UNSYNCED_STATES = 4
SLICE = 5
"""So many calls are cut in one go."""


@dataclass
class Tally:
    """States that were looked at, those that were different, and what was wrong, counted."""

    states: int = 0
    different: int = 0
    wrong: Counter[str] = field(default_factory=Counter[str])


def cut_everywhere(
    walked: Walked, journey: str, states: int, chance: random.Random, every: int = 1, part: tuple[int, int] = (0, 1)
) -> Tally:
    """Cut the power at every so-manieth call of a journey, so many times each, and look at what is left.

    `part` is which of how many equal stretches of the journey.
    """
    disk, tally = walked.before, Tally()
    first, last = (len(walked.calls) * one // part[1] for one in (part[0], part[0] + 1))
    acknowledged, known = 0, dict[int, str]()
    for number, call in enumerate(walked.calls[:last]):
        disk.apply(call)
        if call.kind == "A":
            acknowledged += "held" in json.loads(call.data)
            continue
        if number < first or number % every:
            continue
        fit = _fit(walked, journey, acknowledged)
        for _ in range(states):
            found = _known(disk.after_a_cut(chance), walked.home, known, tally)
            if found not in fit:
                lost = "an acknowledged step is lost" if found in (*walked.held, "none") else found
                tally.wrong[f"{journey}: {_shown(lost)}"] += 1
            tally.states += 1
    return tally


def _fit(walked: Walked, journey: str, acknowledged: int) -> list[str]:
    """What may be left after so many acknowledged steps: what the last one left, or what the next one leaves."""
    if journey == "set-up":
        found = walked.held[max(0, acknowledged - 1) : acknowledged + 1]
        return found if acknowledged else [*found, "none"]
    return [walked.held[0], *walked.held][acknowledged : acknowledged + 2]


def _known(image: Image, was: Path, known: dict[int, str], tally: Tally) -> str:
    """What stands on this image; the same one is opened once only."""
    key = hash(frozenset(image.items()))
    if key not in known:
        with tempfile.TemporaryDirectory(prefix="cut-", dir=was.parent) as scratch:
            lay_out(image, was, Path(scratch) / "home")
            known[key] = standing(Path(scratch) / "home")
        tally.different += 1
    return known[key]


def _shown(found: str) -> str:
    return found if " " in found else "something that no step leaves"


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of a journey to cut."""

    journey: str
    part: tuple[int, int]
    states: int
    every: int
    unsynced: bool


def _cut(stretch: _Stretch) -> Tally:
    walked = walkers.own().walk(stretch.journey, unsynced=stretch.unsynced)
    chance = random.Random(f"{stretch.journey} {stretch.part}")
    tally = cut_everywhere(walked, stretch.journey, stretch.states, chance, stretch.every, stretch.part)
    shutil.rmtree(walked.home)
    return tally


def run(share: float, at_once: int) -> Iterator[Figures]:
    """All of it, and the self-test; the figures are handed over before they are filled."""
    with stage() as on:
        with walkers.on(on) as walker:
            counts = {journey: len(walker.walk(journey).calls) for journey in JOURNEYS}
        synced = Figures("power", of=sum(counts.values()) * STATES)
        yield synced
        _fill(synced, [*_stretches(counts, share, STATES, unsynced=False)], on, at_once)
        unsynced = Figures("unsynced", needed=share_of(MANY_WRONG, share))
        yield unsynced
        some = {name: counts[name] for name in UNSYNCED}
        _fill(unsynced, [*_stretches(some, share, UNSYNCED_STATES, unsynced=True)], on, at_once)


def _stretches(counts: dict[str, int], share: float, states: int, *, unsynced: bool) -> Iterator[_Stretch]:
    each, every = share_of(states, share), max(1, round(1 / (states * share)))
    for journey, count in counts.items():
        parts = max(1, count // SLICE // every)
        yield from (_Stretch(journey, (part, parts), each, every, unsynced) for part in range(parts))


def _fill(figures: Figures, jobs: list[_Stretch], on: Stage, at_once: int) -> None:
    for tally in spread(_cut, jobs, at_once, partial(walkers.begin, on)):
        figures.tried += tally.states
        figures.told["different"] += tally.different
        figures.wrong += tally.wrong
    figures.of = figures.tried  # what the program said in between is no call
