"""Verifying the trail: whether every event, and every record as it stands, is what the trail left (SQLite).

SQLCipher finds a flipped bit, but not one page put back to an older valid copy (reliability.md, finding 7): only what
the pages say tells that. Works on any keyed connection, so that backups are verified by the same code.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from therapist_tui.domain.audit import Fault, Finding, Verified

from .driver import dbapi2
from .guards import AUDITED
from .trail import COLUMNS, GONE, Head, digest_of, digest_of_changes, link

Changes = list[tuple[str, str, str]]
BATCH = 500
"""Rows after which `breathe` is called."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A head of the trail that was kept outside the file, and where."""

    head: Head
    name: str


def verify(
    connection: dbapi2.Connection,
    key: bytes,
    witnesses: Iterable[Witness] = (),
    breathe: Callable[[], None] = lambda: None,
) -> Verified:
    """Look at every event and every record. `breathe` is called now and then, for work behind somebody's back."""
    walk = _Walk(connection, key, breathe)
    findings = [*walk.events(Head(0, "")), *missing_heads(connection, witnesses), *walk.records()]
    return Verified(walk.seen_events, walk.seen_records, tuple(findings))


def verify_since(connection: dbapi2.Connection, key: bytes, head: Head) -> tuple[Finding, ...]:
    """Look at the events after a head that was verified before: quick, for every start."""
    missing = tuple(missing_heads(connection, [Witness(head, "the anchor")]))
    return missing or tuple(_Walk(connection, key, lambda: None).events(head))


def missing_heads(connection: dbapi2.Connection, witnesses: Iterable[Witness]) -> Iterator[Finding]:
    """Heads that are not in the trail (any more): it was cut, or put back, or belongs to another file."""
    for witness in witnesses:
        if not witness.head.seq:
            continue
        row = connection.execute("SELECT link FROM audit_event WHERE seq = ?", (witness.head.seq,)).fetchone()
        if row is None or row[0] != witness.head.link:
            yield Finding(Fault.ROLLED_BACK, witness.head.seq, witness=witness.name)


class _Walk:
    """One way through the trail and the records."""

    def __init__(self, connection: dbapi2.Connection, key: bytes, breathe: Callable[[], None]) -> None:
        self._connection, self._key, self._breathe = connection, key, breathe
        self._left: dict[tuple[str, str], tuple[int, str]] = {}
        self._steps = 0
        self.seen_events = 0
        self.seen_records = 0

    def events(self, begin: Head) -> Iterator[Finding]:
        """Events whose link, place or changes do not hold; after the first broken link the chain is taken up anew."""
        head, changes = begin, self._changes(begin.seq)
        query = f"SELECT {COLUMNS}, link FROM audit_event WHERE seq > ? ORDER BY seq"  # noqa: S608
        for *row, found in self._connection.execute(query, (begin.seq,)):
            seq, digest = int(row[0]), row[6]
            self._rest()
            if seq != head.seq + 1 or found != link(self._key, head.link, row):
                yield Finding(Fault.LINK, seq)
            if digest != digest_of_changes(self._key, changes.pop(seq, [])):
                yield Finding(Fault.CHANGES, seq)
            head = Head(seq, found)
            self.seen_events += 1
        for seq in changes:
            yield Finding(Fault.CHANGES, seq)

    def _changes(self, after: int) -> dict[int, Changes]:
        found: dict[int, Changes] = {}
        query = "SELECT seq, record, record_id, digest FROM record_change WHERE seq > ? ORDER BY seq"
        for seq, record, record_id, digest in self._connection.execute(query, (after,)):
            found.setdefault(seq, []).append((record, record_id, digest or ""))
            self._left[record, record_id] = (seq, digest or "")
            self._rest()
        return found

    def records(self) -> Iterator[Finding]:
        """Records that are not as their last event left them; after `events` from the beginning."""
        for record in AUDITED:
            cursor = self._connection.execute(f"SELECT * FROM {record}")  # noqa: S608 - our own names
            names = [column[0] for column in cursor.description]
            place = names.index("id")
            for row in cursor:
                self._rest()
                self.seen_records += 1
                seq, digest = self._left.pop((record, str(row[place])), (0, None))
                if digest is None or digest == GONE:
                    yield Finding(Fault.ADDED, seq, record, str(row[place]))
                elif digest != digest_of(self._key, record, names, row):
                    yield Finding(Fault.ALTERED, seq, record, str(row[place]))
        for (record, record_id), (seq, digest) in self._left.items():
            if digest != GONE:
                yield Finding(Fault.DELETED, seq, record, record_id)

    def _rest(self) -> None:
        self._steps += 1
        if self._steps % BATCH == 0:
            self._breathe()
