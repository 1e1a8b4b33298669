"""One small practice for all: made once, copied wherever it is going to be broken."""

import shutil
from pathlib import Path

import pytest

from . import practice


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
