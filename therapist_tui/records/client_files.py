"""One client's whole file, in a fixed handful of queries."""

from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import Session, col, select

from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.client import Client
from therapist_tui.domain.client_file import ClientFile
from therapist_tui.domain.consent import Consent
from therapist_tui.domain.health import HealthEntry, HistoryCheck
from therapist_tui.domain.note import Addendum
from therapist_tui.domain.plan import PlanReview, TreatmentPlan
from therapist_tui.domain.release import Release

from . import tables as t
from .merging import cards_of
from .plans import goals_of
from .referrals import referrals_of, visits_of
from .rows import to_note, to_value
from .standing import IN_ERROR
from .therapists import read_therapist
from .unit import Store, need

V = TypeVar("V")


class ClientFiles:
    """What is on file of one client."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, client_id: UUID) -> ClientFile:
        """Everything of that client; raises RecordNotFound."""
        with self._store.reading() as session:
            client = to_value(need(session, t.ClientRow, client_id), Client)
            therapist = read_therapist(session)
            ids = [client_id]
            query = select(t.SessionNoteRow, IN_ERROR).where(
                col(t.SessionNoteRow.client_id).in_(cards_of(session, [client_id]))
            )
            notes = session.exec(query.order_by(col(t.SessionNoteRow.service_at), col(t.SessionNoteRow.id))).all()
            note_ids = [row.id for row, _ in notes]
            plans = _of(session, t.PlanRow, TreatmentPlan, "started_on", t.PlanRow.client_id, ids)
            plan_ids = [plan.id for plan in plans]
            goals = goals_of(session, ids, except_status=()).get(client_id, ())
            referrals = referrals_of(session, ids, visits_of(session, ids), therapist.zone).get(client_id, ())
            return ClientFile(
                therapist,
                client,
                _of(session, t.HealthEntryRow, HealthEntry, "id", t.HealthEntryRow.client_id, ids),
                _of(session, t.HistoryCheckRow, HistoryCheck, "asked_at", t.HistoryCheckRow.client_id, ids),
                _of(session, t.AppointmentRow, Appointment, "starts_at", t.AppointmentRow.client_id, ids),
                tuple(to_note(row, in_error=in_error) for row, in_error in notes),
                _of(session, t.AddendumRow, Addendum, "written_at", t.AddendumRow.note_id, note_ids),
                plans,
                _of(session, t.PlanReviewRow, PlanReview, "reviewed_at", t.PlanReviewRow.plan_id, plan_ids),
                tuple(sorted(goals, key=lambda one: (one.goal.baseline_on, one.goal.id))),
                tuple(reversed(referrals)),
                _of(session, t.ConsentRow, Consent, "given_on", t.ConsentRow.client_id, ids),
                _of(session, t.ReleaseRow, Release, "released_at", t.ReleaseRow.client_id, ids),
            )


def _of(session: Session, row: Any, value: type[V], order: str, link: Any, ids: list[UUID]) -> tuple[V, ...]:
    """The values of one kind that belong to those ids, oldest first."""
    found = session.exec(select(row).where(col(link).in_(ids)).order_by(getattr(row, order), row.id))
    return tuple(to_value(one, value) for one in found)
