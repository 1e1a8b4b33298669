"""An archive on the disk: a new folder for its owner only, written whole, and read back by its own names only."""

import os
import shutil
import stat
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from therapist_tui.domain.progress import Heard, Meter, unheard
from therapist_tui.domain.text import clean_line

from .archive import LARGEST, MANIFEST, Archive, ArchiveDamaged, NoArchive, kinds
from .files import FOLDER_MODE, FileExists, in_words, make_folder, make_safe, taken, write_new, write_unsafe

AT_ONCE = 16
"""Files that are made safe side by side: one after the other takes the disk many times as long."""


def write_folder(folder: Path, files: Mapping[str, bytes], heard: Heard = unheard) -> Path:
    """Write a new folder of files, the last of them when all the others are safe on the disk.

    Raises what files.py says, and Stopped when `heard` says so; then nothing is left of it.
    """
    make_folder(folder.parent)
    with in_words(folder):
        if taken(folder):
            raise FileExists(name=clean_line(folder.name))
        folder.mkdir(mode=FOLDER_MODE)  # refuses what somebody put there meanwhile
        folder.chmod(FOLDER_MODE)
    try:
        meter = Meter(heard, len(files))
        *others, last = files
        places = sorted({folder / name.partition("/")[0] for name in files if "/" in name})
        for place in places:
            make_folder(place)
        for name in meter.past(others):
            write_unsafe(folder / name, files[name])
        with ThreadPoolExecutor(AT_ONCE) as disk:
            list(disk.map(make_safe, (*(folder / name for name in others), *places)))
        write_new(folder / last, files[last])
        meter.more(1)
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
