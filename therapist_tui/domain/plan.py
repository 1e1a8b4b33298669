"""Treatment plans: why the client comes, how it is gone about, when it is looked at again, and how it ended."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from .text import clean, clean_line


class PlanStatus(Enum):
    """Where a plan stands; FHIR's request status says "revoked" for our "stopped"."""

    DRAFT = "draft"
    ACTIVE = "active"
    ON_HOLD = "on hold"
    COMPLETED = "completed"
    STOPPED = "stopped"

    @property
    def open(self) -> bool:
        """Whether it is still followed, or will be."""
        return self in (PlanStatus.DRAFT, PlanStatus.ACTIVE, PlanStatus.ON_HOLD)


class PartOf(Enum):
    """The larger plan that a treatment plan belongs to."""

    ALONE = "standing alone"
    PHYSICIAN = "physician's care"
    PHYSIOTHERAPY = "physiotherapy"
    WOUND = "wound care"
    CANCER = "cancer care"
    PREGNANCY = "pregnancy care"
    SPORT = "sport medicine"
    OTHER = "other care"


class ReviewDecision(Enum):
    """What a review of a plan came to (clinical.md 2.6: no progress asks for a change, a pause or a referral)."""

    CONTINUE = "continue"
    CHANGE = "change"
    PAUSE = "pause"
    REFER = "refer"
    DISCHARGE = "discharge"


@dataclass(frozen=True, slots=True)
class TreatmentPlan:
    """Why the client comes and what is aimed at; `led_by` names who leads a larger plan that this is a part of.

    Reassessment is due after `review_every` visits or on `review_on`, whichever comes first (clinical.md 2.6).
    `frequency` is as written ("weekly", "2x a week"); `minutes` is the usual length of a session.
    """

    id: UUID
    client_id: UUID
    reason: str
    led_by: str = ""
    visits_planned: int | None = None
    started_on: date | None = None
    review_on: date | None = None
    status: PlanStatus = PlanStatus.ACTIVE
    findings: str = ""
    part_of: PartOf = PartOf.ALONE
    referral_id: UUID | None = None
    frequency: str = ""
    minutes: int | None = None
    techniques: tuple[str, ...] = ()
    techniques_avoided: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    regions_avoided: tuple[str, ...] = ()
    review_every: int | None = None
    home_care: str = ""
    stop_criteria: str = ""
    agreed_on: date | None = None
    """When the client agreed to it."""
    status_reason: str = ""
    ended_on: date | None = None
    discharge: str = ""
    """The discharge summary."""


@dataclass(frozen=True, slots=True)
class PlanReview:
    """One time a plan was looked at again; kept as it was written."""

    id: UUID
    plan_id: UUID
    reviewed_at: datetime
    reviewed_by: str
    decision: ReviewDecision
    summary: str = ""
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """What the plan form holds."""

    reason: str
    led_by: str = ""
    visits_planned: int | None = None
    review_on: date | None = None

    def cleaned(self) -> "PlanDraft":
        """The same with clean text."""
        return PlanDraft(
            clean(self.reason, 2_000).strip(), clean_line(self.led_by), self.visits_planned, self.review_on
        )

    def problems(self, today: date) -> dict[str, str]:
        """What must be mended before it can be saved, by field."""
        found: dict[str, str] = {}
        if not self.reason:
            found["reason"] = "Please say why the client comes."
        if self.visits_planned is not None and not 1 <= self.visits_planned <= 200:
            found["visits_planned"] = "A plan has 1 to 200 visits."
        if self.review_on and self.review_on < today:
            found["review_on"] = "The review lies in the past."
        return found
