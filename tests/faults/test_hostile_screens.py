"""No text of a record drives the terminal: every screen with hostile text writes what it writes with harmless text."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.practice import create_practice
from therapist_tui.records.vault import LIGHT

from . import hostile, practice, tour
from .sequences import modes, shapes, tokens
from .terminal import Terminal

SETTINGS = 'theme = "practice-dark"\n"[/] [sic] \\u001b]0;title\\u0007\\u009b2J key" = 1\n'
"""A key that is no setting is told in a toast: the one place where text of a file is shown before any record is."""

FORGET = "\x1b[3J"


class Walked(NamedTuple):
    output: str
    looks: tour.Looks


def filled(home: Path, texts: tuple[hostile.Text, ...]) -> Path:
    """Fill a practice past the cleaning of the commands."""
    folder, zone = practice.practice_folder(home), practice.noon_zone(practice.now())
    draft = TherapistDraft("Dana", "LMT", "none", None, zone)
    made = create_practice(folder, practice.PASSPHRASE, draft, practice.now, cost=LIGHT)
    made.whole.store(hostile.whole(texts, made.zone, practice.now()))
    made.close()
    settings = home / "config" / "therapist-tui" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(SETTINGS)
    return home


def walked(home: Path, clients: int) -> Walked:
    """Walk through the program under that home."""
    with Terminal(home) as terminal:
        practice.unlock(terminal, "to go")
        terminal.wait_for("]0;title")
        toast = {"toast": terminal.settle()}
        looks = {**tour.everything(terminal, clients), **tour.small(terminal, 80, 24), **toast}
        # Locking asks the terminal to forget its scrollback: our own word, and the only one of its kind.
        return Walked(terminal.output.replace(FORGET, ""), looks)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Walked, Walked]:
    """Two walks side by side: with harmless text; and with everything hostile for one client, markup for another."""
    texts = (hostile.harmless,), (hostile.evil(), hostile.bracketed)
    homes = [filled(tmp_path_factory.mktemp("walk"), each) for each in texts]
    with ThreadPoolExecutor(2) as pool:
        calm, wild = pool.map(walked, homes, (1, 2))
    return calm, wild


@pytest.fixture(scope="module")
def calm(both: tuple[Walked, Walked]) -> Walked:
    """The walk with harmless text."""
    return both[0]


@pytest.fixture(scope="module")
def wild(both: tuple[Walked, Walked]) -> Walked:
    """The walk with hostile text."""
    return both[1]


def strings(output: str) -> set[str]:
    """OSC, DCS and C1 in full: of these the framework writes one, the shape of the mouse pointer."""
    return {token.raw for token in tokens(output) if token.kind in ("osc", "dcs", "c1", "broken")}


def test_hostile_text_adds_no_sequence(calm: Walked, wild: Walked) -> None:
    assert shapes(wild.output) - shapes(calm.output) == set()
    assert modes(wild.output) - modes(calm.output) == set()
    assert strings(wild.output) - strings(calm.output) == set()


def test_a_cursor_move_is_shown_as_text(wild: Walked) -> None:
    """It has the shape of what the framework writes itself, so that it is looked for on the screen."""
    assert any("[5;1H[1mhere" in look for look in wild.looks.values())


def test_no_turning_or_invisible_character_reaches_the_terminal(wild: Walked) -> None:
    written = {letter for token in tokens(wild.output) if token.kind == "text" for letter in token.raw}

    assert written & hostile.FORBIDDEN == set()


@pytest.mark.parametrize("bracket", hostile.BRACKETS[:3])
@pytest.mark.parametrize(
    "name",
    ["today 1", "why 1", "last 1", "move 1", "cancel 1", "week 1", "note 1", "sign 1", "chart 1", "card 1", "entry 2 0 1",
     "entry 3 0 1", "entry 3 1 1", "entry 5 0 1", "entry 4 1 1", "measure 1", "last 80x24", "chart 80x24"],
)  # fmt: skip
def test_brackets_stand_on_the_screen_as_typed(wild: Walked, name: str, bracket: str) -> None:
    assert bracket in wild.looks[name]


def test_the_toast_shows_a_hostile_key_as_text(wild: Walked) -> None:
    assert "[/] [sic] ]0;title2J key" in wild.looks["toast"]


def test_masked_names_show_no_name(wild: Walked) -> None:
    assert "Nn1" in wild.looks["today 1"]
    assert "Nn1" not in wild.looks["masked 1"]


@pytest.mark.parametrize("evil", [one for one in hostile.DRIVING if "[5;1H" not in one] + ["\x1b[2;3r"])
def test_the_comparison_sees_a_sequence_that_gets_through(evil: str, calm: Walked) -> None:
    """A check that cannot fail is none: the same text written raw must be found."""
    output = f"{calm.output}before {evil} after"
    found: list[Callable[[str], set[str]]] = [shapes, modes]

    assert any(one(output) - one(calm.output) for one in found)
