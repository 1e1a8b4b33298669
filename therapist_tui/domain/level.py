"""The five levels of a caution, worst first, each with its glyph and its word: never colour alone."""

from enum import Enum


class Level(Enum):
    """How much a caution matters for a session; members stand worst first."""

    ABSOLUTE = "absolute"
    CLEARANCE = "clearance"
    LOCAL = "local"
    PRECAUTION = "precaution"
    UNKNOWN = "unknown"

    @property
    def rank(self) -> int:
        """0 for the worst; sort by it to have the worst first."""
        return _RANKS[self]

    @property
    def glyph(self) -> str:
        """One cell wide, told apart by shape, so that no colour is needed."""
        return _SHOWN[self][0]

    @property
    def word(self) -> str:
        """What the therapist is to do, in one capital word."""
        return _SHOWN[self][1]

    @property
    def meaning(self) -> str:
        """The level in a sentence, for help and for forms."""
        return _SHOWN[self][2]


_RANKS = {level: rank for rank, level in enumerate(Level)}
_SHOWN = {
    Level.ABSOLUTE: ("■", "STOP", "no massage today: refer, or call for help"),
    Level.CLEARANCE: ("▲", "ASK", "only with a physician's clearance on file"),
    Level.LOCAL: ("◆", "AVOID", "leave this region out"),
    Level.PRECAUTION: ("●", "ADAPT", "change pressure, position, technique, time"),
    Level.UNKNOWN: ("?", "CHECK", "history never asked, out of date, or text that was not recognised"),
}
