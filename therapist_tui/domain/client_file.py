"""Everything on file of one client: what a report is made from, and what the client may ask for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from .appointment import Appointment, Status
from .client import Client
from .consent import Consent
from .goal import GoalProgress
from .health import HealthEntry, HistoryCheck
from .note import Addendum, SessionNote
from .plan import PlanReview, TreatmentPlan
from .referral import Referral
from .release import Release
from .therapist import Therapist


@dataclass(frozen=True, slots=True)
class ClientFile:
    """One client's records, each kind oldest first; whoever entered them, whatever became of them."""

    therapist: Therapist
    client: Client
    health: tuple[HealthEntry, ...] = ()
    history_checks: tuple[HistoryCheck, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    notes: tuple[SessionNote, ...] = ()
    addenda: tuple[Addendum, ...] = ()
    plans: tuple[TreatmentPlan, ...] = ()
    plan_reviews: tuple[PlanReview, ...] = ()
    goals: tuple[GoalProgress, ...] = ()
    referrals: tuple[Referral, ...] = ()
    consents: tuple[Consent, ...] = ()
    releases: tuple[Release, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The practice's time zone."""
        return self.therapist.zone

    @property
    def plan(self) -> TreatmentPlan | None:
        """The plan that is spoken of: the newest that is still open, else the newest."""
        newest = sorted(self.plans, key=lambda one: (one.status.open, one.started_on or date.min, one.id))
        return newest[-1] if newest else None

    @property
    def signed_notes(self) -> tuple[SessionNote, ...]:
        """The notes that count: signed and not entered in error, oldest session first."""
        return tuple(one for one in self.notes if one.signed and not one.in_error)

    def visits(self, since: date | None, until: date) -> tuple[date, ...]:
        """The days of the sessions that took place, both ends of the period included."""
        done = (one.starts_at for one in self.appointments if one.status is Status.DONE)
        days = (moment.astimezone(self.zone).date() for moment in done)
        return tuple(sorted(day for day in days if in_period(day, since, until)))


def in_period(day: date, since: date | None, until: date) -> bool:
    """Whether a day lies in a period; both ends count."""
    return (since is None or since <= day) and day <= until


def newest(texts: Iterable[str]) -> str:
    """The last one that says anything; the texts stand oldest first."""
    return next((text.strip() for text in reversed([*texts]) if text.strip()), "")
