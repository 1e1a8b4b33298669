"""A small real practice to break: two clients, each with an appointment today, made with the light key cost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from therapist_tui.domain.appointment import AppointmentDraft
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.health import Answer
from therapist_tui.domain.note import NoteContent
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.practice import Practice, create_practice, open_practice
from therapist_tui.records.vault import LIGHT

from .terminal import Terminal

PASSPHRASE = "violet harbour tin clockwork 9"
WRITER, BYSTANDER = "Ada Osei", "Bo Lindqvist"
OTHERS_WORDS = "the other client's draft, which nobody touches"


def now() -> datetime:
    """The clock of the real program."""
    return datetime.now(UTC)


def noon_zone(moment: datetime) -> str:
    """A time zone where it is about noon, so that no test runs over midnight."""
    hours = 12 - moment.hour
    return "Etc/GMT" if not hours else f"Etc/GMT{-hours:+d}"


def practice_folder(home: Path) -> Path:
    """Where the program looks for its practice under that home."""
    return home / "data" / "therapist-tui" / "practice"


def make(home: Path) -> None:
    """Set up the practice under that home."""
    therapist = TherapistDraft("Dana Reyes", "LMT", "none", None, noon_zone(now()))
    practice = create_practice(practice_folder(home), PASSPHRASE, therapist, now, cost=LIGHT)
    begin = now().replace(second=0, microsecond=0)
    for index, name in enumerate((WRITER, BYSTANDER)):
        client = practice.clients.add(ClientDraft(name))
        practice.health.check(client.id, Answer.NOTHING)
        starts_at = begin + timedelta(minutes=70 * index + 5)
        booked = practice.appointments.book(AppointmentDraft(client.id, starts_at, 60, "Massage"))
        if name == BYSTANDER:
            practice.notes.save(practice.notes.open(booked.id).id, NoteContent(OTHERS_WORDS))
    practice.close()


def reopened(home: Path, look: Callable[[Practice], object]) -> None:
    """Open the practice the way the program does, look, and close it."""
    practice = open_practice(practice_folder(home), PASSPHRASE, now)
    try:
        look(practice)
    finally:
        practice.close()


def drafts(home: Path) -> dict[str, str]:
    """What stands in S of today's notes, by the client's name."""
    found: dict[str, str] = {}

    def look(practice: Practice) -> None:
        for slot in practice.day.agenda(now().astimezone(practice.zone).date()).slots:
            found[slot.brief.client.name] = slot.note.content.subjective if slot.note else ""

    reopened(home, look)
    return found


def unlock(terminal: Terminal, name: str = WRITER) -> None:
    """Type the passphrase; done when the day is shown with that client on it."""
    terminal.wait_for("Passphrase")
    terminal.type(PASSPHRASE + "\r")
    terminal.wait_for(name)


def open_first_note(terminal: Terminal) -> None:
    """From Today into the first appointment's note, the cursor in S."""
    terminal.wait_for("to go")
    terminal.type("\x1b[Hn")
    terminal.wait_for("new note")
    terminal.type("\r")  # from the shorthand line, where a note opens, on to S
