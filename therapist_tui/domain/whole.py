"""The whole of a practice as values: what the demo makes, and what an archive holds."""

from dataclasses import dataclass, fields
from typing import cast
from uuid import UUID

from .appointment import Appointment
from .client import Client
from .consent import Consent
from .decision import Decision
from .goal import Goal, Measurement
from .health import HealthEntry, HistoryCheck
from .incoming.batch import ImportBatch, Origin
from .note import Addendum, SessionNote
from .plan import PlanReview, TreatmentPlan
from .referral import Referral
from .release import Release
from .series import Series
from .therapist import Therapist


@dataclass(frozen=True, slots=True)
class WholePractice:
    """Every record of a practice; each tuple stands in the order in which it may be stored."""

    therapist: Therapist
    clients: tuple[Client, ...] = ()
    health: tuple[HealthEntry, ...] = ()
    history_checks: tuple[tuple[UUID, HistoryCheck], ...] = ()
    appointments: tuple[Appointment, ...] = ()
    notes: tuple[SessionNote, ...] = ()
    addenda: tuple[Addendum, ...] = ()
    plans: tuple[TreatmentPlan, ...] = ()
    goals: tuple[Goal, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    referrals: tuple[Referral, ...] = ()
    consents: tuple[Consent, ...] = ()
    decisions: tuple[Decision, ...] = ()
    plan_reviews: tuple[PlanReview, ...] = ()
    releases: tuple[Release, ...] = ()
    series: tuple[Series, ...] = ()
    imports: tuple[ImportBatch, ...] = ()
    origins: tuple[Origin, ...] = ()

    @property
    def records(self) -> int:
        """How many there are, of every kind."""
        found = (getattr(self, one.name) for one in fields(self))
        return sum(len(cast("tuple[object, ...]", one)) for one in found if isinstance(one, tuple))
