"""A practice on a real encrypted file, and a clock that stands still until it is moved."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from therapist_tui.domain.appointment import Appointment, AppointmentDraft, Status
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.health import Answer
from therapist_tui.domain.note import NoteContent, SessionNote
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.domain.treatments import Treatment
from therapist_tui.records.practice import Practice, create_practice, open_practice
from therapist_tui.records.vault import LIGHT

PASSPHRASE = "copper lantern drifts past eleven geese"
THERAPIST = TherapistDraft("Dana Reyes", "LMT", "27-1184", date(2027, 6, 30), "America/Toronto", (("prenatal", None),))
FULL = NoteContent("Neck stiff", "C5 tender", "Better", "In a week", (Treatment("MFR", 25),), 6, 3, "walk", "go on")


@dataclass
class Clock:
    """Always the same moment; Monday 23 November 2026, 10:00 in Toronto."""

    now: datetime = field(default=datetime(2026, 11, 23, 15, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def tick(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "practice"


@pytest.fixture
def practice(folder: Path, clock: Clock) -> Iterator[Practice]:
    made = create_practice(folder, PASSPHRASE, THERAPIST, clock, LIGHT)
    yield made
    made.close()


@pytest.fixture
def closed(practice: Practice) -> Path:
    """The folder of a practice that holds a little of everything and is closed."""
    fill(practice)
    practice.close()
    return practice.folder


def reopen(folder: Path, clock: Clock, **how: Any) -> Practice:
    return open_practice(folder, PASSPHRASE, clock, **how)


def a_client(practice: Practice, name: str = "José Álvarez", **more: Any) -> UUID:
    return practice.clients.add(ClientDraft(name, **more)).id


def an_appointment(practice: Practice, client_id: UUID, starts_at: datetime, minutes: int = 60) -> Appointment:
    return practice.appointments.book(AppointmentDraft(client_id, starts_at, minutes, "Massage", ("MFR",), ("neck",)))


def a_session(practice: Practice, client_id: UUID, starts_at: datetime) -> Appointment:
    booked = an_appointment(practice, client_id, starts_at)
    return practice.appointments.step(booked.id, Status.DONE)


def a_signed_note(practice: Practice, client_id: UUID, starts_at: datetime) -> SessionNote:
    note = practice.notes.open(a_session(practice, client_id, starts_at).id)
    practice.health.check(client_id, Answer.NO_CHANGE)
    return practice.notes.sign(note.id, FULL, why="decided together", late="the power was out")


def fill(practice: Practice) -> UUID:
    client_id = a_client(practice)
    a_signed_note(practice, client_id, datetime(2026, 11, 16, 15, 0, tzinfo=UTC))
    return client_id


def raw(practice: Practice) -> Any:
    """The driver's own connection with the authorizer lifted, for attacks that only the guards in the file meet."""
    connection = own_connection(practice)
    connection.set_authorizer(None)
    return connection


def own_connection(practice: Practice) -> Any:
    """The driver's own connection as the program uses it."""
    return practice._store.engine.raw_connection().dbapi_connection  # pyright: ignore[reportPrivateUsage]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file that matters, as it is on the disk."""
    names = ("practice.db", "practice.keys", "practice.keys.bak", "practice.db-wal")
    return {name: (folder / name).read_bytes() for name in names if (folder / name).exists()}
