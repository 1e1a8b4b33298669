"""Undo takes back every act but signatures, leaves no other trace than the trail, and loses nothing that was written."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from therapist_tui.domain.appointment import AppointmentDraft, Status
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.consent import ConsentDraft, ConsentKind, ConsentMethod
from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.health import Answer, HealthEntryDraft, HealthKind
from therapist_tui.domain.level import Level
from therapist_tui.domain.note import NoteContent
from therapist_tui.domain.plan import GoalDraft, GoalStatus, PlanDraft, PlanStatus
from therapist_tui.domain.referral import ReferralDraft
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.acts import MOST
from therapist_tui.records.driver import dbapi2
from therapist_tui.records.errors import ChangedSince, NothingToUndo, SignedForGood
from therapist_tui.records.practice import Practice

from .conftest import FULL, Clock, a_client, a_signed_note, an_appointment, raw, reopen

TODAY = date(2026, 11, 23)
ITCH = HealthEntryDraft(HealthKind.ALLERGY, "Nut oil", Level.PRECAUTION)
CLOT = HealthEntryDraft(HealthKind.CONDITION, "Clot", Level.ABSOLUTE)
TRAIL = ("audit_event", "undone_row", "decision")
"""Tables that only ever grow: what stands there stays when an act is taken back."""


@dataclass
class World:
    """A practice with one of everything, and the ids of it."""

    practice: Practice
    clock: Clock
    client: UUID
    entry: UUID
    booked: UUID
    arrived: UUID
    plan: UUID
    goal: UUID
    referral: UUID
    consent: UUID


@pytest.fixture
def world(practice: Practice, clock: Clock) -> World:
    client = a_client(practice)
    entry = practice.health.add(client, ITCH).id
    a_signed_note(practice, client, clock.now - timedelta(days=7))
    booked = an_appointment(practice, client, clock.now)
    practice.notes.save(practice.notes.open(booked.id).id, NoteContent("half a note"))
    arrived = practice.appointments.step(
        an_appointment(practice, client, clock.now + timedelta(hours=2)).id, Status.ARRIVED
    )
    plan = practice.plans.start(client, PlanDraft("Neck pain")).id
    goal = practice.plans.add_goal(plan, GoalDraft("Neck rotation left", "°", 48, 75)).id
    referral = practice.referrals.add(client, ReferralDraft("Dr Lin", visits_authorised=6)).id
    given = practice.consents.give(client, ConsentDraft(ConsentKind.TREATMENT, ConsentMethod.WRITTEN, TODAY))
    clock.tick(minutes=5)
    return World(practice, clock, client, entry, booked.id, arrived.id, plan, goal, referral, given.id)


def appointment(world: World, **by: float) -> AppointmentDraft:
    return AppointmentDraft(world.client, world.clock.now + timedelta(**by), 90, "Deep tissue", ("MFR",), ("neck",))


Command = Callable[[World], Any]
COMMANDS: dict[str, tuple[str, Command]] = {
    "clients.add": ("client added", lambda w: w.practice.clients.add(ClientDraft("Iris Novak"))),
    "clients.change": ("client's card changed", lambda w: w.practice.clients.change(w.client, ClientDraft("Ben"))),
    "clients.archive": ("client set aside", lambda w: w.practice.clients.archive(w.client)),
    "clients.restore": ("client brought back", lambda w: w.practice.clients.restore(w.client)),
    "health.add": ("history entry added", lambda w: w.practice.health.add(w.client, CLOT)),
    "health.change": ("history entry changed", lambda w: w.practice.health.change(w.entry, CLOT)),
    "health.resolve": ("history entry marked as over", lambda w: w.practice.health.resolve(w.entry, TODAY)),
    "health.check": ("history asked, no change", lambda w: w.practice.health.check(w.client, Answer.NO_CHANGE)),
    "appointments.book": ("appointment booked", lambda w: w.practice.appointments.book(appointment(w, days=1))),
    "appointments.change": (
        "appointment moved",
        lambda w: w.practice.appointments.change(w.booked, appointment(w, hours=5)),
    ),
    "appointments.change, not moved": (
        "appointment changed",
        lambda w: w.practice.appointments.change(w.booked, appointment(w, minutes=-5)),
    ),
    "appointments.step": ("status arrived", lambda w: w.practice.appointments.step(w.booked, Status.ARRIVED)),
    "appointments.step, begun": (
        "status in session",
        lambda w: w.practice.appointments.step(w.arrived, Status.IN_SESSION),
    ),
    "appointments.step, done": ("status done", lambda w: w.practice.appointments.step(w.arrived, Status.DONE)),
    "appointments.step, back": ("status booked", lambda w: w.practice.appointments.step(w.arrived, Status.BOOKED)),
    "appointments.step, cancelled": (
        "appointment cancelled",
        lambda w: w.practice.appointments.step(w.booked, Status.CANCELLED, "ill"),
    ),
    "appointments.step, no-show": (
        "marked as no-show",
        lambda w: w.practice.appointments.step(w.booked, Status.NO_SHOW, "no call"),
    ),
    "plans.start": (
        "plan started",
        lambda w: w.practice.plans.start(a_client(w.practice, "Somebody else"), PlanDraft("Knee")),
    ),
    "plans.change": ("plan changed", lambda w: w.practice.plans.change(w.plan, PlanDraft("Neck", visits_planned=4))),
    "plans.close": ("plan completed", lambda w: w.practice.plans.close(w.plan, PlanStatus.COMPLETED)),
    "plans.add_goal": ("goal added: Sleep", lambda w: w.practice.plans.add_goal(w.plan, GoalDraft("Sleep", "h", 4, 7))),
    "plans.change_goal": (
        "goal changed: Rotation",
        lambda w: w.practice.plans.change_goal(w.goal, GoalDraft("Rotation", "°", 50, 80)),
    ),
    "plans.close_goal": ("goal put on hold", lambda w: w.practice.plans.close_goal(w.goal, GoalStatus.ON_HOLD)),
    "plans.measure": ("Neck rotation left 62°", lambda w: w.practice.plans.measure(w.goal, 62)),
    "referrals.add": ("referral added", lambda w: w.practice.referrals.add(w.client, ReferralDraft("Dr X"))),
    "referrals.change": ("referral changed", lambda w: w.practice.referrals.change(w.referral, ReferralDraft("Dr Y"))),
    "consents.give": (
        "consent given",
        lambda w: w.practice.consents.give(w.client, ConsentDraft(ConsentKind.TREATMENT, ConsentMethod.VERBAL, TODAY)),
    ),
    "consents.withdraw": ("consent withdrawn", lambda w: w.practice.consents.withdraw(w.consent, TODAY)),
    "therapist.save": (
        "licence and certifications changed",
        lambda w: w.practice.therapist.save(
            TherapistDraft("Dana Q", "RMT", "1", None, "Europe/Paris", (("oncology", None),))
        ),
    ),
}
FINAL = {"notes.open", "notes.sign", "notes.add_addendum", "whole.store", "undo.undo"}
"""Commands that are no act of the user, or that stand for good."""


def tables(practice: Practice) -> list[str]:
    return [name for (name,) in raw(practice).execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def dump(practice: Practice, *, without: tuple[str, ...] = TRAIL) -> dict[str, list[Any]]:
    """Every row of every table, to the byte, but of those tables."""
    return {
        table: sorted(raw(practice).execute(f"SELECT * FROM {table}").fetchall(), key=repr)
        for table in tables(practice)
        if table not in without
    }


def shown(world: World) -> tuple[Any, ...]:
    """What the screens are told."""
    practice = world.practice
    return (
        practice.whole.read(),
        practice.day.agenda(TODAY),
        practice.day.brief(world.client, TODAY),
        practice.health.former(world.entry),
        practice.clients.find("jose"),
        practice.zone,
    )


def trail(practice: Practice) -> list[str]:
    return [event.action for event in reversed(practice.audit.events())]


@pytest.mark.parametrize("command", COMMANDS)
def test_an_act_that_is_undone_leaves_everything_as_it_was_but_the_trail(command: str, world: World) -> None:
    label, act = COMMANDS[command]
    practice = world.practice
    if command == "clients.restore":
        practice.clients.archive(world.client)
    if command == "plans.start":  # its client comes first, as an act of its own
        act(world)
        practice.undo.undo()
        return _check_start_again(world)
    before, saw, said = dump(practice), shown(world), trail(practice)
    act(world)
    assert dump(practice) != before
    left = dump(practice)
    last = practice.undo.last()
    assert last
    assert (last.label, last.at) == (label, world.clock.now)
    assert practice.undo.undo() == label
    assert dump(practice) == before
    assert shown(world) == saw
    _check_trail(practice, said)
    _check_kept(practice, before, left)
    return None


def _check_start_again(world: World) -> None:
    assert world.practice.undo.last() is not None
    (other,) = world.practice.clients.find("somebody")
    before, said = dump(world.practice), trail(world.practice)
    world.practice.plans.start(other.id, PlanDraft("Knee"))
    left = dump(world.practice)
    assert world.practice.undo.undo() == "plan started"
    assert dump(world.practice) == before
    _check_trail(world.practice, said)
    _check_kept(world.practice, before, left)


def _check_trail(practice: Practice, said: list[str]) -> None:
    """The act and the undo stand in the trail one after the other, about the same record."""
    now = trail(practice)
    assert now[: len(said)] == said
    assert len(now) >= len(said) + 2
    assert now[-1] == "act.undone"
    *_, undone = events = list(reversed(practice.audit.events()))
    assert (undone.subject, undone.subject_id) == (events[len(said)].subject, events[len(said)].subject_id)


def _check_kept(practice: Practice, before: dict[str, list[Any]], left: dict[str, list[Any]]) -> None:
    """Every row that the act wrote is among what was undone, by its id."""
    kept = {(one.record, one.record_id) for one in practice.undo.undone()}
    for table, rows in left.items():
        for row in rows:
            if row not in before[table]:
                assert (table, str(UUID(row[0]))) in kept


def test_every_command_of_the_practice_is_tried_here(practice: Practice) -> None:
    written = {
        f"{noun}.{name}"
        for noun, value in vars(practice).items()
        for name, method in inspect.getmembers(type(value), inspect.isfunction)
        if not name.startswith("_") and "_store.unit()" in inspect.getsource(method)
    }
    assert written == {name.partition(",")[0] for name in COMMANDS} | FINAL


def test_two_undos_take_back_the_two_last_acts_in_their_order(world: World) -> None:
    practice = world.practice
    before = dump(practice)
    practice.plans.measure(world.goal, 60)
    practice.health.check(world.client, Answer.NO_CHANGE)
    assert [practice.undo.undo(), practice.undo.undo()] == ["history asked, no change", "Neck rotation left 60°"]
    assert dump(practice) == before


def test_a_signature_is_said_once_and_then_what_came_before_it_can_be_undone(world: World) -> None:
    practice = world.practice
    practice.plans.measure(world.goal, 60)
    practice.health.check(world.client, Answer.NO_CHANGE)
    signed = practice.notes.sign(practice.notes.open(world.booked).id, FULL)
    with pytest.raises(SignedForGood, match=r"A signature stays\. Once more undoes"):
        practice.undo.undo()
    assert practice.undo.undo() == "history asked, no change"
    assert practice.notes.of_appointment(world.booked) == signed


def test_what_was_changed_since_is_left_alone(world: World) -> None:
    practice = world.practice
    practice.appointments.step(world.booked, Status.ARRIVED)
    practice.notes.sign(practice.notes.open(world.booked).id, FULL)  # and thereby done
    before = dump(practice)
    with pytest.raises(SignedForGood):
        practice.undo.undo()
    with pytest.raises(ChangedSince, match="status arrived cannot be undone any more"):
        practice.undo.undo()
    assert dump(practice) == before


def test_the_reason_of_a_decision_stays_when_its_act_is_undone(world: World) -> None:
    practice = world.practice
    practice.health.add(world.client, CLOT)
    practice.appointments.step(world.arrived, Status.IN_SESSION, why="cleared by phone")
    assert practice.undo.undo() == "status in session"
    assert [one.reason for one in practice.decisions.of(world.arrived)] == ["cleared by phone"]


def test_an_undo_is_not_undone_and_there_is_an_end(world: World) -> None:
    practice = world.practice
    while practice.undo.last():
        try:
            practice.undo.undo()
        except PracticeError:
            continue
    with pytest.raises(NothingToUndo):
        practice.undo.undo()


def test_acts_are_forgotten_when_the_practice_is_closed(closed: Path, clock: Clock) -> None:
    again = reopen(closed, clock)
    assert again.undo.last() is None
    again.close()


def test_no_more_than_fifty_acts_are_remembered(world: World) -> None:
    for value in range(60):
        world.practice.plans.measure(world.goal, value)
    labels = [world.practice.undo.undo() for _ in range(MOST)]
    assert labels[-1] == "Neck rotation left 10°"
    assert world.practice.undo.last() is None


def test_what_was_undone_is_guarded_like_a_decision(world: World) -> None:
    world.practice.plans.measure(world.goal, 60)
    world.practice.undo.undo()
    for attack in ("UPDATE undone_row SET action = 'x'", "DELETE FROM undone_row"):
        with pytest.raises(dbapi2.IntegrityError, match="what was undone"):
            raw(world.practice).execute(attack)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from([*sorted(COMMANDS), "undo", "undo", "sign"]), max_size=12))
def test_no_run_of_acts_and_undos_changes_what_is_signed(steps: list[str], world: World) -> None:
    """Row L.118 of reliability.md: undo across signing."""
    practice = world.practice
    for step in steps:
        before = _signed(practice)
        try:
            if step == "undo":
                practice.undo.undo()
            elif step == "sign":
                client_id = a_client(practice)
                a_signed_note(practice, client_id, world.clock.now)
            else:
                COMMANDS[step][1](world)
        except (PracticeError, dbapi2.Error):
            pass  # not every act is possible at every moment, which is no matter here
        after = _signed(practice)
        assert set(before) <= set(after)


def _signed(practice: Practice) -> list[Any]:
    connection = raw(practice)
    names = ("session_note WHERE signed_at IS NOT NULL", "addendum", "decision", "audit_event")
    return [(name, row) for name in names for row in connection.execute(f"SELECT rowid, * FROM {name}").fetchall()]
