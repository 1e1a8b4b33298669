"""Whose, when and whether: which words of a sentence are denied, another person's, only feared, or over."""

from collections.abc import Iterable, Sequence
from enum import Enum

from therapist_tui.domain.screening.words import MARKS, Word, folded


class Label(Enum):
    """Why words of a text do not speak of the client today; the value is the reason shown."""

    NEGATED = "denied, or said not to be there"
    OTHER = "about another person, not the client"
    FEARED = "feared, planned or only talked about, not there"


def _table(phrases: str) -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases.split(";"):
        words = folded(phrase)
        table.setdefault(words[0], []).append(words)
    return table


_STRONG = _table(
    "denies;denied;denying;no history of;no history;never had;never been;never has had;negative for;neg for;no known;free of;"
    "no personal history;no evidence of;no sign of;no signs of;none of;no past;no previous;no prior;has never had;have never had;"
    "has not had;have not had;hasn't had;haven't had;no current;no recent;no active;ruled out;rules out;never any;no symptoms of;"
    "absence of;no diagnosis of;does not have;doesn't have;do not have;don't have;didn't have;no longer has;no longer have;never experienced"
)
_WEAK = _table("no;not;without;isn't;aren't;wasn't;never;nor;neither;non;zero;nil;weren't;minus;not a;isn't a")
_PSEUDO = _table(
    "not controlled;not under control;not well controlled;not yet;not sure;not only;no relief;no doubt;no change;no better;not better;"
    "not improving;not going away;no idea;no wonder;not helping;not treated;not healed;not healing;not taking;not been seen;not seen;not been checked;"
    "not stable;not cleared;not in range;not managed;not medicated;never goes away;never healed;never fully;never checked;never seen;"
    "no meds;no med;no treatment;no medication;no sensation;no feeling;not moving;not felt;not responding;no one;not resolved;not gone;never treated;"
    "not diagnosed;never diagnosed;not getting better;not just;no matter;not regulated;no problem taking;not reduced;not compliant"
)
_AFTER = _table(
    "ruled out;negative;neg;denied;none;not present;absent;no;n;never;nope;nil;excluded;was negative;came back negative;came back clear;came back normal;negative test"
)
_TURN = frozenset(
    ["but", "however", "except", "although", "though", "still", "has", "have", "takes", "taking", "on", "just", "only", "because", "until", "then", "now", "currently", "i", "im", "ive", "she", "he", "they", "also", "plus", "which", "who", "due", "since", "after", "despite", "apart", "aside", "other", "besides", "did", "does", "got", "yet", "wants", "want", "here", "started", "had"]
)
_KIN = frozenset(
    ["mom", "mother", "mum", "mommy", "mama", "dad", "father", "papa", "sister", "brother", "sibling", "grandma", "grandmother", "grandpa", "grandfather", "grandparent", "nana", "aunt", "uncle", "cousin", "husband", "wife", "spouse", "partner", "son", "daughter", "kid", "child", "niece", "nephew", "parent", "boyfriend", "girlfriend", "fiance", "fiancee", "friend", "neighbor", "coworker", "colleague", "roommate", "bos", "dog", "cat", "puppy", "horse", "stepmom", "stepdad", "hubby", "gran", "granddad", "teammate", "classmate", "grandson", "granddaughter", "maternal", "paternal", "mil", "fil", "twinsister", "inlaw", "flatmate", "relative", "family", "toddler"]
)
_VERBS = frozenset(
    ["has", "had", "have", "having", "is", "was", "were", "are", "died", "dy", "die", "passed", "take", "took", "got", "get", "getting", "caught", "suffer", "diagnosed", "on", "with", "at", ":", "-", "x2", "recently", "just", "also", "both", "who", "that", "and", "age", "aged", "(", "had", "developed", "come", "came", "battled", "beat", "fought", "struggle", "struggling", "need", "being", ",", "s"]
)
_HEADING = _table(
    "family history;fam history;fhx;fh;fmhx;family hx;runs in the family;runs in family;hereditary;family medical history;fam hx;famhx"
)
_IN_KIN = frozenset(["in", "on", "of", "from", "for"])
_SELF = frozenset(["i", "im", "ive", "me", "myself", "client", "patient", "pt", "mine"])
_CARE = _table(
    "caregiver;caretaker;carer;caring for;care for;cares for;take care of;takes care of;taking care of;look after;looks after;looking after;work with;work in;work at;"
    "works in;works with;works at;works on;work on;nurse on;nurse in;nurse at;volunteer at;volunteers at;volunteer with;volunteers with;volunteering at;teach;teaches;taught;worked in;"
    "worked with;works for;working in;working with;studying;studies;researching;researches;fundraising;raising money for;marathon for;walk for;run for;ride for;donate;donated;died of;died from;"
    "passed away from;in honor of;lost her to;lost him to;exposed to;pick up;picks up;drives;writing about;film about;book about;podcast about;documentary about;sells;manufactures"
)
_FEAR = _table(
    "worried about;worry about;worries about;afraid of;scared of;fear of;in case of;in case;if;risk of;at risk for;prevent;prevents;preventing;prevention;to avoid;avoid getting;avoid;don't want;"
    "read about;heard about;article about;wondering about;wondering if;wonder if;asked about;should i;could i get;can i get;screening for;screened for;tested for;checked for;test for;checking for;"
    "vaccine for;vaccinated against;immunized against;curious about;scheduled for;upcoming;going to have;will have;considering;thinking about;thinking of;planning;plan to;plans to;"
    "hoping to;so i don't get;may need;might need;eventually need;needs eventually;protection from;used to treat;contraindicated in;does massage help;good for;helps with;quit before"
)
_JOINS = frozenset(("or", "nor", "and", "any"))


