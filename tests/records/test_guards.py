"""Signed notes, addenda and the audit trail withstand whatever is tried on our own connection."""

from pathlib import Path
from typing import Any

import pytest

from therapist_tui.domain.note import AddendumKind, NoteContent, NoteSigned
from therapist_tui.records.driver import dbapi2
from therapist_tui.records.engine import connect
from therapist_tui.records.errors import PracticeAltered, RecordNotFound
from therapist_tui.records.guards import GUARDS
from therapist_tui.records.indexing import INDEXING
from therapist_tui.records.practice import Practice
from therapist_tui.records.vault import unlock

from .conftest import FULL, PASSPHRASE, Clock, a_client, a_signed_note, an_appointment, raw, reopen

SIGNED = "(SELECT id FROM session_note WHERE signed_at IS NOT NULL)"
DRAFT = "(SELECT id FROM session_note WHERE signed_at IS NULL)"


ATTACKS = {
    "update": f"UPDATE session_note SET plan = 'x' WHERE id = {SIGNED}",
    "update or ignore": f"UPDATE OR IGNORE session_note SET plan = 'x' WHERE id = {SIGNED}",
    "unsign": f"UPDATE session_note SET signed_at = NULL, signed_by = '', digest = '' WHERE id = {SIGNED}",
    "delete": f"DELETE FROM session_note WHERE id = {SIGNED}",
    "delete everything": "DELETE FROM session_note",
    "update or replace the id": f"UPDATE OR REPLACE session_note SET id = {SIGNED} WHERE id = {DRAFT}",
    "update or replace the appointment": (
        "UPDATE OR REPLACE session_note SET appointment_id ="
        f" (SELECT appointment_id FROM session_note WHERE id = {SIGNED}) WHERE id = {DRAFT}"
    ),
    "update or replace the rowid": (
        f"UPDATE OR REPLACE session_note SET rowid = (SELECT rowid FROM session_note WHERE id = {SIGNED})"
        f" WHERE id = {DRAFT}"
    ),
    "addendum update": "UPDATE addendum SET text = 'x'",
    "addendum update or replace": "UPDATE OR REPLACE addendum SET id = id, text = 'x'",
    "addendum delete": "DELETE FROM addendum",
    "audit update": "UPDATE audit_event SET who = 'x' WHERE seq = 1",
    "audit update or replace": "UPDATE OR REPLACE audit_event SET seq = 1 WHERE seq = 2",
    "audit delete": "DELETE FROM audit_event WHERE seq = 1",
    "audit insert or replace": (
        "INSERT OR REPLACE INTO audit_event (seq, at, who, action, subject, subject_id)"
        " VALUES (1, '2026-01-01', 'x', 'x', 'x', 'x')"
    ),
    "audit replace by rowid": (
        "REPLACE INTO audit_event (rowid, at, who, action, subject, subject_id)"
        " VALUES (1, '2026-01-01', 'x', 'x', 'x', 'x')"
    ),
}


@pytest.fixture
def guarded(practice: Practice, clock: Clock) -> Practice:
    client = a_client(practice)
    note = a_signed_note(practice, client, clock.now)
    practice.notes.add_addendum(note.id, AddendumKind.CORRECTION, "left, not right")
    other = practice.notes.open(an_appointment(practice, client, clock.now).id)
    practice.notes.save(other.id, NoteContent("a draft"))
    return practice


def everything(connection: Any) -> list[Any]:
    tables = ("session_note WHERE signed_at IS NOT NULL", "addendum", "audit_event")
    return [connection.execute(f"SELECT rowid, * FROM {table}").fetchall() for table in tables]


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_protected_rows_withstand(attack: str, recursive: str, guarded: Practice) -> None:
    connection = raw(guarded)
    connection.execute(f"PRAGMA recursive_triggers = {recursive}")
    connection.execute("PRAGMA foreign_keys = OFF")  # only the guards stand
    before = everything(connection)
    with pytest.raises(dbapi2.IntegrityError, match=r"never|signed"):
        connection.execute(ATTACKS[attack])
    assert everything(connection) == before


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("unique", ["id", "appointment_id", "rowid"])
def test_a_signed_note_withstands_insert_or_replace(unique: str, recursive: str, guarded: Practice) -> None:
    connection = raw(guarded)
    connection.execute(f"PRAGMA recursive_triggers = {recursive}")
    connection.execute("PRAGMA foreign_keys = OFF")
    _replace(connection, "session_note", {"id", "appointment_id", "rowid"} - {unique}, "signed_at IS NOT NULL")


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("unique", ["id", "rowid"])
def test_an_addendum_withstands_insert_or_replace(unique: str, recursive: str, guarded: Practice) -> None:
    connection = raw(guarded)
    connection.execute(f"PRAGMA recursive_triggers = {recursive}")
    _replace(connection, "addendum", {"id", "rowid"} - {unique}, "1 = 1")


