"""The chart's plans, each with its goals: what is aimed at, how far it has come, and what was changed when."""

from collections.abc import Sequence
from typing import Any

from textual.content import Content

from therapist_tui.domain.chart import PlansAndGoals
from therapist_tui.domain.goal import Goal, GoalProgress
from therapist_tui.domain.plan import PartOf, PlanReview, PlanStatus, TreatmentPlan
from therapist_tui.domain.plan_course import Course
from therapist_tui.domain.trend import course_of, times_of

from ..plain import one_line, spread
from .chart_page import Looks, Page, Row, heading, listed, nothing, told_edits
from .goal_lines import goal_lines
from .plan_lines import course_lines
from .trend_plot import label_width, plot
from .value_table import change_words, judged_words

PLOT = 12
"""Lines of a goal's plot beside its figures."""


class PlanPage(Page):
    """Plans and goals."""

    def __init__(self, found: PlansAndGoals, looks: Looks, course: Course | None = None) -> None:
        """`course` is that of the plan under way."""
        self._found, self._looks, self._course = found, looks, course
        self._lines: dict[int, list[Content]] = {}
        self.rows: Sequence[Row] = self._made()

    def _made(self) -> list[Row]:
        looks = self._looks
        does = "   ".join((looks.hint("chart.goal", "adds a goal"), looks.hint("chart.trends", "plots")))
        rows: list[Row] = []
        for plan in self._found.plans:
            title = "Plan and goals" if not rows else "Earlier plan"
            rows.append(heading(title, "" if rows else does, f"of-{plan.id.hex}"))
            rows.append(Row(plan.id.hex, lambda width, plan=plan: plan_line(plan, looks, width), plan))
            rows += [
                Row(one.goal.id.hex, lambda width, one=one: self._goal(one, width), one)
                for one in self._found.of_plan(plan.id)
            ]
        if not rows:
            start = looks.hint("chart.plan", "starts a plan")
            rows = [heading("Plan and goals", start), nothing("no-plan", "no plan yet")]
        return rows

    def _goal(self, progress: GoalProgress, width: int) -> Content:
        if width not in self._lines:
            self._lines = {width: goal_lines(self._found.goals, width - 2, self._looks.today)}
        return Content.assemble("  ", self._lines[width][self._found.goals.index(progress)])

    def detail(self, entry: Any, width: int, height: int) -> list[Content]:
        """A plan with all that it says and its reviews; a goal with its plot and its figures."""
        match entry:
            case TreatmentPlan():
                return self._plan_in_full(entry, width)
            case GoalProgress():
                return goal_in_full(entry, self._looks, width, height) + told_edits(
                    self._found.edits.get(entry.goal.id, ()), self._looks, width
                )
            case _:
                return []

    def _plan_in_full(self, plan: TreatmentPlan, width: int) -> list[Content]:
        lines = plan_in_full(plan, self._course, self._looks, width)
        reviews = self._found.reviews.get(plan.id, ())
        if reviews:
            lines += [Content(), Content.styled("Reviews", ".title")]
            lines += [line for one in reviews for line in listed(_review_pairs(one, self._looks), width)]
        return lines + told_edits(self._found.edits.get(plan.id, ()), self._looks, width)


def plan_line(plan: TreatmentPlan, looks: Looks, width: int) -> Content:
    """Why the client comes, and where the plan stands."""
    review = f"review {looks.short(plan.review_on)}" if plan.review_on and plan.status.open else ""
    visits = f"{plan.visits_planned} visits" if plan.visits_planned else ""
    status = "" if plan.status is PlanStatus.ACTIVE else plan.status.value
    right = " · ".join(part for part in (status, visits, review) if part)
    return spread(one_line(plan.reason, ".strong"), one_line(right, ".muted"), width)


def plan_in_full(plan: TreatmentPlan, course: Course | None, looks: Looks, width: int) -> list[Content]:
    """What its course asks for and brings, then all that it says."""
    own = course if course and course.plan and course.plan.id == plan.id else None
    ahead = course_lines(own, width, looks.today)
    return [*ahead, *([Content()] if ahead else []), *listed(plan_pairs(plan, looks), width)]


