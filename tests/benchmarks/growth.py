"""`python -m tests.benchmarks.growth [--years 2,20,200] [--rounds N] [--kept FOLDER] [--markdown]`: what grows with the practice.

The same work in practices of different sizes, in turns: first in the program through a pty, then in the store alone.
Prints the medians and what they are of those of the smallest one. Asserts nothing.
"""

import argparse
import re
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from therapist_tui.demo.years import PASSPHRASE, make_years
from therapist_tui.domain.backups import Reason
from therapist_tui.domain.health import Answer
from therapist_tui.domain.hours import hours_of
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.places import DATABASE
from therapist_tui.records.practice import Practice, create_practice, open_practice
from therapist_tui.records.vault import LIGHT, unlock

from .practice import Measured, folder_of
from .runs import DOWN, END, ENTER, ESCAPE, HOME, LEFT, RIGHT, STEADY_TYPING, TAB, TYPED, UP, Samples, Session
from .terminal import cpu_seconds

EMPTY = 0
"""Years of the practice in which nobody is."""
SEARCHED = [bytes([letter]) for letter in b"neck lev"]
TODAY, NOBODY = r"Last time[^│]*\n.*\n(.*\n)*.*╰", r"Nothing is booked"
"""What stands on Today when it is whole, and on that of a practice without anybody."""
SETTLED = 0.4
"""Seconds of quiet after which a screen is there whole."""
HOURS = hours_of({})[0]
PUT_IN = "Good response, no adverse reaction."


def make(home: Path, years: int) -> Measured:
    """A practice of so many years up to now, with the light key derivation of demo and tests."""
    folder = folder_of(home)
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        if years == EMPTY:
            draft = TherapistDraft("Dana Reyes", "LMT", "none", None, "America/Toronto")
            create_practice(folder, PASSPHRASE, draft, _now, LIGHT).close()
        else:
            make_years(folder, years, _now, home / "cache")
            shutil.rmtree(home / "cache")
    return Measured(home, unlock(folder, PASSPHRASE).key)


def _now() -> datetime:
    return datetime.now(UTC)


# In the program


def day_of_work(measured: Measured, full: bool) -> Samples:
    """Unlock, walk through the day, a note, a chart, the week, a search; of the empty practice what there is."""
    session = Session(["tests.benchmarks.opened"], measured)
    terminal = session.terminal
    try:
        terminal.wait_for(re.compile("Passphrase"))
        session.calm()
        terminal.press(PASSPHRASE.encode())
        session.calm()
        _settled(session, "unlock to Today", ENTER, TODAY if full else NOBODY)
        if full:
            session.keys("to the first row", [END, HOME])
            session.keys("next row", [DOWN] * 6 + [UP] * 5)
            session.keys("next day", [RIGHT, LEFT] * 4)
            terminal.press(END)
            session.calm()
            _settled(session, "open note", b"n")
            session.keys("to S", [TAB])
            session.keys("keystroke", TYPED, STEADY_TYPING)
            terminal.press(ESCAPE)
            session.calm()
            terminal.press(HOME)
            session.calm()
            for _ in range(3):
                _settled(session, "open chart", ENTER)
                terminal.press(ESCAPE)
                session.calm()
        for _ in range(3):
            _settled(session, "open week", b"w")
            terminal.press(ESCAPE)
            session.calm()
        _settled(session, "open search", b"/")
        session.keys("search key", SEARCHED)
        session.memory("peak memory", "VmHWM")
        return session.samples
    finally:
        terminal.close()


def _settled(session: Session, name: str, key: bytes, landmark: str = "") -> None:
    """From a key to the last byte of all that it brings (the landmark at least), and the CPU time that it takes."""
    terminal = session.terminal
    cpu = cpu_seconds(terminal.pid)
    pressed = terminal.press(key)
    if landmark:
        terminal.wait_for(re.compile(landmark), 60)
    answer = terminal.wait_quiet(pressed, SETTLED, 5, 30)
    session.add(name, "ms", (answer[-1][0] - pressed) * 1e3)
    session.calm()
    session.add(name, "cpu", (cpu_seconds(terminal.pid) - cpu) * 1e3)


# In the store alone


def store_work(measured: Measured) -> Samples:
    """What the screens ask of the store, and what is written, each several times."""
    found: Samples = defaultdict(list)
    folder = folder_of(measured.home)

    def timed(name: str, job: Callable[[], object], times: int = 5) -> None:
        for _ in range(times):
            begun = time.perf_counter()
            job()
            found[f"store: {name} ms"].append((time.perf_counter() - begun) * 1e3)

    timed("open, without the derivation", lambda: open_practice(folder, PASSPHRASE, _now).close(), 3)
    practice = open_practice(folder, PASSPHRASE, _now)
    try:
        today = _now().astimezone(practice.zone).date()
        practice.day.agenda(today)
        timed("the day, with its screening", lambda: practice.day.agenda(today))
        timed("the week, with its screening", lambda: practice.week.worst(practice.week.of(today, HOURS)))
        timed("the desk", lambda: practice.desk.owed(_now()))
        client = practice.day.agenda(today).slots[0].brief.client.id
        timed("a chart", lambda: _chart(practice, client))
        for typed in ("ne", "neck lev", "tanaka", '"low back"'):
            timed(f"search {typed}", lambda typed=typed: practice.search.find(typed))
        timed("all clients by name", practice.clients.find)
        timed("clients “ma”", lambda: practice.clients.find("ma"))
        _write(practice, timed)
    finally:
        practice.close()
    return found


