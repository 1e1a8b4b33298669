"""What the therapist says for a progress report: to whom, why, for which time, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from therapist_tui.domain.release import TO_CLIENT
from therapist_tui.domain.report import Audience, ReportDraft, fitting_reason
from therapist_tui.exchange.files import folder_named, leaves_the_machine

from .form import Field, Form, Kind, Reader, Values, choices_of, iso

if TYPE_CHECKING:
    from uuid import UUID

    from therapist_tui.records.practice import Practice

ASKED = "report as asked"
"""The draft that holds what was said for a report until it is written: a lock or a crash loses none of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form holds."""

    report: ReportDraft
    folder: str

    def values(self) -> dict[str, str]:
        """The same as the form's fields."""
        one = self.report
        return {
            "audience": one.audience.value,
            "to_whom": "" if one.to_whom == TO_CLIENT else one.to_whom,
            "why": one.why,
            "since": iso(one.since),
            "until": iso(one.until),
            "response": one.response,
            "recommendation": one.recommendation,
            "folder": self.folder,
        }


class ReportForm(Form[Asked]):
    """The words of the report and where it goes; what is on file comes by itself."""

    id = "report"
    title = "The report"

    def __init__(self, client_id: UUID, today: date, asked: Asked, referrer: str) -> None:
        self._today, self._asked = today, asked
        self.about = str(client_id)
        self.fields = (
            Field("audience", "For", Kind.CHOICE, choices=choices_of(Audience)),
            Field("to_whom", "Name", hint="who gets it", suggestions=(referrer,) if referrer else ()),
            Field("why", "Why", hint="kept on file: wanted on the referral"),
            Field("since", "From", Kind.PAST_DATE, "empty: from the beginning"),
            Field("until", "Until", Kind.PAST_DATE, "empty: until today"),
            Field("response", "Response", Kind.TEXT, "how the treatment was taken, in your words"),
            Field("recommendation", "Recommend", Kind.TEXT, "what should come next"),
            Field("folder", "Folder", hint="where the file is written"),
        )

    def start(self) -> dict[str, str]:
        """What was said so far."""
        return self._asked.values()

    def read(self, values: Values) -> tuple[Asked | None, dict[str, str]]:
        """The report's draft."""
        reader = Reader(values, self._today)
        audience = reader.choice("audience", Audience.REFERRER)
        draft = ReportDraft(
            audience,
            reader.text("to_whom"),
            fitting_reason(reader.text("why").strip(), audience),
            reader.past_day("until") or self._today,
            reader.past_day("since"),
            reader.text("response"),
            reader.text("recommendation"),
        ).cleaned()
        folder = reader.text("folder").strip()
        problems = draft.problems(self._today)
        if not folder:
            problems["folder"] = "Please say where the file is written."
        return reader.done(Asked(draft, folder), problems)

    def warnings(self, practice: Practice, draft: Asked) -> str:
        """Told once where others may read the file."""
        del practice
        told = leaves_the_machine(folder_named(draft.folder) / "report")
        return f"{told} Save again to write it there all the same." if told else ""

    def save(self, practice: Practice, draft: Asked) -> object:
        """Kept until the report is written."""
        practice.drafts.keep(ASKED, self.about, draft.values())
        return draft
