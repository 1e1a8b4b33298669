"""Which card? Those that were made one with a client's card, to take one of them apart again."""

from collections.abc import Sequence
from uuid import UUID

from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from therapist_tui.domain.client import Client

from .. import keys
from ..actions import in_line
from ..app import TherapistApp
from ..plain import fitted, name_of, one_line, shown
from ..widgets.key_line import KeyLine
from .base import STYLE_NAMES

EXPLAINED = "What the merge moved goes back to its own card. The kept card stays as it is, and so do signed notes."
NAME, BORN, PHONE = 30, 10, 18


class CardsScreen(ModalScreen[UUID]):
    """Dismissed with the id of the card that was chosen, or with None."""

    SCOPE = "cards"
    CSS_PATH = "clients.tcss"
    COMPONENT_CLASSES = STYLE_NAMES
    BINDINGS = keys.bindings("cards")

    app = getters.app(TherapistApp)

    def __init__(self, kept: Client, cards: Sequence[Client]) -> None:
        super().__init__()
        self._kept, self._cards = kept, cards

    def compose(self) -> ComposeResult:
        """The question, the cards, what it does."""
        with Vertical(classes="card"):
            name = one_line(name_of(self._kept, self.app.masked), ".strong")
            yield Static(Content.assemble(("Take which card apart from ", ".title"), name, ("?", ".title")))
            yield OptionList(*map(self._row, self._cards))
            yield Static(shown(EXPLAINED, ".muted"))
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """The first card is highlighted."""
        self.query_one(KeyLine).show(in_line("cards"), self.app.active_keymap)
        self.query_one(OptionList).focus()
        self.query_one(OptionList).highlighted = 0

    def _row(self, one: Client) -> Content:
        masked = self.app.masked
        born = one.born_on.isoformat() if one.born_on and not masked else ""
        return Content("  ").join(
            [
                fitted(one_line(name_of(one, masked)), NAME),
                fitted(Content.styled(born, ".muted"), BORN),
                fitted(one_line("" if masked else one.phone, ".muted"), PHONE),
                one_line("" if masked else one.email, ".muted"),
            ]
        )

    def on_option_list_option_selected(self) -> None:
        """By enter or the mouse."""
        self.action_choose()

    def action_choose(self) -> None:
        """The highlighted card."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.dismiss(self._cards[at].id)

    def action_close(self) -> None:
        """Leave them one."""
        self.dismiss(None)
