"""A plan and its course as lines: what asks for something now, what lies ahead, and the plan itself in the chart."""

from datetime import date

from textual.content import Content

from therapist_tui.domain.plan import PartOf, PlanStatus, TreatmentPlan
from therapist_tui.domain.plan_course import Course
from therapist_tui.domain.plan_words import outlook, warnings

from ..plain import one_line, spread, wrapped


def course_lines(course: Course | None, width: int, day: date) -> list[Content]:
    """What asks for something, a line or more each, then what lies ahead on one line; none without a plan."""
    if course is None:
        return []
    lines = [part for said in warnings(course, day) for part in _warning(said, width)]
    ahead = " · ".join(outlook(course, day))
    return [*lines, *([one_line(ahead, ".muted").truncate(width, ellipsis=True)] if ahead else [])]


def _warning(said: str, width: int) -> list[Content]:
    first, *rest = wrapped(one_line(said), width - 2) or [Content()]
    return [Content.assemble(("! ", ".adapt"), first), *(Content.assemble("  ", part) for part in rest)]


def plan_lines(plan: TreatmentPlan, course: Course | None, width: int, day: date) -> list[Content]:
    """The plan as an entry of the chart: reason and status, how it is gone about, then its course."""
    status = "" if plan.status is PlanStatus.ACTIVE else plan.status.value
    head = spread(one_line(plan.reason), one_line(status, ".strong"), width)
    about = [line for said in _about(plan) for line in wrapped(one_line(said, ".muted"), width)]
    return [head, *about, *course_lines(course, width, day)]


def _about(plan: TreatmentPlan) -> list[str]:
    """How it is gone about, what is left out, and what the client does: a line each, where there is something."""
    part_of = "" if plan.part_of is PartOf.ALONE else plan.part_of.value
    facts = [
        f"part of {part_of}" if part_of else "",
        f"led by {plan.led_by}" if plan.led_by else "",
        f"{plan.visits_planned} visits" if plan.visits_planned else "",
        plan.frequency,
        f"{plan.minutes} min" if plan.minutes else "",
        f"review every {plan.review_every} visits" if plan.review_every else "",
    ]
    lines = [
        " · ".join(fact for fact in facts if fact),
        ", ".join((*plan.techniques, *plan.regions)),
        f"Not: {', '.join((*plan.techniques_avoided, *plan.regions_avoided))}" if _avoids(plan) else "",
        f"Home care: {plan.home_care}" if plan.home_care else "",
        f"Stop when: {plan.stop_criteria}" if plan.stop_criteria else "",
    ]
    return [line for line in lines if line]


def _avoids(plan: TreatmentPlan) -> bool:
    return bool(plan.techniques_avoided or plan.regions_avoided)
