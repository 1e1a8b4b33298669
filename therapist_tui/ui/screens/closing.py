"""Close the day: what the sessions left open, one at a time, each with the few keys that settle it."""

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from therapist_tui.domain.desk import Desk, Owed, OwedKind

from .. import keys
from ..actions import Action
from ..app import title_of
from ..plain import name_of, one_line, spread
from ..widgets.desk_list import circumstances, kind_label
from .desk import in_counts
from .owing import OwingScreen

MOST = 8
"""Lines of what was left for later."""
ASKED = {
    OwedKind.NOTE: "Write and sign the note",
    OwedKind.OUTCOME: "Did it take place?",
    OwedKind.HISTORY: "Was the history asked?",
    OwedKind.GOAL: "Measured?",
}
Key = tuple[OwedKind, object]


class ClosingScreen(OwingScreen):
    """One thing large. With `only` it asks for that one, and closes when it is settled."""

    SCOPE = "closing"
    CSS_PATH = "closing.tcss"
    BINDINGS = keys.bindings("closing")
    LINE = ("open", "done", "no_show", "cancelled", "no_change", "history", "measure", "skip", "close")

    def __init__(self, desk: Desk, only: Key | None = None) -> None:
        super().__init__(desk)
        self._only = only
        self._seen: dict[Key, None] = {}
        self._skipped: set[Key] = set()

    def body(self) -> ComposeResult:
        """The card."""
        with Container(id="closing"):
            yield Static(id="item")

    # Where it stands

    def _open(self) -> list[Owed]:
        found = self.desk.to_close(self.app.clock(), self.app.practice.zone)
        return [one for one in found if self._only in (None, one.key)]

    @property
    def owed(self) -> Owed | None:
        """The first that is neither settled nor skipped."""
        if not self.app.unlocked:
            return None
        return next((one for one in self._open() if one.key not in self._skipped), None)

    def _progress(self) -> str:
        """Where one is: what was settled or skipped counts as done with."""
        ahead = {one.key for one in self._open()} - self._skipped
        return f"{len(self._seen) - len(ahead) + 1} of {len(self._seen)}"

    def fits(self, action: str, owed: Owed | None) -> bool:
        """An outcome is given by its own keys; at the end only going back is left."""
        if action in ("open", "done", "no_show", "cancelled"):
            outcome = owed is not None and owed.kind is OwedKind.OUTCOME
            return not outcome if action == "open" else outcome and super().fits(action, owed)
        if action == "skip":
            return owed is not None and self._only is None
        return super().fits(action, owed)

    def fitting(self) -> list[Action]:
        """Enter is named where nothing else says what it does: the note."""
        note = self.owed is not None and self.owed.kind is OwedKind.NOTE
        return [one for one in super().fitting() if one.name != "open" or note]

    # What is shown

    def show(self) -> None:
        """The thing at hand; what a settled one brought with it (a done session its note) has joined the rest."""
        if not self.app.unlocked:
            return
        self._seen |= dict.fromkeys(one.key for one in self._open())
        owed = self.owed
        if self._only and owed is None:
            if self.is_current:
                self.dismiss(None)
            return
        title = "Outcome" if self._only else "Close the day"
        mark = title_of(self.app)
        parts = [*([mark] if mark else []), Content.styled(title, ".strong")]
        if owed and not self._only:
            parts.append(Content(self._progress()))
        skipped = Content.styled(f"{len(self._skipped)} left for later" if self._skipped else "", ".muted")
        self.show_status(spread(Content("   ").join(parts), skipped, max(20, self.size.width - 2)))
        self.query_one("#item", Static).update(self._item(owed) if owed else self._end())
        self.show_keys()

    def _item(self, owed: Owed) -> Content:
        who = one_line(name_of(owed.client, self.app.masked) if owed.client else "", ".strong")
        return Content("\n").join(
            [
                Content.assemble(kind_label(owed.kind), "   ", (ASKED.get(owed.kind, ""), ".title")),
                Content(),
                who,
                one_line(circumstances(owed, self.app.practice.zone)),
                Content.assemble(
                    one_line(owed.what), " · ", one_line(owed.urgency, ".worse" if owed.late else ".muted")
                ),
                Content(),
                *self._keys(),
            ]
        )

    def _keys(self) -> list[Content]:
        shown = [(self.app.shown_key(one.id), one) for one in self.fitting()]
        width = max((len(key) for key, _ in shown), default=0)
        return [Content.assemble((key.ljust(width), ".key"), "  ", (one.help, ".muted")) for key, one in shown]

    def _end(self) -> Content:
        left = [one for one in self._open() if one.key in self._skipped]
        papers = Desk(tuple(one for one in self.desk.owed if one.session_at is None))
        lines = [Content.styled("The day is closed: nothing is owed.", ".good")]
        if left:
            count = "one thing is" if len(left) == 1 else f"{len(left)} things are"
            lines = [
                Content.styled(f"The day is closed but for what you left: {count} still owed.", ".strong"),
                Content(),
            ]
            lines += [self._left(one) for one in left[:MOST]]
        if papers.owed:
            lines += [Content(), Content.styled(f"Waiting on the desk: {in_counts(papers)}.", ".muted")]
        return Content("\n").join([*lines, Content(), *self._keys()])

    def _left(self, owed: Owed) -> Content:
        who = name_of(owed.client, self.app.masked) if owed.client else ""
        return Content.assemble(kind_label(owed.kind), "  ", one_line(f"{who}: {owed.what}"))

    # What the keys do

    def on_resize(self) -> None:
        """The status line is fitted to the width."""
        if self.is_mounted:
            self.show()

    async def action_open(self) -> None:
        """Go where it is settled; at the end go back."""
        if self.owed:
            await super().action_open()
        else:
            self.dismiss(None)

    def action_skip(self) -> None:
        """Leave it for later."""
        if self.owed:
            self._skipped.add(self.owed.key)
            self.show()
