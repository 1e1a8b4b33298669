"""Why a caution is there: what it says, what to do, where it comes from."""

from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from therapist_tui.domain.caution import Caution

from ..app import TherapistApp
from ..plain import shown
from ..widgets.levels import label
from .base import STYLE_NAMES


class WhyScreen(ModalScreen[None]):
    """One caution in full."""

    COMPONENT_CLASSES = STYLE_NAMES
    BINDINGS = [("escape,enter,q", "dismiss", "back")]

    app = getters.app(TherapistApp)

    def __init__(self, caution: Caution) -> None:
        super().__init__()
        self._caution = caution

    def compose(self) -> ComposeResult:
        """Level, title, advice, source."""
        caution = self._caution
        with VerticalScroll(classes="card"):
            yield Static(Content.assemble(label(caution.level), " ", shown(caution.title, ".strong")))
            yield Static(Content.styled(f"{caution.level.word} means {caution.level.meaning}.", ".muted"))
            if caution.place:
                yield Static(Content.assemble("\n", ("Where  ", ".muted"), shown(caution.place)))
            if caution.advice:
                yield Static(Content.assemble("\n", ("What to do  ", ".muted"), shown(caution.advice)))
            if caution.source:
                yield Static(Content.assemble("\n", ("Why  ", ".muted"), shown(caution.source)))
            yield Static(Content.styled("\nThe program advises; you decide.   esc  back", ".muted"))
