"""Undo takes back every act but signatures, leaves no other trace than the trail, and loses nothing that was written."""

import ast
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import update

from therapist_tui.domain.appointment import AppointmentDraft, Status
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.consent import ConsentDraft, ConsentKind, ConsentMethod
from therapist_tui.domain.goal import GoalDraft, GoalReview
from therapist_tui.domain.goal_states import Achievement, GoalStatus
from therapist_tui.domain.health import Answer, HealthEntryDraft, HealthKind
from therapist_tui.domain.intake import Heard, IntakeDraft
from therapist_tui.domain.level import Level
from therapist_tui.domain.note import AddendumKind, NoteContent
from therapist_tui.domain.plan import PlanDraft, PlanStatus, ReviewDecision
from therapist_tui.domain.plan_steps import ReviewDraft
from therapist_tui.domain.recurrence import Rule
from therapist_tui.domain.referral import ReferralDraft
from therapist_tui.domain.series import SeriesDraft
from therapist_tui.domain.therapist import CourseDraft, TherapistDraft
from therapist_tui.domain.touching import Scope, SeriesChange
from therapist_tui.domain.undo import ALONGSIDE, LABELS, SIGNED, UNSEEN
from therapist_tui.records import acts
from therapist_tui.records.driver import dbapi2
from therapist_tui.records.errors import ChangedSince, NothingToUndo, SignedForGood, StorageFull
from therapist_tui.records.indexing import CHECK
from therapist_tui.records.practice import Practice
from therapist_tui.records.tables import ClientRow
from therapist_tui.records.unit import Unit

from .conftest import FULL, Clock, a_client, a_signed_note, an_appointment, raw, reopen

TODAY = date(2026, 11, 23)
ITCH = HealthEntryDraft(HealthKind.ALLERGY, "Nut oil", Level.PRECAUTION)
CLOT = HealthEntryDraft(HealthKind.CONDITION, "Clot", Level.ABSOLUTE)
TRAIL = ("audit_event", "record_change", "undone_row", "decision", "former_row")
"""Tables that only ever grow: what stands there stays when an act is taken back."""


@dataclass
class World:
    """A practice with one of everything, and the ids of it."""

    practice: Practice
    clock: Clock
    client: UUID
    newcomer: UUID
    entry: UUID
    booked: UUID
    arrived: UUID
    plan: UUID
    goal: UUID
    referral: UUID
    consent: UUID
    repeated: tuple[UUID, ...] = ()


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
    practice.plans.measure(goal, 50)
    referral = practice.referrals.add(client, ReferralDraft("Dr Lin", visits_authorised=6)).id
    given = practice.consents.give(client, ConsentDraft(ConsentKind.TREATMENT, ConsentMethod.WRITTEN, TODAY))
    clock.tick(minutes=5)
    newcomer = a_client(practice, "Ines Novak")
    world = World(practice, clock, client, newcomer, entry, booked.id, arrived.id, plan, goal, referral, given.id)
    world.repeated = tuple(one.id for one in practice.series.book(a_series(world)).appointments)
    return world


def a_series(world: World) -> SeriesDraft:
    rule = Rule(("TU",), 2, count=3)
    return SeriesDraft(world.newcomer, TODAY + timedelta(days=8), time(9), 60, "Massage", rule, remarks="calls first")


def appointment(world: World, **by: float) -> AppointmentDraft:
    return AppointmentDraft(world.client, world.clock.now + timedelta(**by), 90, "Deep tissue", ("MFR",), ("neck",))


