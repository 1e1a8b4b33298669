"""The screen of every form: live checks, what is typed is kept as a draft, saved with enter or F9."""

from datetime import date
from typing import Any

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.css.scalar import Scalar
from textual.screen import ModalScreen
from textual.widgets import Input, Select, Static, TextArea

from therapist_tui.domain.errors import Invalid, PracticeError

from .. import keys
from ..actions import in_line
from ..app import TherapistApp
from ..forms.form import Form
from ..forms.set_up import SetUpForm
from ..keeping import Job, Keeper
from ..plain import shown
from ..records_thread import RecordsThread
from ..widgets.form_fields import FormFields
from ..widgets.key_line import KeyLine
from .base import STYLE_NAMES

AROUND = 6
"""Lines of the card beside fields and message: frame, title, blanks, keys."""


class FormScreen(ModalScreen[object], Keeper):
    """Dismissed with what the form saved, or with None."""

    CSS_PATH = "form.tcss"
    COMPONENT_CLASSES = STYLE_NAMES
    BINDINGS = keys.bindings("form")
    AUTO_FOCUS = ""

    app = getters.app(TherapistApp)

    def __init__(self, form: Form[Any]) -> None:
        super().__init__()
        self._form = form
        self._kept: dict[str, str] = {}
        self._kept_draft = False
        self._mended: set[str] = set()
        self._warned = ""
        self._ready = False
        self._saving = False

    @property
    def _today(self) -> date:
        return self.app.today() if self.app.unlocked else self.app.clock().date()

    def compose(self) -> ComposeResult:
        """Title, fields, a line for what goes on, the keys."""
        with Vertical(classes="card"):
            yield Static(shown(self._form.title, ".title"), id="title")
            yield FormFields(self._form, self._today)
            yield Static(id="message")
            yield KeyLine(id="keys")

    async def on_mount(self) -> None:
        """Fill the fields, with what was typed before where there is a draft."""
        actions = [one for one in in_line("form") if self._can(one.name)]
        self.query_one(KeyLine).show(actions, self.app.active_keymap)
        fields = self.query_one(FormFields)
        start = self._form.start()
        draft = None
        if self._form.keeps_draft:
            draft = await self.app.records.run(self.app.practice.drafts.get, self._form.id, self._form.about)
        fields.fill({**start, **(draft.fields if draft else {})})
        self._kept_draft = draft is not None
        fields.open(self._more_is_filled())
        if draft:
            saved_at = draft.saved_at.astimezone(self.app.practice.zone)
            again = self.app.shown_key("form.start_over")
            self._say(shown(f"Brought back what was typed at {saved_at:%d %b %H:%M}. {again} starts over.", ".accent"))
        self._kept = fields.values()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._ready = True
        draft, _ = self._annotate()
        if not self._kept_draft:
            self._say(self._echo(draft))
        # Focused only now, so that the first field's text is selected and typing replaces it.
        self.query_one(FormFields).go_to(self._form.begin_at or self._form.fields[0].name)
        self.call_after_refresh(self.take_keys)

    @property
    def _has_more(self) -> bool:
        return any(field.more for field in self._form.fields)

    def _more_is_filled(self) -> bool:
        """Whether the second part holds anything but what its choices begin with."""
        values = self.query_one(FormFields).values()
        firsts = {one.name: one.choices[0][0] if one.choices else "" for one in self._form.fields if one.more}
        return any(values[name] != first for name, first in firsts.items())

    def _can(self, action: str) -> bool:
        return action != "more" or self._has_more

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A form without a second part has no key for it."""
        del parameters
        return self._can(action)

    # What is typed

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Select.Changed)
    def _changed(self, event: Input.Changed | TextArea.Changed | Select.Changed) -> None:
        if not self._ready:
            return
        widget = event.control
        if widget.id:
            self._mended.add(widget.id.removeprefix("field-"))
            self._follow(widget.id.removeprefix("field-"))
        self._warned = ""
        draft, _ = self._annotate()
        self._say(self._echo(draft))
        if self._form.keeps_draft:
            self.keep_soon()

    def _follow(self, name: str) -> None:
        """Fill the fields that follow the one that was changed."""
        fields = self.query_one(FormFields)
        values = fields.values()
        followed = self._form.follow(name, values)
        if followed:
            fields.fill({**values, **followed})
            self._mended.update(followed)

    def _echo(self, draft: Any) -> Content:
        """What the draft is understood as, and what would make it better."""
        echo = self._form.echo(draft) if draft is not None else ""
        advice = self._form.advice(self.query_one(FormFields).values())
        lines = [shown(echo, ".accent")] if echo else []
        return Content("\n").join([*lines, *(shown(f"· {one}", ".advice") for one in advice)])

    @on(Input.Submitted)
    async def _enter(self) -> None:
        await self.action_save()

    def _annotate(self, everything: bool = False) -> tuple[Any, dict[str, str]]:
        fields = self.query_one(FormFields)
        values = fields.values()
        draft, problems = self._form.read(values)
        # A field that nobody has been in yet is not wrong, only empty.
        visible = {
            name: text for name, text in problems.items() if everything or (name in self._mended and values[name])
        }
        fields.annotate(values, visible)
        return draft, problems

    def records_thread(self) -> RecordsThread:
        """The app's."""
        return self.app.records

    def pending(self) -> Job | None:
        """The draft, when something was typed since it was kept."""
        if not self._ready or not self._form.keeps_draft or not self.app.unlocked:
            return None
        values = self.query_one(FormFields).values()
        if values == self._kept:
            return None
        self._kept = values
        drafts, form = self.app.practice.drafts, self._form
        return lambda: drafts.keep(form.id, form.about, values)

    # What the keys do

    async def action_save(self) -> None:
        """Save, when nothing must be mended; a warning is shown once before."""
        if self._saving:
            return
        draft, problems = self._annotate(everything=True)
        if draft is None:
            self.query_one(FormFields).go_to(next(iter(problems)))
            return
        self._saving = True
        try:
            await self._save(draft)
        except Invalid as error:
            self.query_one(FormFields).annotate(self.query_one(FormFields).values(), error.problems)
        except PracticeError as error:
            self._say(shown(str(error), ".error"))
        finally:
            self._saving = False

    async def _save(self, draft: object) -> None:
        if isinstance(self._form, SetUpForm):
            self._say(Content.styled("Creating your encrypted practice …", ".muted"))
            self.dismiss(await self.app.records.run(self._form.create, draft))  # pyright: ignore[reportArgumentType]
            return
        practice, form = self.app.practice, self._form
        if not self._warned:
            self._warned = await self.app.records.run(form.warnings, practice, draft)
            if self._warned:
                self._say(shown(self._warned, ".ask"))
                return
        saved = await self.app.records.run(form.save, practice, draft)
        self._ready = False
        await self.app.records.run(practice.drafts.drop, form.id, form.about)
        self.app.changed.publish(None)
        self.dismiss(saved)

    def action_more(self) -> None:
        """Show the second part and go there, or fold it away."""
        fields = self.query_one(FormFields)
        if fields.opened:
            fields.open(False)
            fields.go_to(self._form.fields[0].name)
        else:
            fields.go_to(next(one.name for one in self._form.fields if one.more))

    async def action_start_over(self) -> None:
        """Throw away what was typed."""
        if self._form.keeps_draft:
            await self.app.records.run(self.app.practice.drafts.drop, self._form.id, self._form.about)
        fields = self.query_one(FormFields)
        fields.fill(self._form.start())
        self._kept = fields.values()
        self._mended.clear()
        self._say(Content())

    async def action_close(self) -> None:
        """Leave; what is typed is kept."""
        if self._form.keeps_draft:
            await self.keep()
        self.dismiss(None)

    def _say(self, content: Content) -> None:
        message = self.query_one("#message", Static)
        message.update(content)
        self._leave_room(len(content.wrap(width)) if (width := message.size.width) > 0 and content else 0)

    def on_resize(self) -> None:
        """The fields take what the message and the keys leave."""
        self.call_after_refresh(lambda: self._leave_room(self.query_one("#message").size.height))

    def _leave_room(self, lines: int) -> None:
        """Let the fields scroll where the message needs the room: it and the keys are always in view."""
        room = max(3, self.size.height - AROUND - lines)
        fields = self.query_one(FormFields)
        if fields.styles.max_height != Scalar.from_number(room):
            fields.styles.max_height = room
