"""Drives the app in tests and for the screenshots: types, waits until nothing is under way, reads the screen."""

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from textual import events
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from therapist_tui.settings import OwnShorthand, Settings
from therapist_tui.ui.app import TherapistApp
from therapist_tui.ui.door import Door
from therapist_tui.ui.surroundings import Surroundings

TORONTO = ZoneInfo("America/Toronto")
NOW = datetime(2026, 11, 23, 10, 24, tzinfo=TORONTO).astimezone(UTC)
PASSPHRASE = "copper lantern drifts past eleven geese"
LOADING = {"load", "day", "sessions", "section", "owed"}
"""Groups of the workers that read from the store; the others wait for the user."""


def now() -> datetime:
    """The fixed clock of tests and screenshots."""
    return NOW


@dataclass
class Clock:
    """A clock that the test moves."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


class Driver:
    """A running app, and what a therapist does with it."""

    def __init__(self, app: TherapistApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def settle(self) -> None:
        """Wait until the store, the loading workers and the messages have nothing left to do."""
        for _ in range(3):
            await self.pilot.pause()
            await self.app.records.run(lambda: None)
            loading = [worker for worker in self.app.workers if worker.group in LOADING]
            if loading:
                with suppress(WorkerCancelled):  # its screen was closed meanwhile, or asked anew
                    await self.app.workers.wait_for_complete(loading)
        await self.pilot.pause()

    async def until(self, reached: Callable[[], bool]) -> None:
        """Wait for something that a worker brings about; fails after a minute, for the machine may be busy."""
        async with asyncio.timeout(60):
            while not reached():
                await self.settle()

    async def until_shown(self, screen: str) -> None:
        """Wait for a screen by the name of its class."""
        await self.until(lambda: type(self.app.screen).__name__ == screen)
        await self.settle()

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before has had its effect."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type text into what has the focus."""
        named = {" ": "space", "\n": "enter", "\t": "tab"}
        for letter in text:
            if letter in named or letter.isascii():
                await self.pilot.press(named.get(letter, letter))
            else:  # the pilot cannot press these; a terminal sends them as a key with its character
                name = unicodedata.name(letter).lower().replace("-", "_").replace(" ", "_")
                self.app.post_message(events.Key(name, letter))
                await self.pilot.pause()
        await self.settle()

    @property
    def text(self) -> str:
        """What is on the screen, line by line."""
        compositor = self.app.screen._compositor
        return "\n".join(strip.text.rstrip() for strip in compositor.render_strips())


@asynccontextmanager
async def driven(
    door: Door,
    folder: Path,
    *,
    size: tuple[int, int] = (120, 36),
    settings: Settings | None = None,
    clock: Callable[[], datetime] = now,
    own_shorthand: OwnShorthand | None = None,
) -> AsyncIterator[Driver]:
    """The app behind a door, in a headless terminal."""
    own = own_shorthand or OwnShorthand()
    app = TherapistApp(Surroundings(door, settings or Settings(), clock, folder, own_shorthand=own))
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            yield Driver(app, pilot)
    finally:
        app.close_practice()
