"""Keeping what is typed: it is in the encrypted store within a third of a second, and whenever it could be lost.

A `Keeper` is a screen with text in it. It says what its unsaved text is (`pending`); the timing is here. The app asks
every keeper on the screen stack before it locks, leaves, obeys a signal or crashes.
"""

from collections.abc import Callable, Iterable

from textual.actions import SkipAction
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from .records_thread import RecordsThread

KEEP_WITHIN = 0.3
"""Seconds from a key press to the write. Not restarted by further keys, so that steady typing is kept as well."""

Job = Callable[[], object]


class Keeper(Screen[object]):
    """A screen whose typed text is kept as a draft."""

    class Ready(Message):
        """The cursor is in its field, and keys can go there."""

    # With priority the focus moves in the order of the keys: else a burst (a slow machine, a fast hand) would put what
    # is typed after tab into the field before it.
    BINDINGS = [
        Binding("tab", "next_field", show=False, priority=True),
        Binding("shift+tab", "previous_field", show=False, priority=True),
    ]

    _keep_timer: Timer | None = None
    takes_keys = False
    """Whether the cursor is in its field. Until then the app holds back what is typed (key_turns.py)."""

    def take_keys(self) -> None:
        """Call when the cursor is in its field: what was typed before goes there now."""
        self.takes_keys = True
        self.post_message(self.Ready())

    def action_next_field(self) -> None:
        """Go to the next field, unless the one with the focus has a use for tab now."""
        self._leave_tab_to_field()
        self.focus_next()

    def action_previous_field(self) -> None:
        """Go to the field before."""
        self._leave_tab_to_field()
        self.focus_previous()

    def _leave_tab_to_field(self) -> None:
        # By name, because PlainInput, which has it, is not imported before the first frame.
        if getattr(self.focused, "keeps_tab", False):
            raise SkipAction

    def pending(self) -> Job | None:
        """The write that saves what is typed and not kept yet, or None. The job itself touches no widget."""
        raise NotImplementedError

    def records_thread(self) -> RecordsThread:
        """The thread that writes."""
        raise NotImplementedError

    def kept(self) -> None:
        """Called when the write is done, to show it."""

    def keep_soon(self) -> None:
        """Call after every change."""
        if self._keep_timer is None:
            self._keep_timer = self.set_timer(KEEP_WITHIN, self.keep)

    async def keep(self) -> None:
        """Write what is pending, now."""
        if self._keep_timer is not None:
            self._keep_timer.stop()
            self._keep_timer = None
        job = self.pending()
        if job is not None:
            await self.records_thread().run(job)
            self.kept()


def keep_everything(screens: Iterable[Screen[object]], records: RecordsThread) -> None:
    """Write the pending text of every screen and wait for it: the last thing before the program ends or crashes."""
    for screen in screens:
        job = screen.pending() if isinstance(screen, Keeper) else None
        if job is not None:
            records.finish(job)
