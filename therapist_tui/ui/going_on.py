"""Going on to the next client from anywhere: what is typed is kept, what is open above the day is closed."""

import asyncio
from contextlib import suppress

from therapist_tui.domain.agenda import Slot

from .app import TherapistApp
from .keeping import Keeper
from .plain import toast
from .screens.note import NoteScreen, open_note
from .screens.today import TodayScreen


async def next_client(app: TherapistApp) -> None:
    """Highlight the next unfinished appointment of today and open its note, the brief beside it."""
    today = next((screen for screen in app.screen_stack if isinstance(screen, TodayScreen)), None)
    if today is None:
        return
    await _typed_out(app)
    for screen in app.screen_stack:
        if isinstance(screen, Keeper):
            await screen.keep()
    slot = await _next(app)
    if slot is None:
        toast(app, "Nobody is left today: every session is done and every note signed.")
        return
    while app.screen is not today:
        app.screen.dismiss(None)
    today.load(app.today(), slot.id)
    open_note(app, slot, app.today())


async def _typed_out(app: TherapistApp) -> None:
    """Wait until the field with the focus has taken the keys that were pressed before."""
    if app.focused is None:
        return
    taken = asyncio.Event()
    app.focused.call_later(taken.set)
    with suppress(TimeoutError):  # a field that waits for us in turn must not hold everything up
        await asyncio.wait_for(taken.wait(), 1)


async def _next(app: TherapistApp) -> Slot | None:
    agenda = await app.records.run(app.practice.day.agenda, app.today())
    here = next((screen.appointment_id for screen in app.screen_stack if isinstance(screen, NoteScreen)), None)
    return agenda.next_unfinished(app.clock(), here)
