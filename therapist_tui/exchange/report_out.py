"""The progress report on its way out: who may have it, in which form, and into which file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from therapist_tui.domain.client_file import ClientFile
from therapist_tui.domain.release import ReleaseDraft, consent_to_release, missing_consent
from therapist_tui.domain.report import Audience, ReportDraft, report_of
from therapist_tui.domain.shorthand.in_full import NO_WORDS

from .files import free_name

LETTER_ZONES = ("America/", "US/", "Canada/", "Pacific/Honolulu")
A4_ZONES = ("America/Argentina/", "America/Sao_Paulo", "America/Montevideo", "America/Asuncion", "America/Lima")
"""Zones of LETTER_ZONES where people print on A4 all the same."""


class Form(Enum):
    """What kind of file a report is written as."""

    PDF = "PDF"
    MARKDOWN = "Markdown"

    @property
    def ending(self) -> str:
        """The end of its file's name."""
        return ".pdf" if self is Form.PDF else ".md"


@dataclass(frozen=True, slots=True)
class Ready:
    """A report that can be given out."""

    draft: ReleaseDraft
    content: bytes
    path: Path


def paper_for(setting: str, zone: str) -> str:
    """The paper size: the setting's, else what is usual where the practice is."""
    if setting:
        return setting
    return "letter" if zone.startswith(LETTER_ZONES) and not zone.startswith(A4_ZONES) else "a4"


def question_of(file: ClientFile, draft: ReportDraft, today: date) -> str:
    """What must be answered before it may leave: why without a consent. "" when nothing stands against it."""
    if draft.audience is Audience.CLIENT or consent_to_release(file.consents, draft.to_whom, today):
        return ""
    return missing_consent(draft.to_whom)


def ready(
    file: ClientFile, draft: ReportDraft, form: Form, folder: Path, today: date, paper: str,
    *, reason: str = "", own: Mapping[str, str] = NO_WORDS,
) -> Ready:  # fmt: skip
    """Set the report; touches no records. `reason` is the answer to `question_of`; `own` the own abbreviations."""
    report = report_of(file, draft, today, own)
    if form is Form.PDF:
        from .report_pdf import as_pdf

        content = as_pdf(report, paper)
    else:
        from .report_text import as_markdown

        content = as_markdown(report).encode()
    consent = None if draft.audience is Audience.CLIENT else consent_to_release(file.consents, draft.to_whom, today)
    why = f"{draft.why}; without a consent on file: {reason}" if reason else draft.why
    release = ReleaseDraft(
        f"progress report ({form.value})", draft.to_whom, why, file.client.id, consent.id if consent else None
    )
    # The name says nothing of any client: it stands in lists of recent files, in mails and in backups.
    return Ready(release, content, free_name(folder, f"report-{today.isoformat()}", form.ending))
