"""The commands of each noun: what they keep, what they refuse, and that each leaves its trace."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from therapist_tui.domain.appointment import AppointmentDraft, ReasonNeeded, Status, WrongStep
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.consent import ConsentDraft, ConsentKind, ConsentMethod
from therapist_tui.domain.errors import Invalid
from therapist_tui.domain.goal import GoalDraft, GoalReview
from therapist_tui.domain.goal_states import GoalStatus
from therapist_tui.domain.health import Answer, HealthEntryDraft, HealthKind, HistoryCheck
from therapist_tui.domain.intake import IntakeDraft
from therapist_tui.domain.level import Level
from therapist_tui.domain.note import AddendumEmpty, AddendumKind, NoteContent
from therapist_tui.domain.numbers import NotANumber
from therapist_tui.domain.plan import PlanDraft, PlanStatus, ReviewDecision
from therapist_tui.domain.plan_steps import ReviewDraft
from therapist_tui.domain.recurrence import Rule
from therapist_tui.domain.referral import ReferralDraft
from therapist_tui.domain.release import ReleaseDraft
from therapist_tui.domain.series import SeriesDraft
from therapist_tui.domain.signing import NoteIncomplete
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.domain.touching import Scope, SeriesChange
from therapist_tui.records.errors import AppointmentClosed, PlanOpen, RecordNotFound
from therapist_tui.records.practice import Practice
from therapist_tui.records.tables import ClientRow
from therapist_tui.records.unit import Unit

from .conftest import FULL, Clock, a_client, a_session, a_signed_note, an_appointment

TODAY = date(2026, 11, 23)
CLOT = HealthEntryDraft(HealthKind.CONDITION, "Clot", Level.ABSOLUTE)


def actions(practice: Practice) -> list[str]:
    return [event.action for event in reversed(practice.audit.events())]


def test_the_therapist_is_kept_with_certifications_and_changes_the_zone(practice: Practice) -> None:
    before = practice.therapist.get()
    assert before.signature == "Dana Reyes, LMT"
    assert before.certified("prenatal", TODAY)
    draft = TherapistDraft("Dana Q", "RMT", "1", None, "Europe/Paris", (("prenatal", TODAY), ("oncology", None)))
    after = practice.therapist.save(draft)
    assert practice.therapist.get() == after
    assert after.id == before.id
    assert {c.id for c in before.certifications} < {c.id for c in after.certifications}
    assert practice.zone == ZoneInfo("Europe/Paris")
    assert practice.therapist.save(TherapistDraft("Dana Q", "", "1", None, "UTC")).certifications == ()


@pytest.mark.parametrize(
    "words", ["jose", "ALVAREZ j", "pepe", "416 555 0199", "(416) 555-01", "5550199", "@example.org", ""]
)
def test_clients_are_found_however_they_are_written(words: str, practice: Practice) -> None:
    a_client(practice, "José Álvarez", preferred_name="Pepe", phone="+1 416-555.0199", email="JA@Example.org")
    assert [client.name for client in practice.clients.find(words)] == ["José Álvarez"]


@pytest.mark.parametrize("words", ["%", "_", "\\", "josé garcía", "416 555 0198"])
def test_what_no_client_has_finds_nobody(words: str, practice: Practice) -> None:
    a_client(practice, "José Álvarez", phone="416 555 0199")
    assert practice.clients.find(words) == ()


def test_clients_come_by_name_and_archived_ones_do_not(practice: Practice) -> None:
    ids = {name: a_client(practice, name) for name in ("zoë", "Ann Lee", "Ann", "Émile", "Bea")}
    practice.clients.archive(ids["Bea"])
    assert [client.name for client in practice.clients.find()] == ["Ann", "Ann Lee", "Émile", "zoë"]
    assert len(practice.clients.find(limit=2)) == 2
    assert practice.clients.get(ids["Bea"]).archived_at
    practice.clients.restore(ids["Bea"])
    assert len(practice.clients.find("bea")) == 1


def test_a_changed_client_is_found_by_the_new_name_only(practice: Practice) -> None:
    client_id = a_client(practice, "Ann")
    changed = practice.clients.change(client_id, ClientDraft("Bea", remarks="two\nlines"))
    assert practice.clients.get(client_id) == changed
    assert practice.clients.find("ann") == ()


def test_health_stands_open_first_and_worst_first(practice: Practice) -> None:
    client_id = a_client(practice)
    for text, severity in (
        ("none", None),
        ("mild", Level.PRECAUTION),
        ("over", Level.ABSOLUTE),
        ("worst", Level.ABSOLUTE),
    ):
        entry = practice.health.add(client_id, HealthEntryDraft(HealthKind.CONDITION, text, severity))
        if text == "over":
            practice.health.resolve(entry.id, TODAY)
    assert [entry.text for entry in practice.health.of(client_id)] == ["worst", "mild", "none", "over"]


def test_adding_changing_and_resolving_say_that_the_client_was_asked(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    assert practice.health.checks(client_id) == ()
    entry = practice.health.add(client_id, CLOT)
    clock.tick(days=1)
    practice.health.check(client_id, Answer.NO_CHANGE)
    assert practice.health.checks(client_id) == (
        HistoryCheck(clock.now, Answer.NO_CHANGE, "Dana Reyes, LMT"),
        HistoryCheck(clock.now - timedelta(days=1), Answer.CHANGED, "Dana Reyes, LMT"),
    )
    practice.health.change(entry.id, HealthEntryDraft(HealthKind.CONDITION, "DVT", Level.CLEARANCE))
    assert practice.health.checks(client_id)[0].answer is Answer.CHANGED


def test_nothing_new_is_nothing_to_report_at_the_first_asking_of_each_client(practice: Practice, clock: Clock) -> None:
    asked_before, client_id = a_client(practice), a_client(practice)
    practice.health.add(asked_before, CLOT)
    for client, answers in ((client_id, [Answer.NOTHING, Answer.NO_CHANGE]), (asked_before, [Answer.NO_CHANGE])):
        for answer in answers:
            clock.tick(days=1)
            assert practice.health.unchanged(client) == HistoryCheck(clock.now, answer, "Dana Reyes, LMT")
            assert practice.health.checks(client)[0] == HistoryCheck(clock.now, answer, "Dana Reyes, LMT")


def test_the_former_wording_of_an_entry_is_kept(practice: Practice, clock: Clock) -> None:
    entry = practice.health.add(a_client(practice), CLOT)
    clock.tick(days=1)
    practice.health.change(entry.id, HealthEntryDraft(HealthKind.EVENT, "DVT", Level.CLEARANCE))
    clock.tick(days=1)
    practice.health.resolve(entry.id, TODAY)
    former = practice.health.former(entry.id)
    assert [one.text for one, _ in former] == ["DVT", "Clot"]
    assert former[1] == (entry, clock.now - timedelta(days=1))
    with pytest.raises(Invalid):
        practice.health.change(entry.id, HealthEntryDraft(HealthKind.EVENT, " "))


def test_an_appointment_goes_its_way_and_back_with_its_times(practice: Practice, clock: Clock) -> None:
    booked = an_appointment(practice, a_client(practice), clock.now)
    moments = []
    for status in (Status.ARRIVED, Status.IN_SESSION, Status.DONE):
        clock.tick(minutes=10)
        moments.append(clock.now)
        practice.appointments.step(booked.id, status)
    done = practice.appointments.get(booked.id)
    assert [done.arrived_at, done.began_at, done.ended_at] == moments
    clock.tick(minutes=10)
    back = practice.appointments.step(booked.id, Status.IN_SESSION)
    assert [back.arrived_at, back.began_at, back.ended_at] == [*moments[:2], None]
    practice.appointments.step(booked.id, Status.ARRIVED)
    again = practice.appointments.step(booked.id, Status.BOOKED)
    assert again == booked


def test_lost_appointments_need_a_reason_and_can_come_back(practice: Practice, clock: Clock) -> None:
    booked = an_appointment(practice, a_client(practice), clock.now)
    with pytest.raises(ReasonNeeded):
        practice.appointments.step(booked.id, Status.CANCELLED, " \t")
    with pytest.raises(WrongStep):
        practice.appointments.step(booked.id, Status.BOOKED)
    assert practice.appointments.step(booked.id, Status.NO_SHOW, "no call").reason == "no call"
    assert practice.appointments.step(booked.id, Status.BOOKED) == booked


def test_only_open_appointments_can_be_changed_and_the_draft_note_goes_along(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    booked = an_appointment(practice, client_id, clock.now)
    note = practice.notes.open(booked.id)
    later = clock.now.astimezone(ZoneInfo("Asia/Tokyo")) + timedelta(hours=3)
    moved = practice.appointments.change(booked.id, AppointmentDraft(client_id, later, 90, "Deep tissue"))
    assert moved.starts_at.utcoffset() == timedelta(0)
    assert practice.appointments.get(booked.id) == moved
    found = practice.notes.of_appointment(booked.id)
    assert found
    assert (found.id, found.service_at) == (note.id, later)
    practice.appointments.step(booked.id, Status.DONE)
    with pytest.raises(AppointmentClosed):
        practice.appointments.change(booked.id, AppointmentDraft(client_id, later, 90, "x"))


def test_overlap_is_said_but_touching_and_lost_ones_are_not(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    long = an_appointment(practice, client_id, clock.now - timedelta(hours=7), 480)
    touching = an_appointment(practice, client_id, clock.now + timedelta(hours=1))
    lost = an_appointment(practice, client_id, clock.now)
    practice.appointments.step(lost.id, Status.CANCELLED, "ill")
    draft = AppointmentDraft(client_id, clock.now, 60, "Massage")
    assert practice.appointments.overlapping(draft) == (long,)
    assert practice.appointments.overlapping(draft, except_id=long.id) == ()
    assert [one.id for one in practice.appointments.of(client_id)] == [touching.id, lost.id, long.id]


def test_a_note_is_begun_once_and_saved_as_typed(practice: Practice, clock: Clock) -> None:
    booked = an_appointment(practice, a_client(practice), clock.now)
    assert practice.notes.of_appointment(booked.id) is None
    note = practice.notes.open(booked.id)
    assert practice.notes.open(booked.id) == note
    clock.tick(seconds=2)
    saved = practice.notes.save(note.id, FULL)
    assert saved.saved_at == clock.now
    assert practice.notes.of_appointment(booked.id) == saved
    with pytest.raises(Invalid):
        practice.notes.save(note.id, NoteContent(pain_before=11))
    assert actions(practice).count("note.begun") == 1


def test_signing_needs_every_section_and_then_proves_the_text(practice: Practice, clock: Clock) -> None:
    note = practice.notes.open(a_session(practice, a_client(practice), clock.now).id)
    with pytest.raises(NoteIncomplete) as incomplete:
        practice.notes.sign(note.id, NoteContent("s", " ", "a", ""))
    assert "O is empty" in str(incomplete.value)
    assert "P is empty" in str(incomplete.value)
    assert "history was not asked" in str(incomplete.value)
    practice.health.check(note.client_id, Answer.NOTHING)
    signed = practice.notes.sign(note.id, FULL)
    stored = practice.notes.of_appointment(note.appointment_id)
    assert stored == signed
    assert stored
    assert stored.proven
    assert (stored.signed_by, stored.signed_at) == ("Dana Reyes, LMT", clock.now)


def test_addenda_stand_beside_the_note_oldest_first(practice: Practice, clock: Clock) -> None:
    note = a_signed_note(practice, a_client(practice), clock.now)
    for text in ("one", "two"):
        practice.notes.add_addendum(note.id, AddendumKind.CORRECTION, text + "\x1b[2J")
        clock.tick(minutes=1)
    assert [one.text for one in practice.notes.addenda(note.id)] == ["one[2J", "two[2J"]
    with pytest.raises(AddendumEmpty):
        practice.notes.add_addendum(note.id, AddendumKind.CORRECTION, "\x00 ")


def test_notes_of_a_client_and_the_last_signed_one(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    old, new = (a_signed_note(practice, client_id, clock.now - timedelta(days=days)) for days in (14, 7))
    draft = practice.notes.open(an_appointment(practice, client_id, clock.now).id)
    assert [note.id for note in practice.notes.of_client(client_id)] == [draft.id, new.id, old.id]
    last = [practice.day.brief(client_id, TODAY - timedelta(days=ago)).last_note for ago in (0, 7, 8, 14, 15)]
    assert last == [new, new, old, old, None]


def test_a_plan_with_goals_shows_how_far_they_came(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    plan = practice.plans.start(client_id, PlanDraft("Neck pain", visits_planned=8))
    assert plan.started_on == TODAY
    with pytest.raises(PlanOpen):
        practice.plans.start(client_id, PlanDraft("Again"))
    goal = practice.plans.add_goal(plan.id, GoalDraft("Rotation left", "°", 40, 70))
    done = practice.plans.add_goal(plan.id, GoalDraft("Sleep", "h", 4, 7))
    practice.plans.close_goal(done.id, GoalStatus.COMPLETED)
    dropped = practice.plans.add_goal(plan.id, GoalDraft("Jump", "cm", 4, 7))
    practice.plans.close_goal(dropped.id, GoalStatus.CANCELLED)
    for value in (45, 55):
        practice.plans.measure(goal.id, value)
        clock.tick(days=1)
    first, second = practice.plans.goals(client_id)
    assert (first.goal, first.values, first.percent) == (goal, (40, 45, 55), 50)
    assert second.goal.status is GoalStatus.COMPLETED
    practice.plans.change_goal(goal.id, GoalDraft("Rotation", "°", 40, 80))
    assert practice.plans.change(plan.id, PlanDraft("Neck")) == practice.plans.current(client_id)
    practice.plans.close(plan.id, PlanStatus.COMPLETED)
    assert practice.plans.current(client_id) is None


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1e9])
def test_what_is_no_number_is_not_measured(value: float, practice: Practice) -> None:
    plan = practice.plans.start(a_client(practice), PlanDraft("x"))
    goal = practice.plans.add_goal(plan.id, GoalDraft("x", "", 0, 1))
    with pytest.raises(NotANumber):
        practice.plans.measure(goal.id, value)
    with pytest.raises(NotANumber):
        practice.plans.add_goal(plan.id, GoalDraft("x", "", value, 1))


def test_a_referral_counts_the_visits_since_it_was_written(practice: Practice) -> None:
    client_id = a_client(practice)
    # 23 November begins at 05:00 UTC in Toronto.
    for starts_at in (datetime(2026, 11, 23, 4, 59, tzinfo=UTC), datetime(2026, 11, 23, 5, 0, tzinfo=UTC)):
        a_session(practice, client_id, starts_at)
    an_appointment(practice, client_id, datetime(2026, 11, 24, 15, tzinfo=UTC))
    given = practice.referrals.add(client_id, ReferralDraft("Dr X", written_on=TODAY, visits_authorised=3))
    assert (given.visits_used, given.visits_left) == (1, 2)
    changed = practice.referrals.change(given.id, ReferralDraft("Dr X", visits_authorised=3))
    assert practice.referrals.of(client_id) == (changed,)
    assert changed.visits_used == 2


def test_consents_are_given_and_withdrawn(practice: Practice) -> None:
    client_id = a_client(practice)
    given = practice.consents.give(client_id, ConsentDraft(ConsentKind.TREATMENT, ConsentMethod.WRITTEN, TODAY))
    with pytest.raises(Invalid):
        practice.consents.withdraw(given.id, date(2026, 11, 22))
    withdrawn = practice.consents.withdraw(given.id, TODAY)
    assert practice.consents.of(client_id) == (withdrawn,)
    assert not withdrawn.live_on(TODAY)


def test_drafts_of_forms_are_kept_replaced_and_dropped_without_a_trace(practice: Practice, clock: Clock) -> None:
    before = actions(practice)
    practice.drafts.keep("client", "", {"name": "J"})
    clock.tick(seconds=1)
    kept = practice.drafts.keep("client", "", {"name": "Jo [/] \ud800"})
    assert practice.drafts.get("client", "") == kept
    assert kept.saved_at == clock.now
    assert practice.drafts.get("client", "other") is None
    practice.drafts.drop("client", "")
    practice.drafts.drop("client", "")
    assert practice.drafts.get("client", "") is None
    assert actions(practice) == before


NOBODY = uuid4()
LOST: dict[str, Callable[[Practice], Any]] = {
    "clients.get": lambda p: p.clients.get(NOBODY),
    "clients.change": lambda p: p.clients.change(NOBODY, ClientDraft("A")),
    "clients.merge": lambda p: p.clients.merge(NOBODY, NOBODY),
    "clients.separate": lambda p: p.clients.separate(NOBODY),
    "notes.get": lambda p: p.notes.get(NOBODY),
    "health.take_in": lambda p: p.health.take_in(NOBODY, IntakeDraft(())),
    "clients.archive": lambda p: p.clients.archive(NOBODY),
    "health.add": lambda p: p.health.add(NOBODY, CLOT),
    "health.change": lambda p: p.health.change(NOBODY, CLOT),
    "health.unchanged": lambda p: p.health.unchanged(NOBODY),
    "health.check": lambda p: p.health.check(NOBODY, Answer.NO_CHANGE),
    "appointments.get": lambda p: p.appointments.get(NOBODY),
    "appointments.book": lambda p: p.appointments.book(AppointmentDraft(NOBODY, Clock().now, 60, "Massage")),
    "appointments.step": lambda p: p.appointments.step(NOBODY, Status.DONE),
    "notes.open": lambda p: p.notes.open(NOBODY),
    "notes.save": lambda p: p.notes.save(NOBODY, NoteContent()),
    "notes.sign": lambda p: p.notes.sign(NOBODY, FULL),
    "notes.add_addendum": lambda p: p.notes.add_addendum(NOBODY, AddendumKind.ADDITION, "x"),
    "plans.start": lambda p: p.plans.start(NOBODY, PlanDraft("x")),
    "plans.change": lambda p: p.plans.change(NOBODY, PlanDraft("x")),
    "plans.close": lambda p: p.plans.close(NOBODY, PlanStatus.ON_HOLD),
    "reviews.add": lambda p: p.reviews.add(NOBODY, ReviewDraft(ReviewDecision.CONTINUE, "x")),
    "plans.add_goal": lambda p: p.plans.add_goal(NOBODY, GoalDraft("x", "", 0, 1)),
    "plans.measure": lambda p: p.plans.measure(NOBODY, 1),
    "plans.change_goal": lambda p: p.plans.change_goal(NOBODY, GoalDraft("x", "", 0, 1)),
    "plans.close_goal": lambda p: p.plans.close_goal(NOBODY, GoalStatus.COMPLETED),
    "plans.review_goal": lambda p: p.plans.review_goal(NOBODY, GoalReview(GoalStatus.COMPLETED)),
    "plans.mark_in_error": lambda p: p.plans.mark_in_error(NOBODY),
    "referrals.add": lambda p: p.referrals.add(NOBODY, ReferralDraft("x")),
    "consents.withdraw": lambda p: p.consents.withdraw(NOBODY, TODAY),
    "releases.add": lambda p: p.releases.add(ReleaseDraft("x", "y", "z", NOBODY), "", lambda: None),
    "series.get": lambda p: p.series.get(NOBODY),
    "series.book": lambda p: p.series.book(SeriesDraft(NOBODY, TODAY, time(10), 60, "Massage", Rule(("MO",), count=2))),
    "series.look_at": lambda p: p.series.look_at(NOBODY, Scope.ALL),
    "series.change": lambda p: p.series.change(NOBODY, Scope.ALL, SeriesChange(1)),
    "series.cancel": lambda p: p.series.cancel(NOBODY, Scope.LATER, "ill"),
    "day.brief": lambda p: p.day.brief(NOBODY, TODAY),
}


@pytest.mark.parametrize("command", LOST)
def test_a_record_that_is_not_there_is_said_and_leaves_no_trace(command: str, practice: Practice) -> None:
    before = practice.audit.events()
    with pytest.raises(RecordNotFound):
        LOST[command](practice)
    assert practice.audit.events() == before


def test_every_command_leaves_its_code_and_nothing_that_was_typed(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    practice.clients.change(client_id, ClientDraft("Bea"))
    practice.clients.archive(client_id)
    practice.clients.restore(client_id)
    entry = practice.health.add(client_id, CLOT)
    practice.health.change(entry.id, CLOT)
    practice.health.resolve(entry.id, TODAY)
    practice.health.check(client_id, Answer.NO_CHANGE)
    note = a_signed_note(practice, client_id, clock.now)
    practice.notes.add_addendum(note.id, AddendumKind.ADDITION, "more")
    plan = practice.plans.start(client_id, PlanDraft("why"))
    goal = practice.plans.add_goal(plan.id, GoalDraft("x", "", 0, 1))
    practice.plans.measure(goal.id, 1)
    practice.plans.close_goal(goal.id, GoalStatus.COMPLETED)
    practice.plans.close(plan.id, PlanStatus.ON_HOLD)
    practice.referrals.add(client_id, ReferralDraft("Dr X"))
    consent = practice.consents.give(client_id, ConsentDraft(ConsentKind.TREATMENT, ConsentMethod.VERBAL, TODAY))
    practice.consents.withdraw(consent.id, TODAY)
    assert actions(practice) == [
        "practice.created", "therapist.added", "practice.opened",
        "client.added", "client.changed", "client.archived", "client.restored",
        "health.added", "history.asked", "health.changed", "history.asked", "health.resolved", "history.asked",
        "history.asked", "appointment.booked", "appointment.done", "note.begun", "history.asked", "note.signed",
        "note.addendum",
        "plan.started", "goal.added", "goal.measured", "goal.completed", "plan.on-hold",
        "referral.added", "consent.given", "consent.withdrawn",
    ]  # fmt: skip
    events = practice.audit.events()
    assert [event.seq for event in events] == list(range(len(events), 0, -1))
    assert {event.at for event in events} == {clock.now}
    assert practice.audit.events(limit=1)[0].subject_id == str(consent.id)


def _add_and_fail(unit: Unit) -> None:
    unit.add(ClientRow(id=uuid4(), name="Half"))
    unit.audit("client.added", "client")
    unit.session.flush()
    raise ZeroDivisionError


def test_a_command_that_fails_leaves_neither_record_nor_trace(practice: Practice) -> None:
    before = practice.audit.events(), practice.clients.find()
    store = practice.clients._store  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(ZeroDivisionError), store.unit() as unit:
        _add_and_fail(unit)
    with pytest.raises(RuntimeError, match="without an audit event"), store.unit():
        pass
    assert (practice.audit.events(), practice.clients.find()) == before
