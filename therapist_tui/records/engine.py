"""The connection to the encrypted file: how it is opened, its settings, and what is refused before anything is written.

Everything here is SQLite's and SQLCipher's own. The rest of `records/` speaks portable SQL.
"""

import json
from pathlib import Path

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event

from .driver import dbapi2
from .errors import (
    NoPractice,
    PracticeAltered,
    PracticeDamaged,
    PracticeForeign,
    PracticeMissing,
    PracticeNewer,
    SettingRefused,
)
from .faults import in_words
from .guards import GUARDS
from .indexing import INDEXING
from .places import DATABASE, practice_exists

APPLICATION_ID = 0x54485054  # "THPT", so that `file` and we know the file as ours
SCHEMA_VERSION = 1
PAGE_BYTES = 4096
OLDEST_SQLITE = (3, 51, 3)
"""Before it, a WAL file could be corrupted when it was started anew."""

QUICK = 32 << 20
"""Bytes of a file up to which nobody notices that it is read through; a larger one is read behind somebody's back."""

_WIPE = ("cipher_memory_security", "ON", "1")
"""Lock and wipe SQLCipher's memory. Once on it stays on in this process, and every query takes 0.4 ms longer."""

_SETTINGS: tuple[tuple[str, str, object], ...] = (
    # How it is set, and what it must read back as.
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("synchronous", "FULL", 2),
    ("busy_timeout", "5000", 5000),
)


def refuse_unfit(folder: Path) -> None:
    """Refuse a file that cannot be a practice, before any library touches it.

    SQLite would take an empty file for a new database and quietly begin one.
    """
    path = folder / DATABASE
    if not path.exists():
        raise PracticeMissing(folder=folder) if practice_exists(folder) else NoPractice(folder=folder)
    size = path.stat().st_size
    # After a power cut the last page may be cut short while the WAL still has it whole: then SQLite mends it.
    if size < PAGE_BYTES or (size % PAGE_BYTES and not has_wal(path)):
        raise PracticeDamaged


def has_wal(path: Path) -> bool:
    """Whether changes wait beside the file: it is open somewhere, or was not closed properly."""
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def look(path: Path, key: bytes) -> int:
    """The schema version of a file that nobody has open, looked at without writing to it.

    Every page is checked, but of a larger file only the one that is read: what is damaged is met when it is read, or
    by the look through the whole file that follows (`Backups.look_through`), not later than the next backup.
    Raises PracticeDamaged, PracticeForeign, PracticeNewer, PracticeAltered.
    """
    unclean = has_wal(path)
    # Immutable leaves no -shm behind; with a WAL it would not see the newest pages.
    connection = connect(path, key, "mode=ro" if unclean else "mode=ro&immutable=1")
    try:
        with in_words():
            _refuse_damaged(connection, unclean=unclean, whole=path.stat().st_size <= QUICK)
        version = read_version(connection)
    finally:
        connection.close()
    return version


def read_version(connection: dbapi2.Connection) -> int:
    """The schema version of an open file; raises PracticeDamaged, PracticeForeign, PracticeNewer, PracticeAltered."""
    with in_words():
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        application = _read(connection, "application_id")
        version = int(str(_read(connection, "user_version")))
        guards = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    if application != APPLICATION_ID:
        raise PracticeForeign
    if version > SCHEMA_VERSION:
        raise PracticeNewer(found=version, known=SCHEMA_VERSION)
    if version == SCHEMA_VERSION and guards != GUARDS | INDEXING:
        raise PracticeAltered
    return version


def _refuse_damaged(connection: dbapi2.Connection, *, unclean: bool, whole: bool) -> None:
    """Look at every page once, unless there are many.

    After a crash the pages in the WAL count, which only SQLite's own check reads.
    """
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if unclean:
        sound = connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    elif not whole:
        sound = True
    else:
        sound = not connection.execute("PRAGMA cipher_integrity_check").fetchall()
    if not sound:
        raise PracticeDamaged


def connect(path: Path, key: bytes, how: str = "mode=rw") -> dbapi2.Connection:
    """A keyed connection; `mode=rw` never creates the file. Usable from whichever thread holds the store."""
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise SettingRefused(setting=f"SQLite {'.'.join(map(str, OLDEST_SQLITE))} or newer")
    with in_words():
        # isolation_level None: the driver starts no transaction of its own, so that ours cover schema changes too.
        connection = dbapi2.connect(
            f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None, check_same_thread=False
        )
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")  # its log goes to stderr, over the screen
        if not connection.execute("PRAGMA cipher_version").fetchone():
            connection.close()
            raise SettingRefused(setting="encryption")
    return connection


def settle(connection: dbapi2.Connection, *, secret: bool = True, read_only: bool = False) -> None:
    """Make every setting, read it back, and raise SettingRefused when one does not hold.

    `secret` is False for invented practices, which are stored ten times as fast without wiping memory.
    """
    with in_words():
        wanted = [_WIPE, *_SETTINGS] if secret else [*_SETTINGS]
        if read_only:
            wanted.append(("query_only", "ON", 1))
        else:
            connection.execute("PRAGMA journal_mode = WAL")
        for name, setting, _ in wanted:
            connection.execute(f"PRAGMA {name} = {setting}")
        for name, _, held in (*wanted, ("journal_mode", "WAL", "wal")):
            if _read(connection, name) != held:
                raise SettingRefused(setting=name)


def _read(connection: dbapi2.Connection, pragma: str) -> object:
    row = connection.execute(f"PRAGMA {pragma}").fetchone()
    return row[0] if row else None


def _as_json(value: object) -> str:
    """Lists as they are typed, so that the full-text index reads the words in them."""
    return json.dumps(value, ensure_ascii=False)


def make_engine(connection: dbapi2.Connection) -> Engine:
    """An engine over this one connection; transactions begin at once (IMMEDIATE), those that only read do not."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connection,
        poolclass=StaticPool,
        json_serializer=_as_json,
        hide_parameters=True,  # an error's text would hold what was typed
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(opened: Connection) -> None:
    reads = opened.get_execution_options().get("reads")
    opened.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
