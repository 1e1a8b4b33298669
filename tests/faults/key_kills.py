"""Must hold 3 of «Nothing lost», its second half: killed while the passphrase is changed, the old or the new one opens.

    python -m tests.faults --only key-kills

A fork of the loaded program opens the practice and changes its passphrase; it is killed at a random moment: of the whole
act, or of the writing of the two key files only, where each step takes a fraction of a millisecond. Exactly one of the
two passphrases opens then; the new one when the change had been acknowledged; and the trail is whole (row 13).
"""

import os
import random
import select
import shutil
import signal
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from therapist_tui.domain.errors import PracticeError
from therapist_tui.records import keyring, vault
from therapist_tui.records.errors import WrongPassphrase
from therapist_tui.records.places import KEYS, KEYS_COPY
from therapist_tui.records.practice import create_practice, open_practice
from therapist_tui.records.restore import verify_with_key

from .figures import Figures, share_of, spread
from .journeys import NEW, OLD, THERAPIST, hastened, now

KILLS = 1000
BEGUN, WRITING, DONE = b"b", b"w", b"d"
"""What the child says: it begins, it writes the key files now, the change is acknowledged."""


@dataclass(frozen=True, slots=True)
class Lasts:
    """How long it takes from each word of the child to the end, in seconds."""

    begun: float
    writing: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What opened after a kill, and what was wrong ("" when nothing was)."""

    opened: str
    wrong: str


def changing(folder: Path) -> tuple[int, int]:
    """Fork a child that changes the passphrase; its process, and where it says how far it is."""
    read, write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write)
        return pid, read
    try:
        real = vault.write_slots

        def telling(*given: object, **named: object) -> None:
            os.write(write, WRITING)
            real(*given, **named)  # pyright: ignore[reportArgumentType]

        keyring.write_slots = telling  # pyright: ignore[reportPrivateImportUsage, reportAttributeAccessIssue]
        practice = open_practice(folder, OLD, now)
        os.write(write, BEGUN)
        practice.keys.change(OLD, NEW)
        os.write(write, DONE)
        signal.pause()
    finally:
        os._exit(1)


def measured(folder: Path, scratch: Path) -> Lasts:
    """How long a change takes when nobody kills it: the median of a few."""
    times: list[tuple[float, ...]] = []
    for number in range(5):
        copy = Path(shutil.copytree(folder, scratch / f"measured-{number}"))
        pid, read = changing(copy)
        times.append(tuple(time.monotonic() for _ in (BEGUN, WRITING, DONE) if os.read(read, 1)))
        _killed(pid, read)
    return Lasts(*(statistics.median(one[2] - one[at] for one in times) for at in (0, 1)))


def _killed(pid: int, read: int) -> bytes:
    """Kill the child; what it had said that was not read yet."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    rest = b""
    while select.select([read], [], [], 0)[0] and (more := os.read(read, 16)):
        rest += more
    os.close(read)
    return rest


def one_kill(folder: Path, lasts: Lasts, seed: int) -> Outcome:
    """Kill a change in a copy at a random moment, and see what opens."""
    chance = random.Random(seed)
    word, length = (BEGUN, lasts.begun) if seed % 2 else (WRITING, lasts.writing)
    with tempfile.TemporaryDirectory(prefix="key-kills-") as scratch:
        copy = Path(shutil.copytree(folder, Path(scratch) / "practice"))
        pid, read = changing(copy)
        while os.read(read, 1) != word:
            continue
        time.sleep(chance.uniform(0, 1.3 * length))
        acknowledged = DONE in _killed(pid, read)
        return judged(copy, acknowledged=acknowledged)


def judged(folder: Path, *, acknowledged: bool) -> Outcome:
    """What opens, and whether that is right."""
    found = opened_by(folder)
    if len(found) != 1:
        return Outcome("neither" if not found else "both", "not exactly one passphrase opens")
    if acknowledged and found != ["new"]:
        return Outcome(found[0], "the change was acknowledged, and the old passphrase opens")
    passphrase = OLD if found == ["old"] else NEW
    try:
        open_practice(folder, passphrase, now).close()
    except PracticeError as error:
        return Outcome(found[0], f"the practice does not open: {type(error).__name__}")
    if findings := verify_with_key(folder, vault.unlock(folder, passphrase).key).findings:
        return Outcome(found[0], f"verify: {findings[0].fault.name}")
    if (folder / KEYS).read_bytes() != (folder / KEYS_COPY).read_bytes():
        return Outcome(found[0], "the two key files differ for good")
    return Outcome(found[0], "")


def opened_by(folder: Path) -> list[str]:
    """Which of the two passphrases open."""
    found: list[str] = []
    for name, passphrase in (("old", OLD), ("new", NEW)):
        try:
            vault.unlock(folder, passphrase)
        except WrongPassphrase:
            continue
        found.append(name)
    return found


def run(share: float, at_once: int) -> Iterator[Figures]:
    """All kills; the figures are handed over before they are filled."""
    figures = Figures("key-kills", of=share_of(KILLS, share))
    with tempfile.TemporaryDirectory(prefix="key-kills-") as home, hastened():
        folder = Path(home) / "practice"
        create_practice(folder, OLD, THERAPIST, now, vault.LIGHT).close()
        lasts = measured(folder, Path(home))
        yield figures
        for one in spread(partial(one_kill, folder, lasts), range(figures.of), at_once):
            figures.add(*filter(None, [one.wrong]), told=[one.opened])
