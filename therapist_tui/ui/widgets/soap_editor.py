"""The note's fields: SOAP sections, the work done, pain, the session's times, home care, next time."""

from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea

from therapist_tui.domain.carrying import SECTIONS as CARRIABLE
from therapist_tui.domain.carrying import waiting
from therapist_tui.domain.note import TIMES_LIMIT, NoteContent
from therapist_tui.domain.shorthand import refilled
from therapist_tui.domain.treatments import TECHNIQUE_LIMIT, read_treatments, show_treatments
from therapist_tui.settings import OwnShorthand

from ..keys import ShownKey
from .fields import PlainInput
from .section import Section, WaitingTechniques
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
LABELS = {name: label for name, label, _ in (*SECTIONS, *AFTER)} | {"treatments": "   work done"}
PAIN = r"10|\d"
"""All that a pain field takes, so that nothing can be typed there that is no pain from 0 to 10."""


RESTS, FILLED_WITHIN = 0.12, 0.4
"""Seconds without a key after which the sections are filled from the shorthand line, and the most they lag behind."""


class Row(Horizontal):
    """A label and its field. Their size follows from one layout; Textual would make a second one, a frame later."""

    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)


class SoapEditor(VerticalScroll, can_focus=False):
    """The editable note."""

    class Changed(Message):
        """Something was typed."""

    def __init__(self, content: NoteContent, own: OwnShorthand, typed: Callable[[], None], shown_key: ShownKey) -> None:
        """`typed` is called at once for every key in the shorthand line; `Changed` comes when the sections changed."""
        super().__init__()
        self._start, self._own, self._typed, self._shown_key = content, own, typed, shown_key
        self._shorthand = content.shorthand
        """The line that the sections were last filled from."""
        self._line = content.shorthand
        """The line as it is typed; what is kept and signed is always read from it."""
        self._resting: Timer | None = None
        self._late: Timer | None = None
        self._carried = content.carried
        self._marked = False
        """Whether a line is shown as waiting."""
        self._techniques = WaitingTechniques()

    def compose(self) -> ComposeResult:
        """The shorthand line, then the sections in the order in which they are written."""
        yield ShorthandLine(self._start.shorthand, self._own, self._read, self._shown_key)
        yield from self._section(*SECTIONS[0])
        yield from self._section(*SECTIONS[1])
        with Row():
            yield self._label("treatments")
            yield PlainInput(
                show_treatments(self._start.treatments),
                placeholder="technique minutes, e.g. MFR 25, trigger point 10",
                highlighter=self._techniques,
                id="treatments",
                compact=True,
                max_length=TECHNIQUE_LIMIT,
            )
        with Row():
            yield Static("   pain 0–10", classes="label")
            yield self._pain("pain_before", self._start.pain_before, "before")
            yield Static(" → ", classes="arrow")
            yield self._pain("pain_after", self._start.pain_after, "after")
        for section in (*SECTIONS[2:], *AFTER):
            yield from self._section(*section)
        with Row():
            yield Static("Times", classes="label")
            yield PlainInput(self._start.times, id="times", compact=True, max_length=TIMES_LIMIT)

    def _section(self, name: str, _label: str, hint: str) -> ComposeResult:
        with Row():
            yield self._label(name)
            yield Section(getattr(self._start, name), id=name, tab_behavior="focus", placeholder=hint)

    @staticmethod
    def _label(name: str) -> Static:
        return Static(label(name, 0), classes="label", id=f"label-{name}")

    @staticmethod
    def _pain(name: str, value: int | None, hint: str) -> PlainInput:
        text = "" if value is None else str(value)
        return PlainInput(text, placeholder=hint, id=name, compact=True, classes="pain", restrict=PAIN)

    def on_mount(self) -> None:
        """Dim what was carried and waits."""
        self._mark_waiting()

    @property
    def content(self) -> NoteContent:
        """What stands in the fields, the shorthand line read into them as far as it is typed."""
        sections = {name: self.query_one(f"#{name}", TextArea).text for name, _, _ in (*SECTIONS, *AFTER)}
        content = NoteContent(
            **sections,
            treatments=read_treatments(self._value("treatments")),
            pain_before=self._pain_value("pain_before"),
            pain_after=self._pain_value("pain_after"),
            shorthand=self._shorthand,
            times=self._value("times"),
            carried=self._carried,
        )
        return refilled(content, self._line, self._own.words)

    @property
    def shorthand(self) -> str:
        """The shorthand line as it stands."""
        return self.query_one("#shorthand", Input).value

    def set_shorthand(self, line: str) -> None:
        """Put another line in, as if it had been typed: the sections follow."""
        self.query_one("#shorthand", Input).value = line

    def show(self, content: NoteContent) -> None:
        """Put a note into the fields; a field that says it already is left alone, cursor and all."""
        self._shorthand = self._line = content.shorthand
        self._carried = content.carried
        for name, _, _ in (*SECTIONS, *AFTER):
            self.query_one(f"#{name}", Section).become(getattr(content, name))
        values = {
            "treatments": show_treatments(content.treatments),
            "pain_before": "" if content.pain_before is None else str(content.pain_before),
            "pain_after": "" if content.pain_after is None else str(content.pain_after),
        }
        for name, text in values.items():
            field = self.query_one(f"#{name}", Input)
            if field.value != text:
                field.value = text
        if self._carried or self._marked:
            self._mark_waiting()

    def _value(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value

    def _pain_value(self, name: str) -> int | None:
        text = self._value(name)
        return int(text) if text.isascii() and text.isdigit() else None

    def go_to(self, name: str, at: int | None = None) -> None:
        """Put the cursor into a section, before letter `at` of it: at once, so that the next key finds it there."""
        field = self.query_one(f"#{name}")
        self.screen.set_focus(field)
        if at is not None and isinstance(field, TextArea):
            before = field.text[:at]
            field.move_cursor((before.count("\n"), at - (before.rfind("\n") + 1)), center=True)
        elif at is not None and isinstance(field, Input):
            field.cursor_position = at

    @property
    def section(self) -> str:
        """The field that the cursor is in, "" when it is in none."""
        focused = self.query("Input:focus, TextArea:focus")
        return (focused.first().id or "") if focused else ""

    def show_clock(self, hint: str) -> None:
        """What the clock says of the session's times, until somebody types them."""
        self.query_one("#times", Input).placeholder = hint

    def _read(self, line: str) -> None:
        """The line is read with every key; the sections follow when the fingers rest, and at the latest a little later.

        To repaint the whole note for each letter would make every letter wait.
        """
        self._line = line
        self._typed()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(RESTS, self.fill)
        if self._late is None:
            self._late = self.set_timer(FILLED_WITHIN, self.fill)

    def fill(self) -> None:
        """Put what the line says into the sections, now."""
        for timer in (self._resting, self._late):
            if timer is not None:
                timer.stop()
        self._resting = self._late = None
        if self._line != self._shorthand:
            with self.prevent(TextArea.Changed, Input.Changed):
                self.show(self.content)
            self.post_message(self.Changed())

    @on(events.DescendantBlur)
    def _left(self) -> None:
        """Whoever leaves the line finds the sections filled."""
        self.fill()

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _changed(self, event: TextArea.Changed | Input.Changed) -> None:
        event.stop()
        if self._carried:
            self._mark_waiting()
        self.post_message(self.Changed())

    def _mark_waiting(self) -> None:
        """Dim the lines that wait, and count them beside their section."""
        lines = waiting(self.content)
        self._marked = bool(lines)
        for name in CARRIABLE:
            texts = frozenset(one.text for one in lines if one.section == name)
            field = self.query_one(f"#{name}")
            if isinstance(field, Section):
                field.waiting = texts
            else:
                self._techniques.waiting = texts
                field.refresh()
            self.query_one(f"#label-{name}", Static).update(label(name, len(texts)))


def label(name: str, count: int) -> Content:
    """The name of a section, and how many carried lines wait in it."""
    text = Content.styled(LABELS[name], ".title" if LABELS[name][1] == " " and LABELS[name][0] != " " else "")
    return Content.assemble(text, (f" ↻{count}", ".check")) if count else text
