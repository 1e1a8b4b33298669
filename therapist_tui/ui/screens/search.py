"""Search: every word of the record, found while it is typed; enter goes to the line."""

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from therapist_tui.domain.search.found import Answer, Found
from therapist_tui.domain.search.query import Kind

from .. import keys
from ..app import title_of
from ..plain import one_line, spread
from ..told import told
from ..widgets.fields import PlainInput
from ..widgets.found_list import FoundList
from .base import PracticeScreen


class SearchScreen(PracticeScreen):
    """A line to type in, and what it finds."""

    SCOPE = "search"
    CSS_PATH = "search.tcss"
    BINDINGS = keys.bindings("search")

    def __init__(self) -> None:
        super().__init__()
        self._answer: Answer | None = None

    def body(self) -> ComposeResult:
        """The line, and the records found."""
        with Vertical():
            hint = "words, client: region: side: before: after: kind: unsigned:"
            yield PlainInput(placeholder=hint, id="find", compact=True)
            yield FoundList(self.app.practice.zone, self.app.today())

    def on_mount(self) -> None:
        """Wait for words."""
        self.app.changed.subscribe(self, lambda _: self.find())
        self.app.masking.subscribe(self, lambda _: self._show())
        self.query_one("#find").focus()
        self._show()

    def on_input_changed(self) -> None:
        """Every key asks anew."""
        self.find()

    @work(exclusive=True, group="load")
    async def find(self) -> None:
        """Show what fits what is typed; the newest request wins."""
        if not self.app.unlocked:
            return
        typed = self.query_one("#find", Input).value
        answer = await self.app.records.run(self.app.practice.search.find, typed)
        if not self.closed:
            anew = self._answer is None or answer.query != self._answer.query
            self._answer = answer
            self._show(anew)
            if answer.found:
                self.app.guard.searched()

    def _show(self, anew: bool = False) -> None:
        answer = self._answer
        asked = bool(answer and not answer.query.empty)
        said = " ".join(answer.told) if answer else ""
        found = answer.found if answer else ()
        nothing = said or ("Nothing fits." if asked else "")
        self.query_one(FoundList).show(found, self.app.masked, said=nothing, asked=asked, anew=anew)
        mark = title_of(self.app)
        left = Content("   ").join([*([mark] if mark else []), Content.styled("Search", ".strong"), _count(answer)])
        right = one_line(said if found else "", ".check")
        self.show_status(spread(left, right, max(20, self.size.width - 2)))

    def on_resize(self) -> None:
        """The status line is fitted to the width."""
        if self.is_mounted and self.app.unlocked:
            self._show()

    # What the keys do

    def action_up(self) -> None:
        """Move up."""
        self.query_one(FoundList).move(-1)

    def action_down(self) -> None:
        """Move down."""
        self.query_one(FoundList).move(+1)

    def action_page_up(self) -> None:
        """Move up a page."""
        found = self.query_one(FoundList)
        found.move(-found.page)

    def action_page_down(self) -> None:
        """Move down a page."""
        found = self.query_one(FoundList)
        found.move(+found.page)

    async def on_input_submitted(self) -> None:
        """Enter goes there."""
        await self.action_open()

    @on(FoundList.Chosen)
    async def _clicked(self) -> None:
        await self.action_open()

    @told
    async def action_open(self) -> None:
        """Go to the line that was found: the note, or the entry of the chart."""
        found = self.query_one(FoundList).found
        if found is None:
            return
        if found.document.note_id:
            await self._open_note(found)
            return
        from .chart import ChartScreen
        from .chart_sections import HISTORY, OVERVIEW, PAPERS, PLAN

        sections = {Kind.HISTORY: HISTORY, Kind.GOAL: PLAN, Kind.PLAN: PLAN, Kind.REFERRAL: PAPERS}
        document = found.document
        section = sections.get(document.kind, OVERVIEW)
        self.app.push_screen(
            ChartScreen(document.client.id, section, at=None if section == OVERVIEW else document.record_id)
        )

    async def _open_note(self, found: Found) -> None:
        from .note import NoteScreen, open_note_of
        from .reading import ReadingScreen

        document = found.document
        if document.note_id is None:
            return
        note = await self.app.records.run(self.app.practice.notes.get, document.note_id)
        if note.signed:
            query = self._answer.query if self._answer else None
            self.app.push_screen(ReadingScreen(note, document.client, query.marked if query else ()))
            return
        await open_note_of(self.app, note.appointment_id, note.service_at, note)
        if isinstance(screen := self.app.screen, NoteScreen):
            screen.call_after_refresh(screen.go_to, found.part.field, found.at)

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)


def _count(answer: Answer | None) -> Content:
    if not answer or not answer.found:
        return Content()
    if answer.more:
        return Content.styled(f"the newest {len(answer.found)}; one more word narrows them down", ".muted")
    return Content.styled("1 found" if len(answer.found) == 1 else f"{len(answer.found)} found", ".muted")
