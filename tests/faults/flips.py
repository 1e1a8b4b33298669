"""A damaged file is never taken for a good one: bits flipped in, and ends cut off, the practice and its backups.

    python -m tests.faults.flips --runs 500

Each run damages a copy: the program must say so before it writes anything (not a byte may change), or, where the bit
means nothing (a free page, what a later page says again), show every record as it was. Damaged backups are found by
their digests (reliability.md 4, lines 86 and 112).
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from therapist_tui.domain.backups import Reason
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.manifest import changed_part, read_backups
from therapist_tui.records.practice import create_practice, open_with_key
from therapist_tui.records.vault import LIGHT, unlock

PASSPHRASE = "copper lantern drifts past eleven geese"
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
Damage = Callable[[bytes, random.Random], bytes]


def flip(data: bytes, chance: random.Random) -> bytes:
    """One bit somewhere."""
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def cut(data: bytes, chance: random.Random) -> bytes:
    """The end taken away, at a page or a byte beside one."""
    page = chance.randrange(len(data) // 4096)
    return data[: max(0, page * 4096 + chance.choice((-1, 0, 1)))]


def blank(data: bytes, chance: random.Random) -> bytes:
    """A stretch of zeros, as a file system leaves behind."""
    at = chance.randrange(len(data))
    size = chance.choice((512, 4096, 40_960))
    return data[:at] + bytes(min(size, len(data) - at)) + data[at + size :]


DAMAGES: dict[str, Damage] = {"bit flipped": flip, "cut": cut, "zeros": blank}


def make(home: Path) -> tuple[Path, bytes]:
    """A practice with a hundred clients and a backup; its folder and key."""
    folder = home / "practice"
    made = create_practice(folder, PASSPHRASE, TherapistDraft("Dana", "", "1", None, "UTC"), lambda: NOW, LIGHT)
    for number in range(100):
        made.clients.add(ClientDraft(f"Client {number}", remarks="r" * 200))
    made.backups.take(Reason.ASKED)
    made.close()
    return folder, unlock(folder, PASSPHRASE).key


def one_run(folder: Path, key: bytes, seed: int) -> str:
    """Damage copies of practice and backup; what went wrong, or "" """
    chance = random.Random(seed)
    name = chance.choice([*DAMAGES])
    with tempfile.TemporaryDirectory(prefix="flips-") as scratch:
        copy = Path(shutil.copytree(folder.parent, Path(scratch) / "home")) / "practice"
        (copy / "practice.db").write_bytes(damaged := DAMAGES[name]((copy / "practice.db").read_bytes(), chance))
        wrong = _opened(copy, key, damaged)
        (backup,) = read_backups(copy.parent / "backups")
        part = chance.choice(("practice.db", "practice.keys"))
        before = (backup.folder / part).read_bytes()
        after = DAMAGES["bit flipped" if part == "practice.keys" else name](before, chance)
        (backup.folder / part).write_bytes(after)
        if before != after and changed_part(backup.folder) != part:
            wrong = wrong or f"a damaged {part} of a backup was not found"
    return f"{name}: {wrong}" if wrong else ""


def _opened(folder: Path, key: bytes, damaged: bytes) -> str:
    try:
        practice = open_with_key(folder, key, lambda: NOW)
    except PracticeError:
        return "" if (folder / "practice.db").read_bytes() == damaged else "the damaged file was written to"
    try:
        found = {client.name for client in practice.clients.find("", 1000)}
    finally:
        practice.close()
    return "" if len(found) == 100 else "a damaged file was opened and shows other records"


def run(runs: int, seed: int = 0) -> Counter[str]:
    """So many runs; what went wrong, counted."""
    with tempfile.TemporaryDirectory(prefix="flips-") as home:
        folder, key = make(Path(home))
        return Counter(wrong for number in range(runs) if (wrong := one_run(folder, key, seed + number)))


def main() -> int:
    """Run as often as asked, and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.flips", description=__doc__)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    wrong = run(chosen.runs, chosen.seed)
    print(f"{chosen.runs} runs, {wrong.total()} wrong")
    for what, count in wrong.most_common():
        print(f"  {count} {what}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
