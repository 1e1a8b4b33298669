"""Every released schema opens: its practice is kept under tests/data, and every row of it is there afterwards."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.golden import FILES, NOW, PASSPHRASE, PLACE, ROWS, folder_of, rows_of
from therapist_tui.domain.client import ClientDraft
from therapist_tui.records.engine import SCHEMA_VERSION, connect
from therapist_tui.records.errors import PracticeForeign, PracticeNewer
from therapist_tui.records.practice import Practice, open_practice
from therapist_tui.records.vault import unlock

from .conftest import bytes_of

VERSIONS = [int(folder.name.removeprefix("schema-")) for folder in sorted(PLACE.glob("schema-*"))]
WRITTEN_BY_OPENING = {"audit_event", "record_change"}


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture
def folder(version: int, tmp_path: Path) -> Path:
    """A copy of the kept practice; the key file has no copy, as after a careless move to another machine."""
    (tmp_path / "practice").mkdir(mode=0o700)
    for name in FILES:
        shutil.copyfile(folder_of(version) / name, tmp_path / "practice" / name)
    return tmp_path / "practice"


def kept_rows(version: int) -> dict[str, list[dict[str, Any]]]:
    return json.loads((folder_of(version) / ROWS).read_text(encoding="utf-8"))


def opened(folder: Path) -> Practice:
    return open_practice(folder, PASSPHRASE, lambda: NOW)


def test_every_schema_up_to_the_present_one_is_kept() -> None:
    assert [*range(1, SCHEMA_VERSION + 1)] == VERSIONS


def test_it_opens_and_every_row_is_there_as_it_was(version: int, folder: Path) -> None:
    # Where the schema of no release yet was changed: `python -m tests.golden` writes the file anew.
    opened(folder).close()
    after = rows_of(folder)
    for table, rows in kept_rows(version).items():
        found = [{name: row[name] for name in rows[0]} for row in after[table]] if rows else []
        if table in WRITTEN_BY_OPENING:
            found = found[: len(rows)]
        assert found == rows, table


def test_its_trail_is_whole_and_it_can_be_written_to(folder: Path) -> None:
    practice = opened(folder)
    assert practice.backups.verify().findings == ()
    practice.clients.add(ClientDraft("Amara Okafor"))
    assert [client.name for client in practice.clients.find("Ёжикова")] == ["Нина Ёжикова"]
    assert practice.search.find("stiff").found
    practice.close()


@pytest.mark.parametrize(
    ("pragma", "refused"),
    [
        (f"user_version = {SCHEMA_VERSION + 1}", PracticeNewer),
        (f"user_version = {SCHEMA_VERSION + 1000}", PracticeNewer),
        ("application_id = 1", PracticeForeign),
    ],
)
def test_a_file_of_a_later_program_or_another_one_is_refused_and_left_to_the_byte(
    pragma: str, refused: type[Exception], folder: Path
) -> None:
    connection = connect(folder / "practice.db", unlock(folder, PASSPHRASE).key)
    connection.execute(f"PRAGMA {pragma}")
    connection.close()
    before = bytes_of(folder)
    with pytest.raises(refused):
        opened(folder)
    assert bytes_of(folder) == before
