"""The note of a session: written with the cautions and goals beside it, kept while it is typed, signed with one key."""

from datetime import date

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from therapist_tui.domain.agenda import Slot
from therapist_tui.domain.appointment import Status
from therapist_tui.domain.note import NoteContent, SessionNote
from therapist_tui.domain.when import show_day

from .. import keys
from ..app import TherapistApp, title_of
from ..deciding import with_reason
from ..keeping import Job, Keeper
from ..plain import name_of, one_line, shown, spread, toast
from ..records_thread import RecordsThread
from ..told import told
from ..widgets.brief import Brief
from ..widgets.levels import STYLES
from ..widgets.shorthand_line import ShorthandLine
from ..widgets.soap_editor import SoapEditor
from .ask import ConfirmScreen
from .base import PracticeScreen


def open_note(app: TherapistApp, slot: Slot, day: date) -> None:
    """Show an appointment's note: to read once it is signed, else to write."""
    from .reading import ReadingScreen

    if slot.note and slot.note.signed:
        app.push_screen(ReadingScreen(slot.note, slot.brief.client))
    else:
        app.push_screen(NoteScreen(slot, day))


async def open_note_by_id(app: TherapistApp, note: SessionNote) -> None:
    """Show a note from the chart."""
    day = note.service_at.astimezone(app.practice.zone).date()
    agenda = await app.records.run(app.practice.day.agenda, day)
    slot = next((slot for slot in agenda.slots if slot.id == note.appointment_id), None)
    if slot:
        open_note(app, slot, day)


