"""Treatment plans: why the client comes, how it is gone about, when it is looked at again, and how it ended."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from .appointment import LONGEST, SHORTEST
from .text import clean, clean_line, clean_words, folded

LONG = 2_000
"""Characters of a field of several lines."""


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

    @property
    def followed(self) -> bool:
        """Whether visits are made by it now."""
        return self is PlanStatus.ACTIVE


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
    """What the plan form holds: everything of a plan but where it stands (plan_steps.py)."""

    reason: str
    led_by: str = ""
    visits_planned: int | None = None
    review_on: date | None = None
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

    def cleaned(self) -> "PlanDraft":
        """The same with clean text."""
        return replace(
            self,
            reason=clean(self.reason, LONG).strip(),
            led_by=clean_line(self.led_by),
            findings=clean(self.findings, LONG).strip(),
            frequency=clean_line(self.frequency, 80),
            techniques=clean_words(self.techniques),
            techniques_avoided=clean_words(self.techniques_avoided),
            regions=clean_words(self.regions),
            regions_avoided=clean_words(self.regions_avoided),
            home_care=clean(self.home_care, LONG).strip(),
            stop_criteria=clean_line(self.stop_criteria, 500),
        )

    def problems(self, today: date, kept: date | None = None) -> dict[str, str]:
        """What must be mended before it can be saved, by field.

        `kept` is the date of review that the plan has already: it may be overdue and stay as it is.
        """
        found: dict[str, str] = {}
        if not self.reason:
            found["reason"] = "Please say why the client comes."
        if self.visits_planned is not None and not 1 <= self.visits_planned <= 200:
            found["visits_planned"] = "A plan has 1 to 200 visits."
        if self.review_on and self.review_on < today and self.review_on != kept:
            found["review_on"] = "The review lies in the past."
        if self.minutes is not None and not SHORTEST <= self.minutes <= LONGEST:
            found["minutes"] = f"A session lasts {SHORTEST} to {LONGEST} minutes."
        if self.review_every is not None and not 1 <= self.review_every <= 50:
            found["review_every"] = "It is looked at again after 1 to 50 visits."
        if self.agreed_on and self.agreed_on > today:
            found["agreed_on"] = "It cannot have been agreed on after today."
        for name, avoided in (("techniques", self.techniques_avoided), ("regions", self.regions_avoided)):
            if both := _in_both(getattr(self, name), avoided):
                found[f"{name}_avoided"] = f"Planned and left out at once: “{both}”."
        return found


def _in_both(planned: tuple[str, ...], avoided: tuple[str, ...]) -> str:
    known = {folded(one) for one in planned}
    return next((one for one in avoided if folded(one) in known), "")
