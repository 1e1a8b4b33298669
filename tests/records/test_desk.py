"""The desk as the store reads it: every rule's facts reach it, and it takes as many queries however much is owed."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import event

from therapist_tui.domain.appointment import Status
from therapist_tui.domain.desk import Desk, OwedKind
from therapist_tui.domain.goal import GoalDraft, GoalStatus
from therapist_tui.domain.health import Answer
from therapist_tui.domain.note import NoteContent
from therapist_tui.domain.plan import PlanDraft, PlanStatus
from therapist_tui.domain.referral import ReferralDraft
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.practice import Practice

from .conftest import Clock, a_client, a_session, a_signed_note, an_appointment, raw

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = date(2026, 11, 23)


def owed(practice: Practice, clock: Clock) -> Desk:
    return practice.desk.owed(clock.now)


def kinds(practice: Practice, clock: Clock) -> list[str]:
    return [one.kind.value for one in owed(practice, clock).owed]


def test_an_empty_practice_owes_nothing(practice: Practice, clock: Clock) -> None:
    a_client(practice)
    assert owed(practice, clock) == Desk()


def test_the_desk_and_the_day_count_the_same_notes_in_the_same_order(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    without = a_session(practice, client_id, clock.now - 3 * DAY)
    draft = an_appointment(practice, client_id, clock.now - DAY)
    practice.notes.save(practice.notes.open(draft.id).id, NoteContent("began"))
    practice.notes.open(an_appointment(practice, client_id, clock.now - 2 * DAY).id)  # only looked at
    a_signed_note(practice, client_id, clock.now - 5 * DAY)
    notes = owed(practice, clock).of_kind(OwedKind.NOTE)
    assert [one.about for one in notes] == [without.id, draft.id]
    agenda = practice.day.agenda(TODAY)
    assert agenda.owed == tuple(one.about for one in notes)
    assert agenda.to_sign == owed(practice, clock).counts[OwedKind.NOTE]
    assert [(one.what, one.urgency) for one in notes] == [
        ("not begun", "71 h ago, late"),
        ("begun, not finished", "23 h ago"),
    ]


def test_signing_settles_a_note(practice: Practice, clock: Clock) -> None:
    a_signed_note(practice, a_client(practice), clock.now - DAY)
    assert kinds(practice, clock) == []


def test_what_is_over_without_an_outcome_is_owed_and_what_lies_ahead_is_not(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    practice.health.check(client_id, Answer.NOTHING)
    over = an_appointment(practice, client_id, clock.now - 25 * HOUR)
    an_appointment(practice, client_id, clock.now - HOUR / 2)
    an_appointment(practice, client_id, clock.now + HOUR)
    lost = an_appointment(practice, client_id, clock.now - 50 * HOUR)
    practice.appointments.step(lost.id, Status.NO_SHOW, "no call")
    (found,) = owed(practice, clock).owed
    assert (found.kind, found.about, found.urgency) == (OwedKind.OUTCOME, over.id, "24 h ago")


def test_only_todays_clients_are_asked_for_their_history_each_once(practice: Practice, clock: Clock) -> None:
    today = a_client(practice, "Today")
    first = an_appointment(practice, today, clock.now + HOUR)
    an_appointment(practice, today, clock.now + 4 * HOUR)
    an_appointment(practice, a_client(practice, "Tomorrow"), clock.now + DAY)
    (found,) = owed(practice, clock).owed
    assert (found.kind, found.about, found.urgency) == (OwedKind.HISTORY, today, "never asked")
    assert found.appointment
    assert found.appointment.id == first.id
    practice.health.check(today, Answer.NOTHING)
    assert kinds(practice, clock) == []
    clock.tick(days=366)
    an_appointment(practice, today, clock.now)
    assert [one.urgency for one in owed(practice, clock).of_kind(OwedKind.HISTORY)] == ["asked 366 days ago"]


def with_goal(practice: Practice, clock: Clock, name: str = "José Álvarez") -> tuple[UUID, UUID, UUID]:
    """A client with a goal and four signed sessions since its baseline; the clock stands after the last one."""
    client_id = a_client(practice, name)
    plan = practice.plans.start(client_id, PlanDraft("Neck"))
    goal = practice.plans.add_goal(plan.id, GoalDraft("Rotation", "°", 40, 70))
    for _ in range(4):
        clock.tick(days=7)
        a_signed_note(practice, client_id, clock.now - 2 * HOUR)
    practice.health.check(client_id, Answer.NO_CHANGE)
    return client_id, plan.id, goal.id


def test_a_goal_without_a_value_for_four_visits_is_owed_until_it_is_measured(practice: Practice, clock: Clock) -> None:
    client_id, _, goal_id = with_goal(practice, clock)
    (found,) = owed(practice, clock).owed
    assert (found.kind, found.about, found.urgency) == (OwedKind.GOAL, goal_id, "no value for 4 visits")
    assert found.client
    assert found.client.id == client_id
    kept = practice.plans.measure(goal_id, 55)
    assert kinds(practice, clock) == []
    practice.plans.mark_in_error(kept.id)
    assert kinds(practice, clock) == ["goal"]


def test_goals_that_were_closed_or_whose_plan_was_are_not_owed(practice: Practice, clock: Clock) -> None:
    client_id, plan_id, goal_id = with_goal(practice, clock)
    practice.plans.close_goal(goal_id, GoalStatus.COMPLETED)
    assert kinds(practice, clock) == []
    practice.plans.close_goal(goal_id, GoalStatus.ACTIVE)
    practice.plans.close(plan_id, PlanStatus.STOPPED, "moved away")
    assert kinds(practice, clock) == []
    practice.plans.close(plan_id, PlanStatus.ACTIVE)
    assert kinds(practice, clock) == ["goal"]
    practice.clients.archive(client_id)
    assert kinds(practice, clock) == []


def test_a_referral_is_owed_at_its_last_visits_and_when_it_is_used_up_with_a_visit_booked(
    practice: Practice, clock: Clock
) -> None:
    client_id = a_client(practice)
    practice.referrals.add(client_id, ReferralDraft("Dr Lin", written_on=TODAY - 30 * DAY, visits_authorised=3))
    a_signed_note(practice, client_id, clock.now - 10 * DAY)
    (found,) = owed(practice, clock).owed
    assert (found.kind, found.what, found.urgency) == (OwedKind.REFERRAL, "Dr Lin", "2 visits left")
    assert found.since == clock.now - 10 * DAY
    a_signed_note(practice, client_id, clock.now - 9 * DAY)
    a_signed_note(practice, client_id, clock.now - 8 * DAY)
    assert kinds(practice, clock) == []
    an_appointment(practice, client_id, clock.now + DAY)
    assert [one.urgency for one in owed(practice, clock).owed] == ["used up"]
    practice.referrals.add(client_id, ReferralDraft("Dr Lin", written_on=TODAY, visits_authorised=6))
    assert kinds(practice, clock) == []


def test_the_licence_and_certifications_are_owed_before_they_run_out(practice: Practice, clock: Clock) -> None:
    held = (("prenatal", TODAY - DAY), ("oncology", TODAY + 90 * DAY))
    saved = practice.therapist.save(
        TherapistDraft("Dana Reyes", "LMT", "A-1", TODAY + 10 * DAY, "America/Toronto", held)
    )
    rows = owed(practice, clock).owed
    assert [(one.kind, one.urgency) for one in rows] == [
        (OwedKind.CERTIFICATION, "expired 22 Nov"),
        (OwedKind.LICENCE, "expires in 10 days"),
    ]
    prenatal = next(one for one in saved.certifications if one.kind == "prenatal")
    assert [one.about for one in rows] == [prenatal.id, saved.id]


def test_today_is_the_practices_own(practice: Practice, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)  # 22:30 on the 23rd in Toronto
    an_appointment(practice, a_client(practice, "Late"), datetime(2026, 11, 24, 4, 30, tzinfo=UTC))
    an_appointment(practice, a_client(practice, "Tomorrow"), datetime(2026, 11, 24, 5, 30, tzinfo=UTC))
    assert [one.client.name for one in owed(practice, clock).owed if one.client] == ["Late"]


def test_the_desk_takes_as_many_queries_for_five_clients_as_for_one(practice: Practice, clock: Clock) -> None:
    said: list[str] = []
    engine = practice._store.engine  # pyright: ignore[reportPrivateUsage]
    event.listen(engine, "before_cursor_execute", lambda *told: said.append(told[2]))

    def one_more(number: int) -> None:
        client_id, _, _ = with_goal(practice, clock, f"Client {number}")
        practice.referrals.add(client_id, ReferralDraft("Dr Lin", visits_authorised=7))
        a_session(practice, client_id, clock.now - 3 * HOUR)
        an_appointment(practice, client_id, clock.now - 8 * HOUR)

    def queries() -> int:
        said.clear()
        assert {*kinds(practice, clock)} == {"note", "outcome", "goal", "referral"}
        return len(said)

    one_more(0)
    one = queries()
    for number in range(1, 5):
        one_more(number)
    assert queries() == one < 24


def test_no_query_reads_a_big_table_from_end_to_end(practice: Practice, clock: Clock) -> None:
    with_goal(practice, clock)
    said: list[tuple[str, object]] = []
    engine = practice._store.engine  # pyright: ignore[reportPrivateUsage]
    event.listen(engine, "before_cursor_execute", lambda *told: said.append((told[2], told[3])))
    owed(practice, clock)
    steps = [
        row[3]
        for sql, values in said
        if sql.startswith("SELECT")
        for row in raw(practice).execute(f"EXPLAIN QUERY PLAN {sql}", values)
    ]
    assert steps
    big = ("appointment", "session_note", "measurement", "history_check", "health_entry")
    assert [step for step in steps if step.startswith("SCAN") and step.split()[1] in big] == []
