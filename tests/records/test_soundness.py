"""What verifying finds besides the trail: pages, guards, the key file, backups and the clock. And that it is not jumpy."""

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from therapist_tui.domain.audit import Fault, Finding
from therapist_tui.domain.backups import Reason
from therapist_tui.records.engine import PAGE_BYTES, connect
from therapist_tui.records.guards import AUDITED
from therapist_tui.records.manifest import MANIFEST
from therapist_tui.records.practice import Practice, create_practice, open_practice
from therapist_tui.records.recover import recover
from therapist_tui.records.restore import accept, verify_folder
from therapist_tui.records.tables import Row
from therapist_tui.records.trail import digest_of
from therapist_tui.records.vault import LIGHT, unlock

from .conftest import PASSPHRASE, THERAPIST, Clock, a_client, fill, reopen

NEW = "violet harbour sings before nine anvils"


def findings(folder: Path, passphrase: str = PASSPHRASE) -> list[Finding]:
    return [*verify_folder(folder, passphrase).findings]


def test_a_practice_that_was_used_and_backed_up_raises_no_alarm(practice: Practice, clock: Clock) -> None:
    fill(practice)
    for _ in range(2):
        practice.backups.take(Reason.ASKED)
    practice.keys.give("Noor Haddad", NEW)
    practice.keys.take_away("Noor Haddad")
    practice.keys.confirm_sheet()
    assert practice.backups.verify().findings == ()
    assert findings(practice.folder) == []  # beside the open practice, too
    practice.close()
    reopen(practice.folder, clock).close()
    assert findings(practice.folder) == []


