"""Text fields that keep control characters out of what is typed and pasted."""

from textual import events
from textual.binding import Binding
from textual.widgets import Input, TextArea

from therapist_tui.domain.text import clean, clean_line


class PlainInput(Input):
    """A one-line field; what is pasted is cleaned before it reaches the field, several lines become one."""

    def _on_paste(self, event: events.Paste) -> None:
        event.text = clean_line(event.text)
        super()._on_paste(event)

    def action_copy(self) -> None:
        """Nothing goes to the clipboard from here."""

    def action_cut(self) -> None:
        """Nothing goes to the clipboard from here."""


class PlainTextArea(TextArea, inherit_bindings=False):
    """A field of several lines; what is pasted is cleaned before it reaches the field. Tab goes to the next field."""

    # Textual's F6 and F7 select a line and everything; the function keys are the screen's, as in every other field.
    BINDINGS = [one for one in TextArea.BINDINGS if not (isinstance(one, Binding) and one.key in ("f6", "f7"))]

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = clean(event.text)
        await super()._on_paste(event)

    def action_copy(self) -> None:
        """Nothing goes to the clipboard from here."""

    def action_cut(self) -> None:
        """Nothing goes to the clipboard from here."""