Command = Callable[[World], Any]
COMMANDS: dict[str, tuple[str, Command]] = {
    "clients.add": ("client added", lambda w: w.practice.clients.add(ClientDraft("Iris Novak"))),
    "clients.change": ("client's card changed", lambda w: w.practice.clients.change(w.client, ClientDraft("Ben"))),
    "clients.archive": ("client set aside", lambda w: w.practice.clients.archive(w.client)),
    "clients.restore": ("client brought back", lambda w: w.practice.clients.restore(w.client)),
    "clients.merge": ("two cards made into one", lambda w: w.practice.clients.merge(w.client, w.newcomer)),
    "clients.separate": ("cards taken apart again", lambda w: w.practice.clients.separate(w.client)),
    "health.add": ("history entry added", lambda w: w.practice.health.add(w.client, CLOT)),
    "health.take_in": (
        "intake taken, 1 entry",
        lambda w: w.practice.health.take_in(
            w.client,
            IntakeDraft(
                (Heard("Clot", CLOT, Level.ABSOLUTE, ""),),
                (ConsentDraft(ConsentKind.TREATMENT, ConsentMethod.VERBAL, TODAY),),
            ),
        ),
    ),
    "health.change": ("history entry changed", lambda w: w.practice.health.change(w.entry, CLOT)),
    "health.resolve": ("history entry marked as over", lambda w: w.practice.health.resolve(w.entry, TODAY)),
    "health.unchanged": ("history asked, no change", lambda w: w.practice.health.unchanged(w.client)),
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
    "plans.start": ("plan started", lambda w: w.practice.plans.start(w.newcomer, PlanDraft("Knee"))),
    "plans.change": ("plan changed", lambda w: w.practice.plans.change(w.plan, PlanDraft("Neck", visits_planned=4))),
    "plans.close": ("plan completed", lambda w: w.practice.plans.close(w.plan, PlanStatus.COMPLETED)),
    "plans.close, stopped": (
        "plan stopped",
        lambda w: w.practice.plans.close(w.plan, PlanStatus.STOPPED, "moved away", "neck as before"),
    ),
    "reviews.add": (
        "plan reviewed",
        lambda w: w.practice.reviews.add(w.plan, ReviewDraft(ReviewDecision.PAUSE, "worse")),
    ),
    "plans.add_goal": ("goal added: Sleep", lambda w: w.practice.plans.add_goal(w.plan, GoalDraft("Sleep", "h", 4, 7))),
    "plans.change_goal": (
        "goal changed: Rotation",
        lambda w: w.practice.plans.change_goal(w.goal, GoalDraft("Rotation", "°", 50, 80)),
    ),
    "plans.close_goal": ("goal put on hold", lambda w: w.practice.plans.close_goal(w.goal, GoalStatus.ON_HOLD)),
    "plans.review_goal": (
        "goal confirmed: improving",
        lambda w: w.practice.plans.review_goal(w.goal, GoalReview(GoalStatus.ACTIVE, Achievement.IMPROVING, "range")),
    ),
    "plans.review_goal, completed": (
        "goal completed",
        lambda w: w.practice.plans.review_goal(w.goal, GoalReview(GoalStatus.COMPLETED)),
    ),
    "plans.mark_in_error": (
        "value marked as entered in error: Neck rotation left 50°",
        lambda w: w.practice.plans.mark_in_error(w.practice.plans.goals(w.client)[0].measurements[0].id),
    ),
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
COMMANDS["therapist.add_course"] = (
    "course added",
    lambda w: w.practice.therapist.add_course(CourseDraft("Scars", 6, TODAY)),
)
COMMANDS |= {
    "series.book": ("series booked, 3 dates", lambda w: w.practice.series.book(a_series(w))),
    "series.change": (
        "series changed, 2 dates",
        lambda w: w.practice.series.change(w.repeated[1], Scope.LATER, SeriesChange(1, time(8), 45, "Deep tissue")),
    ),
    "series.change, all": (
        "series changed, 3 dates",
        lambda w: w.practice.series.change(w.repeated[1], Scope.ALL, SeriesChange(minutes=90)),
    ),
    "series.cancel": ("series cancelled, 1 date", lambda w: w.practice.series.cancel(w.repeated[2], Scope.THIS, "ill")),
    "series.cancel, later": (
        "series cancelled, 2 dates",
        lambda w: w.practice.series.cancel(w.repeated[1], Scope.LATER, "moving away"),
    ),
}
FINAL = {"notes.open", "notes.sign", "notes.add_addendum", "whole.store", "undo.undo", "releases.add", "series.extend"}
FINAL |= {"whole.add"}
FINAL |= {"imports.store", "imports.take_back"}  # an import is taken back by its origins: test_imports.py
FINAL |= {
    "backups.take",
    "backups.drill",
    "keys.change",
    "keys.give",
    "keys.take_away",
    "keys.sheet",
    "keys.confirm_sheet",
}
FINAL |= {"keys.raise_cost", "audit.restored", "audit.write_reads", "audit.settings_in_force"}
"""Commands that are no act of the user, or that stand for good."""
WRITES = re.compile(r"_store\.unit\(\)|self\._write\(")
"""How a command writes; the second is the key file and its event (records/keyring.py)."""


def tables(practice: Practice) -> list[str]:
    """All tables but the index: its entries may be numbered anew, and CHECK compares it with what the records say."""
    found = raw(practice).execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [name for (name,) in found if not name.startswith("search_")]


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
    if command == "clients.separate":
        practice.clients.merge(world.client, world.newcomer)
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
    raw(practice).execute(CHECK)
    _check_trail(practice, said)
    _check_kept(practice, before, left)


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
        for noun, one in vars(practice).items()
        for name, method in inspect.getmembers(one, inspect.ismethod)
        if not name.startswith("_") and WRITES.search(inspect.getsource(method))
    }
    assert written == {name.partition(",")[0] for name in COMMANDS} | FINAL


