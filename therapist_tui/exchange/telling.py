"""How far a long job is, said on the terminal from its second second on; a pipe or a file is told nothing."""

import time
from collections.abc import Callable
from typing import TextIO

from therapist_tui.domain.progress import Heard

AFTER, EVERY = 1.0, 0.2
"""Seconds before the first word, and between two."""
_CLEARED = "\r\x1b[K"


class Telling:
    """One line that is written over and over; `ctrl+c` ends the job as any failure does, with nothing of it left."""

    def __init__(self, stream: TextIO | None, ticks: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream if stream is not None and stream.isatty() else None
        self._ticks, self._begun, self._told = ticks, ticks(), 0.0

    def step(self, name: str) -> Heard:
        """A step of the job begins."""

        def heard(done: int, total: int) -> bool:
            now = self._ticks()
            if self._stream and now - self._begun >= AFTER and now - self._told >= EVERY:
                self._told = now
                self._stream.write(f"{_CLEARED}{name} … {done / max(1, total):.0%}")
                self._stream.flush()
            return True

        return heard

    def done(self) -> None:
        """Leave no trace of it on the terminal."""
        if self._stream and self._told:
            self._stream.write(_CLEARED)
            self._stream.flush()
