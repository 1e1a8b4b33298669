"""Where a practice lies in its folder. Light: start-up asks here before anything of the database is loaded."""

from pathlib import Path

DATABASE = "practice.db"
UNFINISHED = "practice.new.db"
"""The database while set-up is still writing it; it gets its name when it and its key files are whole."""
KEYS = "practice.keys"
KEYS_COPY = "practice.keys.bak"
LOCK = "practice.lock"
HOLDER = "practice.holder"
ANCHOR = "practice.anchor"
"""The head of the audit trail, see anchor.py."""
TRIES = "practice.tries"
"""How often a wrong passphrase was typed lately, see tries.py."""
BACKUPS = "backups"
"""The folder of backups, beside the practice's: it stays when that one is lost or put back."""

FOLDER_MODE = 0o700
FILE_MODE = 0o600


def practice_exists(folder: Path) -> bool:
    """Whether set-up has been here: any part of a practice counts, so that nothing is ever written over."""
    return any((folder / name).exists() for name in (DATABASE, KEYS, KEYS_COPY))


def restored_beside(folder: Path) -> Path:
    """Where a restored practice stands, whole, until it gets the practice's name."""
    return folder.with_name(f"{folder.name}.restored")


def finish_swap(folder: Path) -> None:
    """Finish a restore that was killed between its two renamings: the old set was moved away, the new one is whole."""
    beside = restored_beside(folder)
    if not folder.exists() and (beside / DATABASE).exists():
        beside.replace(folder)
