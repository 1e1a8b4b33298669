"""The signature: nothing missing, late entries with their reason, the session's times fixed, errors marked not deleted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from therapist_tui.domain.appointment import Status
from therapist_tui.domain.carrying import Carried, carry, confirm
from therapist_tui.domain.health import Answer
from therapist_tui.domain.note import AddendumKind, NoteContent, SessionNote
from therapist_tui.domain.signing import LateReasonEmpty, LateReasonWanted, NotASpan, NoteIncomplete, Rules
from therapist_tui.records.practice import Practice

from .conftest import FULL, Clock, a_client, a_signed_note, an_appointment


def a_note(practice: Practice, clock: Clock, **ago: float) -> SessionNote:
    """A draft of an hour that was booked so long ago, its client asked."""
    client_id = a_client(practice)
    practice.health.check(client_id, Answer.NO_CHANGE)
    return practice.notes.open(an_appointment(practice, client_id, clock.now - timedelta(**ago)).id)


def actions(practice: Practice) -> list[str]:
    return [event.action for event in practice.audit.events()]


def test_carried_lines_block_the_signature_until_they_are_confirmed(practice: Practice, clock: Clock) -> None:
    note = a_note(practice, clock)
    carried = carry(replace(FULL, plan=""), FULL, "plan")
    practice.notes.save(note.id, carried)
    with pytest.raises(NoteIncomplete, match="1 carried line to confirm"):
        practice.notes.sign(note.id, carried)
    assert [one.field for one in practice.notes.missing(note.id, carried)] == ["plan"]
    signed = practice.notes.sign(note.id, confirm(carried, "plan"))
    assert signed.content.carried == (Carried("plan", FULL.plan, confirmed=True),)
    assert signed == practice.notes.of_appointment(note.appointment_id)
    assert signed.proven


def test_what_is_required_is_the_practices_own_setting(practice: Practice, clock: Clock) -> None:
    note = practice.notes.open(an_appointment(practice, a_client(practice), clock.now).id)
    practice.signs_by(Rules(required=("pain",)))
    with pytest.raises(NoteIncomplete, match="Pain"):
        practice.notes.sign(note.id, NoteContent("s"))
    assert practice.notes.sign(note.id, NoteContent(pain_before=3, pain_after=2)).signed


def test_history_asked_on_the_day_of_the_session_counts_and_the_week_before_does_not(
    practice: Practice, clock: Clock
) -> None:
    note = a_note(practice, clock)
    later = practice.notes.open(an_appointment(practice, note.client_id, clock.now + timedelta(days=7)).id)
    assert not practice.notes.missing(note.id, FULL)
    assert [one.part for one in practice.notes.missing(later.id, FULL)] == ["history"]


def test_a_late_entry_is_labelled_with_its_lag_and_reason(practice: Practice, clock: Clock) -> None:
    note = a_note(practice, clock, hours=27)  # its hour was over 26 hours ago
    with pytest.raises(LateReasonWanted, match="26 h after the session"):
        practice.notes.sign(note.id, FULL)
    with pytest.raises(LateReasonEmpty):
        practice.notes.sign(note.id, FULL, late="...")
    practice.health.check(note.client_id, Answer.NO_CHANGE)
    signed = practice.notes.sign(note.id, FULL, late="the power was out")
    assert (signed.lag_minutes, signed.late_reason, signed.late) == (26 * 60, "the power was out", True)
    assert not replace(signed, late_reason="").proven


def test_an_entry_within_the_limit_is_not_late_and_the_limit_is_a_setting(practice: Practice, clock: Clock) -> None:
    note = a_note(practice, clock, hours=3)
    practice.signs_by(Rules(late_after=timedelta(hours=1)))
    with pytest.raises(LateReasonWanted):
        practice.notes.sign(note.id, FULL)
    practice.signs_by(Rules())
    signed = practice.notes.sign(note.id, FULL, late="for nothing")
    assert (signed.lag_minutes, signed.late) == (120, False)


def test_the_clock_of_the_session_fills_the_times_of_the_note(practice: Practice, clock: Clock) -> None:
    note = a_note(practice, clock)
    began = clock.now
    practice.appointments.step(note.appointment_id, Status.IN_SESSION)
    clock.tick(minutes=58)
    practice.appointments.step(note.appointment_id, Status.DONE)
    clock.tick(minutes=4)
    signed = practice.notes.sign(note.id, FULL)
    assert (signed.began_at, signed.ended_at) == (began, began + timedelta(minutes=58))
    assert signed.lag_minutes == 4


def test_times_as_typed_go_before_the_clock_and_bad_ones_are_told(practice: Practice, clock: Clock) -> None:
    note = a_note(practice, clock)
    with pytest.raises(NoteIncomplete, match=str(NotASpan())):
        practice.notes.sign(note.id, replace(FULL, times="half past ten"))
    signed = practice.notes.sign(note.id, replace(FULL, times="9:05-9:50"))
    assert signed.began_at == datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
    assert signed.ended_at == datetime(2026, 11, 23, 14, 50, tzinfo=UTC)


def test_signing_ends_a_session_that_still_runs_in_the_same_transaction(practice: Practice, clock: Clock) -> None:
    note = a_note(practice, clock)
    practice.appointments.step(note.appointment_id, Status.IN_SESSION)
    clock.tick(minutes=50)
    signed = practice.notes.sign(note.id, FULL)
    assert practice.appointments.get(note.appointment_id).status is Status.DONE
    assert (signed.ended_at, signed.lag_minutes) == (clock.now, 0)
    assert actions(practice)[:2] == ["note.signed", "appointment.done"]


def test_times_that_nobody_measured_are_not_made_up(practice: Practice, clock: Clock) -> None:
    signed = practice.notes.sign(a_note(practice, clock, hours=2).id, FULL)
    assert (signed.began_at, signed.ended_at) == (None, None)
    assert signed.lag_minutes == 60  # from the end of the booked hour


def test_entered_in_error_stays_readable_counts_no_more_and_owes_another_note(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    older = a_signed_note(practice, client_id, clock.now - timedelta(days=7))
    wrong = a_signed_note(practice, client_id, clock.now - timedelta(days=1))
    practice.notes.add_addendum(wrong.id, AddendumKind.ENTERED_IN_ERROR, "written into the wrong chart")
    assert actions(practice)[0] == "note.entered-in-error"
    (kept, _) = practice.notes.of_client(client_id)
    assert kept == replace(wrong, in_error=True)
    assert kept.proven
    assert practice.day.brief(client_id, clock.now.date()).last_note == older
    agenda = practice.day.agenda(wrong.service_at.date())
    assert agenda.owed == (wrong.appointment_id,)
    assert agenda.slots[0].owes_note()
    right = practice.notes.open(wrong.appointment_id)
    assert (right.number, right.content) == (2, NoteContent())
    practice.notes.sign(right.id, FULL, late="the first one was entered in error")
    assert practice.day.brief(client_id, clock.now.date()).last_note == practice.notes.of_appointment(
        wrong.appointment_id
    )
    assert practice.day.agenda(wrong.service_at.date()).owed == ()
    assert len(practice.notes.of_client(client_id)) == 3
    assert practice.whole.read().notes[1].in_error
