"""What the client's state asks for by itself: a pregnancy by its week, a minor's consent."""

from therapist_tui.domain.level import Level
from therapist_tui.domain.screening.assess import Draft
from therapist_tui.domain.screening.entries import Knowledge
from therapist_tui.domain.screening.findings import Record
from therapist_tui.domain.screening.values import Matched, Request, SetAside
from therapist_tui.domain.screening.when import gestation_weeks

PREGNANCIES = frozenset(("pregnancy-first-trimester", "pregnancy-second-third"))


def pregnancy_drafts(request: Request, record: Record, knowledge: Knowledge) -> tuple[list[Draft], bool]:
    """The pregnancy's own cautions by its week, and whether there is a pregnancy."""
    told = [finding for finding in record.findings if finding.entry in PREGNANCIES and not finding.over]
    state = request.client.pregnancy
    if state is None and not told:
        return [], False
    weeks = state.weeks if state and state.weeks is not None else _weeks_told(record)
    first = weeks is not None and weeks < 14
    entry = knowledge.entries.get("pregnancy-first-trimester" if first else "pregnancy-second-third")
    matched = [finding.matched for finding in told] or [
        Matched(f"pregnant, {weeks} weeks" if weeks else "pregnant", "pregnancy")
    ]
    drafts = [Draft(entry, entry.level, entry.scope, [], matched)] if entry else []
    if drafts and weeks is not None and weeks >= 20:
        drafts[0].notes.append(knowledge.entries["pregnancy-supine"].adaptation)
    high = knowledge.entries.get("high-risk-pregnancy")
    if state and high and (state.high_risk or state.provider_ok is False):
        drafts.append(Draft(high, high.level, high.scope, [], [Matched("high-risk pregnancy", "pregnancy")]))
    return drafts, True


def _weeks_told(record: Record) -> int | None:
    for _kind, text in record.texts:
        for weeks, _start, _end in gestation_weeks(text.text):
            return weeks
    return None


def minor_drafts(request: Request, knowledge: Knowledge) -> tuple[list[Draft], list[SetAside]]:
    """What a client under 18 needs: the guardian's consent."""
    age, consent = request.client.age, request.client.guardian_consent
    entry = knowledge.entries.get("minor-consent")
    if age is None or age >= 18 or entry is None:
        return [], []
    if consent:
        return [], [SetAside(f"age {age}", "age", "a minor; the guardian's consent is on file")]
    level = Level.ABSOLUTE if consent is False else Level.CLEARANCE
    text = "guardian consent refused or missing" if consent is False else "guardian consent not asked"
    advice = (
        "No session without the written consent (permission) of a parent or guardian; reschedule until it is on file."
    )
    return [
        Draft(
            entry,
            level,
            "session",
            [],
            [Matched(f"age {age}, {text}", "guardian_consent")],
            "Client under 18 without a guardian's consent",
            advice,
            fresh=True,
        )
    ], []
