"""Doors to practices that a test has filled, on the real encrypted engine with a cheap key."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from tests.ui.driver import PASSPHRASE, now
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.practice import Practice, create_practice, open_practice
from therapist_tui.records.vault import LIGHT
from therapist_tui.ui.door import Door, demo_door, make_demo

THERAPIST = TherapistDraft("Dana Reyes", "LMT", "A-123", None, "America/Toronto")


def door_to(folder: Path, clock: Callable[[], datetime], fill: Callable[[Practice], None]) -> Door:
    """Make a practice, let `fill` write into it, close it; PASSPHRASE opens the door, and nothing is set up behind it."""
    practice = create_practice(folder, PASSPHRASE, THERAPIST, clock, LIGHT)
    fill(practice)
    practice.close()
    return Door(True, False, lambda typed: open_practice(folder, typed, clock), _no_set_up, lambda *_: "")


def _no_set_up(passphrase: str, therapist: TherapistDraft) -> Practice:
    raise AssertionError("there is a practice already")


def demo_copy(folder: Path, clock: Callable[[], datetime] = now) -> Door:
    """A door to a demo practice of its own in `folder`: made once for each moment, then copied, which is much quicker."""
    shutil.copytree(_demo_at(clock()), folder)
    return replace(demo_door(folder, clock), open=lambda _typed: open_practice(folder, PASSPHRASE, clock))


@cache
def _demo_at(moment: datetime) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="therapist-tui-demo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    make_demo(folder / "practice", PASSPHRASE, lambda: moment).close()
    return folder / "practice"
