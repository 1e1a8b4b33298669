"""Practices behind doors, on the real encrypted engine with a cheap key."""

from pathlib import Path

import pytest

from tests.ui.doors import THERAPIST, demo_copy
from tests.ui.driver import PASSPHRASE, now
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.practice import Practice, create_practice, open_practice
from therapist_tui.records.vault import LIGHT
from therapist_tui.ui import door
from therapist_tui.ui.door import Door


@pytest.fixture
def new_door(tmp_path: Path) -> Door:
    """A place without a practice; what is set up there has a cheap key."""
    folder = tmp_path / "practice"

    def create(passphrase: str, therapist: TherapistDraft) -> Practice:
        return create_practice(folder, passphrase, therapist, now, cost=LIGHT)

    return Door(False, False, lambda typed: open_practice(folder, typed, now), create, door._passphrase_problem)


@pytest.fixture
def existing_door(new_door: Door) -> Door:
    """A practice without clients."""
    new_door.create(PASSPHRASE, THERAPIST).close()
    return Door(True, False, new_door.open, new_door.create, new_door.passphrase_problem)


@pytest.fixture
def demo(tmp_path: Path) -> Door:
    """The invented practice on 23 November 2026, 10:24."""
    return demo_copy(tmp_path / "demo")
