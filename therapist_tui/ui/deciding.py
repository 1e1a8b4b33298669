"""Going on where a reason is wanted: it is asked for, once, and kept in the record."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from therapist_tui.domain.decision import ReasonWanted, read_reason
from therapist_tui.domain.signing import LateReasonWanted, Reasons, read_late_reason

from .app import TherapistApp

T = TypeVar("T")


async def with_reason(app: TherapistApp, job: Callable[[str], T]) -> T | None:
    """Run a job of the store; when a caution forbids it, ask why it is done all the same and run it with the reason.

    None when nobody gave a reason: then nothing was done. Must be called from a worker.
    """
    return await with_reasons(app, lambda reasons: job(reasons.why))


async def with_reasons(app: TherapistApp, job: Callable[[Reasons], T]) -> T | None:
    """The same for a job that may want a reason for being late too."""
    reasons = Reasons()
    while True:
        try:
            return await app.records.run(job, reasons)
        except ReasonWanted as wanted:
            hint = "why you go on, e.g. cleared by Dr Lin on the phone today"
            if not (why := await _asked(app, str(wanted), hint, read_reason)):
                return None
            reasons = replace(reasons, why=why)
        except LateReasonWanted as wanted:
            if not (late := await _asked(app, str(wanted), "why it is late, e.g. power cut", read_late_reason)):
                return None
            reasons = replace(reasons, late=late)


async def _asked(app: TherapistApp, question: str, hint: str, read: Callable[[str], str]) -> str:
    from .screens.ask import AskScreen

    answer = await app.push_screen_wait(AskScreen(question, hint, read))
    return answer if isinstance(answer, str) else ""
