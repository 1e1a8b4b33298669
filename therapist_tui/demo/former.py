"""Former clients: year before year of the practice, for a demo as large as a practice of long standing.

Every hour of the week is kept by one client until the treatment is over, then by the next one: so nobody overlaps,
and a year is made without knowing any other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.client import Client
from therapist_tui.domain.consent import Consent
from therapist_tui.domain.health import HealthEntry, HistoryCheck
from therapist_tui.domain.note import SessionNote
from therapist_tui.domain.therapist import Therapist
from therapist_tui.domain.whole import WholePractice

from . import cards
from .course import course
from .diary import BACK, Visit
from .ids import Ids
from .plans import Plans
from .sessions import Desk, Session
from .texts import Person, Texts, texts
from .writing import Voice

WEEKS = 52
"""Weeks of a former year, so that each one begins on a Monday."""
CLOSED = (29, 51)
"""Weeks of each year without sessions."""
HOURS = tuple((weekday, hour) for weekday in range(6) for hour in range(8, 20))
"""The hours of the week that are kept for somebody."""
BUSY = 62
"""Hours that four clients a year share; three share each other one. That makes 278 clients a year."""
LETTERS = "ABCDEFGHIJKLMNOPRSTVWZ"


def last_monday(today: date) -> date:
    """The day before which former years end: of the month in which the two years of the demo begin."""
    first = (today - timedelta(days=BACK + 7)).replace(day=1)
    return first - timedelta(days=first.weekday())


def former_year(number: int, end: date, therapist: Therapist, seed: int = 7) -> WholePractice:
    """The clients whose treatment lay in a year before `end` (a Monday), the first one being number 1.

    Everything is signed and completed. The same for the same arguments, whatever the day is.
    """
    return _Year(number, end, therapist, seed).whole()


@dataclass(frozen=True, slots=True)
class _Tenure:
    """The weeks in which an hour of the week is kept for a client."""

    weekday: int
    hour: int
    weeks: tuple[int, ...]


class _Year:
    def __init__(self, number: int, end: date, therapist: Therapist, seed: int) -> None:
        self.number, self.therapist = number, therapist
        self.zone: ZoneInfo = therapist.zone
        self.begin = end - timedelta(weeks=WEEKS * number)
        self.end = self.begin + timedelta(weeks=WEEKS)
        self.ids = Ids(f"{seed} year {number}")
        self.rng = Random(f"practice {seed} year {number}")  # noqa: S311  repeatable on purpose, nothing secret
        self.words: Texts = texts()
        over = datetime.combine(self.end, time(12), UTC)
        self.desk = Desk(self.words, self.ids, over, self.zone, self.rng)
        self.plans = Plans(self.ids, self.end, self.rng)

    def whole(self) -> WholePractice:
        clients: list[Client] = []
        health: list[HealthEntry] = []
        checks: list[tuple[UUID, HistoryCheck]] = []
        sessions: list[Appointment] = []
        notes: list[SessionNote] = []
        consents: list[Consent] = []
        for i, tenure in enumerate(self._tenures()):
            person = self._person(i)
            card = self._card(person, i, self.begin + timedelta(weeks=tenure.weeks[0]))
            mine = [self.desk.session(one, card.id) for one in self._visits(person, tenure)]
            done = [one for one in mine if one.done]
            clients.append(card)
            sessions.extend(one.appointment for one in mine)
            if not done:
                continue
            met = done[0].appointment.starts_at
            notes.extend(self._notes(person, card.id, done))
            health.extend(cards.health(person, card.id, self.ids, met.date(), met, met))
            checks.extend(self.desk.checks(done))
            consents.extend(cards.consents(person, card.id, self.ids, done[-1].visit.day, done[0].visit.day, self.rng))
        return WholePractice(
            self.therapist,
            tuple(clients),
            tuple(health),
            tuple(checks),
            tuple(sessions),
            tuple(notes),
            plans=tuple(self.plans.plans),
            goals=tuple(self.plans.goals),
            measurements=tuple(self.plans.measurements),
            consents=tuple(consents),
        )

    def _tenures(self) -> Iterator[_Tenure]:
        """Who keeps which hour: one after the other, or two in turn, each coming every other week."""
        for i, (weekday, hour) in enumerate(HOURS):
            sharing = 4 if i < BUSY else 3
            length = WEEKS // sharing
            firsts = range(0, length * sharing, length)
            spells = [tuple(range(at, at + length - self.rng.randint(0, 2))) for at in firsts]
            if i % 3 == 0:
                both = sorted((*spells[0], *spells[1]))
                spells[:2] = [tuple(both[::2]), tuple(both[1::2])]
            for weeks in spells:
                yield _Tenure(weekday, hour, tuple(week for week in weeks if week not in CLOSED))

    def _person(self, number: int) -> Person:
        """Somebody with a name of their own and what one of the demo's people comes for."""
        known = _models(self.words)
        model = self.rng.choice(known)
        given = self.rng.choice(known).name.split()[0]
        family = self.rng.choice(known).name.split()[-1]
        initial = LETTERS[(self.number * 7 + number) % len(LETTERS)]
        age = min(94, max(19, model.age + self.rng.randint(-12, 12)))
        name = f"{given} {initial}. {family}"
        health = model.health if self.rng.random() < 0.5 else ()
        side = self.rng.choice(("left", "right"))
        return replace(model, name=name, preferred="", age=age, side=side, plan=12, health=health, remarks="")

    def _card(self, person: Person, number: int, first: date) -> Client:
        """The card, as it was made out a week before the first visit."""
        card = cards.client(person, number % 100, self.ids, self.begin, self.rng)
        made = datetime.combine(first - timedelta(days=7), time(12), UTC)
        email = card.email.replace("..", ".").replace("@", f"{self.number}{number:03}@")
        return replace(card, id=self.ids.at(made), email=email)

    def _visits(self, person: Person, tenure: _Tenure) -> list[Visit]:
        first = self.begin + timedelta(days=tenure.weekday)
        minute, minutes = tenure.hour * 60, min(person.minutes, 60)
        return [Visit(person, first + timedelta(weeks=week), minute, minutes) for week in tenure.weeks]

    def _notes(self, person: Person, client_id: UUID, done: Sequence[Session]) -> Iterator[SessionNote]:
        complaint = self.words.complaints[person.complaint]
        run = course(person, complaint, len(done), self.rng)
        began = [one.appointment.starts_at for one in done]
        self.plans.add_finished(person, client_id, complaint, run, began)
        voice = Voice(person, complaint, self.words, self.rng)
        for visit, (one, step) in enumerate(zip(done, run.steps, strict=True)):
            yield self.desk.note(one, voice.content(step, visit, one.visit.minutes), self.therapist.signature)


def _models(words: Texts) -> list[Person]:
    """Those of the demo's people who come again and again, and about whom no story is told."""
    return [
        one
        for one in words.people
        if one.every and not any((one.stop, one.guardian, one.goals, one.referral, one.notes, one.clearance, one.later))
    ]
