"""Must hold 2 of «Nothing lost»: whichever call to the disk fails, the records are old or new, and nobody is told wrong.

    python -m tests.faults --only ramp

walks the journeys of `journeys.py` once for every call n that changes the disk and every way to fail: an I/O error once,
from then on, a full disk from then on, and a crash in the middle of the call. What is acknowledged must be what a walk
without faults leaves; what fails must be a sentence, leave the practice old or new, and succeed when the disk is well
again. Reads do not fail here; damage met while reading is for `flips.py`.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from . import walkers
from .figures import Figures, spread
from .journeys import JOURNEYS
from .walking import Walked, stage, standing

MODES = {"I/O error once": 1, "I/O error for ever": 2, "disk full": 3, "crash": 4}
CRASHED = 86
"""How a process ends that `disk.c` has crashed."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One call of a journey that fails, how, and what the practice holds after each step when none does."""

    journey: str
    at: int
    mode: str
    well: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of it: whether anything was noticed, and what was wrong."""

    fault: Fault
    noticed: bool
    wrong: tuple[str, ...]


def tried(fault: Fault) -> Ended:
    """Let the call fail, and judge what is said and left."""
    walked = walkers.own().walk(fault.journey, fault=fault.at, mode=MODES[fault.mode])
    noticed = any("failed" in one for one in walked.said) or walked.status == CRASHED
    wrong = tuple(judged(walked, fault.well, fault.mode))
    shutil.rmtree(walked.home)
    return Ended(fault, noticed, wrong)


def judged(walked: Walked, well: tuple[str, ...], mode: str) -> Iterator[str]:
    """What is wrong with a walk, by what one without faults held; looks at what is left on the disk too."""
    if walked.status not in (0, CRASHED if mode == "crash" else 0):
        yield "the program did not say a sentence but broke down"
    held = tuple(walked.held)
    if held != well[: len(held)]:
        yield "it said it was saved, and it holds something else"
    if walked.status == 0 and len(held) < len(well):
        yield "it did not go on when the disk was well again"
    fit = {*well[max(0, len(held) - 1) : len(held) + 1], "none" if not held else ""}
    if walked.status == 0:
        fit = {well[-1]}
    left = standing(walked.home)
    if left not in fit:
        yield left if " " in left else "neither the old state is left nor the new one"


def run(share: float, at_once: int) -> Iterator[Figures]:
    """Every call of every journey in every way; the figures are handed over before they are filled."""
    figures, every = Figures("ramp"), max(1, round(1 / share))
    with stage() as on:
        with walkers.on(on) as walker:
            wells = {journey: walker.walk(journey) for journey in JOURNEYS}
        faults = [
            Fault(journey, at, mode, tuple(well.held))
            for journey, well in wells.items()
            for at in range(1, well.count + 1, every)
            for mode in MODES
        ]
        figures.of = len(faults)
        yield figures
        for one in spread(tried, faults, at_once, partial(walkers.begin, on)):
            fault = one.fault
            named = [f"{fault.journey}, {fault.mode}, call {fault.at}: {wrong}" for wrong in one.wrong]
            figures.add(*named, told=["noticed"] if one.noticed else [])
