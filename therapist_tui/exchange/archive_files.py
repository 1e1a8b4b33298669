"""An archive on the disk: a new folder for its owner only, written whole, and read back by its own names only."""

import os
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path

from therapist_tui.domain.text import clean_line

from .archive import LARGEST, MANIFEST, Archive, ArchiveDamaged, NoArchive, kinds
from .files import FOLDER_MODE, FileExists, in_words, make_folder, taken, write_new


def write_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write a new folder of files in their order; raises what files.py says, and then nothing is left of it."""
    make_folder(folder.parent)
    with in_words(folder):
        if taken(folder):
            raise FileExists(name=clean_line(folder.name))
        folder.mkdir(mode=FOLDER_MODE)  # refuses what somebody put there meanwhile
        folder.chmod(FOLDER_MODE)
    try:
        for place in sorted({name.partition("/")[0] for name in files if "/" in name}):
            make_folder(folder / place)
        for name, content in files.items():
            write_new(folder / name, content)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def read_archive(folder: Path) -> Archive:
    """The files that an archive is read back from, by their fixed names; raises NoArchive, ArchiveDamaged."""
    if not (folder / MANIFEST).is_file():
        raise NoArchive
    names = [MANIFEST, *(file for _, file, _ in kinds())]
    return Archive({name: _read(folder, name) for name in names})


def _read(folder: Path, name: str) -> bytes:
    """A regular file that is no link, and not larger than anything we write."""
    try:
        handle = os.open(folder / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError as error:
        raise ArchiveDamaged(name=name, what="is missing") from error
    except OSError as error:
        raise ArchiveDamaged(name=name, what="cannot be opened as a file") from error
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise ArchiveDamaged(name=name, what="is no file")
        if about.st_size > LARGEST:
            raise ArchiveDamaged(name=name, what="is larger than any that this program writes")
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(LARGEST)
    finally:
        os.close(handle)
