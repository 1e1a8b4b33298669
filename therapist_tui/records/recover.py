"""Opening a practice again with the recovery sheet."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from .engine import connect, look, make_engine, refuse_unfit
from .errors import PracticeDamaged, SheetForeign
from .instance import Instance
from .keyring import changes_known, rescue
from .places import DATABASE
from .practice import open_with_key
from .vault import NORMAL, KeyCost


def opens(folder: Path, key: bytes) -> None:
    """Make sure that the key opens the database; raises SheetForeign, PracticeMissing, and what a damaged file does.

    The first page tells: a wrong key and a damaged first page look alike, and then it is the key that is doubted.
    """
    refuse_unfit(folder)
    try:
        look(folder / DATABASE, key)
    except PracticeDamaged as error:
        raise SheetForeign from error


def recover(folder: Path, key: bytes, passphrase: str, clock: Callable[[], datetime], cost: KeyCost = NORMAL) -> None:
    """Give the practice a new passphrase by its key. Raises PracticeInUse, SheetForeign."""
    opens(folder, key)
    instance = Instance(folder, clock)
    try:
        rescue(folder, key, passphrase, cost or NORMAL, _changes_known(folder, key))
    finally:
        instance.release()
    open_with_key(folder, key, clock).close()  # its event is written with that


def _changes_known(folder: Path, key: bytes) -> int:
    engine = make_engine(connect(folder / DATABASE, key, "mode=ro"))
    try:
        with engine.execution_options(reads=True).connect() as connection:
            return changes_known(connection)
    finally:
        engine.dispose()
