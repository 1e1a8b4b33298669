"""Ids for the demo: UUIDs of version 7 that come out the same every time."""

from datetime import datetime
from random import Random
from uuid import UUID

_VERSION_7 = 0x7 << 76
_VARIANT = 0x2 << 62
_LOW = (1 << 62) - 1


class Ids:
    """A seeded source of ids that sort by the moment their record was made, as the store's own do."""

    def __init__(self, seed: int | str) -> None:
        self._random = Random(f"ids {seed}")  # noqa: S311  repeatable on purpose, nothing secret

    def at(self, moment: datetime) -> UUID:
        """A new id for a record made at that moment."""
        bits = self._random.getrandbits(74)
        milliseconds = max(0, int(moment.timestamp() * 1000))  # they count from 1970: what is older was typed in then
        return UUID(int=milliseconds << 80 | _VERSION_7 | (bits >> 62) << 64 | _VARIANT | bits & _LOW)
