"""Must hold 4 of «Nothing lost», its first half: a damaged file is never taken for a good one, nor a damaged backup.

    python -m tests.faults --only flips

Bits flipped, ends cut off and stretches of zeros, in the file of a practice and in its newest backup at once: the file
is refused before anything is written to it (not a byte changes), the backup is told by its digests, and the older
backup is the one that is offered. Where changes wait in the WAL, a damaged page may be one that they say again: then
every record must be shown as it was (reliability.md 4, lines 86 and 112).
"""

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from therapist_tui.domain.backups import Reason
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.errors import PracticeError
from therapist_tui.records.engine import PAGE_BYTES
from therapist_tui.records.manifest import changed_part
from therapist_tui.records.practice import create_practice, open_practice, open_with_key
from therapist_tui.records.restore import choose, found_backups, restore
from therapist_tui.records.vault import LIGHT, unlock

from .figures import QUICK, Figures, share_of, spread
from .journeys import NOW, OLD, THERAPIST, hastened

COUNTS = {"bit flipped": 5000, "cut": 500, "zeros": 100}
UNCLEAN = 10
"""Each so-manieth file besides is one that was not closed properly."""
RESTORED = 50
"""Each so-manieth time what is offered is restored as well."""
CLIENTS = 100
Damage = Callable[[bytes, random.Random], bytes]


def flip(data: bytes, chance: random.Random) -> bytes:
    """One bit somewhere."""
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def cut(data: bytes, chance: random.Random) -> bytes:
    """The end taken away, at a page or a byte beside one."""
    page = chance.randrange(len(data) // PAGE_BYTES)
    return data[: max(0, page * PAGE_BYTES + chance.choice((-1, 0, 1)))]


def blank(data: bytes, chance: random.Random) -> bytes:
    """A stretch of zeros, as a file system leaves behind."""
    at = chance.randrange(len(data))
    size = chance.choice((512, 4096, 40_960))
    return data[:at] + bytes(min(size, len(data) - at)) + data[at + size :]


DAMAGES: dict[str, Damage] = {"bit flipped": flip, "cut": cut, "zeros": blank}


@dataclass(frozen=True, slots=True)
class Sound:
    """A practice with two backups, the same as a kill leaves it, and its key."""

    folder: Path
    unclean: Path
    key: bytes


def make(home: Path) -> Sound:
    """A hundred clients, a backup of two days before and one of now."""
    folder = home / "closed" / "practice"
    practice = create_practice(folder, OLD, THERAPIST, lambda: NOW, LIGHT)
    for number in range(CLIENTS):
        practice.clients.add(ClientDraft(f"Client {number}", remarks="r" * 200))
    practice.backups.take(Reason.ASKED)
    practice.close()
    practice = open_practice(folder, OLD, lambda: NOW + timedelta(days=2))
    for client in practice.clients.find("", 1000):
        practice.clients.change(client.id, ClientDraft(client.name, remarks="s" * 200))
    practice.backups.take(Reason.ASKED)
    shutil.copytree(folder.parent, home / "killed")
    practice.close()
    return Sound(folder, home / "killed" / "practice", unlock(folder, OLD).key)


@dataclass(frozen=True, slots=True)
class Case:
    """One damage."""

    kind: str
    number: int
    unclean: bool = False


def damaged(sound: Sound, case: Case) -> str:
    """Damage a copy of practice and backup; what went wrong, or ""."""
    chance = random.Random(f"{case.kind} {case.number} {case.unclean}")
    folder = sound.unclean if case.unclean else sound.folder
    with tempfile.TemporaryDirectory(prefix="flips-", dir=QUICK) as scratch:
        copy = Path(shutil.copytree(folder.parent, Path(scratch) / "home")) / "practice"
        wrong = _opened(copy, sound.key, case, chance) or _backed_up(copy, sound.key, case, chance)
    return f"{case.kind}{', not closed' if case.unclean else ''}: {wrong}" if wrong else ""


def _opened(folder: Path, key: bytes, case: Case, chance: random.Random) -> str:
    file = folder / "practice.db"
    before = file.read_bytes()
    file.write_bytes(bytes_ := DAMAGES[case.kind](before, chance))
    if before == bytes_:  # zeros over zeros
        return ""
    try:
        practice = open_with_key(folder, key, lambda: NOW + timedelta(days=3))
    except PracticeError:
        return "" if file.read_bytes() == bytes_ else "the damaged file was written to"
    try:
        found = practice.clients.find("", 1000)
    finally:
        practice.close()
    if not case.unclean:
        return "a damaged file was opened"
    whole = len(found) == CLIENTS and all(client.remarks == "s" * 200 for client in found)
    return "" if whole else "a damaged file was opened and shows other records"


def _backed_up(folder: Path, key: bytes, case: Case, chance: random.Random) -> str:
    older, newest = sorted((folder.parent / "backups").glob("practice-*"))
    part = chance.choice(("practice.db", "practice.db", "practice.keys", "practice.keys.bak"))
    before = (newest / part).read_bytes()
    after = DAMAGES[case.kind if part == "practice.db" else "bit flipped"](before, chance)
    if before == after:
        return ""
    (newest / part).write_bytes(after)
    if changed_part(newest) != part:
        return f"a damaged {part} of a backup was not found"
    offered = choose(found_backups(folder), "", folder)
    if offered.folder != older:
        return "the damaged backup is offered"
    if case.number % RESTORED == 0:
        restore(folder, offered, key, lambda: NOW + timedelta(days=4))
        practice = open_with_key(folder, key, lambda: NOW + timedelta(days=4))
        found = practice.clients.find("", 1000)
        practice.close()
        if len(found) != CLIENTS or any(client.remarks != "r" * 200 for client in found):
            return "the backup that is offered does not bring the records back"
    return ""


def run(share: float, at_once: int) -> Iterator[Figures]:
    """All damages; the figures are handed over before they are filled."""
    cases = [
        Case(kind, number, unclean)
        for kind, count in COUNTS.items()
        for unclean, some in ((False, count), (True, count // UNCLEAN))
        for number in range(share_of(some, share))
    ]
    figures = Figures("flips", of=len(cases))
    with tempfile.TemporaryDirectory(prefix="flips-", dir=QUICK) as home, hastened():
        sound = make(Path(home))
        yield figures
        for wrong in spread(partial(damaged, sound), cases, at_once):
            figures.add(*filter(None, [wrong]))
