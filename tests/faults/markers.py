"""Must hold 5 of «Nothing lost»: nothing that was ever typed lies readable in any file that the program made.

    python -m tests.faults --only markers

The real program in a pseudo-terminal, as somebody works with it: random words into every field of every form, into the
lines that search, into the lock, into files that are imported; forms saved and forms left, an export that is cancelled,
acts undone; and three ends: by kill -9 in a note, by a crash of the program, and by leaving. Then everything under its
home, and everything new in the temporary folder and the shared memory, is searched (`scan.py`).
"""

import os
import secrets
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from stat import S_ISREG

from therapist_tui.records.practice import Practice

from . import practice
from .figures import Figures, share_of, spread
from .scan import files_under, hits, loose
from .terminal import Terminal
from .test_crash import BREAK

MARKERS = 200
SHARED = (Path("/dev/shm"), Path(tempfile.gettempdir()))
"""Besides its home, where any program may leave something."""
LARGEST = 64 << 20
"""Bytes of a file in a shared folder that is still read; ours are much smaller."""


class Typist:
    """Fills every field of a form with a marker of its own."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.markers: list[str] = []

    def new(self) -> str:
        """A new marker."""
        self.markers.append(f"Zq{secrets.token_hex(6)}")
        return self.markers[-1]

    def mark(self) -> str:
        """Type a new marker where the cursor is, and wait until it is there."""
        marker = self.new()
        self.terminal.type(marker)
        self.terminal.wait_for(marker)
        return marker

    def everywhere(self, key: str, fields: int) -> None:
        """Open a form, type into whatever its fields take, try to save it, and leave what could not be as a draft."""
        self.terminal.settle()
        self.terminal.press(key)
        self.terminal.wait_for(OF_A_FORM)
        self.terminal.settle(0.5)
        for _ in range(fields):
            self.terminal.type(self.new())
            self.terminal.press("tab")
        self.terminal.press("f9")
        self.terminal.settle(0.5)
        if OF_A_FORM in self.terminal.text:
            self.terminal.press("escape")
        self.terminal.wait_until_gone(OF_A_FORM)

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


def a_day(typist: Typist) -> None:
    """The day's forms, ended by kill -9 in the middle of a note."""
    a_day_of_markers(typist)
    terminal = typist.terminal
    terminal.press("n")
    terminal.wait_for("F9 sign")
    last = typist.mark()
    terminal.wait_for("draft saved")
    assert last in terminal.text
    terminal.kill(signal.SIGKILL)


def other_rooms(typist: Typist) -> None:
    """What a day has not: intake, review, week, search, imports, a cancelled export, undo, the lock; ended by leaving."""
    terminal = typist.terminal
    terminal.wait_for("to go")
    terminal.press("\x1b[H", "enter")
    terminal.wait_for("no plan yet")
    typist.form("p", "Start a treatment plan", "m 10 m", "f9")
    for key, fields in FORMS_OF_A_CHART.items():
        typist.everywhere(key, fields)
    terminal.press("u")
    terminal.press("escape")
    terminal.wait_until_gone("h add history")
    for key, fields in FORMS_OF_TODAY.items():
        typist.everywhere(key, fields)
    terminal.press("w")
    terminal.wait_for("next free")
    typist.form("g", "Go to", "m")
    typist.form("a", "Book for whom?", "m")
    typist.everywhere("r", 6)
    terminal.press("escape")
    terminal.wait_until_gone("next free")
    search(typist)
    imports(typist)
    terminal.press("E")
    terminal.wait_for("Export")
    terminal.press("f9")
    terminal.wait_for("not encrypted")
    terminal.press("escape", "escape")
    locked(typist)
    terminal.press("ctrl+q")


OF_A_FORM = "F5 start over"
FORMS_OF_A_CHART = {"i": 6, "h": 8, "g": 10, "r": 10, "o": 8, "R": 8, "e": 12, "a": 10}
FORMS_OF_TODAY = {"L": 8, "l": 8, "r": 6, "e": 8}
"""The keys that open forms, with about how many fields those have."""


def search(typist: Typist) -> None:
    """Words that are looked for."""
    typist.terminal.press("/")
    typist.terminal.wait_for("go there")
    for _ in range(5):
        typist.mark()
        typist.terminal.type(" ")
    typist.terminal.press("escape")
    typist.terminal.wait_until_gone("go there")