def labels(
    words: Sequence[Word], norms: Sequence[str], terms: set[int], prose: bool, today: bool
) -> list[Label | None]:
    """For every word the reason it does not count, or None; `terms` are the places where a matter begins."""
    marks: list[Label | None] = [None] * len(words)
    for start, end in _sentences(words):
        _family(norms, start, end, terms, marks)
        if prose or today:
            _scoped(_CARE, norms, start, end, marks, Label.OTHER, 9)
        if not today:
            _scoped(_FEAR, norms, start, end, marks, Label.FEARED, 6)
        _negated(norms, start, end, marks)
    return marks


def _sentences(words: Sequence[Word]) -> Iterable[tuple[int, int]]:
    start = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or words[at].sentence != words[start].sentence:
            yield start, at
            start = at


def _length(table: dict[str, list[tuple[str, ...]]], norms: Sequence[str], at: int, end: int) -> int:
    best = 0
    for words in table.get(norms[at], ()):
        if at + len(words) <= end and tuple(norms[at : at + len(words)]) == words:
            best = max(best, len(words))
    return best


def _negated(norms: Sequence[str], start: int, end: int, marks: list[Label | None]) -> None:
    at = start
    while at < end:
        pseudo = _length(_PSEUDO, norms, at, end)
        strong, weak = _length(_STRONG, norms, at, end), _length(_WEAK, norms, at, end)
        if pseudo and pseudo >= strong:
            at += pseudo
        elif strong or weak:
            size = max(strong, weak)
            _spread(norms, at + size, end, bool(strong), marks)
            at += size
        else:
            at += 1
    _negated_behind(norms, start, end, marks)


def _spread(norms: Sequence[str], at: int, end: int, strong: bool, marks: list[Label | None]) -> None:
    """Carry a negation forward, over a list but not over a turn of the sentence."""
    first = at
    while at < end and norms[at] not in _TURN and norms[at] not in ("-", "(", ")"):
        if norms[at] == "," and not _list_goes_on(norms, at, end, strong):
            return
        if norms[at] == ":" and at != first:
            return
        if norms[at] == "&" or norms[at] == "+":
            pass
        elif norms[at] not in MARKS:
            marks[at] = Label.NEGATED
        at += 1


