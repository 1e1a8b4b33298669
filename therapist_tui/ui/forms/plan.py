"""The treatment plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from therapist_tui.domain.plan import PlanDraft, TreatmentPlan

from .form import Field, Form, Kind, Reader, Values, iso

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice


class PlanForm(Form[PlanDraft]):
    """Why the client comes, as part of what, and when it is looked at again."""

    id = "plan"
    fields = (
        Field("reason", "Reason", Kind.TEXT, "why the client comes, and what was found"),
        Field("led_by", "Part of", hint="who leads a larger plan, e.g. Dr Lin, physiotherapy"),
        Field("visits_planned", "Visits", hint="how many are planned"),
        Field("review_on", "Review", Kind.DATE, "when the plan is looked at again"),
    )

    def __init__(self, client_id: UUID, today: date, plan: TreatmentPlan | None) -> None:
        self._client_id, self._today, self._plan = client_id, today, plan
        self.about = str(plan.id if plan else client_id)
        self.title = "Change the plan" if plan else "Start a treatment plan"

    def start(self) -> dict[str, str]:
        """The plan as it is."""
        plan = self._plan
        if not plan:
            return {}
        return {
            "reason": plan.reason,
            "led_by": plan.led_by,
            "visits_planned": str(plan.visits_planned or ""),
            "review_on": iso(plan.review_on),
        }

    def read(self, values: Values) -> tuple[PlanDraft | None, dict[str, str]]:
        """The plan's draft."""
        reader = Reader(values, self._today)
        draft = PlanDraft(
            reader.text("reason"), reader.text("led_by"), reader.count("visits_planned"), reader.day("review_on")
        ).cleaned()
        return reader.done(draft, draft.problems(self._today))

    def save(self, practice: Practice, draft: PlanDraft) -> object:
        """Start the plan, or change it."""
        if self._plan:
            return practice.plans.change(self._plan.id, draft)
        return practice.plans.start(self._client_id, draft)
