"""Measure: type new values for the client's goals, and see at once whether the change is real."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from itertools import pairwise
from typing import cast
from uuid import UUID

from textual import events, getters, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Select, Static

from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.goal import GoalProgress
from therapist_tui.domain.measurement import Mode, Taken
from therapist_tui.domain.when import read_past_date

from .. import keys
from ..actions import in_line
from ..app import TherapistApp
from ..plain import shown, toast
from ..told import told
from ..widgets.fields import PlainInput
from ..widgets.key_line import KeyLine
from ..widgets.measure_row import MeasureRow
from .base import STYLE_NAMES

_MODES = [(Content(one.value), one.value) for one in Mode]


class MeasureScreen(ModalScreen[None]):
    """One line for each goal. Enter keeps the value and goes to the next; when and how it was taken stand below."""

    CSS_PATH = "measure.tcss"
    COMPONENT_CLASSES = STYLE_NAMES
    BINDINGS = keys.bindings("measure")

    app = getters.app(TherapistApp)

    def __init__(self, goals: Sequence[GoalProgress], first: UUID | None = None) -> None:
        super().__init__()
        self._goals = tuple(goals)
        self._first = first or goals[0].goal.id

    def compose(self) -> ComposeResult:
        """Title, a line a goal, what the typed value says, when and how."""
        with Vertical(classes="card"):
            yield Static(Content.assemble(("New values", ".title"), ("   enter keeps one and goes on", ".muted")))
            with VerticalScroll(can_focus=False, id="goals"):
                for progress in self._goals:
                    yield MeasureRow(progress)
            yield Static(id="meaning")
            with Horizontal(id="how"):
                yield Static(Content.styled("taken", ".muted"), classes="word")
                yield PlainInput(placeholder="today", compact=True, id="when")
                yield Select(_MODES, id="mode", allow_blank=False, compact=True)  # pyright: ignore[reportArgumentType]
                yield PlainInput(placeholder="remark", compact=True, id="remark", max_length=500)
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Start at the goal that was asked for."""
        actions = in_line("measure")
        self.query_one(KeyLine).show(actions, self.app.active_keymap)
        self._rows[[one.goal.id for one in self._goals].index(self._first)].values[0].focus()

    @property
    def _rows(self) -> list[MeasureRow]:
        return list(self.query(MeasureRow))

    def _row_of(self, field: object) -> MeasureRow | None:
        return next((row for row in self._rows if isinstance(field, PlainInput) and row in field.ancestors), None)

    # What is typed

    @on(Input.Changed)
    @on(events.DescendantFocus)
    def _explain(self) -> None:
        """Say at once what the value means, or what is wrong with it; before anything is typed what is asked."""
        row = self._row_of(self.focused)
        meaning = self.query_one("#meaning", Static)
        if row is None:
            meaning.update(self._moment_said())
            return
        if not row.typed:
            meaning.update(shown(row.measure.asked if row.measure else "", ".muted"))
            return
        try:
            said, figures = row.explain(row.read())
        except PracticeError as error:
            meaning.update(shown(str(error), ".error"))
        else:
            meaning.update(Content.assemble(shown(said, ".accent"), "\n", shown(figures, ".muted")))

    def _moment_said(self) -> Content:
        try:
            self._taken(Taken())
        except PracticeError as error:
            return shown(str(error), ".error")
        return Content()

    @told
    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the value and go on; of several activities after the last one. An empty line only goes on."""
        row = self._row_of(event.input)
        if row is None:
            self.focus_next()
            return
        fields = row.values
        following = next((after for field, after in pairwise(fields) if field is event.input), None)
        if following is not None:
            following.focus()
            return
        if row.typed:
            await self._keep(row)
        rows = self._rows
        rows[(rows.index(row) + 1) % len(rows)].values[0].focus()

    async def _keep(self, row: MeasureRow) -> None:
        taken = self._taken(row.read())
        measurement = await self.app.records.run(self.app.practice.plans.measure, row.progress.goal.id, taken)
        row.kept(measurement)
        self.query_one("#remark", PlainInput).value = ""  # it belongs to this value
        self.app.changed.publish(None)

    def _taken(self, taken: Taken) -> Taken:
        """With when and how it was taken; a day before today counts as its noon."""
        words = self.query_one("#when", PlainInput).value.strip()
        day = read_past_date(words, self.app.today()) if words else self.app.today()
        at = datetime.combine(day, time(12), self.app.practice.zone) if day != self.app.today() else None
        mode = cast("Select[str]", self.query_one("#mode", Select))
        remark = self.query_one("#remark", PlainInput).value
        return replace(taken, mode=Mode(str(mode.value)), remark=remark, measured_at=at)

    # What the keys do

    @told
    async def action_in_error(self) -> None:
        """Mark the last value of the goal under the cursor as entered in error."""
        row = self._row_of(self.focused)
        counted = row.progress.counted if row else ()
        if row is None or not counted:
            toast(self.app, "This goal has no value since its start; the chart changes the start itself.")
            return
        row.changed(await self.app.records.run(self.app.practice.plans.mark_in_error, counted[-1].id))
        await self.app.tell_act()
        self.app.changed.publish(None)

    async def action_close(self) -> None:
        """Done; a value that was typed but not entered is kept too."""
        if await self.keep_typed():
            self.dismiss(None)

    async def keep_typed(self) -> bool:
        """Keep every value that was typed but not entered; False when one cannot be read, which is said."""
        for row in self._rows:
            if row.typed and not await self._keep_or_refuse(row):
                return False
        return True

    async def _keep_or_refuse(self, row: MeasureRow) -> bool:
        try:
            await self._keep(row)
        except PracticeError as error:
            row.values[0].focus()
            self.query_one("#meaning", Static).update(shown(f"{error} Empty the line to leave without it.", ".error"))
            return False
        return True
