"""The audit trail: no change without its event, and whatever is altered, taken out or put back is found by name."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from therapist_tui.domain.audit import Fault, Finding, Verified
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.note import NoteContent
from therapist_tui.records.anchor import read_anchor
from therapist_tui.records.driver import dbapi2
from therapist_tui.records.engine import connect
from therapist_tui.records.errors import TrailBroken
from therapist_tui.records.guards import AUDITED
from therapist_tui.records.practice import Practice, create_practice
from therapist_tui.records.tables import Row
from therapist_tui.records.trail import Head, link, trail_key
from therapist_tui.records.vault import LIGHT, unlock
from therapist_tui.records.verify import verify, verify_since

from .conftest import PASSPHRASE, THERAPIST, Clock, a_client, an_appointment, bytes_of, fill, raw, reopen

TELLS_NOTHING = {"audit_event", "record_change", "form_draft", "search_entry", "search_clients"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A closed practice that every test gets a copy of, and its key: the passphrase takes its time."""
    folder = tmp_path_factory.mktemp("filled") / "practice"
    made = create_practice(folder, PASSPHRASE, THERAPIST, Clock(), LIGHT)
    fill(made)
    made.close()
    return folder, unlock(folder, PASSPHRASE).key


@pytest.fixture
def closed(filled: tuple[Path, bytes], tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled[0], tmp_path / "copy"))


@pytest.fixture
def key(filled: tuple[Path, bytes]) -> bytes:
    return filled[1]


def verified(folder: Path, key: bytes) -> Verified:
    connection = connect(folder / "practice.db", key)
    try:
        return verify(connection, trail_key(key))
    finally:
        connection.close()


def tampered(folder: Path, key: bytes, *statements: str) -> None:
    """What somebody with the key and another program can do: drop the guards, write, put them back."""
    connection = connect(folder / "practice.db", key)
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert connection.execute(statement).rowcount, statement
    for _, sql in guards:
        connection.execute(sql)
    connection.close()


def test_every_table_with_records_is_audited() -> None:
    assert set(AUDITED) == {*Row.metadata.tables} - TELLS_NOTHING
    assert all("id" in Row.metadata.tables[name].primary_key.columns for name in AUDITED)


def test_no_row_of_any_table_is_written_without_an_event(practice: Practice) -> None:
    fill(practice)
    connection = raw(practice)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("DROP TRIGGER addendum_on_signed_only")
    for table in AUDITED:
        columns = [row[1:4] for row in connection.execute(f"PRAGMA table_info({table})")]
        values = {name: "''" if needed else "NULL" for name, _, needed in columns}
        values |= {"id": "'0123456789abcdef0123456789abcdef'"}
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute(f"INSERT INTO {table} VALUES ({', '.join(values.values())})")
        assert connection.execute("SELECT record FROM record_change WHERE digest IS NULL").fetchall() == [(table,)]
        with pytest.raises(dbapi2.IntegrityError, match="FOREIGN KEY"):
            connection.execute("COMMIT")
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("change", ["UPDATE client SET phone = '1'", "DELETE FROM history_check"])
def test_a_change_or_deletion_by_plain_sql_cannot_be_committed(change: str, practice: Practice) -> None:
    fill(practice)
    with pytest.raises(dbapi2.IntegrityError, match="FOREIGN KEY"):
        raw(practice).execute(change)


def test_a_transaction_without_an_event_is_refused_by_the_database_itself(practice: Practice) -> None:
    from therapist_tui.records.tables import ClientRow
    from therapist_tui.records.unit import new_id

    with pytest.raises(IntegrityError), practice._store.quiet() as unit:  # pyright: ignore[reportPrivateUsage]
        unit.add(ClientRow(id=new_id(), name="unseen"))
    assert not practice.clients.find("unseen")


def test_a_practice_that_was_used_is_verified_whole(closed: Path, key: bytes) -> None:
    found = verified(closed, key)
    assert found.findings == ()
    assert found.events > 8
    assert found.records > 5


def test_typing_a_draft_needs_no_event_and_raises_no_alarm(practice: Practice, clock: Clock) -> None:
    note = practice.notes.open(an_appointment(practice, a_client(practice), clock.now).id)
    events = len(practice.audit.events())
    practice.notes.save(note.id, NoteContent("typed"))
    assert len(practice.audit.events()) == events
    practice.close()
    key = unlock(practice.folder, PASSPHRASE).key
    assert verified(practice.folder, key).findings == ()


