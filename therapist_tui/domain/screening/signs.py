"""Signs of today that together mean more than each alone: `flags.toml` held against the record."""

from collections.abc import Iterable

from therapist_tui.domain.screening.assess import Draft
from therapist_tui.domain.screening.entries import Flag, Knowledge
from therapist_tui.domain.screening.findings import Record
from therapist_tui.domain.screening.reader import Text
from therapist_tui.domain.screening.values import Matched, Request


def raised_flags(
    record: Record, request: Request, knowledge: Knowledge, present: set[str], pregnant: bool
) -> list[Draft]:
    """Cautions for signs that together are an alarm today."""
    texts = [
        text
        for kind, text in record.texts
        if kind in ("symptom", "notes") or (kind == "condition" and _fresh(text, record, request))
    ]
    met = frozenset[str]().union(*(text.all_patterns for text in texts)) if texts else frozenset[str]()
    drafts: list[Draft] = []
    for flag in knowledge.flags:
        if _applies(flag, request, present, pregnant) and _met(flag, met):
            patterns = {pattern for group in flag.groups for pattern in group}
            spoken = [text for text in texts if text.all_patterns & patterns]
            entry = knowledge.entries[flag.raises]
            places = list(
                dict.fromkeys(place for text in spoken if text.field != "intake_notes" for _at, place in text.places)
            )
            drafts.append(
                Draft(
                    entry, flag.level, "session", places, _said(spoken, patterns), flag.title, flag.advice, fresh=True
                )
            )
    return drafts


def _said(texts: Iterable[Text], patterns: set[str]) -> list[Matched]:
    said: list[Matched] = []
    for text in texts:
        for number, met in text.patterns.items():
            if met & patterns:
                inside = [w for w in text.words if w.sentence == number] if text.field == "intake_notes" else text.words
                said.append(Matched(text.text[inside[0].start : inside[-1].end], text.field))
    return said


def _fresh(text: Text, record: Record, request: Request) -> bool:
    """A condition noted within three weeks, still there, is read for signs as today's words are."""
    own = [finding for finding in record.findings if finding.text is text]
    n = int(text.field[text.field.index("[") + 1 : -1])
    condition = request.client.conditions[n]
    told = min((moment.day for moment in text.moments), default=None)
    since = condition.since or next((finding.onset for finding in own if finding.onset), told)
    if condition.active is False or condition.resolved is not None:
        return False
    if since is None:  # no day known: a complaint that is no matter of its own is taken for one of today
        return not own
    return (request.date - since).days <= 21


def _applies(flag: Flag, request: Request, present: set[str], pregnant: bool) -> bool:
    old_enough = flag.age_from == 0 or (request.client.age or 0) >= flag.age_from
    return (
        old_enough
        and (pregnant or not flag.pregnant)
        and (not flag.with_entries or bool(present & set(flag.with_entries)))
    )


def _met(flag: Flag, met: frozenset[str]) -> bool:
    return all(any(pattern in met for pattern in group) for group in flag.groups) and not any(
        p in met for p in flag.unless
    )
