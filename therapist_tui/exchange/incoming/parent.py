"""Starts the reading child, listens to it, and ends it: a file that was made to harm costs one sentence."""

import asyncio
import json
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from therapist_tui.domain.incoming.values import Facts, Reading
from therapist_tui.domain.progress import unheard

from . import errors
from .errors import ImportRefused, ReaderFailed, ReaderStopped
from .wire import Gathering

SECONDS = 60.0
"""How long a file may take in all, on a slow machine too."""
LONGEST_LINE = 4 * 1024 * 1024
_COMMAND = ("-P", "-m", "therapist_tui.exchange.incoming.child")


async def read_in_child(
    content: bytes,
    answers: Mapping[str, str],
    facts: Facts,
    heard: Callable[[int, int], object] = unheard,
    seconds: float = SECONDS,
) -> Reading:
    """What the file says; `heard` is told how many records have come, and of how many.

    Raises ImportRefused. The child never outlives the call, whether it is cancelled, slow or killed.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *_COMMAND,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=LONGEST_LINE,
        start_new_session=True,  # a ctrl+c in the terminal is the app's
    )
    try:
        async with asyncio.timeout(seconds):
            request = {"answers": dict(answers), "zone": facts.zone, "today": facts.today.isoformat()}
            return await _ask(child, json.dumps(request).encode() + b"\n" + content, heard)
    except TimeoutError:
        raise ReaderStopped(what="time") from None
    finally:
        if child.returncode is None:
            with suppress(ProcessLookupError):
                child.kill()
        await child.wait()


async def _ask(child: asyncio.subprocess.Process, request: bytes, heard: Callable[[int, int], object]) -> Reading:
    if child.stdin is None or child.stdout is None:
        raise AssertionError("the child has pipes")
    writing = asyncio.create_task(_write(child.stdin, request))
    gathering = Gathering()
    try:
        while line := await child.stdout.readline():
            if line.startswith(b'{"error"'):
                raise _refused(json.loads(line))
            gathering.take(line)
            heard(*gathering.progress)
        await child.wait()
        if child.returncode == -getattr(signal, "SIGXCPU", 24):
            raise ReaderStopped(what="time")
        if child.returncode:
            raise ReaderFailed
        return gathering.done()
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ReaderFailed from None
    finally:
        writing.cancel()


async def _write(pipe: asyncio.StreamWriter, content: bytes) -> None:
    with suppress(ConnectionError):  # it ended before it had read everything: what it said tells why
        pipe.write(content)
        await pipe.drain()
        pipe.close()


def _refused(said: Mapping[str, Any]) -> ImportRefused:
    kind = getattr(errors, str(said["error"]), ReaderFailed)
    return kind(**said["facts"]) if isinstance(kind, type) and issubclass(kind, ImportRefused) else ReaderFailed()
