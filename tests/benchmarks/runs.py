"""What is done in each program: one run of it gives samples of the measures that it is part of."""

import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable

from .practice import PASSPHRASE, Measured, derivation_seconds
from .terminal import Terminal, cpu_seconds, megabytes

Samples = dict[str, list[float]]
"""Measured values by "measure kind"; kinds are ms, cpu, bytes, MB."""
Run = Callable[[Measured], Samples]

DOWN, UP, RIGHT, LEFT, HOME, END, ESCAPE, ENTER, TAB = (
    b"\x1b[B", b"\x1b[A", b"\x1b[C", b"\x1b[D", b"\x1b[H", b"\x1b[F", b"\x1b", b"\r", b"\t",
)  # fmt: skip
TYPED = [bytes([letter]) for letter in b"tight neck "]
LINE = (
    b"L trap 7>3 HT trp; B ls TTP; DT MFR 25m; pos prone; press 3; tol well; HEP chin tucks 2x10; 2w recheck L lev scap; "
    b"R piri TTP 6/10>4/10 ref R post thigh; MET R hams 5m; R calf no N/T; cont same"
)
"""About 200 characters of shorthand; what is typed after it changes other sections with nearly every key."""
TYPED_AFTER_IT = [bytes([letter]) for letter in b"; R QL HT 5>2; HEP walk 20 min"]
UNTIL_KEPT = 0.4
"""Seconds after which the draft of the key before is on the disk and says so: that repaint is not the next key's."""
PASTE = b"\x1b[200~%s\x1b[201~"
STEADY_TYPING = 0.05
"""Quiet that ends a keystroke: shorter than a draft takes to be kept, whose own repaint is not the keystroke's."""


class Session:
    """One program under measurement."""

    def __init__(self, arguments: list[str], measured: Measured) -> None:
        self.terminal = Terminal([sys.executable, "-m", *arguments], measured.environment)
        self.samples: Samples = defaultdict(list)

    def add(self, name: str, kind: str, value: float) -> None:
        """Note a value."""
        self.samples[f"{name} {kind}"].append(value)

    def first_frame(self, pattern: str) -> None:
        """Start to first frame."""
        self.add("first frame", "ms", (self.terminal.wait_for(re.compile(pattern)) - self.terminal.started) * 1e3)
        self.add("first frame", "cpu", cpu_seconds(self.terminal.pid) * 1e3)

    def calm(self) -> None:
        """Wait until nothing is printed and nothing is computed behind it either."""
        before = -1.0
        while (now := cpu_seconds(self.terminal.pid)) - before > 0.005:
            before = now
            self.terminal.wait_quiet(time.perf_counter(), 0.15, 0.15)
        self.terminal.settled_text()

    def until(self, name: str, key: bytes, pattern: str) -> None:
        """From a key to something on the screen."""
        pressed = self.terminal.press(key)
        self.add(name, "ms", (self.terminal.wait_for(re.compile(pattern)) - pressed) * 1e3)
        self.calm()

    def keys(self, name: str, keys: list[bytes], quiet: float = 0.08, rest: float = 0.0) -> None:
        """From each key to the last byte of its answer, with the CPU time and the bytes of it; `rest` seconds before."""
        for key in keys:
            if rest:
                self.terminal.wait_quiet(time.perf_counter(), rest, rest)
            self.terminal.settled_text()
            time.sleep(random.random() * 0.02)  # not in step with a frame timer
            cpu = cpu_seconds(self.terminal.pid)
            pressed = self.terminal.press(key)
            answer = self.terminal.wait_quiet(pressed, quiet)
            if not answer:
                raise AssertionError(f"no answer to {key!r} on\n{self.terminal.settled_text()}")
            self.add(name, "ms", (answer[-1][0] - pressed) * 1e3)
            self.add(name, "cpu", (cpu_seconds(self.terminal.pid) - cpu) * 1e3)
            self.add(name, "bytes", sum(size for _, size in answer))

    def memory(self, name: str, figure: str = "VmRSS") -> None:
        """The memory that is resident now, or at most so far (VmHWM)."""
        self.add(name, "MB", megabytes(self.terminal.pid, figure))


def our_start(measured: Measured) -> Samples:
    """To the unlock screen."""
    session = Session(["therapist_tui"], measured)
    try:
        session.first_frame("Passphrase")
        return session.samples
    finally:
        session.terminal.close()


def our_work(measured: Measured) -> Samples:
    """Unlock, walk through the day, other days, a note."""
    session = Session(["therapist_tui"], measured)
    try:
        session.terminal.wait_for(re.compile("Passphrase"))
        session.calm()
        session.memory("before unlocking")
        session.terminal.press(PASSPHRASE.encode())
        session.calm()
        session.until("unlock", ENTER, r"Last time[^│]*\n.*\n(.*\n)*.*╰")
        derivation = derivation_seconds(measured) * 1e3
        session.add("key derivation", "ms", derivation)
        session.samples["unlock ms"] = [max(0.0, took - derivation) for took in session.samples["unlock ms"]]
        session.keys("to the first row", [END, HOME])
        session.keys("next row", [DOWN] * 6 + [UP] * 5)
        session.keys("day change", [RIGHT, LEFT] * 4)
        session.memory("the day")
        session.keys("to the last row", [END])
        session.until("note open", b"n", "A  response")
        session.keys("to S", [TAB])
        session.keys("keystroke", TYPED, STEADY_TYPING)
        session.memory("with a note")
        session.memory("peak, with the key derivation", "VmHWM")
        return session.samples
    finally:
        session.terminal.close()


