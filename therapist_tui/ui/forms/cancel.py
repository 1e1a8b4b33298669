"""Cancelling an appointment, or marking that the client did not come; the reason is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.text import clean_line

from .form import Field, Form, Kind, Reader, Values

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice

REASON_WANTED = "Please say why: the reason is kept with the appointment."


class CancelForm(Form[tuple[Status, str]]):
    """What happened, and why."""

    id = "cancel"
    fields = (
        Field(
            "status",
            "What",
            Kind.CHOICE,
            choices=((Status.CANCELLED.value, "cancelled"), (Status.NO_SHOW.value, "did not come (no-show)")),
        ),
        Field("reason", "Why", hint="e.g. ill, short notice", suggestions=("ill", "work", "short notice", "rebooked")),
    )

    def __init__(self, appointment: Appointment, name: str) -> None:
        self._appointment = appointment
        self.about = str(appointment.id)
        self.title = f"Cancel the appointment of {name}"

    def read(self, values: Values) -> tuple[tuple[Status, str] | None, dict[str, str]]:
        """The status and the reason."""
        reader = Reader(values)
        status = reader.choice("status", Status.CANCELLED)
        if not status.lost:
            reader.problems["status"] = "Please choose one of the list."
        reason = clean_line(reader.text("reason"), 300)
        if not reason:
            reader.problems["reason"] = REASON_WANTED
        return reader.done((status, reason), {})

    def save(self, practice: Practice, draft: tuple[Status, str]) -> object:
        """Change the status."""
        return practice.appointments.step(self._appointment.id, *draft)


class LostForm(Form[str]):
    """Why an appointment did not take place, when it is known already which of the two it was."""

    def __init__(self, appointment: Appointment, name: str, status: Status) -> None:
        self._appointment, self._status = appointment, status
        self.id = f"lost-{status.value}"
        self.about = str(appointment.id)
        self.title = f"Why did {name} not come?" if status is Status.NO_SHOW else f"Why was {name} cancelled?"
        self.fields = CancelForm.fields[1:]

    def read(self, values: Values) -> tuple[str | None, dict[str, str]]:
        """The reason."""
        reader = Reader(values)
        reason = clean_line(reader.text("reason"), 300)
        return reader.done(reason, {} if reason else {"reason": REASON_WANTED})

    def save(self, practice: Practice, draft: str) -> object:
        """Change the status."""
        return practice.appointments.step(self._appointment.id, self._status, draft)
