"""An addendum to a signed note."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from therapist_tui.domain.note import AddendumEmpty, AddendumKind
from therapist_tui.domain.text import clean

from .form import Field, Form, Kind, Reader, Values, choices_of

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice


class AddendumForm(Form[tuple[AddendumKind, str]]):
    """What is added, and why."""

    id = "addendum"
    title = "Addendum: signed and dated when it is saved"
    fields = (
        Field("kind", "Why", Kind.CHOICE, choices=choices_of(AddendumKind, without=AddendumKind.ENTERED_IN_ERROR)),
        Field("text", "Text", Kind.TEXT, "what is to be added; the note itself stays as it is"),
    )

    def __init__(self, note_id: UUID) -> None:
        self._note_id = note_id
        self.about = str(note_id)

    def read(self, values: Values) -> tuple[tuple[AddendumKind, str] | None, dict[str, str]]:
        """The kind and the text."""
        reader = Reader(values)
        kind, text = reader.choice("kind", AddendumKind.ADDITION), clean(reader.text("text")).strip()
        return reader.done((kind, text), {} if text else {"text": str(AddendumEmpty())})

    def save(self, practice: Practice, draft: tuple[AddendumKind, str]) -> object:
        """Add it."""
        return practice.notes.add_addendum(self._note_id, *draft)
