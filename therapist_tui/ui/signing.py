"""Signing from the keyboard: what is missing is listed and reached by enter, every reason is asked for once."""

from collections.abc import Callable

from therapist_tui.domain.agenda import Slot
from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.note import NoteContent, SessionNote
from therapist_tui.domain.signing import Missing, Reasons

from .app import TherapistApp
from .deciding import with_reasons
from .plain import name_of


async def sign_note(
    app: TherapistApp, slot: Slot, content: NoteContent, go_to: Callable[[str], None]
) -> SessionNote | None:
    """Sign the note of an appointment; None when something was missing (`go_to` leads there) or nobody confirmed.

    Must be called from a worker.
    """
    try:
        if not await _complete(app, slot, content, go_to) or not await _confirmed(app, slot):
            return None
        return await with_reasons(app, lambda reasons: _sign(app, slot, content, reasons))
    except PracticeError as error:
        app.tell(error)
        return None


def _sign(app: TherapistApp, slot: Slot, content: NoteContent, reasons: Reasons) -> SessionNote:
    notes = app.practice.notes
    return notes.sign(notes.open(slot.id).id, content, why=reasons.why, late=reasons.late, own=app.own_shorthand.words)


async def _complete(app: TherapistApp, slot: Slot, content: NoteContent, go_to: Callable[[str], None]) -> bool:
    """Whether nothing is missing; the history can be stamped on the spot, everything else is gone to."""
    from .screens.missing import MissingScreen

    while missing := await app.records.run(_missing, app, slot, content):
        chosen = await app.push_screen_wait(MissingScreen(missing))
        if not isinstance(chosen, Missing):
            return False
        if chosen.part != "history":
            go_to(chosen.field)
            return False
        await app.records.run(app.practice.health.unchanged, slot.brief.client.id)
        app.changed.publish(None)
    return True


def _missing(app: TherapistApp, slot: Slot, content: NoteContent) -> tuple[Missing, ...]:
    notes = app.practice.notes
    return notes.missing(notes.open(slot.id).id, content)


async def _confirmed(app: TherapistApp, slot: Slot) -> bool:
    from .screens.ask import ConfirmScreen

    question = f"Sign the note of {name_of(slot.brief.client, app.masked)}?"
    explanation = "It never changes afterwards; corrections are dated addenda beside it."
    return bool(await app.push_screen_wait(ConfirmScreen(question, explanation, "sign")))
