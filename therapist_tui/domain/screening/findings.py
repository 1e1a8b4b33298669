"""Going through the record: every entry becomes findings, is set aside with its reason, or is not recognised."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from therapist_tui.domain.screening.context import Label
from therapist_tui.domain.screening.entries import Entry, Knowledge
from therapist_tui.domain.screening.planned import place_of
from therapist_tui.domain.screening.reader import Term, Text, read
from therapist_tui.domain.screening.standing import Standing
from therapist_tui.domain.screening.values import Matched, MedicationEntry, Place, Request, SetAside, Side
from therapist_tui.domain.screening.words import Word

_ENDS = frozenset(("medication", "treatment"))


@dataclass(frozen=True, slots=True)
class Finding:
    """A matter that speaks of the client: what, where it was read, since when, and how it stands."""

    entry: str
    matched: Matched
    text: Text
    kind: str
    sentence: int
    places: tuple[Place, ...] = ()
    side: Side | None = None
    onset: date | None = None
    ended: date | None = None
    over: bool = False
    stopped: bool = False
    active: bool | None = None
    controlled: bool | None = None
    still: bool = False
    past_spell: bool = False


@dataclass(slots=True)
class Record:
    """All that was read."""

    findings: list[Finding] = field(default_factory=lambda: list[Finding]())
    aside: list[SetAside] = field(default_factory=lambda: list[SetAside]())
    unread: list[Text] = field(default_factory=lambda: list[Text]())
    texts: list[tuple[str, Text]] = field(default_factory=lambda: list[tuple[str, Text]]())


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the record says beside a text."""

    kind: str
    onset: date | None = None
    ended: date | None = None
    place: Place | None = None
    side: Side | None = None
    active: bool | None = None
    controlled: bool | None = None
    medication: MedicationEntry | None = None


def gather(request: Request, knowledge: Knowledge) -> Record:
    """Read every entry of the request."""
    record = Record()
    client, voc = request.client, knowledge.vocabulary
    for n, one in enumerate(client.conditions):
        place = place_of(one.region, one.side, voc) if one.region else None
        frame = _Frame("condition", one.since, one.resolved, place, one.side, one.active, one.controlled)
        _entry(record, knowledge, request, one.text, f"conditions[{n}]", frame)
    for n, med in enumerate(client.medications):
        place = place_of(med.site, None, voc) if med.site else None
        _entry(
            record,
            knowledge,
            request,
            med.text,
            f"medications[{n}]",
            _Frame("medication", med.since, place=place, medication=med),
        )
        if med.site:
            _device_at(record, knowledge, request, med.site, f"medications[{n}]")
    for n, op in enumerate(client.surgeries):
        place = place_of(op.region, op.side, voc) if op.region else None
        _entry(
            record, knowledge, request, op.text, f"surgeries[{n}]", _Frame("surgery", op.on, place=place, side=op.side)
        )
    for n, symptom in enumerate(client.symptoms_today):
        _entry(record, knowledge, request, symptom, f"symptoms_today[{n}]", _Frame("symptom"))
    if client.intake_notes.strip():
        _entry(record, knowledge, request, client.intake_notes, "intake_notes", _Frame("notes"))
    return record


def _entry(record: Record, knowledge: Knowledge, request: Request, words: str, name: str, frame: _Frame) -> None:
    text = read(words, name, knowledge, request.date, frame.kind, request.client.age)
    record.texts.append((frame.kind, text))
    before = len(record.findings), len(record.aside)
    for phrase, why in text.homonyms:
        record.aside.append(SetAside(phrase, name, f"homonym: {why}"))
    seen: set[str] = set()
    affirmed = {term.entry for term in text.terms if term.label is None}
    for term in text.terms:
        if term.entry in seen or (term.label is not None and term.entry in affirmed):
            continue
        seen.add(term.entry)
        if term.label is not None and not _doubted(term, frame):
            record.aside.append(SetAside(term.text, name, term.label.value))
        else:
            record.findings.append(_finding(term, text, frame, knowledge))
    for entry_id, matched in _by_route(frame, text, knowledge, seen):
        term = Term(entry_id, matched, 0, len(words), 0, None, (0, len(text.words)))
        record.findings.append(_finding(term, text, frame, knowledge))
    if before == (len(record.findings), len(record.aside)):
        _nothing_found(record, text, frame)


def _device_at(record: Record, knowledge: Knowledge, request: Request, site: str, name: str) -> None:
    """A line, port or pump that only the place of a medicine names (“PICC, right arm”)."""
    text = read(site, name, knowledge, request.date, "medication", request.client.age)
    for term in text.terms:
        if term.label is None and knowledge.entries[term.entry].kind == "device":
            record.findings.append(_finding(term, text, _Frame("medication"), knowledge))


