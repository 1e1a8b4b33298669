"""One key at a time: each goes in when the one before has had its effect, so that nothing typed lands elsewhere.

Textual hands a key to the field in focus at once, but runs what a key is bound to later, when the key has bubbled up to
the app. On a busy machine, or with a fast hand, letters typed after `end`, `enter` or a key that opens a screen went in
before it had acted: at the wrong place, or into the screen before.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Protocol

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump

ASKED_AFTER = 0.05
"""Seconds after which a key is followed, so that it is painted before; at once when the next one comes sooner."""
LOST_AFTER = 0.5
"""Seconds after which a turn ends by itself: the field that had the key was closed by it."""
READY_WITHIN = 2.0
"""Seconds that keys wait at most for a screen's fields: a screen that never gets ready holds nothing up."""

Typed = events.Key | events.Paste


class KeyDone(Message, verbose=True):
    """Follows a key on its way up: when it arrives, the key has been everywhere. The second lap is for its messages."""

    def __init__(self, turn: int, laps: int) -> None:
        super().__init__()
        self.turn, self.laps = turn, laps


class Keyboard(Protocol):
    """What the turns need of the app."""

    @property
    def has_the_keys(self) -> MessagePump:
        """The field in focus, or the screen."""
        ...

    @property
    def waits_for_fields(self) -> MessagePump | None:
        """The screen in front, when it has fields that are not ready yet."""
        ...

    def call_later(self, callback: Callable[..., Awaitable[None]], *args: int) -> bool:
        """Run it when the messages before it are done."""
        ...


class KeyTurns:
    """The keys and pastes that wait for their turn, in the order in which they came."""

    def __init__(self, app: Keyboard, deliver: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app, self._deliver = app, deliver
        self._waiting: deque[Typed] = deque()
        self._turn = 0
        self._key: Typed | None = None
        self._to_follow: tuple[MessagePump, int] | None = None
        """Who has the key that is not followed yet, and how many more laps there are for what follows it."""
        self._under_way = self._delivering = False
        self._patient_with: MessagePump | None = None
        self._gave_up_on: MessagePump | None = None

    async def take(self, event: Typed) -> None:
        """A key was pressed, or something was pasted."""
        self._waiting.append(event)
        self._follow(self._turn)
        await self.go_on()

    async def go_on(self) -> None:
        """Hand on what waits, as far as it may go now. Call when a screen's fields are ready."""
        if self._delivering:
            return
        self._delivering = True
        try:
            while self._waiting and not self._under_way and not self._held():
                await self._hand_on(self._waiting.popleft())
        finally:
            self._delivering = False

    async def arrived(self, done: KeyDone) -> None:
        """The word that follows a key has come back."""
        if done.turn == self._turn and not (done.laps and self._app.has_the_keys.post_message(_next_lap(done))):
            await self._end(done.turn)

    def handled(self, event: Typed) -> None:
        """A key has come all the way up, and what it is bound to was done: only its messages are still under way.

        The field that had it may be gone by now; so the screen that is in front now has the word that follows.
        """
        if event is self._key and self._under_way:
            asked = self._to_follow is None
            self._to_follow = (self._app.has_the_keys, 0)
            if asked:
                self._follow(self._turn)

    async def _hand_on(self, event: Typed) -> None:
        target = self._app.has_the_keys
        self._turn += 1
        self._key, self._under_way = event, True
        self._to_follow = (target, 1)
        await self._deliver(event)
        if not event.is_forwarded:  # a key of the app: what it did is done, its messages are on their way
            self._to_follow = (self._app.has_the_keys, 0)
        asyncio.get_running_loop().call_later(0 if self._waiting else ASKED_AFTER, self._follow, self._turn)

    def _follow(self, turn: int) -> None:
        if turn != self._turn or self._to_follow is None:
            return
        (target, laps), self._to_follow = self._to_follow, None
        if target.post_message(KeyDone(turn, laps)):
            asyncio.get_running_loop().call_later(LOST_AFTER, self._lost, turn)
        else:
            self._app.call_later(self._end, turn)

    def _lost(self, turn: int) -> None:
        if turn == self._turn and self._under_way:
            self._app.call_later(self._end, turn)

    async def _end(self, turn: int) -> None:
        if turn == self._turn and self._under_way:
            self._under_way = False
            await self.go_on()

    def _held(self) -> bool:
        screen = self._app.waits_for_fields
        if screen is None or screen is self._gave_up_on:
            return False
        if screen is not self._patient_with:
            self._patient_with = screen
            asyncio.get_running_loop().call_later(READY_WITHIN, self._give_up, screen)
        return True

    def _give_up(self, screen: MessagePump) -> None:
        self._patient_with, self._gave_up_on = None, screen
        self._app.call_later(self.go_on)


def _next_lap(done: KeyDone) -> KeyDone:
    return KeyDone(done.turn, done.laps - 1)
