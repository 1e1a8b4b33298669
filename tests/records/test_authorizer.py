"""Through our own connection nobody changes the schema, switches a guard off or reaches another file (row L.116)."""

from pathlib import Path

import pytest

from therapist_tui.domain.note import AddendumKind
from therapist_tui.records.driver import dbapi2
from therapist_tui.records.practice import Practice

from .conftest import Clock, a_client, a_signed_note, own_connection

SIGNED = "(SELECT id FROM session_note WHERE signed_at IS NOT NULL)"
ATTACKS = (
    "DROP TRIGGER session_note_signed_no_update",
    "DROP TRIGGER IF EXISTS main.addendum_no_delete",
    "DROP TABLE session_note",
    "DROP TABLE addendum",
    "DROP INDEX ix_session_note_signed_at",
    "ALTER TABLE session_note RENAME TO gone",
    "ALTER TABLE session_note ADD COLUMN plan2 TEXT",
    "ALTER TABLE session_note DROP COLUMN plan",
    "ALTER TABLE session_note RENAME COLUMN plan TO subjective2",
    "CREATE TRIGGER mine AFTER INSERT ON client BEGIN DELETE FROM session_note; END",
    "CREATE TEMP TRIGGER mine AFTER INSERT ON client BEGIN DELETE FROM session_note; END",
    "CREATE TABLE other AS SELECT * FROM session_note",
    "CREATE TEMP TABLE session_note (id TEXT)",
    "CREATE VIEW other AS SELECT * FROM session_note",
    "CREATE TEMP VIEW session_note AS SELECT 1",
    "CREATE VIRTUAL TABLE other USING fts5(plan)",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA legacy_alter_table = ON",
    "PRAGMA trusted_schema = ON",
    "PRAGMA synchronous = OFF",
    "PRAGMA journal_mode = MEMORY",
    "PRAGMA user_version = 99",
    "PRAGMA rekey = 'x'",
    "PRAGMA key = 'x'",
    "PRAGMA query_only = OFF",
    "UPDATE sqlite_master SET sql = 'x' WHERE type = 'trigger'",
    "DELETE FROM sqlite_master",
    "VACUUM",
    "REINDEX",
    "ANALYZE",
    "DETACH DATABASE main",
    "SELECT load_extension('x')",
    f"UPDATE session_note SET plan = 'x' WHERE id = {SIGNED}",
    f"UPDATE session_note SET signed_at = NULL, signed_by = '', digest = '' WHERE id = {SIGNED}",
    "UPDATE OR REPLACE session_note SET plan = 'x'",
    f"DELETE FROM session_note WHERE id = {SIGNED}",
    "DELETE FROM session_note",
    "INSERT OR REPLACE INTO session_note SELECT * FROM session_note",
    "REPLACE INTO addendum SELECT * FROM addendum",
    "UPDATE addendum SET text = 'x'",
    "DELETE FROM addendum",
    "DELETE FROM appointment",
    "DELETE FROM client",
    "UPDATE audit_event SET who = 'x'",
    "DELETE FROM audit_event",
    f"INSERT INTO session_note SELECT * FROM session_note WHERE id = {SIGNED} ON CONFLICT (id) DO UPDATE SET plan = 'x'",
)


@pytest.fixture
def signed(practice: Practice, clock: Clock) -> Practice:
    note = a_signed_note(practice, a_client(practice), clock.now)
    practice.notes.add_addendum(note.id, AddendumKind.CORRECTION, "left, not right")
    return practice


@pytest.mark.parametrize("attack", ATTACKS)
def test_our_own_connection_refuses(attack: str, signed: Practice) -> None:
    connection = own_connection(signed)
    before = (signed.whole.read(), signed.audit.events(), _schema(connection))
    with pytest.raises(dbapi2.DatabaseError):
        connection.execute(attack).fetchall()
    if connection.in_transaction:
        connection.rollback()
    assert (signed.whole.read(), signed.audit.events(), _schema(connection)) == before


def test_no_other_file_is_attached_or_written_to(signed: Practice, tmp_path: Path) -> None:
    connection = own_connection(signed)
    for attack in ("ATTACH DATABASE ? AS other", "VACUUM INTO ?"):
        target = tmp_path / "other.db"
        with pytest.raises(dbapi2.DatabaseError):
            connection.execute(attack, (str(target),))
        assert not target.exists()


def test_what_only_tells_is_let_through(signed: Practice) -> None:
    connection = own_connection(signed)
    assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA user_version").fetchone()
    assert connection.execute("PRAGMA table_info(session_note)").fetchall()


def _schema(connection: object) -> object:
    return connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()  # pyright: ignore[reportAttributeAccessIssue]
