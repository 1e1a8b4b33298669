"""One app per practice: a lock the system drops with the process, and a note of who holds it."""

import json
import os
import platform
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from .errors import PracticeInUse, StorageReadOnly
from .files import write_private
from .places import FILE_MODE, HOLDER, LOCK


class Instance:
    """Holds the practice for this process until `release`. A crash releases it too, so nothing is ever stale."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        """Take the practice; raises PracticeInUse naming who has it."""
        self._holder = folder / HOLDER
        self._lock = FileLock(folder / LOCK, timeout=0, mode=FILE_MODE, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout:
            raise PracticeInUse(**_read_holder(self._holder)) from None
        except OSError as error:
            raise StorageReadOnly from error
        try:
            write_private(self._holder, _holder_note(clock()))
        except OSError as error:
            self._lock.release()
            raise StorageReadOnly from error

    def release(self) -> None:
        """Let others open the practice."""
        with suppress(OSError):  # the note is only a courtesy, and a failing disk must not keep the practice locked
            self._holder.unlink(missing_ok=True)
        self._lock.release()


def in_use(folder: Path) -> bool:
    """Whether a window has the practice open; asked without taking it."""
    if not (folder / LOCK).exists():
        return False
    lock = FileLock(folder / LOCK, timeout=0, mode=FILE_MODE, thread_local=False)
    try:
        lock.acquire()
    except (Timeout, OSError):
        return True
    lock.release()
    return False


def _holder_note(now: datetime) -> bytes:
    return json.dumps({"process": os.getpid(), "host": platform.node(), "since": now.isoformat()}).encode()


def _read_holder(path: Path) -> dict[str, str]:
    """Who holds it, for the message. The note is only a courtesy, so anything unreadable is said vaguely."""
    try:
        note = json.loads(path.read_bytes())
        since = datetime.fromisoformat(note["since"]).astimezone()
        return {"holder": f"process {note['process']} on {note['host']}", "since": f"{since:%d %b %H:%M}"}
    except (OSError, ValueError, KeyError, TypeError):
        return {"holder": "another window", "since": "just now"}
