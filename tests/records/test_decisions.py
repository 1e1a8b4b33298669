"""Going on against a caution: asked for a reason, which is kept beside the act and never changes."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from therapist_tui.domain.appointment import AppointmentDraft, Status
from therapist_tui.domain.consent import ConsentDraft, ConsentKind, ConsentMethod
from therapist_tui.domain.decision import Act, ReasonEmpty, ReasonWanted
from therapist_tui.domain.health import Answer, HealthEntryDraft, HealthKind, Side
from therapist_tui.domain.level import Level
from therapist_tui.domain.plan import PlanDraft
from therapist_tui.domain.screening.history import Screening
from therapist_tui.domain.watch import unexplained, watch
from therapist_tui.records.errors import RecordNotFound
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


# Sensitive areas without a consent


def hip_work(practice: Practice, clock: Clock, regions: tuple[str, ...] = ("low back", "gluteals")) -> UUID:
    """An appointment that plans work on the gluteals, of a client whose history was asked."""
    client_id = a_client(practice)
    practice.health.check(client_id, Answer.NOTHING)
    draft = AppointmentDraft(client_id, clock.now, 60, "Massage", ("MFR",), regions)
    return practice.appointments.book(draft).id


def consent(practice: Practice, appointment_id: UUID, regions: str) -> UUID:
    given = ConsentDraft(ConsentKind.SENSITIVE_AREA, ConsentMethod.WRITTEN, TODAY, regions=regions)
    return practice.consents.give(practice.appointments.get(appointment_id).client_id, given).id


def test_sensitive_area_without_consent_stops_the_start_and_the_signature_until_a_reason_is_kept(
    practice: Practice, clock: Clock
) -> None:
    booked = hip_work(practice, clock)
    with pytest.raises(ReasonWanted, match="▲ ASK No consent for: gluteal region"):
        practice.appointments.step(booked, Status.IN_SESSION)
    with pytest.raises(ReasonWanted):
        practice.notes.sign(practice.notes.open(booked).id, FULL)
    practice.appointments.step(booked, Status.IN_SESSION, why="over the sheet, agreed aloud")
    (decision,) = practice.decisions.of(booked)
    assert (decision.cautions, decision.reason) == (
        ("No consent for: gluteal region",),
        "over the sheet, agreed aloud",
    )
    practice.notes.sign(practice.notes.open(booked).id, FULL)
    assert len(practice.decisions.of(booked)) == 1


def test_live_consent_that_names_the_area_lets_the_session_begin_and_a_withdrawn_one_does_not(
    practice: Practice, clock: Clock
) -> None:
    booked = hip_work(practice, clock)
    consent(practice, booked, "chest")
    with pytest.raises(ReasonWanted):
        practice.appointments.step(booked, Status.IN_SESSION)
    given = consent(practice, booked, "L and R glutes")
    practice.appointments.step(booked, Status.IN_SESSION)
    practice.appointments.step(booked, Status.ARRIVED)
    practice.consents.withdraw(given, TODAY, "told me at the door")
    with pytest.raises(ReasonWanted):
        practice.appointments.step(booked, Status.IN_SESSION)
    client_id = practice.appointments.get(booked).client_id
    (caution,) = practice.day.agenda(TODAY).slots[0].brief.cautions
    assert caution.reason.endswith("The consent was withdrawn 23 Nov.")
    assert practice.consents.of(client_id)[0].withdrawn_how == "told me at the door"


def test_plan_speaks_for_an_appointment_that_says_nothing_itself(practice: Practice, clock: Clock) -> None:
    silent, other = hip_work(practice, clock, ()), hip_work(practice, clock, ("neck",))
    for booked in (silent, other):
        practice.plans.start(practice.appointments.get(booked).client_id, PlanDraft("Hip", regions=("buttocks",)))
    with pytest.raises(ReasonWanted):
        practice.appointments.step(silent, Status.IN_SESSION)
    practice.appointments.step(other, Status.IN_SESSION)


def test_which_areas_are_sensitive_is_the_practices_own_setting(practice: Practice, clock: Clock) -> None:
    booked, feet = hip_work(practice, clock), hip_work(practice, clock, ("sole of foot",))
    practice.screens_by(Screening.with_own(sensitive=["foot_plantar"]))
    practice.appointments.step(booked, Status.IN_SESSION)
    with pytest.raises(ReasonWanted, match="sole of foot"):
        practice.appointments.step(feet, Status.IN_SESSION)


# What the note records against a caution


@pytest.fixture
def veins(practice: Practice, clock: Clock) -> UUID:
    """An appointment, with the back booked, of a client with varicose veins of the left calf."""
    client_id = a_client(practice)
    veins = HealthEntryDraft(HealthKind.CONDITION, "varicose veins", side=Side.LEFT, region="calf")
    practice.health.add(client_id, veins)
    return an_appointment(practice, client_id, clock.now).id


def test_work_that_a_caution_excludes_is_signed_only_with_a_reason_which_names_it(
    practice: Practice, veins: UUID
) -> None:
    content = replace(FULL, shorthand="DT L calf 10m")
    note = practice.notes.open(veins)
    with pytest.raises(ReasonWanted, match=r"◆ AVOID Varicose veins: leave out left calf.*“DT L calf 10m”"):
        practice.notes.sign(note.id, content)
    assert practice.decisions.of(veins) == ()
    with pytest.raises(ReasonEmpty):
        practice.notes.sign(note.id, content, why="…")
    assert practice.notes.sign(note.id, content, why=WHY).signed
    (decision,) = practice.decisions.of(veins)
    assert (decision.act, decision.level, decision.reason) == (Act.NOTE_SIGNED, Level.LOCAL, WHY)
    assert decision.cautions == ("Varicose veins: leave out left calf, left lower leg.",)


def test_note_that_keeps_to_the_caution_needs_no_reason(practice: Practice, veins: UUID) -> None:
    content = replace(FULL, shorthand="DT B QL 20m; L calf avoided")
    assert practice.notes.sign(practice.notes.open(veins).id, content).signed
    assert practice.decisions.of(veins) == ()


def test_warning_that_asks_for_nothing_does_not_hold_up_the_signature(practice: Practice, veins: UUID) -> None:
    content = replace(FULL, shorthand="L calf HT; DT 10m")
    assert practice.notes.sign(practice.notes.open(veins).id, content).signed


def test_reason_given_at_the_start_does_not_cover_work_that_was_not_known_then(
    practice: Practice, clock: Clock
) -> None:
    client_id = a_client(practice)
    clot = HealthEntryDraft(HealthKind.EVENT, "swollen, warm left calf, suspected DVT", began_on=TODAY)
    practice.health.add(client_id, clot)
    appointment = an_appointment(practice, client_id, clock.now).id
    practice.appointments.step(appointment, Status.IN_SESSION, why=WHY)
    note = practice.notes.open(appointment)
    with pytest.raises(ReasonWanted, match="“petrissage L calf”") as wanted:
        practice.notes.sign(note.id, replace(FULL, shorthand="petrissage L calf"))
    assert "STOP" in str(wanted.value)
    assert str(wanted.value).count("leave out") == 1
    practice.notes.sign(note.id, replace(FULL, shorthand="petrissage R calf"))


def test_forbidden_session_and_excluded_work_are_one_question_and_one_decision(
    practice: Practice, clock: Clock
) -> None:
    client_id = a_client(practice)
    clot = HealthEntryDraft(HealthKind.EVENT, "swollen, warm left calf, suspected DVT", began_on=TODAY)
    practice.health.add(client_id, clot)
    appointment = an_appointment(practice, client_id, clock.now).id
    practice.notes.sign(practice.notes.open(appointment).id, replace(FULL, shorthand="eff L calf"), why=WHY)
    (decision,) = practice.decisions.of(appointment)
    assert len(decision.cautions) == 2
    assert decision.level is Level.ABSOLUTE


def test_same_work_is_not_asked_for_twice(practice: Practice, veins: UUID, clock: Clock) -> None:
    content = replace(FULL, shorthand="DT L calf 10m")
    row = practice.appointments.get(veins)
    practice.notes.sign(practice.notes.open(veins).id, content, why=WHY)
    conflicts = watch(content, practice.decisions.excluded(veins))
    assert [one.asks for one in conflicts] == [True]
    assert unexplained(conflicts, practice.decisions.of(veins)) == ()
    other = an_appointment(practice, row.client_id, clock.now + timedelta(days=7))
    assert unexplained(conflicts, practice.decisions.of(other.id)) == conflicts


def test_excluded_of_an_appointment_that_is_not_here_is_refused(practice: Practice) -> None:
    with pytest.raises(RecordNotFound):
        practice.decisions.excluded(UUID(int=7))


def test_own_abbreviations_are_read_when_signing(practice: Practice, veins: UUID) -> None:
    content = replace(FULL, shorthand="zz L calf")
    note = practice.notes.open(veins)
    with pytest.raises(ReasonWanted):
        practice.notes.sign(note.id, content, own={"zz": "deep tissue"})
    assert practice.notes.sign(note.id, content).signed


def test_what_the_plan_leaves_out_warns_and_holds_up_nothing(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    avoided = PlanDraft("Neck", techniques_avoided=("deep tissue",), regions_avoided=("low back",))
    practice.plans.start(client_id, avoided)
    practice.health.check(client_id, Answer.NOTHING)
    booked = an_appointment(practice, client_id, clock.now).id
    content = replace(FULL, shorthand="DT L calf 10m; MFR B low back 10m")
    conflicts = watch(content, practice.decisions.excluded(booked))
    assert [(one.asks, one.why) for one in conflicts] == [
        (False, "The plan: no deep pressure."),
        (False, "The plan: leave out lower back."),
    ]
    assert practice.notes.sign(practice.notes.open(booked).id, content).signed
