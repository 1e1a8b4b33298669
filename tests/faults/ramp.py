"""Must hold 2 of «Nothing lost»: whichever call to the disk fails, the records are old or new, and nobody is told wrong.

    python -m tests.faults.ramp --every 1

walks the journeys of `journeys.py` once for every call n that changes the disk and every way to fail: an I/O error once,
from then on, a full disk from then on, and a crash in the middle of the call. What is acknowledged must be what a walk
without faults leaves; what fails must be a sentence, leave the practice old or new, and succeed when the disk is well
again. Reads do not fail here; damage met while reading is for `flips.py`.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator

from .journeys import JOURNEYS
from .power import Tally, Walked, Walker, standing, walker

MODES = {"I/O error once": 1, "I/O error for ever": 2, "disk full": 3, "crash": 4}
CRASHED = 86
"""How a process ends that `disk.c` has crashed."""


def ramp(made: Walker, journey: str, every: int = 1, first: int = 1) -> Tally:
    """Let every so-manieth call fail, beginning with the first-th, in each way, and judge what is said and left."""
    well, tally = made.walk(journey), Tally()
    count = next(one["calls"] for one in well.said if "calls" in one)
    for at in range(first, count + 1, every):
        for mode, number in MODES.items():
            walked = made.walk(journey, fault=at, mode=number)
            tally.states += 1
            tally.different += any("failed" in one for one in walked.said) or walked.status == CRASHED
            for wrong in judged(walked, well, mode):
                tally.wrong[f"{journey}, {mode}: {wrong}"] += 1
                print(f"{journey}, {mode} at call {at}: {wrong}", file=sys.stderr, flush=True)
            shutil.rmtree(walked.home)
    shutil.rmtree(well.home)
    return tally


def judged(walked: Walked, well: Walked, mode: str) -> Iterator[str]:
    """What is wrong with a walk, by what one without faults said; looks at what is left on the disk too."""
    if walked.status not in (0, CRASHED if mode == "crash" else 0):
        yield "the program did not say a sentence but broke down"
    if walked.held != well.held[: len(walked.held)]:
        yield "it said it was saved, and it holds something else"
    if walked.status == 0 and len(walked.held) < len(well.held):
        yield "it did not go on when the disk was well again"
    left = standing(walked.home)
    reached = len(walked.held)
    fit = {*well.held[max(0, reached - 1) : reached + 1], "none" if not reached else ""}
    if walked.status == 0:
        fit = {well.held[-1]}
    if left not in fit:
        yield left if " " in left else "neither the old state is left nor the new one"


def main() -> int:
    """Run as asked and print the figures; 1 when anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.ramp", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--every", type=int, default=1, help="only every so-manieth call (default: 1)")
    parser.add_argument("--first", type=int, default=1, help="begin with this call (default: 1)")
    parser.add_argument("--journeys", nargs="*", default=[*JOURNEYS], choices=[*JOURNEYS])
    chosen = parser.parse_args()
    total = Tally()
    with walker() as made:
        for journey in chosen.journeys:
            tally = ramp(made, journey, chosen.every, chosen.first)
            print(f"{journey:<11} {tally.states:>5} faults {tally.different:>5} noticed {tally.wrong.total():>4} wrong",
                  flush=True)  # fmt: skip
            total.add(tally)
    print(f"all         {total.states:>5} faults {total.different:>5} noticed {total.wrong.total():>4} wrong")
    for what, count in total.wrong.most_common():
        print(f"  {count} {what}")
    return int(total.wrong.total() > 0)


if __name__ == "__main__":
    sys.exit(main())
