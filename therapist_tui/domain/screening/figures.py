"""Readings in a text (blood pressure, temperature, sugar, platelets, A1c) turned into classes of words.

The thresholds are general medical convention (general-knowledge), not read in a massage source.
"""

import re
from collections.abc import Iterator

_PRESSURE = re.compile(r"(?<![\d/])(?P<top>\d{2,3})\s?/\s?(?P<low>\d{2,3})(?![\d/])")
_PRESSURE_WORDS = re.compile(r"(?P<top>\d{3})\s+over\s+(?P<low>\d{2,3})\b", re.IGNORECASE)
_TEMPERATURE = re.compile(
    r"(?<![\d./])(?P<deg>1\d\d(?:\.\d)?|3\d[.,]\d|4[01][.,]\d)(?=\s*(?:°|deg|f\b|c\b|fever|temp|$|[\s,;.)]))",
    re.IGNORECASE,
)
# 38 to 41 without a decimal are ages and minutes too: they want the unit behind them, or the fever just before.
_WHOLE = re.compile(
    r"(?<![\d./,])(?P<unit>3[89]|4[01])(?=\s?(?:°|deg|c\b))(?!\s?(?:°|deg\w*)\s?f\b)"
    r"|(?:fever|\btemp(?:erature)?|febrile|thermometer|running an?)\b[^\d.;]{0,15}?\b(?P<said>3[89]|4[01])"
    r"(?![\d/%-]|[.,]\d|\s?(?:y|w(?:ee)?k|mo|min|kg|lb|day|x))",
    re.IGNORECASE,
)
_FEVERISH = re.compile(
    r"fever|\btemp(?:erature)?s?\b|febrile|thermometer|running a|(?:°|\bdeg(?:rees?)?)\s?[cf]\b", re.IGNORECASE
)
_DEGREES = re.compile(r"°|degree", re.IGNORECASE)
_CELSIUS = re.compile(r"\s?(?:°|deg(?:rees?)?)?\s?c\b", re.IGNORECASE)
_MOVEMENT = re.compile(r"rotat|flex|exten[ds]|duct|\brom\b|range|bend|version|straight leg|\bslr\b", re.IGNORECASE)
"""Joints are measured in degrees too."""
_PLATELETS = re.compile(r"(?:platelets?|plt)\D{0,25}?(?P<n>\d{1,3})(?:[.,]\d+)?\s*(?:k|,000|000|x|\b)", re.IGNORECASE)
_SUGAR = re.compile(r"(?:sugar|glucose|bg|bs|reading|meter)\D{0,25}?(?P<n>\d{2,3})(?![\d/.])", re.IGNORECASE)
_A1C = re.compile(r"a1c\D{0,12}?(?P<n>\d{1,2}(?:\.\d)?)", re.IGNORECASE)
_RADIATION = re.compile(r"\bX?RT\b|radi(?:ation|o)|\brads\b")
_FRACTION = re.compile(r"\b(?:fx|fraction|session|treatment)s?\s*#?\d{1,2}\s*(?:/|of)\s*\d{1,2}\b", re.IGNORECASE)
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
    if _RADIATION.search(text):
        for match in _FRACTION.finditer(text):
            yield "@fraction", match.start(), match.end()
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
    of_a_joint = bool(_MOVEMENT.search(text))
    if not _FEVERISH.search(text) and (of_a_joint or not _DEGREES.search(text)):
        return
    for match in _WHOLE.finditer(text):
        if match["unit"] and of_a_joint and not _CELSIUS.match(text, match.end()):
            continue
        yield "@fever-reading", match.start(), match.end()
    for match in _TEMPERATURE.finditer(text):
        degrees = float(match.group("deg").replace(",", "."))
        if 100.4 <= degrees <= 108 or 38.0 <= degrees <= 42:
            yield "@fever-reading", match.start(), match.end()
