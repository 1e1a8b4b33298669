"""A copy of the open database: taken through SQLite's own backup, read back, decrypted and compared before it counts.

Never a plain copy of the file: what waits in its WAL would be missing. SQLite's own, like engine.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .driver import dbapi2
from .engine import connect
from .errors import BackupFailed
from .faults import in_words, sentence_for
from .files import create_private, sync_file
from .guards import AUDITED
from .trail import Head, trail_key
from .verify import verify

PAGES = 512
"""Pages (2 MB) copied at a time; between two of them others get their turn."""
Breathe = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Content:
    """What a database holds, to be compared."""

    head: Head
    counts: dict[str, int]

    @property
    def records(self) -> int:
        """Rows of the tables that hold records."""
        return sum(self.counts.get(name, 0) for name in AUDITED)


def copy_database(source: Path, copy: Path, key: bytes, breathe: Breathe) -> Content:
    """Copy the database as it stands this moment, also while it is open and written to. Raises BackupFailed."""
    create_private(copy)
    with in_words():
        read = connect(source, key, "mode=ro")
        try:
            read.execute("BEGIN")  # what is written from now on is not seen: the copy is one moment
            before = content_of(read)
            written = connect(copy, key)

            def between(_status: int, _left: int, _pages: int) -> None:
                breathe()

            try:
                read.backup(written, pages=PAGES, progress=between)
            except dbapi2.Error as error:  # the driver gives no code here, only words
                raise sentence_for(error) or BackupFailed(reason="the copy could not be written") from error
            finally:
                written.close()
        finally:
            read.close()
        sync_file(copy)
    if check_database(copy, key, breathe) != before:
        raise BackupFailed(reason="the copy does not hold what the practice holds")
    return before


def check_database(path: Path, key: bytes, breathe: Breathe) -> Content:
    """Read a database that nobody has open: every page, every table, the whole trail. Raises BackupFailed."""
    with in_words():
        copy = connect(path, key, "mode=ro&immutable=1")
        try:
            if copy.execute("PRAGMA cipher_integrity_check").fetchall():
                raise BackupFailed(reason="a page does not decrypt")
            breathe()
            if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise BackupFailed(reason="its tables do not hold together")
            breathe()
            found = verify(copy, trail_key(key), breathe=breathe).findings
            if found:
                raise BackupFailed(reason=str(found[0]).rstrip("."))
            return content_of(copy)
        finally:
            copy.close()


def content_of(connection: dbapi2.Connection) -> Content:
    """The head of the trail, and how many rows each table has."""
    last = connection.execute("SELECT seq, link FROM audit_event ORDER BY seq DESC LIMIT 1").fetchone()
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608
    return Content(Head(*last) if last else Head(0, ""), counts)
