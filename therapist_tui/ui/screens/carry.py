"""Carry forward: the last note section by section, each carried by its letter; never S."""

from collections.abc import Callable

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from therapist_tui.domain.carrying import carry, lines_of, take_back, waiting
from therapist_tui.domain.note import NoteContent

from ..app import TherapistApp
from ..plain import shown
from .base import STYLE_NAMES

LETTERS = {
    "objective": ("o", "O  found"),
    "treatments": ("w", "work done"),
    "assessment": ("a", "A  response"),
    "plan": ("p", "P  plan"),
    "home_care": ("h", "Home care"),
    "next_time": ("n", "Next time"),
}
"""The letter of each section that can be carried, in the order of a note."""


class CarryScreen(ModalScreen[None]):
    """The last note to carry from. Every letter tells `carried` at once, so that nothing waits for closing it."""

    CSS_PATH = "carry.tcss"
    COMPONENT_CLASSES = STYLE_NAMES
    BINDINGS = [
        *(Binding(letter, f"section('{name}')", title, show=False) for name, (letter, title) in LETTERS.items()),
        Binding("enter,escape", "close", "to the note", show=False),
    ]

    app = getters.app(TherapistApp)

    def __init__(
        self, last: NoteContent, when: str, content: NoteContent, carried: Callable[[NoteContent], None]
    ) -> None:
        super().__init__()
        self._last, self._when, self._content, self._carried = last, when, content, carried

    def compose(self) -> ComposeResult:
        """Every section of the last note with its letter."""
        with VerticalScroll(classes="card"):
            yield Static(shown(f"Carry forward from {self._when}", ".title"))
            yield Static(
                Content.styled(
                    "Carried lines stay dim and block the signature until you change or confirm them.", ".muted"
                )
            )
            for name in LETTERS:
                if lines_of(self._last, name):
                    yield Static(id=f"from-{name}", classes="part")
            yield Static(
                Content.assemble(("letter", ".key"), "  carry, or take back     ", ("enter", ".key"), "  to the note"),
                classes="part",
            )

    def on_mount(self) -> None:
        """Show what is carried already."""
        self.query_one(VerticalScroll).focus()
        self._show()

    def _show(self) -> None:
        for name, (letter, title) in LETTERS.items():
            for part in self.query(f"#from-{name}").results(Static):
                on = bool(waiting(self._content, name))
                head = Content.assemble(
                    (letter, ".key"), "  ", (title, ".title"), ("  ↻ carried" if on else "", ".check")
                )
                text = shown("\n".join(lines_of(self._last, name)), "" if on else ".muted")
                part.update(Content.assemble(head, "\n", text))

    def action_section(self, name: str) -> None:
        """Carry a section, or take it back."""
        on = waiting(self._content, name)
        self._content = take_back(self._content, name) if on else carry(self._content, self._last, name)
        self._carried(self._content)
        self._show()

    def action_close(self) -> None:
        """Back to the note."""
        self.dismiss(None)