def _list_goes_on(norms: Sequence[str], comma: int, end: int, strong: bool) -> bool:
    after = comma + 1
    if after >= end or norms[after] in ("or", "nor"):
        return True
    stop = next((i for i in range(after, end) if norms[i] == ","), end)
    short = stop - after <= (6 if strong else 4) and not any(norm in _TURN for norm in norms[after:stop])
    if not short or _length(_WEAK, norms, after, end):
        return False
    return strong or any(norm in ("or", "nor") for norm in norms[after:end])


def _negated_behind(norms: Sequence[str], start: int, end: int, marks: list[Label | None]) -> None:
    for at in range(start + 1, end):
        size = _length(_AFTER, norms, at, end)
        closing = at + size == end or norms[at + size] in MARKS
        marked = norms[at - 1] in (":", "-") or norms[at] not in ("no", "n", "never", "none", "nope", "nil")
        if not size or not closing or not marked:
            continue
        back = at - 1
        while back >= start and norms[back] != "," and norms[back] not in ("but", "and"):
            if norms[back] not in MARKS:
                marks[back] = marks[back] or Label.NEGATED
            back -= 1


def _family(norms: Sequence[str], start: int, end: int, terms: set[int], marks: list[Label | None]) -> None:
    for at in range(start, end):
        if _length(_HEADING, norms, at, end):
            _paint(marks, norms, start if "run" in norms[at] or "hereditary" in norms[at] else at, end, Label.OTHER)
            return
        if norms[at] not in _KIN or norms[at] == "family":
            if (
                norms[at] == "family"
                and at > start
                and norms[at - 1] in ("in", "the", "my")
                and "in" in norms[max(start, at - 2) : at]
            ):
                _paint(marks, norms, start, at, Label.OTHER)
            continue
        if at > start and _behind_kin(norms, start, at):
            _paint(marks, norms, start, at, Label.OTHER)
            continue
        near = range(at + 1, min(end, at + 4))
        if any(norms[i] in _VERBS for i in near) or any(i in terms for i in range(at + 1, min(end, at + 3))):
            _paint(marks, norms, at, _self_again(norms, at + 1, end), Label.OTHER)


def _behind_kin(norms: Sequence[str], start: int, at: int) -> bool:
    """Whether the words before a relative say the matter is theirs: “diabetes in my mother”."""
    before = [norm for norm in norms[max(start, at - 3) : at] if norm in _IN_KIN]
    return bool(before) and before[-1] in ("in", "on", "of") and norms[max(start, at - 3)] not in ("died",)


def _self_again(norms: Sequence[str], at: int, end: int) -> int:
    while at < end:
        own = norms[at] == "my" and at + 1 < end and norms[at + 1] not in _KIN and norms[at - 1] not in ("gave", "of")
        if (norms[at] in _SELF and norms[at - 1] not in ("like", "gave", "give", "told", "with", "for")) or own:
            return at
        at += 1
    return end


def _paint(marks: list[Label | None], norms: Sequence[str], start: int, end: int, label: Label) -> None:
    for at in range(start, end):
        if norms[at] not in MARKS:
            marks[at] = label


def _scoped(
    table: dict[str, list[tuple[str, ...]]],
    norms: Sequence[str],
    start: int,
    end: int,
    marks: list[Label | None],
    label: Label,
    reach: int,
) -> None:
    for at in range(start, end):
        size = _length(table, norms, at, end)
        if not size:
            continue
        stop = min(end, at + size + reach)
        for i in range(at + size, stop):
            if norms[i] in ("but", ";", "however", "i", "im", "ive") or (norms[i] == "," and label is Label.FEARED):
                break
            if norms[i] not in MARKS:
                marks[i] = marks[i] or label