def imports(typist: Typist) -> None:
    """A file whose columns nobody knows, which is left, and one of a known program, which is brought in."""
    home = Path(tempfile.mkdtemp(prefix="to-import-"))
    unknown, known = home / "unknown.csv", home / "known.csv"
    unknown.write_text("one,two,three\n" + "".join(f"{typist.new()},{typist.new()},x\n" for _ in range(5)))
    rows = "".join(f"{at},{typist.new()},{typist.new()}\n" for at in range(5))
    known.write_text("Patient Number,First Name,Last Name\n" + rows)
    for path, keys in ((unknown, ("escape",)), (known, ("enter", "enter", "enter"))):
        typist.terminal.press("i")
        typist.terminal.wait_for("Nothing is stored before")
        typist.terminal.type(f"{path}\r")
        typist.terminal.settle(1.5)
        typist.terminal.press(*keys)
        typist.terminal.settle(0.5)
        for _ in range(4):
            if "to go" not in typist.terminal.text:
                typist.terminal.press("escape")
    typist.terminal.wait_for("to go")
    shutil.rmtree(home)


def locked(typist: Typist) -> None:
    """A wrong passphrase, and the right one."""
    typist.terminal.press("ctrl+l")
    typist.terminal.wait_for("Locked.")
    typist.terminal.type(typist.new() + "\r")
    typist.terminal.settle(1.0)
    typist.terminal.type(practice.PASSPHRASE + "\r")
    typist.terminal.wait_for("to go")


def a_crash(typist: Typist) -> None:
    """A note, and a handler that fails in it."""
    terminal = typist.terminal
    practice.open_first_note(terminal)
    for _ in range(3):
        typist.mark()
        terminal.press("tab")
    terminal.press("f8")


@dataclass(frozen=True, slots=True)
class Walk:
    """A way through the program, and the program."""

    work: Callable[[Typist], None]
    program: str = ""


WALKS = {"day": Walk(a_day), "rooms": Walk(other_rooms), "crash": Walk(a_crash, BREAK)}


@dataclass(frozen=True, slots=True)
class Worked:
    """What a walk has typed, the home it leaves, and which files others may read."""

    home: Path
    markers: list[str]
    loose: list[str]
    began: float


def worked(template: Path, home: Path, name: str) -> Worked:
    """Walk in a copy of the practice."""
    shutil.copytree(template, home)
    began = time.time()
    with Terminal(home, program=WALKS[name].program, umask=0) as terminal:
        typist = Typist(terminal)
        practice.unlock(terminal)
        WALKS[name].work(typist)
        terminal.wait()
    return Worked(home, typist.markers, loose(*home.glob("*/therapist-tui")), began)


def leaks(found: Worked) -> list[str]:
    """Every marker that lies readable somewhere."""
    elsewhere = (path for path in new_files(found.began) if not path.is_relative_to(found.home))
    return hits(found.markers, [*files_under(found.home), *elsewhere])


def new_files(since: float) -> Iterator[Path]:
    """What was written in the shared folders since then, and is small enough to be ours."""
    for folder in SHARED:
        for inside, _, names in os.walk(folder):  # which passes over what others take away meanwhile
            for path in (Path(inside) / name for name in names):
                try:
                    state = path.lstat()
                except OSError:
                    continue
                if S_ISREG(state.st_mode) and state.st_mtime >= since and state.st_size <= LARGEST:
                    yield path


def stored(home: Path) -> str:
    """Everything a practice holds, drafts of forms too."""
    kept: list[str] = []

    def look(opened: Practice) -> None:
        with opened._store.reading() as session:  # pyright: ignore[reportPrivateUsage]
            drafts = session.connection().exec_driver_sql("SELECT * FROM form_draft").fetchall()
        kept.append(f"{opened.whole.read()!r} {drafts!r}")

    practice.reopened(home, look)
    return kept[0]


def _one(template: Path, name: str) -> tuple[int, int, list[str]]:
    """How many were typed, how many of them came into the practice, and what leaked."""
    with tempfile.TemporaryDirectory(prefix="markers-") as scratch:
        found = worked(template, Path(scratch) / "home", name)
        leaked = [one.partition(" in ")[2] for one in leaks(found)]
        inside = stored(found.home)
        return len(found.markers), sum(one in inside for one in found.markers), leaked


def run(share: float, at_once: int) -> Iterator[Figures]:
    """All walks, as often as it needs; the figures are handed over before they are filled."""
    figures = Figures("markers", of=share_of(MARKERS, share))
    with tempfile.TemporaryDirectory(prefix="markers-") as scratch:
        template = Path(scratch) / "template"
        practice.make(template)
        yield figures
        names = [*WALKS] * share_of(2, share)
        for typed, inside, leaked in spread(partial(_one, template), names, at_once):
            figures.tried += typed
            figures.wrong.update(leaked)
            figures.told["came into the practice"] += inside
