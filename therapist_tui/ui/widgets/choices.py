"""A list of answers to one question: a digit or enter takes one; letters say more about the highlighted one."""

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from .. import keys


class Choices(OptionList):
    """Answers with a message, and knows nothing of what is asked."""

    SCOPE = "choices"
    BINDINGS = keys.bindings("choices")

    @dataclass
    class Taken(Message):
        """An answer was taken, by its place in the list."""

        at: int

    @dataclass
    class Pressed(Message):
        """A letter was pressed about the highlighted one."""

        name: str
        at: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.numbered = False

    def show(self, lines: list[Content], *, highlighted: int = 0, numbered: bool = False) -> None:
        """Show these; `numbered` ones are taken by a digit too."""
        self.numbered = numbered
        if numbered:
            lines = [Content.assemble((f"{at}", ".key"), "  ", line) for at, line in enumerate(lines, 1)]
        self.set_options([Option(line) for line in lines])
        self.highlighted = min(highlighted, len(lines) - 1) if lines else None

    def on_key(self, event: events.Key) -> None:
        """A digit takes its answer at once."""
        digit = event.character or ""
        if self.numbered and digit in "123456789" and digit and int(digit) <= self.option_count:
            event.stop()
            self.post_message(self.Taken(int(digit) - 1))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """By enter or the mouse."""
        event.stop()
        self.post_message(self.Taken(event.option_index))

    def action_take(self) -> None:
        """The highlighted answer."""
        if self.highlighted is not None:
            self.post_message(self.Taken(self.highlighted))

    def _press(self, name: str) -> None:
        if self.highlighted is not None:
            self.post_message(self.Pressed(name, self.highlighted))

    def action_less(self) -> None:
        """What is before."""
        self._press("less")

    def action_more(self) -> None:
        """What is next."""
        self._press("more")

    def action_kind(self) -> None:
        """The other kind of file."""
        self._press("kind")

    def action_nobody(self) -> None:
        """No client's."""
        self._press("nobody")

    def action_new(self) -> None:
        """A new client's."""
        self._press("new")

    def action_pick(self) -> None:
        """One that is to be chosen."""
        self._press("pick")

    def action_write(self) -> None:
        """Write what is left out."""
        self._press("write")
