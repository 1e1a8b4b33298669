"""What the desk owes of plans: reviews that are due, plans without progress, reports that a referrer waits for."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .client import Client
from .desk import SEEN_WITHIN, Owed, OwedKind, midnight
from .plan_course import FIRST_STALLED, LAST_STALLED, Course, reassessment, stalled
from .plan_words import no_progress, review_due
from .referral import Referral
from .release import Release
from .text import clean_line, folded
from .when import show_short

REPORT_NOTICE = timedelta(days=14)
"""How long before it is wanted a report is spoken of. Our choice, no source."""
REPORT_STALE = timedelta(days=180)
"""A report that was wanted longer ago is no longer spoken of. Our choice, no source."""


def review_owed(course: Course, client: Client, now: datetime) -> Owed | None:
    """The plan's review, when it is due by visits or date, or when nothing moved in four visits (clinical.md 2.6).

    Owed while the client still comes. Late once a visit has taken place since it was due.
    """
    plan, today = course.plan, course.day_of(now)
    if plan is None or not _coming(course, now):
        return None
    due, still = review_due(course, today), no_progress(course)
    if not due and not still:
        return None
    since = min((one for one in (_due_since(course), _stalled_since(course)) if one), default=now)
    said = f"no progress in {stalled(course)} visits" if still else f"due {due}"
    late = any(one > since for one in course.since) if due else (stalled(course) or 0) >= LAST_STALLED
    return Owed(OwedKind.REVIEW, min(since, now), plan.id, clean_line(plan.reason), said, late, client)


def _coming(course: Course, now: datetime) -> bool:
    return bool(course.booked) or (bool(course.visits) and now - course.visits[-1] <= SEEN_WITHIN)


def _due_since(course: Course) -> datetime | None:
    again = reassessment(course)
    moments = [again.since, midnight(again.on, course.zone) if again.on else None] if again else []
    return min((one for one in moments if one), default=None)


def _stalled_since(course: Course) -> datetime | None:
    return course.since[FIRST_STALLED - 1] if stalled(course) else None


def report_owed(
    referrals: Iterable[Referral], releases: Iterable[Release], client: Client, now: datetime, zone: ZoneInfo
) -> Owed | None:
    """The report that a referrer wants, from a fortnight before its day until something was released to them."""
    given, today = tuple(releases), now.astimezone(zone).date()
    for one in referrals:
        if one.report_by is None or not -REPORT_STALE <= one.report_by - today <= REPORT_NOTICE:
            continue
        if any(_answers(release, one) for release in given):
            continue
        late = one.report_by < today
        said = f"{'was ' if late else ''}wanted {show_short(one.report_by, today)}"
        since = min(midnight(one.report_by - REPORT_NOTICE, zone), now)
        return Owed(OwedKind.REPORT, since, one.id, f"Report to {one.referrer}", said, late, client)
    return None


def _answers(release: Release, referral: Referral) -> bool:
    """Whether something went to whoever wrote the referral, since it was written: told by a name that both hold."""
    written = referral.written_on or date.min
    return release.released_at.date() >= written and bool(_names(release.to_whom) & _names(referral.referrer))


def _names(text: str) -> set[str]:
    words = "".join(letter if letter.isalnum() else " " for letter in folded(text)).split()
    return {word for word in words if len(word) > 2}
