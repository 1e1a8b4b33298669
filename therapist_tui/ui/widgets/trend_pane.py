"""The goals of one client as plots or as tables of values, under each other on one axis of time."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID
from zoneinfo import ZoneInfo

from textual import events
from textual.content import Content

from therapist_tui.domain.goal import GoalProgress, thresholds_of
from therapist_tui.domain.measures.values import Threshold
from therapist_tui.domain.trend import Course, course_of, times_of
from therapist_tui.domain.when import show_short

from ..plain import flowed, one_line, spread, wrapped
from .lines import Lines
from .trend_plot import course_value, label_width, legend, plot
from .value_table import change_words, judged_words, value_lines

LEAST = 7
"""Lines that a plot has at least, with its title; with less room the list scrolls."""
MOST = 22


class Period(Enum):
    """How far back the plots go."""

    ALL = "from the baseline on"
    YEAR = "the last 12 months"
    QUARTER = "the last 3 months"


_DAYS = {Period.YEAR: 365, Period.QUARTER: 92}


class TrendPane(Lines, can_focus=True):
    """Plots or tables; one goal is highlighted, and may be shown alone."""

    def __init__(self, zone: ZoneInfo, now: Callable[[], datetime]) -> None:
        super().__init__(id="trends")
        self._zone, self._now = zone, now
        self._goals: tuple[GoalProgress, ...] = ()
        self._cursor, self._top = 0, 0
        self._drawn: list[Content] = []
        self._begins: list[int] = []
        self.alone, self.as_table, self.period = False, False, Period.ALL

    def show(self, goals: Sequence[GoalProgress], first: UUID | None = None) -> None:
        """Show these goals; the highlight goes to `first`, or stays on its goal."""
        kept = first or (self.goal.goal.id if self.goal else None)
        self._goals = tuple(goals)
        self._cursor = next((at for at, one in enumerate(goals) if one.goal.id == kept), 0)
        self._draw()

    @property
    def goal(self) -> GoalProgress | None:
        """The highlighted goal."""
        return self._goals[self._cursor] if self._cursor < len(self._goals) else None

    def move(self, step: int) -> None:
        """Highlight another goal; alone or in a table that is longer than the pane, the lines scroll first."""
        if self._scrolled(step):
            return
        self._cursor = max(0, min(self._cursor + step, len(self._goals) - 1))
        self._draw()

    def turn(self, *, alone: bool | None = None, as_table: bool | None = None) -> None:
        """Show one goal or all of them, as plots or as tables."""
        self.alone = self.alone if alone is None else alone
        self.as_table = self.as_table if as_table is None else as_table
        self._top = 0
        self._draw()

    def next_period(self) -> None:
        """Go on to the next period."""
        every = list(Period)
        self.period = every[(every.index(self.period) + 1) % len(every)]
        self._draw()

    def _scrolled(self, step: int) -> bool:
        """Whether there is more of what is shown in that direction, before the next goal."""
        height = self.size.height
        begin, end = self._block()
        if step > 0 and end > self._top + height:
            self._top = min(self._top + 1, len(self._drawn) - height)
        elif step < 0 and begin < self._top:
            self._top -= 1
        else:
            return False
        self.refresh()
        return True

    def _block(self) -> tuple[int, int]:
        """The lines of the highlighted goal."""
        if self.alone or not self._begins:
            return 0, len(self._drawn)
        ends = [*self._begins[1:], len(self._drawn)]
        return self._begins[self._cursor], ends[self._cursor]

    # What is drawn

    def on_resize(self) -> None:
        """Plots fill the pane."""
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Highlight the goal that was clicked."""
        at = event.y + self._top
        found = [number for number, begin in enumerate(self._begins) if begin <= at]
        if found and not self.alone:
            self._cursor = found[-1]
            self._draw()

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves on."""
        self.move(+1)

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves back."""
        self.move(-1)

    def line(self, y: int, width: int) -> Content:
        """One of the lines."""
        at = y + self._top
        return self._drawn[at].truncate(width) if at < len(self._drawn) else Content()

    def _draw(self) -> None:
        before = self._drawn[self._top : self._top + self.size.height]
        width, height = self.size.width, self.size.height
        courses = [course_of(one, self._zone) for one in self._goals]
        if not courses or width < 4 or height < 1:
            self._drawn, self._begins = [], []
            self.refresh()
            return
        shown = [courses[self._cursor]] if self.alone else courses
        blocks = self._tables(shown, width) if self.as_table else self._plots(shown, width, height)
        self._begins, self._drawn = [], []
        for block in blocks:
            self._begins.append(len(self._drawn))
            self._drawn += block
        self._follow(height)
        self.refresh_changed(before, self._drawn[self._top : self._top + height])

    def _follow(self, height: int) -> None:
        begin, end = self._block()
        self._top = max(0, min(self._top, len(self._drawn) - height))
        if not self.alone:
            self._top = min(max(self._top, min(begin, end - height)), begin)

    def _plots(self, courses: Sequence[Course], width: int, height: int) -> list[list[Content]]:
        since = self._now() - timedelta(days=_DAYS[self.period]) if self.period in _DAYS else None
        cut = [one.since(since) if since else one for one in courses]
        times = times_of(cut, self._zone)
        below = flowed(legend(cut), "   ", width)
        figures = _thresholds(courses[0], width) if self.alone else []
        room = height - len(below) - len(figures)
        each = max(LEAST, min(MOST if len(cut) > 1 else room, room // len(cut)))
        labels = max(label_width(one, each) for one in cut)
        blocks: list[list[Content]] = []
        for number, one in enumerate(cut):
            dated = each > LEAST or number == len(cut) - 1
            title = self._title(one, number, width)
            blocks.append([title, *plot(one, times, width, each - 1, labels, dated=dated)])
        blocks[-1] += [*figures, *below]
        return blocks

    def _tables(self, courses: Sequence[Course], width: int) -> list[list[Content]]:
        return [
            [
                self._title(one, number, width),
                *(Content.assemble("  ", line) for line in value_lines(one, self._zone, width - 2)),
                Content(),
            ]
            for number, one in enumerate(courses)
        ]

    def _title(self, course: Course, number: int, width: int) -> Content:
        on = self.alone or number == self._cursor
        name = Content.assemble(("▌" if on else " ", ".accent"), one_line(course.goal.title, ".title"))
        return spread(name, self._facts(course, width - min(24, name.cell_length) - 2), width)

    def _facts(self, course: Course, room: int) -> Content:
        """Latest and target, percent, how the change is judged, when it is due: as many as there is room for."""
        goal, progress = course.goal, course.progress
        judged = progress.judged
        latest = Content.assemble(
            one_line(course_value(course, progress.latest), ".strong"),
            " ",
            one_line(f"→ {course_value(course, goal.target)}", ".muted"),
        )
        change = Content.assemble(one_line(change_words(course, judged)), " ", judged_words(judged))
        due = f"due {show_short(goal.due_on, self._now().date())}" if goal.due_on else ""
        status = "" if goal.status.open else goal.status.value
        glyph = Content.assemble(one_line(change_words(course, judged)), " ", judged_words(judged).truncate(1))
        percent, when = Content(f"{progress.percent:.0f} %"), one_line(status or due, ".muted")
        for parts in ((latest, change, percent, when), (latest, change, percent), (latest, glyph, percent), (latest,)):
            line = Content("   ").join([one for one in parts if one])
            if line.cell_length <= room:
                break
        return line


def _thresholds(course: Course, width: int) -> list[Content]:
    """From which change on it counts, in which people that was found, and who says so."""
    named = zip(("real", "meaningful"), thresholds_of(course.goal), strict=True)
    lines = [_threshold(course, word, one, width) for word, one in named if one]
    if not lines:
        unknown = "No measurement error is known for this measure: a change is shown, not judged."
        return wrapped(Content.styled(unknown, ".muted"), width)
    return [line for part in lines for line in part]


def _threshold(course: Course, word: str, one: Threshold, width: int) -> list[Content]:
    share = f" or {one.relative:.0%} of the baseline" if one.relative else ""
    told = f"{word} from a change of {course_value(course, one.value)}{share}: {one.population} ({one.source})"
    return wrapped(one_line(told, ".muted"), width)
