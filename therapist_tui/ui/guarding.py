"""What guards the records behind the day: backups by themselves, the lock when nobody is there, reads written down.

None of it is waited for: backups read the file on a thread of their own, and the lock asks the clock every two seconds.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from textual import events

from therapist_tui.domain.errors import PracticeError

if TYPE_CHECKING:
    from uuid import UUID

    from therapist_tui.records.practice import Practice
    from therapist_tui.settings import Settings

    from .app import TherapistApp

P = ParamSpec("P")
T = TypeVar("T")

LOOK_EVERY = 2.0
"""Seconds between two looks at the clock."""
BACK_UP_AFTER = 5.0
"""Seconds after the opening, when the day is on the screen."""
BACK_UP_EVERY = 30 * 60.0
WRITE_READS_AFTER = 2.0
ASLEEP = 30.0
"""Seconds between two looks after which the machine must have slept."""
PRESENCE = (events.Key, events.MouseDown, events.MouseScrollUp, events.MouseScrollDown, events.Paste)
"""What tells that somebody is there; the mouse alone may move by itself."""


def set_up(practice: Practice, settings: Settings) -> None:
    """Watch over the backups by the user's rules, on the records thread."""
    from dataclasses import replace

    from therapist_tui.domain.backups import Keep
    from therapist_tui.records.backup import BackupRules

    practice.backups.keeps(BackupRules(settings.backup_folder, replace(Keep(), **settings.backup_keep)))


def tend(practice: Practice) -> bool:
    """Take the day's backup when it is due, read an older one again, and try out a restore once a month.

    Whether anything was done. What fails is remembered, and stands on the desk.
    """
    from therapist_tui.domain.backups import Reason

    backups, done = practice.backups, False
    try:
        if backups.due() and backups.changed():
            backups.take(Reason.DAILY)
            backups.check_oldest()
            done = True
        if backups.drill_due():
            backups.drill()
            done = True
    except PracticeError:
        return True
    return done


def leave(practice: Practice) -> None:
    """A backup of what was written since the last one, unless the file is so large that it would be noticed."""
    from therapist_tui.domain.backups import Reason

    backups = practice.backups
    try:
        if backups.watched and backups.quick() and backups.changed():
            backups.take(Reason.LEAVING)
    except PracticeError:
        return  # it stands on the desk


def before_import(practice: Practice) -> str:
    """A backup of what stands before an import; the answer says why there is none where there should be one.

    No import fails for that: it is one transaction, and can be taken back.
    """
    from therapist_tui.domain.backups import Reason

    backups = practice.backups
    try:
        if backups.watched and backups.changed():
            backups.take(Reason.BEFORE_IMPORT)
    except PracticeError as error:
        return f"No backup could be taken before this import. {error}"
    return ""


class Guard:
    """The app's: knows when somebody was there last."""

    def __init__(self, app: TherapistApp, ticks: Callable[[], float] = time.monotonic) -> None:
        self._app, self.ticks = app, ticks
        self._seen_at = self._looked_at = ticks()
        self._slept = _slept()
        self._beside: ThreadPoolExecutor | None = None
        self._tending = False
        self._reads_timer = False

    def begin(self) -> None:
        """Look at the clock from now on; lock before a stop by the shell shows what was on the screen."""
        self._app.set_interval(LOOK_EVERY, self.look)
        stop = getattr(signal, "SIGTSTP", None)
        if stop is not None and not self._app.is_headless:
            before = signal.getsignal(stop)

            def stopped() -> None:
                self._app.action_lock()
                self._app.call_after_refresh(before, stop, None)  # pyright: ignore[reportArgumentType]

            if callable(before):
                asyncio.get_running_loop().add_signal_handler(stop, stopped)

    def saw(self, event: events.Event) -> None:
        """Called with every event."""
        if isinstance(event, PRESENCE):
            self._seen_at = self.ticks()

    def look(self) -> None:
        """Lock when nobody was there for so long, or the machine slept meanwhile."""
        now, slept = self.ticks(), _slept()
        asleep = slept - self._slept > 1 or now - self._looked_at > ASLEEP
        self._looked_at, self._slept = now, slept
        minutes = self._app.settings.lock_after_minutes
        if not self._app.unlocked:
            self._seen_at = now
        elif asleep or (minutes and now - self._seen_at >= minutes * 60):
            self._app.action_lock()

    # Backups

    def opened(self) -> None:
        """The practice is open: look after its backups, soon and then now and then."""
        self._seen_at = self.ticks()
        if not self._app.door.backs_up:
            return
        self._app.records.submit(set_up, self._app.practice, self._app.settings)
        self._app.set_timer(BACK_UP_AFTER, self.tend_soon)
        if self._beside is None:
            self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="backups")
            self._app.set_interval(BACK_UP_EVERY, self.tend_soon)

    def tend_soon(self) -> None:
        """See to the backups on their own thread."""
        if self._app.unlocked and not self._tending:
            self._app.run_worker(self._tend(), group="backups")

    async def _tend(self) -> None:
        self._tending = True
        try:
            done = await self.beside(tend, self._app.practice)
        finally:
            self._tending = False
        if done and self._app.unlocked:
            self._app.changed.publish(None)

    async def beside(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do a job that takes its time beside the records thread."""
        if self._beside is None:
            self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="backups")
        return await asyncio.shield(asyncio.wrap_future(self._beside.submit(job, *args, **kwargs)))

    def end(self) -> None:
        """The practice is closed: nothing is left to do."""
        if self._beside is not None:
            self._beside.shutdown(wait=True)

    # Reads

    def read_chart(self, client_id: UUID) -> None:
        """Somebody opened a chart: it is in the trail within two seconds."""
        self._saw(lambda practice: practice.audit.saw_chart(client_id))

    def read_brief(self, client_id: UUID) -> None:
        """A client's cautions, goals and last note came to the screen."""
        self._saw(lambda practice: practice.audit.saw_brief(client_id))

    def read_note(self, note_id: UUID) -> None:
        """Somebody opened a note."""
        self._saw(lambda practice: practice.audit.saw_note(note_id))

    def read_trail(self, client_id: UUID | None) -> None:
        """Somebody opened the trail."""
        self._saw(lambda practice: practice.audit.saw_trail(client_id))

    def searched(self) -> None:
        """Somebody searched the record."""
        self._saw(lambda practice: practice.audit.saw_search())

    def _saw(self, note: Callable[[Practice], None]) -> None:
        if self._app.unlocked:
            self._app.records.submit(note, self._app.practice)
            self._write_reads_soon()

    def _write_reads_soon(self) -> None:
        if not self._reads_timer:
            self._reads_timer = True
            self._app.set_timer(WRITE_READS_AFTER, self._write_reads)

    def _write_reads(self) -> None:
        self._reads_timer = False
        if self._app.unlocked:
            self._app.records.submit(self._app.practice.audit.write_reads)


def _slept() -> float:
    """Seconds that the machine has slept since it was started, where the system tells."""
    if sys.platform != "linux":
        return 0.0
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)


def forget_scrollback() -> str:
    """What makes a terminal forget what has scrolled away (xterm's «erase saved lines»)."""
    return "" if os.name == "nt" else "\x1b[3J"
