"""Referrals: who sent the client, for what, and how many visits are left."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from uuid import UUID

from .text import clean_line, clean_words

LAST_VISITS = 2
"""With so many visits left a referral is spoken of (clinical.md 2.7: warn at the last 2 visits)."""

EXPIRY_NOTICE = timedelta(days=14)
"""How long before its end a referral is spoken of. clinical.md 2.7 says "before expiry"; the 14 days are our choice."""


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

    def ends_soon(self, day: date) -> bool:
        """Whether its last day is near or past."""
        return self.expires_on is not None and self.expires_on - day <= EXPIRY_NOTICE


@dataclass(frozen=True, slots=True)
class ReferralDraft:
    """What the referral form holds."""

    referrer: str
    diagnosis: str = ""
    written_on: date | None = None
    visits_authorised: int | None = None
    expires_on: date | None = None
    profession: str = ""
    licence: str = ""
    phone: str = ""
    received_on: date | None = None
    code: str = ""
    regions: tuple[str, ...] = ()
    frequency: str = ""
    precautions: str = ""
    report_by: date | None = None
    claim: Claim = Claim.NONE
    claim_number: str = ""
    adjuster: str = ""

    def cleaned(self) -> "ReferralDraft":
        """The same with clean text."""
        return replace(
            self,
            referrer=clean_line(self.referrer),
            diagnosis=clean_line(self.diagnosis, 500),
            profession=clean_line(self.profession, 80),
            licence=clean_line(self.licence, 60),
            phone=clean_line(self.phone, 60),
            code=clean_line(self.code, 80),
            regions=clean_words(self.regions),
            frequency=clean_line(self.frequency, 80),
            precautions=clean_line(self.precautions, 500),
            claim_number=clean_line(self.claim_number, 80),
            adjuster=clean_line(self.adjuster),
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
        if self.received_on and self.written_on and self.received_on < self.written_on:
            found["received_on"] = "It cannot come in before it was written."
        if self.report_by and self.written_on and self.report_by < self.written_on:
            found["report_by"] = "The report cannot be due before the referral was written."
        return found
