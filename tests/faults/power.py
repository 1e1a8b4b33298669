"""Must hold 1 of «Nothing lost»: after a power cut at any moment what was acknowledged is there, and nothing by half.

    python -m tests.faults.power --states 40

walks the journeys of `journeys.py` through the real store, and at every call that changes the disk rebuilds what a cut
may leave (`disk.py`), so many times. Each is opened as the program does: it must hold what the last acknowledged step
left, or what the next one leaves, the whole trail, and backups that are whole. `--unsynced` takes the syncs of the
database away: then the same judge must find many wrong, else it would see nothing.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from therapist_tui.domain.errors import PracticeError
from therapist_tui.records.errors import NoPractice
from therapist_tui.records.practice import create_practice
from therapist_tui.records.vault import LIGHT

from .disk import Call, Disk, Image, calls, lay_out, shim
from .journeys import JOURNEYS, OLD, THERAPIST, hasten, held, make, now, opened

ROOT = Path(__file__).parents[2]
QUICK = Path("/dev/shm")
"""A disk in memory, where there is one: syncs are written down here, and need not be waited for."""


class Walker:
    """The process that walks journeys with the recorder before its disk."""

    def __init__(self, library: Path, scratch: Path) -> None:
        self._scratch, self._count = scratch, 0
        hasten()
        self.template = scratch / "template"
        make(self.template / "practice")
        shutil.copytree(self.template, scratch / "first")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.journeys", str(scratch / "first" / "practice")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "LD_PRELOAD": str(library)},
        )

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def walk(self, journey: str, **job: Any) -> "Walked":
        """Walk a journey in a fresh copy of the practice."""
        assert self._process.stdin
        assert self._process.stdout
        self._count += 1
        home, log = self._scratch / f"walk-{self._count}", self._scratch / f"walk-{self._count}.log"
        if journey == "set-up":
            home.mkdir()
        else:
            shutil.copytree(self.template, home)
        before = Disk(home)
        job |= {"journey": journey, "root": str(home), "folder": str(home / "practice"), "log": str(log)}
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        status = int(self._process.stdout.readline())
        walked = Walked(home, status, before, list(calls(log)))
        log.unlink()
        return walked


@dataclass(frozen=True, slots=True)
class Walked:
    """A journey that was walked: where, how it ended, the disk before it, and every call."""

    home: Path
    status: int
    before: Disk
    calls: list[Call]

    @property
    def said(self) -> list[dict[str, Any]]:
        """What was acknowledged, in order."""
        return [json.loads(call.data) for call in self.calls if call.kind == "A"]

    @property
    def held(self) -> list[str]:
        """What the practice held after each step."""
        return [one["held"] for one in self.said if "held" in one]


@contextmanager
def walker() -> Iterator[Walker]:
    """A walker with a scratch folder; raises FileNotFoundError where there is no C compiler."""
    place = QUICK if os.access(QUICK, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="power-", dir=place) as scratch:
        library = shim(Path(scratch))
        if library is None:
            raise FileNotFoundError("no C compiler (cc), or no Linux: the recorder cannot be built")
        made = Walker(library, Path(scratch))
        try:
            yield made
        finally:
            made.close()


def standing(home: Path) -> str:
    """Open what is left and look: what it holds, or what is wrong with it; "none" where there is no practice (yet)."""
    folder = home / "practice"
    try:
        practice, passphrase = opened(folder)
    except NoPractice:
        create_practice(folder, OLD, THERAPIST, now, LIGHT).close()
        return "none"
    except PracticeError as error:
        return f"refused: {type(error).__name__}"
    try:
        if findings := practice.backups.verify().findings:
            return f"trail: {findings[0].fault.name}"
        return held(practice, passphrase)
    except PracticeError as error:
        return f"unreadable: {type(error).__name__}"
    finally:
        practice.close()


@dataclass
class Tally:
    """States that were looked at, those that were different, and what was wrong, counted."""

    states: int = 0
    different: int = 0
    wrong: Counter[str] = field(default_factory=Counter[str])

    def add(self, other: "Tally") -> None:
        """Count another one in."""
        self.states += other.states
        self.different += other.different
        self.wrong += other.wrong


def cut_everywhere(walked: Walked, journey: str, states: int, chance: random.Random, every: int = 1) -> Tally:
    """Cut the power at every so-manieth call of a journey, so many times each, and look at what is left."""
    disk, tally = walked.before, Tally()
    results = walked.held if journey == "set-up" else [walked.held[0], *walked.held]
    acknowledged, known = 0, dict[int, str]()
    for number, call in enumerate(walked.calls):
        disk.apply(call)
        if call.kind == "A":
            acknowledged += "held" in json.loads(call.data)
            continue
        if number % every:
            continue
        for _ in range(states):
            image = disk.after_a_cut(chance)
            found = _known(image, walked.home, known, tally)
            fit = results[max(0, acknowledged - (journey == "set-up")) : acknowledged + 1 + (journey != "set-up")]
            if journey == "set-up" and not acknowledged:
                fit = [*fit, "none"]
            if found not in fit:
                lost = "an acknowledged step is lost" if found in (*results, "none") else found
                tally.wrong[f"{journey}: {_shown(lost)}"] += 1
            tally.states += 1
    return tally


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


def main() -> int:
    """Run as asked and print the figures; 1 when anything was lost or broken (with --unsynced: when too little was)."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.power", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--states", type=int, default=40, help="cuts at each call (default: 40)")
    parser.add_argument("--every", type=int, default=1, help="only every so-manieth call (default: 1)")
    parser.add_argument("--journeys", nargs="*", default=[*JOURNEYS], choices=[*JOURNEYS])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unsynced", action="store_true", help="the self-test: at least 50 states must be wrong")
    chosen = parser.parse_args()
    total = Tally()
    with walker() as made:
        for journey in chosen.journeys:
            walked = made.walk(journey, unsynced=chosen.unsynced)
            tally = cut_everywhere(walked, journey, chosen.states, random.Random(chosen.seed), chosen.every)
            print(f"{journey:<11} {len(walked.calls):>5} calls {tally.states:>6} states {tally.different:>6} different"
                  f" {tally.wrong.total():>5} wrong", flush=True)  # fmt: skip
            total.add(tally)
    print(f"all         {total.states:>18} states {total.different:>6} different {total.wrong.total():>5} wrong")
    for what, count in total.wrong.most_common():
        print(f"  {count} {what}")
    return int(total.wrong.total() < 50 if chosen.unsynced else total.wrong.total() > 0)


if __name__ == "__main__":
    sys.exit(main())
