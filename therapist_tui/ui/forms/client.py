"""The client's card: name and how to reach them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from therapist_tui.domain.client import Client, ClientDraft

from .form import Field, Form, Kind, Reader, Values, iso

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice


class ClientForm(Form[ClientDraft]):
    """A new client in one short form, or a change of the card."""

    id = "client"
    fields = (
        Field("name", "Name", hint="given and family name"),
        Field("preferred_name", "Called", hint="the name they want to be called by"),
        Field("pronouns", "Pronouns", suggestions=("she/her", "he/him", "they/them")),
        Field("born_on", "Born", Kind.PAST_DATE, "e.g. 1992-03-14 or 14 mar 1992"),
        Field("phone", "Phone"),
        Field("email", "E-mail"),
        Field("guardian", "Guardian", hint="of a minor: who consents, and phone"),
        Field("pressure", "Pressure", hint="what they prefer", suggestions=("light", "medium", "firm", "deep")),
        Field("remarks", "Remarks", Kind.TEXT),
    )

    def __init__(self, today: date, client: Client | None = None, name: str = "") -> None:
        self._today, self._client, self._name = today, client, name
        self.about = str(client.id) if client else ""
        self.title = "Change the card" if client else "New client"

    def start(self) -> dict[str, str]:
        """The card as it is, or the name that was searched for."""
        if not self._client:
            return {"name": self._name}
        card = {name: str(value or "") for name, value in _fields_of(self._client).items()}
        return {**card, "born_on": iso(self._client.born_on)}

    def read(self, values: Values) -> tuple[ClientDraft | None, dict[str, str]]:
        """The card's draft."""
        reader = Reader(values, self._today)
        names = [field.name for field in self.fields if field.name != "born_on"]
        draft = ClientDraft(**{name: reader.text(name) for name in names}, born_on=reader.past_day("born_on")).cleaned()
        return reader.done(draft, draft.problems(self._today))

    def warnings(self, practice: Practice, draft: ClientDraft) -> str:
        """Told once: a minor whose guardian is not named."""
        del practice
        return draft.warning(self._today)

    def save(self, practice: Practice, draft: ClientDraft) -> object:
        """Add the client, or change the card."""
        if self._client:
            return practice.clients.change(self._client.id, draft)
        return practice.clients.add(draft)


def _fields_of(client: Client) -> dict[str, object]:
    return {name: value for name, value in asdict(client).items() if name not in ("id", "archived_at", "merged_into")}
