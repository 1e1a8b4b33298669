"""Folders that another program copies about, or that lie on another machine: no place for a file that is open."""

import sys
from pathlib import Path

_BY_NAME = (
    ("dropbox", "Dropbox"), ("onedrive", "OneDrive"), ("mobile documents", "iCloud Drive"), ("icloud", "iCloud Drive"),
    ("google drive", "Google Drive"), ("googledrive", "Google Drive"), ("my drive", "Google Drive"),
    ("cloudstorage", "a cloud drive"), ("nextcloud", "Nextcloud"), ("owncloud", "ownCloud"), ("syncthing", "Syncthing"),
    ("pcloud", "pCloud"), ("megasync", "MEGA"), ("seafile", "Seafile"), ("box sync", "Box"),
    ("proton drive", "Proton Drive"),
)  # fmt: skip
"""What a folder's name begins with, as the programs name their folders by default."""
_BY_MARK = ((".stfolder", "Syncthing"), (".dropbox", "Dropbox"), (".owncloudsync.log", "ownCloud"))
"""What such programs leave in the folders that they look after."""
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse"}


def synced_by(folder: Path, mounts: str | None = None) -> str | None:
    """Who copies this folder about, in the user's words; None when nobody is known to. `mounts` as in /proc/mounts."""
    for one in (folder, *folder.parents):
        for begin, who in _BY_NAME:
            if one.name.casefold().startswith(begin):
                return who
        for mark, who in _BY_MARK:
            if (one / mark).exists():
                return who
    return "a network drive" if _kind_of(folder, _mounts() if mounts is None else mounts) in _NETWORK else None


def _mounts() -> str:
    if sys.platform != "linux":
        return ""
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _kind_of(folder: Path, mounts: str) -> str:
    """The kind of file system that a folder lies on; "" when it cannot be told."""
    found = ("", "")
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        at = parts[1].replace("\\040", " ")
        if folder.absolute().is_relative_to(at) and len(at) >= len(found[0]):
            found = (at, parts[2])
    return found[1]
