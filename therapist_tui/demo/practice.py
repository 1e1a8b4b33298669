"""The whole invented practice, put together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from therapist_tui.domain.health import Answer, HistoryCheck
from therapist_tui.domain.note import Addendum, AddendumKind, NoteContent, SessionNote
from therapist_tui.domain.treatments import Treatment
from therapist_tui.domain.whole import WholePractice

from . import cards
from .course import course
from .diary import Visit, diary
from .ids import Ids
from .plans import Plans
from .sessions import Desk, Session
from .texts import Person, Texts, texts
from .today import seven
from .writing import Voice, unfinished

TORONTO = "America/Toronto"


def whole_practice(now: datetime, zone: ZoneInfo | None = None, seed: int = 7) -> WholePractice:
    """An invented practice as it stands at `now` (an aware moment): the same for the same arguments.

    Sixty clients, two years of appointments and notes, and seven appointments around `now`. No clock is read.
    """
    return _Maker(now, zone or ZoneInfo(TORONTO), seed).whole()


class _Maker:
    def __init__(self, now: datetime, zone: ZoneInfo, seed: int) -> None:
        self.now, self.zone, self.ids = now, zone, Ids(seed)
        self.rng = Random(f"practice {seed}")  # noqa: S311  repeatable on purpose, nothing secret
        self.local = now.astimezone(zone)
        self.today = self.local.date()
        self.asked = max(now - timedelta(minutes=35), self.local.replace(hour=0, minute=0, second=0, microsecond=0))
        self.words: Texts = texts()
        self.therapist = cards.therapist(self.ids, self.today, zone)
        self.desk = Desk(self.words, self.ids, now, zone, self.rng)
        self.plans = Plans(self.ids, self.today, self.rng)

    def whole(self) -> WholePractice:
        people = self.words.people
        clients = [cards.client(one, i, self.ids, self.today, self.rng) for i, one in enumerate(people)]
        known = {person.name: client.id for person, client in zip(people, clients, strict=True)}
        visits = sorted(self._visits(people), key=lambda one: (one.day, one.minute))
        sessions = self.desk.sessions(visits, known)
        notes = self._notes(sessions, known)
        met = self._met(sessions)
        checks = sorted(chain(self.desk.checks(sessions), self._asked_today(known)), key=lambda one: one[1].asked_at)
        return WholePractice(
            self.therapist,
            tuple(clients),
            tuple(
                entry
                for one in people
                for entry in cards.health(one, known[one.name], self.ids, self.today, met[one.name], self.asked)
            ),
            tuple(checks),
            tuple(one.appointment for one in sessions),
            tuple(notes),
            tuple(self._addenda(notes)),
            tuple(self.plans.plans),
            tuple(self.plans.goals),
            tuple(self.plans.measurements),
            tuple(filter(None, (cards.referral(one, known[one.name], self.ids, self.today) for one in people))),
            tuple(
                consent
                for one in people
                for consent in cards.consents(
                    one, known[one.name], self.ids, self.today, met[one.name].astimezone(self.zone).date(), self.rng
                )
            ),
        )

    def _visits(self, people: Sequence[Person]) -> Iterator[Visit]:
        yield from diary(people, self.today, self.rng)
        yield from seven(people, self.local)

    def _met(self, sessions: Sequence[Session]) -> dict[str, datetime]:
        """When each client was first seen; who comes for the first time filled in the form a day ago."""
        met = {one.name: self.now - timedelta(days=1) for one in self.words.people}
        for one in reversed(sessions):
            if one.done:
                met[one.visit.person.name] = min(one.appointment.starts_at, self.now - timedelta(days=1))
        return met

    def _asked_today(self, known: dict[str, UUID]) -> Iterator[tuple[UUID, HistoryCheck]]:
        """Amara Okafor rang about her calf; Wei Chen's form came in yesterday."""
        yield known["Amara Okafor"], HistoryCheck(self.asked, Answer.CHANGED)
        yield known["Wei Chen"], HistoryCheck(self.asked - timedelta(days=1), Answer.NOTHING)

    def _notes(self, sessions: Sequence[Session], known: dict[str, UUID]) -> list[SessionNote]:
        done: dict[str, list[Session]] = defaultdict(list)
        for one in sessions:
            if one.done:
                done[one.visit.person.name].append(one)
        written = (
            self.desk.note(one, content, self.therapist.signature)
            for person in self.words.people
            for one, content in zip(
                done[person.name], self._contents(person, known[person.name], done[person.name]), strict=True
            )
        )
        return sorted(written, key=lambda note: note.service_at)

    def _contents(self, person: Person, client_id: UUID, done: Sequence[Session]) -> Iterator[NoteContent]:
        """What each note of a client says, and on the way the plan that the notes are about."""
        complaint = self.words.complaints[person.complaint]
        began = [one.appointment.starts_at for one in done]
        run = course(person, complaint, len(done), self.rng)
        if person.goals:
            self.plans.add_told(person, client_id, began, self.asked)
        else:
            self.plans.add(person, client_id, complaint, run, began)
        voices: dict[str, Voice] = {}
        for visit, (one, step) in enumerate(zip(done, run.steps, strict=True)):
            name = person.complaint_on((one.visit.day - self.today).days)
            if name not in voices:
                voices[name] = Voice(person, self.words.complaints[name], self.words, self.rng)
            content = voices[name].content(step, visit, one.visit.minutes)
            if visit < len(person.notes):
                content = _told(person.notes[visit])
            yield self._draft(content, one) if one.owed else content

    def _draft(self, content: NoteContent, session: Session) -> NoteContent:
        return _told(self.words.draft) if session.visit.day == self.today else unfinished(content)

    def _addenda(self, notes: Sequence[SessionNote]) -> Iterator[Addendum]:
        signed = [note for note in notes if note.signed_at and self.now - note.signed_at > timedelta(days=5)]
        every = max(1, len(signed) // len(self.words.addenda))
        for note, told in zip(signed[every // 2 :: every], self.words.addenda, strict=False):
            written = (note.signed_at or self.now) + timedelta(days=1)
            kind = AddendumKind(told["kind"])
            yield Addendum(self.ids.at(written), note.id, kind, told["text"], written, self.therapist.signature)


def _told(note: Mapping[str, Any]) -> NoteContent:
    """A note that stands word by word in the texts."""
    fields = dict(note)
    treatments = tuple(Treatment(name, minutes) for name, minutes in fields.pop("treatments", ()))
    return NoteContent(**fields, treatments=treatments)
