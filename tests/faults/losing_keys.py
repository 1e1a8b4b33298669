"""Must hold 5: whatever ends the program while somebody types, at most the keys of the last second are lost.

    python -m tests.faults.losing_keys --runs 200

types numbered words into a note of the real program at about 40 keys a second, ends it at a random moment by `kill -9`,
SIGTERM, SIGHUP or by taking its window away, opens the practice again and compares.
"""

import argparse
import random
import shutil
import signal
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from . import practice
from .terminal import Terminal

KEY_EVERY = 1 / 40
ENDINGS = ("kill -9", "SIGTERM", "SIGHUP", "closed pty")
EXIT = {"kill -9": -signal.SIGKILL, "SIGTERM": 143, "SIGHUP": 129, "closed pty": 129}
"""The exit status of each ending, as `therapist-tui --help` documents it."""
MOST_LOST_MS = 1000.0
SHORTEST_TYPING, LONGEST_TYPING = 0.4, 2.0
"""Seconds of typing before the end comes."""
RESTORED = ("\x1b[?1049l", "\x1b[?25h", "\x1b[?2004l", "\x1b[?1003l")
"""What leaves a terminal as it was: no alternate screen, a cursor, no bracketed paste, no mouse."""


@dataclass(frozen=True, slots=True)
class Run:
    """One ending: what it cost, and what was wrong about it ("" when nothing was)."""

    ending: str
    typed: int
    lost_keys: int
    lost_ms: float
    wrong: str = ""


def numbered_words() -> str:
    """Enough to type: each word tells its place, so that what comes back can be checked."""
    return " ".join(f"w{number:04d}" for number in range(1, 200))


def one_run(template: Path, ending: str, seed: int) -> Run:
    """Type into a copy of the practice, end the program, and see what is there."""
    chance = random.Random(f"{ending} {seed}")
    with tempfile.TemporaryDirectory(prefix="losing-keys-") as folder:
        home = Path(folder) / "home"
        shutil.copytree(template, home)
        with Terminal(home) as terminal:
            practice.unlock(terminal)
            practice.open_first_note(terminal)
            times = type_until(terminal, time.monotonic() + chance.uniform(SHORTEST_TYPING, LONGEST_TYPING))
            ended_at = time.monotonic()
            end(terminal, ending)
            status = terminal.wait()
            restored = ending in ("kill -9", "closed pty") or all(one in terminal.output for one in RESTORED)
        return judged(ending, times, ended_at, practice.drafts(home), status, restored)


def type_until(terminal: Terminal, until: float) -> list[float]:
    """Type word after word until then; the answer is when each key was pressed."""
    times: list[float] = []
    begin = time.monotonic()
    for index, key in enumerate(numbered_words()):
        terminal.pump(0.0)
        while (wait := begin + index * KEY_EVERY - time.monotonic()) > 0:
            terminal.pump(wait)
        if time.monotonic() >= until:
            break
        terminal.type(key)
        times.append(time.monotonic())
    return times


def end(terminal: Terminal, ending: str) -> None:
    """Let the end come."""
    if ending == "closed pty":
        terminal.close_master()
    else:
        number = {"kill -9": signal.SIGKILL, "SIGTERM": signal.SIGTERM, "SIGHUP": signal.SIGHUP}[ending]
        terminal.kill(number)


def judged(
    ending: str, times: list[float], ended_at: float, drafts: dict[str, str], status: int, restored: bool
) -> Run:
    """Compare what was typed with what came back."""
    typed, kept = numbered_words()[: len(times)], drafts[practice.WRITER]
    lost = len(typed) - len(kept)
    lost_ms = (ended_at - times[len(kept)]) * 1000 if 0 <= len(kept) < len(times) else 0.0
    wrong = [
        "" if typed.startswith(kept) else f"{kept[-20:]!r} is no beginning of what was typed",
        "" if lost_ms <= MOST_LOST_MS else f"{lost_ms:.0f} ms lost",
        "" if drafts[practice.BYSTANDER] == practice.OTHERS_WORDS else "the other client's draft is another one",
        "" if status == EXIT[ending] else f"exit status {status}",
        "" if restored else "the terminal was not restored",
    ]
    return Run(ending, len(typed), lost, lost_ms, "; ".join(filter(None, wrong)))


def many_runs(template: Path, each: int, seed: int, at_once: int) -> list[Run]:
    """So many runs of each ending, mixed."""
    jobs = [(ending, seed + number) for number in range(each) for ending in ENDINGS]
    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(lambda job: _told(one_run(template, *job)), jobs))


def _told(run: Run) -> Run:
    if run.wrong:
        print(f"{run.ending}: {run.wrong}", file=sys.stderr)
    return run


def table(runs: list[Run]) -> str:
    """The figures by ending."""
    head = "ending        runs  failures  keys lost median/max    ms lost median/max  keys typed median"
    lines = [head]
    for ending in (*ENDINGS, "all"):
        these = [run for run in runs if ending in (run.ending, "all")]
        if these:
            keys, ms = [run.lost_keys for run in these], [run.lost_ms for run in these]
            typed = statistics.median(run.typed for run in these)
            lines.append(
                f"{ending:<12} {len(these):>5} {sum(bool(run.wrong) for run in these):>9}"
                f" {statistics.median(keys):>16.0f} / {max(keys):<3} {statistics.median(ms):>16.0f} / {max(ms):<5.0f}"
                f" {typed:>14.0f}"
            )
    return "\n".join(lines)


def main() -> int:
    """Run it and print the table; the exit status is 1 when anything was lost or wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=200, help="in all, a quarter for each ending (default: 200)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=1, help="programs at the same time (default: 1)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="losing-keys-") as folder:
        template = Path(folder) / "home"
        practice.make(template)
        runs = many_runs(template, max(1, chosen.runs // len(ENDINGS)), chosen.seed, chosen.at_once)
    print(table(runs))
    return 1 if any(run.wrong for run in runs) else 0


if __name__ == "__main__":
    sys.exit(main())
