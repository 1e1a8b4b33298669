"""Files that leave the practice: for their owner only, whole or not at all, never over another, never through a link.

What is written has no name before it is whole (O_TMPFILE), so a program that is killed leaves nothing in clear behind.
Where a file system cannot do that, a hidden `.part` file stands in, and where it knows no hard links either (memory
sticks) the file is written under its own name and taken away again when that fails.
"""

import contextlib
import errno
import os
import re
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.text import clean_line

FILE_MODE, FOLDER_MODE = 0o600, 0o700
LONGEST_NAME = 255
"""Bytes of one name that common file systems take."""
SYNCED = re.compile(
    r"dropbox|onedrive|google ?drive|my drive|icloud.*|mobile documents|cloudstorage|nextcloud|owncloud"
    r"|sync(thing)?|box",
    re.IGNORECASE,
)
"""Names of folders whose content is copied to other computers."""
REMOVABLE = ("/media/", "/run/media/", "/Volumes/")


class FileExists(PracticeError):
    """There is something called {name} there already, and nothing is ever written over. Choose another name."""


class NoSuchFolder(PracticeError):
    """There is no folder {folder}. Make it first, or choose another one."""


class FolderIsLink(PracticeError):
    """The folder {folder} is a link to another place, or no folder. Choose a real folder."""


class MayNotWrite(PracticeError):
    """Nothing may be written in {folder}. Choose another folder, or change its permissions."""


class DiskFull(PracticeError):
    """The disk is full: nothing was written. Free some space, or choose another folder."""


class NameUnfit(PracticeError):
    """That is no name for a file. Choose a shorter one, without control characters."""


class DiskFailing(PracticeError):
    """The disk does not answer as it should: nothing was written. Choose another folder."""


_SENTENCES: dict[int, type[PracticeError]] = {
    errno.EEXIST: FileExists,
    errno.EISDIR: FileExists,
    errno.ENOENT: NoSuchFolder,
    errno.ENOTDIR: FolderIsLink,
    errno.ELOOP: FolderIsLink,
    errno.EACCES: MayNotWrite,
    errno.EPERM: MayNotWrite,
    errno.EROFS: MayNotWrite,
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EFBIG: DiskFull,
    errno.ENAMETOOLONG: NameUnfit,
    errno.EINVAL: NameUnfit,
}
_WITHOUT_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV)
_WITHOUT_TMPFILE = (errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL, errno.ENOSYS)


class Prepared:
    """A file that is written and safe on the disk, but has no name yet; `place` gives it the name."""

    def __init__(self, path: Path, content: bytes, folder: int) -> None:
        self.path = path
        self._content, self._folder = content, folder
        self._handle: int | None = None
        self._part = ""

    def write(self) -> None:
        """Write what it holds, without a name where the file system can."""
        self._handle = self._nameless()
        if self._handle is None:
            self._part = f".{self.path.name}"[:240] + ".part"
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self._part, dir_fd=self._folder)  # left by a program that was killed
            self._handle = _create(self._part, self._folder)
        _fill(self._handle, self._content)

    def _nameless(self) -> int | None:
        if not hasattr(os, "O_TMPFILE"):
            return None
        try:
            return os.open(".", os.O_TMPFILE | os.O_WRONLY, FILE_MODE, dir_fd=self._folder)
        except OSError as error:
            if error.errno in _WITHOUT_TMPFILE:
                return None
            raise

    def place(self) -> Path:
        """Give it its name, which nobody may have; raises one of the sentences above. What stands there stays."""
        with in_words(self.path):
            try:
                self._link()
            except OSError as error:
                if error.errno not in _WITHOUT_LINKS:
                    raise
                self._write_by_name()
            os.fsync(self._folder)
        return self.path

    def _link(self) -> None:
        if self._part:
            os.link(self._part, self.path.name, src_dir_fd=self._folder, dst_dir_fd=self._folder, follow_symlinks=False)
        else:
            os.link(f"/proc/self/fd/{self._handle}", self.path.name, dst_dir_fd=self._folder, follow_symlinks=True)

    def _write_by_name(self) -> None:
        handle = _create(self.path.name, self._folder)
        try:
            _fill(handle, self._content)
        except BaseException:
            os.unlink(self.path.name, dir_fd=self._folder)
            raise
        finally:
            os.close(handle)

    def close(self) -> None:
        """Let go of it; what has no name is gone."""
        if self._part:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self._part, dir_fd=self._folder)
        if self._handle is not None:
            os.close(self._handle)


