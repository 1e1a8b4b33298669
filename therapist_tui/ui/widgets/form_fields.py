"""The fields of a form on the screen: label, field, and what it was understood as."""

from datetime import date
from typing import Any, cast

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Select, Static, TextArea

from therapist_tui.domain.text import clean

from ..forms.form import Field, Form, Kind, understood
from ..plain import one_line, shown
from .fields import PlainInput, PlainTextArea


class FormFields(VerticalScroll, can_focus=False):
    """Shows a form's fields and tells their values."""

    def __init__(self, form: Form[Any], today: date) -> None:
        super().__init__()
        self._form, self._today = form, today

    def compose(self) -> ComposeResult:
        """A row a field."""
        for field in self._form.fields:
            classes = f"{'tall ' if field.kind is Kind.TEXT else ''}{'more' if field.more else ''}"
            with Horizontal(classes=classes, id=f"row-{field.name}"):
                yield Static(field.label, classes="label", markup=False)
                yield self._widget(field)
                yield Static(classes="note", id=f"note-{field.name}")

    def _widget(self, field: Field) -> Widget:
        name = f"field-{field.name}"
        if field.kind is Kind.CHOICE:
            options = [(Content(text), kept) for kept, text in field.choices]
            return Select(options, id=name, allow_blank=False, compact=True)  # pyright: ignore[reportArgumentType]
        if field.kind is Kind.TEXT:
            return PlainTextArea(id=name, tab_behavior="focus", placeholder=field.hint)
        suggester = SuggestFromList(field.suggestions, case_sensitive=False) if field.suggestions else None
        secret = field.kind is Kind.SECRET
        return PlainInput(
            id=name, placeholder=field.hint, suggester=suggester, password=secret, compact=True, max_length=500
        )

    def values(self) -> dict[str, str]:
        """What the fields hold."""
        return {field.name: self._value(field) for field in self._form.fields}

    def _value(self, field: Field) -> str:
        widget = self.query_one(f"#field-{field.name}")
        if isinstance(widget, TextArea):
            return widget.text
        if isinstance(widget, Input):
            return widget.value
        return str(cast("Select[str]", widget).value) if isinstance(widget, Select) else ""

    def fill(self, values: dict[str, str]) -> None:
        """Put values into the fields."""
        for field in self._form.fields:
            widget = self.query_one(f"#field-{field.name}")
            text = clean(values.get(field.name, ""))
            if isinstance(widget, TextArea):
                widget.text = text
            elif isinstance(widget, Input):
                widget.value = text
            elif isinstance(widget, Select):
                kept = [one for one, _ in field.choices]
                widget.value = text if text in kept else kept[0]

    @property
    def opened(self) -> bool:
        """Whether the second part is shown."""
        return self.has_class("-opened")

    def open(self, opened: bool = True) -> None:
        """Show the form's second part, or fold it away; what stands in it counts all the same."""
        self.set_class(opened, "-opened")

    def annotate(self, values: dict[str, str], problems: dict[str, str]) -> None:
        """Show beside each field what must be mended, or what a date was understood as."""
        hidden = self._form.hidden(values)
        for field in self._form.fields:
            self.query_one(f"#row-{field.name}").set_class(field.name in hidden, "hidden")
            note = self.query_one(f"#note-{field.name}", Static)
            if field.name in problems:
                note.update(shown(f"! {problems[field.name]}", ".error"))
                note.set_class(True, "problem")
            else:
                known = understood(field, values[field.name], self._today)
                meaning = known or self._form.meaning(field.name, values)
                note.update(one_line(f"= {meaning}" if meaning else "", ".good"))
                note.set_class(False, "problem")

    def go_to(self, name: str) -> None:
        """Put the cursor into a field, wherever it stands."""
        if any(field.name == name and field.more for field in self._form.fields):
            self.open()
        self.query_one(f"#field-{name}").focus()
