"""Two years of working days and the two weeks ahead: who comes when. Today has its own module."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .texts import Person

BACK, AHEAD = 730, 17
"""Days the diary reaches into the past and the future."""
OPENS, LUNCH, CLOSES = 9 * 60, 12 * 60, 18 * 60 + 15
"""Minutes of the local day."""
FREE_BEFORE, FREE_AFTER = 0.01, 0.28
"""The share of slots that stay empty, before today and after it."""
EARLIEST_AGAIN = 4
"""Days between two visits of one client, at least."""
NEAR = 21
"""Days around today without holidays, so that the demo is never empty."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A time kept for a person. `pinned` ones belong to the story and take place."""

    person: Person
    day: date
    minute: int
    minutes: int
    pinned: bool = False


def workday_before(day: date) -> date:
    """The last weekday before that day."""
    back = {0: 3, 6: 2}.get(day.weekday(), 1)
    return day - timedelta(days=back)


def diary(people: Sequence[Person], today: date, rng: Random) -> list[Visit]:
    """Every visit but today's, in order of time."""
    book = _Book(people, today, rng)
    days = (today + timedelta(days=offset) for offset in range(-BACK, AHEAD + 1))
    return [visit for day in days if day != today for visit in book.fill(day)]


class _Book:
    def __init__(self, people: Sequence[Person], today: date, rng: Random) -> None:
        self.today, self.rng = today, rng
        self.regulars = [one for one in people if one.every]
        self.due = {
            one.name: today.toordinal() + max(one.joined, -BACK) + i % 11 for i, one in enumerate(self.regulars)
        }
        self.pins = _pins(people, today)
        self.blocked = {
            (one.name, day.toordinal() + gap)
            for day, pinned in self.pins.items()
            for one in pinned
            for gap in range(-EARLIEST_AGAIN, EARLIEST_AGAIN + 1)
        }
        self.blocked |= {
            (one.name, today.toordinal() + gap)
            for one in people
            if one.today
            for gap in range(-max(one.paused, EARLIEST_AGAIN), (AHEAD if one.paused else EARLIEST_AGAIN) + 1)
        }

    def fill(self, day: date) -> Iterator[Visit]:
        """The visits of one day, with lunch and some free time between them."""
        pinned = list(self.pins.get(day, ()))
        if not pinned and not self._open(day):
            return
        minute = OPENS + self.rng.choice((-30, 0, 0, 0, 15))
        closes = LUNCH + 60 if day.weekday() == 5 else CLOSES
        lunched = False
        while minute + 45 <= closes:
            if not lunched and minute >= LUNCH:
                minute, lunched = minute + self.rng.choice((30, 45, 45, 60)), True
            visit = self._next(day, minute, closes, pinned)
            if visit:
                yield visit
            minute = _quarter(minute + (visit.minutes if visit else 60) + self.rng.choice((0, 5, 10)))

    def _next(self, day: date, minute: int, closes: int, pinned: list[Person]) -> Visit | None:
        if pinned:
            person = pinned.pop(0)
            return Visit(person, day, minute, person.minutes, pinned=True)
        if self.rng.random() < (FREE_AFTER if day > self.today else FREE_BEFORE):
            return None
        person = self._most_due(day.toordinal(), day.weekday() == 5)
        if not person:
            return None
        self.due[person.name] = day.toordinal() + max(
            EARLIEST_AGAIN, person.every + self.rng.choice((-1, 0, 0, 0, 1, 2))
        )
        # Who books short sessions does so for a reason; the others vary now and then.
        usual = person.minutes < 60 or self.rng.random() < 0.8
        minutes = person.minutes if usual else self.rng.choice((45, 60, 90))
        return Visit(person, day, minute, minutes if minute + minutes <= closes else 45)

    def _most_due(self, ordinal: int, weekend: bool) -> Person | None:
        slack = 2 if weekend else 4
        due, blocked = self.due, self.blocked
        ready = [
            one for one in self.regulars if due[one.name] <= ordinal + slack and (one.name, ordinal) not in blocked
        ]
        return min(ready, key=lambda one: due[one.name], default=None)

    def _open(self, day: date) -> bool:
        if day.weekday() == 6 or (day.weekday() == 5 and day.toordinal() // 7 % 3):
            return False
        away = (
            (day.month == 7 and day.day >= 25) or (day.month == 12 and day.day >= 24) or (day.month, day.day) == (1, 1)
        )
        return not away or abs((day - self.today).days) <= NEAR


def _pins(people: Sequence[Person], today: date) -> dict[date, list[Person]]:
    pins: dict[date, list[Person]] = defaultdict(list)
    for one in people:
        for offset in one.visits:
            day = today + timedelta(days=offset)
            pins[day - timedelta(days=max(0, day.weekday() - 4))].append(one)
    monday = today - timedelta(days=today.weekday())
    week = [day for day in (monday + timedelta(days=i) for i in range(5)) if day != today]
    for i, one in enumerate(one for one in people if one.week):
        # Who may not be treated yet comes as late in the week as possible.
        pins[week[-1] if one.no_consent else week[i % len(week)]].append(one)
    return pins


def _quarter(minute: int) -> int:
    return -(-minute // 15) * 15