def _replace(connection: Any, table: str, others: set[str], where: str) -> None:
    """Insert a row that shares just one unique column with a protected one."""
    names = ["rowid", *(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))]
    fresh = {
        "id": "'0123456789abcdef0123456789abcdef'",
        "appointment_id": "'fedcba9876543210fedcba9876543210'",
        "rowid": "777",
    }
    said = [fresh[name] if name in others else name for name in names]
    before = everything(connection)
    with pytest.raises(dbapi2.IntegrityError, match="never replaced"):
        connection.execute(
            f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) SELECT {', '.join(said)} FROM {table} WHERE {where}"
        )
    assert everything(connection) == before


def test_drafts_may_still_be_written_and_signed(guarded: Practice, clock: Clock) -> None:
    draft = guarded.notes.unsigned()[0]
    guarded.notes.save(draft.id, NoteContent("more"))
    assert guarded.notes.sign(draft.id, FULL).proven


def test_a_signed_note_refuses_our_own_commands_too(guarded: Practice) -> None:
    signed = next(note for note in guarded.whole.read().notes if note.signed)
    for command in (guarded.notes.save, guarded.notes.sign):
        with pytest.raises(NoteSigned):
            command(signed.id, FULL)


def test_only_signed_notes_take_addenda(guarded: Practice) -> None:
    draft = guarded.notes.unsigned()[0]
    with pytest.raises(RecordNotFound):
        guarded.notes.add_addendum(draft.id, AddendumKind.ADDITION, "too early")
    with pytest.raises(dbapi2.IntegrityError, match="needs a signed note"):
        raw(guarded).execute(
            "INSERT INTO addendum (id, note_id, kind, text, written_at, written_by)"
            " VALUES ('1', ?, 'addition', 'x', '2026-01-01', 'x')",
            (draft.id.hex,),
        )


def test_records_that_others_refer_to_cannot_go(guarded: Practice) -> None:
    for table in ("client", "appointment"):
        with pytest.raises(dbapi2.IntegrityError, match="FOREIGN KEY"):
            raw(guarded).execute(
                f"DELETE FROM {table} WHERE id = (SELECT {table}_id FROM session_note WHERE id = {SIGNED})"
            )


def test_every_guard_stands_in_the_file(practice: Practice) -> None:
    found = dict(raw(practice).execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    assert found == GUARDS | INDEXING


@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_whose_guards_were_taken_out_is_not_opened(read_only: bool, closed: Path, clock: Clock) -> None:
    connection = connect(closed / "practice.db", unlock(closed, PASSPHRASE).key)
    connection.execute("DROP TRIGGER addendum_no_delete")
    connection.close()
    with pytest.raises(PracticeAltered):
        reopen(closed, clock, read_only=read_only)


def test_no_file_of_the_store_names_a_machine() -> None:
    source = (Path(__file__).parents[2] / "therapist_tui" / "records").rglob("*.py")
    assert not [path for path in source if "/work/" in path.read_text() or "/tmp/" in path.read_text()]


def test_a_session_takes_a_second_note_only_after_the_first_was_entered_in_error(
    guarded: Practice, clock: Clock
) -> None:
    signed = next(note for note in guarded.whole.read().notes if note.signed)
    names: list[str] = [row[1] for row in raw(guarded).execute("PRAGMA table_info(session_note)")]
    values: dict[str, str] = {"id": "'0123456789abcdef0123456789abcdef'", "number": "2"}
    copied = ", ".join(values.get(name, name) for name in names)
    with pytest.raises(dbapi2.IntegrityError, match="a session has one"):
        raw(guarded).execute(f"INSERT INTO session_note ({', '.join(names)}) SELECT {copied} FROM session_note")
    guarded.notes.add_addendum(signed.id, AddendumKind.ENTERED_IN_ERROR, "another client's session")
    assert guarded.notes.open(signed.appointment_id).number == 2
