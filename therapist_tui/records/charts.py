"""The client's chart, section by section: each reads what it shows, in a fixed handful of queries."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import select

from therapist_tui.domain.chart import History, Overview, Papers, PlansAndGoals, Stood, Timeline
from therapist_tui.domain.client import Client
from therapist_tui.domain.consent import Consent
from therapist_tui.domain.desk import Owed
from therapist_tui.domain.goal import Goal
from therapist_tui.domain.health import HealthEntry, HistoryCheck
from therapist_tui.domain.plan import TreatmentPlan

from .chart_parts import (
    After,
    around,
    count_notes,
    health_former,
    history_of,
    in_plan_order,
    page_of_notes,
    reviews_of,
)
from .consents import consents_of
from .day import bounds
from .desk import Desks
from .edits import edits, events_of
from .former import former_of
from .known import gather
from .plans import goals_of
from .referrals import referrals_of, to_referral, visits_of
from .rows import to_value
from .stood import stood
from .tables import ClientRow, ConsentRow, GoalRow, HealthEntryRow, HistoryCheckRow, PlanRow, ReferralRow
from .unit import Store, need

PAGE = 60
"""Notes read at a time."""


class Charts:
    """What the chart shows now, and what it would have shown on an earlier day."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def overview(self, client_id: UUID, now: datetime) -> Overview:
        """What one wants to know first; raises RecordNotFound."""
        day = now.astimezone(self._store.zone).date()
        end = bounds(day, self._store.zone)[1]
        with self._store.reading() as session:
            client = to_value(need(session, ClientRow, client_id), Client)
            brief = gather(self._store, session, {client_id}, end).brief(client_id, day, end)
            last, following = around(session, client_id, now)
            former = former_of(session, [client_id])
            written = edits([client], ClientRow, former, {}, lambda row: to_value(row, Client))
            return Overview(brief, last, following, count_notes(session, client_id), written[client_id])

    def owed(self, client_id: UUID, now: datetime) -> tuple[Owed, ...]:
        """What the desk owes of this client."""
        owed = Desks(self._store).owed(now).owed
        return tuple(one for one in owed if one.client and one.client.id == client_id)

    def history(self, client_id: UUID) -> History:
        """Everything said about the client's health, and who said what changed when."""
        with self._store.reading() as session:
            rows = session.exec(select(HealthEntryRow).where(HealthEntryRow.client_id == client_id))
            entries = [to_value(row, HealthEntry) for row in rows]
            former = health_former(session, client_id)
            rows = session.exec(select(HistoryCheckRow).where(HistoryCheckRow.client_id == client_id))
            checks = [to_value(row, HistoryCheck) for row in rows]
            events = events_of(session, [client_id, *(one.id for one in entries)])
        return history_of(entries, former, checks, events, client_id, self._store.today())

    def plans(self, client_id: UUID) -> PlansAndGoals:
        """Every plan with its reviews, every goal with its measurements."""
        with self._store.reading() as session:
            rows = session.exec(select(PlanRow).where(PlanRow.client_id == client_id))
            plans = [to_value(row, TreatmentPlan) for row in rows]
            goals = goals_of(session, [client_id], except_status=()).get(client_id, ())
            ids = [*(one.id for one in plans), *(one.goal.id for one in goals)]
            former, events = former_of(session, ids), events_of(session, ids)
            reviews = reviews_of(session, [one.id for one in plans])
        written = edits(plans, PlanRow, former, events, lambda row: to_value(row, TreatmentPlan))
        written |= edits([one.goal for one in goals], GoalRow, former, events, lambda row: to_value(row, Goal))
        return PlansAndGoals(in_plan_order(plans), goals, reviews, written)

    def notes(
        self, client_id: UUID, after: After | None = None, most: int = PAGE, until: datetime | None = None
    ) -> Timeline:
        """A page of notes, newest session first: those that follow `after`; with `until`, as they stood then."""
        with self._store.reading() as session:
            return page_of_notes(session, client_id, after, most, until)

    def papers(self, client_id: UUID) -> Papers:
        """Referrals and consents."""
        zone = self._store.zone
        with self._store.reading() as session:
            visits = visits_of(session, [client_id])
            referrals = referrals_of(session, [client_id], visits, zone).get(client_id, ())
            consents = consents_of(session, [client_id]).get(client_id, ())
            ids = [one.id for one in (*referrals, *consents)]
            former, events = former_of(session, ids), events_of(session, ids)
        been = visits.get(client_id, ())
        written = edits(referrals, ReferralRow, former, events, lambda row: to_referral(row, been, zone))
        written |= edits(consents, ConsentRow, former, events, lambda row: to_value(row, Consent))
        return Papers(referrals, consents, written)

    def as_of(self, client_id: UUID, day: date) -> Stood:
        """The whole file as it stood when that day ended; raises NotYetOnFile, DayAhead, RecordNotFound."""
        return stood(self._store, client_id, day)
