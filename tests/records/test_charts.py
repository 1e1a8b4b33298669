"""The chart tells who said what when, page by page, and reads as it stood on any earlier day."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event

from therapist_tui.demo.practice import whole_practice
from therapist_tui.domain.appointment import Status
from therapist_tui.domain.chart import DayAhead, NotYetOnFile
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.consent import ConsentDraft, ConsentKind, ConsentMethod
from therapist_tui.domain.goal import GoalDraft, GoalStatus
from therapist_tui.domain.health import Answer, HealthEntryDraft, HealthKind
from therapist_tui.domain.note import AddendumKind
from therapist_tui.domain.plan import PlanDraft, PlanStatus
from therapist_tui.domain.referral import ReferralDraft
from therapist_tui.records.practice import Practice

from .conftest import FULL, Clock, a_client, a_signed_note, an_appointment

DAY_ONE, DANA = date(2026, 11, 23), "Dana Reyes, LMT"


@pytest.fixture
def client(practice: Practice, clock: Clock) -> UUID:
    """On day 1 a client with one of everything; on day 4 all of it is changed."""
    client = a_client(practice, "Ben Tanaka", phone="1")
    practice.health.add(client, HealthEntryDraft(HealthKind.ALLERGY, "Nut oil"))
    plan = practice.plans.start(client, PlanDraft("Neck"))
    goal = practice.plans.add_goal(plan.id, GoalDraft("Rotation", "°", 48, 75))
    practice.plans.measure(goal.id, 50)
    referral = practice.referrals.add(client, ReferralDraft("Dr Lin", visits_authorised=6))
    consent = practice.consents.give(client, ConsentDraft(ConsentKind.TREATMENT, ConsentMethod.WRITTEN, DAY_ONE))
    a_signed_note(practice, client, clock.now - timedelta(hours=2))
    clock.tick(days=3)
    practice.clients.change(client, ClientDraft("Ben Tanaka", phone="2"))
    (entry,) = practice.health.of(client)
    practice.health.change(entry.id, HealthEntryDraft(HealthKind.ALLERGY, "Nut oil and latex"))
    practice.plans.change(plan.id, PlanDraft("Neck and arm"))
    practice.plans.change_goal(goal.id, GoalDraft("Rotation", "°", 48, 80))
    practice.plans.measure(goal.id, 62)
    practice.plans.close_goal(goal.id, GoalStatus.COMPLETED)
    practice.plans.close(plan.id, PlanStatus.COMPLETED)
    practice.referrals.change(referral.id, ReferralDraft("Dr Lin", visits_authorised=8))
    practice.consents.withdraw(consent.id, date(2026, 11, 26))
    practice.health.add(client, HealthEntryDraft(HealthKind.CONDITION, "Asthma"))
    practice.plans.start(client, PlanDraft("Knee"))
    return client


def test_a_day_reads_as_it_stood_when_it_ended_whatever_was_changed_since(practice: Practice, client: UUID) -> None:
    then = practice.charts.as_of(client, DAY_ONE)
    brief = then.overview.brief
    assert brief.client.phone == "1"
    assert [one.text for one in then.history.entries] == ["Nut oil"]
    assert [(one.reason, one.status) for one in then.plans.plans] == [("Neck", PlanStatus.ACTIVE)]
    (goal,) = then.plans.goals
    assert (goal.goal.target, goal.goal.status, goal.values) == (75, GoalStatus.ACTIVE, (48, 50))
    assert [one.visits_authorised for one in then.papers.referrals] == [6]
    assert [one.live_on(DAY_ONE) for one in then.papers.consents] == [True]
    assert then.papers.consents[0].withdrawn_on is None
    assert brief.plan == then.plans.plans[0]
    assert brief.goals == then.plans.goals
    assert brief.last_note


def test_today_as_it_stood_is_what_the_sections_show_now(practice: Practice, client: UUID) -> None:
    charts, then = practice.charts, practice.charts.as_of(client, date(2026, 11, 26))
    assert then.history == charts.history(client)
    assert then.plans == charts.plans(client)
    assert then.papers == charts.papers(client)
    assert then.overview.brief.client == practice.clients.get(client)


def test_before_the_client_was_on_file_there_is_nothing_to_read(practice: Practice, client: UUID) -> None:
    with pytest.raises(NotYetOnFile):
        practice.charts.as_of(client, date(2026, 11, 22))


def test_a_day_ahead_cannot_be_read(practice: Practice, client: UUID) -> None:
    with pytest.raises(DayAhead):
        practice.charts.as_of(client, date(2026, 11, 27))


def test_an_act_that_was_undone_leads_back_to_what_stood(practice: Practice, client: UUID) -> None:
    before = practice.charts.as_of(client, date(2026, 11, 26)).plans.plans
    practice.undo.undo()  # the second plan
    practice.clients.change(client, ClientDraft("Ben Tanaka", phone="3"))
    practice.undo.undo()
    then = practice.charts.as_of(client, date(2026, 11, 26))
    assert then.overview.brief.client.phone == "2"
    assert then.plans.plans == tuple(one for one in before if one.reason != "Knee")


def test_a_note_that_was_not_signed_then_is_a_draft_without_words(practice: Practice, clock: Clock) -> None:
    client = a_client(practice)
    booked = an_appointment(practice, client, clock.now)
    practice.appointments.step(booked.id, Status.DONE)
    begun = practice.notes.open(booked.id)
    until = clock.now
    clock.tick(days=1)
    practice.health.check(client, Answer.NO_CHANGE)
    practice.notes.sign(begun.id, FULL, why="decided", late="power cut")
    (then,) = practice.charts.notes(client, until=until).notes
    assert not then.signed
    assert then.content.empty
    (now,) = practice.charts.notes(client).notes
    assert now.proven


def test_a_note_marked_wrong_later_still_counted_then(practice: Practice, client: UUID, clock: Clock) -> None:
    until = clock.now
    clock.tick(days=1)
    (note,) = practice.charts.notes(client).notes
    practice.notes.add_addendum(note.id, AddendumKind.ENTERED_IN_ERROR, "another client's session")
    assert practice.charts.notes(client).notes[0].in_error
    assert not practice.charts.notes(client, until=until).notes[0].in_error


def test_every_change_says_who_made_it_and_what_was_said_before(practice: Practice, client: UUID, clock: Clock) -> None:
    charts = practice.charts
    history, plans, papers = charts.history(client), charts.plans(client), charts.papers(client)
    entry = next(one for one in history.entries if "Nut" in one.text)
    told = [(one.by, one.what, one.said) for one in history.edits[entry.id]]
    assert told == [(DANA, "noted", ()), (DANA, "changed", ("text “Nut oil” → “Nut oil and latex”",))]
    (goal,) = plans.goals
    assert [(one.by, one.what, one.said) for one in plans.edits[goal.goal.id]] == [
        (DANA, "added", ()),
        (DANA, "changed", ("target 75 → 80",)),
        (DANA, "changed", ("status active → completed",)),
    ]
    assert [one.said for one in papers.edits[papers.referrals[0].id]] == [(), ("visits authorised 6 → 8",)]
    assert [one.said for one in papers.edits[papers.consents[0].id]] == [(), ("withdrawn – → Thu 26 Nov 2026",)]
    assert [one.said for one in charts.overview(client, clock.now).edits] == [("phone “1” → “2”",)]


def test_each_asking_says_who_asked(practice: Practice, client: UUID) -> None:
    assert {one.by for one in practice.charts.history(client).asked} == {DANA}


def test_notes_come_in_pages_that_meet_without_gap_or_overlap(practice: Practice, clock: Clock) -> None:
    client = a_client(practice)
    for weeks in range(5):
        a_signed_note(practice, client, clock.now - timedelta(weeks=weeks))
    every = practice.notes.of_client(client)
    first = practice.charts.notes(client, most=2)
    second = practice.charts.notes(client, (first.notes[-1].service_at, first.notes[-1].id), most=2)
    third = practice.charts.notes(client, (second.notes[-1].service_at, second.notes[-1].id), most=2)
    assert (*first.notes, *second.notes, *third.notes) == every
    assert [one.more for one in (first, second, third)] == [True, True, False]


def test_the_overview_knows_the_last_session_and_the_next_appointment(practice: Practice, clock: Clock) -> None:
    client = a_client(practice)
    a_signed_note(practice, client, clock.now - timedelta(days=7))
    ahead = an_appointment(practice, client, clock.now + timedelta(days=7))
    overview = practice.charts.overview(client, clock.now)
    assert overview.last
    assert overview.last.starts_at == clock.now - timedelta(days=7)
    assert overview.following == ahead
    assert overview.notes == 1


def test_a_day_is_read_in_as_many_queries_however_much_there_is(practice: Practice, client: UUID, clock: Clock) -> None:
    def queries() -> int:
        count = [0]
        engine = practice._store.engine  # pyright: ignore[reportPrivateUsage]

        def counted(*_: object) -> None:
            count[0] += 1

        event.listen(engine, "before_cursor_execute", counted)
        practice.charts.as_of(client, DAY_ONE)
        event.remove(engine, "before_cursor_execute", counted)
        return count[0]

    before = queries()
    plan = practice.plans.current(client)
    assert plan
    for number in range(5):
        goal = practice.plans.add_goal(plan.id, GoalDraft(f"Goal {number}", "", 1, 9))
        practice.plans.measure(goal.id, 4)
        practice.health.add(client, HealthEntryDraft(HealthKind.CONDITION, f"Thing {number}"))
    assert queries() == before


def test_what_was_brought_in_is_on_file_from_its_own_date_on(practice: Practice, clock: Clock) -> None:
    whole = whole_practice(clock())
    practice.whole.store(whole)
    plan, goal, consent = whole.plans[0], whole.goals[0], whole.consents[0]
    referral = next(one for one in whole.referrals if one.received_on or one.written_on)
    received = referral.received_on or referral.written_on
    owner = {one.id: one.client_id for one in whole.plans}[goal.plan_id]
    for record, client_id, day in (
        (plan.id, plan.client_id, plan.started_on),
        (goal.id, owner, goal.baseline_on),
        (referral.id, referral.client_id, received),
        (consent.id, consent.client_id, consent.given_on),
    ):
        assert day is not None
        assert record in _on_file(practice, client_id, day)
        assert record not in _on_file(practice, client_id, day - timedelta(days=1))


def _on_file(practice: Practice, client_id: UUID, day: date) -> set[UUID]:
    then = practice.charts.as_of(client_id, day)
    plans, papers = then.plans, then.papers
    goals = [one.goal for one in plans.goals]
    return {one.id for one in (*plans.plans, *goals, *papers.referrals, *papers.consents)}
