"""Bare note: n pushes a screen with as many text areas and fields as a session note has."""

from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

SECTIONS = ("S", "O", "A", "P", "Home care", "Next time")


class NoteScreen(Screen[None]):
    """Six text areas with labels, three one-line fields, and a text beside them."""

    CSS = """
    VerticalScroll { width: 1fr; } #beside { width: 52; }
    VerticalScroll > Horizontal { height: auto; } .label { width: 13; }
    TextArea { width: 1fr; height: auto; min-height: 2; border: none; } Input { width: 1fr; }
    """

    def compose(self) -> ComposeResult:
        """The fields and the text."""
        yield Static("status")
        with Horizontal():
            with VerticalScroll(can_focus=False):
                for section in SECTIONS:
                    with Horizontal():
                        yield Static(section, classes="label")
                        yield TextArea(placeholder="what there is to say", tab_behavior="focus")
                for label in ("done", "before", "after"):
                    with Horizontal():
                        yield Static(label, classes="label")
                        yield Input(compact=True)
            yield Static("\n".join(f"a line about the client {n}" for n in range(30)), id="beside")

    def on_mount(self) -> None:
        """The cursor stands in the first one."""
        self.query(TextArea).first().focus()


class Note(App[None]):
    """A text first, so that the note opens in a running program."""

    BINDINGS = [("n", "note", "note")]

    def compose(self) -> ComposeResult:
        """Something to stand on."""
        yield Static("Press n")

    def action_note(self) -> None:
        """Open the note."""
        self.push_screen(NoteScreen())


if __name__ == "__main__":
    Note().run()
