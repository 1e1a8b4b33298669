"""`python -m tests.benchmarks [--rounds N] [--only first,day,note,shorthand,chart,import,growth] [--rivals] [--markdown]`.

Programs take turns, in a new order each round, because a machine drifts: only ratios within one call mean anything.
Nothing is asserted about time, and nothing is written unless --json asks for it.
"""

import argparse
import json
import random
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from . import growth, practice
from .importing import our_import
from .report import Measure, as_json, as_markdown, measure, table
from .rivals import started
from .runs import LONG, OURS, RUNS, Run, Samples

Rounds = dict[Run, list[Samples]]
GROUPS: dict[str, tuple[Run, ...]] = {**RUNS, "import": (our_import,)}
"""The import takes as long as all the rest: it runs when it is asked for."""
MINE = (*OURS, our_import)
GROWTH = "growth"
"""Three sizes of a practice, of which the largest takes long to make: it runs when it is asked for (growth.py)."""


def main() -> None:
    """Measure and print."""
    chosen = _arguments()
    if GROWTH in chosen.only:
        chosen.only.remove(GROWTH)
        with tempfile.TemporaryDirectory(prefix="therapist-tui-bench-") as folder:
            lines = growth.run(chosen.years, min(3, chosen.rounds), Path(folder))
        print(growth.as_markdown(lines) if chosen.markdown else growth.as_text(lines))
    if chosen.rivals:
        with tempfile.TemporaryDirectory(prefix="therapist-tui-bench-") as folder:
            lines = started(Path(folder), chosen.rounds)
        print(growth.as_markdown(lines) if chosen.markdown else growth.as_text(lines))
    if not chosen.only:
        return
    counts = Counter[Run]()
    for group in chosen.only:
        counts |= Counter(GROUPS[group])
    runs = list(counts.elements())
    with tempfile.TemporaryDirectory(prefix="therapist-tui-bench-") as folder:
        rounds = _rounds(runs, chosen.rounds, Path(folder))
    measures = _measures(rounds)
    print(as_markdown(measures) if chosen.markdown else table(measures))
    if chosen.json:
        chosen.json.write_text(json.dumps(as_json(measures), indent=1) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, help="how often each program runs (default: 10)")
    parser.add_argument("--only", type=_groups, default=list(RUNS), help=f"some of {','.join([*GROUPS, GROWTH])}")
    parser.add_argument("--years", type=_years, default=[2, 20, 200], help="growth: its sizes (default: 2,20,200)")
    parser.add_argument("--rivals", action="store_true", help="only start khal, posting, harlequin and calcurse too")
    parser.add_argument("--markdown", action="store_true", help="as tables for the README")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table there as JSON too")
    chosen = parser.parse_args()
    if chosen.rivals:
        chosen.only = [one for one in chosen.only if one == GROWTH]
    return chosen


def _groups(text: str) -> list[str]:
    groups = text.split(",")
    if unknown := set(groups) - {*GROUPS, GROWTH}:
        raise argparse.ArgumentTypeError(f"no group {', '.join(unknown)}; there are {', '.join(GROUPS)}")
    return groups


def _years(text: str) -> list[int]:
    return [int(one) for one in text.split(",")]


def _rounds(runs: list[Run], count: int, folder: Path) -> Rounds:
    """Every program once a round; the first round warms the disk's cache and is thrown away."""
    made = {False: practice.make(folder / "made")}
    if LONG & {*runs}:
        made[True] = practice.make_long(folder / "long")
    found: Rounds = defaultdict(list)
    for number in range(count + 1):
        samples: dict[Run, Samples] = {run: defaultdict(list) for run in runs}
        for run in random.sample(runs, len(runs)):
            for name, values in run(practice.fresh(made[run in LONG], folder / "run")).items():
                samples[run][name] += values
        if number:
            for run in samples:
                found[run].append(samples[run])
        print(f"\rround {number} of {count}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return found


def _measures(rounds: Rounds) -> list[Measure]:
    """Ours in the order of the work, each beside the bare app that measured the same."""
    ours = {run: samples for run, samples in rounds.items() if run in MINE}
    bare = {run: samples for run, samples in rounds.items() if run not in MINE}
    order = sorted(ours, key=MINE.index)
    names = dict.fromkeys(name for run in order for name in ours[run][0])
    return [measure(name, _of(ours, name), _of(bare, name)) for name in names]


def _of(rounds: Rounds, name: str) -> list[list[float]]:
    """The samples of a measure, round by round; none when no program has it."""
    return next(([one.get(name, []) for one in samples] for samples in rounds.values() if name in samples[0]), [])


if __name__ == "__main__":
    main()
