"""Referrals: who sent the client, for what, and how many visits are left."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from .text import clean_line

LAST_VISITS = 2
"""With so many visits left a referral is spoken of (clinical.md 2.7: warn at the last 2 visits)."""


class Claim(Enum):
    """Who pays for what a referral covers (clinical.md 2.7)."""

    NONE = "none"
    PRIVATE = "private insurance"
    MOTOR = "motor vehicle accident"
    WORK = "workers' compensation"


@dataclass(frozen=True, slots=True)
class Referral:
    """A physician's or other professional's order; the diagnosis stands as it was written."""

    id: UUID
    client_id: UUID
    referrer: str
    diagnosis: str = ""
    written_on: date | None = None
    visits_authorised: int | None = None
    visits_used: int = 0
    expires_on: date | None = None
    profession: str = ""
    licence: str = ""
    phone: str = ""
    received_on: date | None = None
    code: str = ""
    """The diagnosis code, as it was written."""
    regions: tuple[str, ...] = ()
    """Body parts that it covers, as it was written."""
    frequency: str = ""
    precautions: str = ""
    report_by: date | None = None
    """When the referrer wants a report."""
    claim: Claim = Claim.NONE
    claim_number: str = ""
    adjuster: str = ""

    @property
    def visits_left(self) -> int | None:
        """Visits still covered; None when the referral does not count them."""
        return None if self.visits_authorised is None else max(0, self.visits_authorised - self.visits_used)

    def live_on(self, day: date) -> bool:
        """Whether it covers a visit on that day."""
        return (self.expires_on is None or day <= self.expires_on) and self.visits_left != 0


@dataclass(frozen=True, slots=True)
class ReferralDraft:
    """What the referral form holds."""

    referrer: str
    diagnosis: str = ""
    written_on: date | None = None
    visits_authorised: int | None = None
    expires_on: date | None = None

    def cleaned(self) -> "ReferralDraft":
        """The same with clean text."""
        return ReferralDraft(
            clean_line(self.referrer),
            clean_line(self.diagnosis, 500),
            self.written_on,
            self.visits_authorised,
            self.expires_on,
        )

    def problems(self) -> dict[str, str]:
        """What must be mended before it can be saved, by field."""
        found: dict[str, str] = {}
        if not self.referrer:
            found["referrer"] = "Please say who wrote the referral."
        if self.visits_authorised is not None and not 1 <= self.visits_authorised <= 500:
            found["visits_authorised"] = "A referral covers 1 to 500 visits."
        if self.expires_on and self.written_on and self.expires_on < self.written_on:
            found["expires_on"] = "It cannot run out before it was written."
        return found
