"""The audit trail's chain: each event is linked to the one before by a keyed hash, with the digest of what it changed.

The database notes by itself which rows a transaction changed (`record_change`, by triggers: guards.py), each under the
number of the event that must follow; without it the transaction cannot be committed (reliability.md, finding 6).
Here the rows get their digests, and the events their links.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from .guards import UNSIGNED

GONE = ""
"""The digest of a row that was deleted."""
OF_A_DRAFT = ("appointment_id", "client_id", "number", "begun_at")
"""Columns of an unsigned note that no typing changes."""
COLUMNS = "seq, at, who, action, subject, subject_id, digest"
"""What a link covers, in this order."""


@dataclass(frozen=True, slots=True)
class Event:
    """What is to be written down: a code, and which record."""

    action: str
    subject: str
    subject_id: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of a trail: nothing before it can change without changing its link. Seq 0: no event yet."""

    seq: int
    link: str

    @property
    def code(self) -> str:
        """Ten letters to compare by eye, for paper."""
        return self.link[:10]


def trail_key(database_key: bytes) -> bytes:
    """The key of digests and links; who has only this one cannot open the file."""
    return hashlib.blake2b(key=database_key, person=b"trail-1", digest_size=32).digest()


def seal(connection: Connection, key: bytes, events: Sequence[Event], at: datetime, who: str) -> Head:
    """Write the events that a transaction leaves, after everything that it changed; the first one stands for the rows.

    Must come last in the transaction: a change after it would want an event of its own.
    """
    head = head_of(connection)
    digest = _digest_changes(connection, key, head.seq + 1)
    rows: list[tuple[Any, ...]] = []
    for event in events:
        row = (head.seq + 1, _moment(at), who, event.action, event.subject, event.subject_id, digest)
        head = Head(head.seq + 1, link(key, head.link, row))
        rows.append((*row, head.link))
        digest = ""
    connection.exec_driver_sql(f"INSERT INTO audit_event ({COLUMNS}, link) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608
    return head


def head_of(connection: Connection) -> Head:
    """The last event."""
    found = connection.exec_driver_sql("SELECT seq, link FROM audit_event ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(found[0], found[1]) if found else Head(0, "")


def link(key: bytes, before: str, row: Sequence[Any]) -> str:
    """The link of an event (its COLUMNS as the database has them) to the one before."""
    return hmac.new(key, f"{before}\n{_json(list(row))}".encode(), hashlib.sha256).hexdigest()


def digest_of(key: bytes, record: str, names: Sequence[str], row: Sequence[Any]) -> str:
    """The keyed digest of a row. Empty columns are left out, so that a later schema's new ones change no digest.

    Of a draft only whose it is counts: its text changes several times a second, without events.
    """
    said = {name: value for name, value in zip(names, row, strict=True) if value is not None}
    if record in UNSIGNED and UNSIGNED[record] not in said:
        said = {name: said[name] for name in (*OF_A_DRAFT, "id")}
    said["" if "record" in said else "record"] = record  # a column of that name counts, too
    return hashlib.blake2b(_json(said).encode(), key=key, digest_size=16).hexdigest()


def digest_of_changes(key: bytes, changes: Iterable[tuple[str, str, str]]) -> str:
    """One digest over what an event changed: record, id and digest of each row; "" when it changed nothing."""
    found = sorted(changes)
    return hashlib.blake2b(_json(found).encode(), key=key, digest_size=32).hexdigest() if found else ""


def _digest_changes(connection: Connection, key: bytes, seq: int) -> str:
    """Give the rows noted under `seq` their digests, and answer with the one over them all."""
    noted = connection.exec_driver_sql("SELECT record, record_id FROM record_change WHERE seq = ?", (seq,)).fetchall()
    if not noted:
        return ""
    standing: dict[tuple[str, str], str] = {}
    for record in {record for record, _ in noted}:
        found = connection.exec_driver_sql(
            f"SELECT * FROM {record} WHERE id IN"  # noqa: S608 - the names come from our own triggers
            " (SELECT record_id FROM record_change WHERE seq = ? AND record = ?)",
            (seq, record),
        )
        names = list(found.keys())
        place = names.index("id")
        standing |= {(record, str(row[place])): digest_of(key, record, names, row) for row in found}
    if standing:
        # Sorted as the table is, so that its pages are written one after the other.
        connection.exec_driver_sql(
            "UPDATE record_change SET digest = ? WHERE seq = ? AND record = ? AND record_id = ?",
            [(standing[one], seq, *one) for one in sorted(standing)],
        )
    if len(standing) < len(noted):
        connection.exec_driver_sql("UPDATE record_change SET digest = ? WHERE seq = ? AND digest IS NULL", (GONE, seq))
    changes = [(record, str(record_id), standing.get((record, str(record_id)), GONE)) for record, record_id in noted]
    return digest_of_changes(key, changes)


def _moment(at: datetime) -> str:
    """As SQLAlchemy stores a moment in SQLite."""
    return at.replace(tzinfo=None).isoformat(" ", "microseconds")


_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=bytes.hex).encode
"""Made once: a whole practice is ten thousand rows."""
