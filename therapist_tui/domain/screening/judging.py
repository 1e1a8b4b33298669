"""Judging one appointment: everything read and combined, one caution per matter, the worst first."""

from dataclasses import dataclass

from therapist_tui.domain.level import Level
from therapist_tui.domain.screening.allergies import allergy_drafts
from therapist_tui.domain.screening.assess import Draft, Quiet, assess
from therapist_tui.domain.screening.bookings import regions_of, technique_rules
from therapist_tui.domain.screening.context import denies
from therapist_tui.domain.screening.entries import Knowledge
from therapist_tui.domain.screening.findings import Record, gather
from therapist_tui.domain.screening.folding import covered, merged
from therapist_tui.domain.screening.parts import unread_parts
from therapist_tui.domain.screening.planned import Planned, planned
from therapist_tui.domain.screening.reader import Text
from therapist_tui.domain.screening.said import caution
from therapist_tui.domain.screening.signs import raised_flags
from therapist_tui.domain.screening.states import minor_drafts, pregnancy_drafts
from therapist_tui.domain.screening.values import Judgement, Matched, Request, SetAside

_BY_RULE = frozenset(
    ("pregnancy-first-trimester", "pregnancy-second-third", "minor-consent", "allergy-nut", "allergy-latex")
)

_DENIED = "denied; the checker does not know the words, and need not"


@dataclass(frozen=True, slots=True)
class Matters:
    """What the record says of the client, before anything is said of what is planned."""

    drafts: list[Draft]
    flags: list[Draft]
    record: Record
    aside: list[SetAside]
    unread: list[Matched]


def matters(request: Request, knowledge: Knowledge) -> Matters:
    """Everything read and weighed for the day; the booking plays no part in it."""
    record = gather(request, knowledge)
    drafts, aside = _weighed(record, request, knowledge)
    pregnancy, pregnant = pregnancy_drafts(request, record, knowledge)
    minors, minor_aside = minor_drafts(request, knowledge)
    allergies, allergy_aside, unread = allergy_drafts(request, knowledge)
    present = {draft.entry.id for draft in drafts} | ({"pregnancy-second-third"} if pregnant else set[str]())
    present |= {finding.entry for finding in record.findings if not finding.over}
    flags = raised_flags(record, request, knowledge, present, pregnant)
    drafts = _unsilenced(merged([*flags, *drafts, *pregnancy, *minors, *allergies]), knowledge, aside)
    return Matters(drafts, flags, record, [*record.aside, *aside, *minor_aside, *allergy_aside], unread)


def judge(request: Request, knowledge: Knowledge) -> Judgement:
    """The cautions of this appointment, what was set aside and why, and what was not recognised."""
    plan = planned(request.appointment, knowledge.vocabulary)
    known = matters(request, knowledge)
    aside = known.aside
    held = held_by(request, knowledge)
    alone = technique_rules(known.drafts, plan, knowledge, held)
    drafts = covered(known.drafts, knowledge.entries)
    speaking = [draft for draft in drafts if _speaks(draft, plan, knowledge, aside)] + alone
    for draft in speaking:
        clear(draft, request)
        _with_signs(draft, known.record)
    cautions = sorted((caution(draft, plan, knowledge, held) for draft in speaking), key=lambda one: one.level.rank)
    said = {matched for one in cautions for matched in one.matched}
    unread = (*_unread(known.record, [*known.flags, *speaking], knowledge), *known.unread, *plan.unknown)
    not_read = [one for one in unread if one not in said]
    denied = [one for one in not_read if denies(one.text, knowledge.reading.triggers)]
    aside += [SetAside(one.text, one.field, _DENIED) for one in denied]
    return Judgement(
        level=cautions[0].level if cautions else None,
        cautions=tuple(cautions),
        set_aside=tuple(dict.fromkeys(aside)),
        not_recognised=tuple(one for one in not_read if one not in denied),
    )


def held_by(request: Request, knowledge: Knowledge) -> set[str]:
    """The certifications, by id, that the therapist's own ones amount to."""
    known = knowledge.vocabulary.certifications
    return {one for one, words in known.items() if _held(words, request.certifications)}


