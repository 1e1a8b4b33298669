"""The process that reads a foreign file: little memory, little time, no files, and nothing to lose.

Its input is a line of JSON (answers, zone, day), then the file; its output the lines of `wire.py`, or one with the
error. Started by `parent.py`; run as `python -m therapist_tui.exchange.incoming.child`.
"""

import json
import sys
import warnings
from datetime import date

MEMORY = 512 * 1024 * 1024
"""Bytes of address space; the largest file that is read at all needs half of it."""
SECONDS = 30
"""Of computing; the system ends the process then, wherever it is."""


def main() -> int:
    """Read, answer, end."""
    from therapist_tui.domain.incoming.values import Facts

    from .errors import ImportRefused
    from .reading import read
    from .wire import written

    warnings.simplefilter("ignore")
    request = json.loads(sys.stdin.buffer.readline())
    facts = Facts(request["zone"], date.fromisoformat(request["today"]))
    content = sys.stdin.buffer.read()
    if b"BEGIN:VCALENDAR" in content[:200].upper():
        # Heavy, and before the limits: it is our need, and not the file's.
        from . import calendar  # noqa: F401 # pyright: ignore[reportUnusedImport]
    _limit()
    try:
        for line in written(read(content, request["answers"], facts)):
            print(line)  # noqa: T201 - the answer
    except ImportRefused as error:
        print(json.dumps({"error": type(error).__name__, "facts": {k: str(v) for k, v in error.facts.items()}}))  # noqa: T201
    except (MemoryError, RecursionError):
        print(json.dumps({"error": "ReaderStopped", "facts": {"what": "memory"}}))  # noqa: T201
    return 0


def _limit() -> None:
    """No more memory, time, files or processes than reading takes; where the system has no limits, the parent waits."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    sys.exit(main())
