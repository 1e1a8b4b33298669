"""The body map of one session, only to look at: nothing is highlighted, and what is marked stands below in words."""

from textual.strip import Strip

from therapist_tui.domain.body.figure import Spot
from therapist_tui.domain.shorthand.showing import told

from .body_map import BodyMap


class BodyStill(BodyMap, can_focus=False):
    """A map that takes no keys and no clicks."""

    def __init__(self) -> None:
        super().__init__(id="still")
        self.read_only = True
        self.disabled = True

    def _lit(self) -> frozenset[Spot]:
        return frozenset()

    def _words(self, width: int) -> Strip:
        text = "; ".join(told(mark) for mark in self.marks)
        text = text if len(text) <= width else f"{text[: max(0, width - 1)]}…"
        return self._text([(max(0, (width - len(text)) // 2), text)], width)
