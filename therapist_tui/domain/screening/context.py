"""Whose, when and whether: which words of a sentence are denied, another person's, only feared, or over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from therapist_tui.domain.screening.words import MARKS, Word, folded


class Label(Enum):
    """Why words of a text do not speak of the client today; the value is the reason shown."""

    NEGATED = "denied, or said not to be there"
    OTHER = "about another person, not the client"
    NAMED = "only part of a name: a vaccine, a charity, a campaign"
    FEARED = "feared, planned or only talked about, not there"


Phrases = Mapping[str, list[tuple[str, ...]]]
_COUNTED = frozenset(("a", "one", "two", "three", "four", "five", "six", "twin", "young", "toddler", "teen"))
_BACK = frozenset(("but", ";", "however", "i", "im", "ive"))
_OWNS = frozenset(("has", "have", "had", "dx", "diagnosed", "suffer", "takes", "taking"))
_JOINS = frozenset(("in", "on", "of", "from", "for"))


@dataclass(frozen=True, slots=True)
class Triggers:
    """The words that turn a statement, from `context.toml`."""

    strong: Phrases
    weak: Phrases
    pseudo: Phrases
    after: Phrases
    heading: Phrases
    care: Phrases
    fear: Phrases
    turn: frozenset[str]
    kin: frozenset[str]
    verbs: frozenset[str]
    self: frozenset[str]
    self_too: Phrases
    vaccines: frozenset[str]
    vaccinated: frozenset[str]
    causes: frozenset[str]
    after_denial: frozenset[str]


def table(phrases: Iterable[str]) -> Phrases:
    """Phrases by their first folded word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = folded(phrase)
        found.setdefault(words[0], []).append(words)
    return found


def denies(text: str, by: Triggers) -> bool:
    """Whether a text begins with a denial: what it says is not there, whatever its words are."""
    words = folded(text)
    return any(
        words[: len(phrase)] == phrase and len(words) > len(phrase)
        for phrases in (by.strong, by.weak)
        for phrase in phrases.get(words[0] if words else "", ())
    ) and not any(words[: len(phrase)] == phrase for phrase in by.pseudo.get(words[0], ()))


def labels(
    by: Triggers, words: Sequence[Word], norms: Sequence[str], terms: set[int], prose: bool, today: bool
) -> list[Label | None]:
    """For every word the reason it does not count, or None; `terms` are the places where a matter begins."""
    marks: list[Label | None] = [None] * len(words)
    for start, end in _sentences(words):
        _family(by, norms, start, end, terms, marks)
        if prose or today:
            _scoped(by.care, norms, start, end, marks, Label.OTHER, 9)
        if not today:
            _scoped(by.fear, norms, start, end, marks, Label.FEARED, 6)
        _negated(by, norms, start, end, marks)
    return marks


def _sentences(words: Sequence[Word]) -> Iterable[tuple[int, int]]:
    start = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or words[at].sentence != words[start].sentence:
            yield start, at
            start = at


def _length(phrases: Phrases, norms: Sequence[str], at: int, end: int) -> int:
    best = 0
    for words in phrases.get(norms[at], ()):
        if at + len(words) <= end and tuple(norms[at : at + len(words)]) == words:
            best = max(best, len(words))
    return best


def _negated(by: Triggers, norms: Sequence[str], start: int, end: int, marks: list[Label | None]) -> None:
    at = start
    while at < end:
        pseudo = _length(by.pseudo, norms, at, end)
        strong, weak = _length(by.strong, norms, at, end), _length(by.weak, norms, at, end)
        if pseudo and pseudo >= strong:
            at += pseudo
        elif strong or weak:
            size = max(strong, weak)
            _spread(by, norms, at + size, end, bool(strong), marks)
            at += size
        else:
            at += 1
    _negated_behind(by, norms, start, end, marks)


def _spread(by: Triggers, norms: Sequence[str], at: int, end: int, strong: bool, marks: list[Label | None]) -> None:
    """Carry a negation forward, over a list but not over a turn of the sentence."""
    first = at
    while at < end and norms[at] not in by.turn and norms[at] not in ("-", "(", ")"):
        if norms[at] == "," and not _list_goes_on(by, norms, at, end, strong):
            return
        if norms[at] == ":" and at != first:
            return
        if norms[at] == "&" or norms[at] == "+":
            pass
        elif norms[at] not in MARKS:
            marks[at] = Label.NEGATED
        at += 1