TAMPERINGS = {
    "a row": (("UPDATE client SET phone = '1'",), Fault.ALTERED, "client"),
    "a signed note": (("UPDATE session_note SET plan = 'x'",), Fault.ALTERED, "session_note"),
    "a signature taken away": (
        ("UPDATE session_note SET signed_at = NULL, signed_by = '', digest = ''",),
        Fault.ALTERED,
        "session_note",
    ),
    "a row taken out": (("DELETE FROM history_check",), Fault.DELETED, "history_check"),
    "a row put in": (
        (("INSERT INTO history_check SELECT '0123456789abcdef0123456789abcdef', client_id, asked_at, answer, asked_by"
         " FROM history_check"),),
        Fault.ADDED,
        "history_check",
    ),
    "a row put in with its note": (
        (("INSERT INTO history_check SELECT '0123456789abcdef0123456789abcdef', client_id, asked_at, answer, asked_by"
         " FROM history_check"),
         ("INSERT INTO record_change SELECT seq, record, '0123456789abcdef0123456789abcdef', digest FROM record_change"
         " WHERE record = 'history_check'")),
        Fault.CHANGES,
        "",
    ),
    "what an event said": (("UPDATE audit_event SET who = 'x' WHERE seq = 3",), Fault.LINK, ""),
    "when it was": (("UPDATE audit_event SET at = '2026-01-01 00:00:00.000000' WHERE seq = 3",), Fault.LINK, ""),
    "an event taken out": (
        ("DELETE FROM record_change WHERE seq = 4", "DELETE FROM audit_event WHERE seq = 4"), Fault.LINK, ""
    ),
    "two events exchanged": (
        ("UPDATE audit_event SET seq = 1000 WHERE seq = 3", "UPDATE audit_event SET seq = 3 WHERE seq = 4",
         "UPDATE audit_event SET seq = 4 WHERE seq = 1000"),
        Fault.LINK,
        "",
    ),
    "the rows of an event": (("DELETE FROM record_change WHERE record = 'client'",), Fault.CHANGES, ""),
    "a digest": (("UPDATE record_change SET digest = lower(hex(zeroblob(16)))",), Fault.CHANGES, ""),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_with_the_key_is_found_and_named(what: str, closed: Path, key: bytes) -> None:
    statements, fault, record = TAMPERINGS[what]
    tampered(closed, key, *statements)
    first = verified(closed, key).findings[0]
    assert (first.fault, first.record) == (fault, record)
    assert str(first)


def test_the_first_bad_event_is_named(closed: Path, key: bytes) -> None:
    tampered(closed, key, "UPDATE audit_event SET who = 'x' WHERE seq = 5")
    assert verified(closed, key).findings[0] == Finding(Fault.LINK, 5)


def test_one_row_put_back_to_an_older_state_is_found(practice: Practice) -> None:
    client = a_client(practice)
    old = raw(practice).execute("SELECT phone FROM client").fetchone()[0]
    practice.clients.change(client, ClientDraft("José Álvarez", phone="555 0199"))
    practice.close()
    key = unlock(practice.folder, PASSPHRASE).key
    tampered(practice.folder, key, f"UPDATE client SET phone = '{old}'")
    assert [one.fault for one in verified(practice.folder, key).findings] == [Fault.ALTERED]


def test_an_event_made_anew_without_the_key_is_found(closed: Path, key: bytes) -> None:
    def forge(connection: Any) -> None:
        row = connection.execute(
            "SELECT seq, at, 'x', action, subject, subject_id, digest FROM audit_event WHERE seq = 3"
        ).fetchone()
        forged = link(b"a guessed key", "", row)
        connection.execute("UPDATE audit_event SET who = 'x', link = ? WHERE seq = 3", (forged,))

    connection = connect(closed / "practice.db", key)
    connection.execute("DROP TRIGGER audit_event_no_update")
    forge(connection)
    connection.close()
    assert verified(closed, key).findings[0] == Finding(Fault.LINK, 3)


def test_a_file_put_back_to_yesterday_is_not_opened(closed: Path, clock: Clock, tmp_path: Path) -> None:
    yesterday = shutil.copy(closed / "practice.db", tmp_path / "yesterday.db")
    practice = reopen(closed, clock)
    a_client(practice, "today's")
    practice.close()
    shutil.copy(yesterday, closed / "practice.db")
    before = bytes_of(closed)["practice.db"]
    with pytest.raises(TrailBroken, match="put back to an older state"):
        reopen(closed, clock)
    assert bytes_of(closed)["practice.db"] == before


def test_a_trail_whose_tail_was_cut_is_not_opened(closed: Path, key: bytes, clock: Clock) -> None:
    anchor = read_anchor(closed)
    assert anchor
    tampered(
        closed,
        key,
        f"DELETE FROM audit_event WHERE seq = {anchor.seq}",
    )
    with pytest.raises(TrailBroken, match=f"Event {anchor.seq} is missing"):
        reopen(closed, clock)


def test_an_event_altered_since_the_anchor_is_found_at_the_start(closed: Path, key: bytes, clock: Clock) -> None:
    anchor = read_anchor(closed)
    assert anchor
    (closed / "practice.anchor").unlink()
    tampered(closed, key, f"UPDATE audit_event SET who = 'x' WHERE seq = {anchor.seq - 1}")
    with pytest.raises(TrailBroken, match=f"Event {anchor.seq - 1} "):
        reopen(closed, clock)


def test_the_check_at_the_start_looks_at_new_events_only(closed: Path, key: bytes) -> None:
    tampered(closed, key, "UPDATE audit_event SET who = 'x' WHERE seq = 3")
    anchor = read_anchor(closed)
    assert anchor
    connection = connect(closed / "practice.db", key)
    assert verify_since(connection, trail_key(key), anchor) == ()
    assert verify_since(connection, trail_key(key), Head(0, ""))[0].seq == 3
    connection.close()


def test_the_anchor_stands_at_the_head_when_the_practice_is_closed(practice: Practice) -> None:
    a_client(practice)
    last = practice.audit.events(1)[0]
    practice.close()
    anchor = read_anchor(practice.folder)
    assert anchor
    assert anchor.seq == last.seq


def test_other_settings_are_written_down_when_they_come_into_force_and_not_again(practice: Practice) -> None:
    for code in ("", "3f2a9cbb01", "3f2a9cbb01", "", "", "3f2a9cbb01"):
        practice.audit.settings_in_force(code)
    changes = [one.subject for one in reversed(practice.audit.events()) if one.action == "settings.changed"]
    assert changes == ["3f2a9cbb01", "usual", "3f2a9cbb01"]
