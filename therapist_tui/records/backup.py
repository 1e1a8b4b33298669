"""Backups: taken by themselves, verified before they count, thinned out, copied elsewhere, and tried out.

A backup is a folder of its own, never written to again: database, key file and manifest. It opens with the passphrase
of its day, or with the recovery sheet, and needs nothing else.
"""

import json
import os
import tempfile
import threading
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import text

from therapist_tui.domain.audit import Verified
from therapist_tui.domain.backups import DRILL_EVERY, Backup, Drill, Keep, Reason, Safety, is_due, to_remove
from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.undo import READ

from .copying import Content, check_database, copy_database
from .engine import QUICK, SCHEMA_VERSION, connect
from .errors import BackupFailed, BackupStopped, StorageFailing, StorageFull, StorageReadOnly
from .faults import in_words
from .files import make_folder, remove_folder, sync_folder, write_private
from .manifest import (
    MANIFEST,
    PARTS,
    PREFIX,
    UNFINISHED,
    changed_part,
    name_of,
    read_backups,
    read_manifest,
    write_manifest,
)
from .places import BACKUPS, DATABASE, KEYS, KEYS_COPY
from .soundness import not_as_left
from .synced import synced_by
from .trail import Head, trail_key
from .unit import Store
from .vault import sheet_confirmed
from .verify import Witness, verify

STATE = "state.json"
PAUSE = 0.001
"""Seconds."""
_OWN = tuple(sorted({"backup.taken", "backup.failed", "backup.drilled", "practice.opened", *READ}))
"""Events that are no reason for another backup."""


_WHY: dict[type[PracticeError], str] = {
    StorageFull: "the disk is full",
    StorageReadOnly: "its folder cannot be written to",
    StorageFailing: "the disk does not answer as it should",
}
"""Why a try failed, short enough for a row of the desk."""


@dataclass(frozen=True, slots=True)
class BackupRules:
    """What the user set: a folder elsewhere or none, and how many are kept."""

    elsewhere: Path | None = None
    keep: Keep = field(default_factory=Keep)


