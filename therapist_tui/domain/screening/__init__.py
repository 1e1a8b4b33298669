"""Cautions for one appointment: knowledge as data, free text read, everything weighed for the day.

The knowledge is an unreviewed draft: no clinician has checked it. What is named here loads when first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from therapist_tui.domain.screening.entries import Knowledge
    from therapist_tui.domain.screening.errors import BadRequest, BrokenKnowledge
    from therapist_tui.domain.screening.judging import judge
    from therapist_tui.domain.screening.loader import load_knowledge
    from therapist_tui.domain.screening.request import request_from
    from therapist_tui.domain.screening.values import (
        NOTICE,
        Appointment,
        Caution,
        Client,
        ConditionEntry,
        Judgement,
        Matched,
        MedicationEntry,
        Place,
        Pregnancy,
        Request,
        SetAside,
        Side,
        SurgeryEntry,
    )

_HOMES = {
    "Knowledge": "entries", "BadRequest": "errors", "BrokenKnowledge": "errors", "judge": "judging",
    "load_knowledge": "loader", "request_from": "request",
}  # fmt: skip

__all__ = [
    "NOTICE", "Appointment", "BadRequest", "BrokenKnowledge", "Caution", "Client", "ConditionEntry", "Judgement",
    "Knowledge", "Matched", "MedicationEntry", "Place", "Pregnancy", "Request", "SetAside", "Side", "SurgeryEntry",
    "judge", "load_knowledge", "request_from",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'values')}"), name)
