"""Short ways to make cautions for tests."""

from therapist_tui.domain.level import Level
from therapist_tui.domain.screening.values import Caution


def caution(level: Level, title: str, advice: str = "", spot: str = "", certification: str | None = None) -> Caution:
    """A caution of the whole session."""
    return Caution(level, "session", "test", title, "Because.", advice, spot=spot, certification=certification)