def test_a_flipped_bit_is_found_by_its_page_wherever_it_is(closed: Path) -> None:
    path = closed / "practice.db"
    whole = path.read_bytes()
    for page in range(0, len(whole) // PAGE_BYTES, 11):
        at = page * PAGE_BYTES + 2000
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert findings(closed)[0] == Finding(Fault.PAGE, 0, "page", str(page + 1))
    assert "page 1 does not decrypt" in str(Finding(Fault.PAGE, 0, "page", "1"))


def test_an_index_that_does_not_agree_with_its_table_is_found(closed: Path) -> None:
    connection = connect(closed / "practice.db", unlock(closed, PASSPHRASE).key)
    connection.execute("PRAGMA writable_schema = ON")
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'client'").fetchone()
    query = "SELECT name, rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'appointment'"
    (first, one), (second, other), *_ = connection.execute(query).fetchall()
    assert root not in (one, other)
    connection.execute("UPDATE sqlite_master SET rootpage = ? WHERE name = ?", (other, first))
    connection.execute("UPDATE sqlite_master SET rootpage = ? WHERE name = ?", (one, second))
    connection.close()
    assert findings(closed)[0] == Finding(Fault.TABLES, 0, "tables")


def test_a_guard_that_was_exchanged_is_named(closed: Path) -> None:
    connection = connect(closed / "practice.db", unlock(closed, PASSPHRASE).key)
    connection.execute("DROP TRIGGER addendum_no_update")
    connection.execute("CREATE TRIGGER addendum_no_update BEFORE UPDATE ON addendum WHEN 0 BEGIN SELECT 1; END")
    connection.close()
    assert findings(closed) == [Finding(Fault.GUARD, 0, "trigger", "addendum_no_update")]


def test_an_older_key_file_is_found_though_it_opens(practice: Practice) -> None:
    shutil.copytree(practice.folder, practice.folder.with_name("before"))
    practice.keys.change(PASSPHRASE, NEW)
    practice.close()
    for part in ("practice.keys", "practice.keys.bak"):
        shutil.copy(practice.folder.with_name("before") / part, practice.folder / part)
    assert findings(practice.folder) == [Finding(Fault.KEYS, 0, "key file")]


def test_a_key_file_made_anew_with_the_sheet_raises_no_alarm(practice: Practice, clock: Clock) -> None:
    practice.keys.change(PASSPHRASE, NEW)
    practice.close()
    key = unlock(practice.folder, NEW).key
    for part in ("practice.keys", "practice.keys.bak"):
        (practice.folder / part).unlink()
    recover(practice.folder, key, PASSPHRASE, clock, LIGHT)
    assert findings(practice.folder) == []


@pytest.fixture
def two_backups(practice: Practice, clock: Clock) -> tuple[Path, Path]:
    practice.backups.take(Reason.ASKED)
    clock.tick(days=1)
    a_client(practice)
    practice.backups.take(Reason.ASKED)
    practice.close()
    first, second = sorted((practice.folder.parent / "backups").glob("practice-*"))
    return first, second


def _manifests_exchanged(first: Path, second: Path) -> None:
    kept = (first / MANIFEST).read_bytes()
    shutil.copy(second / MANIFEST, first / MANIFEST)
    (second / MANIFEST).write_bytes(kept)


def _called_otherwise(first: Path, second: Path) -> None:
    first.rename(first.with_name("x"))
    second.rename(first)


def _no_manifest(first: Path, _second: Path) -> None:
    (first / MANIFEST).unlink()


def _manifest_edited(first: Path, _second: Path) -> None:
    said = json.loads((first / MANIFEST).read_bytes())
    (first / MANIFEST).write_text(json.dumps({**said, "seq": said["seq"] - 1}))


@pytest.mark.parametrize("tamper", [_manifests_exchanged, _called_otherwise, _no_manifest, _manifest_edited])
def test_a_backup_that_is_not_what_it_says_is_named(
    tamper: Callable[[Path, Path], None], two_backups: tuple[Path, Path], folder: Path
) -> None:
    assert findings(folder) == []
    tamper(*two_backups)
    assert findings(folder)[0] == Finding(Fault.BACKUP, 0, "backup", two_backups[0].name)


def test_backups_of_another_practice_in_the_same_place_raise_no_alarm(
    two_backups: tuple[Path, Path], folder: Path, clock: Clock
) -> None:
    shutil.rmtree(folder)
    create_practice(folder, NEW, THERAPIST, clock, LIGHT).close()
    assert findings(folder, NEW) == []


def test_an_event_of_a_clock_that_was_put_back_is_named_until_it_is_accepted(closed: Path, clock: Clock) -> None:
    clock.tick(days=-3)
    practice = reopen(closed, clock)
    first = practice.audit.events(1)[0].seq
    practice.close()
    assert findings(closed) == [Finding(Fault.CLOCK, first)]
    reopen(closed, clock).close()  # it is told, and it opens
    clock.tick(days=5)
    accept(closed, PASSPHRASE, clock)
    assert findings(closed) == []


def test_a_moment_that_is_none_is_told_and_stops_nothing(closed: Path) -> None:
    connection = connect(closed / "practice.db", unlock(closed, PASSPHRASE).key)
    (guard,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'audit_event_no_update'").fetchone()
    connection.execute("DROP TRIGGER audit_event_no_update")
    connection.execute("UPDATE audit_event SET at = '1' WHERE seq = 3")
    connection.execute(guard)
    connection.close()
    assert findings(closed)[0] == Finding(Fault.LINK, 3)


def test_a_clock_that_is_set_by_the_network_raises_no_alarm(closed: Path, clock: Clock) -> None:
    clock.tick(seconds=-90)
    open_practice(closed, PASSPHRASE, clock).close()
    assert findings(closed) == []


@pytest.mark.parametrize("table", AUDITED)
def test_every_column_of_a_record_counts_in_its_digest(table: str) -> None:
    names = [*Row.metadata.tables[table].columns.keys()]
    row = [f"{name} said" for name in names]
    before = digest_of(b"k" * 32, table, names, row)
    for place in range(len(names)):
        changed = [*row[:place], "another", *row[place + 1 :]]
        assert digest_of(b"k" * 32, table, names, changed) != before, names[place]


def test_what_undo_and_the_former_rows_keep_cannot_be_altered_unnoticed(practice: Practice, clock: Clock) -> None:
    from therapist_tui.domain.client import ClientDraft

    practice.clients.change(a_client(practice), ClientDraft("Another name"))
    practice.close()
    connection = connect(practice.folder / "practice.db", unlock(practice.folder, PASSPHRASE).key)
    (guard,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'former_row_no_update'").fetchone()
    connection.execute("DROP TRIGGER former_row_no_update")
    with_trail = "SELECT sql FROM sqlite_master WHERE name = 'former_row_update_noted'"
    (noted,) = connection.execute(with_trail).fetchone()
    connection.execute("DROP TRIGGER former_row_update_noted")
    assert connection.execute("UPDATE former_row SET record = record || ' '").rowcount
    for sql in (guard, noted):
        connection.execute(sql)
    connection.close()
    assert [one.record for one in findings(practice.folder)] == ["former_row"]


def test_a_moment_is_named_as_it_was_when_the_clock_is_of_another_zone() -> None:
    from datetime import UTC, datetime, timezone

    from therapist_tui.records.manifest import name_of

    moment = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    assert name_of(moment) == name_of(moment.astimezone(timezone(timedelta(hours=5))))
