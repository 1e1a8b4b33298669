"""Unlock: the first frame. The program's name and the passphrase, nothing of any client; the store loads behind it."""

from textual import getters, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from therapist_tui.domain.errors import PracticeError

from ..app import TherapistApp
from ..door import read_rules, warm_up
from ..plain import shown


class UnlockScreen(Screen[object]):
    """Asks for the passphrase; for a new practice it leads to the set-up, for the demo it opens at once."""

    COMPONENT_CLASSES = {"muted", "error"}  # not all of the names: each costs the first frame some time

    app = getters.app(TherapistApp)

    def compose(self) -> ComposeResult:
        """The name, the passphrase, a line for what goes on."""
        with Vertical(id="unlock"):
            yield Static("therapist-tui", id="name")
            yield Static(self._purpose(), id="purpose", markup=False)
            if self._asks:
                yield Input(password=True, placeholder="Passphrase", id="passphrase", compact=True)
            yield Static(id="message")

    @property
    def _locked(self) -> bool:
        return self.id == "lock"

    @property
    def _asks(self) -> bool:
        return self.app.door.exists and not self.app.door.demo

    def _purpose(self) -> str:
        if self.app.door.demo:
            return (
                "Locked. Press enter to go on."
                if self._locked
                else "An invented practice to try things out: nobody in it is real."
            )
        if not self.app.door.exists:
            return "Welcome. A few questions and your practice is ready."
        return "Locked. What you typed is kept." if self._locked else "Your day, your clients, your notes."

    def on_mount(self) -> None:
        """Load the store behind the first frame."""
        self.call_after_refresh(self._behind_the_first_frame)

    def _behind_the_first_frame(self) -> None:
        self.app.records.submit(warm_up)
        if self.app.door.demo and not self._locked:
            self._open("")
        elif not self.app.door.exists:
            self._set_up()

    def on_key(self) -> None:
        """The locked demo asks for no passphrase: any key goes on."""
        if self.app.door.demo and self._locked:
            self._open("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter tries the passphrase."""
        if event.value:
            self._open(event.value)

    @work(exclusive=True, group="load")
    async def _open(self, passphrase: str) -> None:
        self._say(Content.styled("Making the demo practice …" if self.app.door.demo else "Opening …", ".muted"))
        self._enable(False)
        try:
            practice = await self.app.records.run(self.app.door.open, passphrase)
            await self._read_rules()
        except PracticeError as error:
            self._say(shown(str(error), ".error"))
            self._enable(True)
            return
        self.app.opened(practice)

    async def _read_rules(self) -> None:
        """The rules are read after the passphrase and before the day, on the records thread."""
        if self.app.screening is None:
            settings, own = self.app.settings, self.app.own_cautions
            self.app.screening, problem = await self.app.records.run(
                read_rules, settings.history_valid_days, own, settings.sensitive_regions
            )
            if problem:
                self.app.notices = (*self.app.notices, problem)

    @work
    async def _set_up(self) -> None:
        from ..forms.set_up import SetUpForm
        from .form import FormScreen

        form = SetUpForm(self.app.door, self.app.clock().date(), self.app.settings.machine_zone())
        made = await self.app.push_screen_wait(FormScreen(form))
        if made is None:
            self.app.exit()
        else:
            await self._read_rules()
            self.app.opened(made)  # pyright: ignore[reportArgumentType]

    def _enable(self, enabled: bool) -> None:
        for field in self.query(Input):
            field.disabled = not enabled
            if enabled:
                field.value = ""
                field.focus()

    def _say(self, content: Content) -> None:
        self.query_one("#message", Static).update(content)
