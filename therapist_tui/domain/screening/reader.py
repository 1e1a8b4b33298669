"""Reading one text of the record: its words, what they mean, whose they are, where, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from therapist_tui.domain.screening.context import Label, labels
from therapist_tui.domain.screening.entries import Ambiguous, Knowledge
from therapist_tui.domain.screening.figures import readings
from therapist_tui.domain.screening.lexicon import Hit, longest
from therapist_tui.domain.screening.values import Place, Side
from therapist_tui.domain.screening.when import Moment, moments
from therapist_tui.domain.screening.words import Word, fold, plain, split

_SIDES = {"left": Side.LEFT, "l": Side.LEFT, "lt": Side.LEFT, "right": Side.RIGHT, "r": Side.RIGHT, "rt": Side.RIGHT}
_BOTH = frozenset(("both", "bilateral", "either"))
_OPENERS = frozenset(
    [
        "have",
        "has",
        "had",
        "having",
        "with",
        "dx",
        "diagnosed",
        "history",
        "since",
        "hx",
        "status",
        "of",
        "on",
        "also",
        "and",
        "plus",
        "suffer",
        "takes",
        "taking",
    ]
)


@dataclass(frozen=True, slots=True)
class Term:
    """A matter found in a text: the entry, the words, and why it does not count, if so."""

    entry: str
    text: str
    start: int
    end: int
    sentence: int
    label: Label | None
    words: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A text as read."""

    text: str
    field: str
    words: list[Word]
    norms: list[str]
    terms: tuple[Term, ...]
    homonyms: tuple[tuple[str, str], ...]
    harmless: tuple[tuple[str, str], ...]
    found: Mapping[int, frozenset[str]]
    patterns: Mapping[int, frozenset[str]]
    places: tuple[tuple[int, Place], ...]
    moments: tuple[Moment, ...]
    all_patterns: frozenset[str]


def read(text: str, name: str, knowledge: Knowledge, today: date, kind: str) -> Text:
    """Read a text; `kind` says where it stands: condition, medication, surgery, allergy, symptom or notes."""
    words = _expanded(split(text), knowledge.reading.short_forms)
    norms = [knowledge.lexicon.correct(word.norm) for word in words]
    hits = knowledge.lexicon.find(words, norms)
    masked, homonyms = _homonyms(hits, words, text, knowledge)
    hits = [hit for hit in hits if not (masked & set(range(hit.start, hit.end))) or hit.meaning.startswith("r:")]
    prose = kind == "notes"
    entry_hits = [hit for hit in hits if hit.meaning[:2] in ("e:", "x:")]
    entry_hits = [hit for hit in longest(entry_hits) if not _settled(hit, words, norms, knowledge, prose)]
    marks = labels(
        knowledge.reading.triggers, words, norms, {hit.start for hit in entry_hits}, prose, kind == "symptom"
    )
    found = _found(hits, words, marks, text, kind)
    patterns = {number: frozenset(knowledge.patterns.met(have)) for number, have in found.items()}
    terms = [_term(hit, words, marks, text) for hit in entry_hits if hit.meaning.startswith("e:")]
    return Text(
        text=text,
        field=name,
        words=words,
        norms=norms,
        terms=(*terms, *_pattern_terms(patterns, words, text, knowledge)),
        homonyms=homonyms,
        harmless=tuple(
            (_words(hit, words, text), knowledge.reading.harmless[hit.meaning[2:]])
            for hit in entry_hits
            if hit.meaning.startswith("x:")
        ),
        found=found,
        patterns=patterns,
        places=_places(hits, norms),
        moments=tuple(moments(plain(text), today)),
        all_patterns=frozenset[str]().union(*patterns.values()),
    )


def _expanded(words: list[Word], short_forms: Mapping[str, str]) -> list[Word]:
    out: list[Word] = []
    for word in words:
        full = short_forms.get(word.raw.lower()) or short_forms.get(word.norm)
        if full is None:
            out.append(word)
        else:
            out.extend(Word(word.raw, word.start, word.end, fold(part), word.sentence) for part in full.split())
    return out


def _homonyms(
    hits: list[Hit], words: list[Word], text: str, knowledge: Knowledge
) -> tuple[set[int], tuple[tuple[str, str], ...]]:
    masked: set[int] = set()
    told: list[tuple[str, str]] = []
    for hit in hits:
        if hit.meaning.startswith("h:"):
            masked.update(range(hit.start, hit.end))
            told.append((_words(hit, words, text), knowledge.reading.homonyms[hit.meaning[2:]]))
    return masked, tuple(told)


