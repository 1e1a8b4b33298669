"""A file comes to the present schema wholly or not at all, after a copy of it was made and read back."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from therapist_tui.records import engine as engine_module
from therapist_tui.records import migrate
from therapist_tui.records import practice as practice_module
from therapist_tui.records.engine import connect
from therapist_tui.records.errors import CopyFailed, PracticeOlder
from therapist_tui.records.guards import GUARDS
from therapist_tui.records.indexing import INDEX, INDEXING
from therapist_tui.records.practice import Practice
from therapist_tui.records.tables import Row
from therapist_tui.records.vault import unlock

from .conftest import PASSPHRASE, Clock, bytes_of, raw, reopen

PACKAGED = Path(migrate.__file__).parent / "migrations" / "versions"
SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("client", sa.Column("nickname", sa.Text(), nullable=True))
    op.execute("PRAGMA user_version = 2")
"""
FAILING = """
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.execute("DELETE FROM form_draft")
    op.execute("SELECT * FROM nowhere")
"""


def differences(practice: Practice) -> list[Any]:
    store = practice._store  # pyright: ignore[reportPrivateUsage]
    with store.engine.connect() as connection:
        opts = {"compare_type": True, "include_object": lambda _, name, *__: not name.startswith("search_words")}
        context = MigrationContext.configure(connection, opts=opts)
        return list(compare_metadata(context, Row.metadata))


def schema(connection: Any) -> list[Any]:
    return connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name").fetchall()


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the steps of a later program, which opens the practice from now on."""
    steps = tmp_path / "100% later steps"
    steps.mkdir()
    (steps / "v0002.py").write_text(SECOND)
    real = migrate.upgrade
    monkeypatch.setattr(migrate, "upgrade", lambda connection, *_: real(connection, PACKAGED, steps))
    for module in (engine_module, migrate, practice_module):
        monkeypatch.setattr(module, "SCHEMA_VERSION", 2)
    return steps


def test_the_migrated_schema_is_the_tables(practice: Practice) -> None:
    assert differences(practice) == []


def test_the_tables_check_what_the_migrated_schema_checks(practice: Practice) -> None:
    # Alembic does not compare CHECK constraints, so the text of every table is compared as a whole.
    from sqlalchemy import create_engine

    plain = create_engine("sqlite://")
    Row.metadata.create_all(plain)

    def checks(rows: Any) -> dict[str, list[str]]:
        lines = {name: [line.strip(" ,\t") for line in sql.splitlines()] for name, sql in rows}
        return {
            name: sorted(line for line in some if "CHECK" in line or "FOREIGN" in line) for name, some in lines.items()
        }

    query = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'"
        " AND name NOT LIKE 'search_words%'"
    )
    with plain.connect() as connection:
        wanted = checks(connection.exec_driver_sql(query).fetchall())
    assert checks(raw(practice).execute(query).fetchall()) == wanted


def test_the_index_in_the_file_is_the_one_the_program_knows(practice: Practice) -> None:
    query = "SELECT sql FROM sqlite_master WHERE name IN ('search_text', 'search_words') OR type = 'trigger'"
    found = [sql for (sql,) in raw(practice).execute(query)]
    assert sorted(found) == sorted([*INDEX, *INDEXING.values(), *GUARDS.values()])


def test_the_last_step_is_the_schema_the_program_knows() -> None:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "therapist_tui.records:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [f"{engine_module.SCHEMA_VERSION:04}"]


def test_an_older_file_is_copied_and_brought_up_to_date(closed: Path, clock: Clock, later: Path) -> None:
    practice = reopen(closed, clock)
    assert "nickname" in {row[1] for row in raw(practice).execute("PRAGMA table_info(client)")}
    assert raw(practice).execute("PRAGMA user_version").fetchone() == (2,)
    assert practice.audit.events(1)[0].action == "practice.migrated"
    assert [client.name for client in practice.clients.find()] == ["José Álvarez"]
    assert set(GUARDS) <= {row[1] for row in schema(raw(practice))}
    practice.close()
    copy = connect(closed / "practice.before-2-was-1.db", unlock(closed, PASSPHRASE).key)
    assert copy.execute("PRAGMA user_version").fetchone() == (1,)
    assert copy.execute("SELECT name FROM client").fetchall() == [("José Álvarez",)]
    copy.close()


def test_a_step_that_fails_leaves_the_old_schema_and_every_record(closed: Path, clock: Clock, later: Path) -> None:
    practice_before = connect(closed / "practice.db", unlock(closed, PASSPHRASE).key)
    before = schema(practice_before)
    practice_before.close()
    (later / "v0003.py").write_text(FAILING)
    with pytest.raises(Exception, match="nowhere"):
        reopen(closed, clock)
    after = connect(closed / "practice.db", unlock(closed, PASSPHRASE).key)
    assert schema(after) == before
    assert after.execute("PRAGMA user_version").fetchone() == (1,)
    assert after.execute("SELECT count(*) FROM session_note").fetchone() == (1,)
    after.close()
    (later / "v0003.py").unlink()
    reopen(closed, clock).close()


def test_an_older_file_is_not_changed_just_to_read_it(closed: Path, clock: Clock, later: Path) -> None:
    before = bytes_of(closed)["practice.db"]
    with pytest.raises(PracticeOlder):
        reopen(closed, clock, read_only=True)
    assert bytes_of(closed)["practice.db"] == before


def test_a_copy_that_lacks_records_is_no_copy(closed: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    practice = reopen(closed, clock)
    counts = iter([{"client": 1}, {"client": 0}])
    monkeypatch.setattr(migrate, "_counts", lambda _: next(counts))
    with pytest.raises(CopyFailed):
        migrate.verified_copy(raw(practice), closed / "copy.db", unlock(closed, PASSPHRASE).key)
    practice.close()
