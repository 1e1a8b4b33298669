"""The desk: everything that is owed in one list, oldest first; enter goes where it is settled."""

from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from therapist_tui.domain.desk import Desk, Owed, OwedKind
from therapist_tui.domain.when import show_day

from .. import keys
from ..app import title_of
from ..plain import spread
from ..told import told
from ..widgets.desk_list import DeskList
from .owing import OwingScreen

PLURALS = {"history": "histories"}


class DeskScreen(OwingScreen):
    """The list. It is read before the screen opens, so that the first key acts on it."""

    SCOPE = "desk"
    CSS_PATH = "desk.tcss"
    BINDINGS = keys.bindings("desk")
    LINE = ("open", "done", "cancel", "no_change", "close_day", "close")

    def body(self) -> ComposeResult:
        """The list."""
        yield DeskList(self.desk, self.app.practice.zone, self.app.now)

    def on_mount(self) -> None:
        """Show the list, the highlight on its first row."""
        rows = self.query_one(DeskList)
        self.watch(rows, "highlighted", lambda _: self.show_keys(), init=False)
        rows.focus()  # Textual calls what the base does next, by itself

    @property
    def owed(self) -> Owed | None:
        """The highlighted thing."""
        return self.query_one(DeskList).owed

    def show(self) -> None:
        """The list and what it counts."""
        self.query_one(DeskList).show(self.desk, self.app.masked)
        self._show_status(self.app.now())

    def on_resize(self) -> None:
        """The status line is fitted to the width."""
        if self.is_mounted and self.app.unlocked:
            self._show_status(self.app.now())

    def _show_status(self, now: datetime) -> None:
        time = Content.styled(f"{show_day(now.date())}  {now:%H:%M}", ".muted")
        width = max(20, self.size.width - 2)
        # The counts matter more than the time, and where there is no room for either, papers are counted as one kind.
        lines = [(self._title(in_counts(self.desk)), time), (self._title(in_counts(self.desk)), Content())]
        fits = (pair for pair in lines if sum(part.cell_length for part in pair) + 3 <= width)
        self.show_status(spread(*next(fits, (self._title(in_counts(self.desk, short=True)), Content())), width))

    def _title(self, counts: str) -> Content:
        mark = title_of(self.app)
        return Content("   ").join(
            [*([mark] if mark else []), Content.styled("Desk", ".strong"), Content.styled(counts, ".muted")]
        )

    @on(DeskList.Chosen)
    async def _clicked(self) -> None:
        await self.action_open()

    @told
    async def action_open(self) -> None:
        """Go where it is settled; of a session without an outcome ask for it."""
        if self.owed and self.owed.kind is OwedKind.OUTCOME:
            from .closing import ClosingScreen

            self.app.push_screen(ClosingScreen(self.desk, only=self.owed.key))
        else:
            await super().action_open()

    def action_close_day(self) -> None:
        """Run through what today's and earlier sessions left open."""
        from .closing import ClosingScreen

        self.app.push_screen(ClosingScreen(self.desk))

    def action_up(self) -> None:
        """Move up."""
        self.query_one(DeskList).move(-1)

    def action_down(self) -> None:
        """Move down."""
        self.query_one(DeskList).move(+1)

    def action_first(self) -> None:
        """Move to the oldest."""
        self.query_one(DeskList).move(-len(self.desk.owed))

    def action_last(self) -> None:
        """Move to the last."""
        self.query_one(DeskList).move(+len(self.desk.owed))


def in_counts(desk: Desk, *, short: bool = False) -> str:
    """How much is owed of what: "2 notes · 1 history"; `short` counts all papers together."""
    counts: dict[str, int] = {}
    for kind, count in desk.counts.items():
        word = "paper" if short and kind.group == OwedKind.REFERRAL.group else kind.value
        counts[word] = counts.get(word, 0) + count
    said = (f"{count} {word if count == 1 else PLURALS.get(word, word + 's')}" for word, count in counts.items())
    return " · ".join(said)
