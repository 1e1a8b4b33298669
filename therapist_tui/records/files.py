"""Small private files, written so that they are either the old or the new ones whole, whatever happens meanwhile."""

import os
from pathlib import Path

from .places import FILE_MODE, FOLDER_MODE


def make_folder(folder: Path) -> None:
    """Make the practice's folder, and the missing ones above it, for their owner only."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(exist_ok=True, mode=FOLDER_MODE)
    folder.chmod(FOLDER_MODE)  # mkdir's mode passes through the umask, and the folder may have been there


def create_private(path: Path) -> None:
    """Create an empty file that only its owner may read; SQLite gives its -wal and -shm the same mode."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE_MODE))


def write_private(path: Path, content: bytes) -> None:
    """Write a file whole: beside it, synced, then put in its place, and the folder synced."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make new names in a folder last; Windows does so by itself and cannot open a folder."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Make what another library wrote into a file last."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_folder(folder: Path) -> None:
    """Remove one of our own flat folders; nothing in it is followed or entered."""
    for one in folder.iterdir():
        one.unlink()
    folder.rmdir()
