"""Today's seven appointments: a day that shows what the program is for, laid around the present moment."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil

from .diary import Visit
from .texts import Person

PLAN = (
    ("Ben Tanaka", 9 * 60, 60),
    ("Amara Okafor", 10 * 60 + 30, 60),
    ("Iris Novak", 12 * 60 + 30, 90),
    ("Tom Adeyemi", 14 * 60, 60),
    ("Wei Chen", 15 * 60 + 15, 45),
    ("Lucia Ferri", 16 * 60 + 15, 60),
    ("Noor Haddad", 17 * 60 + 30, 45),
)
"""Who, at which minute of the day, how long: as the Today screen is drawn for 10:24."""
NEXT_UP = PLAN[1][1]
BEGIN, END = 6 * 60, 23 * 60 + 30
"""Minutes of the local day that the seven stay within."""


def seven(people: Sequence[Person], local: datetime) -> list[Visit]:
    """The day's visits, moved together so that the second one is next: at the coming quarter of an hour."""
    known = {one.name: one for one in people}
    shift = _shift(local)
    return [Visit(known[name], local.date(), minute + shift, minutes, True) for name, minute, minutes in PLAN]


def _shift(local: datetime) -> int:
    minute = local.hour * 60 + local.minute + (local.second + local.microsecond / 1e6) / 60
    wanted = ceil(minute / 15) * 15 - NEXT_UP
    _, last, minutes = PLAN[-1]
    return min(max(wanted, BEGIN - PLAN[0][1]), END - last - minutes)
