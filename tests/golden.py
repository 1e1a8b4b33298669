"""A small practice of each released schema, kept as files, so that every later program is tested against them.

    python -m tests.golden

writes the one of the present schema into tests/data/schema-0001/. Run it when the schema changes before its release,
and never again afterwards: a later schema gets a folder of its own, and the old ones stay as they are. The people in it
are invented; the key is the light one of tests.
"""

import json
import shutil
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from therapist_tui.domain.appointment import AppointmentDraft, Status
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.health import Answer
from therapist_tui.domain.note import AddendumKind, NoteContent
from therapist_tui.domain.release import ReleaseDraft
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.domain.treatments import Treatment
from therapist_tui.records.driver import dbapi2
from therapist_tui.records.engine import SCHEMA_VERSION, connect
from therapist_tui.records.practice import Practice, create_practice
from therapist_tui.records.vault import LIGHT, unlock

PASSPHRASE = "copper lantern drifts past eleven geese"
PLACE = Path(__file__).parent / "data"
FILES = ("practice.db", "practice.keys")
ROWS = "rows.json"
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
_OUR_OWN = {"alembic_version", "sqlite_sequence"}


def folder_of(version: int) -> Path:
    """Where the practice of a schema lies."""
    return PLACE / f"schema-{version:04}"


def make(folder: Path) -> None:
    """Set up the practice, fill it, and close it."""
    therapist = TherapistDraft("Dana Reyes", "LMT", "27-1184", date(2027, 6, 30), "Europe/Paris", (("prenatal", None),))
    practice = create_practice(folder, PASSPHRASE, therapist, lambda: NOW, LIGHT)
    _fill(practice)
    practice.close()


def _fill(practice: Practice) -> None:
    jose = practice.clients.add(ClientDraft("José Álvarez", pronouns="he/him", born_on=date(1984, 2, 29)))
    other = practice.clients.add(ClientDraft("Нина Ёжикова", remarks="two\nlines"))
    practice.health.check(jose.id, Answer.NOTHING)
    for back in (14, 7):
        draft = AppointmentDraft(jose.id, NOW - timedelta(days=back), 60, "Massage")
        booked = practice.appointments.book(draft)
        practice.appointments.step(booked.id, Status.DONE)
        note = practice.notes.open(booked.id)
        content = NoteContent(
            "Neck stiff", "C5 tender", "Better", "In a week", (Treatment("MFR", 25),), 6, 3, "walk", ""
        )
        note = practice.notes.save(note.id, content)
        if back == 14:
            practice.notes.sign(note.id, content, why="decided together", late="was ill")
            practice.notes.add_addendum(note.id, AddendumKind.CORRECTION, "C6, not C5")
    practice.appointments.book(AppointmentDraft(other.id, NOW + timedelta(days=1), 30, "Massage"))
    practice.clients.change(other.id, ClientDraft("Нина Ёжикова", phone="+33 1 23"))
    practice.releases.add(ReleaseDraft("own file (Markdown)", "the client", "asked", jose.id), "0" * 64, lambda: None)
    practice.drafts.keep("client", "", {"name": "half typed"})
    practice.appointments.book(AppointmentDraft(other.id, NOW + timedelta(days=2), 30, "Massage"))
    practice.undo.undo()


def rows_of(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of ours, as the file has it."""
    connection = connect(folder / "practice.db", unlock(folder, PASSPHRASE).key, "mode=ro")
    try:
        return {table: _rows(connection, table) for table in _tables(connection)}
    finally:
        connection.close()


def _tables(connection: dbapi2.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_words%' ORDER BY name"
    return [name for (name,) in connection.execute(query) if name not in _OUR_OWN]


def _rows(connection: dbapi2.Connection, table: str) -> list[dict[str, Any]]:
    cursor = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
    names = [column[0] for column in cursor.description]
    return [{name: _plain(value) for name, value in zip(names, row, strict=True)} for row in cursor]


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


def main() -> int:
    """Write the files of the present schema anew."""
    target = folder_of(SCHEMA_VERSION)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "practice"
        make(folder)
        rows = rows_of(folder)
        target.mkdir(exist_ok=True)
        for name in FILES:
            shutil.copyfile(folder / name, target / name)
    (target / ROWS).write_text(json.dumps(rows, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
