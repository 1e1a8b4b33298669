"""Killed while the passphrase is changed, the practice opens with the old one or the new one, never with neither.

    python -m tests.faults.key_kills --runs 1000

A child changes the passphrase to and fro, without pause; it is killed at a random moment (reliability.md row 13, L.93).
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.errors import WrongPassphrase
from therapist_tui.records.places import KEYS, KEYS_COPY
from therapist_tui.records.practice import create_practice
from therapist_tui.records.vault import LIGHT, mend_keys, unlock

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
OLD, NEW = "copper lantern drifts past eleven geese", "violet harbour sings before nine anvils"
CHANGING = """
import datetime, pathlib, sys
from therapist_tui.records import vault
folder, old, new = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
key = vault.unlock(folder, old)
slots = [[vault.make_slot(one, key)] for one in (new, old)]
print("ready", flush=True)
for turn in range(100000):
    vault.write_slots(folder, slots[turn % 2])
    print(turn, flush=True)
"""
"""The two slots are made before, so that the kill falls into the writing and not into the derivation."""


def one_run(template: Path, seed: int) -> str:
    """Kill it after so many changes; which passphrases open then."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="key-kills-") as scratch:
        folder = Path(shutil.copytree(template, Path(scratch) / "practice"))
        child = subprocess.Popen(
            [sys.executable, "-c", CHANGING, str(folder), OLD, NEW], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout
        for _ in range(chance.randrange(1, 12)):
            child.stdout.readline()
        child.kill()
        child.wait()
        child.stdout.close()
        found = opened_by(folder)
        mend_keys(folder)
        mended = (folder / KEYS).read_bytes() == (folder / KEYS_COPY).read_bytes()
        return found if mended else f"{found}, and the two key files differ for good"


def opened_by(folder: Path) -> str:
    """ "old", "new", or what must never be."""
    for name, one in (("old", OLD), ("new", NEW)):
        try:
            unlock(folder, one)
        except WrongPassphrase:
            continue
        return name
    return "neither"


def run(runs: int, seed: int = 0) -> Counter[str]:
    """So many kills; with what the practice opened, counted."""
    with tempfile.TemporaryDirectory(prefix="key-kills-") as home:
        folder = Path(home) / "practice"
        create_practice(folder, OLD, TherapistDraft("Dana", "", "1", None, "UTC"), lambda: NOW, LIGHT).close()
        return Counter(one_run(folder, seed + number) for number in range(runs))


def main() -> int:
    """Run as often as asked, and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.key_kills", description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    found = run(chosen.runs, chosen.seed)
    print(f"{chosen.runs} kills: " + ", ".join(f"{count} open with {what}" for what, count in found.most_common()))
    return 0 if set(found) <= {"old", "new"} else 1


if __name__ == "__main__":
    sys.exit(main())
