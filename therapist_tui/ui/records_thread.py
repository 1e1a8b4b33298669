"""The one bridge to records/: a single thread that does its jobs in the order asked.

A later save can never be overtaken by an earlier one, and nothing that is asked for is dropped because the asking
screen was closed (shielded). Measured in shared/reference/textual.md, finding 2.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class RecordsThread:
    """Runs what touches the store, one job after the other."""

    def __init__(self) -> None:
        self._jobs = ThreadPoolExecutor(max_workers=1, thread_name_prefix="records")

    async def run(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Wait for the job's answer without stopping the screen; its errors are raised here."""
        return await asyncio.shield(asyncio.wrap_future(self._jobs.submit(job, *args, **kwargs)))

    def submit(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Queue a job without waiting for it."""
        return self._jobs.submit(job, *args, **kwargs)

    def finish(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do the job and wait for it, the screen stopped: for signals and crashes, when there is no later."""
        return self._jobs.submit(job, *args, **kwargs).result(timeout=10)

    def close(self) -> None:
        """Let what was asked for be done, then end the thread."""
        self._jobs.shutdown(wait=True)
