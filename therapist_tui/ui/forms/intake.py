"""The intake: the history as the client tells it, read on the spot, and the consent given with it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from therapist_tui.domain.client import Client
from therapist_tui.domain.consent import ConsentDraft, ConsentKind, ConsentMethod
from therapist_tui.domain.intake import Heard, IntakeDraft, read_intake
from therapist_tui.domain.screening.history import Screening

from .form import Field, Form, Kind, Reader, Values, choices_of

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice

NOT_NOW = "not now"
_HOW = ((NOT_NOW, NOT_NOW), *choices_of(ConsentMethod))


class IntakeForm(Form[IntakeDraft]):
    """Each statement becomes an entry with the level that the checker reads in it; what was denied becomes none."""

    id = "intake"
    title = "Intake: the history as it is told"

    def __init__(self, client: Client, today: date, screening: Screening | None) -> None:
        self._client, self._today = client, today
        self._screening = screening or Screening.with_own()
        self.about = str(client.id)
        self._minor = client.minor_on(today)
        guardian = (
            Field("guardian_consent", "Guardian", Kind.CHOICE, "of a minor: the guardian's consent", _HOW),
            Field("guardian", "By", hint="the guardian who consents"),
        )
        self.fields = (
            Field("told", "History", Kind.TEXT, "a statement a line, or parted by ;"),
            Field("treatment_consent", "Consent", Kind.CHOICE, "to the treatment, given today", _HOW),
            *(guardian if self._minor else ()),
        )

    def start(self) -> dict[str, str]:
        """The guardian of the card."""
        return {"guardian": self._client.guardian} if self._minor else {}

    def read(self, values: Values) -> tuple[IntakeDraft | None, dict[str, str]]:
        """The entries and the consents."""
        reader = Reader(values, self._today)
        heard = read_intake(reader.text("told"), self._client, self._today, self._screening)
        consents = [
            *self._consent(reader, "treatment_consent", ConsentKind.TREATMENT, ""),
            *self._consent(reader, "guardian_consent", ConsentKind.MINOR, reader.text("guardian")),
        ]
        problems = {} if heard or consents else {"told": "Please type what the client tells; “healthy” will do."}
        if any(one.kind is ConsentKind.MINOR and not one.given_by for one in consents):
            problems["guardian"] = "Please say who consents for the minor."
        return reader.done(IntakeDraft(heard, tuple(consents)), problems)

    def _consent(self, reader: Reader, name: str, kind: ConsentKind, by: str) -> list[ConsentDraft]:
        if reader.text(name) in ("", NOT_NOW):
            return []
        return [ConsentDraft(kind, reader.choice(name, ConsentMethod.WRITTEN), self._today, by).cleaned()]

    def echo(self, draft: IntakeDraft) -> str:
        """What each statement was read as, a line for each."""
        lines = [_line(one) for one in draft.heard]
        if self._minor and not any(one.kind is ConsentKind.MINOR for one in draft.consents):
            lines.append("▲ A minor: the guardian's consent is not noted here.")
        return "\n".join(lines)

    def save(self, practice: Practice, draft: IntakeDraft) -> object:
        """Add all entries and consents in one act."""
        return practice.health.take_in(self._client.id, draft)


def _line(heard: Heard) -> str:
    if heard.entry is None:
        return f"–  {heard.text}: no entry, {heard.said.removeprefix('set aside: ')}"
    level = f"{heard.level.glyph} {heard.level.word}" if heard.level else "·"
    return (
        f"{level}  {heard.entry.kind.value}: {heard.text}   {heard.said if heard.said != heard.text else ''}".rstrip()
    )
