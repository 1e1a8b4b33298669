"""Forms for keys: a new passphrase, and the words of the recovery sheet typed back. Nothing of them is ever kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .form import Field, Form, Kind, Reader, Values

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice


class PassphraseForm(Form[tuple[str, str]]):
    """The old passphrase and the new one, twice."""

    id = "passphrase"
    title = "A new passphrase"
    keeps_draft = False
    fields = (
        Field("old", "Passphrase now", Kind.SECRET),
        Field(
            "new",
            "New passphrase",
            Kind.SECRET,
            "15 characters or more: four or five words that do not belong together",
        ),
        Field("again", "And again", Kind.SECRET),
    )

    def read(self, values: Values) -> tuple[tuple[str, str] | None, dict[str, str]]:
        """The old and the new one; whether the new one is strong is said when it is saved."""
        reader = Reader(values)
        old, new = reader.text("old"), reader.text("new")
        if not old:
            reader.problems["old"] = "Please type the passphrase that opens the practice now."
        if len(new) < 15:
            reader.problems["new"] = "Please use at least 15 characters."
        elif new != reader.text("again"):
            reader.problems["again"] = "The two passphrases are not the same."
        return reader.done((old, new), {})

    def save(self, practice: Practice, draft: tuple[str, str]) -> object:
        """Change it."""
        practice.keys.change(*draft)
        return True


class SheetForm(Form[dict[int, str]]):
    """Three words of the sheet, typed back from the paper."""

    id = "sheet"
    title = "From your paper"
    keeps_draft = False

    def __init__(self, asked: tuple[int, ...]) -> None:
        self._asked = asked
        self.fields = tuple(Field(f"word{at}", f"Word {at}") for at in asked)

    def read(self, values: Values) -> tuple[dict[int, str] | None, dict[str, str]]:
        """The words by their number."""
        reader = Reader(values)
        typed = {at: reader.text(f"word{at}").strip() for at in self._asked}
        return reader.done(typed, {f"word{at}": f"Please type word {at}." for at, word in typed.items() if not word})

    def save(self, practice: Practice, draft: dict[int, str]) -> object:
        """Compare, and write down that the sheet is proven; raises Invalid naming the word that is another one."""
        from therapist_tui.domain.errors import Invalid

        wrong = practice.keys.sheet_holds(draft)
        if wrong is not None:
            raise Invalid({f"word{wrong}": f"Word {wrong} is another one. Look at your sheet again."})
        practice.keys.confirm_sheet()
        return True
