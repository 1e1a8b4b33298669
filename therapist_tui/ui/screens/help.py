"""Help: every key that works where it was asked for, by group, and what the signs mean."""

from itertools import groupby

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from therapist_tui.domain.level import Level

from .. import keys
from ..actions import ACTIONS, Action
from ..widgets.levels import label
from .base import STYLE_NAMES

SIGNS = (
    ("first", "first visit"),
    ("P", "a certification is wanted that you do not hold"),
    ("R1", "one visit left on the referral"),
    ("✎", "the note is not signed"),
    ("✓", "the note is signed"),
    ("○ ◉", "arrived, in session"),
    ("✗ ↻", "called off; one of a series"),
    ("overlap", "two appointments share their time"),
)


class HelpScreen(ModalScreen[None]):
    """The keys of the focused widget, its screen and everywhere."""

    COMPONENT_CLASSES = STYLE_NAMES
    BINDINGS = [("escape,q,f1,question_mark", "dismiss", "back")]

    def __init__(self, actions: list[Action], keymap: dict[str, str]) -> None:
        super().__init__()
        self._actions, self._keymap = actions, keymap

    def compose(self) -> ComposeResult:
        """Groups of keys, then levels and signs."""
        with VerticalScroll(classes="card"):
            for group, actions in groupby(sorted(self._actions, key=self._order), key=lambda action: action.group):
                yield Static(Content.styled(group, ".title"))
                yield Static(Content("\n").join([self._line(action) for action in actions]))
            yield Static(Content.styled("Cautions", ".title"))
            levels = [Content.assemble("  ", label(level), "  ", level.meaning) for level in Level]
            yield Static(Content("\n").join(levels))
            yield Static(Content.styled("Signs on the day", ".title"))
            yield Static(Content("\n").join([Content.assemble(("  " + s.ljust(9), ".badge"), m) for s, m in SIGNS]))
            yield Static(Content.styled("\nesc  back", ".muted"))

    def on_mount(self) -> None:
        """The arrow keys scroll at once."""
        self.query_one(VerticalScroll).focus()

    def _order(self, action: Action) -> int:
        groups = [one.group for one in ACTIONS if one.group != "Everywhere"]
        return groups.index(action.group) if action.group in groups else len(groups)

    def _line(self, action: Action) -> Content:
        shown_keys = keys.show_keys(self._keymap.get(action.id, action.keys))
        return Content.assemble((f"  {shown_keys:<9}", ".key"), action.help)
