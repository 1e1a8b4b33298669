"""Bringing a file to the present schema: a verified copy first, then every step in one transaction, or none."""

from pathlib import Path

from sqlalchemy import Connection, Engine

from .driver import dbapi2
from .engine import SCHEMA_VERSION, connect, settle
from .errors import CopyFailed
from .faults import in_words
from .files import create_private, sync_folder


def upgrade(connection: Connection, *versions: Path) -> None:
    """Run the steps that are still missing, within the transaction that `connection` is in.

    `versions` are folders with steps; the packaged ones when none is given.
    """
    from alembic import command  # 0.1 s to import, and needed only here
    from alembic.config import Config

    places = versions or (Path(__file__).parent / "migrations" / "versions",)
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", f"{__package__}:migrations")
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(place).replace("%", "%%") for place in places))
    command.upgrade(config, "head")


def upgrade_file(engine: Engine, raw: dbapi2.Connection, path: Path, key: bytes, found: int, *versions: Path) -> Path:
    """Copy and verify the file, then bring it to the present schema; gives back where the copy lies."""
    copy = path.with_name(f"practice.before-{SCHEMA_VERSION}-was-{found}.db")
    verified_copy(raw, copy, key)
    with in_words(), engine.begin() as connection:
        upgrade(connection, *versions)
        if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone():
            raise CopyFailed(reason="records would lose what they refer to")
    return copy


def verified_copy(raw: dbapi2.Connection, copy: Path, key: bytes) -> None:
    """Copy the open file, encrypted with the same key, and read the copy back. Raises CopyFailed.

    Never a plain copy of the file: what waits in its WAL would be missing.
    """
    copy.unlink(missing_ok=True)
    create_private(copy)
    with in_words():
        target = connect(copy, key)
        try:
            raw.backup(target)
        finally:
            target.close()
        again = connect(copy, key)
        try:
            _compare(raw, again)
        finally:
            again.close()
    sync_folder(copy.parent)


def _compare(raw: dbapi2.Connection, copy: dbapi2.Connection) -> None:
    if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise CopyFailed(reason="its tables do not hold together")
    if copy.execute("PRAGMA cipher_integrity_check").fetchall():
        raise CopyFailed(reason="a page does not decrypt")
    if _counts(raw) != _counts(copy):
        raise CopyFailed(reason="it does not hold as many records")


def _counts(connection: dbapi2.Connection) -> dict[str, int]:
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


def create_schema(path: Path, key: bytes, *, secret: bool = True) -> None:
    """Write the schema into a new, empty, private file."""
    from .engine import make_engine

    create_private(path)
    raw = connect(path, key)
    settle(raw, secret=secret)
    engine = make_engine(raw)
    try:
        with in_words(), engine.begin() as connection:
            upgrade(connection)
    finally:
        engine.dispose()
