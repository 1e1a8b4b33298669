"""From visits to records: the appointments with their status, and the notes of those that took place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.health import Answer, HistoryCheck
from therapist_tui.domain.note import NoteContent, SessionNote, digest
from therapist_tui.domain.signing import lag_of
from therapist_tui.domain.when import at

from .diary import Visit, workday_before
from .ids import Ids
from .texts import Texts

CANCELLED, MISSED = 0.05, 0.07
"""The share of visits called off, and (beyond it) of those missed."""
SIGNED_LATE = 0.03
"""The share of older notes that were signed the next morning."""


@dataclass(frozen=True, slots=True)
class Session:
    """A visit with its appointment. `owed` marks the two whose note is not signed."""

    visit: Visit
    appointment: Appointment
    owed: bool = False

    @property
    def done(self) -> bool:
        """Whether it took place."""
        return self.appointment.status is Status.DONE


class Desk:
    """Writes the appointments and notes of the practice as they stand at `now`."""

    def __init__(self, words: Texts, ids: Ids, now: datetime, zone: ZoneInfo, rng: Random) -> None:
        self.words, self.ids, self.now, self.zone, self.rng = words, ids, now, zone, rng
        self.today: date = now.astimezone(zone).date()

    def sessions(self, visits: Sequence[Visit], clients: dict[str, UUID]) -> list[Session]:
        """Every visit as a session. The last one of the workday before and the first of today owe their note."""
        before = workday_before(self.today)
        last = max((one for one in visits if one.day == before), key=lambda one: one.minute, default=None)
        first = next(one for one in visits if one.day == self.today)
        return [self.session(one, clients[one.person.name], owed=one in (last, first)) for one in visits]

    def session(self, visit: Visit, client_id: UUID, *, owed: bool = False) -> Session:
        """A visit with its appointment as it stands now."""
        complaint = self.words.complaints[visit.person.complaint_on((visit.day - self.today).days)]
        start = at(visit.day, time(*divmod(visit.minute, 60)), self.zone)
        booked = Appointment(
            self.ids.at(min(self.now, start) - timedelta(days=10)),
            client_id,
            start,
            visit.minutes,
            complaint.service,
            techniques=complaint.techniques,
            regions=complaint.regions,
            pressure=visit.person.pressure,
        )
        return Session(visit, self._as_it_stands(booked, visit, owed), owed)

    def _as_it_stands(self, booked: Appointment, visit: Visit, owed: bool) -> Appointment:
        luck = 1.0 if visit.pinned or owed or visit.day == self.today else self.rng.random()
        if luck < CANCELLED and (booked.starts_at <= self.now or luck < CANCELLED / 3):
            return replace(booked, status=Status.CANCELLED, reason=self.rng.choice(self.words.phrases["lost"]))
        if booked.starts_at > self.now:
            return booked
        if visit.person.stop and (visit.day == self.today or visit.person.no_consent):
            return replace(booked, status=Status.CANCELLED, reason=visit.person.stop)
        if luck < MISSED:
            return replace(booked, status=Status.NO_SHOW, reason=self.rng.choice(self.words.phrases["missed"]))
        arrived = booked.starts_at - timedelta(minutes=self.rng.randint(0, 8))
        under_way = replace(booked, status=Status.IN_SESSION, arrived_at=arrived, began_at=booked.starts_at)
        if booked.ends_at > self.now:
            return under_way
        return replace(under_way, status=Status.DONE, ended_at=booked.ends_at)

    def note(self, session: Session, content: NoteContent, signature: str) -> SessionNote:
        """The note of a session that took place: signed with its digest, or a draft when it is owed."""
        booked = session.appointment
        begun = min(self.now, booked.ends_at + timedelta(minutes=1))
        saved = min(self.now, begun + timedelta(minutes=self.rng.randint(3, 12)))
        note = SessionNote(self.ids.at(begun), booked.id, booked.client_id, content, booked.starts_at, begun, saved)
        if session.owed:
            return note
        if self.rng.random() < SIGNED_LATE and (self.today - session.visit.day).days > 7:
            saved = booked.starts_at + timedelta(hours=22)
        signed = replace(note, saved_at=saved, signed_at=saved, signed_by=signature)
        ended = booked.ended_at or booked.ends_at
        signed = replace(signed, began_at=booked.began_at, ended_at=booked.ended_at, lag_minutes=lag_of(ended, saved))
        return replace(signed, digest=digest(signed))

    def checks(self, sessions: Sequence[Session]) -> Iterator[tuple[UUID, HistoryCheck]]:
        """When each client was asked for the history: at most visits, the first one included."""
        asked: set[UUID] = set()
        for one in sessions:
            person, booked = one.visit.person, one.appointment
            if person.unasked or not one.done:
                continue
            if booked.client_id not in asked:
                answer = Answer.CHANGED if person.health else Answer.NOTHING
            elif self.rng.random() < 0.12:
                continue
            else:
                answer = Answer.CHANGED if self.rng.random() < 0.03 else Answer.NO_CHANGE
            asked.add(booked.client_id)
            yield booked.client_id, HistoryCheck(booked.began_at or booked.starts_at, answer)
