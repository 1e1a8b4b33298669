"""Nothing of what is typed lies in clear in any file, and nobody else may read any of them."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.health import HealthEntryDraft, HealthKind
from therapist_tui.domain.note import NoteContent
from therapist_tui.records.engine import connect
from therapist_tui.records.migrate import verified_copy
from therapist_tui.records.practice import Practice, create_practice
from therapist_tui.records.tables import ClientRow
from therapist_tui.records.vault import LIGHT, NORMAL, unlock

from .conftest import PASSPHRASE, THERAPIST, Clock, an_appointment, raw, reopen

MARKER = "Zebrawood marker 4711"


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def type_markers(practice: Practice, clock: Clock) -> None:
    client = practice.clients.add(ClientDraft(MARKER, remarks=MARKER, guardian=MARKER))
    practice.health.add(client.id, HealthEntryDraft(HealthKind.CONDITION, MARKER, advice=MARKER))
    note = practice.notes.open(an_appointment(practice, client.id, clock.now).id)
    practice.notes.save(note.id, NoteContent(MARKER, MARKER * 500, home_care=MARKER))
    practice.drafts.keep("client", "", {"name": MARKER})
    assert practice.clients.find(MARKER)


def scan(folder: Path) -> list[str]:
    spelled = [MARKER.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be")]
    spelled += [PASSPHRASE.encode(), MARKER.casefold().encode()]
    return [str(p) for p in folder.rglob("*") if p.is_file() and any(word in p.read_bytes() for word in spelled)]


def test_no_marker_lies_in_clear_in_any_file_while_open_and_after(practice: Practice, clock: Clock) -> None:
    type_markers(practice, clock)
    key = unlock(practice.folder, PASSPHRASE).key
    verified_copy(raw(practice), practice.folder / "copy.db", key)
    names = {path.name for path in practice.folder.iterdir()}
    assert {"practice.db", "practice.db-wal", "practice.keys", "practice.holder", "copy.db"} <= names
    assert scan(practice.folder) == []
    practice.close()
    assert scan(practice.folder) == []
    assert key not in (practice.folder / "practice.keys").read_bytes()


def test_files_are_for_their_owner_only_whatever_the_umask(open_umask: None, folder: Path, clock: Clock) -> None:
    practice = create_practice(folder, PASSPHRASE, THERAPIST, clock, LIGHT)
    type_markers(practice, clock)
    verified_copy(raw(practice), folder / "copy.db", unlock(folder, PASSPHRASE).key)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert {"practice.db-wal", "practice.db-shm", "practice.lock", "practice.holder", "practice.keys.bak"} <= set(modes)
    assert set(modes.values()) == {0o600}, modes
    practice.close()
    reader = reopen(folder, clock, read_only=True)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    reader.close()


def test_settings_read_back_as_decided(practice: Practice) -> None:
    wanted = {
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "journal_mode": "wal",
        "synchronous": 2,
        "cipher_log_level": "NONE",
    }
    assert {name: raw(practice).execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted


def test_a_real_practice_wipes_the_engines_memory(tmp_path: Path) -> None:
    # In a process of its own: once on, it stays on.
    code = f"""
import pathlib, datetime
from therapist_tui.records.practice import create_practice
from therapist_tui.records.vault import NORMAL
from therapist_tui.domain.therapist import TherapistDraft
p = create_practice(pathlib.Path({str(tmp_path / "p")!r}), {PASSPHRASE!r}, TherapistDraft("A", "", "1", None, "UTC"),
    lambda: datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), NORMAL)
print(p._store.engine.raw_connection().dbapi_connection.execute("PRAGMA cipher_memory_security").fetchone()[0])
p.close()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
    assert NORMAL.secret
    assert not LIGHT.secret


def test_file_cannot_be_read_without_the_key(closed: Path) -> None:
    connection = connect(closed / "practice.db", b"\0" * 32)
    with pytest.raises(Exception, match="not a database"):
        connection.execute("SELECT * FROM client")
    connection.close()


def test_an_error_of_the_database_holds_no_typed_text(practice: Practice) -> None:
    client = practice.clients.add(ClientDraft(MARKER))
    twice = ClientRow(id=client.id, name=MARKER, remarks=MARKER)
    with pytest.raises(IntegrityError) as refused, practice._store.quiet() as unit:  # pyright: ignore[reportPrivateUsage]
        unit.add(twice)
    assert MARKER not in str(refused.value)


LIGHT_MODULES = ("therapist_tui.records", "therapist_tui.records.places", "therapist_tui.records.errors")


@pytest.mark.parametrize("module", LIGHT_MODULES)
def test_light_modules_load_nothing_of_the_database(module: str) -> None:
    code = (
        f"import sys, {module}\n"
        "print([m for m in ('sqlmodel', 'sqlalchemy', 'alembic', 'sqlcipher3', 'nacl', 'textual') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_opening_a_present_practice_loads_no_migrations(closed: Path) -> None:
    code = f"""
import sys, pathlib, datetime
from therapist_tui.records.practice import open_practice
now = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
p = open_practice(pathlib.Path({str(closed)!r}), {PASSPHRASE!r}, lambda: now)
p.close()
print([m for m in ("alembic", "zxcvbn") if m in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
