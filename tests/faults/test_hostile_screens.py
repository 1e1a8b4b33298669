"""No text of a record drives the terminal: every screen with hostile text writes what it writes with harmless text."""

from collections.abc import Callable
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


class Walked(NamedTuple):
    output: str
    looks: tour.Looks


def walked(home: Path, texts: tuple[hostile.Text, ...]) -> Walked:
    """Fill a practice past the cleaning of the commands, and walk through it."""
    folder, zone = practice.practice_folder(home), practice.noon_zone(practice.now())
    draft = TherapistDraft("Dana", "LMT", "none", None, zone)
    made = create_practice(folder, practice.PASSPHRASE, draft, practice.now, cost=LIGHT)
    made.whole.store(hostile.whole(texts, made.zone, practice.now()))
    made.close()
    settings = home / "config" / "therapist-tui" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(SETTINGS)
    with Terminal(home) as terminal:
        practice.unlock(terminal, "to go")
        terminal.wait_for("]0;title")
        toast = {"toast": terminal.settle()}
        looks = {**tour.everything(terminal, len(texts)), **tour.small(terminal, 80, 24), **toast}
        return Walked(terminal.output, looks)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """The walk with harmless text."""
    return walked(tmp_path_factory.mktemp("calm"), (hostile.harmless,))


@pytest.fixture(scope="module")
def wild(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """The walk with everything hostile for the first client, and with markup for the second."""
    return walked(tmp_path_factory.mktemp("wild"), (hostile.evil(), hostile.bracketed))


def test_hostile_text_adds_no_sequence(calm: Walked, wild: Walked) -> None:
    assert shapes(wild.output) - shapes(calm.output) == set()
    assert modes(wild.output) - modes(calm.output) == set()
    assert not any(token.kind in ("osc", "dcs", "c1", "broken") for token in tokens(wild.output))
    assert "\x07" not in wild.output


def test_no_turning_or_invisible_character_reaches_the_terminal(wild: Walked) -> None:
    written = {letter for token in tokens(wild.output) if token.kind == "text" for letter in token.raw}

    assert written & hostile.FORBIDDEN == set()


@pytest.mark.parametrize("bracket", hostile.BRACKETS[:3])
@pytest.mark.parametrize(
    "name",
    ["today 1", "why 1", "last 1", "move 1", "cancel 1", "note 1", "sign 1", "chart 1", "card 1", "entry 0 1",
     "entry 3 1", "entry 4 1", "entry 5 1", "entry 8 1", "clients", "profile", "measure 1", "last 80x24", "chart 80x24"],
)  # fmt: skip
def test_brackets_stand_on_the_screen_as_typed(wild: Walked, name: str, bracket: str) -> None:
    assert bracket in wild.looks[name]


def test_the_toast_shows_a_hostile_key_as_text(wild: Walked) -> None:
    assert "[/] [sic] ]0;title2J key" in wild.looks["toast"]


def test_masked_names_show_no_name(wild: Walked) -> None:
    assert "Nn1" in wild.looks["today 1"]
    assert "Nn1" not in wild.looks["masked 1"]


@pytest.mark.parametrize("evil", [*hostile.DRIVING, "\x1b[?1049h", "\x1b[2;3r"])
def test_the_comparison_sees_a_sequence_that_gets_through(evil: str, calm: Walked) -> None:
    """A check that cannot fail is none: the same text written raw must be found."""
    if evil.isprintable():
        pytest.skip("harmless where it stands alone")
    output = f"{calm.output}before {evil} after"
    found: list[Callable[[str], set[str]]] = [shapes, modes]

    assert any(one(output) - one(calm.output) for one in found)
