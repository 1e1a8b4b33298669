"""Going on against a caution: the reason is asked for, once, and kept in the record."""

from collections.abc import Callable
from typing import TypeVar

from therapist_tui.domain.decision import ReasonWanted, read_reason

from .app import TherapistApp

T = TypeVar("T")


async def with_reason(app: TherapistApp, job: Callable[[str], T]) -> T | None:
    """Run a job of the store; when a caution forbids it, ask why it is done all the same and run it with the reason.

    None when nobody gave a reason: then nothing was done. Must be called from a worker.
    """
    from .screens.ask import AskScreen

    try:
        return await app.records.run(job, "")
    except ReasonWanted as wanted:
        question, hint = str(wanted), "why you go on, e.g. cleared by Dr Lin on the phone today"
        why = await app.push_screen_wait(AskScreen(question, hint, read_reason))
        return await app.records.run(job, why) if isinstance(why, str) else None
