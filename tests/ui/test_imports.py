"""What is loaded when: the store stays behind the first frame, and each layer does without those above it."""

import json
import subprocess
import sys

import pytest

STORE = {"sqlmodel", "sqlalchemy", "alembic", "sqlcipher3", "nacl", "pydantic"}
SCREEN = {"textual", "rich"}


def loaded_by(*modules: str) -> set[str]:
    """The names of all modules that a fresh interpreter has after importing these."""
    code = f"import sys, json, {', '.join(modules)}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def packages(modules: set[str]) -> set[str]:
    """The outermost names."""
    return {name.partition(".")[0] for name in modules}


def ours(modules: set[str], package: str) -> set[str]:
    """Those of one of our packages, itself among them."""
    return {name for name in modules if f"{name}.".startswith(f"therapist_tui.{package}.")}


def test_the_first_frame_waits_for_no_store_and_no_dateutil() -> None:
    loaded = loaded_by("therapist_tui.cli", "therapist_tui.ui.app", "therapist_tui.ui.screens.unlock")
    assert "textual" in packages(loaded)
    assert not packages(loaded) & (STORE | {"dateutil"})
    assert not ours(loaded, "records")
    assert ours(loaded, "ui.screens") <= {"therapist_tui.ui.screens", "therapist_tui.ui.screens.unlock"}


def test_the_app_alone_loads_no_store() -> None:
    loaded = loaded_by("therapist_tui.ui.app")
    assert not packages(loaded) & (STORE | {"dateutil"})
    assert not ours(loaded, "records")


@pytest.mark.parametrize(
    "module", ["agenda", "note", "plan", "health", "therapist", "when", "screening.values", "consent"]
)
def test_the_rules_load_neither_screen_nor_store(module: str) -> None:
    loaded = loaded_by(f"therapist_tui.domain.{module}")
    assert f"therapist_tui.domain.{module}" in loaded
    assert not packages(loaded) & (STORE | SCREEN)


def test_the_commands_load_neither_screen_nor_store() -> None:
    assert not packages(loaded_by("therapist_tui.cli")) & (STORE | SCREEN | {"dateutil"})


def test_the_store_loads_no_screen() -> None:
    loaded = packages(loaded_by("therapist_tui.records.practice"))
    assert "sqlmodel" in loaded
    assert not loaded & SCREEN
