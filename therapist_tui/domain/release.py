"""What left the practice: one line for every export, with what, to whom and why (clinical.md 7.4)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Release:
    """One export. `digest` is the SHA-256 of the file, so that a copy can be told later; kept as it was written."""

    id: UUID
    client_id: UUID | None
    what: str
    to_whom: str
    why: str
    released_at: datetime
    released_by: str
    digest: str = ""
    consent_id: UUID | None = None
