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
    """One way through the trail and the records, side by side with what the trail says: neither is ever held whole."""

    def __init__(self, connection: dbapi2.Connection, key: bytes, breathe: Callable[[], None]) -> None:
        self._connection, self._key, self._breathe = connection, key, breathe
        self._steps = 0
        self.seen_events = 0
        self.seen_records = 0

    def events(self, begin: Head) -> Iterator[Finding]:
        """Events whose link, place or changes do not hold; after the first broken link the chain is taken up anew."""
        head, changes = begin, _Changes(self._connection, begin.seq, self._rest)
        query = f"SELECT {COLUMNS}, link FROM audit_event WHERE seq > ? ORDER BY seq"  # noqa: S608
        for *row, found in self._connection.execute(query, (begin.seq,)):
            seq, digest = int(row[0]), row[6]
            self._rest()
            yield from (Finding(Fault.CHANGES, lost) for lost in changes.skip_to(seq))
            if seq != head.seq + 1 or found != link(self._key, head.link, row):
                yield Finding(Fault.LINK, seq)
            if digest != digest_of_changes(self._key, changes.of(seq)):
                yield Finding(Fault.CHANGES, seq)
            head = Head(seq, found)
            self.seen_events += 1
        yield from (Finding(Fault.CHANGES, lost) for lost in changes.skip_to(None))

    def records(self) -> Iterator[Finding]:
        """Records that are not as their last event left them."""
        for record in AUDITED:
            yield from self._records_of(record)
        known = ", ".join(f"'{record}'" for record in AUDITED)
        foreign = f"SELECT record, record_id, max(seq), digest FROM record_change WHERE record NOT IN ({known})"  # noqa: S608
        for record, record_id, seq, digest in self._connection.execute(f"{foreign} GROUP BY record, record_id"):
            if (digest or "") != GONE:
                yield Finding(Fault.DELETED, seq, record, record_id)

    def _records_of(self, record: str) -> Iterator[Finding]:
        """The rows of a table beside what the trail left of them, both in the order of their ids."""
        left = self._left(record)
        seq, left_id, digest = next(left, _NO_MORE)
        cursor = self._connection.execute(f"SELECT * FROM {record} ORDER BY id")  # noqa: S608 - our own names
        names = [column[0] for column in cursor.description]
        place = names.index("id")
        for row in cursor:
            self._rest()
            self.seen_records += 1
            record_id = str(row[place])
            while left_id is not None and left_id < record_id:
                if digest != GONE:
                    yield Finding(Fault.DELETED, seq, record, left_id)
                seq, left_id, digest = next(left, _NO_MORE)
            if left_id != record_id:
                yield Finding(Fault.ADDED, 0, record, record_id)
                continue
            if digest == GONE:
                yield Finding(Fault.ADDED, seq, record, record_id)
            elif digest != digest_of(self._key, record, names, row):
                yield Finding(Fault.ALTERED, seq, record, record_id)
            seq, left_id, digest = next(left, _NO_MORE)
        while left_id is not None:
            if digest != GONE:
                yield Finding(Fault.DELETED, seq, record, left_id)
            seq, left_id, digest = next(left, _NO_MORE)

    def _left(self, record: str) -> Iterator[tuple[int, str | None, str]]:
        """How the last event left each record of a table, by their ids: read off the index, one after the other."""
        query = (
            "SELECT last.seq, last.record_id, said.digest FROM (SELECT record_id, max(seq) AS seq FROM record_change"
            " WHERE record = :record GROUP BY record_id) AS last JOIN record_change AS said"
            " ON said.seq = last.seq AND said.record = :record AND said.record_id = last.record_id"
            " ORDER BY last.record_id"
        )
        for seq, record_id, digest in self._connection.execute(query, {"record": record}):
            self._rest()
            yield seq, record_id, digest or ""

    def _rest(self) -> None:
        self._steps += 1
        if self._steps % BATCH == 0:
            self._breathe()


_NO_MORE: tuple[int, str | None, str] = (0, None, "")


class _Changes:
    """The changes of the events after one, read along with them."""

    def __init__(self, connection: dbapi2.Connection, after: int, rest: Callable[[], None]) -> None:
        query = "SELECT seq, record, record_id, digest FROM record_change WHERE seq > ? ORDER BY seq"
        self._rows = connection.execute(query, (after,))
        self._rest = rest
        self._next = self._rows.fetchone()

    def of(self, seq: int) -> Changes:
        """Those of this event; ask in the order of the events."""
        found: Changes = []
        while self._next is not None and self._next[0] == seq:
            found.append((self._next[1], self._next[2], self._next[3] or ""))
            self._next = self._rows.fetchone()
            self._rest()
        return found

    def skip_to(self, seq: int | None) -> Iterator[int]:
        """The numbers before that one (all that are left, with None) under which there are changes and no event."""
        while self._next is not None and (seq is None or self._next[0] < seq):
            lost = int(self._next[0])
            self.of(lost)
            yield lost
