"""The work done in a session: techniques with their minutes, as one line reads and shows them."""

import re
from dataclasses import dataclass

from .text import clean_line


@dataclass(frozen=True, slots=True)
class Treatment:
    """One technique as it was used; `minutes` is None when no time was noted."""

    technique: str
    minutes: int | None = None


TECHNIQUE_LIMIT = 500
"""Characters of one technique: as many as its field in the note takes, so that nothing typed there is cut off."""

_MINUTES = re.compile(
    # After a blank the unit may be left out; a number that belongs to a word (C5-C6, 10-15, 1.5) is no time.
    r"(?P<technique>.*\S)\s+(?P<minutes>\d{1,3})\s*(?:m|mins?|minutes?|['’])?\.?"
    r"|(?P<word>(?:.*\s)?[^\W\d_]+)(?P<glued>\d{1,3})\s*(?:m|mins?|minutes?|['’])\.?",
    re.IGNORECASE,
)


def read_treatments(line: str) -> tuple[Treatment, ...]:
    """The techniques of a line such as "MFR 25, trigger point 10 min; stretching".

    Commas, semicolons and line ends part them. A number at the end is minutes when it stands alone or has its unit
    ("MFR 25", "MFR25m"); everything else is kept whole ("C5-C6", "L5").
    """
    found: list[Treatment] = []
    for part in re.split(r"[,;\n]", line):
        text = clean_line(part, TECHNIQUE_LIMIT)
        if match := _MINUTES.fullmatch(text):
            found.append(Treatment(match["technique"] or match["word"], int(match["minutes"] or match["glued"])))
        elif text:
            found.append(Treatment(text))
    return tuple(found)


def show_treatments(treatments: tuple[Treatment, ...]) -> str:
    """The line that `read_treatments` reads back to the same techniques."""
    return ", ".join(
        f"{one.technique} {one.minutes}" if one.minutes is not None else one.technique for one in treatments
    )
