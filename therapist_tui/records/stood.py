"""A client's whole file as it stood when an earlier day ended, in a fixed number of queries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from therapist_tui.domain.chart import DayAhead, History, NotYetOnFile, Overview, Papers, PlansAndGoals, Stood
from therapist_tui.domain.client import Client
from therapist_tui.domain.consent import Consent
from therapist_tui.domain.goal import Goal, GoalProgress, Measurement
from therapist_tui.domain.health import HealthEntry, HistoryCheck
from therapist_tui.domain.plan import TreatmentPlan
from therapist_tui.domain.since_history import as_of

from .chart_parts import around, count_notes, health_former, history_of, in_plan_order, page_of_notes, reviews_of
from .day import bounds
from .edits import Events, edits, events_of, made_in
from .former import Formers, as_stood, former_of
from .known import Known
from .plans import OPEN_GOALS, OPEN_PLANS
from .referrals import to_referral, visits_of
from .rows import to_value
from .since import Since
from .tables import (
    ClientRow,
    ConsentRow,
    GoalRow,
    HealthEntryRow,
    HistoryCheckRow,
    MeasurementRow,
    PlanRow,
    ReferralRow,
)
from .therapists import read_therapist
from .unit import Store, need

_KINDS: tuple[Any, ...] = (PlanRow, GoalRow, ReferralRow, ConsentRow)
_LOOK_BACK = 20
"""Notes among which the last signed one of that day is looked for."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The rows of one client that had been made by a moment, as they stood then, and who had done what."""

    session: Session
    client_id: UUID
    day: date
    end: datetime
    rows: dict[Any, list[Any]]
    former: Formers
    events: Events

    def written(self, values: Sequence[Any], kind: Any, to_one: Callable[[Any], Any]) -> dict[UUID, Any]:
        """Who made and changed these by then."""
        until = {key: [one for one in rows if one.replaced_at <= self.end] for key, rows in self.former.items()}
        return edits(values, kind, until, self.events, to_one)


def stood(store: Store, client_id: UUID, day: date) -> Stood:
    """See `Charts.as_of`."""
    if day > store.today():
        raise DayAhead
    end = bounds(day, store.zone)[1] - timedelta(microseconds=1)
    with store.reading() as session:
        shelf = _shelf(session, client_id, day, end)
        client = to_value(as_stood(need(session, ClientRow, client_id), shelf.former, end), Client)
        history = _history(shelf)
        plans = _plans(shelf)
        visits = [one for one in visits_of(session, [client_id]).get(client_id, []) if one <= end]
        papers = _papers(shelf, visits, store)
        known = _known(store, shelf, client, history, plans, papers, visits)
        overview = Overview(
            known.brief(client_id, day, end),
            around(session, client_id, end)[0],
            notes=count_notes(session, client_id, end),
            edits=shelf.written([client], ClientRow, lambda row: to_value(row, Client))[client_id],
        )
    return Stood(day, end, overview, history, plans, papers)


def _shelf(session: Session, client_id: UUID, day: date, end: datetime) -> _Shelf:
    found = {kind: session.exec(select(kind).where(kind.client_id == client_id)).all() for kind in _KINDS}
    entries = session.exec(select(HealthEntryRow.id).where(HealthEntryRow.client_id == client_id)).all()
    ids = [client_id, *entries, *(row.id for rows in found.values() for row in rows)]
    former = former_of(session, ids, [row.id for row in found[GoalRow]])
    events = events_of(session, ids)
    if (made := made_in(events, client_id)) and made.at > end:
        raise NotYetOnFile
    rows = {
        kind: [as_stood(row, former, end) for row in rows if _on_file(row, events, day, end)]
        for kind, rows in found.items()
    }
    by_then = {key: [one for one in lines if one.at <= end] for key, lines in events.items()}
    return _Shelf(session, client_id, day, end, rows, former, by_then)


def _on_file(row: Any, events: Events, day: date, end: datetime) -> bool:
    """Whether it had been made by then: by the trail, or for what was brought in from elsewhere by its own date."""
    if made := made_in(events, row.id):
        return made.at <= end
    match row:
        case PlanRow():
            dated = row.started_on
        case GoalRow():
            dated = row.baseline_on
        case ReferralRow():
            dated = row.received_on or row.written_on
        case _:
            dated = row.given_on
    return dated is None or dated <= day


