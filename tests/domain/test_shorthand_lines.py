"""The table of lines: what therapists type, and what it says."""

from importlib.resources import files

import pytest

from therapist_tui.domain.body.marks import Finding, Mark, Place
from therapist_tui.domain.health import Side
from therapist_tui.domain.shorthand import Reading, read

SIDES = {Side.NONE: "-", Side.LEFT: "L", Side.RIGHT: "R", Side.BOTH: "B"}


def table() -> list[tuple[str, str]]:
    text = files("tests.domain").joinpath("data/shorthand_lines.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "=>" in line and not line.startswith("#")]
    return [(typed.strip(), facts.strip()) for typed, facts in (line.split(" => ") for line in lines)]


def place(one: Place) -> str:
    return f"{SIDES[one.side]}:{one.target}"


def finding(one: Finding) -> str:
    return ("" if one.present else "!") + one.id + (f"+{one.grade}" if one.grade else "")


def pain(before: int | None, after: int | None) -> list[str]:
    if before is None and after is None:
        return []
    return [f"{before}" if after is None else f"{before}>{after}"]


def mark(one: Mark) -> str:
    parts = [f"m {place(one.place)}", *(f"~{word}" for word in one.place.qualifiers)]
    parts += [f"={one.place.level}"] if one.place.level else []
    parts += [*(finding(found) for found in one.findings), *pain(one.pain_before, one.pain_after)]
    parts += [f"->{place(other)}" for other in one.refers_to]
    parts += [f"worse:{SIDES[one.worse]}"] if one.worse is not Side.NONE else []
    return " ".join(parts)


def facts(reading: Reading) -> list[str]:
    found = [mark(one) for one in reading.marks]
    for work in reading.works:
        minutes = "-" if (work.minutes is None and work.places) or work.minutes is None else str(work.minutes)
        found.append(" ".join([f"w {'+'.join(work.techniques)} {minutes}", *(f"@{place(one)}" for one in work.places)]))
    found += [
        f"pos {one.name}{':' + SIDES[one.side] if one.side is not Side.NONE else ''}" for one in reading.positions
    ]
    if reading.pressure:
        low, high = reading.pressure
        found.append(f"press {low}" if low == high else f"press {low}-{high}")
    found += [f"resp {words.expanded}" for words in reading.words("response")]
    found += [f"home {words.typed}" for words in reading.words("home")]
    found += [f"next {words.typed}" for words in reading.words("next")]
    found += [f"plan {words.typed}" for words in reading.words("plan")]
    found += [f"said {words.typed}" for words in reading.words("said")]
    found += [f"freq {words.typed}" for words in reading.words("frequency")]
    found += [f"every {reading.interval.short}"] if reading.interval else []
    found += ["f " + " ".join(finding(one) for one in reading.found)] if reading.found else []
    found += ["pain " + pain(reading.pain.before, reading.pain.after)[0]] if reading.pain else []
    found += [f"ask {ask.text}" for ask in reading.asks]
    return found + [f"unread {part.text}" for part in reading.unread]


@pytest.mark.parametrize(("typed", "said"), table(), ids=[typed for typed, _ in table()])
def test_line_says_what_the_table_says(typed: str, said: str) -> None:
    assert sorted(facts(read(typed))) == sorted(fact.strip() for fact in said.split("|") if fact.strip())
