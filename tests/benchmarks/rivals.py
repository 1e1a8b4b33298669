"""What a therapist could use in a terminal instead, and fellow Textual apps: from start to the first frame of each.

Installed into a scratch folder by their ordinary installers, and only when it is asked for. One that cannot be
installed here is said and left out.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import sample
from statistics import median

from .practice import make
from .terminal import NotShown, Terminal, megabytes

KHAL = """
[calendars]
[[practice]]
path = {folder}/calendar
[locale]
local_timezone = America/Toronto
default_timezone = America/Toronto
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""
SLOWEST = 30.0
"""Seconds after which a program has not started."""


@dataclass(frozen=True)
class Program:
    """A command, and what stands in its first frame."""

    command: tuple[str, ...]
    landmark: str
    environment: Mapping[str, str]


def started(folder: Path, rounds: int) -> list[tuple[str, ...]]:
    """Start to first frame of everything that can be had, in turns: a table with ours and bare Textual first."""
    programs = _programs(folder)
    took: dict[str, list[float]] = defaultdict(list)
    memory: dict[str, list[float]] = defaultdict(list)
    for number in range(rounds + 1):
        for name in sample([*programs], len(programs)):
            milliseconds, resident = _start(programs[name])
            if number:  # the first round warms the disk's cache
                took[name].append(milliseconds)
                memory[name].append(resident)
        print(f"\rround {number} of {rounds}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    ours = median(took["therapist-tui"])
    lines = [("start to first frame", "ms", "of ours", "MB")]
    for name in programs:
        middle = median(took[name])
        lines.append((name, f"{middle:.0f}", f"{middle / ours:.2f}", f"{median(memory[name]):.0f}"))
    return lines


def _start(program: Program) -> tuple[float, float]:
    terminal = Terminal(program.command, program.environment)
    try:
        seen = terminal.wait_for(re.compile(program.landmark), SLOWEST)
        return (seen - terminal.started) * 1e3, megabytes(terminal.pid, "VmRSS")
    finally:
        terminal.close()


def _programs(folder: Path) -> dict[str, Program]:
    measured = make(folder / "ours")
    home = folder / "home"
    home.mkdir()
    plain = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CACHE_HOME": str(home)}
    found = {
        "therapist-tui": Program((sys.executable, "-m", "therapist_tui"), "Passphrase", measured.environment),
        "bare Textual": Program((sys.executable, "-m", "tests.benchmarks.bare.first_frame"), "Passphrase", {}),
    }
    asked: dict[str, Callable[[], Program]] = {
        "posting": lambda: Program((_installed(folder, "posting"),), r"(?i)send|GET", plain),
        "harlequin": lambda: Program((_installed(folder, "harlequin"),), r"(?i)query editor|run query", plain),
        "khal": lambda: _khal(folder, plain),
        "calcurse": lambda: Program((_calcurse(folder), "-D", str(home / "calcurse")), r"(?i)calendar", plain),
    }
    for name, make_ready in asked.items():
        try:
            program = make_ready()
            _start(program)
        except (OSError, subprocess.SubprocessError, NotShown):
            print(f"{name} is left out: it cannot be installed or started here.", file=sys.stderr)
        else:
            found[name] = program
    return found


def _installed(folder: Path, package: str) -> str:
    """The command of a package of its own environment, with its bytecode compiled as ours is."""
    place = folder / f"venv-{package}"
    subprocess.run([sys.executable, "-m", "venv", place], check=True, capture_output=True)
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, package], check=True, capture_output=True, timeout=600)
    return str(place / "bin" / package)


def _khal(folder: Path, plain: Mapping[str, str]) -> Program:
    config = folder / "khal.conf"
    (folder / "calendar").mkdir()
    config.write_text(KHAL.format(folder=folder), encoding="utf-8")
    command = (_installed(folder, "khal"), "-c", str(config), "interactive")
    return Program(command, time.strftime("%b"), plain)


def _calcurse(folder: Path) -> str:
    """The one of this system, or the package's file unpacked beside: nothing of the system is changed."""
    if at := shutil.which("calcurse"):
        return at
    subprocess.run(["apt-get", "download", "calcurse"], cwd=folder, check=True, capture_output=True, timeout=120)
    package = next(folder.glob("calcurse_*.deb"))
    subprocess.run(["dpkg", "-x", package, folder / "calcurse"], check=True, capture_output=True)
    return os.fspath(folder / "calcurse" / "usr" / "bin" / "calcurse")
