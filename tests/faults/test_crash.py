"""When the program itself is at fault: nothing of a client is told, the draft is kept, the terminal is given back."""

import shutil
from pathlib import Path

import pytest

from . import practice
from .losing_keys import RESTORED
from .scan import files_under, hits, loose
from .terminal import Terminal

MARKER = "Zqcrashmarker81273"
TYPED = f"{MARKER}typed in S"
BREAK = f"""
import sys
from therapist_tui.ui.screens.note import NoteScreen
from therapist_tui.cli import main

def broken(client):
    secret = "{MARKER}local"
    raise ValueError("{MARKER}message", client, secret)

def action_measure(self):
    kept = "{MARKER}frame"
    try:
        broken("{MARKER}argument")
    except ValueError as error:
        raise RuntimeError(f"{MARKER}second {{kept}}") from error

NoteScreen.action_measure = action_measure
sys.exit(main([]))
"""
"""The real program with one handler that fails with client text in its locals, arguments and messages."""


class Crashed:
    """What is left after the crash."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with Terminal(home, program=BREAK, umask=0) as terminal:
            practice.unlock(terminal)
            practice.open_first_note(terminal)
            terminal.type(TYPED)
            terminal.wait_for(TYPED)
            before = len(terminal.output)
            terminal.press("f8")
            self.status = terminal.wait()
            self.after = terminal.output[before:]


@pytest.fixture(scope="module")
def crashed(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Crashed:
    """One crash, looked at by every test here."""
    home = tmp_path_factory.mktemp("crash") / "home"
    shutil.copytree(template, home)
    return Crashed(home)


def told(crashed: Crashed) -> list[str]:
    """The lines after the alternate screen was left."""
    plain = crashed.after.rpartition("\x1b[?1006l")[2]
    return plain.replace("\r\n", "\n").splitlines()


def test_a_crash_tells_three_plain_lines(crashed: Crashed) -> None:
    lines = told(crashed)

    assert [line[:11] for line in lines[:3]] == ["therapist-t", "What you ty", "A report wi"]
    assert "mistake of its own" in lines[0]
    assert "\x1b" not in "".join(lines)
    assert "Traceback" not in crashed.after


def test_a_crash_tells_nothing_of_any_client(crashed: Crashed) -> None:
    left_the_screen = crashed.after.partition("\x1b[?1049l")[2]

    assert MARKER not in left_the_screen
    assert practice.WRITER not in left_the_screen


def test_a_crash_exits_with_our_mistake_and_restores_the_terminal(crashed: Crashed) -> None:
    assert crashed.status == 1
    assert [one for one in RESTORED if one not in crashed.after] == []


def test_a_crash_leaves_a_private_report_without_any_text(crashed: Crashed) -> None:
    reports = list((crashed.home / "state").rglob("crash-*.txt"))

    assert len(reports) == 1
    text = reports[0].read_text()
    assert "RuntimeError" in text
    assert "ValueError" in text
    assert str(reports[0]) in "".join(told(crashed)[2:])  # folded where the window is narrow
    assert loose(crashed.home / "state" / "therapist-tui") == []


def test_no_file_holds_a_marker_after_a_crash(crashed: Crashed) -> None:
    assert hits([MARKER, practice.WRITER], files_under(crashed.home)) == []


def test_a_crash_keeps_the_draft(crashed: Crashed) -> None:
    assert practice.drafts(crashed.home)[practice.WRITER] == TYPED


TAKEN_AWAY = """
import sys
from therapist_tui.cli import main
from therapist_tui.ui.screens.note import NoteScreen

def action_measure(self):
    class Gone:
        def find_spec(self, name, path=None, target=None):
            if name.startswith("therapist_tui"):
                raise ModuleNotFoundError(name)
    sys.meta_path.insert(0, Gone())
    import therapist_tui.ui.screens.trail

NoteScreen.action_measure = action_measure
sys.exit(main([]))
"""
"""The real program, whose files are taken away with f8, as by an update behind its back."""


def test_a_program_that_was_taken_away_meanwhile_keeps_the_draft(home: Path) -> None:
    with Terminal(home, program=TAKEN_AWAY) as terminal:
        practice.unlock(terminal)
        practice.open_first_note(terminal)
        terminal.type(TYPED)
        terminal.wait_for(TYPED)
        terminal.press("f8")
        assert terminal.wait() == 1
        assert "mistake of its own" in terminal.output
    assert practice.drafts(home)[practice.WRITER] == TYPED
