"""Trends in a few cells: a sparkline of a goal's values."""

from collections.abc import Sequence

BARS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[float], cells: int) -> str:
    """The newest `cells` values as bars from the lowest to the highest of all; a single value gives no trend."""
    shown = values[-cells:] if cells > 0 else ()
    if len(values) < 2 or not shown:
        return ""
    low, high = min(values), max(values)
    span = high - low
    if span == 0:
        return BARS[3] * len(shown)
    return "".join(BARS[round((value - low) / span * (len(BARS) - 1))] for value in shown)
