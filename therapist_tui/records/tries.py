"""What happened at the door since the practice was opened last: wrong passphrases, and days printed for scripts.

Wrong passphrases slow down: each after the third makes the next wait longer, up to half a minute, never for good.
Who has copied the files tries elsewhere, where only the cost of a guess counts (vault.py). This is for the open room.
Both come into the trail with the next opening, for neither may write to the practice.
"""

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from .files import write_private
from .places import TRIES

FREE = 3
LONGEST = 30
"""Seconds."""


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """How often a wrong passphrase was typed, when the last one was, and how often a day was printed."""

    wrong: int = 0
    at: datetime | None = None
    printed: int = 0


def wait_seconds(folder: Path, now: datetime) -> int:
    """How long the next try has to wait; 0 for not at all, also when the clock was put back."""
    known = since_opened(folder)
    if known.at is None or known.wrong < FREE or known.at > now:
        return 0
    left = known.at + timedelta(seconds=min(2 ** (known.wrong - FREE + 1), LONGEST)) - now
    return max(0, -(-left // timedelta(seconds=1)))


def note_wrong(folder: Path, now: datetime) -> None:
    """One more wrong passphrase."""
    known = since_opened(folder)
    _write(folder, replace(known, wrong=known.wrong + 1, at=now))


def note_printed(folder: Path) -> None:
    """One more day printed, by somebody who had the passphrase."""
    known = since_opened(folder)
    _write(folder, replace(known, printed=known.printed + 1))


def forget(folder: Path) -> None:
    """The right one was typed, and all of it is in the trail."""
    with suppress(OSError):
        (folder / TRIES).unlink(missing_ok=True)


def since_opened(folder: Path) -> AtTheDoor:
    """What is known; nothing where it cannot be read."""
    try:
        said = json.loads((folder / TRIES).read_bytes())
        at = datetime.fromisoformat(said["at"]) if said["at"] else None
        return AtTheDoor(max(0, int(said["wrong"])), at, max(0, int(said.get("printed", 0))))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return AtTheDoor()


def _write(folder: Path, known: AtTheDoor) -> None:
    said = {"wrong": known.wrong, "at": known.at.isoformat() if known.at else "", "printed": known.printed}
    with suppress(OSError):  # on a disk that cannot be written to there is nothing to slow down for
        write_private(folder / TRIES, json.dumps(said).encode())
