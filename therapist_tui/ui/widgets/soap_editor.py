"""The note's fields: SOAP sections, the work done, pain, home care, next time."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input, Static, TextArea

from therapist_tui.domain.note import NoteContent, read_treatments, show_treatments
from therapist_tui.domain.shorthand import refilled
from therapist_tui.settings import OwnShorthand

from .fields import PlainInput, PlainTextArea
from .shorthand_line import ShorthandLine

SECTIONS = (
    ("subjective", "S  said", "what the client says, in quotes where it matters"),
    ("objective", "O  found", "what you found, and what you did"),
    ("assessment", "A  response", "how it responded; progress towards the goals"),
    ("plan", "P  plan", "what comes next, how often"),
)
AFTER = (
    ("home_care", "Home care", "what to do at home"),
    ("next_time", "Next time", "what you want to see first when the door opens again"),
)


class Row(Horizontal):
    """A label and its field. Their size follows from one layout; Textual would make a second one, a frame later."""

    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)


class SoapEditor(VerticalScroll, can_focus=False):
    """The editable note."""

    class Changed(Message):
        """Something was typed."""

    def __init__(self, content: NoteContent, own: OwnShorthand, typed: Callable[[], None]) -> None:
        """`typed` is called for a key in the shorthand line, which is painted in one frame with what it changes."""
        super().__init__()
        self._start, self._own, self._typed = content, own, typed
        self._shorthand = content.shorthand
        """The line that the sections were last filled from."""

    def compose(self) -> ComposeResult:
        """The shorthand line, then the sections in the order in which they are written."""
        yield ShorthandLine(self._start.shorthand, self._own, self._fill)
        yield from self._section(*SECTIONS[0])
        yield from self._section(*SECTIONS[1])
        with Row():
            yield Static("   work done", classes="label")
            yield PlainInput(
                show_treatments(self._start.treatments),
                placeholder="technique minutes, e.g. MFR 25, trigger point 10",
                id="treatments",
                compact=True,
                max_length=500,
            )
        with Row():
            yield Static("   pain 0–10", classes="label")
            yield self._pain("pain_before", self._start.pain_before, "before")
            yield Static(" → ", classes="arrow")
            yield self._pain("pain_after", self._start.pain_after, "after")
        for section in (*SECTIONS[2:], *AFTER):
            yield from self._section(*section)

    def _section(self, name: str, label: str, hint: str) -> ComposeResult:
        with Row():
            yield Static(Content.styled(label, ".title" if label[1] == " " else ""), classes="label")
            yield PlainTextArea(getattr(self._start, name), id=name, tab_behavior="focus", placeholder=hint)

    @staticmethod
    def _pain(name: str, value: int | None, hint: str) -> PlainInput:
        text = "" if value is None else str(value)
        return PlainInput(text, placeholder=hint, id=name, compact=True, classes="pain", max_length=2)

    @property
    def content(self) -> NoteContent:
        """What stands in the fields; pain that is no number from 0 to 10 counts as not typed."""
        sections = {name: self.query_one(f"#{name}", TextArea).text for name, _, _ in (*SECTIONS, *AFTER)}
        return NoteContent(
            **sections,
            treatments=read_treatments(self.query_one("#treatments", Input).value),
            pain_before=self._pain_value("pain_before"),
            pain_after=self._pain_value("pain_after"),
            shorthand=self._shorthand,
        )

    def _pain_value(self, name: str) -> int | None:
        text = self.query_one(f"#{name}", Input).value.strip()
        return int(text) if text.isascii() and text.isdigit() and int(text) <= 10 else None

    def unreadable_pain(self) -> str | None:
        """The field whose pain value is no number from 0 to 10, if there is one."""
        for name in ("pain_before", "pain_after"):
            if self.query_one(f"#{name}", Input).value.strip() and self._pain_value(name) is None:
                return name
        return None

    def go_to(self, name: str) -> None:
        """Put the cursor into a section."""
        self.query_one(f"#{name}").focus()

    def _fill(self, line: str) -> None:
        """The line is read with every key; what it says goes into the sections."""
        filled = refilled(self.content, line, self._own.words)
        self._shorthand = line
        with self.prevent(TextArea.Changed, Input.Changed):
            self._show(filled)
        self._typed()

    def _show(self, filled: NoteContent) -> None:
        """Put into the fields what differs from what stands there."""
        for name, _, _ in (*SECTIONS, *AFTER):
            self.query_one(f"#{name}", PlainTextArea).become(getattr(filled, name))
        values = {
            "treatments": show_treatments(filled.treatments),
            "pain_before": "" if filled.pain_before is None else str(filled.pain_before),
            "pain_after": "" if filled.pain_after is None else str(filled.pain_after),
        }
        for name, text in values.items():
            field = self.query_one(f"#{name}", Input)
            if field.value != text:
                field.value = text

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _changed(self, event: TextArea.Changed | Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())
