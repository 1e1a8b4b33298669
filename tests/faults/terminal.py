"""The real program in a pseudo-terminal with a home of its own: typed into, read, resized, killed."""

import codecs
import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyte

from .sequences import Reader, for_pyte

ROOT = Path(__file__).resolve().parents[2]
# Escape as the kitty protocol sends it: a lone ESC byte is told from the start of a sequence by waiting only.
KEYS = {
    "enter": "\r", "tab": "\t", "escape": "\x1b[27u", "space": " ", "backspace": "\x7f", "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C", "left": "\x1b[D", "f1": "\x1bOP", "f2": "\x1bOQ", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~",
    "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "ctrl+l": "\x0c", "ctrl+o": "\x0f", "ctrl+p": "\x10", "ctrl+q": "\x11",
    "ctrl+end": "\x1b[1;5F",
}  # fmt: skip
DEADLINE = 60.0
"""Seconds for anything to come: on a busy machine an opening alone may take twenty."""
ANSWERS = (
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),  # synchronised output: known, off
    (re.compile(rb"\x1b\[\?2048\$p"), b"\x1b[?2048;0$y"),  # resize in band: unknown
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
)
"""What Textual asks a terminal, and what an ordinary one answers."""


def places(home: Path) -> dict[str, str]:
    """The environment that keeps everything the program makes under `home`."""
    folders = {
        "XDG_DATA_HOME": "data",
        "XDG_CONFIG_HOME": "config",
        "XDG_STATE_HOME": "state",
        "XDG_CACHE_HOME": "cache",
    }
    named = {name: str(home / folder) for name, folder in {**folders, "TMPDIR": "tmp"}.items()}
    (home / "tmp").mkdir(parents=True, exist_ok=True)
    return {"HOME": str(home), **named, "LANG": "C.UTF-8", "PATH": os.environ.get("PATH", "")}


class Terminal:
    """A terminal window with the program in it; use it as a context manager, so that no process stays behind."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        size: tuple[int, int] = (120, 36),
        umask: int = 0o022,
        program: str = "",
        env: Mapping[str, str] | None = None,
        patience: float = 60.0,
    ) -> None:
        """`program` is Python source to run instead of `python -m therapist_tui`, to make a fault on purpose.

        `env` goes over the usual environment; `patience` are the seconds after which something never came.
        """
        self.patience = patience
        self.size = size
        self.raw = bytearray()
        self._screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self._screen)
        self._reader = Reader()
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._master: int | None = None
        self._asked = 0
        self._process = self._start(
            [*(["-c", program] if program else ["-m", "therapist_tui"]), *arguments], home, umask, env or {}
        )

    def _start(
        self, arguments: list[str], home: Path, umask: int, more: Mapping[str, str]
    ) -> "subprocess.Popen[bytes]":
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", self.size[1], self.size[0], 0, 0))
        env = {**places(home), "TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT), **more}
        process = subprocess.Popen(
            [sys.executable, *arguments], stdin=slave, stdout=slave, stderr=slave, env=env, cwd=home, umask=umask,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(slave)
        return process

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_exc: Any) -> None:
        self.kill(signal.SIGKILL)
        self._process.wait(10)
        self.close_master()

    # What is on the screen

    def pump(self, seconds: float = 0.0) -> bool:
        """Read what the program writes, for at most that long; False once nothing can come any more."""
        until = time.monotonic() + seconds
        while self._master is not None:
            left = max(0.0, until - time.monotonic())
            if not select.select([self._master], [], [], left)[0]:
                return True
            try:
                chunk = os.read(self._master, 65536)
            except OSError:  # EIO: the program closed its end
                return False
            if not chunk:
                return False
            self._take(chunk)
            if not left:
                return True
        return False

    def _take(self, chunk: bytes) -> None:
        self.raw += chunk
        for question, answer in ANSWERS:
            for match in question.finditer(self.raw, max(0, self._asked - 16)):
                if match.end() > self._asked:
                    self.send(answer)
        self._asked = len(self.raw)
        for token in self._reader.feed(self._decode(chunk)):
            self._stream.feed(for_pyte(token))

    @property
    def output(self) -> str:
        """Everything written so far."""
        return self.raw.decode("utf-8", "replace")

    @property
    def text(self) -> str:
        """The screen, line by line."""
        rows = (self._screen.buffer[y] for y in range(self._screen.lines))
        return "\n".join("".join(row[x].data for x in range(self._screen.columns)).rstrip() for row in rows)

    def wait_for(self, wanted: str | re.Pattern[str], deadline: float | None = None) -> str:
        """Read until it stands on the screen; the answer is the screen. Fails with the screen when it does not come."""
        pattern = wanted if isinstance(wanted, re.Pattern) else re.compile(re.escape(wanted))
        until = time.monotonic() + (deadline or self.patience)
        open_end = True
        while not pattern.search(self.text):
            if not open_end or time.monotonic() > until:
                raise AssertionError(f"{pattern.pattern!r} never came; the screen is:\n{self.text}")
            open_end = self.pump(0.05)
        return self.text

    def wait_until_gone(self, unwanted: str, deadline: float = DEADLINE) -> str:
        """Read until it stands no longer on the screen."""
        until = time.monotonic() + deadline
        while unwanted in self.text:
            if time.monotonic() > until or not self.pump(0.05):
                raise AssertionError(f"{unwanted!r} never went; the screen is:\n{self.text}")
        return self.text

    def settle(self, quiet: float = 0.15, deadline: float = 5.0) -> str:
        """Read until nothing was written for a moment; the answer is the screen."""
        until = time.monotonic() + deadline
        before = -1
        while len(self.raw) != before and time.monotonic() < until:
            before = len(self.raw)
            self.pump(quiet)
        return self.text

    # What a person does

    def send(self, data: bytes) -> None:
        """Send bytes as they are, as a broken terminal may."""
        with contextlib.suppress(OSError):
            if self._master is not None:
                os.write(self._master, data)

    def type(self, text: str) -> None:
        """Type text as it is."""
        self.send(text.encode("utf-8", "surrogatepass"))

    def press(self, *names: str) -> None:
        """Press keys: names of KEYS, or single letters; each one is shown before the next."""
        for name in names:
            self.type(KEYS.get(name, name))
            self.settle(0.06)

    def paste(self, text: str) -> None:
        """Paste in brackets, as terminals do."""
        self.type(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size."""
        self.size = (columns, rows)
        self._screen.resize(rows, columns)
        if self._master is not None:
            fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # What goes wrong

    @property
    def state(self) -> str:
        """The state of the process in one letter, as Linux tells it: "T" is stopped."""
        return Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(") ")[2][:1]

    @property
    def ended(self) -> bool:
        """Whether the program has ended."""
        return self._process.poll() is not None

    def kill(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        if self._process.poll() is None:
            self._process.send_signal(number)

    def close_master(self) -> None:
        """Take the window away."""
        if self._master is not None:
            os.close(self._master)
            self._master = None

    def wait(self, deadline: float = DEADLINE) -> int:
        """Read on until the program has ended; the answer is its exit status, negative for a signal that killed it."""
        until = time.monotonic() + deadline
        while self._process.poll() is None:
            if time.monotonic() > until:
                raise AssertionError(f"it did not end; the screen is:\n{self.text}")
            if not self.pump(0.02):
                time.sleep(0.01)
        while self._master is not None and select.select([self._master], [], [], 0)[0] and self.pump():
            pass
        return self._process.returncode
