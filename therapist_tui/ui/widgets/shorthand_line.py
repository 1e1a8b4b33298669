"""The shorthand line: coloured by what it was read as, and below it what it asks, could not read, or offers."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from therapist_tui.domain.note import SHORTHAND_LIMIT
from therapist_tui.domain.shorthand import Ask, Candidate
from therapist_tui.settings import OwnShorthand

from ..keys import ShownKey
from ..plain import one_line
from ..running import app_of
from .shorthand_input import ShorthandInput


class ShorthandLine(Vertical):
    """The line and its answer. What it fills is its owner's business.

    `fill` is called with the line in the moment in which a key changes it, not by a message a little later: so line,
    answer and note are painted in one frame.
    """

    def __init__(self, line: str, own: OwnShorthand, fill: Callable[[str], None], shown_key: ShownKey) -> None:
        super().__init__()
        self._start, self._own, self._fill, self._shown_key = line, own, fill, shown_key
        self._filled = line

    def compose(self) -> ComposeResult:
        """The line, and one line below it."""
        with Horizontal():
            yield Static(Content.styled("»  shorthand", ".title"), classes="label")
            hint = "L trap 7>3 HT TrP; MFR 25m; tol well; HEP chin tucks; 2w"
            yield ShorthandInput(self._start, self._own, self._take, placeholder=hint, max_length=SHORTHAND_LIMIT)
        yield Static(id="read-as")

    @property
    def field(self) -> ShorthandInput:
        """Where the line is typed."""
        return self.query_one(ShorthandInput)

    @property
    def ask(self) -> Ask | None:
        """The first abbreviation that could mean several things."""
        return next(iter(self.field.reading.asks), None)

    def settle(self, ask: Ask, candidate: Candidate) -> None:
        """Write what an abbreviation means in its place."""
        field = self.field
        if field.value[ask.start : ask.end] == ask.text:
            field.replace(candidate.write, ask.start, ask.end)
            field.action_end()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """Nearly always taken already, unless it was not typed."""
        event.stop()
        self._take()

    def _take(self) -> None:
        """Answer a line that changed, and let it fill the note."""
        field = self.field
        if field.value == self._filled:
            return
        self._filled = field.value
        field.offer()
        self._answer()
        self._fill(field.value)
        app_of(self).cursor_position = field.cursor_screen_offset  # the fields that were filled took it along

    @on(ShorthandInput.Offered)
    def _answer(self) -> None:
        """Say what the line asks, then what it could not read, then what may be meant by the word being typed."""
        content = answer(self.field, self._shown_key("note.which"))
        below = self.query_one("#read-as", Static)
        if not (isinstance(below.content, Content) and content.is_same(below.content)):
            below.update(content, layout=False)


def answer(field: ShorthandInput, which: str) -> Content:
    """What is said below the line: questions with the key `which` answers them, what was not read, words that fit."""
    parts = [*_asked(field.reading.asks, which), *_unread(field)]
    if named := field.named_snippet:
        parts.append(Content.assemble(("tab", ".key"), "  ", one_line(named[2].text, ".muted")))
    else:
        parts += _offered(field)
    return Content("   ").join(parts)


def _asked(asks: tuple[Ask, ...], key: str) -> list[Content]:
    """The key that answers, for it must not be cut off; the first question in full; how many more there are."""
    if not asks:
        return []
    *others, last = [one.label for one in asks[0].candidates]
    question = one_line(f"{asks[0].text}: {', '.join(others)} or {last}?", ".check")
    more = f"  +{len(asks) - 1}" if len(asks) > 1 else ""
    return [Content.assemble((key, ".key"), "  ", question, (more, ".muted"))]


def _unread(field: ShorthandInput) -> list[Content]:
    """What was not understood; the word being typed may yet become one."""
    typing = field.has_focus and field.cursor_at_end
    found = [part.text for part in field.reading.unread if not (typing and part.end == len(field.value))]
    return [one_line(f"not read: {', '.join(found)}", ".check")] if found else []


def _offered(field: ShorthandInput) -> list[Content]:
    """The words that fit, the one that → would take first marked."""
    chosen = field.chosen
    return [
        Content.assemble(
            ("→ " if one is chosen else "", ".key"),
            one_line(one.text, ".strong" if one is chosen else ""),
            " ",
            one_line(one.label, ".muted"),
        )
        for one in field.offers
    ]
