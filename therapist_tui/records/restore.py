"""Restoring a backup: built whole beside the practice, opened and verified there, then swapped in; the old set is kept.

Never a copy over a database (reliability.md, finding 10). Killed at any step, the next start finds the old set or the
new one, whole: `finish_swap` gives the new one its name when the kill fell between the two renamings.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from therapist_tui.domain.audit import Verified
from therapist_tui.domain.backups import Backup

from .anchor import drop_anchor, read_anchor
from .backup import copy_set
from .copying import check_database
from .engine import connect, make_engine, refuse_unfit, settle
from .errors import BackupFailed, NoBackup
from .faults import in_words
from .files import make_folder, remove_folder, sync_folder
from .instance import Instance
from .manifest import changed_part, is_ours, read_backups
from .places import BACKUPS, DATABASE, KEYS, KEYS_COPY, restored_beside
from .practice import open_with_key
from .soundness import bad_backups, bad_pages, not_as_left
from .trail import Head, trail_key
from .unit import Store
from .vault import unlock
from .verify import Witness, verify

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: where the set from before lies (None when there was none), and what came back."""

    backup: Backup
    before: Path | None


def found_backups(folder: Path, places: Iterable[Path] = ()) -> tuple[Backup, ...]:
    """All backups of the practice in `folder`, beside it and in other places, newest first; each once."""
    found: dict[str, Backup] = {}
    for place in (folder.parent / BACKUPS, *places):
        for backup in read_backups(place):
            if backup.name not in found or changed_part(found[backup.name].folder):
                found[backup.name] = backup
    return tuple(sorted(found.values(), key=lambda one: (one.taken_at, one.name), reverse=True))


def choose(backups: tuple[Backup, ...], name: str, folder: Path) -> Backup:
    """The backup of that name, or without a name the newest one whose files are as they were written; NoBackup."""
    fit = (one for one in backups if name in ("", one.name) and changed_part(one.folder) is None)
    if chosen := next(fit, None):
        return chosen
    raise NoBackup(folder=folder.parent / BACKUPS)


def restore(folder: Path, backup: Backup, key: bytes, clock: Clock) -> Restored:
    """Put a backup in the place of the practice. Nothing of what is there is written to or removed.

    Raises BackupFailed, PracticeInUse, StorageFull, StorageReadOnly, StorageFailing.
    """
    if not is_ours(backup.folder, trail_key(key)):
        raise BackupFailed(reason="its manifest was edited, or it is of another practice")
    with in_words():
        make_folder(folder)
        instance = Instance(folder, clock)
        try:
            beside = _build_beside(folder, backup, key, clock)
            return Restored(backup, _swap(folder, beside, clock))
        finally:
            instance.release()


def _build_beside(folder: Path, backup: Backup, key: bytes, clock: Clock) -> Path:
    """The restored practice in a folder of its own, opened once: what it is restored from stands in its trail."""
    scratch, whole = folder.parent / f"{folder.name}.restoring", restored_beside(folder)
    for leftover in (scratch, whole):
        if leftover.is_dir():
            for inner in [one for one in leftover.iterdir() if one.is_dir()]:
                remove_folder(inner)
            remove_folder(leftover)
    make_folder(scratch)
    copied = copy_set(backup, scratch)
    for part in (DATABASE, KEYS, KEYS_COPY):
        (copied / part).replace(scratch / part)
    remove_folder(copied)
    check_database(scratch / DATABASE, key, lambda: None)
    practice = open_with_key(scratch, key, clock)
    try:
        practice.audit.restored(backup.name)
    finally:
        practice.close()
    sync_folder(scratch)
    scratch.replace(whole)
    sync_folder(folder.parent)
    return whole


def _swap(folder: Path, beside: Path, clock: Clock) -> Path | None:
    old = folder.with_name(f"{folder.name}.before-restore-{clock():%Y%m%dT%H%M%SZ}")
    number = 2
    while old.exists():
        old = old.with_name(f"{old.name.partition('Z')[0]}Z-{number}")
        number += 1
    folder.replace(old)  # killed here, `finish_swap` goes on
    beside.replace(folder)
    sync_folder(folder.parent)
    if (old / DATABASE).exists():
        return old
    return None


def verify_folder(folder: Path, passphrase: str, places: Iterable[Path] = ()) -> Verified:
    """Verify the practice in a folder: its pages, its trail against the anchor and the heads in its backups, its key
    file, and the backups beside it; changes nothing. Where pages do not decrypt, nothing else is looked at.
    """
    refuse_unfit(folder)
    key = unlock(folder, passphrase).key
    return verify_with_key(folder, key, places)


def verify_with_key(folder: Path, key: bytes, places: Iterable[Path] = ()) -> Verified:
    """The same by the database's key."""
    anchor = read_anchor(folder)
    ours = [one for one in found_backups(folder, places) if is_ours(one.folder, trail_key(key))]
    witnesses = [Witness(Head(one.seq, one.link), f"the backup {one.name}") for one in reversed(ours)]
    if anchor:
        witnesses.append(Witness(anchor, "the anchor"))
    with in_words():
        connection = connect(folder / DATABASE, key, "mode=ro")
        try:
            if damaged := tuple(bad_pages(connection, folder / DATABASE)):
                return Verified(0, 0, damaged)
            found = verify(connection, trail_key(key), witnesses)
            others = (*not_as_left(connection, folder), *bad_backups(folder.parent / BACKUPS, key))
            return replace(found, findings=(*found.findings, *others))
        finally:
            connection.close()


def accept(folder: Path, passphrase: str, clock: Clock) -> None:
    """Go on with a file whose trail does not hold, knowing it: the anchor is set anew, and the trail says so.

    What was found stays findable: nothing of the trail is mended.
    """
    unlocked = unlock(folder, passphrase)
    instance = Instance(folder, clock)
    raw = connect(folder / DATABASE, unlocked.key)
    try:
        settle(raw, secret=unlocked.cost.secret)
        store = Store(make_engine(raw), clock, trail_key(unlocked.key))
        with store.unit() as unit:
            unit.audit("trail.accepted", "practice")
        drop_anchor(folder, store.head)
        store.close()
    finally:
        raw.close()
        instance.release()
