"""Must hold 5: nothing that was ever typed lies readable in any file the program made, and none is open to others."""

import base64
import os
import shutil
from pathlib import Path

import pytest

from . import markers, practice
from .markers import Worked
from .scan import files_under, forms, hits, loose


@pytest.fixture(scope="module")
def worked(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Worked:
    """A day of markers, ended by kill -9; a copy of what is left lies beside it, to be opened."""
    found = markers.worked(template, tmp_path_factory.mktemp("markers") / "home", "day")
    shutil.copytree(found.home, found.home.with_name("reopened"))
    return found


def test_the_markers_are_in_the_practice(worked: Worked) -> None:
    """What was never stored could not be found either: most markers must come back out of the store."""
    inside = markers.stored(worked.home.with_name("reopened"))

    assert sum(marker in inside for marker in worked.markers) >= 30


def test_no_marker_lies_readable_in_any_file(worked: Worked) -> None:
    files = list(files_under(worked.home))

    assert {"practice.db", "practice.db-wal"} <= {path.name for path in files}
    assert markers.leaks(worked) == []


def test_nothing_of_it_is_open_to_others_under_umask_0(worked: Worked) -> None:
    assert worked.loose == []


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
