"""The body map on the note's screen: it and the shorthand line write the same marks."""

from datetime import datetime
from uuid import UUID

from textual import events, on, work
from textual.widget import Widget

from therapist_tui.domain.agenda import Slot
from therapist_tui.domain.body.marks import Mark
from therapist_tui.domain.note import SHORTHAND_LIMIT, SessionNote
from therapist_tui.domain.shorthand import marked, read

from ..plain import toast
from ..widgets.body_map import BodyMap
from ..widgets.body_pane import BodyPane, Session
from ..widgets.soap_editor import SoapEditor
from .base import PracticeScreen


class MappedScreen(PracticeScreen):
    """A screen with a `SoapEditor` and a `BodyPane`, one of which may be in front of the other."""

    _slot: Slot
    _came_from: Widget | None = None
    _sessions_asked = False

    def action_body_map(self) -> None:
        """Go to the body map, and back to where the cursor was."""
        pane = self.query_one(BodyPane)
        if pane.map.has_focus:
            self._leave_map()
            return
        if not self.has_class("-map-in-front"):
            self._came_from = self.focused
        self.remove_class("-brief-in-front")
        self.add_class("-map-in-front")
        self.show_map()
        # At once, not when Textual comes to it: the next key is meant for the map.
        self.set_focus(pane.map, scroll_visible=False)
        if not self._sessions_asked:
            self._sessions_asked = True
            self._load_sessions()

    def show_map(self) -> None:
        """Bind the line's marks and the cautions in."""
        pane = self.query_one(BodyPane)
        pane.show_cautions(self._slot.brief.cautions)
        pane.show_marks(self._read(self.query_one(SoapEditor).shorthand))

    @on(BodyPane.Left)
    def _leave_map(self) -> None:
        self.query_one(BodyPane).show_today()
        self.remove_class("-map-in-front")
        if self._came_from is not None and self._came_from.is_attached and self._came_from is not self.focused:
            self.set_focus(self._came_from)
        else:
            self.query_one(SoapEditor).go_to("subjective")

    @on(BodyMap.Marked)
    def _write(self, event: BodyMap.Marked) -> None:
        """What is marked goes into the shorthand line, and from there into the sections, as if it had been typed."""
        editor = self.query_one(SoapEditor)
        line = marked(editor.shorthand, event.mark, own=self.app.own_shorthand.words)
        if len(line) > SHORTHAND_LIMIT:
            toast(self.app, f"The shorthand line is full ({SHORTHAND_LIMIT:,} characters).", severity="warning")
            self.show_map()
            return
        editor.set_shorthand(line)

    def _read(self, line: str) -> tuple[Mark, ...]:
        return read(line, self.app.own_shorthand.words).marks

    def follow_line(self) -> None:
        """What is typed into the line shows on the map; what is marked on it, it shows already."""
        pane = self.query_one(BodyPane)
        if self.has_class("-map-in-front") and not pane.map.has_focus:
            pane.show_marks(self._read(self.query_one(SoapEditor).shorthand))

    @work(exclusive=True, group="sessions")
    async def _load_sessions(self) -> None:
        """Earlier notes, once the map is first looked at."""
        appointment = self._slot.appointment
        notes = self.app.practice.notes
        sessions = await self.app.records.run(
            lambda: _sessions(notes.of_client(self._slot.brief.client.id), self._slot.id, appointment.starts_at)
        )
        if not self.closed:
            zone = self.app.zone
            self.query_one(BodyPane).show_sessions(
                [
                    Session(note.service_at.astimezone(zone).date(), self._read(note.content.shorthand))
                    for note in sessions
                ]
            )

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """The key line tells the keys of the map while it has the focus."""
        self.show_keys()


def _sessions(notes: tuple[SessionNote, ...], appointment_id: UUID, before: datetime) -> list[SessionNote]:
    """The signed notes of earlier sessions, newest first."""
    return [
        note for note in notes if note.signed and note.appointment_id != appointment_id and note.service_at < before
    ]
