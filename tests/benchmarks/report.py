"""The table: medians, the slowest twentieth, and the ratio with an interval that says how much of it is chance."""

import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

RESAMPLES = 2000
TARGETS = {
    "first frame ms": 1.15,
    "next row ms": 2.0,
    "shorthand key ms": 2.0,
    "chart of a year ms": 1.0,
    "chart of 20 years ms": 1.5,
}
"""Issue 2, «Must hold» 7; issue 4, «Must hold» 2; issue 5, «Must hold» 2; issue 8, «Must hold» 1: the chart of a year is held against the note
of the same client, that of twenty years against the chart of a year."""
HEADER = ("measure", "n", "ours", "p95", "bare", "p95", "ratio", "95 % interval", "target")


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table. The interval is of the ratio of medians, rounds drawn again with replacement."""

    name: str
    count: int
    ours: float
    ours_p95: float
    bare: float | None = None
    bare_p95: float | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    target: float | None = None


def measure(name: str, ours: Sequence[Sequence[float]], bare: Sequence[Sequence[float]]) -> Measure:
    """From the samples of each round of both programs."""
    mine = [value for values in ours for value in values]
    theirs = [value for values in bare for value in values]
    if not theirs or not median(theirs):
        return Measure(name, len(mine), median(mine), percentile(mine, 0.95))
    low, high = interval([(median(a), median(b)) for a, b in zip(ours, bare, strict=True) if a and b])
    ratio = median(mine) / median(theirs)
    return Measure(
        name, len(mine), median(mine), percentile(mine, 0.95), median(theirs), percentile(theirs, 0.95),
        ratio, low, high, TARGETS.get(name),
    )  # fmt: skip


def interval(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """95 % of the bootstrap's ratios of medians."""
    chance = random.Random(1)
    ratios: list[float] = []
    for _ in range(RESAMPLES):
        drawn = chance.choices(pairs, k=len(pairs))
        ratios.append(median(mine for mine, _ in drawn) / median(theirs for _, theirs in drawn))
    return percentile(ratios, 0.025), percentile(ratios, 0.975)


def percentile(values: Sequence[float], part: float) -> float:
    """Linear between the two values beside it."""
    ordered = sorted(values)
    at = (len(ordered) - 1) * part
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def table(measures: Sequence[Measure]) -> str:
    """For reading."""
    rows = [HEADER, *(_row(one) for one in measures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def as_markdown(measures: Sequence[Measure]) -> str:
    """For the README."""
    lines = [HEADER, ("---", *["---:"] * (len(HEADER) - 1)), *(_row(one) for one in measures)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_json(measures: Sequence[Measure]) -> list[dict[str, object]]:
    """For keeping."""
    return [asdict(one) for one in measures]


def _row(one: Measure) -> tuple[str, ...]:
    verdict = "" if one.target is None or one.ratio is None else "met" if one.ratio <= one.target else "ABOVE"
    chance = "" if one.low is None else f"{one.low:.2f} … {one.high:.2f}"
    goal = "" if one.target is None else f"≤ {one.target:g} {verdict}"
    ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
    numbers = (_shown(one.ours), _shown(one.ours_p95), _shown(one.bare), _shown(one.bare_p95))
    return (one.name, str(one.count), *numbers, ratio, chance, goal)


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}" if value < 1000 else f"{value:.0f}"
