"""The body map's hand in the shorthand line: one place's mark is changed, all else stays as it was typed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..body.marks import Finding, Mark, Place
from ..body.places import targets
from ..health import Side
from .lexicon import finding_names
from .printing import print_, print_finding, print_mark, print_pain
from .reader import NO_OWN, merged, read
from .scan import QUOTES
from .values import Clause, Kind, Reading, Token, Words

_SAID = (Kind.FINDING, Kind.GRADE, Kind.PAIN, Kind.NUMBER, Kind.NEGATION, Kind.WORSE, Kind.REFERS)
_SINGLE = (
    "pressure", "pain", "said", "observed", "assessed", "response", "home", "plan", "next", "interval", "frequency",
)  # fmt: skip
_BESIDE = ("pending", "works", "positions", "found", "quotes", "rest", *_SINGLE)
"""What a clause holds beside its marks."""


def marked(line: str, mark: Mark, own: Mapping[str, str] = NO_OWN) -> str:
    """The line in which exactly this mark stands for its place; none, when the mark says nothing.

    Where it can be, only the words that change are changed ("L trap 7" becomes "L trap 7>3"); else the place gets a
    clause of its own. Clauses about other places, and text, stay to the letter. Never raises; the line may grow.
    """
    reading = read(line, own)
    wanted = {one.place: one for one in reading.marks if one.place != mark.place}
    if says(mark):
        wanted[mark.place] = mark
    if _by_place(reading) == wanted:
        return line
    for found in _tries(reading, mark, own):
        after = read(found, own)
        if _by_place(after) == wanted and _same_beside(reading, after):
            return found
    return _as_text(reading, mark, own)


def says(mark: Mark) -> bool:
    """Whether a mark says anything of its place."""
    numbers = (mark.pain_before, mark.pain_after)
    return bool(mark.findings or mark.refers_to) or numbers != (None, None) or mark.worse is not Side.NONE


def _by_place(reading: Reading) -> dict[Place, Mark]:
    return {one.place: one for one in reading.marks}


def _same_beside(before: Reading, after: Reading) -> bool:
    """Whether two lines say the same but for their marks."""
    return _beside(before.clauses) == _beside(after.clauses) and [one.text for one in before.asks] == [
        one.text for one in after.asks
    ]


def _beside(clauses: tuple[Clause, ...]) -> list[object]:
    found: list[tuple[str, object]] = []
    for part in _BESIDE:
        for value in (getattr(clause, part) for clause in clauses):
            several = part not in _SINGLE
            found += [(part, one) for one in (value if several else (value,)) if one is not None]
    # A quote that is left alone in its clause is what the client said; it is the same quote.
    quotes = [one for part, one in found if part == "quotes" or (part == "said" and _is_quote(one))]
    return [*quotes, *((part, one) for part, one in found if one not in quotes)]


def _is_quote(words: object) -> bool:
    return isinstance(words, Words) and bool(QUOTES.fullmatch(words.typed))


# The ways to do it, the gentlest first


def _tries(reading: Reading, mark: Mark, own: Mapping[str, str]) -> Iterator[str]:
    carrying = [at for at, one in enumerate(reading.clauses) if any(m.place == mark.place for m in one.marks)]
    if not carrying:
        yield from _added(reading, mark, own)
        return
    old = next(one for one in reading.marks if one.place == mark.place)
    if says(mark):
        for text in _edits(reading, carrying[-1], old, mark):
            yield _with(reading, {carrying[-1]: text})
        yield _after(reading, carrying[-1], _written(_difference(old, mark), own))
    cleared = {at: _cleared(reading, reading.clauses[at], mark.place, own) for at in carrying}
    text = _written(mark, own) if says(mark) else ""
    yield _with(reading, {**cleared, carrying[0]: _joined(text, cleared[carrying[0]])})


def _added(reading: Reading, mark: Mark, own: Mapping[str, str]) -> Iterator[str]:
    """A clause of its own, after the last one about the body; at the end where there is none."""
    last = next((at for at in reversed(range(len(reading.clauses))) if reading.clauses[at].marks), None)
    text = _written(mark, own)
    yield _after(reading, len(reading.clauses) - 1 if last is None else last, text)
    yield _at_end(reading.line, text)


def _written(mark: Mark, own: Mapping[str, str]) -> str:
    """A mark in shorthand; by another of its names where the user's own list reads our short one otherwise."""
    known = targets().get(mark.place.target)
    names = dict.fromkeys(("", known.name, *known.short, *known.also) if known else ("",))
    found = ("; ".join(print_mark(mark, name, full=full)) for full in (False, True) for name in names)
    return next((text for text in found if read(text, own).marks == (mark,)), "; ".join(print_mark(mark)))


def _difference(old: Mark, new: Mark) -> Mark:
    """What a later clause has to say so that the new mark stands (`Mark.merged`)."""
    return Mark(
        new.place,
        tuple(one for one in new.findings if one not in old.findings),
        new.pain_before if new.pain_before != old.pain_before else None,
        new.pain_after if new.pain_after != old.pain_after else None,
        tuple(one for one in new.refers_to if one not in old.refers_to),
        new.worse if new.worse is not old.worse else Side.NONE,
    )