def our_shorthand(measured: Measured) -> Samples:
    """A long line of shorthand in a note: each key is read, fills the sections, and is painted."""
    session = Session(["therapist_tui"], measured)
    try:
        session.terminal.wait_for(re.compile("Passphrase"))
        session.calm()
        session.terminal.press(PASSPHRASE.encode())
        session.calm()
        session.until("unlock", ENTER, r"Last time[^│]*\n.*\n(.*\n)*.*╰")
        session.keys("to the last row", [END])
        session.until("note open", b"n", "A  response")
        session.terminal.press(PASTE % LINE)
        session.calm()
        session.samples.clear()
        session.keys("shorthand key", TYPED_AFTER_IT, STEADY_TYPING, UNTIL_KEPT)
        return session.samples
    finally:
        session.terminal.close()


def bare_shorthand(measured: Measured) -> Samples:
    """A key in an empty TextArea."""
    session = Session(["tests.benchmarks.bare.note"], measured)
    try:
        session.terminal.wait_for(re.compile("Press n"))
        session.calm()
        session.until("note open", b"n", "Next time.*")
        session.samples.clear()
        session.keys("shorthand key", TYPED_AFTER_IT, STEADY_TYPING, UNTIL_KEPT)
        return session.samples
    finally:
        session.terminal.close()


def _unlocked(measured: Measured, key: bytes) -> Session:
    """The day, with the highlight on the first row or the last one."""
    session = Session(["therapist_tui"], measured)
    session.terminal.wait_for(re.compile("Passphrase"))
    session.calm()
    session.terminal.press(PASSPHRASE.encode())
    session.calm()
    session.until("unlock", ENTER, r"to go")
    session.terminal.press(key)
    session.calm()
    session.samples.clear()
    return session


def _opened(measured: Measured, name: str, row: bytes, key: bytes, landmark: str) -> Samples:
    """From the key to what it opens, the first time and three times more."""
    session = _unlocked(measured, row)
    try:
        session.until(f"{name}, first time", key, landmark)
        for _ in range(3):
            session.terminal.press(ESCAPE)
            session.calm()
            session.until(name, key, landmark)
        return session.samples
    finally:
        session.terminal.close()


CHART, NOTE = r"Papers.*\n(.*\n)*.*Card", r"A  response"


def our_year(measured: Measured) -> Samples:
    """The chart of a client of a year."""
    return _opened(measured, "chart of a year", HOME, ENTER, CHART)


def our_years(measured: Measured) -> Samples:
    """The chart of a client of twenty years."""
    return _opened(measured, "chart of 20 years", END, ENTER, CHART)


def note_of_year(measured: Measured) -> Samples:
    """The note of the client of a year, which her chart is held against."""
    return _opened(measured, "chart of a year", HOME, b"n", NOTE)


def chart_of_year(measured: Measured) -> Samples:
    """The chart of a year, which that of twenty is held against."""
    return _opened(measured, "chart of 20 years", HOME, ENTER, CHART)


def bare_first_frame(measured: Measured) -> Samples:
    """An Input and Statics."""
    session = Session(["tests.benchmarks.bare.first_frame"], measured)
    try:
        session.first_frame("Passphrase")
        return session.samples
    finally:
        session.terminal.close()


def bare_day(measured: Measured) -> Samples:
    """A DataTable."""
    session = Session(["tests.benchmarks.bare.day"], measured)
    try:
        session.terminal.wait_for(re.compile("Passphrase"))
        session.calm()
        session.until("unlock", ENTER, r"start +min(.*\n)+.*\d\d:\d\d")
        session.keys("next row", [DOWN] * 7 + [UP] * 5)
        session.keys("day change", [RIGHT, LEFT] * 4)
        session.memory("the day")
        return session.samples
    finally:
        session.terminal.close()


def bare_note(measured: Measured) -> Samples:
    """TextAreas."""
    session = Session(["tests.benchmarks.bare.note"], measured)
    try:
        session.terminal.wait_for(re.compile("Press n"))
        session.calm()
        session.until("note open", b"n", "Next time.*")
        session.keys("keystroke", TYPED, STEADY_TYPING)
        session.memory("with a note")
        return session.samples
    finally:
        session.terminal.close()


OURS = (our_start, our_work, our_shorthand, our_year, our_years)
LONG = frozenset({our_year, our_years, note_of_year, chart_of_year})
"""What is run on the practice with years of notes (long.py)."""
RUNS: dict[str, tuple[Run, ...]] = {
    "first": (our_start, bare_first_frame) * 3,  # quick, and the one where chance weighs most
    "day": (our_work, bare_day),
    "note": (our_work, bare_note),
    "shorthand": (our_shorthand, bare_shorthand),
    "chart": (our_year, our_years, note_of_year, chart_of_year),
}
"""What is run for each --only; what stands there several times is run so often in each round."""
