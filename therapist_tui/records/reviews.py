"""Reviews of treatment plans: each time a plan was looked at again, kept as it was written."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from therapist_tui.domain.plan import PlanReview, PlanStatus, ReviewDecision
from therapist_tui.domain.plan_steps import ReviewDraft

from .errors import PlanOver
from .rows import columns_of, to_value
from .tables import PlanReviewRow, PlanRow
from .unit import Store, new_id, refuse


class Reviews:
    """What came of looking at the plans again."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, plan_id: UUID) -> tuple[PlanReview, ...]:
        """A plan's reviews, newest first."""
        query = select(PlanReviewRow).where(PlanReviewRow.plan_id == plan_id)
        with self._store.reading() as session:
            rows = session.exec(query.order_by(col(PlanReviewRow.reviewed_at).desc(), col(PlanReviewRow.id).desc()))
            return tuple(to_value(row, PlanReview) for row in rows)

    def add(self, plan_id: UUID, draft: ReviewDraft) -> PlanReview:
        """Review a plan now. It never changes afterwards; the plan takes its next date, and a pause puts it on hold.

        Raises Invalid, PlanOver, RecordNotFound.
        """
        clean = draft.cleaned()
        refuse(clean.problems(self._store.today()))
        with self._store.unit() as unit:
            plan = unit.get(PlanRow, plan_id)
            if not plan.status.open:
                raise PlanOver(status=plan.status.value)
            row = PlanReviewRow(
                id=new_id(), plan_id=plan_id, reviewed_at=unit.now, reviewed_by=unit.who, **columns_of(clean)
            )
            unit.add(row)
            plan.review_on = clean.next_on
            if clean.decision is ReviewDecision.PAUSE and plan.status is PlanStatus.ACTIVE:
                plan.status, plan.status_reason = PlanStatus.ON_HOLD, "paused at a review"
            unit.audit("plan.reviewed", "treatment_plan", plan_id)
            return to_value(row, PlanReview)


def last_reviews(session: Session, plan_ids: Iterable[UUID]) -> dict[UUID, PlanReview]:
    """The newest review of each plan that was looked at again."""
    newest = (
        select(col(PlanReviewRow.plan_id), func.max(PlanReviewRow.reviewed_at).label("reviewed_at"))
        .where(col(PlanReviewRow.plan_id).in_(plan_ids))
        .group_by(col(PlanReviewRow.plan_id))
        .subquery()
    )
    query = select(PlanReviewRow).join(
        newest,
        (col(PlanReviewRow.plan_id) == newest.c.plan_id) & (col(PlanReviewRow.reviewed_at) == newest.c.reviewed_at),
    )
    rows = session.exec(query.order_by(col(PlanReviewRow.id)))
    return {row.plan_id: to_value(row, PlanReview) for row in rows}  # of two at the same moment the later stays
