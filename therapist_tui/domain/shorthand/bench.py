"""The work of a clause: techniques, their minutes, and the places they were used on."""

from dataclasses import dataclass, field, replace

from ..body.marks import Place
from .values import Work

LONGEST_SESSION = 480
"""Minutes; a longer time is not read as one."""


@dataclass(slots=True)
class Bench:
    """Works in the order typed. `hybrid`: the technique came after places, and so is used on them."""

    works: list[Work] = field(default_factory=list[Work])
    hybrid: bool = False
    _minutes: int | None = None
    """Minutes that were said before their technique."""

    def __bool__(self) -> bool:
        return bool(self.works)

    def add(self, technique: str, at: tuple[Place, ...]) -> None:
        """A technique by itself."""
        self.works.append(Work((technique,), self._minutes, at))
        self._minutes = None

    def join(self, technique: str) -> None:
        """A technique together with the last one: "DT + MFR"."""
        work = self.works[-1]
        self.works[-1] = replace(work, techniques=tuple(dict.fromkeys((*work.techniques, technique))))

    def time(self, minutes: int, *, technique_follows: bool) -> bool:
        """Minutes of the last work, or of the technique that follows; False when they belong to neither."""
        if minutes > LONGEST_SESSION:
            return False
        if self.works and self.works[-1].minutes is None:
            self.works[-1] = replace(self.works[-1], minutes=minutes)
            return True
        self._minutes = minutes if technique_follows else None
        return technique_follows

    def put(self, place: Place, *, timed: bool) -> None:
        """A place of the last work; with minutes of its own it is a work of its own."""
        work = self.works[-1]
        if work.minutes is not None and timed:
            self.works.append(Work(work.techniques, None, (place,)))
        else:
            self.works[-1] = replace(work, places=(*work.places, place))

    def change(self, place: Place, into: Place) -> None:
        """A place of the last work whose side was said after it."""
        work = self.works[-1]
        self.works[-1] = replace(work, places=tuple(into if one == place else one for one in work.places))
