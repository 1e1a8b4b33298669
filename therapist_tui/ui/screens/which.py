"""Which one? An abbreviation of the shorthand line that could mean several things, and what it could mean."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from therapist_tui.domain.shorthand import Ask, Candidate

from .. import keys
from ..plain import one_line
from .base import STYLE_NAMES


class WhichScreen(ModalScreen[Candidate]):
    """Dismissed with the meaning that was chosen, or with None."""

    COMPONENT_CLASSES = STYLE_NAMES
    BINDINGS = keys.bindings("which")

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self._ask = ask

    def compose(self) -> ComposeResult:
        """The abbreviation, then its meanings by number: each with what is written in its place."""
        with Vertical(classes="card"):
            yield Static(Content.assemble(one_line(self._ask.text, ".strong"), (" means which one?", ".title")))
            yield OptionList(*[self._line(number, one) for number, one in enumerate(self._ask.candidates, 1)])
            closing = [("1–9", ".key"), ("  take it     ", ".muted"), ("esc", ".key"), ("  leave it", ".muted")]
            yield Static(Content.assemble(*closing))

    @staticmethod
    def _line(number: int, one: Candidate) -> Content:
        written = one_line(one.write if one.write != one.label else "", ".muted")
        return Content.assemble((f"{number}", ".key"), "  ", one_line(one.label), "   ", written)

    def on_mount(self) -> None:
        """The first meaning is highlighted."""
        self.query_one(OptionList).focus()

    def on_key(self, event: events.Key) -> None:
        """A digit takes its meaning at once."""
        if event.character and event.character in "123456789":
            event.stop()
            self._take(int(event.character) - 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """By enter or the mouse."""
        self._take(event.option_index)

    def action_choose(self) -> None:
        """The highlighted meaning."""
        self._take(self.query_one(OptionList).highlighted)

    def action_close(self) -> None:
        """Leave the abbreviation as it is."""
        self.dismiss(None)

    def _take(self, at: int | None) -> None:
        if at is not None and at < len(self._ask.candidates):
            self.dismiss(self._ask.candidates[at])
