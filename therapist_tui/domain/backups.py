"""Backups: which are kept, when the next is due, what is owed when they are missing. The work: records/backup.py."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from uuid import UUID, uuid5

from .desk import Owed, OwedKind


class Reason(Enum):
    """Why a backup was taken."""

    DAILY = "daily"
    LEAVING = "on leaving"
    ASKED = "asked for"
    BEFORE_IMPORT = "before an import"
    BEFORE_UPDATE = "before an update"
    BEFORE_RESTORE = "before a restore"
    BEFORE_KEYS = "before a change of keys"


@dataclass(frozen=True, slots=True)
class Backup:
    """One verified backup: a folder with the database, the key file and a manifest.

    `taken_at` is the moment that it shows; `seq` and `link` the head of its audit trail; `size` in bytes.
    """

    folder: Path
    taken_at: datetime
    verified_at: datetime
    reason: Reason
    seq: int
    link: str
    records: int
    size: int

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.name


@dataclass(frozen=True, slots=True)
class Keep:
    """How many backups are kept: the last ones, and one a day, week, month and year for so many of each."""

    last: int = 5
    daily: int = 7
    weekly: int = 5
    monthly: int = 12
    yearly: int = 7

    LEAST = 3
    """So many stay whatever the rest says."""


_DAY_AFTER = timedelta(days=1)
DUE_AFTER = timedelta(hours=20)
"""A new one is due at an opening so long after the last: once a day, also when today begins earlier than yesterday."""
WARN_AFTER = timedelta(days=2)
WARN_ELSEWHERE_AFTER = timedelta(days=7)
DRILL_EVERY = timedelta(days=30)
DRILL_LATE = timedelta(days=45)


def to_remove(backups: Iterable[Backup], keep: Keep, now: datetime) -> tuple[Backup, ...]:
    """The backups that no rule keeps, oldest first; none at all when the clock stands before one of them.

    The newest three always stay, whatever the rules: a clock that jumped must not cost the only good copy.
    """
    found = sorted(backups, key=lambda one: (one.taken_at, one.name), reverse=True)
    if not found or found[0].taken_at > now:
        return ()
    kept = {one.name for one in found[: max(keep.last, Keep.LEAST)]}
    rules = ((keep.daily, "%Y-%m-%d"), (keep.weekly, "%G-%V"), (keep.monthly, "%Y-%m"), (keep.yearly, "%Y"))
    for most, period in rules:
        newest: dict[str, str] = {}
        for one in found:
            newest.setdefault(one.taken_at.strftime(period), one.name)
        kept.update([*newest.values()][:most])
    return tuple(one for one in reversed(found) if one.name not in kept)


def is_due(backups: Sequence[Backup], now: datetime) -> bool:
    """Whether a daily backup is due; also when the clock stands before the last one."""
    if not backups:
        return True
    last = max(one.taken_at for one in backups)
    return now - last >= DUE_AFTER or last - now > _DAY_AFTER


@dataclass(frozen=True, slots=True)
class Drill:
    """A restore that was tried out: when, of which backup, how many records, and what was wrong ("" for nothing)."""

    at: datetime
    name: str
    records: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Safety:
    """How safe the records are from loss, as it was found last."""

    backups: tuple[Backup, ...] = ()
    elsewhere_at: datetime | None = None
    """Of what moment the newest copy outside this disk is; None when there never was one."""
    elsewhere_set: bool = False
    elsewhere_problem: str = ""
    drill: Drill | None = None
    failed: str = ""
    """Why the last try gave no backup; "" when it did."""
    synced_by: str = ""
    """The program that copies the practice's folder about while it is open, e.g. "Dropbox"."""
    since: datetime | None = None
    """When the practice was made."""
    sheet_on: datetime | None = None
    """When the recovery sheet was confirmed."""


@dataclass(frozen=True, slots=True)
class Wanting:
    """Something that the records' safety wants, in a few words, and how pressing it is."""

    what: str
    urgency: str
    since: datetime
    late: bool = False


def wanting(safety: Safety, now: datetime) -> tuple[Wanting, ...]:
    """What is missing, the worst first; nothing when all is well."""
    since = safety.since or now
    found = [_own(safety, since, now), _drilled(safety, since, now), _elsewhere(safety, since, now)]
    if safety.synced_by:
        found.append(
            Wanting(f"The practice lies in a folder of {safety.synced_by}: move it out", "may be mixed up", since, True)
        )
    if safety.sheet_on is None:
        found.append(Wanting("Recovery sheet, for when the passphrase is forgotten", "not written yet", since))
    return tuple(one for one in found if one)


def _own(safety: Safety, since: datetime, now: datetime) -> Wanting | None:
    last = max((one.taken_at for one in safety.backups), default=None)
    if safety.failed:
        return Wanting(f"Backup failed: {safety.failed}", _age(last, now), last or since, True)
    if now - (last or since) > WARN_AFTER:
        return Wanting("Backup of the practice", _age(last, now), last or since, True)
    return None


def _drilled(safety: Safety, since: datetime, now: datetime) -> Wanting | None:
    drill = safety.drill
    if drill and drill.problem:
        return Wanting(f"Restoring was tried and failed: {drill.problem}", _age(drill.at, now), drill.at, True)
    if now - (drill.at if drill else since) > DRILL_LATE:
        return Wanting("Try out a restore", _age(drill.at if drill else None, now), drill.at if drill else since)
    return None


def _elsewhere(safety: Safety, since: datetime, now: datetime) -> Wanting | None:
    if not safety.elsewhere_set:
        return Wanting("A copy outside this disk: set backup_to in the settings", "none yet", since)
    last = safety.elsewhere_at
    if now - (last or since) > WARN_ELSEWHERE_AFTER:
        what = f"A copy outside this disk: {safety.elsewhere_problem or 'none arrived'}"
        return Wanting(what, _age(last, now), last or since, True)
    return None


def _age(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "never"
    days = (now - at).days
    return "today" if days <= 0 else f"{days} day{'' if days == 1 else 's'} ago"


def safety_owed(safety: Safety, now: datetime) -> Iterator[Owed]:
    """What is missing, as rows of the desk."""
    for one in wanting(safety, now):
        yield Owed(OwedKind.BACKUP, min(one.since, now), uuid5(_ROWS, one.what), one.what, one.urgency, one.late)


_ROWS = UUID("5f0c1f86-6f0e-4b8e-9b6c-6d3f0a4c7a51")
"""Rows of the desk are known by an id; these have none of their own."""
