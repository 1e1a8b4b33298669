"""Where a practice lies in its folder. Light: start-up asks here before anything of the database is loaded."""

from pathlib import Path

DATABASE = "practice.db"
UNFINISHED = "practice.new.db"
"""The database while set-up is still writing it; it gets its name when it and its key files are whole."""
KEYS = "practice.keys"
KEYS_COPY = "practice.keys.bak"
LOCK = "practice.lock"
HOLDER = "practice.holder"

FOLDER_MODE = 0o700
FILE_MODE = 0o600


def practice_exists(folder: Path) -> bool:
    """Whether set-up has been here: any part of a practice counts, so that nothing is ever written over."""
    return any((folder / name).exists() for name in (DATABASE, KEYS, KEYS_COPY))
