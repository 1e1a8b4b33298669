"""Moving in under measurement: two files of a practice of years, in the real program, whose screen has to stay live."""

import re
import time
from contextlib import suppress
from pathlib import Path

from .moving_in import write_appointments, write_clients
from .practice import PASSPHRASE, Measured
from .runs import ENTER, Samples, Session
from .terminal import megabytes

F3 = b"\x1bOR"
LONGEST = 300.0
"""Seconds after which it is given up."""


def our_import(measured: Measured) -> Samples:
    """5,000 clients, then 60,000 appointments; on the way a key every quarter of a second."""
    session = Session(["therapist_tui"], measured)
    try:
        session.terminal.wait_for(re.compile("Passphrase"))
        session.calm()
        session.terminal.press(PASSPHRASE.encode())
        session.calm()
        session.until("unlock", ENTER, r"Last time[^│]*\n.*\n(.*\n)*.*╰")
        session.terminal.press(b"i")
        session.terminal.wait_for(re.compile("Nothing is"))
        session.samples.clear()
        _bring(session, "5,000 clients", write_clients(measured.home / "clients.csv"))
        _bring(session, "60,000 appointments", write_appointments(measured.home / "appointments.csv"))
        session.memory("after the import", "VmRSS")
        session.memory("peak of the import", "VmHWM")
        return session.samples
    finally:
        session.terminal.close()


def _bring(session: Session, what: str, path: Path) -> None:
    """From enter on the file's name to the dry run, and from enter on that to the last row."""
    session.terminal.press(f"/{path}".encode())
    session.calm()
    _wait(session, f"dry run of {what}", ENTER, "nothing is stored yet")
    session.calm()
    _wait(session, f"import of {what}", ENTER, "Imported: ")
    session.calm()


def _wait(session: Session, name: str, key: bytes, pattern: str) -> None:
    """How long it takes, how long a key takes meanwhile (F3 paints the screen anew), and what the reading child needs."""
    begun = session.terminal.press(key)
    done, reader = re.compile(pattern), 0.0
    while not done.search(session.terminal.settled_text()):
        if time.perf_counter() - begun > LONGEST:
            raise AssertionError(session.terminal.text())
        pressed = session.terminal.press(F3)
        answer = session.terminal.wait_quiet(pressed, 0.05)
        if answer:
            session.add("key during an import", "ms", (answer[0][0] - pressed) * 1e3)
        reader = max([reader, *_children(session.terminal.pid)])
        session.terminal.wait_quiet(time.perf_counter(), 0.2, 0.2, 0.2)
    session.add(name, "ms", (time.perf_counter() - begun) * 1e3)
    if reader:
        session.add(f"reader of {name}", "MB", reader)


def _children(pid: int) -> list[float]:
    """The most memory that each child of the process had so far."""
    found: list[float] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            with suppress(OSError, IndexError):  # it ended meanwhile
                found.append(megabytes(int(child), "VmHWM"))
    return found
