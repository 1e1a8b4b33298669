"""Exports of the practice: what there is, what is written, and how each is written down."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from therapist_tui import __version__
from therapist_tui.domain.errors import Invalid
from therapist_tui.domain.release import TO_CLIENT, ReleaseDraft
from therapist_tui.domain.text import clean_line
from therapist_tui.domain.whole import WholePractice

from .archive_files import write_folder
from .files import free_name, in_words, make_folder
from .giving import Given, give_out

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice


class What(Enum):
    """What leaves; the values are the words that are chosen from."""

    ARCHIVE = "archive of the whole practice"
    TABLES = "tables (CSV)"
    CALENDAR = "calendar with initials only"
    CALENDAR_NAMED = "calendar with names"
    FHIR = "FHIR R4 bundle, signed notes only"

    @property
    def stem(self) -> str:
        """The beginning of its file's name, which says nothing of any client."""
        return {"ARCHIVE": "archive", "TABLES": "tables", "FHIR": "fhir"}.get(self.name, "calendar")


@dataclass(frozen=True, slots=True)
class ExportDraft:
    """What is said before an export."""

    what: What
    to_whom: str
    why: str

    def cleaned(self) -> "ExportDraft":
        """The same with clean text."""
        return ExportDraft(self.what, clean_line(self.to_whom), clean_line(self.why, 500))

    @property
    def release(self) -> ReleaseDraft:
        """The line in the log."""
        return ReleaseDraft(f"export: {self.what.value}", self.to_whom, self.why).cleaned()

    def problems(self) -> dict[str, str]:
        """What must be mended before anything leaves, by field."""
        return self.release.problems()


@dataclass(frozen=True, slots=True)
class Export:
    """An export in memory: one file, or a folder of several where `ending` is ""."""

    draft: ExportDraft
    files: Mapping[str, bytes]
    digest: str
    ending: str = ""


def build(whole: WholePractice, draft: ExportDraft, now: datetime) -> Export:
    """The files of an export; touches no records, so that it can be made beside their thread. Raises Invalid."""
    if problems := draft.problems():
        raise Invalid(problems)
    if draft.what is What.ARCHIVE:
        from .archive import archive_of

        archive = archive_of(whole, now, __version__)
        return Export(draft, archive.files, archive.digest)
    if draft.what is What.TABLES:
        from .tables import tables_of

        files = tables_of(whole)
        sums = b"".join(hashlib.sha256(content).digest() for content in files.values())
        return Export(draft, files, hashlib.sha256(sums).hexdigest())
    if draft.what is What.FHIR:
        from .fhir import bundle_of

        return _single(draft, bundle_of(whole, now), ".json")
    from .calendar import calendar_of

    return _single(draft, calendar_of(whole, now, names=draft.what is What.CALENDAR_NAMED), ".ics")


def _single(draft: ExportDraft, content: bytes, ending: str) -> Export:
    return Export(draft, {"": content}, hashlib.sha256(content).hexdigest(), ending)


def write(practice: "Practice", one: Export, folder: Path, day: date, *, make: bool) -> Given:
    """Write an export and its line in the log, on the thread of the records; raises Invalid, and what files.py says."""
    if make:
        make_folder(folder)
    with in_words(folder / "x"):
        folder.stat()
    path = free_name(folder, f"{one.draft.what.stem}-{day.isoformat()}", one.ending)
    if one.ending:
        return give_out(practice, one.draft.release, one.files[""], path)
    return Given(path, practice.releases.add(one.draft.release, one.digest, lambda: write_folder(path, one.files)))


def export(practice: "Practice", draft: ExportDraft, folder: Path, now: datetime, *, make: bool) -> Given:
    """Both at once, for the shell."""
    day = now.astimezone(practice.zone).date()
    return write(practice, build(practice.whole.read(), draft, now), folder, day, make=make)


def export_client(practice: "Practice", client_id: UUID, why: str, folder: Path, now: datetime, *, make: bool) -> Given:
    """Write one client's file for the client; raises Invalid, RecordNotFound, and what files.py says."""
    from .client_page import client_page

    content = client_page(practice.client_files.of(client_id), for_client=True).encode()
    path = free_name(folder, f"file-{now.astimezone(practice.zone).date().isoformat()}", ".md")
    draft = ReleaseDraft("own file (Markdown)", TO_CLIENT, why, client_id)
    return give_out(practice, draft, content, path, make=make)


def export_trail(practice: "Practice", client_id: UUID, why: str, folder: Path, now: datetime, *, make: bool) -> Given:
    """Write who read and changed one client's record, for the client; raises as `export_client` does."""
    from .trail_page import trail_page

    practice.audit.saw_trail(client_id)
    practice.audit.write_reads()
    content = trail_page(practice.audit.of_client(client_id), now).encode()
    path = free_name(folder, f"trail-{now.astimezone(practice.zone).date().isoformat()}", ".md")
    return give_out(
        practice, ReleaseDraft("own audit trail (Markdown)", TO_CLIENT, why, client_id), content, path, make=make
    )
