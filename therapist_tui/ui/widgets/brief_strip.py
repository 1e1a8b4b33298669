"""The brief in a few lines above the note, where there is no room for it beside: every caution, and what changed."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from textual.content import Content

from therapist_tui.domain.agenda import Slot
from therapist_tui.domain.screening.values import Caution

from ..keys import ShownKey
from ..plain import flowed, one_line
from ..running import app_of
from .brief_text import Shown, since_line
from .levels import STYLES
from .lines import Lines

MOST, MOST_LOW = 6, 3
"""Lines of the strip; fewer where the terminal has less than `LOW` lines."""
LOW = 24
_TITLE_CELLS = (60, 40, 30, 22, 16)
"""To how many cells titles are cut, one after the other, until all cautions have room."""


class BriefStrip(Lines):
    """The titles of all cautions, and one line with what changed since the last note."""

    def __init__(self, zone: ZoneInfo, shown_key: ShownKey, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._zone, self._shown_key = zone, shown_key
        self._shown: Shown | None = None
        self._drawn: list[Content] = []

    def show(self, slot: Slot, day: date) -> None:
        """Show an appointment's brief."""
        self._shown = Shown(slot, day)
        self.fit()

    def fit(self) -> None:
        """Take as many lines as are needed on a terminal of this size."""
        if self._shown is None:
            return
        width, height = app_of(self).size
        before = self._drawn
        most = MOST if height >= LOW else MOST_LOW
        self._drawn = strip_lines(self._shown, self._zone, width - 2, most, self._shown_key("note.brief"))
        if len(self._drawn) != len(before):
            self.styles.height = len(self._drawn)
        self.refresh_changed(before, self._drawn)

    def line(self, y: int, width: int) -> Content:
        """One line, in from the edge as the status line above it is."""
        return Content.assemble(" ", self._drawn[y]).truncate(width) if y < len(self._drawn) else Content()


def strip_lines(brief_of: Shown, zone: ZoneInfo, width: int, most: int, key: str) -> list[Content]:
    """All cautions, a line each while there is room, else beside each other and cut; then what changed.

    Only where even that does not fit are the last ones counted instead of named: the worst stand first, and the status
    line has every level. `key` leads to the brief.
    """
    changed = since_line(brief_of, zone, width)
    return [*_cautions(brief_of.slot.brief.cautions, width, most - len(changed), key), *changed]


def _cautions(cautions: Sequence[Caution], width: int, room: int, key: str) -> list[Content]:
    lines = [_titled(one, width).truncate(width, ellipsis=True) for one in cautions]
    if len(lines) <= room:
        return lines
    parts: list[Content] = []
    for cells in _TITLE_CELLS:
        parts = [_titled(one, cells) for one in cautions]
        lines = flowed(parts, "   ", width)
        if len(lines) <= room:
            return lines
    return _counted(parts, width, room, key)


def _counted(parts: list[Content], width: int, room: int, key: str) -> list[Content]:
    """As many as fit with the count of the others behind them."""
    for shown in range(len(parts) - 1, -1, -1):
        more = Content.styled(f"… {len(parts) - shown} more: {key}", ".muted")
        lines = flowed([*parts[:shown], more], "   ", width)
        if len(lines) <= room:
            return lines
    return []


def _titled(caution: Caution, cells: int) -> Content:
    title = one_line(caution.title, ".strong").truncate(cells, ellipsis=True)
    return Content.assemble((f"{caution.level.glyph} {caution.level.word} ", STYLES[caution.level]), title)
