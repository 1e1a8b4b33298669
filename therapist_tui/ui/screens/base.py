"""What every full screen has: a status line above, the key line below, and a word when the terminal is too small."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from ..actions import KEY_LINE_LIMIT, in_line
from ..app import TherapistApp
from ..widgets.key_line import KeyLine

STYLE_NAMES: set[str] = {
    "stop", "ask", "avoid", "adapt", "check", "muted", "strong", "advice", "good", "worse", "accent", "badge", "spark",
    "frame", "frame-focused", "booked", "cursor", "cursor-blurred", "title", "tab-on", "key", "error", "hit",
    "band", "latest", "struck", "past",
}  # fmt: skip
"""The names that text may be styled with (".muted"); app.tcss says how each one looks."""

TOO_SMALL = "therapist-tui needs 60 × 20 cells.\nMake the window larger; nothing typed is lost."


class PracticeScreen(Screen[object]):
    """Base of the full screens."""

    SCOPE: ClassVar[str] = ""
    COMPONENT_CLASSES = STYLE_NAMES
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-single"), (76, "-narrow"), (100, "-wide"), (140, "-huge")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-low"), (30, "-roomy")]

    app = getters.app(TherapistApp)

    def compose(self) -> ComposeResult:
        """The status line, the screen's body, the key line."""
        yield Static(id="status")
        with Container(id="body"):
            yield from self.body()
        yield KeyLine(id="keys")
        yield Static(TOO_SMALL, id="too-small", markup=False)

    @property
    def closed(self) -> bool:
        """Whether the screen was closed while a worker of it was waiting: there is nothing left to show it on."""
        return not self.is_attached or not self.query("#status")

    def body(self) -> ComposeResult:
        """What the screen is for."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        """Show the keys when the screen comes to the front."""
        self.show_keys()

    def show_status(self, line: Content) -> None:
        """Show the status line. It is one line high, so it needs no layout; the same text needs no repaint."""
        status = self.query_one("#status", Static)
        if not (isinstance(status.content, Content) and line.is_same(status.content)):
            status.update(line, layout=False)

    def show_keys(self) -> None:
        """The key line: the screen's own actions, or those of a widget that has its own line, then help."""
        scope = getattr(self.focused, "SCOPE", self.SCOPE)
        own = in_line(scope)
        everywhere = in_line("app")
        shown = [*own[: KEY_LINE_LIMIT - len(everywhere)], *everywhere]
        self.query_one(KeyLine).show(shown, self.app.active_keymap)
