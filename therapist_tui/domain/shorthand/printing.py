"""The canonical line of a reading: clear abbreviations, one clause for each mark; reading it gives the same marks."""

from collections.abc import Iterator

from ..body.marks import Finding, Mark, Place
from ..body.places import targets
from ..body.techniques import techniques
from ..health import Side
from .groups import UNKNOWN_PLACE
from .lexicon import finding_names, shipped, shorthand_table
from .values import Position, Reading, Work

_SIDES = {Side.NONE: "", Side.LEFT: "L", Side.RIGHT: "R", Side.BOTH: "B"}


def print_(reading: Reading) -> str:
    """The whole line, in the order of a note. What was not understood stands at the end, as typed."""
    return "; ".join(part for part in _parts(reading) if part)


def _parts(reading: Reading) -> Iterator[str]:
    yield from (_led("S:", words.typed) for words in reading.words("said"))
    yield from (words.typed for clause in reading.clauses for words in clause.quotes)
    for mark in (*reading.marks, *reading.pending):
        yield from print_mark(mark)
    yield _spaced([print_finding(finding) for finding in reading.found])
    if reading.pain:
        yield print_pain(reading.pain.before, reading.pain.after)
    yield from (_led("O:", words.typed) for words in reading.words("observed"))
    yield from (_work(work) for work in reading.works)
    if reading.positions:
        yield "pos " + ", ".join(_position(one) for one in reading.positions)
    if reading.pressure:
        yield "press " + "-".join(str(value) for value in dict.fromkeys(reading.pressure))
    yield from (_led("resp", words.typed) for words in reading.words("response"))
    yield from (_led("A:", words.typed) for words in reading.words("assessed"))
    yield from (_led("HEP", words.typed) for words in reading.words("home"))
    if reading.interval:
        yield reading.interval.short
    yield from (words.typed for words in reading.words("frequency"))
    yield from (_led("plan", words.typed) for words in reading.words("plan"))
    yield from (_led("next", words.typed) for words in reading.words("next"))
    yield from (words.typed for clause in reading.clauses for words in clause.rest)


def print_mark(mark: Mark, word: str = "", *, full: bool = False) -> Iterator[str]:
    """The clauses of one mark: one, or more where a side would carry over to a place that has none.

    `word` for the place and `full` names for the findings serve readers whose own abbreviations say something else.
    """
    where = print_place(mark.place, word)
    refers = _side_by_side(mark.refers_to, mark.place.side)
    findings = [print_finding(finding, full=full) for finding in mark.findings]
    said = [where, *findings, print_pain(mark.pain_before, mark.pain_after)]
    said.append(
        f"{_SIDES[mark.worse]}>{'R' if mark.worse is Side.LEFT else 'L'}" if mark.worse is not Side.NONE else ""
    )
    first, *others = refers or [()]
    yield _spaced([*said, _refers(first)])
    for places in others:
        yield _spaced([where, _refers(places)])


def print_place(place: Place, word: str = "") -> str:
    """A place in shorthand: "L medial gastroc"; `word` instead of the one we print by default."""
    known = targets().get(place.target)
    name = place.level or word or (known.written if known else place.target.removeprefix(UNKNOWN_PLACE))
    return " ".join(part for part in (_SIDES[place.side], *place.qualifiers, name) if part)


def _side_by_side(places: tuple[Place, ...], spoken: Side) -> list[tuple[Place, ...]]:
    """The places in runs in which no side carries over to a paired place that has none."""
    runs: list[tuple[Place, ...]] = []
    said = Side.NONE
    for place in places:
        known = targets().get(place.target)
        carried = said is not Side.NONE and place.side is Side.NONE and bool(known and known.paired)
        if carried or not runs:
            runs.append(())
            said = spoken
        runs[-1] = (*runs[-1], place)
        said = place.side if place.side is not Side.NONE else said
    return runs


def _refers(places: tuple[Place, ...]) -> str:
    return "ref " + ", ".join(print_place(place) for place in places) if places else ""


def print_finding(finding: Finding, *, full: bool = False) -> str:
    """A finding in shorthand: "TrP++", "no TTP"; by its name when `full`."""
    found = None if full else shorthand_table("finding").get(finding.id, {}).get("short")
    word = str(found[0]) if found else finding_names().get(finding.id, finding.id)
    return ("" if finding.present else "no ") + word + "+" * (finding.grade or 0)


def print_pain(before: int | None, after: int | None) -> str:
    """Pain in shorthand: "7/10", "7>3", "after 3/10", or nothing."""
    if before is None:
        return "" if after is None else f"after {after}/10"
    return f"{before}/10" if after is None else f"{before}>{after}"


def _work(work: Work) -> str:
    names = " + ".join(_technique(one) for one in work.techniques)
    minutes = "" if work.minutes is None else f" {work.minutes}m"
    places = ", ".join(print_place(place) for place in work.places)
    return f"{names}{minutes}{' ' if places else ''}{places}"


def _technique(key: str) -> str:
    one = techniques()[key]
    return (*one.short, *one.exact, one.name)[0]


def _position(position: Position) -> str:
    return " ".join(part for part in (position.name, _SIDES[position.side]) if part)


def _led(lead: str, text: str) -> str:
    return f"{lead} {text}"


def _spaced(parts: list[str]) -> str:
    """Parts with blanks between them; with a comma where two would read as one word of the dictionary."""
    line = ""
    last = ""
    for part in filter(None, parts):
        merges = last and shipped().find(f"{last.split(' ')[-1]} {part.split(' ')[0]}")
        line += (", " if merges else " " if line else "") + part
        last = part
    return line