class NoteScreen(PracticeScreen, Keeper):
    """Writes the note of one appointment."""

    SCOPE = "note"
    CSS_PATH = "note.tcss"
    BINDINGS = keys.bindings("note")

    def __init__(self, slot: Slot, day: date) -> None:
        super().__init__()
        self._slot, self._day = slot, day
        self._kept = slot.note.content.cleaned() if slot.note else NoteContent()
        self._state = "draft" if slot.note else "new note"

    def body(self) -> ComposeResult:
        """The editor, and the brief beside it."""
        with Horizontal():
            yield SoapEditor(self._kept, self.app.own_shorthand, self._typed)
            yield Brief(self.app.practice.zone, header=False, id="brief")

    def on_mount(self) -> None:
        """Show the client, put the cursor into the shorthand line."""
        self.app.changed.subscribe(self, lambda _: self._reload())
        self.app.masking.subscribe(self, lambda _: self._show())
        self._show()
        self.query_one(SoapEditor).go_to("shorthand")
        self.call_after_refresh(self.take_keys)

    @work(exclusive=True, group="load")
    async def _reload(self) -> None:
        if not self.app.unlocked:
            return
        agenda = await self.app.records.run(self.app.practice.day.agenda, self._day)
        if not self.closed:
            self._slot = next((slot for slot in agenda.slots if slot.id == self._slot.id), self._slot)
            self._show()

    def _show(self) -> None:
        self.query_one(Brief).show(self._slot, self._day, self.app.masked)
        self._show_state()

    def _show_state(self) -> None:
        start = self._slot.appointment.starts_at.astimezone(self.app.practice.zone)
        mark = title_of(self.app)
        name = one_line(name_of(self._slot.brief.client, self.app.masked), ".strong")
        when = Content.styled(f"{show_day(start.date())} {start:%H:%M}", ".muted")
        left = Content.assemble(*((mark, "  ") if mark else ()), name, "  ", self._worst(), "  ", when)
        state = Content.styled(self._state, ".good" if self._state.startswith("draft saved") else ".muted")
        self.show_status(spread(left, state, max(20, self.size.width - 2)))

    def _worst(self) -> Content:
        """The levels of all cautions: never hidden, whichever pane is in front."""
        levels = dict.fromkeys(caution.level for caution in self._slot.brief.cautions)
        return Content(" ").join([shown(f"{level.glyph} {level.word}", STYLES[level]) for level in levels])

    def on_resize(self) -> None:
        """The status line is fitted to the width."""
        if self.is_mounted:
            self._show_state()

    # Keeping what is typed

    @on(SoapEditor.Changed)
    def _typed(self) -> None:
        if self.query_one(SoapEditor).content != self._kept:
            self._state = "typing …"
            self._show_state()
            self.keep_soon()

    def records_thread(self) -> RecordsThread:
        """The app's."""
        return self.app.records

    def pending(self) -> Job | None:
        """The draft, when something was typed since it was kept."""
        editors = self.query(SoapEditor)
        content = editors.first().content if editors else self._kept
        if content == self._kept or not self.app.unlocked:
            return None
        self._kept = content
        notes, appointment_id = self.app.practice.notes, self._slot.id

        def save() -> None:
            notes.save(notes.open(appointment_id).id, content)

        return save

    def kept(self) -> None:
        """Say that it is on the disk, and when."""
        self._state = f"draft saved {self.app.now():%H:%M:%S}"
        self._show_state()

    # What the keys do

    @work
    async def action_sign(self) -> None:
        """Sign, after a question; what is missing is said and shown."""
        editor = self.query_one(SoapEditor)
        await self.keep()
        content = editor.content.cleaned()
        missing = content.missing()
        pain = editor.unreadable_pain()
        if missing or pain:
            toast(self.app, next(iter(missing.values()), "Pain is a whole number from 0 to 10."), severity="warning")
            editor.go_to(next(iter(missing), pain or "subjective"))
            return
        name = name_of(self._slot.brief.client, self.app.masked)
        question = f"Sign the note of {name}?"
        explanation = "It never changes afterwards; corrections are dated addenda beside it."
        if await self.app.push_screen_wait(ConfirmScreen(question, explanation, "sign")):
            await self._sign(content)

    @told
    async def _sign(self, content: NoteContent) -> None:
        from .reading import ReadingScreen

        note = await with_reason(self.app, lambda why: self._sign_and_close(content, why))
        if note is None:
            return
        self._kept = content
        self.app.changed.publish(None)
        self.app.switch_screen(ReadingScreen(note, self._slot.brief.client))

    def _sign_and_close(self, content: NoteContent, why: str) -> SessionNote:
        practice, slot = self.app.practice, self._slot
        note = practice.notes.sign(practice.notes.open(slot.id).id, content, why=why)
        if slot.appointment.status.open:
            practice.appointments.step(slot.id, Status.DONE)
        return note

    def action_shorthand(self) -> None:
        """Go to the shorthand line, and back to S."""
        editor = self.query_one(SoapEditor)
        editor.go_to("subjective" if self.query_one("#shorthand").has_focus else "shorthand")

    def action_which(self) -> None:
        """Say what the first abbreviation that could mean several things means."""
        from .which import WhichScreen

        line = self.query_one(ShorthandLine)
        if not (ask := line.ask):
            toast(self.app, "Every abbreviation of the line has one meaning.")
            return
        self.app.push_screen(WhichScreen(ask), lambda chosen: chosen and line.settle(ask, chosen))

    def action_measure(self) -> None:
        """Type new values for the goals."""
        from .measure import MeasureScreen

        if self._slot.brief.goals:
            self.app.push_screen(MeasureScreen(self._slot.brief.goals))
        else:
            toast(self.app, "This client has no goals yet; the chart adds them.")

    def action_brief(self) -> None:
        """Go to the brief and back; where only one has room, it takes the editor's place."""
        brief = self.query_one(Brief)
        to_brief = not brief.has_focus
        self.set_class(to_brief, "-brief-in-front")
        if to_brief:
            brief.focus()
        else:
            self.query_one(SoapEditor).go_to("subjective")

    @on(Brief.CautionChosen)
    def _why(self, event: Brief.CautionChosen) -> None:
        from .why import WhyScreen

        self.app.push_screen(WhyScreen(event.caution))

    @on(Brief.GoalChosen)
    def _new_value(self, event: Brief.GoalChosen) -> None:
        from .measure import MeasureScreen

        self.app.push_screen(MeasureScreen(self._slot.brief.goals, event.goal_id))

    async def action_close(self) -> None:
        """Back; the draft is kept."""
        await self.keep()
        self.app.changed.publish(None)
        self.dismiss(None)
