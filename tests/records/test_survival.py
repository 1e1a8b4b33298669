"""What was said to be saved is there after the process is killed, the disk is full, or nothing may be written."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.note import NoteContent
from therapist_tui.records.driver import dbapi2
from therapist_tui.records.engine import connect
from therapist_tui.records.errors import (
    PracticeBusy,
    PracticeDamaged,
    PracticeMoved,
    StorageFailing,
    StorageFull,
    StorageReadOnly,
)
from therapist_tui.records.faults import sentence_for
from therapist_tui.records.practice import Practice, create_practice
from therapist_tui.records.vault import LIGHT, unlock

from .conftest import PASSPHRASE, THERAPIST, Clock, a_client, an_appointment, raw, reopen

TYPING = """
import sys, pathlib, datetime, uuid
from therapist_tui.domain.note import NoteContent
from therapist_tui.records.practice import open_practice
now = lambda: datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
p = open_practice(pathlib.Path(sys.argv[1]), sys.argv[2], now)
note = p.notes.open(uuid.UUID(sys.argv[3]))
n = 0
while True:
    n += 1
    p.notes.save(note.id, NoteContent("typed " * n + str(n)))
    p.drafts.keep("client", "", {"n": str(n)})
    print(n, flush=True)
"""


def test_killed_while_typing_every_acknowledged_save_is_there(practice: Practice, clock: Clock) -> None:
    appointment = an_appointment(practice, a_client(practice), clock.now)
    practice.close()
    last = 0
    for kills in range(1, 4):
        typing = subprocess.Popen(
            [sys.executable, "-c", TYPING, str(practice.folder), PASSPHRASE, str(appointment.id)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert typing.stdout
        for _ in range(25 * kills):
            last = int(typing.stdout.readline())
        typing.kill()
        last = int([str(last), *typing.stdout.read().split()][-1])
        typing.wait()
        again = reopen(practice.folder, clock)
        note, draft = again.notes.of_appointment(appointment.id), again.drafts.get("client", "")
        assert note
        assert draft
        assert int(note.content.subjective.split()[-1]) in (last, last + 1)
        assert int(draft.fields["n"]) in (last, last + 1)
        assert raw(again).execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        again.close()


def test_a_full_disk_is_said_and_changes_nothing(practice: Practice, clock: Clock) -> None:
    note = practice.notes.open(an_appointment(practice, a_client(practice), clock.now).id)
    saved = practice.notes.save(note.id, NoteContent("short"))
    pages = raw(practice).execute("PRAGMA page_count").fetchone()[0]
    raw(practice).execute(f"PRAGMA max_page_count = {pages}")
    long = NoteContent("long " * 3000)
    with pytest.raises(StorageFull):
        practice.notes.save(note.id, long)
    assert practice.notes.of_appointment(note.appointment_id) == saved
    raw(practice).execute("PRAGMA max_page_count = 100000")
    assert practice.notes.save(note.id, long).content.subjective.startswith("long")


def test_a_practice_that_may_not_be_written_is_said(practice: Practice) -> None:
    raw(practice).execute("PRAGMA query_only = ON")
    with pytest.raises(StorageReadOnly):
        practice.clients.add(ClientDraft("A"))
    raw(practice).execute("PRAGMA query_only = OFF")
    practice.clients.add(ClientDraft("A"))
    assert len(practice.clients.find()) == 1


def taken_away(folder: Path) -> None:
    (folder / "practice.db").rename(folder / "elsewhere.db")


def brought_back(folder: Path) -> None:
    (folder / "elsewhere.db").rename(folder / "practice.db")


def replaced(folder: Path) -> None:
    """As a program does that synchronises folders: another file gets the name."""
    (folder / "practice.db").rename(folder / "elsewhere.db")
    shutil.copyfile(folder / "elsewhere.db", folder / "practice.db")


def log_taken_away(folder: Path) -> None:
    (folder / "practice.db-wal").rename(folder / "elsewhere.db")


def log_brought_back(folder: Path) -> None:
    (folder / "elsewhere.db").rename(folder / "practice.db-wal")


@pytest.mark.parametrize(
    ("move", "back"),
    [(taken_away, brought_back), (replaced, brought_back), (log_taken_away, log_brought_back)],
)
def test_nothing_is_said_to_be_saved_in_a_file_that_was_taken_away_or_replaced(
    move: Callable[[Path], None], back: Callable[[Path], None], practice: Practice, clock: Clock
) -> None:
    note = practice.notes.open(an_appointment(practice, a_client(practice), clock.now).id)
    practice.notes.save(note.id, NoteContent("before"))
    move(practice.folder)
    with pytest.raises(PracticeMoved):
        practice.notes.save(note.id, NoteContent("before and after"))
    with pytest.raises(PracticeMoved):
        practice.clients.add(ClientDraft("A"))
    back(practice.folder)
    practice.notes.save(note.id, NoteContent("before and after"))
    practice.close()
    again = reopen(practice.folder, clock)
    kept = again.notes.of_appointment(note.appointment_id)
    assert kept
    assert kept.content.subjective == "before and after"
    assert len(again.clients.find()) == 1
    again.close()


def test_a_second_writer_is_waited_for_and_then_said_and_nothing_is_lost(practice: Practice) -> None:
    client_id = a_client(practice)
    raw(practice).execute("PRAGMA busy_timeout = 20")
    other = connect(practice.folder / "practice.db", unlock(practice.folder, PASSPHRASE).key)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(PracticeBusy):
        practice.clients.change(client_id, ClientDraft("José Álvarez", phone="1"))
    assert practice.clients.get(client_id).phone == ""  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    practice.clients.change(client_id, ClientDraft("José Álvarez", phone="1"))
    assert practice.clients.get(client_id).phone == "1"


@pytest.mark.parametrize("code", [5, 8, 10, 11, 13, 14, 26, 10 | (3 << 8)])
def test_every_fault_of_the_disk_has_its_sentence(code: int) -> None:
    error = dbapi2.OperationalError("x")
    error.sqlite_errorcode = code
    assert sentence_for(error)


def test_a_bug_is_not_dressed_up_as_a_fault() -> None:
    error = dbapi2.OperationalError("no such table: x")
    error.sqlite_errorcode = 1
    assert sentence_for(error) is None
    assert sentence_for(ValueError()) is None


def test_a_damaged_page_met_while_reading_is_said(closed: Path, clock: Clock) -> None:
    practice = reopen(closed, clock)
    for n in range(200):
        practice.clients.add(ClientDraft(f"Client {n}", remarks="x" * 1500))
    raw(practice).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    practice.close()
    practice = reopen(closed, clock)
    data = bytearray((closed / "practice.db").read_bytes())
    for page in range(30, len(data) // 4096):
        data[page * 4096 + 9] ^= 1
    (closed / "practice.db").write_bytes(data)
    with pytest.raises(PracticeDamaged):
        practice.whole.read()
    practice.close()


def test_closing_twice_is_fine_and_lets_the_next_one_in(practice: Practice, clock: Clock) -> None:
    practice.close()
    practice.close()
    again = reopen(practice.folder, clock)
    assert isinstance(again.therapist.get().id, UUID)
    again.close()


def test_a_disk_that_fails_while_closing_still_lets_the_next_one_in(
    practice: Practice, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "fault")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", fail)
        practice.close()
    reopen(practice.folder, clock).close()


def test_reads_that_cannot_be_written_while_closing_lock_nobody_out(practice: Practice, clock: Clock) -> None:
    practice.audit.saw_chart(a_client(practice))
    raw(practice).execute("PRAGMA query_only = ON")
    with pytest.raises(StorageReadOnly):
        practice.close()
    practice.close()
    reopen(practice.folder, clock).close()


@pytest.mark.parametrize(("fault", "sentence"), [(28, StorageFull), (13, StorageReadOnly), (5, StorageFailing)])
def test_a_disk_that_fails_during_set_up_is_said_and_set_up_can_be_done_again(
    fault: int, sentence: type[Exception], folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(fault, "fault")

    with monkeypatch.context() as broken:
        broken.setattr("therapist_tui.records.practice.create_keys", fail)
        with pytest.raises(sentence):
            create_practice(folder, PASSPHRASE, THERAPIST, clock, LIGHT)
    create_practice(folder, PASSPHRASE, THERAPIST, clock, LIGHT).close()
    reopen(folder, clock).close()
