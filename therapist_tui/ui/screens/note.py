"""The note of a session: written with the cautions and goals beside it, kept while it is typed, signed with one key."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from therapist_tui.domain.agenda import Slot
from therapist_tui.domain.appointment import Status
from therapist_tui.domain.carrying import SECTIONS as CARRIABLE
from therapist_tui.domain.carrying import confirm, likeness, waiting
from therapist_tui.domain.clock import clock_of, meter, since_end
from therapist_tui.domain.note import NoteContent, SessionNote
from therapist_tui.domain.watch import Conflict, Exclusion, watch, work_of
from therapist_tui.domain.when import show_day, show_short
from therapist_tui.records.errors import RecordNotFound

from .. import keys
from ..app import TherapistApp, title_of
from ..deciding import with_reason
from ..keeping import Job, Keeper
from ..plain import name_of, one_line, shown, spread, toast
from ..records_thread import RecordsThread
from ..told import told
from ..widgets.body_pane import BodyPane
from ..widgets.brief import Brief
from ..widgets.brief_strip import BriefStrip
from ..widgets.levels import STYLES, label
from ..widgets.shorthand_line import ShorthandLine
from ..widgets.soap_editor import SoapEditor
from .note_map import MappedScreen


def open_note(app: TherapistApp, slot: Slot, day: date) -> None:
    """Show an appointment's note: to read once it is signed, else to write."""
    from .reading import ReadingScreen

    if slot.note and slot.note.signed and not slot.note.in_error:
        app.push_screen(ReadingScreen(slot.note, slot.brief.client))
    else:
        app.push_screen(NoteScreen(slot, day))


async def open_note_of(
    app: TherapistApp, appointment_id: UUID, moment: datetime, note: SessionNote | None = None
) -> None:
    """Show the note of an appointment on the day of that moment; of `note`, entered in error, that one itself."""
    day = moment.astimezone(app.practice.zone).date()
    agenda = await app.records.run(app.practice.day.agenda, day)
    slot = next((slot for slot in agenda.slots if slot.id == appointment_id), None)
    if slot and note and note.in_error:
        from .reading import ReadingScreen

        app.push_screen(ReadingScreen(note, slot.brief.client))
    elif slot:
        open_note(app, slot, day)


