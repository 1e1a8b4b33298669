"""Every change of a card, plan, goal, measurement, referral or consent keeps what stood there before."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from therapist_tui.domain.client import Client, ClientDraft
from therapist_tui.domain.consent import ConsentDraft, ConsentKind, ConsentMethod
from therapist_tui.domain.goal import Goal, GoalDraft, GoalStatus
from therapist_tui.domain.plan import PlanDraft, PlanStatus, TreatmentPlan
from therapist_tui.domain.referral import ReferralDraft
from therapist_tui.records.former import KEPT, said_in
from therapist_tui.records.practice import Practice
from therapist_tui.records.rows import to_value
from therapist_tui.records.tables import ClientRow, FormerRow, GoalRow, MeasurementRow, PlanRow
from therapist_tui.records.unit import need

from .conftest import Clock, a_client

TODAY = date(2026, 11, 23)


def formers(practice: Practice) -> list[FormerRow]:
    store = practice._store  # pyright: ignore[reportPrivateUsage]
    with store.reading() as session:
        return [*session.exec(select(FormerRow).order_by(col(FormerRow.id)))]


def a_goal(practice: Practice) -> Goal:
    plan = practice.plans.start(a_client(practice), PlanDraft("Neck"))
    return practice.plans.add_goal(plan.id, GoalDraft("Rotation", "°", 48, 75))


CHANGES: dict[str, Callable[[Practice], Any]] = {
    "client": lambda p: p.clients.change(a_client(p), ClientDraft("Ben Tanaka")),
    "treatment_plan": lambda p: p.plans.close(p.plans.start(a_client(p), PlanDraft("Neck")).id, PlanStatus.ON_HOLD),
    "goal": lambda p: p.plans.close_goal(a_goal(p).id, GoalStatus.ON_HOLD),
    "referral": lambda p: p.referrals.change(
        p.referrals.add(a_client(p), ReferralDraft("Dr Lin")).id, ReferralDraft("Dr Ro")
    ),
    "consent": lambda p: p.consents.withdraw(
        p.consents.give(a_client(p), ConsentDraft(ConsentKind.TREATMENT, ConsentMethod.WRITTEN, TODAY)).id, TODAY
    ),
}


@pytest.mark.parametrize("record", CHANGES)
def test_a_change_keeps_the_row_as_it_was_with_who_and_when(record: str, practice: Practice, clock: Clock) -> None:
    after = CHANGES[record](practice)
    (kept,) = formers(practice)
    assert (kept.record, kept.record_id) == (record, after.id)
    assert (kept.replaced_at, kept.replaced_by) == (clock.now, "Dana Reyes, LMT")


def test_every_kind_of_row_that_is_kept_is_changed_by_some_test() -> None:
    assert {str(kind.__tablename__) for kind in KEPT} == {*CHANGES, "measurement"}


def test_a_measurement_that_is_marked_wrong_is_kept_as_it_was(practice: Practice) -> None:
    measured = practice.plans.measure(a_goal(practice).id, 60)
    store = practice._store  # pyright: ignore[reportPrivateUsage]
    with store.unit() as unit:
        need(unit.session, MeasurementRow, measured.id).in_error = True
        unit.audit("goal.measured", "goal", measured.goal_id)
    (kept,) = formers(practice)
    assert kept.record_id == measured.id
    assert said_in(MeasurementRow, kept).in_error is False
    assert to_value(said_in(MeasurementRow, kept), type(measured)) == measured


def test_a_new_row_and_a_change_that_changes_nothing_keep_nothing(practice: Practice) -> None:
    client = a_client(practice, "Ben Tanaka")
    practice.clients.change(client, ClientDraft("Ben Tanaka"))
    assert formers(practice) == []


def test_a_row_flushed_twice_in_one_transaction_is_kept_once_as_it_stood_before(practice: Practice) -> None:
    client = a_client(practice, "Ben Tanaka")
    store = practice._store  # pyright: ignore[reportPrivateUsage]
    with store.unit() as unit:
        row = need(unit.session, ClientRow, client)
        for name in ("Ben", "Benjamin"):
            row.name = name
            unit.session.flush()
        unit.audit("client.changed", "client", client)
    (kept,) = formers(practice)
    assert said_in(ClientRow, kept).name == "Ben Tanaka"


def test_a_transaction_that_fails_keeps_nothing(practice: Practice) -> None:
    client = a_client(practice, "Ben Tanaka")
    store = practice._store  # pyright: ignore[reportPrivateUsage]

    def fail() -> None:
        with store.unit() as unit:
            need(unit.session, ClientRow, client).name = "Ben"
            unit.session.flush()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert formers(practice) == []


def test_an_undo_keeps_what_it_undid_and_leads_back(practice: Practice) -> None:
    client = a_client(practice, "Ben Tanaka")
    practice.clients.change(client, ClientDraft("Ben", remarks="[/] “quoted”\nline"))
    changed = practice.clients.get(client)
    practice.undo.undo()
    assert practice.clients.get(client).name == "Ben Tanaka"
    assert [to_value(said_in(ClientRow, one), Client) for one in formers(practice)][1] == changed


@pytest.mark.parametrize(("kind", "value"), [(GoalRow, Goal), (PlanRow, TreatmentPlan)])
def test_what_was_kept_reads_as_the_very_value_that_it_was(kind: Any, value: type[Any], practice: Practice) -> None:
    goal = a_goal(practice)
    before = goal if kind is GoalRow else practice.plans.current(goal.client_id)
    record: UUID = goal.id if kind is GoalRow else goal.plan_id
    practice.plans.change_goal(goal.id, GoalDraft("Rotation", "°", 50.5, 80, date(2027, 2, 1)))
    practice.plans.change(goal.plan_id, PlanDraft("Neck and arm", visits_planned=4))
    (kept,) = (one for one in formers(practice) if one.record_id == record)
    assert to_value(said_in(kind, kept), value) == before


def test_a_row_of_an_older_schema_is_read_with_the_defaults_of_the_new_columns() -> None:
    content = {"id": str(UUID(int=1)), "name": "Ben", "gone": 1, "search": ""}
    kept = FormerRow(
        id=UUID(int=2), record="client", record_id=UUID(int=1), content=content, replaced_at=Clock().now, replaced_by=""
    )
    assert said_in(ClientRow, kept).pronouns == ""
