"""The measures by their id, read once from the TOML files beside this module, and found by what is typed."""

from collections.abc import Iterator
from functools import cache

from therapist_tui.domain.text import folded

from .reading import shipped
from .values import Measure


@cache
def measures() -> dict[str, Measure]:
    """Every measure that ships, by id, in the order in which they are offered."""
    return shipped()


def measure_of(measure_id: str) -> Measure | None:
    """The measure with that id; None for one of the therapist's own."""
    return measures().get(measure_id) if measure_id else None


def find_measures(words: str) -> tuple[Measure, ...]:
    """The measures that every typed word is the beginning of a word of, the best first; none for no words.

    Best is the one whose name or short name was typed in full, then one whose name begins so, then the order of the
    files.
    """
    typed = folded(" ".join(words.split()))
    if not typed:
        return ()
    parts = _split(typed)
    fitting = [one for one, known in _words().items() if all(any(w.startswith(p) for w in known) for p in parts)]
    return tuple(measures()[one] for one in sorted(fitting, key=lambda one: _rank(measures()[one], typed)))


def _rank(measure: Measure, typed: str) -> int:
    title, short = folded(measure.title), folded(measure.short)
    if typed in (title, short):
        return 0
    return 1 if title.startswith(typed) or short.startswith(typed) else 2


@cache
def _words() -> dict[str, frozenset[str]]:
    return {one.id: frozenset(_words_of(one)) for one in measures().values()}


def _words_of(measure: Measure) -> Iterator[str]:
    for text in (measure.title, measure.short, measure.group, *measure.also):
        yield folded(text)
        yield from _split(folded(text))


def _split(text: str) -> list[str]:
    return text.replace(",", " ").replace("(", " ").replace(")", " ").split()
