"""The month: how full each day is; enter shows the week."""

from datetime import date, timedelta

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content

from therapist_tui.domain.week import Load, in_hours, month_days

from .. import keys
from ..app import title_of
from ..plain import spread
from ..widgets.month_grid import MonthGrid
from .base import PracticeScreen


class MonthScreen(PracticeScreen):
    """Dismissed with the day whose week is wanted, or with None."""

    SCOPE = "month"
    CSS_PATH = "month.tcss"
    BINDINGS = keys.bindings("month")

    def __init__(self, day: date) -> None:
        super().__init__()
        self._day = day
        self._loads: tuple[Load, ...] = ()

    def body(self) -> ComposeResult:
        """The days."""
        yield MonthGrid(self._day, self.app.now())

    def on_mount(self) -> None:
        """Show the month."""
        self.app.changed.subscribe(self, lambda _: self.load(self._grid.day))
        self._grid.focus()
        self.load(self._day)

    @property
    def _grid(self) -> MonthGrid:
        return self.query_one(MonthGrid)

    @work(exclusive=True, group="load")
    async def load(self, day: date) -> None:
        """Show the month of a day, the cursor on it; the newest request wins."""
        if not self.app.unlocked:
            return
        loads = await self.app.records.run(self.app.practice.week.loads, month_days(day), self.app.hours)
        if not self.closed:
            self._day, self._loads = day, loads
            self._grid.show(loads, day, day)
            self._show_status()

    def on_resize(self) -> None:
        """The status line is fitted to the width."""
        if self._loads:
            self._show_status()

    def _show_status(self) -> None:
        own = [one for one in self._loads if (one.day.year, one.day.month) == (self._day.year, self._day.month)]
        minutes, open_minutes = sum(one.minutes for one in own), sum(one.open_minutes for one in own)
        mark = title_of(self.app)
        said = f"{sum(one.count for one in own)} booked, {in_hours(minutes)}"
        left = [*([mark] if mark else []), Content.styled(f"{self._day:%B %Y}", ".strong"), Content(said)]
        share = f"{round(100 * minutes / open_minutes)} % of the working hours" if open_minutes else ""
        right, width = Content.styled(share, ".muted"), max(20, self.size.width - 2)
        if sum(part.cell_length + 3 for part in (*left, right)) > width:
            left.pop()  # what has no room is left out whole
        self.show_status(spread(Content("   ").join(left), right, width))

    @on(MonthGrid.Beyond)
    def _beyond(self, event: MonthGrid.Beyond) -> None:
        self.load(event.day)

    @on(MonthGrid.Chosen)
    def action_open(self) -> None:
        """The week of that day."""
        self.dismiss(self._grid.day)

    def action_up(self) -> None:
        """A week up."""
        self._grid.move(-7)

    def action_down(self) -> None:
        """A week down."""
        self._grid.move(+7)

    def action_left(self) -> None:
        """The day before."""
        self._grid.move(-1)

    def action_right(self) -> None:
        """The day after."""
        self._grid.move(+1)

    def action_previous(self) -> None:
        """The month before."""
        self.load(self._day.replace(day=1) - timedelta(days=1))

    def action_next(self) -> None:
        """The month after."""
        self.load((self._day.replace(day=28) + timedelta(days=4)).replace(day=1))

    def action_today(self) -> None:
        """This month."""
        self.load(self.app.today())

    def action_close(self) -> None:
        """Back to the week."""
        self.dismiss(None)
