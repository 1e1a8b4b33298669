"""Giving something out: the file is made ready, the release is written down, and only then the file gets its name."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from therapist_tui.domain.release import Release, ReleaseDraft

from .files import prepared

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice


@dataclass(frozen=True, slots=True)
class Given:
    """What was given out, and where the file lies."""

    path: Path
    release: Release


def give_out(practice: "Practice", draft: ReleaseDraft, content: bytes, path: Path, *, make: bool = False) -> Given:
    """Write a file that leaves the practice, and its line in the log; on the thread of the records.

    Raises what files.py says, Invalid, RecordNotFound. When the file cannot be made nothing is written down.
    """
    with prepared(path, content, make=make) as file:
        release = practice.releases.add(draft, hashlib.sha256(content).hexdigest(), file.place)
    return Given(path, release)
