"""Keys and backups: how safe the records are, and what can be done for them."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from textual import getters, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from therapist_tui.domain.audit import Verified
from therapist_tui.domain.backups import Reason, Safety, wanting
from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.when import show_day
from therapist_tui.records.practice import Practice

from .. import keys
from ..app import TherapistApp, title_of
from ..plain import fitted, shown, toast
from ..told import told
from .base import STYLE_NAMES, PracticeScreen

ASKED_BACK = 3


@dataclass(frozen=True)
class _Known:
    """What the screen shows."""

    safety: Safety
    people: tuple[str, ...]
    events: int
    code: str


class SafetyScreen(PracticeScreen):
    """The state of backups, keys and trail, and the keys that better it."""

    SCOPE = "safety"
    CSS_PATH = "safety.tcss"
    BINDINGS = keys.bindings("safety")

    _known: _Known | None = None
    _verified: Verified | None = None

    def body(self) -> ComposeResult:
        """One text, part by part."""
        with VerticalScroll(id="page"):
            yield Static(id="safety")

    def on_mount(self) -> None:
        """Load it, and again after every change."""
        self.app.changed.subscribe(self, lambda _: self.load())
        mark = title_of(self.app)
        self.show_status(
            Content("   ").join([*([mark] if mark else []), Content.styled("Keys and backups", ".strong")])
        )
        self.query_one("#page").focus()
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Read the state and show it."""
        if not self.app.unlocked:
            return
        known = await self.app.records.run(_read, self.app.practice)
        if not self.closed:
            self._known = known
            self._show()

    def _show(self) -> None:
        if self._known is None:
            return
        known = self._known
        parts = [self._wanting(known), self._backups(known), self._keys(known), self._trail(known)]
        self.query_one("#safety", Static).update(Content("\n\n").join([one for one in parts if one.plain]))

    def _wanting(self, known: _Known) -> Content:
        found = wanting(known.safety, self.app.clock()) if self.app.door.backs_up else ()
        if not found:
            return Content.styled("✓ Nothing is wanting.", ".good")
        rows = [
            Content.assemble(
                ("! " if one.late else "· ", ".worse" if one.late else ".accent"),
                fitted(shown(one.urgency, ".worse" if one.late else ".muted"), 21),
                shown(one.what),
            )
            for one in found
        ]
        return Content("\n").join([Content.styled("Wanting", ".title"), *rows])

    def _backups(self, known: _Known) -> Content:
        safety = known.safety
        last = max(safety.backups, key=lambda one: one.taken_at, default=None)
        if last is None:
            own = "none yet"
        else:
            own = f"{len(safety.backups)}, newest {self._moment(last.taken_at)}, {last.records} records"
        elsewhere = self._moment(safety.elsewhere_at) if safety.elsewhere_at else "none yet"
        drill = safety.drill
        tried = (
            f"{self._moment(drill.at)}, {drill.problem or f'{drill.records} records, nothing missing'}" if drill else ""
        )
        return self._part(
            "Backups",
            ("beside the practice", own),
            ("outside this disk", elsewhere if safety.elsewhere_set else "set backup_to in the settings"),
            ("last restore tried", tried or "not yet"),
        )

    def _keys(self, known: _Known) -> Content:
        sheet = known.safety.sheet_on
        minutes = self.app.settings.lock_after_minutes
        return self._part(
            "Keys",
            ("recovery sheet", f"proven {self._moment(sheet)}" if sheet else "not written yet"),
            ("others who open it", ", ".join(known.people) or "nobody"),
            ("locks by itself", f"after {minutes} min" if minutes else "never"),
        )

    def _trail(self, known: _Known) -> Content:
        rows = [("events", f"{known.events}, up to code {known.code}")]
        if self._verified is not None:
            found = self._verified.findings
            rows.append(("looked at just now", str(found[0]) if found else "all as they were left"))
        return self._part("Audit trail", *rows)

    def _part(self, title: str, *rows: tuple[str, str]) -> Content:
        lines = [Content.assemble((f"  {name:<21}", ".muted"), shown(text)) for name, text in rows]
        return Content("\n").join([Content.styled(title, ".title"), *lines])

    def _moment(self, at: datetime) -> str:
        local = at.astimezone(self.app.practice.zone)
        return f"{show_day(local.date())} {local:%H:%M}"

    # What the keys do

    @work(group="backups")
    async def action_back_up(self) -> None:
        """Take a backup now."""
        toast(self.app, "Taking a backup and reading it back …")
        try:
            backup = await self.app.guard.beside(self.app.practice.backups.take, Reason.ASKED)
        except PracticeError as error:
            self.app.tell(error)
        else:
            toast(self.app, f"Backup taken: {backup.records} records, read back and compared.")
        self.app.changed.publish(None)

    @work(group="backups")
    async def action_drill(self) -> None:
        """Try out a restore now."""
        toast(self.app, "Restoring the newest backup into a scratch folder …")
        try:
            drill = await self.app.guard.beside(self.app.practice.backups.drill)
        except PracticeError as error:
            self.app.tell(error)
        else:
            toast(self.app, drill.problem or f"All {drill.records} records came back.")
        self.app.changed.publish(None)

    @work(group="backups")
    async def action_verify(self) -> None:
        """Look at every event and record."""
        toast(self.app, "Looking at every event and every record …")
        try:
            self._verified = await self.app.guard.beside(self.app.practice.backups.verify)
        except PracticeError as error:
            self.app.tell(error)
        else:
            found = self._verified.findings
            toast(self.app, str(found[0]) if found else "Everything is as it was left.")
        self.load()

    @work
    async def action_passphrase(self) -> None:
        """Change the passphrase."""
        from ..forms.keys import PassphraseForm
        from .form import FormScreen

        if await self.app.push_screen_wait(FormScreen(PassphraseForm())):
            toast(self.app, "The new passphrase opens the practice from now on.")

    @work
    async def action_sheet(self) -> None:
        """Show the words of the recovery sheet, and ask three of them back."""
        from ..forms.keys import SheetForm
        from .form import FormScreen

        words = await self.app.records.run(self.app.practice.keys.sheet)
        if not await self.app.push_screen_wait(SheetScreen(words)):
            return
        asked = tuple(sorted(secrets.SystemRandom().sample(range(1, len(words) + 1), ASKED_BACK)))
        if await self.app.push_screen_wait(FormScreen(SheetForm(asked))):
            toast(self.app, "The sheet is proven. Keep it where no laptop is.")

    @told
    async def action_trail(self) -> None:
        """Read the audit trail."""
        from .trail import TrailScreen

        self.app.push_screen(TrailScreen())

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)