def _doubted(term: Term, frame: _Frame) -> bool:
    """A suspicion in the client's own entry counts until it is ruled out."""
    return term.label is Label.FEARED and frame.kind == "symptom"


def _nothing_found(record: Record, text: Text, frame: _Frame) -> None:
    if text.harmless:
        phrase, why = text.harmless[0]
        record.aside.append(SetAside(phrase, text.field, f"recognised: {why}"))
    elif frame.active is False:
        record.aside.append(SetAside(text.text, text.field, "past or denied"))
    elif text.text.strip():
        record.unread.append(text)


def _by_route(frame: _Frame, text: Text, knowledge: Knowledge, seen: set[str]) -> list[tuple[str, str]]:
    med = frame.medication
    if med is None:
        return []
    found: list[tuple[str, str]] = []
    route = (med.route or "").lower()
    if route == "patch" and "transdermal-patch" not in seen:
        found.append(("transdermal-patch", med.text))
    if route == "pump" and "insulin-pump-cgm" not in seen and "insulin-injection" in seen:
        found.append(("insulin-pump-cgm", med.text))
    if route in ("injection", "subcutaneous", "sc", "im", "shot") and not seen & {
        "insulin-injection",
        "injection-site",
        "steroid-injection",
        "botulinum-toxin",
        "dermal-filler",
    }:
        found.append(("injection-site" if "anticoagulants" not in seen else "insulin-injection", med.text))
    for word in text.norms:
        if len(word) >= 7 and not any(word in term.text.lower() for term in text.terms) and not text.harmless:
            found.extend(
                (entry, med.text)
                for stem, entry in knowledge.reading.stems
                if word.endswith(stem) and entry not in seen
            )
    return [pair for pair in dict.fromkeys(found) if pair[0] in knowledge.entries]


def _finding(term: Term, text: Text, frame: _Frame, knowledge: Knowledge) -> Finding:
    entry = knowledge.entries[term.entry]
    around = _around(term, text, frame)
    days = [
        moment.day
        for moment in text.moments
        if frame.kind != "notes" or term.sentence == _sentence_at(text, moment.start)
    ]
    onset = frame.onset or (min(days) if days else None)
    still = bool(knowledge.reading.standing.still.search(around))
    over = _over(entry, frame, around, onset, knowledge.reading.standing)
    stopped = bool(knowledge.reading.standing.stopped.search(around)) and entry.kind in _ENDS
    return Finding(
        entry=entry.id,
        matched=Matched(term.text, text.field),
        text=text,
        kind=frame.kind,
        sentence=term.sentence,
        places=_places(term, text, frame),
        side=frame.side,
        onset=onset,
        ended=frame.ended or (max(days) if days and (stopped or over) else None),
        over=over,
        stopped=stopped,
        active=frame.active,
        controlled=frame.controlled,
        still=still,
        past_spell=bool(knowledge.reading.standing.last_spell.search(around)),
    )


def _over(entry: Entry, frame: _Frame, around: str, onset: date | None, words: Standing) -> bool:
    """Whether the record or the words around a matter say that it has passed."""
    if frame.active is False or frame.ended is not None:
        return True
    if words.still.search(around):
        return False
    fades = entry.fades_days is not None
    if words.over.search(around) and not _new(frame):
        return True
    if words.long_ago.search(around) and not _new(frame) and (fades or not words.began.search(around)):
        return True
    if entry.id == "cancer-active" and words.stopped.search(around) and not words.in_treatment.search(around):
        return True
    if not fades or words.recent.search(around):
        return False
    return bool(words.now_well.search(around)) or (onset is None and bool(words.history.search(around)))


def _new(frame: _Frame) -> bool:
    return frame.kind == "symptom" or frame.active is True


def _around(term: Term, text: Text, frame: _Frame) -> str:
    if frame.kind != "notes":
        return text.text
    inside = [word for word in text.words if word.sentence == term.sentence]
    return text.text[inside[0].start : inside[-1].end] if inside else text.text


def _sentence_at(text: Text, at: int) -> int:
    after = bisect_right(text.words, at, key=_end)
    return text.words[after].sentence if after < len(text.words) else 0


def _end(word: Word) -> int:
    return word.end


def _places(term: Term, text: Text, frame: _Frame) -> tuple[Place, ...]:
    said = [
        (at, place) for at, place in text.places if frame.kind != "notes" or text.words[at].sentence == term.sentence
    ]
    if frame.place is not None:
        if frame.place.side is not None or not said:
            return (frame.place,)
        side = said[0][1].side
        return (Place(frame.place.region, side),)
    if frame.side:
        return tuple(dict.fromkeys(Place(place.region, frame.side) for _at, place in said))
    middle = sum(term.words) / 2
    near = sorted(said, key=lambda pair: abs(pair[0] - middle))
    return tuple(dict.fromkeys(place for _at, place in near[: 4 if frame.kind != "notes" else 2]))
