"""Reading beside: what takes its time reads on a connection of its own, and the records thread goes on meanwhile."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from therapist_tui.domain.progress import Heard, Stopped, unheard
from therapist_tui.domain.whole import WholePractice

from .authorizer import guard
from .engine import connect, make_engine, settle
from .faults import in_words
from .places import DATABASE
from .trail import trail_key
from .unit import Store
from .vault import Unlocked
from .whole import Whole


class Beside:
    """Sees the records as they stand when it begins; may be used on any thread, and never writes."""

    def __init__(self, folder: Path, unlocked: Unlocked, store: Store) -> None:
        self._path, self._unlocked, self._store = folder / DATABASE, unlocked, store
        self._one_at_a_time = threading.Lock()
        self._stopping = threading.Event()

    def whole(self, heard: Heard = unheard) -> WholePractice:
        """Every record, see `Whole.read`; raises Stopped when `heard` says so, or when the practice is closed."""
        with self._one_at_a_time, self._opened() as store:
            return Whole(store).read(lambda done, total: heard(done, total) and not self._stopping.is_set())

    def stop(self) -> None:
        """Give up what is under way, and wait until it has: the practice is closed."""
        self._stopping.set()
        with self._one_at_a_time:
            return

    @contextmanager
    def _opened(self) -> Generator[Store]:
        if self._stopping.is_set():
            raise Stopped
        with in_words():
            raw = connect(self._path, self._unlocked.key, "mode=ro")
            try:
                settle(raw, secret=self._unlocked.cost.secret, read_only=True)
                guard(raw)
                yield Store(make_engine(raw), self._store.clock, trail_key(self._unlocked.key), read_only=True)
            finally:
                raw.close()
