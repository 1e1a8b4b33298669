"""The manifest of a backup: what it holds, without client text, so that anybody can see whether it is whole."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from therapist_tui.domain.backups import Backup, Reason

from .files import write_private
from .places import DATABASE, KEYS, KEYS_COPY

MANIFEST = "manifest.json"
UNFINISHED = ".unfinished"
"""The end of the name of a backup that is still being written, or whose writing was cut off."""
PREFIX = "practice-"
FORMAT = "therapist-tui backup 1"
PARTS = (DATABASE, KEYS, KEYS_COPY)


def write_manifest(backup: Backup, schema: int, key: bytes) -> None:
    """Write the manifest into the backup's folder, its own digest made with the trail's key."""
    said: dict[str, Any] = {
        "format": FORMAT,
        "taken_at": backup.taken_at.isoformat(),
        "verified_at": backup.verified_at.isoformat(),
        "reason": backup.reason.value,
        "schema": schema,
        "seq": backup.seq,
        "link": backup.link,
        "records": backup.records,
        "sha256": {name: sha256(backup.folder / name) for name in PARTS},
    }
    said["mac"] = _mac(said, key)
    write_private(backup.folder / MANIFEST, (json.dumps(said, indent=2) + "\n").encode())


def read_backups(place: Path) -> Iterator[Backup]:
    """The finished backups in a folder, by name; what is none of ours, or has no readable manifest, is left out."""
    yield from filter(None, map(read_manifest, finished(place)))


def read_manifest(folder: Path) -> Backup | None:
    """What the manifest of a backup says; None when it says nothing sensible."""
    try:
        said = json.loads((folder / MANIFEST).read_bytes())
        return Backup(
            folder,
            datetime.fromisoformat(said["taken_at"]),
            datetime.fromisoformat(said["verified_at"]),
            Reason(said["reason"]),
            int(said["seq"]),
            str(said["link"]),
            int(said["records"]),
            (folder / DATABASE).stat().st_size,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def finished(place: Path) -> list[Path]:
    """The folders of backups in a folder that were not cut off, by name, whatever their manifests say."""
    try:
        return sorted(
            one
            for one in place.iterdir()
            if one.name.startswith(PREFIX) and one.is_dir() and not one.name.endswith(UNFINISHED)
        )
    except OSError:
        return []


def taken_then(backup: Backup) -> bool:
    """Whether a backup's folder is called after the moment that its manifest says."""
    return backup.name.startswith(name_of(backup.taken_at))


def name_of(taken_at: datetime) -> str:
    """What the folder of a backup is called, but for a number where there are more of the same second."""
    return f"{PREFIX}{taken_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def changed_part(folder: Path) -> str | None:
    """The name of the first file of a backup that is not as it was written; None when all are. Needs no key."""
    try:
        said = json.loads((folder / MANIFEST).read_bytes())["sha256"]
        return next((name for name in PARTS if said[name] != sha256(folder / name)), None)
    except (OSError, ValueError, KeyError, TypeError):
        return MANIFEST


def is_ours(folder: Path, key: bytes) -> bool:
    """Whether a manifest was written with this key, and not edited since."""
    try:
        said = json.loads((folder / MANIFEST).read_bytes())
        return hmac.compare_digest(str(said.pop("mac")), _mac(said, key))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def sha256(path: Path) -> str:
    """The digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _mac(said: dict[str, Any], key: bytes) -> str:
    return hmac.new(key, json.dumps(said, sort_keys=True).encode(), hashlib.sha256).hexdigest()
