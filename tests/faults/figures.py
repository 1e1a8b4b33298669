"""What a fault run has to tell, and how its runs are spread over the machine's cores."""

import multiprocessing
import os
import random
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

QUICK = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""A disk in memory, where there is one: for what damages files a thousand times, and need not wait for syncs."""
AHEAD = 4
"""So many jobs for each process wait in its queue."""


@dataclass
class Figures:
    """One must-hold: how often something went wrong on purpose, and what did not hold then. Filled as it goes."""

    part: str
    of: int = 0
    """How many there are to be."""
    tried: int = 0
    wrong: Counter[str] = field(default_factory=Counter[str])
    told: Counter[str] = field(default_factory=Counter[str])
    """Whatever else is worth a number, by its name."""
    seconds: float = 0.0
    needed: int = 0
    """For a self-test: so many must be wrong."""
    finished: bool = False

    @property
    def held(self) -> bool:
        """Whether all that was tried held; for a self-test, whether enough was found wrong."""
        if self.needed:
            return self.wrong.total() >= self.needed
        return self.tried > 0 and not self.wrong

    def add(self, *wrong: str, told: Iterable[str] = ()) -> None:
        """Count one try, and what was wrong with it."""
        self.tried += 1
        self.wrong.update(wrong)
        self.told.update(told)

    def line(self) -> str:
        """A line of the table."""
        said = ", ".join(f"{count} {what}" for what, count in self.told.most_common())
        state = ("held" if self.held else "BROKEN") if self.finished or self.wrong else "cut off"
        return (
            f"{self.part:<12} {self.tried:>7} of {self.of:<7} {self.wrong.total():>5} wrong {self.seconds:>6.0f} s"
            f"  {state:<7} {said}"
        )


def table(figures: Iterable[Figures]) -> str:
    """The figures of all parts, and below them what was wrong, most often first."""
    lines: list[str] = []
    for one in figures:
        lines.append(one.line())
        lines += [f"    {count} {what}" for what, count in one.wrong.most_common(12)]
    return "\n".join(lines)


def share_of(count: int, share: float) -> int:
    """So much of a full count, at least one."""
    return max(1, round(count * share))


def mixed(jobs: Iterable[Job]) -> list[Job]:
    """The jobs in another order, always the same: a run that is cut off has then tried some of everything."""
    found = [*jobs]
    random.Random(len(found)).shuffle(found)
    return found


def spread(
    work: Callable[[Job], Result], jobs: Iterable[Job], at_once: int, prepare: Callable[[], object] = lambda: None
) -> Iterator[Result]:
    """Do the jobs in so many processes, forked from this one, and hand over what comes back, as it comes.

    `prepare` is called once in each process. One at once is done here, without another process.
    """
    if at_once < 2:
        prepare()
        yield from map(work, mixed(jobs))
        return
    pool = ProcessPoolExecutor(at_once, multiprocessing.get_context("fork"), _start, (prepare,))
    waiting: set[Future[Result]] = set()
    left = iter(mixed(jobs))
    try:
        while True:
            waiting |= {pool.submit(work, job) for job in islice(left, at_once * AHEAD - len(waiting))}
            if not waiting:
                return
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for one in done:
                yield one.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start(prepare: Callable[[], object]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c ends the run from above, with the figures so far
    prepare()
