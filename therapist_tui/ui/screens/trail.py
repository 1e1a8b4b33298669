"""The audit trail: who did and read what, and when; type to narrow it down. Of one client, or of everything."""

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from therapist_tui.domain.audit import TrailLine, trail_lines
from therapist_tui.domain.client import Client
from therapist_tui.domain.report import USUAL_REASONS, Audience
from therapist_tui.exchange.giving import Given
from therapist_tui.records.practice import Practice

from .. import keys
from ..app import title_of
from ..plain import fitted, name_of, one_line, toast
from ..told import told
from ..widgets.fields import PlainInput
from .base import PracticeScreen

READ, SHOWN = 2000, 300
"""Events read, newest first, and how many of those that fit are listed."""
WIDE = 100


class TrailScreen(PracticeScreen):
    """The newest events first."""

    SCOPE = "trail"
    CSS_PATH = "trail.tcss"
    BINDINGS = keys.bindings("trail")

    def __init__(self, client: Client | None = None) -> None:
        super().__init__()
        self._client = client
        self._lines: tuple[TrailLine, ...] = ()

    def body(self) -> ComposeResult:
        """The line to type in, and what fits."""
        with Vertical():
            yield PlainInput(placeholder="narrow it down: signed, opened, a name, 23 nov", id="narrow", compact=True)
            yield OptionList(id="events")

    def on_mount(self) -> None:
        """Read it once: what is done meanwhile is for the next time."""
        self.app.guard.read_trail(self._client.id if self._client else None)
        self.app.masking.subscribe(self, lambda _: self.load())
        self.query_one(OptionList).can_focus = False
        self.query_one("#narrow").focus()
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Read the events and the names."""
        if not self.app.unlocked:
            return
        masked = self.app.masked
        self._lines = await self.app.records.run(_read, self.app.practice, self._client, masked)
        if not self.closed:
            self._show()

    def on_input_changed(self) -> None:
        """Every key narrows it down."""
        self._show()

    def on_resize(self) -> None:
        """Rows are fitted to the width."""
        if self.is_mounted:
            self._show()

    def _show(self) -> None:
        typed = self.query_one("#narrow", Input).value
        fit = [one for one in self._lines if one.holds(typed)]
        whose = f"of {name_of(self._client, self.app.masked)}" if self._client else ""
        count = f"{len(fit)} events" + (f", the newest {SHOWN} shown" if len(fit) > SHOWN else "")
        mark = title_of(self.app)
        parts = [*([mark] if mark else []), Content.styled("Audit trail", ".strong"), one_line(whose, ".strong")]
        self.show_status(Content("   ").join([*(one for one in parts if one.plain), Content.styled(count, ".muted")]))
        listed = self.query_one(OptionList)
        listed.set_options([Option(self._row(one)) for one in fit[:SHOWN]])
        if not fit:
            listed.add_option(Option(Content.styled("Nothing fits.", ".muted"), disabled=True))

    def _row(self, one: TrailLine) -> Content:
        wide = self.size.width >= WIDE
        return Content.assemble(
            Content.styled(f"{one.at:%a %d %b %Y %H:%M:%S}" if wide else f"{one.at:%d %b %H:%M}", ".muted"),
            "  ",
            fitted(one_line(one.what), 36 if wide else 30),
            "  ",
            fitted(one_line(one.about, ".accent"), 31 if wide else 18),
            "  ",
            fitted(one_line(one.who, ".muted"), self.size.width - (102 if wide else 71)),
        )

    def action_up(self) -> None:
        """Move up."""
        self.query_one(OptionList).action_cursor_up()

    def action_down(self) -> None:
        """Move down."""
        self.query_one(OptionList).action_cursor_down()

    @work
    @told
    async def action_write(self) -> None:
        """Write one client's trail, for the client to have."""
        from therapist_tui.exchange.exporting import export_trail

        if self._client is None:
            chart, trail = self.app.shown_key("today.chart"), self.app.shown_key("chart.trail")
            toast(self.app, f"A client is given hers: {chart} opens the chart, {trail} this client's trail.")
            return
        practice, client_id, folder, now = self.app.practice, self._client.id, self.app.exports, self.app.now()

        def write() -> Given:
            return export_trail(practice, client_id, USUAL_REASONS[Audience.CLIENT], folder, now, make=True)

        given = await self.app.records.run(write)
        toast(self.app, f"Written: {given.path}")
        self.load()

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)


def _read(practice: Practice, client: Client | None, masked: bool) -> tuple[TrailLine, ...]:
    if client:
        return practice.audit.of_client(client.id).lines(name_of(client, masked))
    events = practice.audit.events(READ)
    names = {str(one.id): name_of(one, masked) for one in practice.clients.of_ids({e.subject_id for e in events})}
    return trail_lines(events, names, practice.zone)
