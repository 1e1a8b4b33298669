"""What is said of a plan's course: what asks for something now, each in a sentence, and the rest in a few words."""

from collections.abc import Iterator
from datetime import date

from .plan import PlanStatus
from .plan_course import Course, Forecast, forecast, reassessment, stalled
from .referral import LAST_VISITS, Referral
from .when import show_short


def warnings(course: Course, today: date) -> tuple[str, ...]:
    """What asks for something now: a review that is due, no progress, a referral or a plan that runs out."""
    ahead = forecast(course, today)
    return (
        *_standing(course),
        *(f"Review due {said}." for said in [review_due(course, today)] if said),
        *(f"{said}: change, pause or refer." for said in [no_progress(course)] if said),
        *_referral_warnings(course, ahead, today),
        *(_plan_over(course) or _review_too_late(ahead, today)),
    )


def outlook(course: Course, today: date) -> tuple[str, ...]:
    """What lies ahead by the booked visits, in a few words each: "review 7 Dec (visit 6)", "plan ends on 14 Dec"."""
    ahead = forecast(course, today)
    found: list[str] = []
    again = reassessment(course)
    if again and not again.due(today):
        visit = f" (visit {ahead.review_visit})" if ahead.review_visit else ""
        day = show_short(ahead.review_falls, today) if ahead.review_falls else f"in {_visits(again.visits or 0)}"
        found.append(f"review {day}{visit}")
    if course.referral:
        found.append(_referral_outlook(course.referral, ahead, today))
    if ahead.plan_ends and course.plan and len(course.visits) < (course.plan.visits_planned or 0):
        found.append(f"plan ends {_on(ahead.plan_ends, today)}")
    return tuple(found)


def review_due(course: Course, today: date) -> str:
    """Since when a review is due, in words: "after 4 visits", "since 18 Nov"; "" while it is not."""
    again = reassessment(course)
    if again is None or not again.due(today):
        return ""
    if again.since:
        return f"after {_visits(len(course.since))}"
    return "today" if again.on == today or again.on is None else f"since {show_short(again.on, today)}"


def no_progress(course: Course) -> str:
    """ "No measure past its error in 4 visits", or nothing."""
    visits = stalled(course)
    return f"No measure past its error in {_visits(visits)}" if visits else ""


def referral_left(referral: Referral, today: date) -> str:
    """How much a referral still covers, when it is little: "2 visits left", "expires in 9 days", "used up"."""
    left = referral.visits_left
    if left == 0:
        return "used up"
    if referral.expires_on and referral.ends_soon(today):
        return expiry(referral.expires_on, today)
    return f"{_visits(left)} left" if left is not None and left <= LAST_VISITS else ""


def expiry(expires_on: date, today: date) -> str:
    """When something runs out or ran out: "expires in 9 days", "expired 3 Nov"."""
    days = (expires_on - today).days
    if days < 0:
        return f"expired {show_short(expires_on, today)}"
    return "expires today" if days == 0 else f"expires in {days} day{'' if days == 1 else 's'}"


def _standing(course: Course) -> Iterator[str]:
    if course.plan and course.plan.status is PlanStatus.ON_HOLD:
        yield "The plan is on hold."
    elif course.plan and course.plan.status is PlanStatus.DRAFT:
        yield "The plan is a draft: the client has not agreed to it yet."


def _referral_warnings(course: Course, ahead: Forecast, today: date) -> Iterator[str]:
    if course.referral is None:
        return
    if said := referral_left(course.referral, today):
        yield f"Referral of {course.referral.referrer}: {said}."
    if ahead.uncovered:
        days = [show_short(day, today) for day in ahead.uncovered[:2]]
        more = f" and {len(ahead.uncovered) - 2} more" if len(ahead.uncovered) > 2 else ""
        yield f"Booked, but not covered by the referral: {', '.join(days)}{more}."


def _plan_over(course: Course) -> tuple[str, ...]:
    plan = course.plan
    if plan and plan.status.followed and plan.visits_planned and len(course.visits) >= plan.visits_planned:
        return (f"All {plan.visits_planned} planned visits are done: review, renew or discharge.",)
    return ()


def _review_too_late(ahead: Forecast, today: date) -> Iterator[str]:
    if not ahead.review_too_late:
        return
    ends = ahead.ends
    by_referral = ends is None or ends == ahead.referral_ends
    when = f" {_on(ends, today)}" if ends else ""
    yield f"The review falls after the {'referral' if by_referral else 'plan'} ends{when}: bring it forward."


def _referral_outlook(referral: Referral, ahead: Forecast, today: date) -> str:
    if ahead.referral_ends:
        return f"referral ends {_on(ahead.referral_ends, today)}"
    left = referral.visits_left
    return f"referral: {left} of {referral.visits_authorised} visits left" if left is not None else "referral open"


def _on(day: date, today: date) -> str:
    if day < today:
        return "already"
    return "today" if day == today else f"on {show_short(day, today)}"


def _visits(number: int) -> str:
    return f"{number} visit{'' if number == 1 else 's'}"
