"""Readings in a text (blood pressure, temperature, sugar, platelets, A1c) turned into classes of words.

The thresholds are general medical convention (general-knowledge), not read in a massage source.
"""

import re
from collections.abc import Iterator

_PRESSURE = re.compile(r"(?<![\d/])(?P<top>\d{2,3})\s?/\s?(?P<low>\d{2,3})(?![\d/])")
_PRESSURE_WORDS = re.compile(r"(?P<top>\d{3})\s+over\s+(?P<low>\d{2,3})\b", re.IGNORECASE)
_TEMPERATURE = re.compile(
    r"(?<![\d./])(?P<deg>1\d\d(?:\.\d)?|3\d[.,]\d|4[01](?:[.,]\d)?)(?=\s*(?:°|deg|f\b|c\b|fever|temp|$|[\s,;.)]))",
    re.IGNORECASE,
)
_FEVERISH = re.compile(r"fever|temp|°|degree|febrile|thermometer|running a", re.IGNORECASE)
_PLATELETS = re.compile(r"(?:platelets?|plt)\D{0,25}?(?P<n>\d{1,3})(?:[.,]\d+)?\s*(?:k|,000|000|x|\b)", re.IGNORECASE)
_SUGAR = re.compile(r"(?:sugar|glucose|bg|bs|reading|meter)\D{0,25}?(?P<n>\d{2,3})(?![\d/.])", re.IGNORECASE)
_A1C = re.compile(r"a1c\D{0,12}?(?P<n>\d{1,2}(?:\.\d)?)", re.IGNORECASE)
_DATE_BEFORE = re.compile(r"(?:on|since|dated|infusion|dose)\s*$", re.IGNORECASE)


def readings(text: str) -> Iterator[tuple[str, int, int]]:
    """The classes that the figures of a text stand for, each with its span."""
    yield from _pressures(text)
    yield from _temperatures(text)
    for match in _PLATELETS.finditer(text):
        count = int(match.group("n"))
        if count < 100:
            yield "@platelets-low", match.start(), match.end()
        if count < 20:
            yield "@platelets-verylow", match.start(), match.end()
    for match in _SUGAR.finditer(text):
        value = int(match.group("n"))
        if 20 <= value < 70:
            yield "@sugar-low", match.start(), match.end()
        if value >= 250:
            yield "@sugar-high", match.start(), match.end()
        if value >= 400:
            yield "@sugar-veryhigh", match.start(), match.end()
    for match in _A1C.finditer(text):
        if float(match.group("n")) >= 9:
            yield "@a1c-high", match.start(), match.end()


def _pressures(text: str) -> Iterator[tuple[str, int, int]]:
    for pattern in (_PRESSURE, _PRESSURE_WORDS):
        for match in pattern.finditer(text):
            top, low = int(match.group("top")), int(match.group("low"))
            if not (70 <= top <= 280 and 35 <= low <= 160 and top > low) or _DATE_BEFORE.search(text[: match.start()]):
                continue
            for name, high, under in (("@bp-raised", 140, 90), ("@bp-high", 160, 100), ("@bp-crisis", 180, 120)):
                if top >= high or low >= under:
                    yield name, match.start(), match.end()


def _temperatures(text: str) -> Iterator[tuple[str, int, int]]:
    if not _FEVERISH.search(text):
        return
    for match in _TEMPERATURE.finditer(text):
        degrees = float(match.group("deg").replace(",", "."))
        if 100.4 <= degrees <= 108 or 38.0 <= degrees <= 42:
            yield "@fever-reading", match.start(), match.end()
