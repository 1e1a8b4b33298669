"""The doctor: what can be told of a practice without its passphrase, in under five seconds, without client text."""

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from therapist_tui.domain.backups import WARN_AFTER, Backup, Safety, wanting
from therapist_tui.domain.errors import PracticeError

from .anchor import read_anchor
from .backup import STATE, known_state
from .driver import dbapi2
from .engine import OLDEST_SQLITE, PAGE_BYTES, has_wal, refuse_unfit
from .instance import in_use
from .manifest import changed_part, read_backups
from .places import ANCHOR, BACKUPS, DATABASE, KEYS, KEYS_COPY, restored_beside
from .synced import synced_by
from .vault import read_slots, sheet_confirmed

ROOM = 3
"""So many times the database's size should be free: for a backup, an update and the WAL."""


class Grade(Enum):
    """How bad it is."""

    WELL = "ok"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what was found, and what to do about it ("" nothing)."""

    grade: Grade
    subject: str
    found: str
    todo: str = ""


def examine(folder: Path, elsewhere: Path | None, now: datetime) -> tuple[Check, ...]:
    """Everything, the practice itself first."""
    return (
        *_file(folder),
        *_keys(folder),
        *_trail(folder),
        *_privacy(folder),
        *_backups(folder, elsewhere, now),
        *_surroundings(folder),
    )


def _file(folder: Path) -> Iterator[Check]:
    path = folder / DATABASE
    if not folder.exists() and restored_beside(folder).exists():
        yield Check(Grade.LOOK, "practice", "a restore was cut off", "Start therapist-tui: it finishes by itself.")
        return
    try:
        refuse_unfit(folder)
    except PracticeError as error:
        yield Check(Grade.BAD, "practice", str(error), "`therapist-tui restore --list` shows what can be brought back.")
        return
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(16)
    if head == b"SQLite format 3\0":
        yield Check(Grade.BAD, "practice", "practice.db is not encrypted: it is no file of ours", "Restore a backup.")
        return
    state = "open in another window" if in_use(folder) else "closed"
    if has_wal(path) and state == "closed":
        yield Check(Grade.LOOK, "practice", "was not closed properly", "Open it once: nothing that was saved is lost.")
    yield Check(Grade.WELL, "practice", f"{size / 1e6:.1f} MB in {size // PAGE_BYTES} pages, {state}")


def _keys(folder: Path) -> Iterator[Check]:
    try:
        slots = read_slots(folder)
    except PracticeError as error:
        yield Check(Grade.BAD, "keys", str(error), "`therapist-tui recover` makes it anew with the recovery sheet.")
        return
    both = [(folder / name).read_bytes() if (folder / name).exists() else b"" for name in (KEYS, KEYS_COPY)]
    if both[0] != both[1]:
        yield Check(Grade.LOOK, "keys", "the key file and its copy differ", "Open the practice once: it mends them.")
    sheet = sheet_confirmed(folder)
    said = f"recovery sheet proven on {sheet:%d %b %Y}" if sheet else "no recovery sheet"
    todo = "" if sheet else "Without it a forgotten passphrase is the end: `therapist-tui sheet`."
    people = f"{len(slots)} passphrase{'' if len(slots) == 1 else 's'}"
    yield Check(Grade.WELL if sheet else Grade.LOOK, "keys", f"{people}, {said}", todo)


def _trail(folder: Path) -> Iterator[Check]:
    anchor = read_anchor(folder)
    if anchor:
        yield Check(Grade.WELL, "trail", f"anchored at event {anchor.seq} ({anchor.code})")
    else:
        gone = "damaged" if (folder / ANCHOR).exists() else "missing"
        yield Check(Grade.LOOK, "trail", f"its anchor is {gone}", "`therapist-tui verify` looks at all of it.")


def _privacy(folder: Path) -> Iterator[Check]:
    if os.name == "nt" or not folder.exists():
        return
    open_to_others = [one.name for one in (folder, *folder.iterdir()) if stat.S_IMODE(one.lstat().st_mode) & 0o077]
    links = [one.name for one in folder.iterdir() if one.is_symlink()]
    if open_to_others:
        names = ", ".join(sorted(open_to_others)[:3])
        yield Check(Grade.BAD, "privacy", f"others may read {names}", f"chmod -R go= {folder}")
    if links:
        yield Check(Grade.BAD, "privacy", f"{links[0]} is a link to somewhere else", "Put the file itself there.")
    if not open_to_others and not links:
        yield Check(Grade.WELL, "privacy", "only you may read the folder")


def _backups(folder: Path, elsewhere: Path | None, now: datetime) -> Iterator[Check]:
    place = folder.parent / BACKUPS
    own, other = tuple(read_backups(place)), tuple(read_backups(elsewhere)) if elsewhere else ()
    for where, backups in (("backups", own), ("elsewhere", other)):
        yield from _newest(where, backups, now)
    state = known_state(place / STATE)
    copied = max((one.taken_at for one in other), default=state.elsewhere_at)
    safety = Safety(own, copied, elsewhere is not None, state.elsewhere, state.drill, state.failed, "", now, now)
    for one in wanting(safety, now):
        yield Check(Grade.BAD if one.late else Grade.LOOK, "backups", f"{one.what} ({one.urgency})")
    if state.drill and not state.drill.problem:
        drill = state.drill
        yield Check(Grade.WELL, "drill", f"restored {drill.records} records on {drill.at:%d %b %Y}, nothing missing")


def _newest(where: str, backups: tuple[Backup, ...], now: datetime) -> Iterator[Check]:
    if not backups:
        if where == "backups":
            yield Check(Grade.LOOK, where, "there is none", "`therapist-tui backup` takes one now.")
        return
    last = max(backups, key=lambda one: one.taken_at)
    if part := changed_part(last.folder):
        yield Check(Grade.BAD, where, f"{last.name}: {part} is damaged", "`therapist-tui backup` takes a new one.")
        return
    old = now - last.taken_at > WARN_AFTER
    said = f"{len(backups)}, the newest of {last.taken_at.astimezone():%d %b %Y %H:%M}, whole"
    yield Check(Grade.LOOK if old else Grade.WELL, where, said)


def _surroundings(folder: Path) -> Iterator[Check]:
    if who := synced_by(folder):
        todo = "Move the practice's folder out of there; backups may stay."
        yield Check(Grade.BAD, "folder", f"{who} copies it while it is open", todo)
    near = next(one for one in (folder, *folder.parents) if one.exists())
    free = shutil.disk_usage(near).free
    needed = ROOM * ((folder / DATABASE).stat().st_size if (folder / DATABASE).exists() else 0)
    if free < needed:
        yield Check(Grade.BAD, "disk", f"{free / 1e6:.0f} MB free", f"Free {needed / 1e6:.0f} MB: a backup needs room.")
    else:
        yield Check(Grade.WELL, "disk", f"{free / 1e9:.1f} GB free")
    fit = dbapi2.sqlite_version_info >= OLDEST_SQLITE
    version = f"SQLite {dbapi2.sqlite_version}"
    yield Check(Grade.WELL if fit else Grade.BAD, "engine", version, "" if fit else "Reinstall therapist-tui.")
