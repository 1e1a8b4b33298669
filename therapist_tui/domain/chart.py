"""The client's file as the chart shows it, section by section; each now, or as it stood on an earlier day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from .agenda import Brief
from .appointment import Appointment
from .change import Former
from .consent import Consent
from .edits import Edit
from .errors import PracticeError
from .goal import GoalProgress
from .health import Answer, HealthEntry
from .note import SessionNote
from .plan import PlanReview, TreatmentPlan
from .referral import Referral

Edits = Mapping[UUID, tuple[Edit, ...]]
"""Who made and changed each record, by its id, oldest first."""


class NotYetOnFile(PracticeError):
    """This client was not on file on that day."""


class DayAhead(PracticeError):
    """That day lies ahead: the chart shows what stood on a day that was, or what stands now."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What one wants to know first. `last` and `following` are appointments; the latter is unknown for a past day."""

    brief: Brief
    last: Appointment | None = None
    following: Appointment | None = None
    notes: int = 0
    edits: tuple[Edit, ...] = ()
    """Of the card."""
    complete: bool = True
    """False while only the brief is known, and the rest is still being read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One time the client was asked for the history, and by whom; "" where nobody wrote down who."""

    at: datetime
    answer: Answer
    by: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """Everything said about the client's health, with former wordings, newest first."""

    entries: tuple[HealthEntry, ...] = ()
    former: Mapping[UUID, tuple[Former, ...]] = field(default_factory=dict[UUID, tuple[Former, ...]])
    asked: tuple[Asked, ...] = ()
    """Newest first."""
    edits: Edits = field(default_factory=dict[UUID, tuple[Edit, ...]])


@dataclass(frozen=True, slots=True)
class PlansAndGoals:
    """Every plan, newest first, with its reviews, and every goal with its measurements, those under way first."""

    plans: tuple[TreatmentPlan, ...] = ()
    goals: tuple[GoalProgress, ...] = ()
    reviews: Mapping[UUID, tuple[PlanReview, ...]] = field(default_factory=dict[UUID, tuple[PlanReview, ...]])
    edits: Edits = field(default_factory=dict[UUID, tuple[Edit, ...]])

    def of_plan(self, plan_id: UUID) -> tuple[GoalProgress, ...]:
        """The goals of a plan."""
        return tuple(one for one in self.goals if one.goal.plan_id == plan_id)


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of notes, newest session first. `more`: whether older ones follow."""

    notes: tuple[SessionNote, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Papers:
    """Referrals and consents, newest first."""

    referrals: tuple[Referral, ...] = ()
    consents: tuple[Consent, ...] = ()
    edits: Edits = field(default_factory=dict[UUID, tuple[Edit, ...]])


@dataclass(frozen=True, slots=True)
class Stood:
    """The whole file but for the notes as it stood when `day` ended, at `until`."""

    day: date
    until: datetime
    overview: Overview
    history: History
    plans: PlansAndGoals
    papers: Papers
