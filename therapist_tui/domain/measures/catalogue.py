"""The measures by their id, read once from the TOML files beside this module."""

from functools import cache

from .values import Measure


@cache
def measures() -> dict[str, Measure]:
    """Every measure that ships, by id, in the order in which they are offered."""
    return {}


def measure_of(measure_id: str) -> Measure | None:
    """The measure with that id; None for one of the therapist's own."""
    return measures().get(measure_id)
