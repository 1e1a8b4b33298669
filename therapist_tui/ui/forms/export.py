"""What is said before an export of the practice: what leaves, to whom, why, and where the file lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from therapist_tui.exchange.exporting import ExportDraft, What
from therapist_tui.exchange.files import folder_named, leaves_the_machine

from .form import Field, Form, Kind, Reader, Values, choices_of

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice

IN_CLEAR = "These files are not encrypted: whoever has them can read them. Save again to write them."


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """What the form holds."""

    export: ExportDraft
    folder: str


class ExportForm(Form[ExportAsked]):
    """Answers with what was asked for; the writing goes on beside it."""

    id = "export"
    title = "Export"

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.fields = (
            Field("what", "What", Kind.CHOICE, choices=choices_of(What)),
            Field("to_whom", "For", hint="who gets it"),
            Field("why", "Why", hint="kept with the release"),
            Field("folder", "Folder", hint="where it is written"),
        )

    def start(self) -> dict[str, str]:
        """One's own copy, in the usual folder."""
        return {"to_whom": "myself", "why": "my own copy", "folder": self._folder}

    def read(self, values: Values) -> tuple[ExportAsked | None, dict[str, str]]:
        """The export's draft."""
        reader = Reader(values)
        draft = ExportDraft(reader.choice("what", What.ARCHIVE), reader.text("to_whom"), reader.text("why")).cleaned()
        folder = reader.text("folder").strip()
        problems = draft.problems()
        if not folder:
            problems["folder"] = "Please say where it is written."
        return reader.done(ExportAsked(draft, folder), problems)

    def warnings(self, practice: Practice, draft: ExportAsked) -> str:
        """Told once: what leaves is not encrypted, and where others may read it."""
        del practice
        if draft.export.what is What.CALENDAR:
            return leaves_the_machine(folder_named(draft.folder) / "x")
        return " ".join(part for part in (leaves_the_machine(folder_named(draft.folder) / "x"), IN_CLEAR) if part)

    def save(self, practice: Practice, draft: ExportAsked) -> object:
        """Nothing to store: the answer is what was asked for."""
        del practice
        return draft
