"""The whole practice as an open archive: JSON that reads back unchanged, a page for every client, and checksums.

An archive is a plain folder. Why not one packed file: any program reads it, today and in twenty years; `sha256sum -c`
proves it; and nothing has to be unpacked, so that no packed file can write elsewhere or grow without bound. Only the
names below are ever read. `manifest.json` is written last: without it a folder is no archive.

    README.txt   manifest.json   checksums.sha256
    data/therapist.json   data/clients.json   data/notes.json  …   one file a kind of record
    clients/<id>.md                                                 each client's file, to read; never read back
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, cast, get_type_hints

from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.note import SessionNote
from therapist_tui.domain.progress import Heard, Meter, unheard
from therapist_tui.domain.whole import WholePractice

from .codec import Unreadable, from_text, to_text
from .whole_files import client_files

FORMAT, VERSION = "therapist-tui archive", 1
MANIFEST, CHECKSUMS, README = "manifest.json", "checksums.sha256", "README.txt"
LARGEST = 1 << 30
"""Bytes of one file of an archive; a larger one is none of ours."""


class NoArchive(PracticeError):
    """That folder is no archive of therapist-tui: it has no manifest.json, or another program wrote it."""


class ArchiveNewer(PracticeError):
    """That archive was written by a newer therapist-tui. Update the program; nothing was stored."""


class ArchiveDamaged(PracticeError):
    """The archive is damaged: {name} {what}. Nothing was stored."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The files of an archive by their names, `manifest.json` the last of them."""

    files: dict[str, bytes]

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest, which holds the checksums of all the others."""
        return hashlib.sha256(self.files[MANIFEST]).hexdigest()

    @property
    def data(self) -> dict[str, bytes]:
        """The part that is read back: the same to the byte for the same practice."""
        return {name: content for name, content in self.files.items() if name.startswith("data/")}


def kinds() -> Iterator[tuple[str, str, Any]]:
    """Every kind of record: its field of WholePractice, its file, its type."""
    types = get_type_hints(WholePractice)
    for one in fields(WholePractice):
        yield one.name, f"data/{one.name}.json", types[one.name]


def archive_of(whole: WholePractice, written_at: datetime, program: str, heard: Heard = unheard) -> Archive:
    """The archive of a practice; `program` says which version wrote it. Raises Stopped when `heard` says so."""
    from .client_page import client_page

    # A client's page holds what the files of data hold, once more: it counts as one of each.
    meter = Meter(heard, whole.records * 2)
    files = {file: to_text(getattr(whole, name), meter.past).encode() for name, file, _ in kinds()}
    each = whole.records // max(1, len(whole.clients))
    for one in client_files(whole):
        meter.more(each)
        files[f"clients/{one.client.id}.md"] = client_page(one).encode()
    files[README] = _readme(whole).encode()
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    files[CHECKSUMS] = "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "written_at": written_at.isoformat(),
        "program": program,
        "files": {name: {"sha256": digest, "bytes": len(files[name])} for name, digest in sums.items()},
    }
    files[MANIFEST] = (json.dumps(manifest, indent=2) + "\n").encode()
    return Archive(files)


def whole_of(archive: Archive) -> WholePractice:
    """The practice in an archive; raises NoArchive, ArchiveNewer, ArchiveDamaged."""
    sums = _sums_of(archive.files.get(MANIFEST, b""))
    values: dict[str, Any] = {}
    for name, file, kind in kinds():
        content = archive.files.get(file)
        if content is None:
            raise ArchiveDamaged(name=file, what="is missing")
        if hashlib.sha256(content).hexdigest() != sums.get(file):
            raise ArchiveDamaged(name=file, what="is not what its checksum says")
        try:
            values[name] = from_text(content.decode(), kind)
        except UnicodeDecodeError as error:
            raise ArchiveDamaged(name=file, what="is no UTF-8 text") from error
        except Unreadable as error:
            raise ArchiveDamaged(name=file, what=f"cannot be read, {error}") from error
    whole = WholePractice(**values)
    _refuse_altered(whole.notes)
    return whole


def _sums_of(manifest: bytes) -> dict[str, Any]:
    """The checksums by file."""
    try:
        found = json.loads(manifest)
        if not isinstance(found, dict) or found["format"] != FORMAT:
            raise NoArchive
        said = cast("dict[str, Any]", found)
        if type(said["version"]) is not int or said["version"] > VERSION:
            raise ArchiveNewer
        return {str(name): one["sha256"] for name, one in said["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NoArchive from error


def _refuse_altered(notes: tuple[SessionNote, ...]) -> None:
    """A signed note whose text is not what was signed is not taken over."""
    if any(note.signed and not note.proven for note in notes):
        raise ArchiveDamaged(name="data/notes.json", what="holds a note that is not what was signed")


def _readme(whole: WholePractice) -> str:
    return f"""The practice of {whole.therapist.signature}: everything that therapist-tui knows of it.

data/      every record as JSON, one file a kind. therapist-tui reads these back unchanged into an empty practice.
clients/   each client's file to read (Markdown). The names of the files are the ids in data/clients.json.
checksums.sha256 proves every file but itself and the manifest:   sha256sum -c checksums.sha256

These files are not encrypted. Keep them where nobody else reads, and delete them when they are not needed any more.
"""