def _history(shelf: _Shelf) -> History:
    session, mine = shelf.session, shelf.client_id
    rows = session.exec(select(HealthEntryRow).where(HealthEntryRow.client_id == mine))
    former = health_former(session, mine)
    wordings = [(one := to_value(row, HealthEntry), *(f.entry for f in former.get(one.id, ()))) for row in rows]
    entries = [said for one in wordings if (said := as_of(one, shelf.end))]
    until = {key: tuple(f for f in some if f.replaced_at <= shelf.end) for key, some in former.items()}
    checks = session.exec(
        select(HistoryCheckRow).where(HistoryCheckRow.client_id == mine, HistoryCheckRow.asked_at <= shelf.end)
    )
    asked = [to_value(row, HistoryCheck) for row in checks]
    return history_of(entries, until, asked, shelf.events, mine, shelf.day)


def _plans(shelf: _Shelf) -> PlansAndGoals:
    plans = [to_value(row, TreatmentPlan) for row in shelf.rows[PlanRow]]
    goals = [to_value(row, Goal) for row in shelf.rows[GoalRow]]
    taken: dict[UUID, list[Measurement]] = {}
    query = select(MeasurementRow).where(
        col(MeasurementRow.goal_id).in_([goal.id for goal in goals]), MeasurementRow.measured_at <= shelf.end
    )
    for row in shelf.session.exec(query.order_by(col(MeasurementRow.measured_at), col(MeasurementRow.id))):
        if (row.entered_at or row.measured_at) <= shelf.end:
            taken.setdefault(row.goal_id, []).append(to_value(as_stood(row, shelf.former, shelf.end), Measurement))
    ordered = sorted(goals, key=lambda goal: (goal.status not in OPEN_GOALS, goal.baseline_on, goal.id))
    written = shelf.written(plans, PlanRow, lambda row: to_value(row, TreatmentPlan))
    written |= shelf.written(goals, GoalRow, lambda row: to_value(row, Goal))
    reviews = reviews_of(shelf.session, [one.id for one in plans], shelf.end)
    progress = tuple(GoalProgress(goal, tuple(taken.get(goal.id, ()))) for goal in ordered)
    return PlansAndGoals(in_plan_order(plans), progress, reviews, written)


def _papers(shelf: _Shelf, visits: Sequence[datetime], store: Store) -> Papers:
    referrals = [to_referral(row, visits, store.zone) for row in shelf.rows[ReferralRow]]
    referrals.sort(key=lambda one: (one.written_on or date.min, one.id), reverse=True)
    consents = [to_value(row, Consent) for row in shelf.rows[ConsentRow]]
    consents.sort(key=lambda one: (one.given_on, one.id), reverse=True)
    written = shelf.written(referrals, ReferralRow, lambda row: to_referral(row, visits, store.zone))
    written |= shelf.written(consents, ConsentRow, lambda row: to_value(row, Consent))
    return Papers(tuple(referrals), tuple(consents), written)


def _known(
    store: Store,
    shelf: _Shelf,
    client: Client,
    history: History,
    plans: PlansAndGoals,
    papers: Papers,
    visits: list[datetime],
) -> Known:
    """What was known of the client then, for the brief. The therapist's papers and the rules are today's."""
    mine = client.id
    newest = history.asked[0] if history.asked else None
    followed = next((one for one in plans.plans if one.status in OPEN_PLANS), None)
    reviews = plans.reviews.get(followed.id, ()) if followed else ()
    notes = page_of_notes(shelf.session, mine, None, _LOOK_BACK, shelf.end).notes
    signed = [one for one in notes if one.signed and not one.in_error]
    return Known(
        store.zone,
        store.screening,
        read_therapist(shelf.session),
        {mine: client},
        {mine: list(history.entries)},
        {mine: HistoryCheck(newest.at, newest.answer)} if newest else {},
        {mine: followed} if followed else {},
        {mine: tuple(one for one in plans.goals if one.goal.status.open)},
        {mine: signed[:1]},
        {mine: papers.referrals},
        {mine: papers.consents},
        {mine: visits},
        Since({mine: [one for some in history.former.values() for one in some]}),
        {followed.id: reviews[0]} if followed and reviews else {},
        {},  # what is booked now was not known then
        {mine: mine},
    )