class NoteScreen(MappedScreen, Keeper):
    """Writes the note of one appointment."""

    SCOPE = "note"
    CSS_PATH = "note.tcss"
    BINDINGS = keys.bindings("note")

    def __init__(self, slot: Slot, day: date) -> None:
        super().__init__()
        self._slot, self._day = slot, day
        draft = slot.note if slot.note and not slot.note.signed else None
        self._kept = draft.content.cleaned() if draft else NoteContent()
        self._excluded: tuple[Exclusion, ...] = ()
        """What the client's cautions exclude: the note watches for it while it is written."""
        self._watched: object = None
        self._conflicts: tuple[Conflict, ...] = ()
        self._state = self._saved = "draft" if draft else "new note"

    @property
    def appointment_id(self) -> UUID:
        """Whose note it is."""
        return self._slot.id

    def body(self) -> ComposeResult:
        """The editor, and the brief beside it."""
        yield BriefStrip(self.app.zone, self.app.shown_key, id="strip")
        with Horizontal():
            with Vertical(id="writing"):
                yield Static(id="hints")
                yield SoapEditor(self._kept, self.app.own_shorthand, self._typing, self.app.shown_key)
                yield Static(id="watch")
            yield Brief(self.app.zone, header=False, id="brief")
            yield BodyPane(self.app.shown_key, id="body-map")

    def on_mount(self) -> None:
        """Show the client, put the cursor into the shorthand line."""
        self.app.changed.subscribe(self, lambda _: self._reload())
        self.app.masking.subscribe(self, lambda _: self._show())
        self.set_interval(20, self._show_state)
        if self._slot.note:
            self.app.guard.read_note(self._slot.note.id)
        self._show()
        self._reload()
        self.query_one(SoapEditor).go_to("shorthand")
        self.call_after_refresh(self.take_keys)

    @work(exclusive=True, group="load")
    async def _reload(self) -> None:
        if not self.app.unlocked:
            return
        practice = self.app.practice
        try:
            appointment = await self.app.records.run(practice.appointments.get, self._slot.id)
        except RecordNotFound:  # its booking was undone; with a note begun that cannot be
            if self.is_current:
                self.dismiss(None)
            return
        self._day = appointment.starts_at.astimezone(practice.zone).date()
        agenda = await self.app.records.run(practice.day.agenda, self._day)
        excluded = await self.app.records.run(practice.decisions.excluded, self._slot.id)
        if not self.closed:
            self._excluded = excluded
            self._slot = next((slot for slot in agenda.slots if slot.id == self._slot.id), self._slot)
            self._show()

    def _show(self) -> None:
        self.query_one(Brief).show(self._slot, self._day, self.app.masked)
        self.query_one(BriefStrip).show(self._slot, self._day)
        self.query_one(BodyPane).show_cautions(self._slot.brief.cautions)
        self._show_state()
        editor = self.query_one(SoapEditor)
        self._show_hints(editor.content)
        editor.show_clock(self._clocked())

    def _clocked(self) -> str:
        """What the appointment's clock will put into the note where nobody types the times."""
        booked, zone = self._slot.appointment, self.app.zone
        began = f"{booked.began_at.astimezone(zone):%H:%M}" if booked.began_at else ""
        ended = f"{booked.ended_at.astimezone(zone):%H:%M}" if booked.ended_at else ""
        return f"{began}–{ended} by the clock" if began else "10:30–11:30"

    def _show_state(self) -> None:
        start = self._slot.appointment.starts_at.astimezone(self.app.zone)
        mark = title_of(self.app)
        name = one_line(name_of(self._slot.brief.client, self.app.masked), ".strong")
        when = Content.styled(f"{show_day(start.date())} {start:%H:%M}", ".muted")
        left = Content.assemble(*((mark, "  ") if mark else ()), name, "  ", self._worst(), "  ", when)
        state = Content.styled(self._state, ".good" if self._state.startswith("draft saved") else ".muted")
        if clock := self._clock_words():
            state = Content.assemble((clock, ".muted"), "   ", state)
        self.show_status(spread(left, state, max(20, self.size.width - 2)))

    def _clock_words(self) -> str:
        """The clock of the session, or the minutes since it was over."""
        booked, now = self._slot.appointment, self.app.clock()
        if clock := clock_of(booked, now):
            return clock.words
        since = since_end(booked, now)
        return meter(since) if since is not None else ""

    def _worst(self) -> Content:
        """The levels of all cautions: never hidden, whichever pane is in front."""
        levels = dict.fromkeys(caution.level for caution in self._slot.brief.cautions)
        return Content(" ").join([shown(f"{level.glyph} {level.word}", STYLES[level]) for level in levels])

    def _show_hints(self, content: NoteContent) -> None:
        """What the note itself has to say: carried lines that wait, and how alike it is to the last."""
        last = self._slot.brief.last_note
        parts: list[Content] = []
        if count := len(waiting(content)):
            lines = "1 carried line waits" if count == 1 else f"{count} carried lines wait"
            parts.append(Content.styled(f"↻ {lines}: {self.app.shown_key('note.confirm')} confirms", ".check"))
        if last and not content.empty:
            when = show_short(last.service_at.astimezone(self.app.zone).date(), self._day)
            parts.append(Content.styled(f"{100 * likeness(content, last.content):.0f} % like {when}", ".muted"))
        self.query_one("#hints", Static).update(Content("   ").join(parts), layout=False)
        self._watch(content)

    def _watch(self, content: NoteContent) -> None:
        """Say at once what of the work in the note a caution excludes; only when the work has changed."""
        work = (work_of(content), self._excluded)
        if work == self._watched:
            return
        self._watched = work
        conflicts = watch(content, self._excluded, self.app.own_shorthand.words)
        if conflicts == self._conflicts:
            return
        self._conflicts = conflicts
        panel = self.query_one("#watch", Static)
        panel.update(Content("\n").join(conflict_line(one) for one in conflicts))
        panel.display = bool(conflicts)

    def on_resize(self) -> None:
        """The status line is fitted to the width."""
        if self.is_mounted:
            self._show_state()
            self.query_one(BriefStrip).fit()

    # Keeping what is typed

    def _typing(self) -> None:
        """A key in the shorthand line: the rest follows when the sections are filled."""
        if self._state != "typing …":
            self._state = "typing …"
            self._show_state()
        self.keep_soon()

    @on(SoapEditor.Changed)
    def _typed(self) -> None:
        self.follow_line()
        content = self.query_one(SoapEditor).content
        self._show_hints(content)
        changed = content != self._kept
        self._state = "typing …" if changed else self._saved
        self._show_state()
        if changed:
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
        self._state = self._saved = f"draft saved {self.app.now():%H:%M:%S}"
        self._show_state()

    # What the keys do

    @work
    async def action_sign(self) -> None:
        """Sign, after a question; what is missing is listed, and enter leads there."""
        from ..signing import sign_note

        await self.keep()
        note = await sign_note(self.app, self._slot, self.query_one(SoapEditor).content.cleaned(), self.go_to)
        if note is not None:
            self._kept = self.query_one(SoapEditor).content
            self.show_signed(note)

    def go_to(self, field: str, at: int | None = None) -> None:
        """Put the cursor into a field of the note; `at` is the letter that it stands before."""
        self.remove_class("-brief-in-front")
        self.query_one(SoapEditor).go_to(field, at)

    def show_signed(self, note: SessionNote) -> None:
        """The signed note takes this screen's place."""
        from .reading import ReadingScreen

        self.app.changed.publish(None)
        screen = ReadingScreen(note, self._slot.brief.client)
        self.app.switch_screen(screen)  # pyright: ignore[reportUnknownMemberType] - Textual says not which screens

    def action_carry(self) -> None:
        """Carry sections forward from the last note."""
        from .carry import CarryScreen

        last = self._slot.brief.last_note
        if last is None:
            toast(self.app, "There is no signed note before this one to carry from.")
            return
        editor = self.query_one(SoapEditor)
        when = show_short(last.service_at.astimezone(self.app.zone).date(), self._day)
        self.app.push_screen(CarryScreen(last.content, when, editor.content, editor.show), self._to_carried)

    def _to_carried(self, _: object) -> None:
        if lines := waiting(self.query_one(SoapEditor).content):
            self.go_to(min((one.section for one in lines), key=CARRIABLE.index))

    def action_confirm(self) -> None:
        """Take the carried lines of this section on as today's, and go to the next that wait."""
        editor = self.query_one(SoapEditor)
        content = editor.content
        waits = waiting(content)
        if not waits:
            toast(self.app, f"No carried line waits. {self.app.shown_key('note.carry')} carries from the last note.")
        elif waiting(content, editor.section):
            editor.show(confirm(content, editor.section))
            self._typed()
        self._to_carried(None)

    @work
    @told
    async def action_clock(self) -> None:
        """Start the session, or end it: the times of the note come from here."""
        status = self._slot.appointment.status
        if not status.open:
            toast(self.app, f"This session is {status.value}. Type the times below if they are not right.")
            return
        following = Status.DONE if status is Status.IN_SESSION else Status.IN_SESSION
        appointments, appointment_id = self.app.practice.appointments, self._slot.id
        stepped = await with_reason(self.app, lambda why: appointments.step(appointment_id, following, why=why))
        if stepped:  # at once, so that the same key pressed again does the next step, not this one
            self._slot = replace(self._slot, appointment=stepped)
            self.app.changed.publish(None)

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
        self.remove_class("-map-in-front")
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


def conflict_line(conflict: Conflict) -> Content:
    """A warning of the note: the level, what is excluded, the words that go against it."""
    what = conflict.why.removeprefix(f"{conflict.title}: ")  # what to leave out comes first: a line may be short
    rest = one_line(f"“{conflict.words}” · {conflict.title}", ".muted")
    return Content.assemble(label(conflict.level), " ", one_line(what, ".strong"), "  ", rest)
