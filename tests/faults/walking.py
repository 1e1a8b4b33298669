"""Walks the journeys of `journeys.py` with the recorder of `disk.c` before their disk, and looks at what is left."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from therapist_tui.domain.errors import PracticeError
from therapist_tui.records.errors import NoPractice
from therapist_tui.records.practice import create_practice
from therapist_tui.records.vault import LIGHT

from .disk import Call, Disk, calls, shim
from .figures import QUICK
from .journeys import OLD, THERAPIST, hastened, held, make, make_restorable, now, opened

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Stage:
    """What walks begin with: the recorder, a scratch folder, and the practices to copy by journey ("" all others)."""

    library: Path
    scratch: Path
    templates: dict[str, Path]


@contextmanager
def stage() -> Iterator[Stage]:
    """Make it; raises FileNotFoundError where there is no C compiler."""
    with tempfile.TemporaryDirectory(prefix="walking-", dir=QUICK) as folder, hastened():
        scratch = Path(folder)
        library = shim(scratch)
        if library is None:
            raise FileNotFoundError("no C compiler (cc), or no Linux: the recorder cannot be built")
        templates = {"": scratch / "template", "restore": scratch / "restorable"}
        make(templates[""] / "practice")
        make_restorable(templates["restore"] / "practice")
        yield Stage(library, scratch, templates)


class Walker:
    """The process that walks; it is loaded once, and forked for every walk."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._count = stage, 0
        self._scratch = Path(tempfile.mkdtemp(prefix="walker-", dir=stage.scratch))
        templates = json.dumps({name: str(path) for name, path in stage.templates.items()})
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.journeys", str(self._scratch / "warm"), templates],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "LD_PRELOAD": str(stage.library)},
        )

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def walk(self, journey: str, **job: Any) -> "Walked":
        """Walk a journey in a fresh copy of the practice."""
        assert self._process.stdin
        assert self._process.stdout
        self._count += 1
        home, log = self._scratch / f"walk-{self._count}", self._scratch / f"walk-{self._count}.log"
        if journey == "set-up":
            home.mkdir()
        else:
            shutil.copytree(self._stage.templates.get(journey, self._stage.templates[""]), home)
        before = Disk(home)
        job |= {"journey": journey, "root": str(home), "folder": str(home / "practice"), "log": str(log)}
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        status = int(self._process.stdout.readline())
        walked = Walked(home, status, before, list(calls(log)))
        log.unlink()
        return walked


@dataclass(frozen=True, slots=True)
class Walked:
    """A journey that was walked: where, how it ended, the disk before it, and every call."""

    home: Path
    status: int
    before: Disk
    calls: list[Call]

    @property
    def said(self) -> list[dict[str, Any]]:
        """What was acknowledged, in order."""
        return [json.loads(call.data) for call in self.calls if call.kind == "A"]

    @property
    def held(self) -> list[str]:
        """What the practice held after each step."""
        return [one["held"] for one in self.said if "held" in one]

    @property
    def count(self) -> int:
        """How many calls changed the disk."""
        return next(one["calls"] for one in self.said if "calls" in one)


def standing(home: Path) -> str:
    """Open what is left and look: what it holds, or what is wrong with it; "none" where there is no practice (yet)."""
    folder = home / "practice"
    try:
        practice, passphrase = opened(folder)
    except NoPractice:
        create_practice(folder, OLD, THERAPIST, now, LIGHT).close()
        return "none"
    except PracticeError as error:
        return f"refused: {type(error).__name__}"
    try:
        if findings := practice.backups.verify().findings:
            return f"trail: {findings[0].fault.name}"
        return held(practice, passphrase)
    except PracticeError as error:
        return f"unreadable: {type(error).__name__}"
    finally:
        practice.close()
