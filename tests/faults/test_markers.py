"""Must hold 6: nothing that was ever typed lies readable in any file the program made, and none is open to others."""

import base64
import os
import secrets
import shutil
import signal
from pathlib import Path

import pytest

from . import practice
from .scan import files_under, forms, hits, loose
from .terminal import Terminal


class Typist:
    """Fills every field of a form with a marker of its own."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.markers: list[str] = []

    def mark(self) -> str:
        """Type a new marker where the cursor is, and wait until it is there."""
        marker = f"Zq{secrets.token_hex(6)}"
        self.markers.append(marker)
        self.terminal.type(marker)
        self.terminal.wait_for(marker)
        return marker

    def form(self, key: str, title: str, fields: str, leave: str = "escape", gone: str = "") -> None:
        """Open a form and go through its fields: "m" a marker, "-" leave it, other words are typed as they are."""
        self.terminal.settle()
        self.terminal.press(key)
        self.terminal.wait_for(title)
        self.terminal.settle(0.5)  # the focus comes a moment after the form
        for index, field in enumerate(fields.split()):
            if index:
                self.terminal.press("tab")
            if field == "m":
                self.mark()
            elif field != "-":
                self.terminal.type(field)
                self.terminal.wait_for(field)
        self.terminal.press(leave)
        self.terminal.wait_until_gone(gone or title)


def a_day_of_markers(typist: Typist) -> None:
    """Every form and every line of the program, typed into; most are saved, some are left as drafts."""
    terminal = typist.terminal
    terminal.wait_for("to go")
    terminal.press("\x1b[H")
    typist.form("h", "Add to the history", "m - - m m", "f9")
    typist.form("e", "Move or change", "- - - m m m - m", "f9")
    typist.form("l", "Your licence", "m m m - - -")
    typist.form("g", "Go to", "m")
    typist.form("ctrl+p", "Search for commands", "m")
    chart(typist)
    clients(typist)
    typist.form("m", "New values", "7", gone="New values")
    sign_a_note(typist)
    terminal.press("down")
    typist.form("x", "Cancel the appointment", "- m", "f9")


def chart(typist: Typist) -> None:
    """Card, plan, goal, referral and consent of the highlighted client."""
    typist.terminal.press("enter")
    typist.terminal.wait_for("no plan yet")  # before it is loaded, e changes nothing
    typist.form("e", "Change the card", "m m m - m zq@example.org m m m", "f9")
    typist.form("p", "Start a treatment plan", "m 10 m", "f9")
    typist.form("g", "Add a goal", "- - m m 1 9", "f9")
    typist.form("r", "Add a referral", "m m", "f9")
    typist.form("o", "Add a consent", "- - - m m", "f9")
    typist.form("h", "Add to the history", "m - - m m")
    typist.terminal.press("escape")
    typist.terminal.wait_until_gone("h add history")


def clients(typist: Typist) -> None:
    """The line that finds clients, and a new client that is never saved."""
    typist.terminal.press("c")
    typist.terminal.wait_for("F6 new client")
    typist.mark()
    typist.form("f6", "New client", "m m m - m m m m m", gone="Called")
    typist.terminal.press("escape")
    typist.terminal.wait_until_gone("F6 new client")


def write_a_note(typist: Typist) -> None:
    """A marker in every section."""
    typist.form("n", "F9 sign", "m m m m 3 2 m m m m", "tab", gone="typing …")


def sign_a_note(typist: Typist) -> None:
    """Write, sign, and add to it."""
    write_a_note(typist)
    terminal = typist.terminal
    terminal.press("f9")
    terminal.wait_for("Sign the note of")
    terminal.press("enter")
    terminal.wait_for("a addendum")
    typist.form("a", "Addendum: signed", "- m", "f9")
    terminal.press("escape")
    terminal.wait_until_gone("a addendum")


@pytest.fixture(scope="module")
def worked(template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], list[str]]:
    """A home after a day of markers, ended by kill -9 in the middle of a note; with what was loose at that moment."""
    home = tmp_path_factory.mktemp("markers") / "home"
    shutil.copytree(template, home)
    with Terminal(home, umask=0) as terminal:
        typist = Typist(terminal)
        practice.unlock(terminal)
        a_day_of_markers(typist)
        terminal.press("n")
        terminal.wait_for("F9 sign")
        last = typist.mark()
        terminal.wait_for("draft saved")
        assert last in terminal.text
        terminal.kill(signal.SIGKILL)
        terminal.wait()
        shutil.copytree(home, home.with_name("reopened"))
        return home, typist.markers, loose(*(path for path in home.glob("*/therapist-tui")))


def test_the_markers_are_in_the_practice(worked: tuple[Path, list[str], list[str]]) -> None:
    """What was never stored could not be found either: most markers must come back out of the store."""
    home, markers, _ = worked
    kept: list[str] = []
    practice.reopened(home.with_name("reopened"), lambda opened: kept.append(repr(opened.whole.read())))

    assert sum(marker in kept[0] for marker in markers) >= 30


def test_no_marker_lies_readable_in_any_file(worked: tuple[Path, list[str], list[str]]) -> None:
    home, markers, _ = worked
    files = list(files_under(home))

    assert {"practice.db", "practice.db-wal"} <= {path.name for path in files}
    assert hits(markers, files) == []


def test_nothing_of_it_is_open_to_others_under_umask_0(worked: tuple[Path, list[str], list[str]]) -> None:
    assert worked[2] == []


def test_a_new_practice_is_closed_to_others_under_umask_0(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        practice.make(tmp_path / "home")
    finally:
        os.umask(before)

    assert loose(tmp_path / "home" / "data" / "therapist-tui") == []


@pytest.mark.parametrize("name", forms("x"))
def test_the_scan_finds_a_marker_in_every_form(tmp_path: Path, name: str) -> None:
    (tmp_path / "leak").write_bytes(b"before " + forms("Zq0123456789ab")[name] + b" after")

    assert hits(["Zq0123456789ab"], files_under(tmp_path)) != []


def test_the_scan_finds_a_marker_inside_a_longer_base64(tmp_path: Path) -> None:
    for offset in range(3):
        (tmp_path / f"leak{offset}").write_bytes(base64.b64encode(b"abc"[:offset] + b"Zq0123456789ab and more"))

    assert len(hits(["Zq0123456789ab"], files_under(tmp_path))) == 3