def codes() -> set[str]:
    """Every action that a command writes into the trail, as the source says it."""
    found: set[str] = set()
    kinds = {"appointment.": Status, "plan.": PlanStatus, "goal.": GoalStatus}
    for path in Path(acts.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            texts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
            called = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
            if called in ("audit", "_write", "KeyChange"):
                found |= {text for text in texts if isinstance(text, str) and text.count(".") == 1 and text[-1] != "."}
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("_AUDITED", "_READ"):
                found |= {str(text) for text in texts if "." in str(text)}
            if isinstance(node, ast.JoinedStr) and texts and texts[0] in kinds:
                found |= {f"{texts[0]}{one.value.replace(' ', '-')}" for one in kinds[texts[0]]}
    return found


def test_every_code_of_the_trail_has_a_label_or_is_final() -> None:
    assert codes() == LABELS.keys() | SIGNED.keys() | UNSEEN | ALONGSIDE


def test_what_an_act_wrote_is_kept_with_its_content_and_who_undid_it(world: World) -> None:
    practice = world.practice
    practice.health.change(world.entry, CLOT)
    world.clock.tick(minutes=1)
    practice.undo.undo()
    kept = {one.record: one for one in practice.undo.undone()}
    assert kept.keys() == {"health_entry", "health_entry_version", "history_check"}
    changed = kept["health_entry"]
    assert changed.content["text"] == "Clot"
    assert "client_id" not in changed.content  # it was not changed
    assert kept["health_entry_version"].content["text"] == "Nut oil"
    assert kept["history_check"].content["answer"] == "changed"
    assert (changed.action, changed.undone_at, changed.undone_by) == (
        "health.changed",
        world.clock.now,
        "Dana Reyes, LMT",
    )
    assert practice.undo.undone(world.entry) == (changed,)


def test_two_undos_take_back_the_two_last_acts_in_order(world: World) -> None:
    practice = world.practice
    first = dump(practice)
    practice.plans.measure(world.goal, 55)
    second = dump(practice)
    practice.plans.measure(world.goal, 62)
    assert practice.undo.undo() == "Neck rotation left 62°"
    assert dump(practice) == second
    assert practice.undo.undo() == "Neck rotation left 55°"
    assert dump(practice) == first


def test_a_chain_of_acts_that_build_on_each_other_is_taken_back_to_the_start(practice: Practice, clock: Clock) -> None:
    start = dump(practice)
    client = a_client(practice)
    booked = an_appointment(practice, client, clock.now)
    for status in (Status.ARRIVED, Status.IN_SESSION, Status.DONE, Status.IN_SESSION):
        clock.tick(minutes=1)
        practice.appointments.step(booked.id, status)
    plan = practice.plans.start(client, PlanDraft("Neck"))
    goal = practice.plans.add_goal(plan.id, GoalDraft("Sleep", "h", 4, 7))
    practice.plans.measure(goal.id, 5)
    while practice.undo.last():
        practice.undo.undo()
    assert dump(practice) == start
    with pytest.raises(NothingToUndo):
        practice.undo.undo()


def test_fifty_acts_at_most_can_be_taken_back(world: World) -> None:
    for value in range(60):
        world.practice.plans.measure(world.goal, value)
    labels = []
    while world.practice.undo.last():
        labels.append(world.practice.undo.undo())
    assert labels == [f"Neck rotation left {value}°" for value in range(59, 9, -1)]


def test_an_undo_and_what_is_typed_or_begun_are_no_acts(practice: Practice, clock: Clock) -> None:
    client = a_client(practice)
    booked = an_appointment(practice, client, clock.now)
    practice.health.check(client, Answer.NOTHING)
    assert practice.undo.undo() == "history asked, nothing to report"
    practice.notes.save(practice.notes.open(booked.id).id, FULL)
    practice.drafts.keep("client", "", {"name": "J"})
    last = practice.undo.last()
    assert last
    assert last.label == "appointment booked"


def test_an_appointment_that_a_note_was_begun_for_is_not_taken_back(practice: Practice, clock: Clock) -> None:
    booked = an_appointment(practice, a_client(practice), clock.now)
    practice.notes.save(practice.notes.open(booked.id).id, FULL)
    before, said = dump(practice), trail(practice)
    with pytest.raises(ChangedSince) as refused:
        practice.undo.undo()
    assert str(refused.value) == "That was changed since: appointment booked cannot be undone any more."
    assert (dump(practice), trail(practice), practice.undo.undone()) == (before, said, ())
    last = practice.undo.last()  # what cannot be undone does not stand in the way for ever
    assert last
    assert last.label == "client added"
    with pytest.raises(ChangedSince):
        practice.undo.undo()
    assert dump(practice) == before


def test_a_note_that_was_begun_moves_with_its_appointment_and_back(world: World) -> None:
    practice = world.practice
    was = practice.notes.of_appointment(world.booked)
    moved = practice.appointments.change(world.booked, appointment(world, hours=5))
    note = practice.notes.of_appointment(world.booked)
    assert note
    practice.notes.save(note.id, NoteContent("typed after the move"))
    practice.undo.undo()
    back = practice.notes.of_appointment(world.booked)
    assert was
    assert back
    assert (note.service_at, back.service_at) == (moved.starts_at, was.service_at)
    assert back.content.subjective == "typed after the move"


def signed_rows(practice: Practice) -> list[Any]:
    """What no undo may touch, to the byte."""
    whole = ("session_note WHERE signed_at IS NOT NULL", "addendum", "decision")
    return [tuple(row) for table in whole for row in raw(practice).execute(f"SELECT rowid, * FROM {table}")]


def test_an_act_before_a_signature_is_not_taken_back_where_it_touched_the_note(world: World) -> None:
    practice = world.practice
    practice.appointments.change(world.booked, appointment(world, hours=5))
    note = practice.notes.of_appointment(world.booked)
    assert note
    practice.notes.sign(note.id, FULL)
    signed, before = signed_rows(practice), dump(practice)
    with pytest.raises(SignedForGood):
        practice.undo.undo()
    with pytest.raises(ChangedSince):
        practice.undo.undo()
    assert (signed_rows(practice), dump(practice)) == (signed, before)


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


def test_an_act_is_not_taken_back_from_under_a_later_one_that_stays(practice: Practice, clock: Clock) -> None:
    client = a_client(practice)
    booked = an_appointment(practice, client, clock.now)
    for hours in (1, 2):
        practice.appointments.change(
            booked.id, AppointmentDraft(client, clock.now + timedelta(hours=hours), 60, "Massage")
        )
        note = practice.notes.open(booked.id)
    practice.health.check(client, Answer.NOTHING)
    practice.notes.sign(note.id, FULL)
    with pytest.raises(SignedForGood):
        practice.undo.undo()
    assert practice.undo.undo() == "history asked, nothing to report"
    before = dump(practice)
    for _ in ("the second move, with the note", "the first one, before there was a note"):
        with pytest.raises(ChangedSince):
            practice.undo.undo()
    assert dump(practice) == before


def test_a_signature_is_said_to_stay_before_an_older_act_is_taken_back(world: World) -> None:
    practice = world.practice
    practice.plans.measure(world.goal, 62)
    note = a_signed_note(practice, world.client, world.clock.now)
    practice.notes.add_addendum(note.id, AddendumKind.ADDITION, "more")
    with pytest.raises(SignedForGood) as refused:
        practice.undo.undo()
    assert str(refused.value) == "An addendum stays. Once more undoes what came before it: history asked, no change."
    before = signed_rows(practice)
    assert practice.undo.undo() == "history asked, no change"
    assert signed_rows(practice) == before


def test_a_signature_alone_is_said_to_stay(closed: Path, clock: Clock) -> None:
    practice = reopen(closed, clock)
    (note,) = practice.whole.read().notes
    practice.notes.add_addendum(note.id, AddendumKind.ADDITION, "more")
    assert practice.undo.last() is None
    with pytest.raises(SignedForGood) as refused:
        practice.undo.undo()
    assert str(refused.value) == "An addendum stays. There is nothing else to undo."
    with pytest.raises(NothingToUndo):
        practice.undo.undo()
    practice.close()


def test_a_decision_and_its_reason_stay_when_the_session_is_taken_back(world: World) -> None:
    practice = world.practice
    practice.health.add(world.client, CLOT)
    before = dump(practice)
    practice.appointments.step(world.arrived, Status.IN_SESSION, why="cleared by Dr Lin")
    kept = signed_rows(practice)
    assert practice.undo.undo() == "status in session"
    assert dump(practice) == before
    assert signed_rows(practice) == kept
    assert [one.reason for one in practice.decisions.of(world.arrived)] == ["cleared by Dr Lin"]


def test_what_another_record_refers_to_is_not_taken_back(world: World) -> None:
    practice = world.practice
    practice.health.add(world.client, CLOT)
    booked = an_appointment(practice, world.client, world.clock.now)
    practice.appointments.step(booked.id, Status.IN_SESSION, why="cleared by Dr Lin")
    assert practice.undo.undo() == "status in session"
    before = dump(practice)
    with pytest.raises(ChangedSince):  # the decision is about it
        practice.undo.undo()
    assert dump(practice) == before


def test_a_disk_that_is_full_leaves_the_act_to_be_undone_later(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    practice = world.practice
    before = dump(practice)
    practice.plans.measure(world.goal, 62)
    with monkeypatch.context() as full:

        def no_room(*_: object) -> None:
            raise StorageFull

        full.setattr("therapist_tui.records.undo._take_back", no_room)
        with pytest.raises(StorageFull):
            practice.undo.undo()
    assert practice.undo.undo() == "Neck rotation left 62°"
    assert dump(practice) == before


def test_the_acts_are_forgotten_when_the_practice_is_closed(practice: Practice, clock: Clock) -> None:
    a_client(practice)
    practice.close()
    assert practice.undo.last() is None
    again = reopen(practice.folder, clock)
    assert again.undo.last() is None
    with pytest.raises(NothingToUndo):
        again.undo.undo()
    again.close()


def test_taking_back_the_profile_brings_the_name_and_the_zone_back(practice: Practice, clock: Clock) -> None:
    zone = practice.zone
    practice.therapist.save(TherapistDraft("Dana Q", "RMT", "1", None, "Europe/Paris"))
    practice.undo.undo()
    assert practice.zone == zone
    assert practice.audit.events(1)[0].who == "Dana Q, RMT"
    a_client(practice)
    assert practice.audit.events(1)[0].who == "Dana Reyes, LMT"


def _add_and_fail(unit: Unit) -> None:
    unit.add(ClientRow(id=uuid4(), name="Half"))
    unit.audit("client.added", "client")
    unit.session.flush()
    raise ZeroDivisionError


def test_a_command_that_failed_is_no_act(world: World) -> None:
    last = world.practice.undo.last()
    store = world.practice.clients._store  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(ZeroDivisionError), store.unit() as unit:
        _add_and_fail(unit)
    assert world.practice.undo.last() == last


def test_a_bulk_statement_that_undo_would_not_see_is_a_bug(world: World) -> None:
    store = world.practice.clients._store  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(RuntimeError, match="bulk"), store.unit() as unit:
        unit.session.exec(update(ClientRow).values(remarks="x"))


ATTACKS = (
    "UPDATE undone_row SET content = '{}'",
    "UPDATE OR REPLACE undone_row SET id = id, content = '{}'",
    "DELETE FROM undone_row",
    "INSERT OR REPLACE INTO undone_row SELECT * FROM undone_row",
)


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_what_was_undone_withstands(attack: str, recursive: str, world: World) -> None:
    world.practice.plans.measure(world.goal, 62)
    world.practice.undo.undo()
    connection = raw(world.practice)
    connection.execute(f"PRAGMA recursive_triggers = {recursive}")
    before = connection.execute("SELECT rowid, * FROM undone_row").fetchall()
    assert before
    with pytest.raises(dbapi2.IntegrityError, match="never"):
        connection.execute(attack)
    assert connection.execute("SELECT rowid, * FROM undone_row").fetchall() == before
