"""A small share of `python -m tests.faults --only power`, and that its judge sees a database that is not synced."""

import random
from pathlib import Path

from .disk import Call, Disk
from .power import cut_everywhere
from .walking import Walker


def test_after_a_power_cut_what_was_acknowledged_is_there_and_nothing_by_half(walker: Walker) -> None:
    tally = cut_everywhere(walker.walk("sign"), "sign", 1, random.Random(1), every=4)
    assert tally.states >= 15
    assert not tally.wrong


def test_the_judge_sees_a_database_that_is_not_synced(walker: Walker) -> None:
    tally = cut_everywhere(walker.walk("sign", unsynced=True), "sign", 1, random.Random(1), every=6)
    assert tally.wrong.total() >= 3


def test_what_was_synced_survives_and_what_was_not_may_be_gone(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old" * 1000)
    disk, inode, name = Disk(tmp_path), (tmp_path / "file").stat().st_ino, str(tmp_path / "file")

    def left() -> set[bytes | None]:
        return {disk.after_a_cut(random.Random(seed)).get(name) for seed in range(60)}

    new = b"new" * 1000
    disk.apply(Call("W", inode, 0, "", "", new))
    torn = left()
    assert {b"old" * 1000, new} < torn
    disk.apply(Call("S", inode, 0, "", "", b""))
    assert left() == {new}
    disk.apply(Call("U", 0, 0, name, "", b""))
    assert left() == {new, None}
    disk.apply(Call("D", 0, 0, "", "", b""))
    assert left() == {None}
