"""A program in a pseudo-terminal, keys in and output out, each with the moment it was read."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from re import Pattern

from .emulator import Emulator, answers

COLUMNS, LINES = 120, 36
QUIET = 0.08
"""Seconds without output after which an answer is complete."""
Read = tuple[float, int]
"""When something was read, and how many bytes."""
_NOT_HANDED_ON = {"LINES", "COLUMNS", "TERM_PROGRAM", "NO_COLOR", "CI", "PYTHONDONTWRITEBYTECODE"}


class NotShown(AssertionError):
    """The screen never showed what was waited for."""


class Terminal:
    """One run of one program at 120 × 36."""

    def __init__(self, command: Sequence[str], extra: Mapping[str, str], columns: int = COLUMNS, lines: int = LINES):
        environment = {name: value for name, value in os.environ.items() if name not in _NOT_HANDED_ON}
        environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **extra}
        self._emulator = Emulator(columns, lines)
        self._waiting: list[tuple[float, bytes]] = []
        self.output: list[Read] = []
        self.ended = False
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            # The size before the program looks at it: the parent may come later.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            os.execve(command[0], list(command), environment)
        os.set_blocking(self._fd, False)

    def press(self, keys: bytes) -> float:
        """Send keys; the moment they were sent."""
        pressed = time.perf_counter()
        os.write(self._fd, keys)
        return pressed

    def wait_for(self, pattern: Pattern[str], within: float = 20) -> float:
        """The moment the output was read that brought the pattern onto the screen."""
        until = time.perf_counter() + within
        seen = time.perf_counter()
        while not pattern.search(self.text()):
            if not self._waiting and not self._read(until - time.perf_counter()):
                raise NotShown(f"no {pattern.pattern!r} on\n{self.text()}")
            if self._waiting:
                seen, data = self._waiting.pop(0)
                self._emulator.feed(data)
        return seen

    def wait_quiet(self, since: float, quiet: float = QUIET, first: float = 3, most: float = 10) -> list[Read]:
        """Wait until nothing came for a while, `most` seconds at the longest; what came since that moment."""
        while time.perf_counter() < since + most:
            last = self.output[-1][0] if self.output else since
            wait = (last + quiet if last > since else since + max(quiet, first)) - time.perf_counter()
            if wait <= 0 or not self._read(wait):
                break
        return [one for one in self.output if one[0] > since]

    def text(self) -> str:
        """What stands on the screen, as far as it was drawn."""
        return self._emulator.text()

    def settled_text(self) -> str:
        """What stands on the screen once everything that was read is drawn."""
        while self._waiting:
            self._emulator.feed(self._waiting.pop(0)[1])
        return self.text()

    def close(self) -> None:
        """End the program as a closing window does."""
        if not self.ended:
            os.kill(self.pid, signal.SIGTERM)
        until = time.perf_counter() + 5
        while os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            if time.perf_counter() > until:
                os.kill(self.pid, signal.SIGKILL)
            self._read(0.01)
        os.close(self._fd)

    def _read(self, within: float) -> bool:
        """Read what comes within so many seconds; False when nothing did."""
        if self.ended or not select.select([self._fd], [], [], max(0, within))[0]:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            data = b""
        if not data:
            self.ended = True
            return False
        moment = time.perf_counter()
        self.output.append((moment, len(data)))
        self._waiting.append((moment, data))
        if answer := answers(data):
            os.write(self._fd, answer)
        return True


def cpu_seconds(pid: int) -> float:
    """CPU time of all threads of a process, to the nanosecond."""
    tasks = Path(f"/proc/{pid}/task")
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9


def megabytes(pid: int, figure: str) -> float:
    """A figure of the process's memory: VmRSS is resident now, VmHWM the most there was."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split(f"{figure}:")[1].split()[0]) / 1024
