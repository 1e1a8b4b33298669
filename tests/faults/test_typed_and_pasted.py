"""What is typed and pasted into the program: evil pastes, broken bytes; and the command that prints for scripts."""

import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.practice import create_practice
from therapist_tui.records.vault import LIGHT

from . import hostile, practice
from .sequences import modes, shapes, tokens
from .terminal import ROOT, Terminal, places

C1 = [one for one in hostile.DRIVING if one.startswith(("\x9b", "\x9d", "\x90"))]
PASTED = " ".join(["begin", *hostile.BRACKETS, *C1, *hostile.TURNING, *hostile.SMEARING, "finish"])
"""Without ESC and C0: terminals take these out of a paste, and Textual's parser leaves the paste where it meets one."""


def paste_everywhere(home: Path, text: str) -> str:
    """Paste into every kind of field there is; the answer is everything that was written to the terminal."""
    with Terminal(home) as terminal:
        terminal.wait_for("Passphrase")
        terminal.paste(text)
        terminal.settle()
        terminal.press(*["backspace"] * 3, "enter")
        terminal.wait_for("passphrase")
        terminal.settle(0.5)
        practice.unlock(terminal)
        terminal.wait_for("to go")
        for key, landmark in (("g", "Go to"), ("ctrl+p", "Search for commands"), ("c", "F6 new client")):
            paste_into(terminal, text, key, landmark)
        paste_into(terminal, text, "h", "Add to the history")
        terminal.press("\x1b[H")
        paste_into(terminal, text, "n", "F9 sign", "tab")
        paste_into(terminal, text, "n", "F9 sign")
        return terminal.output


def paste_into(terminal: Terminal, text: str, key: str, landmark: str, *then: str) -> None:
    """Open, press what leads to the field, paste, look, and go back."""
    terminal.press(key)
    terminal.wait_for(landmark)
    terminal.settle(0.2)
    terminal.press(*then)
    terminal.paste(text)
    terminal.settle(0.3)
    terminal.press("escape")
    terminal.settle(0.2)


def test_a_hostile_paste_adds_no_sequence(home: Path, tmp_path: Path, template: Path) -> None:
    shutil.copytree(template, tmp_path / "calm")
    with ThreadPoolExecutor(2) as pool:
        calm, wild = pool.map(paste_everywhere, (tmp_path / "calm", home), ("begin harmless finish", PASTED))

    assert shapes(wild) - shapes(calm) == set()
    assert modes(wild) - modes(calm) == set()
    assert {
        letter for token in tokens(wild) if token.kind == "text" for letter in token.raw
    } & hostile.FORBIDDEN == set()
    assert "begin [/] [sic]" in practice.drafts(home)[practice.WRITER]


@pytest.mark.parametrize("garbage", [b"\xff\xfe", b"\x00\xc3 "])
def test_broken_bytes_from_the_keyboard_lose_nothing(home: Path, garbage: bytes) -> None:
    with Terminal(home) as terminal:
        practice.unlock(terminal)
        practice.open_first_note(terminal)
        terminal.type("kept")
        terminal.wait_for("draft saved")
        terminal.send(garbage)
        terminal.type(" and on")
        terminal.wait_for("and on")
        terminal.kill(signal.SIGTERM)
        terminal.wait()

    assert practice.drafts(home)[practice.WRITER].startswith("kept")
    assert practice.drafts(home)[practice.WRITER].endswith("and on")


def test_the_agenda_prints_no_control_character(tmp_path: Path) -> None:
    zone = practice.noon_zone(practice.now())
    draft = TherapistDraft("Dana", "LMT", "none", None, zone)
    made = create_practice(practice.practice_folder(tmp_path), practice.PASSPHRASE, draft, practice.now, cost=LIGHT)
    made.whole.store(hostile.whole((hostile.evil(),), ZoneInfo(zone), practice.now()))
    made.close()
    for switch in ([], ["--json"]):
        written = set(agenda(tmp_path, *switch))
        assert written & (hostile.FORBIDDEN - {"\n"}) == set(), switch


def agenda(home: Path, *switches: str) -> str:
    """What `therapist-tui agenda` prints."""
    env = {**os.environ, **places(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "therapist_tui", "agenda", *switches]
    done = subprocess.run(
        command, input=practice.PASSPHRASE + "\n", env=env, capture_output=True, text=True, check=True
    )
    return done.stdout + done.stderr
