"""The doctor looks at a practice from outside: without a passphrase, without changing a byte, a grade for each part."""

from pathlib import Path

import pytest

from therapist_tui.domain.backups import Reason
from therapist_tui.records.doctor import Grade, examine
from therapist_tui.records.places import ANCHOR, DATABASE
from therapist_tui.records.practice import Practice

from .conftest import Clock


def found(folder: Path, clock: Clock, elsewhere: Path | None = None) -> dict[str, tuple[Grade, str]]:
    """The worst that is said of each part."""
    worst = [Grade.WELL, Grade.LOOK, Grade.BAD]
    said: dict[str, tuple[Grade, str]] = {}
    for one in examine(folder, elsewhere, clock()):
        known = said.get(one.subject)
        if known is None or worst.index(one.grade) > worst.index(known[0]):
            said[one.subject] = one.grade, f"{one.found} {one.todo}"
    return said


def test_a_sound_practice_is_told_to_be_so_and_not_a_byte_changes(closed: Path, clock: Clock) -> None:
    before = {one.name: one.read_bytes() for one in closed.iterdir()}
    said = found(closed, clock)
    assert said["practice"][0] is Grade.WELL
    assert said["trail"][0] is Grade.WELL
    assert said["privacy"][0] is Grade.WELL
    assert said["keys"][0] is Grade.LOOK
    assert "no recovery sheet" in said["keys"][1]
    assert said["backups"][0] is not Grade.WELL
    assert {one.name: one.read_bytes() for one in closed.iterdir()} == before


@pytest.mark.parametrize(
    ("content", "subject", "words"),
    [
        (b"", "practice", "restore --list"),
        (b"SQLite format 3\0" + bytes(4080), "practice", "not encrypted"),
    ],
)
def test_a_file_that_is_no_practice_is_bad(
    closed: Path, clock: Clock, content: bytes, subject: str, words: str
) -> None:
    (closed / DATABASE).write_bytes(content)
    grade, said = found(closed, clock)[subject]
    assert grade is Grade.BAD
    assert words in said


def test_a_log_that_was_left_behind_is_told(closed: Path, clock: Clock) -> None:
    (closed / f"{DATABASE}-wal").write_bytes(b"left")
    assert "not closed properly" in found(closed, clock)["practice"][1]


def test_an_anchor_that_is_missing_or_damaged_is_told(closed: Path, clock: Clock) -> None:
    (closed / ANCHOR).write_bytes(b"?")
    assert "damaged" in found(closed, clock)["trail"][1]
    (closed / ANCHOR).unlink()
    assert "missing" in found(closed, clock)["trail"][1]


def test_a_folder_that_others_may_read_and_a_link_are_bad(closed: Path, clock: Clock, tmp_path: Path) -> None:
    (closed / "elsewhere").symlink_to(tmp_path)
    assert found(closed, clock)["privacy"][0] is Grade.BAD
    (closed / DATABASE).chmod(0o644)
    assert found(closed, clock)["privacy"][0] is Grade.BAD


def test_where_nothing_is_everything_is_said_to_be_missing(tmp_path: Path, clock: Clock) -> None:
    said = found(tmp_path / "none", clock)
    assert said["practice"][0] is Grade.BAD
    assert said["keys"][0] is Grade.BAD
    assert "missing" in said["trail"][1]


def test_backups_are_read_through_here_and_elsewhere(practice: Practice, folder: Path, clock: Clock) -> None:
    backup = practice.backups.take(Reason.ASKED)
    practice.close()
    place = backup.folder.parent
    assert "whole" in found(folder, clock, place)["elsewhere"][1]
    (backup.folder / DATABASE).write_bytes(b"damaged")
    grade, said = found(folder, clock, place)["elsewhere"]
    assert grade is Grade.BAD
    assert "damaged" in said
