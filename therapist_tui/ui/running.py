"""The app that runs, with a type: Textual leaves open what the apps of its widgets give back when they end."""

from textual.app import App
from textual.message_pump import MessagePump


def app_of(node: MessagePump) -> App[object]:
    """The app that a widget or a screen is part of, for those who need no more of it than Textual knows."""
    return node.app  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - see above
