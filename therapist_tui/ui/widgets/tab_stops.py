"""The stops of an expanded snippet: they move with what is typed, and are gone once something else is edited."""

from collections.abc import Sequence

from therapist_tui.domain.shorthand.snippets import Stop


class TabStops:
    """Where tab goes in a line."""

    def __init__(self) -> None:
        self._line = ""
        self._stops: list[Stop] = []
        self._at = 0

    def __bool__(self) -> bool:
        return bool(self._stops)

    def enter(self, line: str, stops: Sequence[Stop]) -> None:
        """Begin with the first stop of a line."""
        self._line, self._stops, self._at = line, [*stops], 0

    def leave(self) -> None:
        """Tab means something else again."""
        self._stops = []

    def go(self, by: int) -> Stop | None:
        """The stop so many further on; None, and no more stops, after the last one."""
        self._at = max(0, self._at + by)
        if self._at >= len(self._stops):
            self.leave()
            return None
        return self._stops[self._at]

    def follow(self, line: str) -> None:
        """The line was edited. Within the stop it grows or shrinks; anywhere else the snippet is done with."""
        if not self._stops:
            return
        here, before = self._stops[self._at], self._line
        by = len(line) - len(before)
        end = here.end + by
        if end < here.start or line[: here.start] != before[: here.start] or line[end:] != before[here.end :]:
            self.leave()
            return
        self._stops = [
            Stop(here.start, end) if stop is here else stop.moved(by) if stop.start >= here.end else stop
            for stop in self._stops
        ]
        self._line = line
