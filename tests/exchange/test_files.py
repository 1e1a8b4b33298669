"""What leaves is for its owner only, whole or not at all, never over another file and never through a link."""

import errno
import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from therapist_tui.domain.errors import PracticeError
from therapist_tui.exchange import files
from therapist_tui.exchange.files import (
    DiskFull,
    FileExists,
    FolderIsLink,
    MayNotWrite,
    NameUnfit,
    NoSuchFolder,
    free_name,
    leaves_the_machine,
    write_new,
)  # fmt: skip

CONTENT = b"progress report " * 1000


def names_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=["nameless", "part file", "no links"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each kind of file system."""
    if request.param != "nameless":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    if request.param == "no links":

        def link(*_: Any, **__: Any) -> None:
            raise OSError(errno.EPERM, "no hard links here")

        monkeypatch.setattr(os, "link", link)
    return str(request.param)


@pytest.fixture(params=[0o000, 0o022, 0o777])
def any_umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def test_a_new_file_is_whole_and_for_its_owner_only(tmp_path: Path, way: str, any_umask: None) -> None:
    path = write_new(tmp_path / "deep" / "er" / "report.pdf", CONTENT, make=True)
    assert path.read_bytes() == CONTENT
    assert (mode(path), mode(path.parent), mode(path.parent.parent)) == (0o600, 0o700, 0o700)
    assert names_in(path.parent) == ["report.pdf"]


def a_file(path: Path) -> None:
    path.write_text("old")


def a_link_to_a_file(path: Path) -> None:
    (path.parent / "other").write_text("old")
    path.symlink_to(path.parent / "other")


def a_link_to_nowhere(path: Path) -> None:
    path.symlink_to(path.parent / "not-there")


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("stands", [a_file, a_link_to_a_file, a_link_to_nowhere, a_folder, a_pipe])
def test_nothing_is_written_over_or_through_what_stands_there(
    stands: Callable[[Path], None], tmp_path: Path, way: str
) -> None:
    path = tmp_path / "report.pdf"
    stands(path)
    before = {one: one.lstat() for one in tmp_path.iterdir()}
    with pytest.raises(FileExists) as said:
        write_new(path, CONTENT)
    assert str(said.value).startswith("There is something called report.pdf there already")
    assert {one: one.lstat() for one in tmp_path.iterdir()} == before


def test_what_appears_after_the_check_is_not_written_over_either(tmp_path: Path, way: str) -> None:
    path = tmp_path / "report.pdf"
    with files.prepared(path, CONTENT) as file:
        a_link_to_nowhere(path)
        with pytest.raises(FileExists):
            file.place()
    assert path.is_symlink()
    assert names_in(tmp_path) == ["report.pdf"]


def test_a_link_swapped_in_a_thousand_times_is_never_written_through(tmp_path: Path) -> None:
    victim, folder = tmp_path / "victim", tmp_path / "out"
    folder.mkdir()
    victim.write_text("mine")
    stop = threading.Event()

    def swap() -> None:
        other = folder / "x"
        while not stop.is_set():
            for act in (lambda: other.symlink_to(victim), other.unlink):
                try:
                    act()
                except OSError:
                    continue

    thread = threading.Thread(target=swap)
    thread.start()
    refused = 0
    try:
        for _ in range(1000):
            try:
                write_new(folder / "x", b"theirs")
            except PracticeError:
                refused += 1
    finally:
        stop.set()
        thread.join()
    assert victim.read_text() == "mine"
    assert refused


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda path: path.parent.rmdir(), NoSuchFolder),
        (lambda path: (path.parent.rmdir(), path.parent.write_text("x")), FolderIsLink),
        (lambda path: (path.parent.rmdir(), path.parent.symlink_to(path.parent.parent)), FolderIsLink),
    ],
    ids=["gone", "a file", "a link"],
)
def test_a_folder_that_is_none_is_said(
    make: Callable[[Path], object], expected: type[PracticeError], tmp_path: Path
) -> None:
    path = tmp_path / "out" / "report.pdf"
    path.parent.mkdir()
    make(path)
    with pytest.raises(expected):
        write_new(path, CONTENT)


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.ENOSPC, DiskFull), (errno.EROFS, MayNotWrite), (errno.EACCES, MayNotWrite), (errno.EDQUOT, DiskFull),
     (errno.EIO, files.DiskFailing)],
)  # fmt: skip
@pytest.mark.parametrize("at", [0, 1, 2, 3, 4, 5])
def test_a_disk_that_fails_at_any_byte_leaves_nothing(
    number: int, expected: type[PracticeError], at: int, tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = 0
    real = os.write

    def write(handle: int, data: memoryview) -> int:
        nonlocal written
        written += 1
        if written > at:
            raise OSError(number, "fault")
        return real(handle, data[: len(CONTENT) // 3])

    monkeypatch.setattr(os, "write", write)
    try:
        write_new(tmp_path / "report.pdf", CONTENT)
    except expected:
        assert names_in(tmp_path) == []
    else:
        assert at >= 3
        assert (tmp_path / "report.pdf").read_bytes() == CONTENT


@pytest.mark.parametrize("name", ["a\nb.pdf", "\x1b[2J.pdf", "x" * 300, "é" * 200, "", "..", "a\x00b"])
def test_a_name_that_is_none_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    with pytest.raises(NameUnfit) as said:
        write_new(tmp_path / name if name else Path("/"), CONTENT)
    assert str(said.value).isprintable()


@pytest.mark.parametrize("name", ["-rf", "$(x)", "a b ñ 👩‍⚕️.pdf", "'; DROP"])
def test_any_other_name_is_only_a_name(name: str, tmp_path: Path) -> None:
    assert write_new(tmp_path / name, CONTENT).read_bytes() == CONTENT


def test_a_free_name_counts_on(tmp_path: Path) -> None:
    for expected in ("report.pdf", "report-2.pdf", "report-3.pdf"):
        assert write_new(free_name(tmp_path, "report", ".pdf"), b"x").name == expected


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("/home/dana/Dropbox/reports", "Dropbox is copied"),
        ("/home/dana/OneDrive", "OneDrive is copied"),
        ("/Users/dana/Library/Mobile Documents/x", "Mobile Documents is copied"),
        ("/media/dana/STICK", "memory stick"),
        ("/home/dana/boxes", ""),
    ],
)
def test_a_folder_that_others_can_read_is_told(folder: str, told: str) -> None:
    said = leaves_the_machine(Path(folder) / "report.pdf")
    assert told in said if told else not said


def test_a_folder_is_read_from_home_on_and_its_links_are_followed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "circle").symlink_to("circle")
    for words in ("link", "~/link", str(tmp_path / "link"), "~/nowhere/../link"):
        assert files.folder_named(words) == tmp_path / "real"
    assert files.folder_named("~nobody-of-that-name/x").name == "x"
    assert files.folder_named("circle").name == "circle"


def test_a_killed_writers_part_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    (tmp_path / ".report.pdf.part").write_text("half of a report")
    write_new(tmp_path / "report.pdf", CONTENT)
    assert names_in(tmp_path) == ["report.pdf"]
