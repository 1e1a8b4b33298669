"""A share of the 10,000 operations of `python -m tests.faults.signed_stays`."""

from pathlib import Path

import pytest

from .signed_stays import a_practice, attack, kept_bytes


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_what_is_signed_stays_whatever_is_tried(seed: int, tmp_path: Path) -> None:
    practice = a_practice(tmp_path / "practice")
    try:
        refused, wrong = attack(practice, 150, seed)
    finally:
        practice.close()
    assert wrong == []
    assert 0 < refused < 150  # some went through: the operations do change what may be changed


def test_the_comparison_sees_a_change_where_the_guards_are_gone(tmp_path: Path) -> None:
    practice = a_practice(tmp_path / "practice")
    connection = practice._store.engine.raw_connection().dbapi_connection  # pyright: ignore[reportPrivateUsage]
    connection.set_authorizer(None)  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
        connection.execute(f"DROP TRIGGER {name}")  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
    before = kept_bytes(practice)
    _, wrong = attack(practice, 30, 11)
    assert wrong
    assert kept_bytes(practice) != before
    practice.close()
