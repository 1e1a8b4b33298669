"""How far a long job is: told from portion to portion, so that it can be shown, and stopped in between."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from .errors import PracticeError

T = TypeVar("T")

Heard = Callable[[int, int], bool]
"""Told how much is done, and of how much; False stops the job, and then nothing of it stays."""
PORTION = 250
"""Records between two words on how far it is."""


class Stopped(PracticeError):
    """It was stopped: nothing of it is left."""


def unheard(_done: int, _total: int) -> bool:
    """Nobody listens: the job goes on."""
    return True


class Meter:
    """Counts what is done of so many, and tells it."""

    def __init__(self, heard: Heard, total: int) -> None:
        self._heard, self._done, self._told, self._total = heard, 0, 0, total

    def more(self, count: int) -> None:
        """So many more are done; raises Stopped."""
        self._done += count
        if self._done - self._told >= PORTION or self._done >= self._total:
            self._told = self._done
            if not self._heard(min(self._done, self._total), self._total):
                raise Stopped

    def past(self, each: Iterable[T]) -> Iterator[T]:
        """The same, each counted when it is done with; raises Stopped."""
        for one in each:
            yield one
            self.more(1)
