"""Reading a client's file: its sections, the chosen entry, and the file as it stood on an earlier day."""

from datetime import date
from typing import Any
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content

from therapist_tui.domain.agenda import Brief
from therapist_tui.domain.chart import Overview, Stood, Timeline
from therapist_tui.domain.desk import Owed
from therapist_tui.domain.goal import GoalProgress
from therapist_tui.domain.when import read_past_date, show_day
from therapist_tui.records.errors import RecordNotFound

from ..actions import BY_ID
from ..app import title_of
from ..plain import name_of, one_line, spread
from ..told import told
from ..widgets.body_still import BodyStill
from ..widgets.chart_list import ChartDetail, ChartList
from ..widgets.chart_page import Looks, Page, Row
from ..widgets.chart_tabs import ChartTabs
from ..widgets.key_line import KeyLine
from ..widgets.levels import label
from .base import PracticeScreen
from .chart_sections import NAMES, NOTES, OVERVIEW, Found, of_the_day, page_of, read_section

LOOKING = {
    "section", "previous_section", "next_section", "up", "down", "first", "last", "more", "back", "trends", "as_of",
    "close",
}  # fmt: skip
"""What can be done to a chart as it stood on an earlier day."""
WIDE = 90
"""Cells of width from which the words for an earlier day are long."""
WORST = 26
"""Cells that the worst caution has at least in the status line."""


