"""What the desk and closing the day share: one thing at a time is theirs, and the keys that settle it."""

from typing import ClassVar

from textual import work

from therapist_tui.domain.appointment import Status
from therapist_tui.domain.desk import Desk, Owed, OwedKind

from ..actions import ACTIONS, KEY_LINE_LIMIT, Action, in_line
from ..forms.cancel import CancelForm, LostForm
from ..owed import go_to
from ..plain import name_of
from ..told import told
from ..widgets.key_line import KeyLine
from .base import PracticeScreen
from .form import FormScreen

SESSION = (OwedKind.NOTE, OwedKind.OUTCOME)
"""Kinds that a word about the appointment can settle."""
EVERY = 60
"""Seconds after which the hours and minutes are told anew."""


class OwingScreen(PracticeScreen):
    """Base of both. The desk is read anew after every change and when the screen comes to the front."""

    LINE: ClassVar[tuple[str, ...]] = ()
    """The actions of the key line; those that do not fit the thing at hand are left out."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._went_away = False

    @property
    def owed(self) -> Owed | None:
        """The thing at hand."""
        raise NotImplementedError

    def show(self) -> None:
        """Show the desk as it was read last."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Show what was read before the screen was opened."""
        self.app.changed.subscribe(self, lambda _: self.load())
        self.app.masking.subscribe(self, lambda _: self.show())
        self.set_interval(EVERY, self._age)
        self.show()

    def on_screen_suspend(self) -> None:
        """Another screen came to the front."""
        self._went_away = True

    def on_screen_resume(self) -> None:
        """Time has passed on another screen."""
        if self._went_away:
            self.load()

    def _age(self) -> None:
        if self.is_current:
            self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Read the desk; the newest request wins."""
        if not self.app.unlocked:
            return
        desk = await self.app.records.run(self.app.practice.desk.owed, self.app.clock())
        if not self.closed:
            self.desk = desk
            self.show()

    # Which keys act

    def fits(self, action: str, owed: Owed | None) -> bool:
        """Whether an action can settle the thing at hand."""
        if action in ("done", "no_show", "cancelled", "cancel"):
            wanted = {"done": Status.DONE, "no_show": Status.NO_SHOW}.get(action, Status.CANCELLED)
            booked = owed.appointment if owed and owed.kind in SESSION else None
            return booked is not None and booked.can_become(wanted)
        if action in ("no_change", "history"):
            return owed is not None and owed.kind is OwedKind.HISTORY
        if action == "measure":
            return owed is not None and owed.kind is OwedKind.GOAL
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that do not fit do nothing, and are in no list of keys."""
        del parameters
        return not self.is_mounted or self.fits(action, self.owed)

    def fitting(self) -> list[Action]:
        """The actions of the key line that fit now."""
        own = [one for one in ACTIONS if one.scope == self.SCOPE and one.name in self.LINE]
        return [one for one in own if self.fits(one.name, self.owed)]

    def show_keys(self) -> None:
        """The actions that fit, then help."""
        everywhere = in_line("app")
        shown = [*self.fitting()[: KEY_LINE_LIMIT - len(everywhere)], *everywhere]
        self.query_one(KeyLine).show(shown, self.app.active_keymap)

    # What the keys do

    @told
    async def action_open(self) -> None:
        """Go where it is settled."""
        if self.owed:
            await go_to(self.app, self.owed)

    @told
    async def action_done(self) -> None:
        """The session took place."""
        if self.owed and self.owed.appointment:
            step = self.app.practice.appointments.step
            await self.app.records.run(step, self.owed.appointment.id, Status.DONE)
            self.app.changed.publish(None)

    def action_no_show(self) -> None:
        """The client did not come; asks why."""
        self._lost(Status.NO_SHOW)

    def action_cancelled(self) -> None:
        """It was called off; asks why."""
        self._lost(Status.CANCELLED)

    def _lost(self, status: Status) -> None:
        if self.owed and self.owed.appointment and self.owed.client:
            name = name_of(self.owed.client, self.app.masked)
            self.app.push_screen(FormScreen(LostForm(self.owed.appointment, name, status)))

    def action_cancel(self) -> None:
        """Called off or not come, with a reason."""
        if self.owed and self.owed.appointment and self.owed.client:
            name = name_of(self.owed.client, self.app.masked)
            self.app.push_screen(FormScreen(CancelForm(self.owed.appointment, name)))

    @told
    async def action_no_change(self) -> None:
        """Asked, nothing new; for a first asking nothing to report."""
        if self.owed and self.owed.client:
            await self.app.records.run(self.app.practice.health.unchanged, self.owed.client.id)
            self.app.changed.publish(None)

    async def action_history(self) -> None:
        """Add to the history."""
        await self.action_open()

    async def action_measure(self) -> None:
        """Type the value."""
        await self.action_open()

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)
