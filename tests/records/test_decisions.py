"""Going on against a caution: asked for a reason, which is kept beside the act and never changes."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from therapist_tui.domain.appointment import Status
from therapist_tui.domain.consent import ConsentDraft, ConsentKind, ConsentMethod
from therapist_tui.domain.decision import Act, ReasonEmpty, ReasonWanted
from therapist_tui.domain.health import HealthEntryDraft, HealthKind
from therapist_tui.domain.level import Level
from therapist_tui.records.practice import Practice

from .conftest import FULL, Clock, a_client, an_appointment, raw

TODAY = date(2026, 11, 23)
WHY = "Cleared by Dr Lin on the phone; back of the hands only."


@pytest.fixture
def risky(practice: Practice, clock: Clock) -> UUID:
    """An appointment of a client with a fever."""
    client_id = a_client(practice)
    practice.health.add(client_id, HealthEntryDraft(HealthKind.EVENT, "fever of 39 since last night", began_on=TODAY))
    return an_appointment(practice, client_id, clock.now).id


def test_session_against_stop_begins_only_with_a_reason_which_is_kept(practice: Practice, risky: UUID) -> None:
    with pytest.raises(ReasonWanted):
        practice.appointments.step(risky, Status.IN_SESSION)
    assert practice.appointments.get(risky).status is Status.BOOKED
    practice.appointments.step(risky, Status.IN_SESSION, why=WHY)
    (decision,) = practice.decisions.of(risky)
    assert (decision.act, decision.level, decision.reason) == (Act.SESSION_STARTED, Level.ABSOLUTE, WHY)
    assert decision.decided_by


def test_arriving_needs_no_reason_and_a_reason_is_asked_for_once(practice: Practice, risky: UUID) -> None:
    practice.appointments.step(risky, Status.ARRIVED)
    practice.appointments.step(risky, Status.IN_SESSION, why=WHY)
    practice.notes.sign(practice.notes.open(risky).id, FULL)
    assert len(practice.decisions.of(risky)) == 1


def test_note_against_stop_is_signed_only_with_a_reason(practice: Practice, risky: UUID) -> None:
    note = practice.notes.open(risky)
    with pytest.raises(ReasonWanted):
        practice.notes.sign(note.id, FULL)
    kept = practice.notes.of_appointment(risky)
    assert kept
    assert not kept.signed
    with pytest.raises(ReasonEmpty):
        practice.notes.sign(note.id, FULL, why="…")
    assert practice.notes.sign(note.id, FULL, why=WHY).signed
    (decision,) = practice.decisions.of(risky)
    assert decision.act is Act.NOTE_SIGNED


def test_what_came_up_after_the_start_is_asked_for_again(practice: Practice, risky: UUID, clock: Clock) -> None:
    practice.appointments.step(risky, Status.IN_SESSION, why=WHY)
    client_id = practice.appointments.get(risky).client_id
    clock.now += timedelta(minutes=20)
    practice.health.add(client_id, HealthEntryDraft(HealthKind.CONDITION, "my own rule", Level.ABSOLUTE))
    with pytest.raises(ReasonWanted, match="my own rule"):
        practice.notes.sign(practice.notes.open(risky).id, FULL)


def test_clearance_on_file_needs_no_reason(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    practice.health.add(client_id, HealthEntryDraft(HealthKind.CONDITION, "heart, see letter", Level.CLEARANCE))
    appointment = an_appointment(practice, client_id, clock.now)
    with pytest.raises(ReasonWanted):
        practice.appointments.step(appointment.id, Status.IN_SESSION)
    given = ConsentDraft(ConsentKind.PHYSICIAN_CLEARANCE, ConsentMethod.WRITTEN, TODAY)
    practice.consents.give(client_id, given)
    practice.appointments.step(appointment.id, Status.IN_SESSION)
    assert practice.decisions.of(appointment.id) == ()


def test_precaution_asks_for_no_reason(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    practice.health.add(client_id, HealthEntryDraft(HealthKind.CONDITION, "asthma"))
    appointment = an_appointment(practice, client_id, clock.now)
    assert practice.appointments.step(appointment.id, Status.IN_SESSION).status is Status.IN_SESSION


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE decision SET reason = 'other'",
        "DELETE FROM decision",
        "INSERT OR REPLACE INTO decision SELECT * FROM decision",
        "UPDATE OR REPLACE decision SET reason = 'other'",
    ],
)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_decision_refuses_every_change_in_the_database(
    practice: Practice, risky: UUID, attack: str, recursive: str
) -> None:
    practice.appointments.step(risky, Status.IN_SESSION, why=WHY)
    connection = raw(practice)
    connection.execute(f"PRAGMA recursive_triggers = {recursive}")
    with pytest.raises(Exception, match="a decision"):
        connection.execute(attack)
    assert practice.decisions.of(risky)[0].reason == WHY
