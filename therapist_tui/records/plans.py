"""Treatment plans, their goals, and what was measured."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from therapist_tui.domain.goal import Goal, GoalProgress
from therapist_tui.domain.goal_states import GoalStatus
from therapist_tui.domain.measurement import Measurement
from therapist_tui.domain.plan import PlanDraft, PlanStatus, TreatmentPlan
from therapist_tui.domain.plan_steps import PlanStep, check_plan_step

from .errors import PlanOpen, RecordNotFound
from .goals import Goals
from .rows import columns_of, fill, to_value
from .tables import ClientRow, GoalRow, MeasurementRow, PlanRow, ReferralRow
from .typed import rows_of, table_of
from .unit import Unit, new_id, refuse

OPEN_PLANS = tuple(status for status in PlanStatus if status.open)
OPEN_GOALS = (GoalStatus.ACTIVE, GoalStatus.ON_HOLD)
NOT_SHOWN_GOALS = (GoalStatus.CANCELLED, GoalStatus.IN_ERROR, GoalStatus.REJECTED)


class Plans(Goals):
    """Why clients come, and how far they have come."""

    def current(self, client_id: UUID) -> TreatmentPlan | None:
        """The client's plan that is under way, if there is one."""
        with self._store.reading() as session:
            return current_plans(session, [client_id]).get(client_id)

    def goals(self, client_id: UUID) -> tuple[GoalProgress, ...]:
        """The client's goals with their measurements, those under way first; without what was dropped or an error."""
        with self._store.reading() as session:
            return goals_of(session, [client_id], except_status=NOT_SHOWN_GOALS).get(client_id, ())

    def of(self, client_id: UUID) -> tuple[TreatmentPlan, ...]:
        """All of the client's plans, those that have ended too, newest first."""
        query = select(PlanRow).where(PlanRow.client_id == client_id)
        with self._store.reading() as session:
            rows = session.exec(query.order_by(col(PlanRow.started_on).desc(), col(PlanRow.id).desc()))
            return tuple(to_value(row, TreatmentPlan) for row in rows)

    def start(self, client_id: UUID, draft: PlanDraft) -> TreatmentPlan:
        """A new plan from today; raises Invalid, PlanOpen, RecordNotFound."""
        clean = draft.cleaned()
        refuse(clean.problems(self._store.today()))
        with self._store.unit() as unit:
            unit.get(ClientRow, client_id)
            if current_plans(unit.session, [client_id]):
                raise PlanOpen
            _check_referral(unit, client_id, clean)
            row = PlanRow(id=new_id(), client_id=client_id, started_on=self._store.today(), **columns_of(clean))
            unit.add(row)
            unit.audit("plan.started", "treatment_plan", row.id)
            return to_value(row, TreatmentPlan)

    def change(self, plan_id: UUID, draft: PlanDraft) -> TreatmentPlan:
        """Word a plan anew; raises Invalid, RecordNotFound."""
        clean = draft.cleaned()
        with self._store.unit() as unit:
            row = unit.get(PlanRow, plan_id)
            refuse(clean.problems(self._store.today(), row.review_on))
            _check_referral(unit, row.client_id, clean)
            fill(row, clean)
            unit.audit("plan.changed", "treatment_plan", plan_id)
            return to_value(row, TreatmentPlan)

    def close(self, plan_id: UUID, status: PlanStatus, reason: str = "", discharge: str = "") -> TreatmentPlan:
        """Complete, stop, hold or resume a plan; `discharge` is the summary when it ends.

        Raises Invalid (a plan is stopped with a reason), WrongPlanStep, PlanOpen (taking up a plan beside another),
        RecordNotFound.
        """
        step = PlanStep(status, reason, discharge).cleaned()
        refuse(step.problems())
        with self._store.unit() as unit:
            row = unit.get(PlanRow, plan_id)
            check_plan_step(row.status, status)
            if not row.status.open and current_plans(unit.session, [row.client_id]):
                raise PlanOpen
            row.status, row.status_reason = status, step.reason
            row.ended_on = None if status.open else self._store.today()
            row.discharge = step.discharge or row.discharge
            unit.audit(f"plan.{status.value.replace(' ', '-')}", "treatment_plan", plan_id)
            return to_value(row, TreatmentPlan)


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
    measured = select_columns(table_of(MeasurementRow)).where(
        col(MeasurementRow.goal_id).in_([goal.id for goal in goals])
    )
    measured = measured.order_by(col(MeasurementRow.measured_at), col(MeasurementRow.id))
    for row in rows_of(session, measured):
        taken.setdefault(row.goal_id, []).append(to_value(row, Measurement))
    found: dict[UUID, tuple[GoalProgress, ...]] = {}
    for goal in sorted(goals, key=lambda goal: goal.status not in OPEN_GOALS):
        progress = GoalProgress(goal, tuple(taken.get(goal.id, ())))
        found[goal.client_id] = (*found.get(goal.client_id, ()), progress)
    return found


def _check_referral(unit: Unit, client_id: UUID, draft: PlanDraft) -> None:
    if draft.referral_id and unit.get(ReferralRow, draft.referral_id).client_id != client_id:
        raise RecordNotFound
