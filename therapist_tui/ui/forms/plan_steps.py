"""What moves a plan: a review, and the steps to hold, resume, complete or stop it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from therapist_tui.domain.goal import GoalProgress
from therapist_tui.domain.plan import PlanReview, PlanStatus, ReviewDecision, TreatmentPlan
from therapist_tui.domain.plan_steps import STEPS, PlanStep, ReviewDraft, standing_of

from .form import Field, Form, Kind, Reader, Values, iso

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice

DECISIONS = {
    ReviewDecision.CONTINUE: "go on as planned",
    ReviewDecision.CHANGE: "change the plan",
    ReviewDecision.PAUSE: "pause: put it on hold",
    ReviewDecision.REFER: "refer, or refer back",
    ReviewDecision.DISCHARGE: "discharge: the plan ends",
}
BECOMES = {
    PlanStatus.DRAFT: "draft: not agreed on yet",
    PlanStatus.ACTIVE: "active: followed from now on",
    PlanStatus.ON_HOLD: "on hold",
    PlanStatus.COMPLETED: "completed: discharge",
    PlanStatus.STOPPED: "stopped",
}


class ReviewForm(Form[ReviewDraft]):
    """Look at a plan again: what it came to, and when next. It stays as it is written."""

    id = "review"
    title = "Review the plan"
    fields = (
        Field("decision", "Decision", Kind.CHOICE, choices=tuple((one.value, said) for one, said in DECISIONS.items())),
        Field("summary", "Summary", Kind.TEXT, "what you found, and what follows from it"),
        Field("next_on", "Next review", Kind.DATE, "+4w; empty: only after so many visits"),
    )

    def __init__(self, plan: TreatmentPlan, goals: Sequence[GoalProgress], today: date, prompt: str = "") -> None:
        """`prompt` is why the review is due, in words."""
        self._plan, self._today = plan, today
        self._goals = [one for one in goals if one.goal.plan_id == plan.id]
        self.about = str(plan.id)
        self.title = f"Review the plan{f': {prompt}' if prompt else ''}"

    def start(self) -> dict[str, str]:
        """Where every goal stands; a date of review that still lies ahead stays."""
        ahead = self._plan.review_on if self._plan.review_on and self._plan.review_on > self._today else None
        return {
            "decision": ReviewDecision.CONTINUE.value,
            "summary": standing_of(self._goals),
            "next_on": iso(ahead),
        }

    def read(self, values: Values) -> tuple[ReviewDraft | None, dict[str, str]]:
        """The review's draft."""
        reader = Reader(values, self._today)
        decision = reader.choice("decision", ReviewDecision.CONTINUE)
        draft = ReviewDraft(decision, reader.text("summary"), reader.day("next_on")).cleaned()
        return reader.done(draft, draft.problems(self._today))

    def echo(self, draft: ReviewDraft) -> str:
        """What follows from the decision."""
        if draft.decision is ReviewDecision.PAUSE:
            return "The plan goes on hold; you can take it up again any time."
        if draft.decision is ReviewDecision.DISCHARGE:
            return "The discharge summary comes next."
        if not draft.next_on and not self._plan.review_every:
            return "No next review: neither a date nor a number of visits says when."
        return ""

    def save(self, practice: Practice, draft: ReviewDraft) -> PlanReview:
        """Keep the review."""
        return practice.reviews.add(self._plan.id, draft)


class PlanStepForm(Form[PlanStep]):
    """Hold a plan, take it up again, complete or stop it."""

    id = "plan-step"

    def __init__(self, plan: TreatmentPlan, goals: Sequence[GoalProgress], wanted: PlanStatus | None = None) -> None:
        """`wanted` is offered first."""
        self._plan = plan
        self._goals = [one for one in goals if one.goal.plan_id == plan.id]
        self._first = wanted if wanted in STEPS[plan.status] else STEPS[plan.status][0]
        self.about = str(plan.id)
        self.title = f"The plan is {plan.status.value}"
        choices = tuple((one.value, BECOMES[one]) for one in STEPS[plan.status])
        self.fields = (
            Field("status", "Becomes", Kind.CHOICE, choices=choices),
            Field("reason", "Why", hint="kept with it; needed when it stops"),
            Field("discharge", "Discharge", Kind.TEXT, "summary when the plan ends: goals, last values, self-care"),
        )

    def start(self) -> dict[str, str]:
        """A summary to go on from: where every goal stands."""
        return {"status": self._first.value, "discharge": self._plan.discharge or self._summary()}

    def _summary(self) -> str:
        home = f"Self-care: {self._plan.home_care}" if self._plan.home_care else ""
        return "\n".join(part for part in (standing_of(self._goals), home) if part)

    def read(self, values: Values) -> tuple[PlanStep | None, dict[str, str]]:
        """The step; without an end there is no discharge."""
        reader = Reader(values)
        status = reader.choice("status", self._first)
        discharge = "" if status.open else reader.text("discharge")
        step = PlanStep(status, reader.text("reason"), discharge).cleaned()
        if status not in STEPS[self._plan.status]:
            reader.problems.setdefault("status", "Please choose one of the list.")
        return reader.done(step, step.problems())

    def hidden(self, values: Values) -> frozenset[str]:
        """A summary is only for the end."""
        ends = any(values.get("status") == one.value for one in PlanStatus if not one.open)
        return frozenset() if ends else frozenset({"discharge"})

    def save(self, practice: Practice, draft: PlanStep) -> TreatmentPlan:
        """Take the step."""
        return practice.plans.close(self._plan.id, draft.status, draft.reason, draft.discharge)
