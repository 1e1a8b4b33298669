"""A disk that loses its power: what was synced is there, of the rest any part, in any order, torn at 512 bytes.

`disk.c` stands between the real program and its folder and writes down every call that changes the disk. Here the
calls are played over the folder as it was before, and at every one of them the disk is rebuilt as a power cut may
leave it (reliability.md 1, row 2). Files keep what was synced; each write since is there, missing, or there in some of
its sectors. Names (made, renamed, taken away) last from the sync of their folder; those since are there up to some
moment, in their order, as journalling file systems keep them.
"""

import random
import shutil
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
_HEAD = struct.Struct("<cqqIII")
Image = dict[str, bytes | None]
"""The files of a folder by name, with what they hold; folders with None."""


def shim(folder: Path) -> Path | None:
    """Build the recorder; None where there is no C compiler, or no Linux to preload it on."""
    compiler = shutil.which("cc")
    if compiler is None or not Path("/proc/self/exe").exists():
        return None
    built = folder / "disk.so"
    source = Path(__file__).with_name("disk.c")
    done = subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(built), str(source), "-ldl"], check=False)
    return built if done.returncode == 0 else None


@dataclass(frozen=True, slots=True)
class Call:
    """One call that changed the disk, or what the program said in between ("A")."""

    kind: str
    a: int
    b: int
    path: str
    other: str
    data: bytes


def calls(log: Path) -> Iterator[Call]:
    """Everything that was written down, in order."""
    content, at = log.read_bytes(), 0
    while at < len(content):
        kind, a, b, path, other, data = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        parts: list[bytes] = []
        for size in (path, other, data):
            parts.append(content[at : at + size])
            at += size
        yield Call(kind.decode(), a, b, parts[0].decode(), parts[1].decode(), parts[2])


@dataclass(slots=True)
class _File:
    """What of a file is safe, and what was done to it since its last sync: (offset, bytes) or (size, None)."""

    safe: bytes = b""
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        self.safe, self.since = _done(self.safe, self.since), []


def _done(content: bytes, changes: list[tuple[int, bytes | None]]) -> bytes:
    made = bytearray(content)
    for at, data in changes:
        if data is None:
            made = made[:at] + bytes(max(0, at - len(made)))
            continue
        made += bytes(max(0, at + len(data) - len(made)))
        made[at : at + len(data)] = data
    return bytes(made)


class Disk:
    """A folder's files, what of them is safe, and what waits."""

    def __init__(self, folder: Path) -> None:
        """Begin with the folder as it lies there, all of it safe."""
        self._files: dict[int, _File] = {}
        self._names: dict[str, int | None] = {}
        self._waiting: list[Call] = []
        self._by_inode: dict[int, int] = {}
        for path in sorted(folder.rglob("*")) if folder.exists() else ():
            self._names[str(path)] = None if path.is_dir() else self._made(path.stat().st_ino, path.read_bytes())

    def _made(self, inode: int, content: bytes = b"") -> int:
        number = self._by_inode[inode] = len(self._files)
        self._files[number] = _File(content)
        return number

    def apply(self, call: Call) -> None:
        """Do what the program did."""
        if call.kind == "C":
            call = Call("C", self._made(call.a), 0, call.path, "", b"")
        if call.kind in "CRUMX":
            self._waiting.append(call)
        elif call.kind == "D":
            for one in self._waiting:
                _name(self._names, one)
            self._waiting = []
        elif call.kind != "A" and call.a in self._by_inode:
            file = self._files[self._by_inode[call.a]]
            if call.kind == "S":
                file.sync()
            else:
                file.since.append((call.b, call.data if call.kind == "W" else None))

    def after_a_cut(self, chance: random.Random) -> Image:
        """What a power cut at this moment may leave, one of the many ways; also nothing or all of what waits."""
        way = chance.choice(("nothing", "all", "some", "some", "torn"))
        names = dict(self._names)
        count = {"nothing": 0, "all": len(self._waiting)}.get(way, chance.randint(0, len(self._waiting)))
        for one in self._waiting[:count]:
            _name(names, one)
        return {
            name: None if number is None else _cut(self._files[number], way, chance) for name, number in names.items()
        }


def _name(names: dict[str, int | None], call: Call) -> None:
    if call.kind == "C":
        names[call.path] = call.a
    elif call.kind == "M":
        names[call.path] = None
    elif call.kind == "R":
        inside = [one for one in names if one == call.path or one.startswith(call.path + "/")]
        for one in inside:
            names[call.other + one.removeprefix(call.path)] = names.pop(one)
    else:
        names.pop(call.path, None)


def _cut(file: _File, way: str, chance: random.Random) -> bytes:
    if way == "nothing" or not file.since:
        return file.safe
    if way == "all":
        return _done(file.safe, file.since)
    kept: list[tuple[int, bytes | None]] = []
    for number, (at, data) in enumerate(file.since):
        last = number == len(file.since) - 1
        if data is not None and (last if way == "torn" else chance.random() < 0.3):
            kept += [(at + one, data[one : one + SECTOR]) for one in _sectors(at, len(data)) if chance.random() < 0.5]
        elif way == "torn" or chance.random() < 0.5:
            kept.append((at, data))
    return _done(file.safe, kept)


def _sectors(at: int, size: int) -> range:
    """Where the sectors of a write begin, from its own beginning; ours are written at whole ones."""
    return range(0, size, SECTOR) if at % SECTOR == 0 else range(0, size, max(1, size))


def lay_out(image: Image, was: Path, at: Path) -> None:
    """Write the image of the folder `was` into the new folder `at`."""
    at.mkdir(parents=True)
    for name, content in sorted(image.items(), key=lambda one: (one[0].count("/"), one[0])):
        path = at / Path(name).relative_to(was)
        if content is None:
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
