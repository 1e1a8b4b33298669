"""The trends of a client's goals: each as a plot, or its values as a table."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from textual import work
from textual.app import ComposeResult
from textual.content import Content

from therapist_tui.domain.client import Client
from therapist_tui.domain.goal import GoalProgress
from therapist_tui.domain.when import show_day

from .. import keys
from ..app import title_of
from ..plain import name_of, one_line, spread, toast
from ..widgets.trend_pane import Period, TrendPane
from .base import PracticeScreen


class TrendScreen(PracticeScreen):
    """Plots under each other. With `on` the goals are those of an earlier day, and only to look at."""

    SCOPE = "trend"
    CSS_PATH = "trend.tcss"
    BINDINGS = keys.bindings("trend")

    def __init__(
        self, client: Client, goals: Sequence[GoalProgress], first: UUID | None = None, on: date | None = None
    ) -> None:
        super().__init__()
        self._client, self._goals, self._first, self._on = client, tuple(goals), first, on

    def body(self) -> ComposeResult:
        """The plots."""
        yield TrendPane(self.app.practice.zone, self.app.now)

    def on_mount(self) -> None:
        """Show them, and read them again after a change."""
        self.app.changed.subscribe(self, lambda _: self.load())
        self.app.masking.subscribe(self, lambda _: self._show_status())
        pane = self.query_one(TrendPane)
        pane.show(self._goals, self._first)
        pane.focus()
        self._show_status()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """The goals as they are now; those of an earlier day stay as they were."""
        if not self.app.unlocked or self._on:
            return
        found = await self.app.records.run(self.app.practice.plans.goals, self._client.id)
        known = {one.goal.id: one for one in found}
        if not self.closed:
            self._goals = tuple(known[one.goal.id] for one in self._goals if one.goal.id in known)
            self.query_one(TrendPane).show(self._goals)

    def on_resize(self) -> None:
        """The status line is fitted to the width."""
        if self.is_mounted:
            self._show_status()

    def _show_status(self) -> None:
        pane, mark = self.query_one(TrendPane), title_of(self.app)
        left = Content.assemble(
            *((mark, "   ") if mark else ()),
            one_line(name_of(self._client, self.app.masked), ".strong"),
            ("   values" if pane.as_table else "   trends", ".muted"),
        )
        right = Content.styled("" if pane.as_table or pane.period is Period.ALL else pane.period.value, ".check")
        if self._on:
            right = Content.styled(f" As it stood on {show_day(self._on)} · read only ", ".check").stylize("reverse")
        self.show_status(spread(left, right, max(20, self.size.width - 2)))

    # What the keys do

    def action_up(self) -> None:
        """Move up."""
        self.query_one(TrendPane).move(-1)

    def action_down(self) -> None:
        """Move down."""
        self.query_one(TrendPane).move(+1)

    def action_alone(self) -> None:
        """Only the highlighted one with its figures, or all of them."""
        pane = self.query_one(TrendPane)
        pane.turn(alone=not pane.alone)

    def action_values(self) -> None:
        """The values as a table, or the plots again."""
        pane = self.query_one(TrendPane)
        pane.turn(as_table=not pane.as_table)
        self._show_status()

    def action_period(self) -> None:
        """From the baseline on, the last year, the last three months."""
        self.query_one(TrendPane).next_period()
        self._show_status()

    def action_measure(self) -> None:
        """Type a new value for the highlighted goal."""
        from .measure import MeasureScreen

        goals = [one for one in self._goals if one.goal.status.open]
        goal = self.query_one(TrendPane).goal
        if self._on or not goals:
            toast(self.app, "There is no goal under way to measure here.")
            return
        first = goal.goal.id if goal and goal in goals else None
        self.app.push_screen(MeasureScreen(goals, first))

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)