class Backups:
    """The practice's backups. `take` and `drill` may run beside the records thread: they read the file themselves."""

    def __init__(self, folder: Path, key: bytes, store: Store) -> None:
        self.place = folder.parent / BACKUPS
        self._folder, self._key, self._store = folder, key, store
        self._rules: BackupRules | None = None
        self._one_at_a_time = threading.Lock()
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Give up what is under way, and wait until it has: the practice is closed."""
        self._stopping.set()
        with self._one_at_a_time:
            return

    def quick(self) -> bool:
        """Whether the file is so small that nobody notices when it is read through, or a backup is taken."""
        return (self._folder / DATABASE).stat().st_size <= QUICK

    def look_through(self) -> str:
        """Look at every page of a practice that is too large for that at its opening; what is wrong, or "".

        What is found is told on the desk.
        """
        if self.quick():
            return ""
        with self._one_at_a_time, in_words():
            connection = connect(self._folder / DATABASE, self._key, "mode=ro")
            try:
                # Twice: a page may be looked at in the moment in which it is written.
                damaged = all(connection.execute("PRAGMA cipher_integrity_check").fetchall() for _ in range(2))
            finally:
                connection.close()
        problem = "a page of the practice is damaged: restore a backup" if damaged else ""
        if problem:
            self._remember(failed=problem)
        return problem

    def _pause(self) -> None:
        """Between two steps: let the screen have its turn."""
        if self._stopping.wait(PAUSE):
            raise BackupStopped

    def keeps(self, rules: BackupRules) -> None:
        """From now on backups are watched over by these rules: the desk tells when they are missing."""
        self._rules = rules

    @property
    def watched(self) -> bool:
        """Whether somebody asked for backups: not so in the demo and in scripts."""
        return self._rules is not None

    def all(self) -> tuple[Backup, ...]:
        """The backups beside the practice, oldest first."""
        return tuple(read_backups(self.place))

    def due(self) -> bool:
        """Whether the day's backup is due."""
        return is_due(self.all(), self._store.now())

    def changed(self) -> bool:
        """Whether anything was written since the newest backup, drafts too."""
        last = max(self.all(), key=lambda one: one.taken_at, default=None)
        if last is None:
            return True
        query = text(
            f"SELECT EXISTS (SELECT 1 FROM audit_event WHERE seq > :seq AND action NOT IN {_OWN})"  # noqa: S608 - ours
            " OR EXISTS (SELECT 1 FROM session_note WHERE signed_at IS NULL AND saved_at > :at)"
            " OR EXISTS (SELECT 1 FROM form_draft WHERE saved_at > :at)"
        )
        at = last.taken_at.replace(tzinfo=None).isoformat(" ", "microseconds")
        with self._store.reading() as session:
            return bool(session.connection().execute(query, {"seq": last.seq, "at": at}).scalar_one())

    def take(self, reason: Reason) -> Backup:
        """Take a backup now, verify it, thin out the old ones and copy it elsewhere.

        Raises BackupFailed, StorageFull, StorageReadOnly, StorageFailing; what fails is told on the desk as well.
        """
        with self._one_at_a_time:
            try:
                backup = self._take(reason)
            except BackupStopped:
                raise
            except PracticeError as error:
                self._remember(failed=_WHY.get(type(error), str(error)))
                with self._store.unit() as unit:
                    unit.audit("backup.failed", "backup", reason.value)
                raise
            self._remember(failed="")
            with self._store.unit() as unit:
                unit.audit("backup.taken", "backup", backup.name)
            self._thin_out(self.place, backup.taken_at)
            self._copy_elsewhere(backup)
            return backup

    def _take(self, reason: Reason) -> Backup:
        now = self._store.now()
        with in_words():
            make_folder(self.place)
            self._sweep(self.place)
            name = _free_name(self.place, now)
            beside = self.place / (name + UNFINISHED)
            make_folder(beside)
            content = copy_database(self._folder / DATABASE, beside / DATABASE, self._key, self._pause)
            for part in (KEYS, KEYS_COPY):
                write_private(beside / part, (self._folder / KEYS).read_bytes())
            backup = _described(beside, now, self._store.now(), reason, content)
            write_manifest(backup, SCHEMA_VERSION, trail_key(self._key))
            beside.replace(self.place / name)
            sync_folder(self.place)
        return replace(backup, folder=self.place / name)

    def _copy_elsewhere(self, backup: Backup) -> None:
        """Into the second folder, where that is there: a stick may be in a drawer. What went wrong the desk tells."""
        elsewhere = self._rules.elsewhere if self._rules else None
        if elsewhere is None:
            return
        try:
            copy_set(backup, elsewhere)
            self._thin_out(elsewhere, backup.taken_at)
            self._remember(elsewhere="", elsewhere_at=backup.taken_at.isoformat())
        except FileNotFoundError:
            self._remember(elsewhere="its folder is not there (not plugged in?)")
        except OSError:
            self._remember(elsewhere="it cannot be written there")
        except BackupFailed:
            self._remember(elsewhere="it did not arrive whole")

    def _thin_out(self, place: Path, now: datetime) -> None:
        keep = self._rules.keep if self._rules else Keep()
        for old in to_remove(read_backups(place), keep, now):
            remove_folder(old.folder)

    @staticmethod
    def _sweep(place: Path) -> None:
        """Take away what a crash left half-written."""
        for one in place.iterdir():
            if one.name.startswith(PREFIX) and one.name.endswith(UNFINISHED) and one.is_dir():
                remove_folder(one)

    def verify(self) -> Verified:
        """Look at every event and record of the open practice, beside the records thread, at the kept heads, and at
        what is beside the trail but the backups themselves (`check_oldest`)."""
        key = trail_key(self._key)
        witnesses = [Witness(Head(one.seq, one.link), f"the backup {one.name}") for one in self.all()]
        with self._one_at_a_time, in_words():
            connection = connect(self._folder / DATABASE, self._key, "mode=ro")
            try:
                connection.execute("BEGIN")  # one moment, whatever is written meanwhile
                found = verify(connection, key, witnesses, self._pause)
                others = not_as_left(connection, self._folder)
                return replace(found, findings=(*found.findings, *others))
            finally:
                connection.close()

    def check_oldest(self) -> str:
        """Read the backup again that was not looked at for the longest; what is wrong with it, or ""."""
        with self._one_at_a_time:
            looked, kept = _said(self.place / STATE).get("looked"), {one.name: one.taken_at for one in self.all()}
            known = cast("dict[str, Any]", looked) if isinstance(looked, dict) else {}
            seen = {name: str(known.get(name, at.astimezone(UTC).isoformat())) for name, at in kept.items()}
            name = min(seen, key=lambda one: seen[one], default="")
            if not name:
                return ""
            self._remember(looked={**seen, name: self._store.now().isoformat()})
            part = changed_part(self.place / name)
            problem = f"{name}: {part} is damaged" if part else ""
            if problem:
                self._remember(failed=problem)
            return problem

    # The drill

    def drill_due(self) -> bool:
        """Whether a restore should be tried out: once a month, as soon as there is a backup."""
        last = known_state(self.place / STATE).drill
        return bool(self.all()) and (last is None or abs(self._store.now() - last.at) >= DRILL_EVERY)

    def drill(self) -> Drill:
        """Restore the newest backup into a scratch folder, read everything in it, and throw it away."""
        with self._one_at_a_time:
            backup = max(self.all(), key=lambda one: one.taken_at, default=None)
            if backup is None:
                raise BackupFailed(reason="there is none yet")
            drill = Drill(self._store.now(), backup.name, backup.records, self._try_out(backup))
            self._remember(drill={**asdict(drill), "at": drill.at.isoformat()})
            with self._store.unit() as unit:
                unit.audit("backup.drilled", "backup", f"{backup.name}{' failed' if drill.problem else ''}")
            return drill

    def _try_out(self, backup: Backup) -> str:
        try:
            with in_words(), tempfile.TemporaryDirectory(prefix=".drill-", dir=self.place) as scratch:
                restored = copy_set(backup, Path(scratch))
                content = check_database(restored / DATABASE, self._key, self._pause)
        except BackupStopped:
            raise
        except PracticeError as error:
            return str(error)
        return "" if content.records == backup.records else "it does not hold as many records as it says"

    # What is known of it

    def safety(self) -> Safety:
        """What the desk is told."""
        state, elsewhere = known_state(self.place / STATE), self._rules.elsewhere if self._rules else None
        return Safety(
            self.all(),
            state.elsewhere_at,
            elsewhere is not None,
            state.elsewhere,
            state.drill,
            state.failed,
            synced_by(self._folder) or "",
            self._store.made_at(),
            sheet_confirmed(self._folder),
        )

    def _remember(self, **said: Any) -> None:
        """A courtesy for the desk: where even this cannot be written, the age of the last backup tells."""
        before = _said(self.place / STATE)
        if all(name in before and before[name] == value for name, value in said.items()):
            return
        try:
            make_folder(self.place)
            write_private(self.place / STATE, json.dumps({**before, **said}, indent=2).encode())
        except OSError:
            return


