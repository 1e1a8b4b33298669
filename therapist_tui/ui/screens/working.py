"""What takes longer than a second: how far it is, and escape stops it with nothing of it left."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from therapist_tui.domain.progress import Heard

from .. import keys
from ..actions import in_line
from ..app import TherapistApp
from ..import_text import bar
from ..plain import shown
from ..widgets.key_line import KeyLine
from .base import STYLE_NAMES

T = TypeVar("T")

SHOWN_AFTER = 1.0
"""Seconds. What is done sooner needs no word."""


class Work:
    """A long job under way: which step, and how far; told from whatever thread does it."""

    def __init__(self, title: str) -> None:
        self.title, self.step = title, ""
        self.done, self.total = 0, 0
        self.over = self.stopped = False

    def at(self, step: str) -> Heard:
        """The next step begins; the answer hears how far it is."""
        self.step, self.done, self.total = step, 0, 0

        def heard(done: int, total: int) -> bool:
            self.done, self.total = done, total
            return not self.stopped

        return heard


class WorkingScreen(ModalScreen[None]):
    """Goes by itself when the work is over."""

    SCOPE = "working"
    COMPONENT_CLASSES = STYLE_NAMES
    BINDINGS = keys.bindings("working")

    app = getters.app(TherapistApp)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work

    def compose(self) -> ComposeResult:
        """The work, its step with the bar, and the key that stops it."""
        with Vertical(classes="card"):
            yield Static(shown(self._work.title, ".strong"))
            yield Static(id="far")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Look four times a second."""
        self.query_one(KeyLine).show(in_line("working"), self.app.active_keymap)
        self.set_interval(0.25, self.look)
        self.look()

    def look(self) -> None:
        """Show how far it is, or leave; beneath another screen it waits until it is in front again."""
        work = self._work
        if work.over:
            if self.is_current:
                self.dismiss(None)
            return
        step = "Stopping" if work.stopped else work.step
        said = Content.assemble(f"{step} …\n", bar(work.done, work.total) if work.total else Content())
        self.query_one("#far", Static).update(said)

    def action_stop(self) -> None:
        """Stop it."""
        self._work.stopped = True
        self.look()


async def watched(app: TherapistApp, title: str, job: Callable[[Work], Awaitable[T]]) -> T:
    """Do a job; after a second its progress is shown. Whoever ends the waiting stops the job."""
    work = Work(title)
    task = asyncio.ensure_future(job(work))
    try:
        done, _ = await asyncio.wait({task}, timeout=SHOWN_AFTER)
        if not done and app.unlocked:
            app.push_screen(WorkingScreen(work))
        return await task
    finally:
        work.stopped = work.over = True
