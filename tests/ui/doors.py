"""Doors to practices that a test has filled, on the real encrypted engine with a cheap key."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tests.ui.driver import PASSPHRASE
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.practice import Practice, create_practice, open_practice
from therapist_tui.records.vault import LIGHT
from therapist_tui.ui.door import Door

THERAPIST = TherapistDraft("Dana Reyes", "LMT", "A-123", None, "America/Toronto")


def door_to(folder: Path, clock: Callable[[], datetime], fill: Callable[[Practice], None]) -> Door:
    """Make a practice, let `fill` write into it, close it; PASSPHRASE opens the door, and nothing is set up behind it."""
    practice = create_practice(folder, PASSPHRASE, THERAPIST, clock, LIGHT)
    fill(practice)
    practice.close()
    return Door(True, False, lambda typed: open_practice(folder, typed, clock), _no_set_up, lambda *_: "")


def _no_set_up(passphrase: str, therapist: TherapistDraft) -> Practice:
    raise AssertionError("there is a practice already")