def _edits(reading: Reading, at: int, old: Mark, new: Mark) -> Iterator[str]:
    """One clause with a finding cut or added, and pain changed where it stands."""
    clause = reading.clauses[at]
    spans: list[tuple[int, int, str]] = []
    added = [print_finding(one) for one in new.findings if one not in old.findings]
    gone = {finding_names().get(one.id, one.id) for one in old.findings if _without_grade(one) not in _ids(new)}
    spans += [(one.start, one.end, "") for one in clause.tokens if one.kind is Kind.FINDING and one.meaning in gone]
    pain = print_pain(new.pain_before, new.pain_after)
    if (old.pain_before, old.pain_after) != (new.pain_before, new.pain_after):
        numbers = [one for one in clause.tokens if one.kind in (Kind.PAIN, Kind.NUMBER)]
        spans += [(numbers[-1].start, numbers[-1].end, pain)] if numbers else []
        added += [pain] if pain and not numbers else []
    text = _spliced(reading.line, clause, spans)
    for sign in (" ", ", "):
        yield sign.join((text, " ".join(added))) if added else text


def _ids(mark: Mark) -> set[tuple[str, bool]]:
    return {_without_grade(one) for one in mark.findings}


def _without_grade(finding: Finding) -> tuple[str, bool]:
    return finding.id, finding.present


# Taking a place out of a clause that says other things too


def _cleared(reading: Reading, clause: Clause, place: Place, own: Mapping[str, str]) -> str:
    """The clause without the place's mark; "" when nothing else is in it."""
    for text in ("", *_cuts(reading.line, clause, place)):
        if _clears(read(text, own), clause, place):
            return text
    return _rewritten(reading, clause, place)


def _clears(found: Reading, clause: Clause, place: Place) -> bool:
    others = merged(one for one in clause.marks if one.place != place)
    asks = [one.text for one in clause.asks]
    same = _beside((clause,)) == _beside(found.clauses) and asks == [one.text for one in found.asks]
    return same and found.marks == others


def _cuts(line: str, clause: Clause, place: Place) -> Iterator[str]:
    """The clause with the place's words cut out of it, or with all that is said of places."""
    known = targets().get(place.target)
    names = (place.level, known.name if known else place.target)
    tokens = clause.tokens
    for at, token in enumerate(tokens):
        if token.kind is Kind.PLACE and token.meaning in names:
            for first in dict.fromkeys((at, _with_side(tokens, at))):
                yield from _cut(line, clause, first, at)
    said = [(one.start, one.end, "") for one in tokens if one.kind in _SAID]
    yield _spliced(line, clause, said)


def _with_side(tokens: tuple[Token, ...], at: int) -> int:
    while at > 0 and tokens[at - 1].kind in (Kind.SIDE, Kind.QUALIFIER):
        at -= 1
    return at


def _cut(line: str, clause: Clause, first: int, last: int) -> Iterator[str]:
    """The clause without some tokens, and without the comma after or before them."""
    tokens = clause.tokens
    after = last + 1 < len(tokens) and tokens[last + 1].kind is Kind.JOIN
    before = first > 0 and tokens[first - 1].kind is Kind.JOIN
    for a, b in ((first - before, last), (first, last + after)) if before else ((first, last + after), (first, last)):
        yield _spliced(line, clause, [(tokens[a].start, tokens[b].end, "")])


def _spliced(line: str, clause: Clause, spans: list[tuple[int, int, str]]) -> str:
    """The clause's text with parts replaced; where something is cut out, one blank stays."""
    text, end = "", clause.start
    for start, stop, new in sorted(spans):
        text += line[end:start]
        text = text if new else text.rstrip()
        text += new
        end = stop
        if not new and not text:
            end = stop + len(line[stop : clause.end]) - len(line[stop : clause.end].lstrip())
    return (text + line[end : clause.end]).strip()


def _rewritten(reading: Reading, clause: Clause, place: Place) -> str:
    """The clause printed anew without the place; what its structure does not hold stands at its end, as typed."""
    kept = replace(clause, marks=tuple(one for one in clause.marks if one.place != place))
    marks = merged(kept.marks)
    return print_(Reading(reading.line, (kept,), (), marks, merged(kept.pending), kept.asks, ()))


def _as_text(reading: Reading, mark: Mark, own: Mapping[str, str]) -> str:
    """The last way: a clause that cannot be taken apart stays as text, what it said is printed, the mark is added."""
    parts: dict[int, str] = {}
    for at, clause in enumerate(reading.clauses):
        if any(one.place == mark.place for one in clause.marks):
            kept = f"O: {reading.line[clause.start : clause.end].strip()}"
            parts[at] = _joined(_rewritten(reading, replace(clause, rest=()), mark.place), kept)
    text = _written(mark, own) if says(mark) else ""
    return _at_end(_with(reading, parts), text)


# Lines from clauses


def _joined(*texts: str) -> str:
    return "; ".join(text for text in texts if text)


def _at_end(line: str, text: str) -> str:
    bare = line.rstrip()
    sign = " " if bare.endswith(";") or not bare else "; "
    return f"{bare}{sign}{text}".strip() if text else line


def _after(reading: Reading, at: int, text: str) -> str:
    """The line with a clause added after one of its clauses."""
    if at < 0:
        return _at_end(reading.line, text)
    clause = reading.clauses[at]
    end = clause.start + len(reading.line[clause.start : clause.end].rstrip())
    return f"{reading.line[:end]}; {text}{reading.line[end:]}"


def _with(reading: Reading, texts: Mapping[int, str]) -> str:
    """The line with some clauses replaced; one that is empty goes with its semicolon."""
    line, clauses = reading.line, reading.clauses
    found, end = "", 0
    for at, clause in enumerate(clauses):
        if at not in texts:
            continue
        start, stop = clause.start, clause.end
        if texts[at]:
            stop = start + len(line[start:stop].rstrip())
        elif at + 1 < len(clauses):
            stop = clauses[at + 1].start
        elif found or start > 0:
            start = max(end, clauses[at - 1].end) if at else start
        found += line[end:start] + texts[at]
        end = stop
    return found + line[end:]
