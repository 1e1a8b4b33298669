"""How a caution's level looks: glyph and word always, colour beside them."""

from textual.content import Content

from therapist_tui.domain.level import Level

STYLES = {
    Level.ABSOLUTE: ".stop",
    Level.CLEARANCE: ".ask",
    Level.LOCAL: ".avoid",
    Level.PRECAUTION: ".adapt",
    Level.UNKNOWN: ".check",
}
WORD_WIDTH = 7
"""Cells of the widest "glyph word"."""


def label(level: Level) -> Content:
    """Glyph and word, padded to one width: "▲ ASK  "."""
    return Content.styled(f"{level.glyph} {level.word}".ljust(WORD_WIDTH), STYLES[level])
