"""Wrong passphrases slow down: each after the third makes the next wait longer, up to half a minute, never for good.

Who has copied the files tries elsewhere, where only the cost of a guess counts (vault.py). This is for the open room.
"""

import json
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from .files import write_private
from .places import TRIES

FREE = 3
LONGEST = 30
"""Seconds."""


def wait_seconds(folder: Path, now: datetime) -> int:
    """How long the next try has to wait; 0 for not at all, also when the clock was put back."""
    wrong, at = _read(folder)
    if at is None or wrong < FREE or at > now:
        return 0
    left = at + timedelta(seconds=min(2 ** (wrong - FREE + 1), LONGEST)) - now
    return max(0, -(-left // timedelta(seconds=1)))


def note_wrong(folder: Path, now: datetime) -> int:
    """One more; gives back how many they are by now."""
    wrong = _read(folder)[0] + 1
    with suppress(OSError):  # on a disk that cannot be written to there is nothing to slow down for
        write_private(folder / TRIES, json.dumps({"wrong": wrong, "at": now.isoformat()}).encode())
    return wrong


def forget(folder: Path) -> None:
    """The right one was typed, and the wrong ones are in the trail."""
    with suppress(OSError):
        (folder / TRIES).unlink(missing_ok=True)


def count(folder: Path) -> int:
    """How many wrong ones were typed since the last right one."""
    return _read(folder)[0]


def _read(folder: Path) -> tuple[int, datetime | None]:
    try:
        said = json.loads((folder / TRIES).read_bytes())
        return max(0, int(said["wrong"])), datetime.fromisoformat(said["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, None
