"""The progress report: read it as it will stand, change its words, write it with one key."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from therapist_tui.domain.client_file import ClientFile
from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.release import REASON_LIMIT
from therapist_tui.domain.report import USUAL_REASONS, Audience, report_of, start_of
from therapist_tui.domain.text import clean_line
from therapist_tui.domain.when import show_short
from therapist_tui.exchange.files import folder_named
from therapist_tui.exchange.giving import Given, give_out
from therapist_tui.exchange.report_out import Form, paper_for, question_of, ready
from therapist_tui.records.errors import RecordNotFound

from .. import keys
from ..app import title_of
from ..forms.report import ASKED, Asked, ReportForm
from ..plain import name_of, one_line, spread, wrapped
from ..told import told
from ..widgets.report_page import given_out, masked, report_page
from .ask import AskScreen
from .base import PracticeScreen

WIDEST = 96
"""Cells of a line of the report; longer ones are hard to read."""


class NoReason(PracticeError):
    """Please say why: the reason is kept with the release."""


class LockedMeanwhile(PracticeError):
    """The practice was locked meanwhile: nothing was written. Write it again."""


@dataclass(frozen=True, slots=True)
class ReportData:
    """What the screen shows."""

    file: ClientFile
    asked: Asked


class ReportScreen(PracticeScreen):
    """A preview in the words of the report; p writes it as PDF, m as Markdown."""

    SCOPE = "report"
    CSS_PATH = "report.tcss"
    BINDINGS = keys.bindings("report")

    def __init__(self, client_id: UUID) -> None:
        super().__init__()
        self._client_id = client_id
        self._data: ReportData | None = None
        self._given: Given | None = None
        self._writing = False

    def body(self) -> ComposeResult:
        """Where it goes, then the report."""
        yield Static(id="way")
        with VerticalScroll(id="page"):
            yield Static(id="report")
            yield Static(id="given")

    def on_mount(self) -> None:
        """Load it, and again after every change."""
        self.app.changed.subscribe(self, lambda _: self.load())
        self.app.masking.subscribe(self, lambda _: self._show())
        self.query_one("#page").focus()
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Read the client's file and show the report that follows from it."""
        if not self.app.unlocked:
            return
        try:
            data = await self.app.records.run(self._read)
        except RecordNotFound:  # the client was just added, and that was undone
            if self.is_current:
                self.dismiss(None)
            return
        if not self.closed:
            self._data = data
            self._show()

    def _read(self) -> ReportData:
        file = self.app.practice.client_files.of(self._client_id)
        asked = Asked(start_of(file, self.app.today()).cleaned(), str(self.app.exports))
        draft = self.app.practice.drafts.get(ASKED, str(self._client_id))
        if draft:
            said, _ = ReportForm(self._client_id, self.app.today(), asked, "").read(draft.fields)
            asked = said or asked
        elif self._data:
            asked = self._data.asked  # written, and not begun anew
        return ReportData(file, asked)

    # What is shown

    def on_resize(self) -> None:
        """The lines are fitted to the width."""
        self._show()

    def _show(self) -> None:
        if self._data is None or self.closed:
            return
        file, draft = self._data.file, self._data.asked.report
        width = max(30, min(WIDEST, self.size.width - 6))
        report = report_of(file, draft, self.app.today(), self.app.own_shorthand.words)
        if self.app.masked:
            report = masked(report, file.client.initials)
        self.query_one("#report", Static).update(report_page(report, width))
        self.query_one("#way", Static).update(Content("\n").join(self._way(self._data, width)))
        self.query_one("#given", Static).update(given_out(file, self.app.today(), width))
        self._show_status(file)

    def _show_status(self, file: ClientFile) -> None:
        mark = title_of(self.app)
        left = Content.assemble(
            *((mark, "  ") if mark else ()),
            one_line(name_of(file.client, self.app.masked), ".strong"),
            ("   progress report", ".muted"),
        )
        given = [one for one in file.releases if one.what.startswith("progress report")]
        last = given[-1] if given else None
        day = last.released_at.astimezone(self.app.practice.zone).date() if last else None
        right = Content.styled(f"last given out {show_short(day, self.app.today())}" if day else "", ".muted")
        self.show_status(spread(left, right, max(20, self.size.width - 2)))

    def _way(self, data: ReportData, width: int) -> list[Content]:
        """To whom it goes, whether they may have it, and where the file lies."""
        draft, today = data.asked.report, self.app.today()
        lines = wrapped(one_line(f"To {draft.to_whom}: {draft.why}"), width)
        if draft.audience is not Audience.CLIENT:
            if question_of(data.file, draft, today):
                lines += wrapped(Content.styled("▲ no signed consent names them: writing asks why", ".ask"), width)
            else:
                lines.append(Content.styled("✓ a signed consent names them", ".good"))
        if self._given:
            lines += wrapped(one_line(f"✓ written: {self._given.path}", ".good"), width)
        else:
            lines += wrapped(one_line(f"Goes into {data.asked.folder}", ".muted"), width)
        return lines

    # What the keys do

    def action_pdf(self) -> None:
        """Write the PDF."""
        self._write(Form.PDF)

    def action_markdown(self) -> None:
        """Write the Markdown."""
        self._write(Form.MARKDOWN)

    @work
    @told
    async def _write(self, form: Form) -> None:
        data, today = self._data, self.app.today()
        if data is None or self._writing:
            return
        reason = ""
        if question := question_of(data.file, data.asked.report, today):
            answer = await self.app.push_screen_wait(AskScreen(question, "why, e.g. the client asked for it", _reason))
            if not isinstance(answer, str):
                return
            reason = answer
        self._writing = True
        try:
            self._given = await self._give(data, form, reason)
        finally:
            self._writing = False
        self.app.changed.publish(None)

    async def _give(self, data: ReportData, form: Form, reason: str) -> Given:
        """Set it beside the records' thread, then write it down and give the file its name."""
        practice, today, folder = self.app.practice, self.app.today(), folder_named(data.asked.folder)
        paper = paper_for(self.app.settings.paper, data.file.zone.key)
        own = self.app.own_shorthand.words
        one = await asyncio.to_thread(
            ready, data.file, data.asked.report, form, folder, today, paper, reason=reason, own=own
        )
        if not (self.app.unlocked and self.app.practice is practice):
            raise LockedMeanwhile
        make = folder == self.app.exports

        def write() -> Given:
            given = give_out(practice, one.draft, one.content, one.path, make=make)
            practice.drafts.drop(ASKED, str(self._client_id))
            return given

        return await self.app.records.run(write)

    @work
    @told
    async def action_file(self) -> None:
        """Write the client's whole file, for the client to have."""
        from therapist_tui.exchange.exporting import export_client

        data = self._data
        if data is None or self._writing:
            return
        practice, folder, now = self.app.practice, folder_named(data.asked.folder), self.app.now()
        make = folder == self.app.exports
        why = USUAL_REASONS[Audience.CLIENT]

        def write() -> Given:
            return export_client(practice, self._client_id, why, folder, now, make=make)

        self._given = await self.app.records.run(write)
        self.app.changed.publish(None)

    @work
    async def action_change(self) -> None:
        """Change to whom it goes and what it says."""
        from .form import FormScreen

        if self._data:
            file, asked = self._data.file, self._data.asked
            referrer = file.referrals[-1].referrer if file.referrals else ""
            form = ReportForm(self._client_id, self.app.today(), asked, referrer)
            if await self.app.push_screen_wait(FormScreen(form)):
                self._given = None

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)


def _reason(words: str) -> str:
    reason = clean_line(words, REASON_LIMIT)
    if not reason:
        raise NoReason
    return reason
