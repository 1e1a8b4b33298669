"""What the desk owes of papers: referrals, licence, insurance, certifications that run out, education that is due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from .client import Client
from .desk import SEEN_WITHIN, Owed, OwedKind, midnight
from .numbers import show_value
from .plan_words import expiry, referral_left
from .referral import EXPIRY_NOTICE, LAST_VISITS, Referral
from .therapist import Therapist
from .when import show_short

STALE_AFTER = timedelta(days=90)
"""A referral that ended longer ago and was not renewed is no longer spoken of. Our choice, no source."""
LICENCE_NOTICE = timedelta(days=60)
"""How long before its end a licence, an insurance or a certification is spoken of. Our choice, no source."""
EDUCATION_NOTICE = timedelta(days=90)
"""How long before they are due missing hours of education are spoken of: courses take planning. Our choice."""

SOON = 14
"""Days ahead that are counted in words instead of dated."""


@dataclass(frozen=True, slots=True)
class Order:
    """A referral with the visits that it covers or covered, oldest first, in the practice's zone."""

    referral: Referral
    visits: Sequence[datetime]
    zone: ZoneInfo

    @property
    def few_left(self) -> bool:
        """Whether the last 2 visits have come, or none are left."""
        left = self.referral.visits_left
        return left is not None and left <= LAST_VISITS

    def left_with(self, visits: int) -> datetime | None:
        """When so few visits were left: at a visit, or from the start; None when nobody knows the start."""
        written = midnight(self.referral.written_on, self.zone) if self.referral.written_on else None
        used = [visit for visit in self.visits if written is None or visit >= written]
        number = (self.referral.visits_authorised or 0) - visits
        return used[number - 1] if 0 < number <= len(used) else written

    def warned_at(self) -> datetime | None:
        """From when on it is spoken of: the visit that left two, or the fortnight before its end."""
        moments = [self.left_with(LAST_VISITS)] if self.few_left else []
        if self.referral.expires_on:
            moments.append(midnight(self.referral.expires_on - EXPIRY_NOTICE, self.zone))
        return min(filter(None, moments), default=None)

    def ended_at(self) -> datetime | None:
        """When it stopped covering visits: with the last one authorised, or at the end of its last day."""
        moments = [self.left_with(0)] if self.referral.visits_left == 0 else []
        if self.referral.expires_on:
            moments.append(midnight(self.referral.expires_on + timedelta(days=1), self.zone))
        return min(filter(None, moments), default=None)


def referral_owed(
    referrals: Sequence[Referral],
    visits: Sequence[datetime],
    next_at: datetime | None,
    client: Client,
    now: datetime,
    zone: ZoneInfo,
) -> Owed | None:
    """The client's referral that runs out: at the last 2 visits, and before it expires (clinical.md 2.7).

    One that is used up or expired is owed while a visit is booked (`next_at`), one that runs out also while the client
    was here not long ago. Referrals are given newest first, visits oldest first. Another one that holds settles it.
    """
    today = now.astimezone(zone).date()
    orders = [Order(one, visits, zone) for one in referrals]
    live = [one for one in orders if one.referral.live_on(today)]
    if any(not one.few_left and not one.referral.ends_soon(today) for one in live):
        return None
    ended = [one for one in orders if now - (one.ended_at() or now) <= STALE_AFTER] if next_at else []
    found = next(iter(live or ended), None)
    coming = next_at is not None or (visits and now - visits[-1] <= SEEN_WITHIN)
    if found is None or not coming:
        return None
    since = min(found.warned_at() or now, now)
    about = found.referral.id
    return Owed(
        OwedKind.REFERRAL,
        since,
        about,
        found.referral.referrer,
        referral_left(found.referral, today),
        late=not live,
        client=client,
    )


def papers_owed(therapist: Therapist, now: datetime) -> Iterator[Owed]:
    """Licence, insurance and certifications that ran out, or do so within 60 days (our choice, see LICENCE_NOTICE)."""
    today = now.astimezone(therapist.zone).date()
    insured = therapist.insurance
    papers = [
        (OwedKind.LICENCE, therapist.id, f"Licence {therapist.licence_number}", therapist.licence_expires_on),
        (OwedKind.INSURANCE, therapist.id, f"Insurance {insured.insurer}".strip(), insured.expires_on),
        *((OwedKind.CERTIFICATION, one.id, one.title, one.expires_on) for one in therapist.certifications),
    ]
    for kind, about, what, expires_on in papers:
        if expires_on and expires_on - today <= LICENCE_NOTICE:
            since = min(midnight(expires_on - LICENCE_NOTICE, therapist.zone), now)
            yield Owed(kind, since, about, what, expiry(expires_on, today), late=expires_on < today)
    if found := education_owed(therapist, now):
        yield found


def education_owed(therapist: Therapist, now: datetime) -> Owed | None:
    """Hours of continuing education that are missing, from 90 days before they are due (see EDUCATION_NOTICE)."""
    duty, today = therapist.education_duty, now.astimezone(therapist.zone).date()
    if duty.hours is None or duty.due_on is None or duty.due_on - today > EDUCATION_NOTICE:
        return None
    missing = duty.hours - therapist.hours_done
    if missing <= 0:
        return None
    since = min(midnight(duty.due_on - EDUCATION_NOTICE, therapist.zone), now)
    what = f"Education: {show_value(therapist.hours_done)} of {show_value(duty.hours)} hours"
    left, late = (duty.due_on - today).days, duty.due_on < today
    due = (
        f"due {show_short(duty.due_on, today)}" if late or left > 14 else f"due in {left} day{'' if left == 1 else 's'}"
    )
    return Owed(OwedKind.EDUCATION, since, therapist.id, what, f"{show_value(missing)} missing, {due}", late=late)
