"""Working hours: when the practice is open on each weekday, the buffer between clients, the step of the book."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from itertools import pairwise

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SLOTS = (5, 10, 15, 20, 30, 60)
"""Minutes that one step of the book may have; all of them divide the hour."""
MOST_BUFFER = 120

_SPAN = re.compile(r"(\d{1,2})(?::?(\d{2}))?\s*(?:-|–|to)\s*(\d{1,2})(?::?(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a working day by the wall's clock; a break is what lies between two of them."""

    opens: time
    closes: time


_USUAL = (Span(time(9), time(18)),)


@dataclass(frozen=True, slots=True)
class Hours:
    """When clients can be booked. `week` holds the spans of each weekday, Monday first; none: closed.

    `buffer` is the least time between two clients and `slot` the step of the book, both in minutes.
    """

    week: tuple[tuple[Span, ...], ...] = field(default=(*(_USUAL,) * 5, (), ()))
    buffer: int = 10
    slot: int = 15

    def on(self, day: date) -> tuple[Span, ...]:
        """The spans of a day, in order."""
        return self.week[day.weekday()]


def hours_of(table: Mapping[str, object]) -> tuple[Hours, list[tuple[str, str]]]:
    """The hours of a settings table; and for each entry that cannot be used its key and what it must be.

    A weekday is text: "09:00-12:30, 13:30-18:00", or "" when the practice is closed. Days that are not named have the
    usual hours, 9 to 18 from Monday to Friday.
    """
    week, buffer, slot = [*Hours().week], Hours().buffer, Hours().slot
    problems: list[tuple[str, str]] = []
    for name, value in table.items():
        if name in DAYS:
            spans = _spans(value)
            if spans is None:
                problems.append((name, 'must be times in order, e.g. "09:00-12:30, 13:30-18:00", or "" when closed'))
            else:
                week[DAYS.index(name)] = spans
        elif name == "buffer":
            if _whole(value) and 0 <= value <= MOST_BUFFER:  # pyright: ignore[reportOperatorIssue]
                buffer = int(value)  # pyright: ignore[reportArgumentType]
            else:
                problems.append((name, f"must be a whole number of minutes from 0 to {MOST_BUFFER}"))
        elif name == "slot":
            if _whole(value) and value in SLOTS:
                slot = int(value)  # pyright: ignore[reportArgumentType]
            else:
                problems.append((name, f"must be one of {', '.join(map(str, SLOTS))} minutes"))
        else:
            problems.append((name, f"is no setting here. There are: {', '.join((*DAYS, 'buffer', 'slot'))}"))
    return Hours(tuple(week), buffer, slot), problems


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _spans(value: object) -> tuple[Span, ...] | None:
    """The spans of a text, in order and apart from each other; None when it cannot be read."""
    if not isinstance(value, str) or len(value) > 200:
        return None
    parts = [part.strip() for part in value.split(",") if part.strip()]
    spans = [_span(part) for part in parts]
    read = tuple(one for one in spans if one is not None)
    if len(read) != len(spans):
        return None
    apart = all(one.closes <= other.opens for one, other in pairwise(read))
    return read if apart else None


def _span(text: str) -> Span | None:
    match = _SPAN.fullmatch(text)
    if not match:
        return None
    numbers = [int(part or 0) for part in match.groups()]
    try:
        found = Span(time(numbers[0], numbers[1]), time(numbers[2], numbers[3]))
    except ValueError:
        return None
    return found if found.opens < found.closes else None
