"""One journey through a terminal that makes everything difficult, and what each difficulty did (catalogue C and F).

The program is started once, with Textual's debugging switches set, a terminal nobody knows, and a locale of ASCII only.
Its passphrase is copied out, hostile text is pasted, control keys are pressed, the window is torn about during a save,
the shell stops it, and at last a library crashes under it.
"""

import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from . import practice
from .scan import files_under, hits
from .terminal import ROOT, Terminal, places

MARKER = "Zqrough4711"
END = "the end of it"
LINES = 10_000
SWITCHES = {
    "TEXTUAL": "devtools,debug", "TEXTUAL_LOG": "textual.log", "TEXTUAL_DEBUG": "1", "TEXTUAL_SCREENSHOT": "1",
    "TEXTUAL_SCREENSHOT_LOCATION": ".", "TEXTUAL_SCREENSHOT_FILENAME": "shot.svg", "TEXTUAL_PRESS": "ctrl+q",
    "TEXTUAL_DRIVER": "no.such:Driver", "TERM": "no-such-terminal", "LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii",
}  # fmt: skip
SEGV = """
import ctypes, signal, sys
from therapist_tui.cli import main
signal.signal(signal.SIGUSR1, lambda *_: ctypes.string_at(0))
sys.exit(main([]))
"""
"""The real program, in which SIGUSR1 makes a C library read where there is no memory."""