def _settled(hit: Hit, words: list[Word], norms: list[str], knowledge: Knowledge, prose: bool) -> bool:
    """Whether a short form here means something else."""
    if hit.end - hit.start != 1:
        return False
    rule = knowledge.reading.ambiguous.get(norms[hit.start])
    return rule is not None and _elsewhere(rule, hit.start, words, norms, prose)


def _elsewhere(rule: Ambiguous, at: int, words: list[Word], norms: list[str], prose: bool) -> bool:
    same = words[at].sentence
    before = norms[at - 1] if at > 0 and words[at - 1].sentence == same else ""
    after = norms[at + 1] if at + 1 < len(words) and words[at + 1].sentence == same else ""
    if before in rule.not_after or after in rule.not_before:
        return True
    alone = sum(word.sentence == same for word in words) <= 2
    if rule.upper_only and not words[at].raw.isupper() and not (alone and not prose):
        return True
    return prose and rule.prose_needs and not words[at].raw.isupper() and before not in _OPENERS


def _words(hit: Hit, words: list[Word], text: str) -> str:
    return text[words[hit.start].start : words[hit.end - 1].end]


def _term(hit: Hit, words: list[Word], marks: list[Label | None], text: str) -> Term:
    first, last = words[hit.start], words[hit.end - 1]
    inside = [mark for mark in marks[hit.start : hit.end] if mark is not None]
    label = marks[hit.start] or (inside[0] if inside else None)
    return Term(
        hit.meaning[2:],
        text[first.start : last.end],
        first.start,
        last.end,
        first.sentence,
        label,
        (hit.start, hit.end),
    )


def _found(
    hits: list[Hit], words: list[Word], marks: list[Label | None], text: str, kind: str
) -> dict[int, frozenset[str]]:
    """What is affirmed in each sentence: classes, phrases and readings."""
    found: dict[int, set[str]] = {word.sentence: set() for word in words}
    for hit in hits:
        if marks[hit.start] is None and hit.meaning[:2] != "h:":
            found[words[hit.start].sentence].add(hit.meaning)
    for meaning, start, _end in readings(plain(text)):
        sentence = next((word.sentence for word in words if word.end > start), 0)
        found.setdefault(sentence, set()).add(meaning)
    if kind == "symptom":
        for have in found.values():
            have.add("@today")
    if kind in ("symptom", "condition", "surgery", "medication"):
        whole = set[str]().union(*found.values()) if found else set[str]()
        return {number: frozenset(whole) for number in list(found)[:1]}
    return {number: frozenset(have) for number, have in found.items()}


def _pattern_terms(
    patterns: Mapping[int, frozenset[str]], words: list[Word], text: str, knowledge: Knowledge
) -> list[Term]:
    owners = knowledge.pattern_owners
    terms: list[Term] = []
    for number, met in patterns.items():
        inside = [word for word in words if word.sentence == number] if len(patterns) > 1 else words
        for pattern in sorted(met & owners.keys()):
            span = (inside[0].start, inside[-1].end) if inside else (0, len(text))
            terms.extend(
                Term(entry, text[span[0] : span[1]], span[0], span[1], number, None, (0, len(words)))
                for entry in owners[pattern]
            )
    return terms


def _places(hits: list[Hit], norms: list[str]) -> tuple[tuple[int, Place], ...]:
    """Regions named, each with the side nearest to it; the word's number first."""
    region_hits = longest(hit for hit in hits if hit.meaning.startswith("r:"))
    only = {_SIDES[norm] for norm in norms if norm in _SIDES}
    alone = Side.BOTH if any(norm in _BOTH for norm in norms) else only.pop() if len(only) == 1 else None
    return tuple((hit.start, Place(hit.meaning[2:], _near(hit, norms) or alone)) for hit in region_hits)


def _near(hit: Hit, norms: list[str]) -> Side | None:
    for at in (*range(hit.start - 1, max(-1, hit.start - 4), -1), *range(hit.start, min(len(norms), hit.end + 2))):
        if norms[at] in _SIDES:
            return _SIDES[norms[at]]
        if norms[at] in _BOTH:
            return Side.BOTH
    return None
