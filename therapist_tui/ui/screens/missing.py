"""What a signature waits for: a list from which enter leads to each part."""

from collections.abc import Sequence

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from therapist_tui.domain.signing import Missing

from ..app import TherapistApp
from ..plain import shown
from .base import STYLE_NAMES


class MissingScreen(ModalScreen[Missing | None]):
    """Dismissed with the part to go to, or with None."""

    CSS_PATH = "missing.tcss"
    COMPONENT_CLASSES = STYLE_NAMES
    BINDINGS = [("y", "history", "asked, no change"), ("escape", "close", "back")]

    app = getters.app(TherapistApp)

    def __init__(self, parts: Sequence[Missing]) -> None:
        super().__init__()
        self._parts = parts

    def compose(self) -> ComposeResult:
        """A line each."""
        count = len(self._parts)
        with Vertical(classes="card"):
            title = "One thing is missing" if count == 1 else f"{count} things are missing"
            yield Static(Content.styled(f"{title} before this note can be signed", ".title"))
            yield OptionList(*(Option(self._line(one), id=str(at)) for at, one in enumerate(self._parts)))
            yield Static(self._keys())

    def _line(self, part: Missing) -> Content:
        if part.part != "carried":
            return shown(part.sentence)
        return Content.assemble(shown(part.sentence), "  ", (self.app.shown_key("note.confirm"), ".key"), " confirms")

    def _keys(self) -> Content:
        history = any(one.part == "history" for one in self._parts)
        stamp = [("y", ".key"), "  asked today, no change     "] if history else []
        return Content.assemble(("enter", ".key"), "  go there     ", *stamp, ("esc", ".key"), "  back")

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._parts[event.option_index])

    def action_history(self) -> None:
        """Asked today, no change: stamp it and go on."""
        self.dismiss(next((one for one in self._parts if one.part == "history"), None))

    def action_close(self) -> None:
        """Back to the note."""
        self.dismiss(None)
