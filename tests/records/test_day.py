"""The day: its slots in order, each with everything there is to know, and what the desk owes."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import event

from therapist_tui.domain.appointment import Status
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.consent import ConsentDraft, ConsentKind, ConsentMethod
from therapist_tui.domain.goal import GoalDraft, GoalStatus
from therapist_tui.domain.health import Answer, HealthEntryDraft, HealthKind
from therapist_tui.domain.level import Level
from therapist_tui.domain.note import AddendumKind, NoteContent
from therapist_tui.domain.plan import PlanDraft
from therapist_tui.domain.referral import ReferralDraft
from therapist_tui.records.practice import Practice

from .conftest import Clock, a_client, a_session, a_signed_note, an_appointment, reopen

TODAY = date(2026, 11, 23)


def test_an_empty_day_has_its_therapist_and_nothing_else(practice: Practice) -> None:
    agenda = practice.day.agenda(TODAY)
    assert (agenda.day, agenda.slots, agenda.to_sign, agenda.owed) == (TODAY, (), 0, ())
    assert agenda.therapist == practice.therapist.get()


def test_the_day_is_the_practices_own_also_when_the_clocks_change(practice: Practice) -> None:
    client_id = a_client(practice)
    # On 1 November 2026 Toronto has 25 hours: from 04:00 UTC to 05:00 UTC the next day.
    moments = [datetime(2026, 11, 1, 3, 59, tzinfo=UTC) + timedelta(minutes=m) for m in (0, 1, 25 * 60, 25 * 60 + 1)]
    ids = [an_appointment(practice, client_id, moment).id for moment in moments]
    assert [slot.id for slot in practice.day.agenda(date(2026, 11, 1)).slots] == ids[1:3]


def test_a_slot_knows_everything_about_its_client(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    older = a_signed_note(practice, client_id, clock.now - timedelta(days=30))
    entry = practice.health.add(client_id, HealthEntryDraft(HealthKind.CONDITION, "my own rule", Level.ABSOLUTE))
    over = practice.health.add(client_id, HealthEntryDraft(HealthKind.CONDITION, "my old rule", Level.PRECAUTION))
    practice.health.resolve(over.id, TODAY)
    plan = practice.plans.start(client_id, PlanDraft("Neck"))
    goal = practice.plans.add_goal(plan.id, GoalDraft("Rotation", "°", 40, 70))
    practice.plans.measure(goal.id, 55)
    gone = practice.plans.add_goal(plan.id, GoalDraft("Sleep", "h", 4, 7))
    practice.plans.close_goal(gone.id, GoalStatus.COMPLETED)
    practice.referrals.add(client_id, ReferralDraft("Dr X", visits_authorised=3))
    consent = practice.consents.give(client_id, ConsentDraft(ConsentKind.TREATMENT, ConsentMethod.WRITTEN, TODAY))
    morning = a_signed_note(practice, client_id, clock.now)
    an_appointment(practice, client_id, clock.now + timedelta(hours=4))

    early, late = practice.day.agenda(TODAY).slots
    assert early.note == morning
    assert late.note is None
    assert (early.brief.last_note, late.brief.last_note) == (older, morning)
    assert (early.brief.visits_before, late.brief.visits_before) == (1, 2)
    brief = late.brief
    assert brief.client == practice.clients.get(client_id)
    assert [caution.title for caution in brief.cautions] == ["my own rule"]
    assert {one.id for one in brief.health} == {entry.id, over.id}
    assert brief.asked
    assert brief.asked.answer is Answer.NO_CHANGE
    assert brief.plan == plan
    assert [progress.values for progress in brief.goals] == [(40, 55)]
    assert brief.referral
    assert brief.referral.visits_left == 1
    assert brief.consents == (consent,)
    assert brief.plan_visits == 1
    assert practice.day.brief(client_id, TODAY) == brief


def test_a_history_never_asked_is_unknown_and_a_minor_needs_a_guardian(practice: Practice, clock: Clock) -> None:
    minor = practice.clients.add(ClientDraft("Kim", born_on=date(2012, 1, 1)))
    an_appointment(practice, minor.id, clock.now)
    (slot,) = practice.day.agenda(TODAY).slots
    assert [caution.level for caution in slot.brief.cautions] == [Level.CLEARANCE, Level.UNKNOWN]
    practice.health.check(minor.id, Answer.NOTHING)
    assert slot.brief.asked is None
    assert practice.day.brief(minor.id, TODAY).worst is Level.CLEARANCE


def test_the_referral_shown_covers_the_day_else_is_used_up_and_never_run_out(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    practice.referrals.add(client_id, ReferralDraft("Run out", expires_on=date(2026, 11, 1)))
    assert practice.day.brief(client_id, TODAY).referral is None
    practice.referrals.add(client_id, ReferralDraft("Used up", written_on=date(2026, 11, 20), visits_authorised=1))
    a_session(practice, client_id, clock.now)
    used_up = practice.day.brief(client_id, TODAY).referral
    assert used_up
    assert (used_up.referrer, used_up.visits_left) == ("Used up", 0)
    practice.referrals.add(client_id, ReferralDraft("Live", written_on=date(2026, 11, 2)))
    live = practice.day.brief(client_id, TODAY).referral
    assert live
    assert live.referrer == "Live"


def test_the_desk_owes_done_sessions_and_drafts_with_text_oldest_first(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    days = [clock.now - timedelta(days=n) for n in range(6)]
    without = a_session(practice, client_id, days[3])
    empty = a_session(practice, client_id, days[4])
    practice.notes.open(empty.id)
    written = an_appointment(practice, client_id, days[1])
    practice.notes.save(practice.notes.open(written.id).id, NoteContent("began"))
    a_signed_note(practice, client_id, days[5])
    practice.notes.open(an_appointment(practice, client_id, days[0]).id)  # only looked at
    lost = an_appointment(practice, client_id, days[2])
    practice.appointments.step(lost.id, Status.NO_SHOW, "no call")

    agenda = practice.day.agenda(TODAY)
    assert agenda.owed == (empty.id, without.id, written.id)
    assert agenda.to_sign == 3
    assert [note.appointment_id for note in practice.notes.unsigned()] == [empty.id, written.id]


def test_a_day_takes_as_many_queries_for_ten_clients_as_for_one(practice: Practice, clock: Clock) -> None:
    said: list[str] = []
    engine = practice._store.engine  # pyright: ignore[reportPrivateUsage]
    event.listen(engine, "before_cursor_execute", lambda *told: said.append(told[2]))

    def queries() -> int:
        said.clear()
        practice.day.agenda(TODAY)
        return len(said)

    first = a_client(practice, "First")
    a_signed_note(practice, first, clock.now - timedelta(days=1))
    a_signed_note(practice, first, clock.now)
    one = queries()
    for n in range(9):
        client_id = a_client(practice, f"Client {n}")
        a_signed_note(practice, client_id, clock.now - timedelta(days=n + 1))  # things have changed since
        entry = practice.health.add(client_id, HealthEntryDraft(HealthKind.CONDITION, "x", Level.LOCAL))
        practice.health.change(entry.id, HealthEntryDraft(HealthKind.CONDITION, "y", Level.LOCAL))
        a_signed_note(practice, client_id, clock.now + timedelta(hours=n))
    assert queries() == one < 25


def test_the_day_can_be_read_while_the_app_is_open_and_nothing_changed(practice: Practice, clock: Clock) -> None:
    import pytest

    from therapist_tui.records.errors import PracticeReadOnly

    client_id = a_client(practice)
    an_appointment(practice, client_id, clock.now)
    reader = reopen(practice.folder, clock, read_only=True)
    assert reader.day.agenda(TODAY) == practice.day.agenda(TODAY)
    an_appointment(practice, client_id, clock.now + timedelta(hours=1))
    assert len(reader.day.agenda(TODAY).slots) == 2
    with pytest.raises(PracticeReadOnly):
        reader.clients.add(ClientDraft("A"))
    with pytest.raises(PracticeReadOnly):
        reader.drafts.drop("a", "")
    reader.close()
    practice.close()
    reader = reopen(practice.folder, clock, read_only=True)
    assert len(reader.day.agenda(TODAY).slots) == 2
    reader.close()


def test_a_brief_tells_what_changed_since_the_last_signed_note(practice: Practice, clock: Clock) -> None:
    now, client_id = clock.now, a_client(practice)
    clock.now = now - timedelta(days=14)
    practice.consents.give(client_id, ConsentDraft(ConsentKind.TREATMENT, ConsentMethod.WRITTEN, date(2026, 11, 9)))
    known = practice.health.add(client_id, HealthEntryDraft(HealthKind.CONDITION, "my rule", Level.PRECAUTION))
    over = practice.health.add(client_id, HealthEntryDraft(HealthKind.CONDITION, "my cold"))
    plan = practice.plans.start(client_id, PlanDraft("Neck"))
    goal = practice.plans.add_goal(plan.id, GoalDraft("Rotation", "°", 40, 70))
    practice.plans.measure(goal.id, 48)
    note = a_signed_note(practice, client_id, clock.now)
    clock.now = now - timedelta(days=3)
    assert practice.day.brief(client_id, date(2026, 11, 20)).changes == ()
    practice.health.change(known.id, HealthEntryDraft(HealthKind.CONDITION, "my rule, worse", Level.LOCAL))
    practice.health.resolve(over.id, date(2026, 11, 18))
    practice.health.add(client_id, HealthEntryDraft(HealthKind.ALLERGY, "my nut oil"))
    missed = an_appointment(practice, client_id, clock.now)
    practice.appointments.step(missed.id, Status.NO_SHOW, "no call")
    practice.notes.add_addendum(note.id, AddendumKind.CORRECTION, "right side")
    clock.now = now
    practice.plans.measure(goal.id, 62)
    called_off = an_appointment(practice, client_id, now + timedelta(hours=1))
    practice.appointments.step(called_off.id, Status.CANCELLED, "ill")

    (slot,) = practice.day.agenda(TODAY).slots
    assert {one.text for one in slot.brief.changes} == {
        "Changed: my rule, worse, AVOID (was: my rule, ADAPT)",
        "New: my nut oil",
        "Over since 18 Nov: my cold",
        "Rotation 48° → 62°, better",
        "Missed 20 Nov: no call",
        "Addendum to the last note (correction): right side",
    }
    assert practice.day.brief(client_id, date(2026, 11, 9)).changes == ()
