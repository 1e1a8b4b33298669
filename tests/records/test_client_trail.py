"""The trail of one client: everything that was done with and read of her record, and nothing of anybody else's."""

from datetime import timedelta

import pytest

from therapist_tui.domain.appointment import AppointmentDraft
from therapist_tui.domain.note import AddendumKind
from therapist_tui.domain.release import ReleaseDraft
from therapist_tui.exchange.trail_page import trail_page
from therapist_tui.records.errors import RecordNotFound, StorageFull
from therapist_tui.records.practice import Practice, open_practice
from therapist_tui.records.tries import note_printed
from therapist_tui.records.unit import new_id

from .conftest import PASSPHRASE, Clock, a_client, a_signed_note, an_appointment, raw


def test_a_clients_trail_holds_what_belongs_to_her_and_nothing_else(practice: Practice, clock: Clock) -> None:
    client_id, other = a_client(practice, "Amara Okafor"), a_client(practice, "Ben Tanaka")
    note = a_signed_note(practice, client_id, clock.now - timedelta(days=2))
    practice.notes.add_addendum(note.id, AddendumKind.ADDITION, "left, not right")
    a_signed_note(practice, other, clock.now - timedelta(days=1))
    practice.audit.saw_brief(client_id)
    practice.audit.saw_note(note.id)
    practice.audit.saw_chart(other)
    practice.audit.write_reads()
    practice.releases.add(ReleaseDraft("export: tables (CSV)", "myself", "my own copy"), "d", lambda: None)
    practice.releases.add(ReleaseDraft("own file (Markdown)", "the client", "asked", other), "d", lambda: None)

    trail = practice.audit.of_client(client_id)

    assert [one.action for one in reversed(trail.events)] == [
        "client.added", "appointment.booked", "appointment.done", "note.begun", "history.asked", "note.signed",
        "note.addendum", "brief.read", "note.read", "release.added",
    ]  # fmt: skip
    assert [one.what for one in trail.releases] == ["export: tables (CSV)"]
    assert trail.head == practice.audit.events(1)[0].seq
    assert practice.audit.events(client_id=client_id) == trail.events


def test_what_was_undone_and_what_came_with_other_acts_is_in_it(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    practice.appointments.book(AppointmentDraft(client_id, clock.now + timedelta(days=1), 60, "Massage"))
    practice.undo.undo()
    second = a_client(practice, "Jose Alvarez")
    an_appointment(practice, second, clock.now + timedelta(days=2))
    practice.clients.merge(second, client_id)

    found = [one.action for one in reversed(practice.audit.of_client(client_id).events)]

    assert found == [
        "client.added", "appointment.booked", "act.undone", "client.added", "appointment.booked", "client.merged",
    ]  # fmt: skip


def test_the_page_says_who_read_what_and_when_and_names_nobody_else(practice: Practice, clock: Clock) -> None:
    client_id, other = a_client(practice, "Amara | Okafor"), a_client(practice, "Ben Tanaka")
    note = a_signed_note(practice, client_id, clock.now - timedelta(days=2))
    a_signed_note(practice, other, clock.now - timedelta(days=1))
    practice.audit.saw_note(note.id)
    practice.audit.write_reads()
    practice.releases.add(ReleaseDraft("own file (Markdown)", "the client", "asked", client_id), "d", lambda: None)

    page = trail_page(practice.audit.of_client(client_id), clock.now)

    assert "# Who read and changed the record of Amara \\| Okafor" in page
    assert "| 2026-11-23 10:00:00 | Dana Reyes, LMT | note opened | session of Sat 21 Nov 2026 |" in page
    assert "- 2026-11-23 10:00:00, by Dana Reyes, LMT to the client: own file (Markdown) (asked)" in page
    assert f"event {practice.audit.head().seq}, code {practice.audit.head().code}" in page
    assert "Ben" not in page


def test_nobody_has_a_trail_who_is_no_client(practice: Practice) -> None:
    with pytest.raises(RecordNotFound):
        practice.audit.of_client(new_id())


def test_a_reading_that_could_not_be_written_down_is_written_with_the_next(practice: Practice) -> None:
    client_id = a_client(practice)
    pages = raw(practice).execute("PRAGMA page_count").fetchone()[0]
    practice.audit.saw_chart(client_id)
    raw(practice).execute(f"PRAGMA max_page_count = {pages}")
    for _ in range(200):  # until the last page is full
        practice.audit.saw_chart(new_id())
    with pytest.raises(StorageFull):
        practice.audit.write_reads()
    raw(practice).execute("PRAGMA max_page_count = 100000")
    practice.audit.write_reads()
    assert "chart.read" in [one.action for one in practice.audit.of_client(client_id).events]


def test_days_that_were_printed_beside_are_in_the_trail_with_the_next_opening(practice: Practice, clock: Clock) -> None:
    practice.close()
    for _ in range(2):
        note_printed(practice.folder)
    again = open_practice(practice.folder, PASSPHRASE, clock)
    event = again.audit.events(1)[0]
    assert (event.action, event.subject_id) == ("agenda.read", "2")
    again.close()
