"""What verifying looks at besides the trail: the file's pages, its guards, the key file, the backups, and the clock.

SQLite's own, like verify.py. Nothing here writes.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from therapist_tui.domain.audit import Fault, Finding
from therapist_tui.domain.errors import PracticeError

from .driver import dbapi2
from .engine import has_wal, look
from .guards import GUARDS
from .indexing import INDEXING
from .manifest import changed_part, finished, is_ours, read_manifest, taken_then
from .places import DATABASE
from .trail import trail_key
from .vault import last_change

BACKWARDS = timedelta(minutes=10)
"""So far a clock may go back unremarked: those that the network sets do, by seconds."""


def bad_pages(connection: dbapi2.Connection, path: Path) -> Iterator[Finding]:
    """Pages that do not decrypt, by number; where all do, whether tables, indexes and the words of the search agree.

    While the practice is open, or was not closed properly, only the second: pages may be written meanwhile.
    """
    found = False
    try:
        if not has_wal(path):
            for (said,) in connection.execute("PRAGMA cipher_integrity_check"):
                found = True
                yield Finding(Fault.PAGE, 0, "page", str(said).rpartition(" ")[2])
        if not found and connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
            yield Finding(Fault.TABLES, 0, "tables")
    except dbapi2.DatabaseError:  # it cannot even be read that far
        if not found:
            yield Finding(Fault.TABLES, 0, "tables")


def not_as_left(connection: dbapi2.Connection, folder: Path) -> Iterator[Finding]:
    """Guards that are not ours, a key file that is not the newest, and events of a clock that was put back."""
    guards = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    ours = GUARDS | INDEXING
    wrong = sorted(name for name in ours.keys() | guards.keys() if ours.get(name) != guards.get(name))
    yield from (Finding(Fault.GUARD, 0, "trigger", name) for name in wrong)
    if last_change(folder).number < _changes_of_keys(connection):
        yield Finding(Fault.KEYS, 0, "key file")
    yield from _backwards(connection)


def _changes_of_keys(connection: dbapi2.Connection) -> int:
    """How many changes of the key file the trail has: each event repeats the number that the file got (keyring.py)."""
    query = "SELECT max(CAST(subject_id AS INTEGER)) FROM audit_event WHERE subject = 'keys'"
    return connection.execute(query).fetchone()[0] or 0


def _backwards(connection: dbapi2.Connection) -> Iterator[Finding]:
    """Events dated before the one before them; not those that were accepted since, knowing it."""
    accepted = "SELECT coalesce(max(seq), 0) FROM audit_event WHERE action = 'trail.accepted'"
    before = ""
    for seq, said in connection.execute(f"SELECT seq, at FROM audit_event WHERE seq > ({accepted}) ORDER BY seq"):  # noqa: S608
        at = str(said)  # whatever somebody put there
        if at < before and _between(at, before) > BACKWARDS:
            yield Finding(Fault.CLOCK, seq)
        before = at


def _between(at: str, before: str) -> timedelta:
    """The time from one event to another; none where what stands there is no moment, which its link tells."""
    try:
        return datetime.fromisoformat(before) - datetime.fromisoformat(at)
    except ValueError:
        return timedelta()


def bad_backups(place: Path, key: bytes) -> Iterator[Finding]:
    """Backups of this practice that are not as they were written, or under another's name; another practice's are not
    looked at."""
    for folder in finished(place):
        backup = read_manifest(folder)
        whole = backup is not None and changed_part(folder) is None and taken_then(backup)
        if not whole or (not is_ours(folder, trail_key(key)) and _opens(folder / DATABASE, key)):
            yield Finding(Fault.BACKUP, 0, "backup", folder.name)


def _opens(path: Path, key: bytes) -> bool:
    try:
        look(path, key)
    except PracticeError:
        return False
    return True
