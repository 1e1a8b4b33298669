"""A health entry: a condition, medication, allergy, surgery, device, pregnancy or event."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from therapist_tui.domain.client import Client
from therapist_tui.domain.health import HealthEntry, HealthEntryDraft, HealthKind, Side
from therapist_tui.domain.level import Level
from therapist_tui.domain.screening.history import Screening, read_entry

from .form import Field, Form, Kind, Reader, Values, choices_of, iso

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice


NO_CAUTION = "none"
LEVELS = (
    (NO_CAUTION, "as the checker judges"),
    *((level.value, f"{level.glyph} {level.word}: {level.meaning}") for level in Level if level is not Level.UNKNOWN),
)


class HealthForm(Form[HealthEntryDraft]):
    """Add to the history, or change an entry; saving it also stamps that the client was asked today."""

    id = "health"
    fields = (
        Field("text", "What", hint="in the client's words or yours"),
        Field("kind", "Kind", Kind.CHOICE, choices=choices_of(HealthKind)),
        Field("severity", "For massage", Kind.CHOICE, choices=LEVELS),
        Field("advice", "What to do", hint="e.g. side-lying, no prone, no heat"),
        Field("region", "Where", hint="e.g. lower leg; empty: whole body"),
        Field("side", "Side", Kind.CHOICE, choices=tuple((side.value, side.value or "no side") for side in Side)),
        Field("began_on", "Since", Kind.PAST_DATE, "onset, surgery; pregnancy: first day"),
        Field("resolved_on", "Over since", Kind.PAST_DATE, "empty while it lasts"),
    )

    def __init__(
        self, client: Client, today: date, screening: Screening | None, entry: HealthEntry | None = None
    ) -> None:
        self._client, self._today, self._screening, self._entry = client, today, screening, entry
        self.about = str(entry.id if entry else client.id)
        self.title = "Change the history" if entry else "Add to the history"

    def start(self) -> dict[str, str]:
        """The entry as it is."""
        entry = self._entry
        if not entry:
            return {}
        return {
            "text": entry.text,
            "kind": entry.kind.value,
            "severity": entry.severity.value if entry.severity else NO_CAUTION,
            "advice": entry.advice,
            "region": entry.region,
            "side": entry.side.value,
            "began_on": iso(entry.began_on),
            "resolved_on": iso(entry.resolved_on),
        }

    def read(self, values: Values) -> tuple[HealthEntryDraft | None, dict[str, str]]:
        """The entry's draft."""
        reader = Reader(values, self._today)
        judged = reader.text("severity") not in ("", NO_CAUTION)
        draft = HealthEntryDraft(
            reader.choice("kind", HealthKind.CONDITION),
            reader.text("text"),
            reader.choice("severity", Level.UNKNOWN) if judged else None,
            reader.text("region"),
            reader.choice("side", Side.NONE),
            reader.text("advice"),
            reader.past_day("began_on"),
            reader.past_day("resolved_on"),
        ).cleaned()
        return reader.done(draft, draft.problems(self._today))

    def echo(self, draft: HealthEntryDraft) -> str:
        """What the checker reads in it."""
        if not self._screening:
            return ""
        entry = HealthEntry(self._client.id, self._client.id, noted_at=None, **_plain(draft))
        screened = read_entry(entry, self._client, self._today, self._screening)
        cautions = [f"{one.level.glyph} {one.level.word} {one.title}" for one in screened.cautions]
        return "Read as: " + ("; ".join(cautions) or screened.readings[0].said)

    def save(self, practice: Practice, draft: HealthEntryDraft) -> object:
        """Add the entry, or change it; its former wording stays in the record."""
        if self._entry:
            return practice.health.change(self._entry.id, draft)
        return practice.health.add(self._client.id, draft)


def _plain(draft: HealthEntryDraft) -> dict[str, Any]:
    return {field.name: getattr(draft, field.name) for field in fields(draft)}
