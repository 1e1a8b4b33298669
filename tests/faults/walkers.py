"""The walker of this process: each process of a run has its own (`figures.spread`)."""

from collections.abc import Iterator
from contextlib import contextmanager

from .walking import Stage, Walker

_own: list[Walker] = []


def begin(stage: Stage) -> None:
    """Start the walker of this process."""
    end()
    _own.append(Walker(stage))


def own() -> Walker:
    """It."""
    return _own[0]


def end() -> None:
    """End it; in the processes of a pool it ends with them."""
    while _own:
        _own.pop().close()


@contextmanager
def on(stage: Stage) -> Iterator[Walker]:
    """A walker for a while."""
    begin(stage)
    try:
        yield own()
    finally:
        end()
