"""Where the shorthand is typed: coloured by what was read, the likeliest word in grey, snippets with tab stops."""

from collections.abc import Callable

from rich.style import Style
from textual.actions import SkipAction
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets.input import Selection

from therapist_tui.domain.shorthand import Completion, completions, is_word, read
from therapist_tui.domain.shorthand.snippets import Snippet, snippet_at
from therapist_tui.settings import OwnShorthand

from .. import keys
from .fields import PlainInput
from .shorthand_paint import CLASSES, Mark, paint
from .tab_stops import TabStops

FEWEST_LETTERS = 2
"""Letters after which a word is offered; one letter says nothing, and is often a side."""


class ShorthandInput(PlainInput):
    """One line of shorthand. Nothing is taken over by enter or by typing on, only by the keys of its own scope."""

    BINDINGS = keys.bindings("shorthand")
    COMPONENT_CLASSES = CLASSES
    DEFAULT_CSS = """
    ShorthandInput {
        overflow: hidden hidden;
        & > .shorthand--where { color: $text-primary; }
        & > .shorthand--found { color: $text-warning; }
        & > .shorthand--pain { color: $text-accent; text-style: bold; }
        & > .shorthand--work { color: $text-success; }
        & > .shorthand--setting { color: $text-secondary; }
        & > .shorthand--section { text-style: bold; }
        & > .shorthand--joining { color: $practice-muted; }
        & > .shorthand--ask { color: $text-accent; text-style: underline; }
        & > .shorthand--unread { color: $text-error; text-style: underline; }
        & > .shorthand--ghost { color: $practice-muted; text-style: italic; }
    }
    """

    class Offered(Message):
        """What may be meant by the word being typed is another now."""

    def __init__(
        self, value: str, own: OwnShorthand, edited: Callable[[], None], *, placeholder: str, max_length: int
    ) -> None:
        self._own, self._edited = own, edited
        self._styles_known: dict[str, Style] = {}
        self.reading = read(value, own.words)
        self._painted = paint(self.reading)
        self.offers: tuple[Completion, ...] = ()
        self.choice: int | None = None
        """Which of the offers is shown in grey."""
        self._offered_for = ""
        self._stops = TabStops()
        # A letter typed into a line that was written before must not replace it: nothing is selected by the focus.
        super().__init__(value, placeholder, id="shorthand", compact=True, max_length=max_length, select_on_focus=False)

    def watch_value(self, value: str) -> None:
        """Read what stands there now."""
        self.reading = read(value, self._own.words)
        self._painted = paint(self.reading)
        self._stops.follow(value)

    def replace(self, text: str, start: int, end: int) -> None:
        """Every edit comes through here; it is told at once."""
        super().replace(text, start, end)
        self._edited()

    # Words that are offered

    def offer(self) -> None:
        """Find what may be meant by the word at the end of the line."""
        line = self._offered_for = self.value
        at_end = self.cursor_at_end and self.selection.is_empty and self.has_focus
        found = completions(line, len(line), self._own.words) if at_end else ()
        if found and len(line) - found[0].start < FEWEST_LETTERS:
            found = ()
        self.offers = found
        self.choice = 0 if found and not is_word(line[found[0].start :], self._own.words) else None

    @property
    def chosen(self) -> Completion | None:
        """The word shown in grey, when it belongs to the line as it stands."""
        if self.choice is None or self._offered_for != self.value or not self.cursor_at_end:
            return None
        return self.offers[self.choice] if self.selection.is_empty and self.has_focus else None

    @property
    def ghost(self) -> str:
        """What the chosen word adds to what was typed."""
        chosen = self.chosen
        if not chosen:
            return ""
        typed = self.value[chosen.start : chosen.end]
        same = chosen.text[: len(typed)].casefold() == typed.casefold()
        return chosen.text[len(typed) :] if same else f" → {chosen.text}"

    def action_accept(self) -> None:
        """Take the word shown in grey."""
        self.action_cursor_right()

    def action_cursor_right(self, select: bool = False) -> None:
        """At the end of the line take the word shown in grey, else move."""
        chosen = self.chosen
        if chosen and not select:
            self.replace(chosen.text, chosen.start, chosen.end)
        else:
            super().action_cursor_right(select)

    def action_finish(self) -> None:
        """The line is finished: on to what it filled, which is the next field."""
        self.screen.focus_next()

    def action_choose_next(self) -> None:
        """The next of the words that fit."""
        self._choose(0 if self.choice is None else self.choice + 1)

    def action_choose_previous(self) -> None:
        """The word before."""
        self._choose(-1 if self.choice is None else self.choice - 1)

    def _choose(self, at: int) -> None:
        if not self.offers or self._offered_for != self.value:
            raise SkipAction
        self.choice = at % len(self.offers)
        self.refresh()
        self.post_message(self.Offered())

    def watch_selection(self, before: Selection, after: Selection) -> None:
        """Words are offered at the end of the line only."""
        end = len(self.value)
        if self._offered_for == self.value and (before.end == end) != (after.end == end):
            self._offer_again()

    def on_focus(self) -> None:
        """Offer words again, where the line goes on."""
        self._offer_again()
        self.call_after_refresh(self._scroll_to_cursor)

    def _scroll_to_cursor(self) -> None:
        self.scroll_to_region(Region(self._cursor_offset, 0, 1, 1), force=True, animate=False)

    def on_blur(self) -> None:
        """Tab means the next field again when the line is come back to."""
        self._stops.leave()
        self._offer_again()

    def _offer_again(self) -> None:
        self.offer()
        self.post_message(self.Offered())

    # Snippets

    @property
    def named_snippet(self) -> tuple[int, int, Snippet] | None:
        """The snippet whose name stands before the cursor, and where the name stands."""
        return snippet_at(self.value, self.cursor_position, self._own.snippets) if self._own.snippets else None

    @property
    def keeps_tab(self) -> bool:
        """While there is a stop to go to, or a snippet to expand."""
        return bool(self._stops) or self.named_snippet is not None

    def action_next_stop(self) -> None:
        """Expand the snippet, or go to its next stop; after the last one to the end of the line."""
        if self._stops:
            self._go_to_stop(1)
        elif named := self.named_snippet:
            start, end, snippet = named
            if len(self.value) - (end - start) + len(snippet.text) > (self.max_length or 0):
                self.restricted()
                return
            self.replace(snippet.text, start, end)
            self._stops.enter(self.value, [stop.moved(start) for stop in snippet.stops])
            self._go_to_stop(0)

    def action_previous_stop(self) -> None:
        """Go back to the stop before."""
        if not self._stops:
            raise SkipAction
        self._go_to_stop(-1)

    def _go_to_stop(self, by: int) -> None:
        stop = self._stops.go(by)
        self.selection = Selection(stop.start, stop.end) if stop else Selection.cursor(len(self.value))

    # Painting

    def _style_of(self, name: str) -> Style:
        """A style by its name, worked out once for each look: it is asked for with every key."""
        if name not in self._styles_known:
            self._styles_known[name] = self.get_component_rich_style(name)
        return self._styles_known[name]

    def notify_style_update(self) -> None:
        """Another theme, or the focus came or went: other colours."""
        super().notify_style_update()
        self._styles_known = {}

    @property
    def content_width(self) -> int:
        """Cells of the line with the cursor after it."""
        return self._painted.width + 1 if self.value else super().content_width

    def render_line(self, y: int) -> Strip:
        """The line in the colours of what it was read as, then the word in grey."""
        if y or not self.value:
            return super().render_line(y)
        marks: list[Mark] = []
        if self.has_focus:
            if not self.selection.is_empty:
                marks.append((min(self.selection), max(self.selection), "input--selection"))
            if self._cursor_visible:
                marks.append((self.cursor_position, self.cursor_position + 1, "input--cursor"))
        typing = self.has_focus and self.cursor_at_end
        strip = self._painted.strip(self.ghost, marks, self._style_of, typing)
        width = self.scrollable_content_region.width + 1
        scroll_x = self.scroll_offset.x
        return strip.crop(scroll_x, scroll_x + width).extend_cell_length(width).apply_style(self.rich_style)
