"""What each thing that is owed leads to: the screen or form where it is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therapist_tui.domain.desk import Owed, OwedKind
from therapist_tui.domain.goal import GoalStatus

if TYPE_CHECKING:
    from .app import TherapistApp


async def go_to(app: TherapistApp, owed: Owed) -> None:
    """Open it. An action awaits this, so that the keys pressed meanwhile reach the screen that it opens.

    Raises RecordNotFound.
    """
    match owed.kind:
        case OwedKind.NOTE | OwedKind.OUTCOME:
            await _to_note(app, owed)
        case OwedKind.HISTORY:
            _to_history(app, owed)
        case OwedKind.GOAL:
            await _to_goal(app, owed)
        case OwedKind.REVIEW:
            await _to_review(app, owed)
        case OwedKind.REFERRAL | OwedKind.REPORT:
            _to_chart(app, owed)
        case OwedKind.LICENCE | OwedKind.INSURANCE | OwedKind.CERTIFICATION:
            await _to_profile(app)
        case OwedKind.EDUCATION:
            await _to_course(app)
        case OwedKind.BACKUP:
            from .screens.safety import SafetyScreen

            app.push_screen(SafetyScreen())


async def _to_note(app: TherapistApp, owed: Owed) -> None:
    from .screens.note import open_note_of

    if owed.appointment:
        await open_note_of(app, owed.appointment.id, owed.appointment.starts_at)


def _to_history(app: TherapistApp, owed: Owed) -> None:
    from .forms.health import HealthForm
    from .screens.form import FormScreen

    if owed.client:
        app.push_screen(FormScreen(HealthForm(owed.client, app.today(), app.screening)))


async def _to_goal(app: TherapistApp, owed: Owed) -> None:
    from .screens.measure import MeasureScreen

    if owed.client is None:
        return
    found = await app.records.run(app.practice.plans.goals, owed.client.id)
    goals = [one for one in found if one.goal.status is GoalStatus.ACTIVE]
    if any(one.goal.id == owed.about for one in goals):
        app.push_screen(MeasureScreen(goals, owed.about))


def _to_chart(app: TherapistApp, owed: Owed) -> None:
    from .screens.chart import ChartScreen

    if owed.client:
        app.push_screen(ChartScreen(owed.client.id))


async def _to_review(app: TherapistApp, owed: Owed) -> None:
    from .plan_steps import review

    if owed.client:
        review(app, await app.records.run(app.practice.day.brief, owed.client.id, app.today()))


async def _to_course(app: TherapistApp) -> None:
    from .forms.profile import CourseForm
    from .screens.form import FormScreen

    therapist = await app.records.run(app.practice.therapist.get)
    app.push_screen(FormScreen(CourseForm(therapist, app.today())))


async def _to_profile(app: TherapistApp) -> None:
    from .forms.profile import ProfileForm
    from .screens.form import FormScreen

    therapist = await app.records.run(app.practice.therapist.get)
    app.push_screen(FormScreen(ProfileForm(therapist, app.today())))