def _list_goes_on(by: Triggers, norms: Sequence[str], comma: int, end: int, strong: bool) -> bool:
    after = comma + 1
    if after >= end or norms[after] in ("or", "nor"):
        return True
    stop = next((i for i in range(after, end) if norms[i] == ","), end)
    short = stop - after <= (6 if strong else 4) and not any(norm in by.turn for norm in norms[after:stop])
    if not short or _length(by.weak, norms, after, end):
        return False
    return strong or any(norm in ("or", "nor") for norm in norms[after:end])


def _negated_behind(by: Triggers, norms: Sequence[str], start: int, end: int, marks: list[Label | None]) -> None:
    for at in range(start + 1, end):
        size = _length(by.after, norms, at, end)
        closing = at + size == end or norms[at + size] in MARKS or _goes_on(by, norms, at, at + size)
        marked = norms[at - 1] in (":", "-") or norms[at] not in ("no", "n", "never", "none", "nope", "nil")
        if not size or not closing or not marked:
            continue
        back = at - 1
        while back >= start and norms[back] != "," and norms[back] not in ("but", "and"):
            if norms[back] not in MARKS:
                marks[back] = marks[back] or Label.NEGATED
            back -= 1


def _goes_on(by: Triggers, norms: Sequence[str], at: int, end: int) -> bool:
    """“Swab neg on admission”: a denial that cannot be read forward, with a time or place behind it."""
    return norms[at] not in ("no", "n", "never", "none") and norms[end] in by.after_denial


def _family(
    by: Triggers, norms: Sequence[str], start: int, end: int, terms: set[int], marks: list[Label | None]
) -> None:
    if any(_length(by.self_too, norms, at, end) for at in range(start, end)):
        return
    for at in range(start, end):
        if _length(by.heading, norms, at, end):
            _paint(marks, norms, start if "run" in norms[at] or "hereditary" in norms[at] else at, end, Label.OTHER)
            return
        if norms[at] not in by.kin or norms[at] == "family":
            if (
                norms[at] == "family"
                and at > start
                and norms[at - 1] in ("in", "the", "my")
                and "in" in norms[max(start, at - 2) : at]
            ):
                _paint(marks, norms, start, at, Label.OTHER)
            continue
        if at + 2 < end and norms[at + 1] == "of" and (norms[at + 2] in _COUNTED or norms[at + 2].isdigit()):
            continue  # “mother of two” is the client herself
        if at - 1 >= start and at - 1 in terms:  # “pregnant sister”, “diabetic husband”
            marks[at - 1] = Label.OTHER
        if at > start and _behind_kin(norms, start, at):
            _paint(marks, norms, start, at, Label.OTHER)
            continue
        near = range(at + 1, min(end, at + 4))
        if any(norms[i] in by.verbs for i in near) or any(i in terms for i in range(at + 1, min(end, at + 3))):
            _paint(marks, norms, at, _self_again(by, norms, at + 1, end), Label.OTHER)


def _behind_kin(norms: Sequence[str], start: int, at: int) -> bool:
    """Whether the words before a relative say the matter is theirs: “diabetes in my mother”."""
    before = [norm for norm in norms[max(start, at - 3) : at] if norm in _JOINS]
    return bool(before) and before[-1] in ("in", "on", "of") and norms[max(start, at - 3)] not in ("died",)


def _self_again(by: Triggers, norms: Sequence[str], at: int, end: int) -> int:
    while at < end:
        own = norms[at] == "my" and at + 1 < end and norms[at + 1] not in by.kin and norms[at - 1] not in ("gave", "of")
        if (norms[at] in by.self and norms[at - 1] not in ("like", "gave", "give", "told", "with", "for")) or own:
            return at
        at += 1
    return end


def _paint(marks: list[Label | None], norms: Sequence[str], start: int, end: int, label: Label) -> None:
    for at in range(start, end):
        if norms[at] not in MARKS:
            marks[at] = label


def _scoped(
    phrases: Phrases,
    norms: Sequence[str],
    start: int,
    end: int,
    marks: list[Label | None],
    label: Label,
    reach: int,
) -> None:
    for at in range(start, end):
        size = _length(phrases, norms, at, end)
        if not size:
            continue
        stop = min(end, at + size + reach)
        for i in range(at + size, stop):
            if norms[i] in _BACK or (norms[i] == "," and label is Label.FEARED):
                break
            if label is Label.OTHER and norms[i] in _OWNS:
                break
            if norms[i] not in MARKS:
                marks[i] = marks[i] or label
