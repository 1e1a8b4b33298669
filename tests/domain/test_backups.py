"""Which backups stay, when the next one is due, and what is owed when they are missing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.backups import (
    Backup,
    Drill,
    Keep,
    Reason,
    Safety,
    is_due,
    safety_owed,
    to_remove,
    wanting,
)

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
WELL = Safety(elsewhere_at=NOW, elsewhere_set=True, drill=Drill(NOW, "x", 5), since=NOW, sheet_on=NOW)


def backup(at: datetime) -> Backup:
    return Backup(Path(f"practice-{at:%Y%m%dT%H%M%SZ}"), at, at, Reason.DAILY, 1, "a", 5, 4096)


def left(backups: list[Backup], keep: Keep, now: datetime) -> list[Backup]:
    removed = to_remove(backups, keep, now)
    return [one for one in backups if one not in removed]


def test_three_years_of_daily_use_leave_what_the_policy_says() -> None:
    kept: list[Backup] = []
    for day in range(3 * 365):
        now = NOW + timedelta(days=day)
        kept = left([*kept, backup(now)], Keep(), now)
    last = NOW + timedelta(days=3 * 365 - 1)
    days = [(last - one.taken_at).days for one in kept]
    assert [day for day in days if day < 7] == [6, 5, 4, 3, 2, 1, 0]
    assert len({one.taken_at.strftime("%Y-%m") for one in kept}) >= 12
    assert {one.taken_at.year for one in kept} == {2026, 2027, 2028, 2029}
    assert len(kept) < 30


@given(
    st.lists(st.integers(0, 4_000), min_size=1, max_size=60, unique=True),
    st.builds(Keep, *[st.integers(0, 5)] * 5),
    st.integers(-100, 4_000),
)
def test_the_newest_three_stay_and_a_clock_that_went_back_removes_nothing(
    hours: list[int], keep: Keep, ahead: int
) -> None:
    backups = [backup(NOW + timedelta(hours=one)) for one in hours]
    newest = sorted(backups, key=lambda one: one.taken_at)
    now = newest[-1].taken_at + timedelta(hours=ahead)
    kept = left(backups, keep, now)
    assert set(newest[-3:]) <= set(kept)
    if ahead < 0:
        assert kept == backups
    assert left(kept, keep, now) == kept  # thinning out once is enough


@pytest.mark.parametrize(("hours", "due"), [(0, False), (19, False), (20, True), (100, True), (-1, False), (-25, True)])
def test_a_backup_is_due_once_a_day(hours: int, due: bool) -> None:
    assert is_due([backup(NOW)], NOW + timedelta(hours=hours)) is due
    assert is_due([], NOW)


WANTING = {
    "all is well": (Safety(**{name: getattr(WELL, name) for name in WELL.__slots__}), []),
    "a new practice": (Safety(since=NOW), ["A copy outside this disk", "Recovery sheet"]),
    "no backup for days": (
        Safety((backup(NOW - timedelta(days=3)),), NOW, True, "", Drill(NOW, "x", 5), "", "", NOW, NOW),
        ["Backup of the practice"],
    ),
    "a backup failed": (
        Safety((), NOW, True, "", WELL.drill, "the disk is full", "", NOW, NOW),
        ["Backup failed: the"],
    ),
    "a stick in a drawer": (
        Safety((), NOW - timedelta(days=8), True, "its folder is not there", WELL.drill, "", "", NOW, NOW),
        ["A copy outside this disk: its folder is not there"],
    ),
    "a restore that failed": (
        Safety((), NOW, True, "", Drill(NOW, "x", 5, "a page does not decrypt"), "", "", NOW, NOW),
        ["Restoring was tried and failed"],
    ),
    "no restore tried": (
        Safety((), NOW, True, "", Drill(NOW - timedelta(days=50), "x", 5), "", "", NOW, NOW),
        ["Try out a restore"],
    ),
    "a synced folder": (
        Safety((), NOW, True, "", WELL.drill, "", "Dropbox", NOW, NOW),
        ["The practice lies in a folder of Dropbox"],
    ),
}


@pytest.mark.parametrize("what", WANTING)
def test_what_is_missing_is_owed_and_nothing_else(what: str) -> None:
    safety, wanted = WANTING[what]
    found = wanting(safety, NOW)
    assert len(found) == len(wanted)
    assert all(one.what.startswith(begin) for one, begin in zip(found, wanted, strict=True))
    rows = [*safety_owed(safety, NOW)]
    assert len({one.key for one in rows}) == len(rows) == len(found)
