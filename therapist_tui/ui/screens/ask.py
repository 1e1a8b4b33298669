"""Ask: one line of text, read as it is typed, with what it was understood as."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from therapist_tui.domain.errors import PracticeError

from ..plain import shown
from ..widgets.fields import PlainInput
from .base import STYLE_NAMES


class AskScreen(ModalScreen[object]):
    """Dismissed with the value that `read` makes of the line, or with None."""

    COMPONENT_CLASSES = STYLE_NAMES
    BINDINGS = [("escape", "dismiss", "back")]

    def __init__(self, question: str, hint: str, read: Callable[[str], object], show: Callable[..., str] = str) -> None:
        super().__init__()
        self._question, self._hint, self._read, self._show = question, hint, read, show

    def compose(self) -> ComposeResult:
        """The question, the line, what it means."""
        with Vertical(classes="card"):
            yield Static(shown(self._question, ".title"))
            yield PlainInput(placeholder=self._hint, compact=True)
            yield Static(shown(" enter  go     esc  back", ".muted"), id="meaning")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the words mean."""
        if event.value.strip():
            self._understand(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the value when there is one."""
        value = self._understand(event.value)
        if value is not None:
            self.dismiss(value)

    def _understand(self, words: str) -> object | None:
        meaning = self.query_one("#meaning", Static)
        try:
            value = self._read(words)
        except PracticeError as error:
            meaning.update(shown(f" {error}", ".error"))
            return None
        meaning.update(Content.assemble((" = ", ".muted"), shown(self._show(value), ".good")))
        return value


class ConfirmScreen(ModalScreen[bool]):
    """A question with two answers; enter says yes."""

    COMPONENT_CLASSES = STYLE_NAMES
    BINDINGS = [("enter,y", "yes", "yes"), ("escape,n", "no", "no")]

    def __init__(self, question: str, explanation: str, yes: str) -> None:
        super().__init__()
        self._question, self._explanation, self._yes = question, explanation, yes

    def compose(self) -> ComposeResult:
        """The question and its two keys."""
        with Vertical(classes="card"):
            yield Static(shown(self._question, ".strong"))
            yield Static(shown(self._explanation, ".muted"))
            keys = Content.assemble("\n", ("enter", ".key"), f"  {self._yes}     ", ("esc", ".key"), "  not now")
            yield Static(keys)

    def action_yes(self) -> None:
        """Yes."""
        self.dismiss(True)

    def action_no(self) -> None:
        """No."""
        self.dismiss(False)
