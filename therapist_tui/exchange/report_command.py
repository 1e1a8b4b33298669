"""`therapist-tui report`: the progress report of one client, written without the app."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from therapist_tui.domain.client import Client
from therapist_tui.domain.client_file import ClientFile
from therapist_tui.domain.errors import Invalid, PracticeError
from therapist_tui.domain.report import Audience, ReportDraft, fitting_reason, referral_of, start_of
from therapist_tui.domain.text import folded

from .giving import Given, give_out
from .report_out import Form, question_of, ready

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice


class NoSuchClient(PracticeError):
    """There is no client of that name. Type the name as it stands on the card."""


class SeveralClients(PracticeError):
    """{number} clients fit that name. Type the whole name."""


class NoReferrer(PracticeError):
    """This client has no referral, so there is nobody to report to. Say who gets it: --to client, or a name."""


class WithoutConsent(PracticeError):
    """{question} Say it with --reason."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line; `to` is "client", "referrer" or a name, None for the usual."""

    client: str
    to: str | None = None
    why: str = ""
    since: date | None = None
    until: date | None = None
    form: Form = Form.PDF
    reason: str = ""


def write_report(practice: "Practice", wanted: Wanted, today: date, folder: Path, paper: str, *, make: bool) -> Given:
    """Write the report and its release; raises the errors above, Invalid, and what files.py says."""
    client = find_client(practice, wanted.client)
    file = practice.client_files.of(client.id)
    draft = _draft(file, wanted, today)
    if problems := draft.problems(today):
        raise Invalid(problems)
    question = question_of(file, draft, today)
    if question and not wanted.reason.strip():
        raise WithoutConsent(question=question.partition(" Say why")[0])
    one = ready(file, draft, wanted.form, folder, today, paper, reason=wanted.reason if question else "")
    return give_out(practice, one.draft, one.content, one.path, make=make)


def find_client(practice: "Practice", name: str) -> Client:
    """The one client of that name; raises NoSuchClient, SeveralClients."""
    found = practice.clients.find(name) if name.strip() else ()
    exact = [one for one in found if folded(name.strip()) in (folded(one.name), folded(one.shown))]
    fitting = exact or [*found]
    if not fitting:
        raise NoSuchClient
    if len(fitting) > 1:
        raise SeveralClients(number=len(fitting))
    return fitting[0]


def _draft(file: ClientFile, wanted: Wanted, today: date) -> ReportDraft:
    draft = start_of(file, today)
    if wanted.to == "client":
        draft = replace(draft, audience=Audience.CLIENT)
    elif wanted.to == "referrer":
        referral = referral_of(file, today)
        if referral is None:
            raise NoReferrer
        draft = replace(draft, audience=Audience.REFERRER, to_whom=referral.referrer)
    elif wanted.to:
        draft = replace(draft, audience=Audience.OTHER, to_whom=wanted.to)
    return replace(
        draft,
        why=wanted.why or fitting_reason("", draft.audience),
        since=wanted.since or draft.since,
        until=wanted.until or draft.until,
    ).cleaned()