@dataclass(frozen=True, slots=True)
class State:
    """What is remembered beside the backups: why the last try failed, what became of the copy elsewhere, the drill."""

    failed: str
    elsewhere: str
    elsewhere_at: datetime | None
    drill: Drill | None


def known_state(path: Path) -> State:
    """What is remembered; nothing where it cannot be read."""
    said = _said(path)
    try:
        found = said["drill"]
        drill = Drill(datetime.fromisoformat(found["at"]), found["name"], int(found["records"]), found["problem"])
    except (KeyError, TypeError, ValueError):
        drill = None
    try:
        elsewhere_at = datetime.fromisoformat(said["elsewhere_at"])
    except (KeyError, TypeError, ValueError):
        elsewhere_at = None
    return State(str(said.get("failed", "")), str(said.get("elsewhere", "")), elsewhere_at, drill)


def _said(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def copy_set(backup: Backup, place: Path) -> Path:
    """Copy a finished backup into another folder, read it back and compare; gives back where it lies.

    The folder must be there: a stick that is not plugged in is no place. Raises OSError, BackupFailed.
    """
    target = place / backup.name
    if read_manifest(target) and changed_part(target) is None:
        return target
    beside = place / (backup.name + UNFINISHED)
    for leftover in (beside, target):
        if leftover.is_dir():
            remove_folder(leftover)
    beside.mkdir(mode=0o700)
    for part in (*PARTS, MANIFEST):
        _copy_file(backup.folder / part, beside / part)
    if part := changed_part(beside):
        raise BackupFailed(reason=f"{part} did not arrive as it was sent")
    beside.replace(target)
    sync_folder(place)
    return target


def _copy_file(source: Path, target: Path) -> None:
    with source.open("rb") as read, os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as to:
        while piece := read.read(1 << 20):
            to.write(piece)
        to.flush()
        os.fsync(to.fileno())


def _free_name(place: Path, now: datetime) -> str:
    name = name_of(now)
    names = [name, *(f"{name}-{number}" for number in range(2, 100))]
    free = next((one for one in names if not (place / one).exists()), None)
    if free is None:
        raise StorageFailing
    return free


def _described(folder: Path, taken_at: datetime, verified_at: datetime, reason: Reason, content: Content) -> Backup:
    size = (folder / DATABASE).stat().st_size
    return Backup(folder, taken_at, verified_at, reason, content.head.seq, content.head.link, content.records, size)
