"""Measure: type new values for the client's goals; the brief behind it moves at once."""

from collections.abc import Sequence
from uuid import UUID

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.goal import GoalProgress, check_value
from therapist_tui.domain.numbers import read_value, show_value
from therapist_tui.domain.text import clean_line

from .. import keys
from ..app import TherapistApp
from ..plain import one_line, shown
from ..told import told
from ..widgets.fields import PlainInput
from .base import STYLE_NAMES


class MeasureScreen(ModalScreen[None]):
    """One line for each goal. Enter keeps the value and goes to the next."""

    CSS_PATH = "measure.tcss"
    COMPONENT_CLASSES = STYLE_NAMES
    BINDINGS = keys.bindings("measure")

    app = getters.app(TherapistApp)

    def __init__(self, goals: Sequence[GoalProgress], first: UUID | None = None) -> None:
        super().__init__()
        self._goals = {f"goal-{one.goal.id.hex}": one for one in goals}
        self._first = f"goal-{first.hex}" if first else next(iter(self._goals))

    def compose(self) -> ComposeResult:
        """Title, then a line a goal."""
        with Vertical(classes="card"):
            yield Static(Content.styled("New values", ".title"))
            for name, progress in self._goals.items():
                goal = progress.goal
                with Horizontal():
                    yield Static(one_line(goal.title), classes="goal")
                    yield Static(self._course(progress), classes="course")
                    yield PlainInput(placeholder="new value", compact=True, id=name)
            yield Static(Content.styled("enter keeps it and goes on   esc  done", ".muted"), id="meaning")

    def on_mount(self) -> None:
        """Start at the goal that was asked for."""
        self.query_one(f"#{self._first}").focus()

    @staticmethod
    def _course(progress: GoalProgress) -> Content:
        goal = progress.goal
        return Content.assemble(
            one_line(show_value(progress.latest, goal.unit), ".strong"),
            " ",
            one_line(f"→ {show_value(goal.target, goal.unit)}", ".muted"),
        )

    @told
    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the value; an empty line only goes on."""
        if event.value.strip():
            await self._keep(event.input, event.value)
        self.focus_next()

    async def _keep(self, field: Input, words: str) -> None:
        progress = self._goals[field.id or ""]
        check_value(progress.goal, read_value(words))
        await self.app.records.run(self.app.practice.plans.measure, progress.goal.id, read_value(words))
        field.value = ""
        field.placeholder = clean_line(f"kept: {show_value(read_value(words), progress.goal.unit)}")
        self.app.changed.publish(None)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say at once when it is no number, or off the scale."""
        meaning = self.query_one("#meaning", Static)
        try:
            if event.value.strip():
                check_value(self._goals[event.input.id or ""].goal, read_value(event.value))
        except PracticeError as error:
            meaning.update(shown(str(error), ".error"))
        else:
            meaning.update(shown("enter keeps it and goes on   esc  done", ".muted"))

    async def action_close(self) -> None:
        """Done; a value that was typed but not entered is kept too."""
        if await self.keep_typed():
            self.dismiss(None)

    async def keep_typed(self) -> bool:
        """Keep every value that was typed but not entered; False when one cannot be read, which is said."""
        for field in self.query(PlainInput):
            if field.value.strip() and not await self._keep_or_refuse(field):
                return False
        return True

    async def _keep_or_refuse(self, field: Input) -> bool:
        try:
            await self._keep(field, field.value)
        except PracticeError as error:
            self.query_one("#meaning", Static).update(shown(f"{error} Empty the line to leave without it.", ".error"))
            field.focus()
            return False
        return True