def _chart(practice: Practice, client: "object") -> None:
    charts, now = practice.charts, _now()
    charts.overview(client, now)  # pyright: ignore[reportArgumentType]
    for section in (charts.history, charts.plans, charts.notes, charts.papers):
        section(client)  # pyright: ignore[reportArgumentType]


def _write(practice: Practice, timed: Callable[..., None]) -> None:
    """Keystrokes in the draft of the day, and its signature."""
    draft = practice.notes.unsigned()[0]
    content = replace(draft.content, assessment=PUT_IN, plan="Two weeks.", pain_after=2)
    typed = iter(range(1000))

    def key() -> None:
        practice.notes.save(draft.id, replace(content, plan=f"Two weeks, {next(typed)}."))

    timed("a keystroke", key, 15)
    practice.health.check(draft.client_id, Answer.NO_CHANGE)
    timed("sign", lambda: practice.notes.sign(draft.id, content, why="decided together", late="measured"), 1)


def safekeeping(measured: Measured) -> Samples:
    """What grows with the practice by its nature, and is done behind somebody's back: reading all of it."""
    found: Samples = defaultdict(list)
    practice = open_practice(folder_of(measured.home), PASSPHRASE, _now)
    try:
        for name, job in (
            ("look through the file", practice.backups.look_through),
            ("verify the trail", practice.backups.verify),
            ("backup, verified", lambda: practice.backups.take(Reason.ASKED)),
        ):
            begun = time.perf_counter()
            job()
            found[f"behind: {name} ms"].append((time.perf_counter() - begun) * 1e3)
        size = (folder_of(measured.home) / DATABASE).stat().st_size
        found["behind: file MB"].append(size / 1e6)
    finally:
        practice.close()
    return found


# The table


def rows(found: Mapping[int, Samples]) -> list[tuple[str, ...]]:
    """A line for each measure: the medians of every size, and each of them as a part of the smallest one's."""
    sizes = sorted(size for size in found if size != EMPTY)
    head = ["measure", *(["empty"] if EMPTY in found else []), *(f"{size} y" for size in sizes)]
    lines = [(*head, *(f"{size} y / {sizes[0]} y" for size in sizes[1:]), f"{sizes[0]} y / empty")]
    for name in found[sizes[-1]]:
        if name.startswith("to "):
            continue
        middle = {
            size: median(found[size][name]) if found[size].get(name) else None
            for size in (EMPTY, *sizes)
            if size in found
        }
        first, nobody = middle[sizes[0]], middle.get(EMPTY)
        ratios = [_ratio(middle[size], first) for size in sizes[1:]]
        lines.append((name, *(_shown(value) for value in middle.values()), *ratios, _ratio(first, nobody)))
    return lines


def _ratio(value: float | None, of: float | None) -> str:
    return f"{value / of:.2f}" if value is not None and of else ""


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}" if value < 1000 else f"{value:.0f}"


def as_markdown(lines: Sequence[Sequence[str]]) -> str:
    """The table for a README."""
    head, *body = lines
    marks = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, marks, *body))


def as_text(lines: Sequence[Sequence[str]]) -> str:
    """The table for a terminal."""
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def run(years: Sequence[int], rounds: int, kept: Path) -> list[tuple[str, ...]]:
    """Make the practices that are not there yet, and measure each in turn."""
    sizes = [EMPTY, *years]
    made = {size: make(kept / str(size), size) for size in sizes}
    found: dict[int, Samples] = {size: defaultdict(list) for size in sizes}
    for number in range(rounds):
        for size in sizes:
            work = kept / "run"
            shutil.rmtree(work, ignore_errors=True)
            shutil.copytree(made[size].home, work)
            copy = Measured(work, made[size].key)
            jobs = [lambda copy=copy, size=size: day_of_work(copy, size != EMPTY)]
            jobs += [lambda copy=copy: store_work(copy)] if size != EMPTY else []
            jobs += [lambda copy=copy: safekeeping(copy)] if size != EMPTY and not number else []
            for job in jobs:
                for name, values in job().items():
                    found[size][name] += values
            print(f"\rround {number + 1} of {rounds}, {size} years", end="", file=sys.stderr, flush=True)
    shutil.rmtree(kept / "run", ignore_errors=True)
    print(file=sys.stderr)
    return rows(found)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.growth", description=__doc__)
    parser.add_argument("--years", default="2,20,200", help="sizes, the smallest first (default: 2,20,200)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kept", type=Path, help="where the practices are kept for the next call (default: nowhere)")
    parser.add_argument("--markdown", action="store_true", help="as a table for the README")
    chosen = parser.parse_args()
    years = [int(one) for one in chosen.years.split(",")]
    with tempfile.TemporaryDirectory(prefix="therapist-tui-bench-") as scratch:
        lines = run(years, chosen.rounds, chosen.kept or Path(scratch))
    print(as_markdown(lines) if chosen.markdown else as_text(lines))


if __name__ == "__main__":
    main()
