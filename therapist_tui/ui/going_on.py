"""Going on to the next client from anywhere: what is typed is kept, what is open above the day is closed."""

from therapist_tui.domain.agenda import Slot

from .app import TherapistApp
from .keeping import Keeper
from .plain import toast
from .screens.measure import MeasureScreen
from .screens.note import NoteScreen, open_note
from .screens.today import TodayScreen


async def next_client(app: TherapistApp) -> None:
    """Highlight the next unfinished appointment of today and open its note, the brief beside it."""
    today = next((screen for screen in app.screen_stack if isinstance(screen, TodayScreen)), None)
    if today is None:
        return
    if not await _let_go(app):
        return
    slot = await _next(app)
    if slot is None:
        toast(app, "Nobody is left today: every session is done and every note signed.")
        return
    while app.screen is not today:
        app.screen.dismiss(None)
    today.load(app.today(), slot.id)
    open_note(app, slot, app.today())


async def _let_go(app: TherapistApp) -> bool:
    """Keep what is typed on every screen; False when one of them holds something that it cannot keep as it is."""
    for screen in app.screen_stack:
        if isinstance(screen, Keeper):
            await screen.keep()
        elif isinstance(screen, MeasureScreen) and not await screen.keep_typed():
            return False
    return True


async def _next(app: TherapistApp) -> Slot | None:
    agenda = await app.records.run(app.practice.day.agenda, app.today())
    here = next((screen.appointment_id for screen in app.screen_stack if isinstance(screen, NoteScreen)), None)
    return agenda.next_unfinished(app.clock(), here)
