"""What a section of the chart is made of: rows to choose from, and the chosen one in full."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from textual.content import Content

from therapist_tui.domain.body.marks import Mark
from therapist_tui.domain.edits import Edit
from therapist_tui.domain.when import show_day, show_short

from ..keys import ShownKey
from ..plain import one_line, shown, wrapped

LABEL = 13
"""Cells for what a line of the detail is about."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What the drawing of a section needs to know besides its record."""

    zone: ZoneInfo
    today: date
    """The day that the chart is of: today, or the day that it stood on."""
    masked: bool
    shown_key: ShownKey
    past: bool = False
    """Whether it is of an earlier day: nothing can be done to it then."""

    def hint(self, action_id: str, does: str) -> str:
        """What a key does, to be named where it acts; nothing for an earlier day."""
        return "" if self.past else f"{self.shown_key(action_id)} {does}"

    def short(self, day: date) -> str:
        """A day as short as it can be told apart from the others."""
        return show_short(day, self.today)

    def day_of(self, moment: datetime) -> date:
        """The practice's day at a moment."""
        return moment.astimezone(self.zone).date()

    def moment(self, moment: datetime) -> str:
        """A moment in full: "Mon 9 Nov 2026 10:05"."""
        local = moment.astimezone(self.zone)
        return f"{show_day(local.date())} {local:%H:%M}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. `entry` is what the keys act on, None for a heading; `key` finds it again."""

    key: str
    draw: Callable[[int], Content]
    entry: Any = None


class Page:
    """One section of the chart: its list, and any entry of it in full."""

    rows: Sequence[Row] = ()

    def detail(self, entry: Any, width: int, height: int, /) -> list[Content]:
        """The entry in lines of that width; what is longer than `height` can be scrolled."""
        raise NotImplementedError

    def marks(self, _entry: Any, /) -> tuple[Mark, ...]:
        """What the entry marks on the body."""
        return ()


BLANK = Row("blank", lambda _: Content())
GROUP = "group-"
"""How the keys of headings begin."""


def heading(title: str, hint: str = "", key: str = "") -> Row:
    """A line that names what follows, with the key that adds to it."""

    def draw(width: int) -> Content:
        return Content.assemble((title, ".title"), "   ", (hint, ".muted")).truncate(width, ellipsis=True)

    return Row(f"{GROUP}{key or title}", draw)


def nothing(key: str, text: str = "nothing on file") -> Row:
    """A line that says that there is nothing."""
    return Row(key, lambda _: Content.styled(f"  {text}", ".muted"))


def listed(pairs: Sequence[tuple[str, str]], width: int) -> list[Content]:
    """Label and text a line, longer texts below each other; pairs without text are left out."""
    lines: list[Content] = []
    for label, text in pairs:
        if not text.strip():
            continue
        parts = [
            part for one in shown(text.strip()).split("\n") for part in (wrapped(one, width - LABEL) or [Content()])
        ]
        for number, part in enumerate(parts):
            head = f"{label:<{LABEL}}" if not number else " " * LABEL
            lines.append(Content.assemble((head, ".muted"), part))
    return lines


def told_edits(edits: Sequence[Edit], looks: Looks, width: int) -> list[Content]:
    """Who made and changed it, newest first: what was said before stands beside what is said now."""
    lines: list[Content] = []
    for one in reversed(edits):
        by = f" by {one.by}" if one.by else ""
        head = Content.assemble((f"{one.what} ", ".muted"), one_line(f"{looks.moment(one.at)}{by}"))
        lines += wrapped(head, width)
        for said in one.said:
            lines += [Content.assemble("  ", part) for part in wrapped(one_line(said, ".muted"), width - 2)]
    return [Content(), Content.styled("Who and when", ".title"), *lines] if lines else []