def plan_pairs(plan: TreatmentPlan, looks: Looks) -> list[tuple[str, str]]:
    """All that a plan says."""
    part = "" if plan.part_of is PartOf.ALONE and not plan.led_by else plan.part_of.value
    if plan.led_by:
        part = f"{part}, led by {plan.led_by}" if plan.part_of is not PartOf.ALONE else f"led by {plan.led_by}"
    every = f"every {plan.review_every} visits" if plan.review_every else ""
    on = looks.short(plan.review_on) if plan.review_on else ""
    often = [plan.frequency, f"{plan.minutes} min" if plan.minutes else ""]
    visits = f"{plan.visits_planned} visits" if plan.visits_planned else ""
    return [
        ("Reason", plan.reason),
        ("Findings", plan.findings),
        ("Status", " – ".join(part for part in (plan.status.value, plan.status_reason) if part)),
        ("Part of", part),
        ("Begun", looks.short(plan.started_on) if plan.started_on else ""),
        ("Sessions", ", ".join(part for part in (*often, visits) if part)),
        ("Work", ", ".join((*plan.techniques, *plan.regions))),
        ("Avoid", ", ".join((*plan.techniques_avoided, *plan.regions_avoided))),
        ("Review", " or ".join(part for part in (every, on) if part)),
        ("Home care", plan.home_care),
        ("Stop when", plan.stop_criteria),
        ("Agreed", looks.short(plan.agreed_on) if plan.agreed_on else ""),
        ("Ended", looks.short(plan.ended_on) if plan.ended_on else ""),
        ("Discharge", plan.discharge),
    ]


def _review_pairs(review: PlanReview, looks: Looks) -> list[tuple[str, str]]:
    next_on = f", next {looks.short(review.next_on)}" if review.next_on else ""
    by = f" ({review.reviewed_by})" if review.reviewed_by else ""
    on = looks.short(looks.day_of(review.reviewed_at))
    return [(on, f"{review.decision.value}{next_on}{by}"), ("", review.summary)]


def goal_in_full(progress: GoalProgress, looks: Looks, width: int, height: int) -> list[Content]:
    """How the change is judged, the plot, and what else the goal says."""
    course, goal = course_of(progress, looks.zone), progress.goal
    judged = progress.judged
    change = Content.assemble(one_line(change_words(course, judged)), " ", judged_words(judged))
    percent = Content.styled(f"{progress.percent:.0f} % of the way", ".muted")
    head = spread(one_line(goal.title, ".title"), Content.assemble(change, "   ", percent), width)
    if head.cell_length > width or one_line(goal.title).cell_length + change.cell_length + 22 > width:
        lines = [one_line(goal.title, ".title").truncate(width, ellipsis=True), spread(change, percent, width)]
    else:
        lines = [head]
    # As many values as there are dots to draw them with: without any there is nothing to plot.
    if len(course.points) > 1:
        room = max(7, min(PLOT, height - len(lines) - 1))
        labels = label_width(course, room)
        lines += [*plot(course, times_of([course], looks.zone), width, room, labels), Content()]
    return lines + listed(_goal_pairs(goal, looks), width)


def _goal_pairs(goal: Goal, looks: Looks) -> list[tuple[str, str]]:
    where = " ".join(part for part in (goal.side.value, goal.part) if part)
    confirmed = goal.achievement.value if goal.achievement else ""
    if goal.achievement and goal.achieved_at:
        confirmed += f", {looks.short(looks.day_of(goal.achieved_at))}"
    return [
        ("For", goal.purpose),
        ("Where", where),
        ("Status", goal.status.value),
        ("Confirmed", confirmed),
        ("Due", looks.short(goal.due_on) if goal.due_on else "no date"),
        ("Activities", ", ".join(goal.activities)),
        ("Priority", f"{goal.priority.value}, worked on by {goal.owner.value}"),
        ("Review", goal.review_note),
    ]