def _read(practice: Practice) -> _Known:
    head = practice.audit.head()
    return _Known(practice.backups.safety(), practice.keys.people(), head.seq, head.code)


class SheetScreen(ModalScreen[bool]):
    """The 24 words, to be copied by hand; dismissed with True when they were."""

    COMPONENT_CLASSES = STYLE_NAMES
    BINDINGS = [("enter", "written", "written down"), ("escape", "back", "back")]

    app = getters.app(TherapistApp)

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        """What it is for, the words in four columns, the keys."""
        with VerticalScroll(classes="card"):
            yield Static(Content.styled("Recovery sheet", ".title"))
            yield Static(
                "Write these words on paper, with their numbers. They open every copy of the practice without the"
                " passphrase, for whoever has them: keep the paper where the computer is not."
                " To print them: therapist-tui sheet | lp\n",
                markup=False,
            )
            rows = [self._words[at : at + 4] for at in range(0, len(self._words), 4)]
            lines = [
                Content.assemble(*(part for place, word in enumerate(row, 1 + 4 * number)
                                   for part in ((f"{place:>4} ", ".muted"), shown(word.ljust(10), ".strong"))))
                for number, row in enumerate(rows)
            ]  # fmt: skip
            yield Static(Content("\n").join(lines))
            yield Static(Content.assemble("\n", ("enter", ".key"), "  written down     ", ("esc", ".key"), "  not now"))

    def on_mount(self) -> None:
        """The arrow keys scroll at once."""
        self.query_one(VerticalScroll).focus()

    def action_written(self) -> None:
        """They were copied."""
        self.dismiss(True)

    def action_back(self) -> None:
        """Not now."""
        self.dismiss(False)
