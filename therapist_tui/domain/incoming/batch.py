"""What an import leaves: the import itself, and for each record of it where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One import. `changes` holds what it changed: the record, its columns before, and the digest after."""

    id: UUID
    source: str
    file: str
    digest: str
    clients: int
    appointments: int
    changed: int
    known: int
    left_out: int
    imported_at: datetime
    imported_by: str
    changes: tuple[Mapping[str, Any], ...] = field(default=())

    @property
    def added(self) -> str:
        """What it brought, in words."""
        return counted(self.clients, self.appointments)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record came from: `record` is its table, `key` says which one it is in the next file too.

    `digest` is of the record as it was imported, "" when it was here already and only recognised. `uid`, `rule` and
    `zone` are those of a calendar's series; `done` says that the session was over when it came: no note is owed for it.
    """

    id: UUID
    batch_id: UUID
    record: str
    key: str
    record_id: UUID
    digest: str = ""
    uid: str = ""
    rule: str = ""
    zone: str = ""
    done: bool = False


def counted(clients: int, appointments: int) -> str:
    """So many of each, in words: "3 clients, 1 appointment"."""
    parts = [
        f"{count:,} {name}{'' if count == 1 else 's'}"
        for count, name in ((clients, "client"), (appointments, "appointment"))
        if count
    ]
    return ", ".join(parts) or "nothing new"
