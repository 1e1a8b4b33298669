"""Why a caution is there: the words it rests on, the reason, what to do, what to ask about, and who says so."""

from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from therapist_tui.domain.screening.values import NOTICE, Caution

from .. import keys
from ..app import TherapistApp
from ..plain import shown
from ..widgets.levels import label
from .base import STYLE_NAMES


class WhyScreen(ModalScreen[None]):
    """One caution in full."""

    CSS_PATH = "why.tcss"
    COMPONENT_CLASSES = STYLE_NAMES
    BINDINGS = keys.bindings("why")

    app = getters.app(TherapistApp)

    def __init__(self, caution: Caution) -> None:
        super().__init__()
        self._caution = caution

    def compose(self) -> ComposeResult:
        """Level and title, then one part after the other."""
        caution = self._caution
        with VerticalScroll(classes="card"):
            yield Static(Content.assemble(label(caution.level), " ", shown(caution.title, ".strong")))
            yield Static(Content.styled(f"{caution.level.word} means {caution.meaning}.", ".muted"))
            for name, text in self._parts():
                if text:
                    yield Static(Content.assemble((name, ".title"), "\n", shown(text)), classes="part")
            yield Static(Content.styled(f"{NOTICE} You decide.", ".muted"), classes="part")
            yield Static(Content.assemble(("esc", ".key"), ("  back", ".muted")))

    def on_mount(self) -> None:
        """The arrow keys scroll at once."""
        self.query_one(VerticalScroll).focus()

    def _parts(self) -> list[tuple[str, str]]:
        caution = self._caution
        matched = "; ".join(f"“{one.text}” ({one.field.split('[')[0].replace('_', ' ')})" for one in caution.matched)
        return [
            ("What to do", caution.advice),
            ("Where", ", ".join(str(place) for place in caution.regions) or caution.spot),
            ("Techniques", ", ".join(caution.techniques)),
            ("Why", caution.reason),
            ("Ask about", "; ".join(caution.red_flags)),
            ("Rests on", matched),
            ("Says who", self._sources()),
            ("Rule", caution.rule),
        ]

    def _sources(self) -> str:
        if not self.app.screening:
            return ""
        known = self.app.screening.knowledge.sources
        named = [known.get(source, (source, "")) for source in self._caution.sources]
        return "\n".join(f"{title} ({kind})" if kind else title for title, kind in named)

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)
