"""The first run: name, licence, time zone and passphrase, all checked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from therapist_tui.domain.therapist import TherapistDraft

from ..door import Door
from .form import Field, Form, Kind, Reader, Values
from .profile import THERAPIST_FIELDS, read_therapist

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice


class SetUpForm(Form[tuple[str, TherapistDraft]]):
    """Creates the practice. Nothing is kept before that: there is no place for it yet."""

    id = "set-up"
    title = "Your practice"
    keeps_draft = False
    fields = (
        *THERAPIST_FIELDS,
        Field("passphrase", "Passphrase", Kind.SECRET, "15+ characters; it cannot be restored"),
        Field("again", "And again", Kind.SECRET),
    )

    def __init__(self, door: Door, today: date, zone: str) -> None:
        self._door, self._today, self._zone = door, today, zone

    def start(self) -> dict[str, str]:
        """The machine's time zone."""
        return {"zone": self._zone}

    def read(self, values: Values) -> tuple[tuple[str, TherapistDraft] | None, dict[str, str]]:
        """The passphrase and the therapist's draft."""
        reader = Reader(values, self._today)
        draft = read_therapist(reader, self._today)
        passphrase = reader.text("passphrase")
        problem = self._door.passphrase_problem(passphrase, draft)
        if problem:
            reader.problems["passphrase"] = problem
        elif passphrase != reader.text("again"):
            reader.problems["again"] = "The two passphrases are not the same."
        return reader.done((passphrase, draft), draft.problems())

    def create(self, draft: tuple[str, TherapistDraft]) -> Practice:
        """Create the practice, on the records thread."""
        return self._door.create(*draft)
