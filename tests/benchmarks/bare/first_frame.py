"""Bare first frame: what our unlock screen is made of, a few lines of text and a passphrase field."""

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static


class FirstFrame(App[None]):
    """Static lines and an Input in a box in the middle."""

    CSS = """
    Screen { align: center middle; }
    #box { width: 60; height: auto; padding: 1 2; border: round $primary; }
    """

    def compose(self) -> ComposeResult:
        """A name, a line, the field, a message."""
        with Vertical(id="box"):
            yield Static("bare")
            yield Static("Nothing but Textual.", markup=False)
            yield Input(password=True, placeholder="Passphrase", compact=True)
            yield Static()


if __name__ == "__main__":
    FirstFrame().run()
