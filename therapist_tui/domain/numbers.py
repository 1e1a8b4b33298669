"""Measured values as people type and read them."""

import re

from .errors import PracticeError


class NotANumber(PracticeError):
    """That is no number. Type the new value, e.g. 62 or 3.5."""


class TwoWaysToRead(NotANumber):
    """That could be thousands or decimals. Type it without the comma or with a point, e.g. 1200 or 1.2."""


class NumberTooLarge(NotANumber):
    """That number is too large: values lie below a million."""


_NUMBER = re.compile(r"[+-]?(\d+[.,]?\d*|[.,]\d+)")
_THOUSANDS = re.compile(r"[+-]?[^\D0]\d{0,2},\d{3}")


def read_value(words: str) -> float:
    """A measured value as typed: "62", "3.5", "3,5", kept to a millionth. Raises NotANumber.

    "1,200" is refused rather than taken for 1.2; NaN, infinity and exponents are no values.
    """
    text = words.strip().replace("−", "-")
    if not _NUMBER.fullmatch(text):
        raise NotANumber
    if _THOUSANDS.fullmatch(text):
        raise TwoWaysToRead
    value = round(float(text.replace(",", ".")), 6)
    if not abs(value) < 1_000_000:
        raise NumberTooLarge
    return value + 0.0  # no "-0"


def show_value(value: float, unit: str = "") -> str:
    """A value as people write it: "62°", "3.5 kg", "40 %"."""
    number = f"{value:.6f}".rstrip("0").rstrip(".")
    number = "0" if number == "-0" else number
    if not unit or unit in ("/10", "°"):
        return f"{number}{unit}"
    return f"{number} {unit}"