@contextmanager
def prepared(path: Path, content: bytes, *, make: bool = False) -> Generator[Prepared]:
    """A file ready to be placed, gone at the end when it was not. `make` makes the folder, for its owner only."""
    with in_words(path):
        _refuse_unfit(path.name)
        if make:
            make_folder(path.parent)
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        file = Prepared(path, content, folder)
        try:
            with in_words(path):
                if taken(path):
                    raise FileExists(name=clean_line(path.name))
                file.write()
            yield file
        finally:
            file.close()
    finally:
        os.close(folder)


def write_new(path: Path, content: bytes, *, make: bool = False) -> Path:
    """Write a new file whole; raises one of the sentences above, and then nothing is left of it."""
    with prepared(path, content, make=make) as file:
        return file.place()


def write_unsafe(path: Path, content: bytes) -> None:
    """Write a new file that a power cut may still take away, until `make_safe`; raises one of the sentences above."""
    with in_words(path):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            handle = _create(path.name, folder)
        finally:
            os.close(folder)
        try:
            _write(handle, content)
        finally:
            os.close(handle)


def make_safe(path: Path) -> None:
    """Wait until a file or a folder is on the disk; raises one of the sentences above."""
    with in_words(path):
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder, and the missing ones above it, for their owner only; one that is there stays as it is."""
    with in_words(folder / "x"):
        missing = [one for one in (folder, *folder.parents) if not os.path.lexists(one)]
        for one in reversed(missing):
            one.mkdir(mode=FOLDER_MODE)
            one.chmod(FOLDER_MODE)  # mkdir's mode passes through the umask


def taken(path: Path) -> bool:
    """Whether anything has that name, be it a link to nowhere."""
    return os.path.lexists(path)


def folder_named(words: str) -> Path:
    """The folder that was typed, seen from the home folder, links on the way to it followed once and for all."""
    path = Path(words)
    with contextlib.suppress(RuntimeError, OSError):  # "~somebody" who is not here; links in a circle
        path = Path.home() / path.expanduser()
        path = path.resolve()
    return path


def free_name(folder: Path, stem: str, ending: str) -> Path:
    """A path that nothing has: "report-2026-11-23.pdf", then "report-2026-11-23-2.pdf" …"""
    path = folder / f"{stem}{ending}"
    number = 2
    while taken(path):
        path = folder / f"{stem}-{number}{ending}"
        number += 1
    return path


def leaves_the_machine(path: Path) -> str:
    """Why a file there may be read elsewhere, in a sentence; "" when nothing tells so."""
    folders = [one.parts[-1] for one in path.parents if one.parts]
    synced = next((name for name in folders if SYNCED.fullmatch(name)), None)
    if synced or any(os.path.exists(one / ".stfolder") for one in path.parents):  # noqa: PTH110 - never raises
        what = clean_line(synced or "That folder")
        return f"{what} is copied to other computers: the file will leave this one in clear."
    if str(path).startswith(REMOVABLE):
        return "That looks like a memory stick or a shared disk: whoever has it can read the file."
    return ""


@contextmanager
def in_words(path: Path) -> Generator[None]:
    """Turn what a file system says into a sentence about that path."""
    try:
        yield
    except OSError as error:
        kind = _SENTENCES.get(error.errno or 0, DiskFailing)
        raise kind(name=clean_line(path.name), folder=clean_line(str(path.parent), 400)) from error


def _refuse_unfit(name: str) -> None:
    if (
        not name
        or name in (".", "..")
        or clean_line(name, LONGEST_NAME) != name
        or len(os.fsencode(name)) > LONGEST_NAME
    ):
        raise NameUnfit


def _create(name: str, folder: int) -> int:
    """A new file in that folder; O_EXCL takes no link for it, not even one that leads nowhere."""
    return os.open(name, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, FILE_MODE, dir_fd=folder)


def _fill(handle: int, content: bytes) -> None:
    _write(handle, content)
    os.fsync(handle)


def _write(handle: int, content: bytes) -> None:
    with contextlib.suppress(PermissionError, AttributeError):  # file systems and systems without such modes
        os.fchmod(handle, FILE_MODE)  # the mode of open passes through the umask
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]
