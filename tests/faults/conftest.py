"""One small practice for all: made once, copied wherever it is going to be broken; and one walker with its recorder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import practice, walkers
from .walking import Walker, stage


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a practice that nobody has touched; do not write into it."""
    home = tmp_path_factory.mktemp("template") / "home"
    practice.make(home)
    return home


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    """A copy of that home, to break."""
    shutil.copytree(template, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture(scope="module")
def walker() -> Iterator[Walker]:
    """Walks journeys with the recorder before its disk; where that cannot be built, there is nothing to test."""
    try:
        with stage() as on, walkers.on(on) as walker:
            yield walker
    except FileNotFoundError as error:
        pytest.skip(str(error))