def _weighed(record: Record, request: Request, knowledge: Knowledge) -> tuple[list[Draft], list[SetAside]]:
    today = frozenset[str]().union(*(text.all_patterns for kind, text in record.texts if kind in ("symptom", "notes")))
    drafts: list[Draft] = []
    aside: list[SetAside] = []
    for finding in record.findings:
        entry = knowledge.entries[finding.entry]
        if entry.id in _BY_RULE or entry.kind == "technique":
            continue
        weighed = assess(finding, knowledge, request.date, today)
        if isinstance(weighed, Quiet):
            aside.append(SetAside(finding.matched.text, finding.matched.field, weighed.reason))
        else:
            drafts.append(weighed)
    return drafts, aside


def _unsilenced(drafts: list[Draft], knowledge: Knowledge, aside: list[SetAside]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in drafts:
        why = knowledge.silenced.get(draft.entry.id)
        if why is None:
            kept.append(draft)
        else:
            aside.extend(SetAside(one.text, one.field, f"silenced by you: {why}") for one in draft.matched)
    return kept


def _held(words: tuple[str, ...], certifications: tuple[str, ...]) -> bool:
    return any(word.lower() in one.lower() for word in words for one in certifications)


def _speaks(draft: Draft, plan: Planned, knowledge: Knowledge, aside: list[SetAside]) -> bool:
    """Whether the matter touches this appointment; what does not is set aside by name."""
    if draft.scope == "session" and draft.level is not Level.LOCAL:
        return True
    if draft.scope == "technique":
        used = [word for one in draft.entry.techniques for word in plan.techniques.get(one, ())]
        draft.techniques = list(dict.fromkeys([*draft.techniques, *used]))
        speaks = bool(draft.techniques) and plan.touches(regions_of(draft, knowledge))
        why = "bears only on techniques or regions that are not booked"
    else:
        speaks, why = bool(draft.techniques) or plan.touches(regions_of(draft, knowledge)), "outside the regions booked"
    if not speaks:
        aside.extend(SetAside(one.text, one.field, f"{draft.entry.name}: {why}") for one in draft.matched)
    return speaks


def clear(draft: Draft, request: Request) -> None:
    """A clearance on file lowers what it covers to a precaution; signs of today are newer than any clearance."""
    if draft.level is not Level.CLEARANCE or draft.fresh:
        return
    client = request.client
    maternity = client.pregnancy is not None and client.pregnancy.provider_ok and draft.entry.category == "pregnancy"
    if client.physician_clearance_on_file or maternity:
        draft.level = Level.PRECAUTION
        draft.notes.append("The physician's clearance is on file: keep within what it allows.")


def _with_signs(draft: Draft, record: Record) -> None:
    """Words of today that changed the status of a matter stand among what it rests on."""
    signs = {sign for one in draft.entry.escalations for sign in one.signs}
    for text in record.unread:
        if signs & text.all_patterns:
            draft.matched.append(Matched(text.text, text.field))


def _unread(record: Record, flags: list[Draft], knowledge: Knowledge) -> list[Matched]:
    """Entries nobody understood, and in the notes words that only sound medical."""
    spoken = {one.field for draft in flags for one in draft.matched}
    unread = [text for text in record.unread if text.field not in spoken and text.field != "intake_notes"]
    partly = [
        Matched(part, text.field)
        for kind, text in record.texts
        if kind in ("condition", "medication", "surgery") and text not in unread
        for part in unread_parts(text, knowledge)
    ]
    strange = [
        Matched(word, text.field)
        for _kind, text in record.texts
        if text not in unread
        for word in _strange(text, knowledge)
    ]
    whole = [*(Matched(text.text, text.field) for text in unread), *partly]
    return [*whole, *(one for one in strange if not any(one.text in w.text and one.field == w.field for w in whole))]


def _strange(text: Text, knowledge: Knowledge) -> list[str]:
    endings = knowledge.reading.medical_endings
    return [
        word.raw
        for word, norm in zip(text.words, text.norms, strict=True)
        if len(norm) >= 7
        and word.raw.lower().endswith(endings)
        and word.raw.lower() not in endings
        and not knowledge.lexicon.knows(norm)
    ]
