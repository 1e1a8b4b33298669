"""Treatment plans, their goals, and what was measured."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from therapist_tui.domain.goal import Goal, GoalDraft, GoalProgress, GoalStatus, Measurement
from therapist_tui.domain.numbers import NotANumber, show_value
from therapist_tui.domain.plan import PlanDraft, PlanStatus, TreatmentPlan

from .errors import PlanOpen
from .rows import columns_of, fill, to_value
from .tables import ClientRow, GoalRow, MeasurementRow, PlanRow
from .unit import Store, new_id, refuse

OPEN_PLANS = (PlanStatus.ACTIVE, PlanStatus.ON_HOLD)
OPEN_GOALS = (GoalStatus.ACTIVE, GoalStatus.ON_HOLD)
_TOO_LARGE = 1_000_000


class Plans:
    """Why clients come, and how far they have come."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def current(self, client_id: UUID) -> TreatmentPlan | None:
        """The client's plan that is under way, if there is one."""
        with self._store.reading() as session:
            return current_plans(session, [client_id]).get(client_id)

    def goals(self, client_id: UUID) -> tuple[GoalProgress, ...]:
        """The client's goals that were not cancelled, those under way first, each with its measurements."""
        with self._store.reading() as session:
            return goals_of(session, [client_id], except_status=(GoalStatus.CANCELLED,)).get(client_id, ())

    def start(self, client_id: UUID, draft: PlanDraft) -> TreatmentPlan:
        """A new plan from today; raises Invalid, PlanOpen, RecordNotFound."""
        clean = self._checked_plan(draft)
        with self._store.unit() as unit:
            unit.get(ClientRow, client_id)
            if current_plans(unit.session, [client_id]):
                raise PlanOpen
            row = PlanRow(id=new_id(), client_id=client_id, started_on=self._store.today(), **columns_of(clean))
            unit.add(row)
            unit.audit("plan.started", "treatment_plan", row.id)
            return to_value(row, TreatmentPlan)

    def change(self, plan_id: UUID, draft: PlanDraft) -> TreatmentPlan:
        """Word a plan anew; raises Invalid, RecordNotFound."""
        clean = self._checked_plan(draft)
        with self._store.unit() as unit:
            row = unit.get(PlanRow, plan_id)
            fill(row, clean)
            unit.audit("plan.changed", "treatment_plan", plan_id)
            return to_value(row, TreatmentPlan)

    def close(self, plan_id: UUID, status: PlanStatus) -> TreatmentPlan:
        """Complete, stop, hold or resume a plan."""
        with self._store.unit() as unit:
            row = unit.get(PlanRow, plan_id)
            row.status = status
            unit.audit(f"plan.{status.value.replace(' ', '-')}", "treatment_plan", plan_id)
            return to_value(row, TreatmentPlan)

    def add_goal(self, plan_id: UUID, draft: GoalDraft) -> Goal:
        """A new goal, its baseline taken today; raises Invalid, NotANumber, RecordNotFound."""
        clean = self._checked_goal(draft)
        with self._store.unit() as unit:
            plan = unit.get(PlanRow, plan_id)
            row = GoalRow(
                id=new_id(),
                plan_id=plan_id,
                client_id=plan.client_id,
                baseline_on=self._store.today(),
                **columns_of(clean),
            )
            unit.add(row)
            unit.audit("goal.added", "goal", row.id, said=row.title)
            return to_value(row, Goal)

    def change_goal(self, goal_id: UUID, draft: GoalDraft) -> Goal:
        """Write a goal anew, its measurements kept; raises Invalid, NotANumber, RecordNotFound."""
        clean = self._checked_goal(draft)
        with self._store.unit() as unit:
            row = unit.get(GoalRow, goal_id)
            fill(row, clean)
            unit.audit("goal.changed", "goal", goal_id, said=row.title)
            return to_value(row, Goal)

    def close_goal(self, goal_id: UUID, status: GoalStatus) -> Goal:
        """Complete, cancel, hold or resume a goal."""
        with self._store.unit() as unit:
            row = unit.get(GoalRow, goal_id)
            row.status = status
            unit.audit(f"goal.{status.value.replace(' ', '-')}", "goal", goal_id)
            return to_value(row, Goal)

    def measure(self, goal_id: UUID, value: float) -> Measurement:
        """A new value of a goal; raises NotANumber, RecordNotFound."""
        _refuse_no_number(value)
        with self._store.unit() as unit:
            goal = unit.get(GoalRow, goal_id)
            measurement = Measurement(new_id(), goal_id, float(value), unit.now)
            unit.add(MeasurementRow(**columns_of(measurement)))
            unit.audit("goal.measured", "goal", goal_id, said=f"{goal.title} {show_value(value, goal.unit)}")
            return measurement

    def _checked_plan(self, draft: PlanDraft) -> PlanDraft:
        clean = draft.cleaned()
        refuse(clean.problems(self._store.today()))
        return clean

    def _checked_goal(self, draft: GoalDraft) -> GoalDraft:
        clean = draft.cleaned()
        refuse(clean.problems(self._store.today()))
        for value in (clean.baseline, clean.target):
            _refuse_no_number(value or 0)
        return clean


def current_plans(session: Session, client_ids: Iterable[UUID]) -> dict[UUID, TreatmentPlan]:
    """The plan under way of each client that has one; the newest where there are several."""
    query = select(PlanRow).where(col(PlanRow.client_id).in_(client_ids), col(PlanRow.status).in_(OPEN_PLANS))
    rows = session.exec(query.order_by(col(PlanRow.started_on), col(PlanRow.id)))
    return {row.client_id: to_value(row, TreatmentPlan) for row in rows}  # the newest comes last and stays


def goals_of(
    session: Session, client_ids: Sequence[UUID], except_status: Sequence[GoalStatus]
) -> dict[UUID, tuple[GoalProgress, ...]]:
    """The goals of each client with their measurements, those under way first, then as they were set."""
    query = select(GoalRow).where(col(GoalRow.client_id).in_(client_ids), col(GoalRow.status).not_in(except_status))
    goals = [to_value(row, Goal) for row in session.exec(query.order_by(col(GoalRow.baseline_on), col(GoalRow.id)))]
    taken: dict[UUID, list[Measurement]] = {}
    # Columns, not rows: twenty years of values are read in half the time.
    columns: Any = MeasurementRow.__table__.c  # pyright: ignore[reportAttributeAccessIssue]
    measured = select(*columns).where(col(MeasurementRow.goal_id).in_([goal.id for goal in goals]))
    for row in session.exec(measured.order_by(col(MeasurementRow.measured_at), col(MeasurementRow.id))):
        taken.setdefault(row.goal_id, []).append(to_value(row, Measurement))
    found: dict[UUID, tuple[GoalProgress, ...]] = {}
    for goal in sorted(goals, key=lambda goal: goal.status not in OPEN_GOALS):
        progress = GoalProgress(goal, tuple(taken.get(goal.id, ())))
        found[goal.client_id] = (*found.get(goal.client_id, ()), progress)
    return found


def _refuse_no_number(value: float) -> None:
    if not abs(value) < _TOO_LARGE:  # NaN too
        raise NotANumber
