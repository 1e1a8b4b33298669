"""Looks for words in files: as they are, in the encodings a program may write them in, and packed as base64 or hex."""

import base64
from collections.abc import Iterable, Iterator
from pathlib import Path


def forms(marker: str) -> dict[str, bytes]:
    """Every way the marker could lie in a file, by name. Of base64 the part that does not depend on its neighbours."""
    plain = marker.encode()
    found = {"utf-8": plain, "utf-16le": marker.encode("utf-16-le"), "utf-16be": marker.encode("utf-16-be")}
    for offset in range(3):
        found[f"base64+{offset}"] = base64.b64encode(b"\0" * offset + plain)[(0, 4, 4)[offset] : -4]
    found["hex"], found["HEX"] = plain.hex().encode(), plain.hex().upper().encode()
    return found


def files_under(*folders: Path) -> Iterator[Path]:
    """Every file that is there."""
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def hits(markers: Iterable[str], files: Iterable[Path]) -> list[str]:
    """Which marker stands in which file, and in which form; [] is what we want."""
    wanted = [(marker, name, form) for marker in markers for name, form in forms(marker).items()]
    found: list[str] = []
    for path in files:
        try:
            content = path.read_bytes()
        except FileNotFoundError:  # somebody else's, gone meanwhile
            continue
        found += [f"{marker} in {path} as {name}" for marker, name, form in wanted if form in content]
    return found


def loose(*folders: Path) -> list[str]:
    """Files that others than the owner could read, and folders they could look into; [] is what we want."""
    found: list[str] = []
    for folder in folders:
        modes = {path: path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*")) if path.exists()}
        found += [f"{path}: {mode:o}" for path, mode in modes.items() if mode & 0o077]
    return found
