"""When the program itself is at fault: the text is saved, and what is told carries nothing of any client.

Textual's own crash screen prints local variables (measured: shared/reference/textual.md, finding 4), and an exception's
message may hold record text. So the report names files, lines and the kinds of error only.
"""

import os
import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

from therapist_tui import __version__


def report(error: BaseException) -> str:
    """Where the error happened and of what kind it was, without messages and without local variables."""
    lines = [f"therapist-tui {__version__}, Python {platform.python_version()}, {platform.system()}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__qualname__)
        steps = traceback.extract_tb(seen.__traceback__)
        lines += [f"  {Path(step.filename).name}:{step.lineno} in {step.name}" for step in steps]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines) + "\n"


def write_report(error: BaseException, folder: Path) -> Path | None:
    """Put the report into the private state folder; None when even that fails."""
    path = folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(report(error))
    except OSError:
        return None
    return path


def lines_for_the_person(path: Path | None) -> str:
    """The three lines that are left on the terminal."""
    where = f"A report without any client's data is in {path}" if path else "No report could be written."
    return (
        "therapist-tui had to stop because of a mistake of its own.\n"
        "What you typed was saved as a draft; start it again to go on.\n"
        f"{where}\n"
    )
