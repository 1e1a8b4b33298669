"""Reviewing a plan and moving it on, from wherever a client's brief is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therapist_tui.domain.agenda import Brief
from therapist_tui.domain.plan import PlanReview, PlanStatus, ReviewDecision

from .plain import toast

if TYPE_CHECKING:
    from .app import TherapistApp

NO_PLAN = "This client has no plan under way: {key} in the chart starts one."


def review(app: TherapistApp, brief: Brief) -> None:
    """Look at the plan again; a change goes on to the plan, a discharge to its summary."""
    from .forms.plan_steps import ReviewForm
    from .screens.form import FormScreen

    plan = brief.plan
    if plan is None:
        toast(app, NO_PLAN.format(key=app.shown_key("chart.plan")))
        return

    async def go_on(made: object) -> None:
        if not isinstance(made, PlanReview):
            return
        if made.decision is ReviewDecision.DISCHARGE:
            step(app, brief, PlanStatus.COMPLETED)
        if made.decision is ReviewDecision.CHANGE:
            await _change(app, brief)

    app.push_screen(FormScreen(ReviewForm(plan, brief.goals, app.today())), go_on)


async def _change(app: TherapistApp, brief: Brief) -> None:
    """The plan as the review left it, to be written anew."""
    from .forms.plan import PlanForm
    from .screens.form import FormScreen

    plan = await app.records.run(app.practice.plans.current, brief.client.id)
    referrals = await app.records.run(app.practice.referrals.of, brief.client.id)
    app.push_screen(FormScreen(PlanForm(brief.client.id, app.today(), plan, referrals)))


def step(app: TherapistApp, brief: Brief, wanted: PlanStatus | None = None) -> None:
    """Hold, resume, complete or stop the plan."""
    from .forms.plan_steps import PlanStepForm
    from .screens.form import FormScreen

    if brief.plan is None:
        toast(app, NO_PLAN.format(key=app.shown_key("chart.plan")))
        return
    app.push_screen(FormScreen(PlanStepForm(brief.plan, brief.goals, wanted)))
