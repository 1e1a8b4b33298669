"""What a client usually books: which service, and how long."""

from collections.abc import Iterable
from dataclasses import dataclass

from .appointment import Appointment

LOOKED_AT = 6
"""The newest appointments that tell; what was usual before that is not usual any more."""


@dataclass(frozen=True, slots=True)
class Usual:
    """A service, and its minutes; of a new client an hour of massage."""

    service: str = "Massage"
    minutes: int = 60


def usual(newest_first: Iterable[Appointment]) -> Usual:
    """What stands there most often among the newest appointments that took place or will; of equals the newest."""
    kept = [(one.service, one.minutes) for one in newest_first if not one.status.lost][:LOOKED_AT]
    return Usual(*max(kept, key=kept.count)) if kept else Usual()
