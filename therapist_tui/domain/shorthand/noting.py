"""From a reading to the sections of a note, every abbreviation in full words."""

from ..body.marks import Finding, Mark
from ..body.techniques import techniques
from ..health import Side
from ..note import NoteContent
from ..treatments import Treatment
from .lexicon import finding_names
from .values import Clause, Interval, Reading, Work

_GRADES = {1: "mild ", 2: "moderate ", 3: "marked "}
_ENDS = '.!?:”"'
_TREATMENT_LIMIT = 80
"""Characters a treatment keeps (domain.note)."""


def into_note(reading: Reading) -> NoteContent:
    """The note as the line says it. What was not understood stands in O as typed; nothing is left out."""
    before, after = _pain(reading)
    return NoteContent(
        subjective=_said(reading),
        objective=_found(reading),
        assessment=_answered(reading),
        plan=_planned(reading),
        treatments=tuple(_treatment(work) for work in reading.works),
        pain_before=before,
        pain_after=after,
        home_care="\n".join(words.expanded for words in reading.words("home")),
        next_time="\n".join(_sentence(words.expanded) for words in reading.words("next")),
    )


def _pain(reading: Reading) -> tuple[int | None, int | None]:
    """Pain said without a place, else the worst of all places before, and the worst of all after."""
    if reading.pain:
        return reading.pain.before, reading.pain.after
    before = [mark.pain_before for mark in reading.marks if mark.pain_before is not None]
    after = [mark.pain_after for mark in reading.marks if mark.pain_after is not None]
    return max(before, default=None), max(after, default=None)


def _said(reading: Reading) -> str:
    quotes = [words.expanded for clause in reading.clauses for words in clause.quotes]
    pains = [f"{mark.place.named} {mark.pain_before}/10" for mark in reading.marks if mark.pain_before is not None]
    told = [_sentence(words.expanded) for words in reading.words("said")]
    return "\n".join([*told, *quotes, *([_sentence("pain: " + ", ".join(pains))] if pains else [])])


def _found(reading: Reading) -> str:
    told = {mark.place for clause in reading.clauses if not _as_typed(clause) for mark in clause.marks}
    lines = [_sentence(describe(mark)) for mark in reading.marks if mark.place in told and _describes(mark)]
    for clause in reading.clauses:
        if _as_typed(clause):
            lines.append(_sentence(clause.expanded))
        elif clause.found:
            lines.append(_sentence(", ".join(_finding(finding) for finding in clause.found)))
    lines += [_sentence(words.expanded) for words in reading.words("observed")]
    lines += [_too_long(work) for work in reading.works if len(_worked(work)) > _TREATMENT_LIMIT]
    return "\n".join([*lines, *_setting(reading)])


def _as_typed(clause: Clause) -> bool:
    """Whether its structure does not hold all that the clause says."""
    return bool(clause.expanded and (clause.rest or clause.pending))


def _describes(mark: Mark) -> bool:
    return bool(mark.findings or mark.refers_to) or mark.worse is not Side.NONE


def describe(mark: Mark) -> str:
    """A mark in full words, pain left out: "left trapezius: hypertonic, trigger point"."""
    parts = [", ".join(_finding(finding) for finding in mark.findings)] if mark.findings else []
    if mark.worse is not Side.NONE:
        parts.append(f"{mark.worse.value} more than {'right' if mark.worse is Side.LEFT else 'left'}")
    if mark.refers_to:
        parts.append("refers to " + ", ".join(place.named for place in mark.refers_to))
    return f"{mark.place.named}: {'; '.join(parts)}" if parts else mark.place.named


def _finding(finding: Finding) -> str:
    name = finding_names().get(finding.id, finding.id)
    return f"{'' if finding.present else 'no '}{_GRADES.get(finding.grade or 0, '')}{name}"


def _setting(reading: Reading) -> list[str]:
    positions = [" ".join(filter(None, (one.name, one.side.value))) for one in reading.positions]
    lines = [f"Position: {', '.join(positions)}."] if positions else []
    if reading.pressure:
        low, high = reading.pressure
        lines.append(f"Pressure: {low if low == high else f'{low} to {high}'} of 5.")
    return lines


def _answered(reading: Reading) -> str:
    changes = [
        f"{mark.place.named} {mark.pain_before} → {mark.pain_after}"
        for mark in reading.marks
        if mark.pain_before is not None and mark.pain_after is not None
    ]
    lines = [_sentence(words.expanded) for part in ("response", "assessed") for words in reading.words(part)]
    return "\n".join([*([_sentence("pain " + ", ".join(changes) + " of 10")] if changes else []), *lines])


def _planned(reading: Reading) -> str:
    lines = [_return(reading.interval)] if reading.interval else []
    lines += [_sentence(words.expanded) for part in ("frequency", "plan") for words in reading.words(part)]
    return "\n".join(lines)


def _return(interval: Interval) -> str:
    return f"Next session in {interval.named}."


def _treatment(work: Work) -> Treatment:
    text = _worked(work)
    return Treatment(text if len(text) <= _TREATMENT_LIMIT else _names(work)[:_TREATMENT_LIMIT].rstrip(), work.minutes)


def _names(work: Work) -> str:
    return " + ".join(techniques()[key].name for key in work.techniques)


def _worked(work: Work) -> str:
    places = " + ".join(place.named for place in work.places)
    return f"{_names(work)} ({places})" if places else _names(work)


def _too_long(work: Work) -> str:
    return _sentence(
        f"{_names(work)}: {', '.join(place.named for place in work.places)}" if work.places else _names(work)
    )


def _sentence(text: str) -> str:
    """With a capital and a full stop, unless it ends with a mark of its own."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in _ENDS else ".")