@dataclass
class Seen:
    """What was seen on the way."""

    home: Path
    at_the_door: str = ""
    palette: str = ""
    pasted: str = ""
    controls: str = ""
    small: str = ""
    torn: str = ""
    stopped: str = ""
    wiped: bool = False
    back: str = ""
    raw: str = ""
    status: int = 0
    drafts: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def seen(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """The journey, made once."""
    home = tmp_path_factory.mktemp("rough") / "home"
    shutil.copytree(template, home)
    seen = Seen(home)
    with Terminal(home, program=SEGV, env=SWITCHES, patience=60.0) as terminal:
        _at_the_door(terminal, seen)
        _in_the_note(terminal, seen)
        _stopped(terminal, seen)
        terminal.kill(signal.SIGUSR1)
        seen.status = terminal.wait()
        seen.raw = terminal.output
    seen.drafts = practice.drafts(home)
    return seen


def _at_the_door(terminal: Terminal, seen: Seen) -> None:
    terminal.wait_for("Passphrase")
    terminal.type(practice.PASSPHRASE)
    terminal.type("\x1b[1;2H\x03\x18")  # shift+home selects it, ctrl+c copies, ctrl+x cuts
    seen.at_the_door = terminal.settle()
    terminal.type("\x15" + practice.PASSPHRASE + "\r")
    terminal.wait_for(practice.WRITER)
    terminal.press("ctrl+p")
    terminal.type("screenshot")
    seen.palette = terminal.wait_for("No matches")
    terminal.press("escape", "escape")


def _in_the_note(terminal: Terminal, seen: Seen) -> None:
    practice.open_first_note(terminal)
    terminal.type(MARKER)
    terminal.wait_for(MARKER)
    terminal.paste("one\x1b[201~two\x1b[2J\x1b]0;title\x07")
    seen.pasted = terminal.wait_for("title")
    terminal.type("\x13\x1c" + "\x03" * 10)  # ctrl+s, ctrl+\, ctrl+c
    terminal.type("still here")
    seen.controls = terminal.wait_for("still here")
    terminal.paste("\n" * LINES)
    terminal.wait_until_gone("still here", terminal.patience)
    for turn in range(60):
        terminal.resize(80 + turn % 40, 24 + turn % 12)
        terminal.type("w")
        terminal.pump(0.0)
    terminal.resize(2, 1)
    seen.small = terminal.settle()
    terminal.resize(120, 36)
    terminal.type(f"\r{END}")  # keys come in order: with this one all are there
    seen.torn = terminal.wait_for(END)


def _stopped(terminal: Terminal, seen: Seen) -> None:
    before = len(terminal.raw)
    terminal.kill(signal.SIGTSTP)
    _wait_until(terminal, lambda: terminal.state == "T")
    seen.stopped = terminal.text
    seen.wiped = b"\x1b[3J" in terminal.raw[before:]
    before = len(terminal.raw)
    terminal.kill(signal.SIGCONT)
    # Nobody types before there is a screen again, and what is typed before is the shell's.
    _wait_until(terminal, lambda: b"\x1b[?1049h" in terminal.raw[before:])
    terminal.settle()
    terminal.wait_for("Passphrase")
    terminal.type(practice.PASSPHRASE + "\r")
    seen.back = terminal.wait_for(END)


def _wait_until(terminal: Terminal, reached: Callable[[], bool]) -> None:
    until = time.monotonic() + terminal.patience
    while not reached():
        assert time.monotonic() < until, terminal.text
        terminal.pump(0.05)


def test_an_unknown_terminal_and_a_locale_of_ascii_only_are_put_up_with(seen: Seen) -> None:
    assert practice.WRITER in seen.palette or "screenshot" in seen.palette
    assert MARKER in seen.pasted


def test_textuals_own_switches_do_nothing(seen: Seen) -> None:
    assert [path for path in files_under(seen.home) if path.suffix in (".log", ".svg")] == []
    assert hits([MARKER], files_under(seen.home)) == []


def test_the_palette_offers_no_screenshot(seen: Seen) -> None:
    assert "No matches" in seen.palette


def test_nothing_goes_to_the_clipboard_not_even_from_the_passphrase(seen: Seen) -> None:
    assert "\x1b]52" not in seen.raw
    assert practice.PASSPHRASE not in seen.raw


def test_the_end_of_a_paste_inside_a_paste_drives_nothing(seen: Seen) -> None:
    assert seen.drafts[practice.WRITER].startswith(f"{MARKER}onetwo")
    assert "\x1b]0;title" not in seen.raw


def test_control_keys_neither_freeze_nor_end_it(seen: Seen) -> None:
    assert "still here" in seen.controls


def test_ten_thousand_pasted_line_ends_cost_nothing_that_was_typed(seen: Seen) -> None:
    draft = seen.drafts[practice.WRITER]
    assert draft.startswith(MARKER)
    assert draft.count("\n") == LINES + 1


def test_a_window_torn_about_while_typing_is_saved_loses_no_key(seen: Seen) -> None:
    assert END in seen.torn
    assert seen.drafts[practice.WRITER].endswith(f"{'w' * 60}\n{END}")


def test_a_stop_by_the_shell_locks_first_and_wipes_what_scrolled_away(seen: Seen) -> None:
    assert practice.WRITER not in seen.stopped
    assert MARKER not in seen.stopped
    assert seen.wiped


def test_it_comes_back_to_its_place_when_it_goes_on(seen: Seen) -> None:
    assert END in seen.back


def test_a_crash_inside_a_library_leaves_no_core_and_the_draft(seen: Seen) -> None:
    assert seen.status == -signal.SIGSEGV
    assert [path for path in files_under(seen.home) if path.name.startswith("core")] == []
    assert MARKER in seen.drafts[practice.WRITER]


@pytest.mark.parametrize(("handles", "status"), [(10, 0), (5, 3)])
def test_few_handles_are_enough_or_said_in_a_sentence(handles: int, status: int, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "therapist_tui", "agenda"], input=practice.PASSPHRASE, text=True, capture_output=True,
        env={**places(home), "PYTHONPATH": str(ROOT)}, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (handles, handles)),
    )  # fmt: skip
    assert done.returncode == status, done.stderr
    assert (practice.WRITER in done.stdout) == (status == 0)
    assert len(done.stderr.splitlines()) == (status != 0)


def test_without_a_home_the_places_are_the_users_own(home: Path) -> None:
    env = {name: value for name, value in places(home).items() if name != "HOME"}
    done = subprocess.run(
        [sys.executable, "-m", "therapist_tui", "paths"], text=True, capture_output=True, check=False,
        env={**env, "PYTHONPATH": str(ROOT), "TMPDIR": str(home / "nowhere")},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert str(practice.practice_folder(home)) in done.stdout
