"""Where a plan stands, and what moves it: held, taken up again, completed, stopped, looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .errors import PracticeError
from .goal import GoalProgress, GoalStatus
from .numbers import show_value
from .plan import LONG, PlanStatus, ReviewDecision
from .text import clean, clean_line


class WrongPlanStep(PracticeError):
    """A plan that is {status} cannot become {wanted}."""


STEPS: dict[PlanStatus, tuple[PlanStatus, ...]] = {
    PlanStatus.DRAFT: (PlanStatus.ACTIVE, PlanStatus.STOPPED),
    PlanStatus.ACTIVE: (PlanStatus.ON_HOLD, PlanStatus.COMPLETED, PlanStatus.STOPPED, PlanStatus.DRAFT),
    PlanStatus.ON_HOLD: (PlanStatus.ACTIVE, PlanStatus.COMPLETED, PlanStatus.STOPPED),
    PlanStatus.COMPLETED: (PlanStatus.ACTIVE,),
    PlanStatus.STOPPED: (PlanStatus.ACTIVE,),
}
"""What a plan can become from where it stands, the likeliest first."""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step of a plan: to where, why, and the discharge summary when it ends."""

    status: PlanStatus
    reason: str = ""
    discharge: str = ""

    def cleaned(self) -> "PlanStep":
        """The same with clean text."""
        return replace(self, reason=clean_line(self.reason, 500), discharge=clean(self.discharge, LONG).strip())

    def problems(self) -> dict[str, str]:
        """What must be mended before it can be taken, by field."""
        if self.status is PlanStatus.STOPPED and not self.reason:
            return {"reason": "Please say why it is stopped: the reason is kept with the plan."}
        return {}


def check_plan_step(status: PlanStatus, wanted: PlanStatus) -> None:
    """Raise WrongPlanStep when a plan cannot go from the one to the other."""
    if wanted not in STEPS[status]:
        raise WrongPlanStep(status=status.value, wanted=wanted.value)


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """What the review form holds; `next_on` becomes the plan's date of review."""

    decision: ReviewDecision
    summary: str = ""
    next_on: date | None = None

    def cleaned(self) -> "ReviewDraft":
        """The same with clean text."""
        return replace(self, summary=clean(self.summary, LONG).strip())

    def problems(self, today: date) -> dict[str, str]:
        """What must be mended before it can be saved, by field."""
        found: dict[str, str] = {}
        if not self.summary:
            found["summary"] = "Please say what you found and what follows from it."
        if self.next_on and self.next_on <= today:
            found["next_on"] = "The next review lies ahead, not today or before."
        return found


def standing_of(goals: Sequence[GoalProgress]) -> str:
    """Each goal in a line with baseline, last value and target: where a review or a discharge summary starts."""
    return "\n".join(_goal_line(one) for one in goals if one.goal.status is not GoalStatus.IN_ERROR)


def _goal_line(progress: GoalProgress) -> str:
    goal = progress.goal
    values = f"{show_value(goal.baseline, goal.unit)} → {show_value(progress.latest, goal.unit)}"
    status = "" if goal.status is GoalStatus.ACTIVE else f", {goal.status.value}"
    reached = "reached" if progress.reached else f"{progress.percent:.0f} %, {progress.judged.words}"
    return f"{goal.title}: {values} (aim {show_value(goal.target, goal.unit)}), {reached}{status}"
