"""Goals: set, measured, reviewed; what was entered in error is marked and stays."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from therapist_tui.domain.errors import Invalid
from therapist_tui.domain.goal import Goal, GoalDraft, GoalReview
from therapist_tui.domain.goal_states import GoalStatus, check_step
from therapist_tui.domain.measurement import Measurement, Taken
from therapist_tui.domain.numbers import NotANumber
from therapist_tui.domain.taking import valued

from .errors import GoalAsItWas
from .rows import columns_of, fill, to_value
from .tables import GoalRow, MeasurementRow, PlanRow
from .unit import Store, Unit, new_id, refuse

_TOO_LARGE = 1_000_000


class Goals:
    """The commands on goals and what is measured by them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add_goal(self, plan_id: UUID, draft: GoalDraft) -> Goal:
        """A new goal, its baseline taken today unless it says when; raises Invalid, NotANumber, RecordNotFound."""
        clean = self._checked_goal(draft)
        with self._store.unit() as unit:
            plan = unit.get(PlanRow, plan_id)
            started = replace(clean, baseline_on=clean.baseline_on or self._store.today())
            row = GoalRow(id=new_id(), plan_id=plan_id, client_id=plan.client_id, **columns_of(started))
            unit.add(row)
            unit.audit("goal.added", "goal", row.id, said=row.title)
            return to_value(row, Goal)

    def change_goal(self, goal_id: UUID, draft: GoalDraft) -> Goal:
        """Write a goal anew, its measurements kept; raises Invalid, NotANumber, RecordNotFound."""
        clean = self._checked_goal(draft)
        with self._store.unit() as unit:
            row = unit.get(GoalRow, goal_id)
            fill(row, replace(clean, baseline_on=clean.baseline_on or row.baseline_on))
            unit.audit("goal.changed", "goal", goal_id, said=row.title)
            return to_value(row, Goal)

    def close_goal(self, goal_id: UUID, status: GoalStatus) -> Goal:
        """Complete, cancel, hold or resume a goal; raises StepNotAllowed, RecordNotFound."""
        with self._store.unit() as unit:
            row = unit.get(GoalRow, goal_id)
            _step(unit, row, status)
            return to_value(row, Goal)

    def review_goal(self, goal_id: UUID, review: GoalReview) -> Goal:
        """Confirm how far a goal has come, where it stands now, and why.

        `achievement` None takes a confirmation back. Raises GoalAsItWas, StepNotAllowed, RecordNotFound.
        """
        clean = review.cleaned()
        with self._store.unit() as unit:
            row = unit.get(GoalRow, goal_id)
            confirmed = (clean.achievement, clean.review_note) != (row.achievement, row.review_note)
            if not confirmed and clean.status is row.status:
                raise GoalAsItWas
            if confirmed:
                row.achievement, row.review_note = clean.achievement, clean.review_note
                row.achieved_at = unit.now if clean.achievement else None
                said = clean.achievement.value if clean.achievement else "nothing"
                unit.audit("goal.confirmed", "goal", goal_id, said=said)
            if clean.status is not row.status:
                _step(unit, row, clean.status)
            return to_value(row, Goal)

    def measure(self, goal_id: UUID, taken: Taken | float) -> Measurement:
        """A new value of a goal, worked out and checked on its measure's scale.

        Raises Invalid for a moment ahead or before the goal's start, and what `taking.valued` raises.
        """
        entered = (taken if isinstance(taken, Taken) else Taken(taken)).cleaned()
        with self._store.unit() as unit:
            row = unit.get(GoalRow, goal_id)
            goal = to_value(row, Goal)
            found = valued(goal, entered)
            at = found.measured_at or unit.now
            refuse(self._problems_of_moment(at, unit.now, goal.baseline_on))
            measurement = Measurement(
                new_id(), goal_id, found.value or 0.0, at, found.raw, found.answered, found.ratings, found.mode,
                found.remark, unit.now, unit.who,
            )  # fmt: skip
            unit.add(MeasurementRow(**columns_of(measurement)))
            unit.audit("goal.measured", "goal", goal_id, said=f"{goal.title} {goal.shown(measurement.value)}")
            return measurement

    def mark_in_error(self, measurement_id: UUID) -> Measurement:
        """A value was entered in error: it stays to be read and counts nowhere; raises RecordNotFound, Invalid."""
        with self._store.unit() as unit:
            row = unit.get(MeasurementRow, measurement_id)
            if row.in_error:
                raise Invalid({"in_error": "This value is marked as entered in error already."})
            row.in_error = True
            goal = to_value(unit.get(GoalRow, row.goal_id), Goal)
            unit.audit("goal.measured-in-error", "measurement", row.id, said=f"{goal.title} {goal.shown(row.value)}")
            return to_value(row, Measurement)

    def _problems_of_moment(self, at: datetime, now: datetime, baseline_on: date) -> dict[str, str]:
        if at > now + timedelta(minutes=1):
            return {"measured_at": "That moment is still to come."}
        if at.astimezone(self._store.zone).date() < baseline_on:
            return {"measured_at": "That is before the goal's start."}
        return {}

    def _checked_goal(self, draft: GoalDraft) -> GoalDraft:
        clean = draft.cleaned()
        refuse(clean.problems(self._store.today()))
        for value in (clean.baseline, clean.target, clean.mdc, clean.mcid):
            if not abs(value or 0) < _TOO_LARGE:  # NaN too
                raise NotANumber
        return clean


def _step(unit: Unit, row: GoalRow, status: GoalStatus) -> None:
    check_step(row.status, status)
    row.status = status
    unit.audit(f"goal.{status.value.replace(' ', '-')}", "goal", row.id)
