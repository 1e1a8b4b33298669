"""The practice that is measured: the demo of today on the real encrypted engine, in a folder of its own."""

import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.places import DATABASE
from therapist_tui.records.practice import create_practice
from therapist_tui.records.vault import LIGHT, unlock
from therapist_tui.ui.door import make_demo

from .long import long_practice

PASSPHRASE = "four invented words for measuring"


@dataclass(frozen=True)
class Measured:
    """Where the practice lies, and its key for the bare apps."""

    home: Path
    key: bytes

    @property
    def environment(self) -> Mapping[str, str]:
        """What our program finds its practice by, and the bare apps their database."""
        return {
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "BENCH_DATABASE": str(folder_of(self.home) / DATABASE),
            "BENCH_KEY": self.key.hex(),
        }


def folder_of(home: Path) -> Path:
    """The practice's folder."""
    return home / "data" / "therapist-tui" / "practice"


def make(home: Path) -> Measured:
    """Create it, with the light key derivation of demo and tests."""
    folder = folder_of(home)
    folder.parent.mkdir(parents=True)
    make_demo(folder, PASSPHRASE, lambda: datetime.now(UTC)).close()
    return Measured(home, unlock(folder, PASSPHRASE).key)


def make_long(home: Path) -> Measured:
    """The same with a client of a year and one of twenty, see long.py."""
    folder = folder_of(home)
    folder.parent.mkdir(parents=True)
    whole = long_practice(datetime.now(UTC))
    draft = TherapistDraft(whole.therapist.name, "LMT", "none", None, whole.therapist.zone.key)
    made = create_practice(folder, PASSPHRASE, draft, lambda: datetime.now(UTC), cost=LIGHT)
    made.whole.store(whole)
    made.close()
    return Measured(home, unlock(folder, PASSPHRASE).key)


def fresh(measured: Measured, home: Path) -> Measured:
    """A copy for one run, so that no run finds what another one typed."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(measured.home, home)
    return Measured(home, measured.key)


def derivation_seconds(measured: Measured) -> float:
    """How long the passphrase takes to become the key: reported apart, since it is slow on purpose."""
    begun = time.perf_counter()
    unlock(folder_of(measured.home), PASSPHRASE)
    return time.perf_counter() - begun