class FileScreen(PracticeScreen):
    """Shows a file, and changes nothing in it."""

    def __init__(
        self, client_id: UUID, section: int = OVERVIEW, brief: Brief | None = None, at: UUID | None = None
    ) -> None:
        """`at` is the entry that the highlight stands on at first."""
        super().__init__()
        self._client_id = client_id
        self._section = section
        # What is known already is shown at once; all of it is read anew behind it.
        self._data: Overview | None = Overview(brief, complete=False) if brief else None
        self._owed: tuple[Owed, ...] = ()
        self._found: dict[int, Found] = {}
        """What was read of each section since the last change."""
        self._stood: Stood | None = None
        """The file of an earlier day, while that is what is shown."""
        self._page: Page | None = None
        self._kept: dict[int, str] = {section: at.hex} if at else {}
        """The highlighted row of each section, by its key."""

    def body(self) -> ComposeResult:
        """The sections' names, the list, the chosen entry, and what it marks on the body."""
        yield ChartTabs(NAMES)
        with Container(id="file"):
            yield ChartList()
            with Container(id="entry"):
                yield ChartDetail()
                yield BodyStill()

    def on_mount(self) -> None:
        """Load it, and again after every change."""
        self.app.changed.subscribe(self, lambda _: self.load())
        self.app.masking.subscribe(self, lambda _: self._show())
        self.app.guard.read_chart(self._client_id)
        rows = self.query_one(ChartList)
        self.watch(rows, "highlighted", self._show_entry, init=False)
        rows.focus()
        if self._section == OVERVIEW:
            self._show()
        self.load()

    # Reading

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Read the file anew, the section that is shown with it. The highlight stays on its entry."""
        if not self.app.unlocked or self._stood:
            return
        run, charts, section = self.app.records.run, self.app.practice.charts, self._section
        try:
            overview = await run(charts.overview, self._client_id, self.app.clock())
        except RecordNotFound:  # the client was just added, and that was undone
            if self.is_current:
                self.dismiss(None)
            return
        found = await run(read_section, charts, self._client_id, section) if self.app.unlocked else None
        if not self.closed and not self._stood:
            self._data, self._found = overview, {section: found} if found else {}
            self._show()
            self._load_owed()

    @work(exclusive=True, group="owed")
    async def _load_owed(self) -> None:
        """What the desk owes of this client: it looks through the whole practice, so the rest does not wait for it."""
        if not self.app.unlocked:
            return
        owed = await self.app.records.run(self.app.practice.charts.owed, self._client_id, self.app.clock())
        if not self.closed and owed != self._owed:
            self._owed = owed
            if self._section == OVERVIEW:
                self._show()

    @work(exclusive=True, group="section")
    async def _load_section(self, section: int) -> None:
        """Read a section that was not shown since the last change."""
        if not self.app.unlocked:
            return
        stood = self._stood
        until = stood.until if stood else None
        found = await self.app.records.run(read_section, self.app.practice.charts, self._client_id, section, until)
        if found is not None and not self.closed and self._stood is stood:
            self._found[section] = found
            self._show()

    @on(ChartList.Reached)
    @work(exclusive=True, group="section")
    async def _load_more(self) -> None:
        """Older notes, when the highlight comes near the end of those that are shown."""
        known = self._found.get(NOTES)
        if self._section != NOTES or not isinstance(known, Timeline) or not known.more or not self.app.unlocked:
            return
        after, until = (known.notes[-1].service_at, known.notes[-1].id), self._stood.until if self._stood else None
        charts = self.app.practice.charts
        page = await self.app.records.run(charts.notes, self._client_id, after, until=until)
        if not self.closed and self._found.get(NOTES) is known:
            self._found[NOTES] = Timeline((*known.notes, *page.notes), page.more)
            self._show()

    # What is shown

    @property
    def entry(self) -> Any:
        """The highlighted entry; None when there is none."""
        row = self.query_one(ChartList).row
        return row.entry if row else None

    @property
    def day(self) -> date:
        """The day that the file is shown of."""
        return self._stood.day if self._stood else self.app.today()

    @property
    def shown(self) -> Overview | None:
        """The overview that is shown: of today, or of an earlier day."""
        return self._stood.overview if self._stood else self._data

    def on_resize(self) -> None:
        """The status line is fitted to the width."""
        if self.is_mounted:
            self._show_status()

    def _show(self) -> None:
        overview = self.shown
        if overview is None or not self.app.unlocked:
            return
        self._show_status()
        self.query_one(ChartTabs).show(self._section)
        found = of_the_day(self._stood, self._section) if self._stood else None
        found = found or self._found.get(self._section)
        past = self._stood is not None
        looks = Looks(self.app.practice.zone, self.day, self.app.masked, self.app.shown_key, past)
        owed = () if self._stood else self._owed
        page = page_of(self._section, overview, owed, found, looks, self.app.own_shorthand.words)
        if page is None:
            self._load_section(self._section)
            return
        self._page = page
        name = NAMES[self._section]
        title = Content.styled(f" {name}, {show_day(self.day)} " if past else name, ".past" if past else ".title")
        self.query_one(ChartList).show(title, page.rows, self._kept.get(self._section))

    def _show_entry(self, row: Row | None) -> None:
        if row:
            self._kept[self._section] = row.key
        page, entry = self._page, row.entry if row else None
        self.query_one(ChartDetail).show(page, entry, self.app.shown_key("chart.more"))
        marks = page.marks(entry) if page and entry is not None else ()
        self.set_class(bool(marks), "-marked")
        if marks:
            self.query_one(BodyStill).marks = marks

    def _show_status(self) -> None:
        overview = self.shown
        if overview is None or not self.app.unlocked:
            return
        client, mark, width = overview.brief.client, title_of(self.app), max(20, self.size.width - 2)
        age = client.age_on(self.day)
        facts = [str(age) if age is not None else "", client.pronouns, "set aside" if client.archived_at else ""]
        left = Content.assemble(
            *((mark, "   ") if mark else ()),
            one_line(name_of(client, self.app.masked), ".strong"),
            "   ",
            one_line(" · ".join(fact for fact in facts if fact), ".muted"),
        )
        if self._stood:
            back = self.app.shown_key("chart.close")
            told = "As it stood on" if width >= WIDE else "As of"
            past = f" {told} {show_day(self.day)} · read only · {back}: today "
            self.show_status(spread(left, Content.styled(past, ".check").stylize("reverse"), width))
            return
        worst = [Content.assemble(label(one.level), " ", one_line(one.title)) for one in overview.brief.cautions[:1]]
        told = Content("").join(worst)
        # However long a name is, the worst caution keeps its word and some of its title.
        room = max(min(told.cell_length, WORST), width - left.cell_length - 3)
        self.show_status(spread(left, told.truncate(room, ellipsis=True), width))

    # Moving

    def action_section(self, key: str) -> None:
        """Show the section of that number."""
        self._go(int(key) - 1)

    def action_previous_section(self) -> None:
        """Show the section before."""
        self._go((self._section - 1) % len(NAMES))

    def action_next_section(self) -> None:
        """Show the next section."""
        self._go((self._section + 1) % len(NAMES))

    @on(ChartTabs.Chosen)
    def _clicked(self, event: ChartTabs.Chosen) -> None:
        self._go(event.index)

    def _go(self, section: int) -> None:
        if section != self._section:
            self._section = section
            self._show()

    def action_up(self) -> None:
        """Move up."""
        self.query_one(ChartList).move(-1)

    def action_down(self) -> None:
        """Move down."""
        self.query_one(ChartList).move(+1)

    def action_first(self) -> None:
        """Move to the first entry."""
        self.query_one(ChartList).to_end(first=True)

    def action_last(self) -> None:
        """Move to the last entry."""
        self.query_one(ChartList).to_end(first=False)

    def action_more(self) -> None:
        """Scroll the chosen entry on."""
        self.query_one(ChartDetail).scroll_pages(+1)

    def action_back(self) -> None:
        """Scroll the chosen entry back."""
        self.query_one(ChartDetail).scroll_pages(-1)

    def action_trends(self) -> None:
        """Plot the goals, the highlighted one first."""
        from .trend import TrendScreen

        overview, found = self.shown, self._found.get(self._section)
        if self._stood:
            found = of_the_day(self._stood, self._section)
        if overview is None:
            return
        every = getattr(found, "goals", ()) or overview.brief.goals
        entry = self.entry
        first = entry.goal.id if isinstance(entry, GoalProgress) else None
        goals = [one for one in every if one.goal.status.open or one.goal.id == first]
        if goals:
            on_day = self._stood.day if self._stood else None
            self.app.push_screen(TrendScreen(overview.brief.client, goals, first, on_day))

    # An earlier day

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """On an earlier day there is only looking: what writes has no key then."""
        if self._stood and action not in LOOKING and f"{self.SCOPE}.{action}" in BY_ID:
            return False
        return super().check_action(action, parameters)

    def show_keys(self) -> None:
        """The keys that matter; on an earlier day those that only look."""
        if self._stood is None:
            super().show_keys()
            return
        names = ("chart.close", "chart.next_section", "chart.trends", "chart.as_of", "app.help")
        self.query_one(KeyLine).show([BY_ID[one] for one in names], self.app.active_keymap)

    def action_as_of(self) -> None:
        """Read the file as it stood on a day."""
        from .ask import AskScreen

        today = self.app.today()
        question, hint = "The chart as it stood at the end of which day?", "3 oct, last tue, 2w ago, 2025-12-01"
        ask = AskScreen(question, hint, lambda words: read_past_date(words, today), show_day)
        self.app.push_screen(ask, self._go_back_to)

    @told
    async def _go_back_to(self, day: object) -> None:
        if not isinstance(day, date):
            return
        stood = await self.app.records.run(self.app.practice.charts.as_of, self._client_id, day)
        if not self.closed:
            self._stood, self._found = stood, {}
            self.show_keys()
            self._show()

    def action_close(self) -> None:
        """From an earlier day back to today, and from there back to where the chart was opened."""
        if self._stood is None:
            self.dismiss(None)
            return
        self._stood, self._found = None, {}
        self.show_keys()
        self._show()
        self.load()
