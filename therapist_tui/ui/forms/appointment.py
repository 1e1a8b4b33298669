"""An appointment: booked, moved or changed."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from therapist_tui.domain.appointment import PRESSURES, Appointment, AppointmentDraft
from therapist_tui.domain.client import Client
from therapist_tui.domain.usual import Usual
from therapist_tui.domain.when import at, skipped

from .form import Field, Form, Kind, Reader, Values

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice


SERVICES = (
    "Massage", "Deep tissue", "Swedish massage", "Sports massage", "Prenatal massage", "Oncology massage",
    "Lymphatic drainage", "Myofascial release", "Assessment", "Follow-up",
)  # fmt: skip


class AppointmentForm(Form[AppointmentDraft]):
    """When, how long, and what is planned; an overlap is said, not forbidden."""

    id = "appointment"
    fields = (
        Field("day", "Day", Kind.DATE, "tue, 3 dec, +2w, 2026-12-03"),
        Field("start", "Time", Kind.TIME, "9, 10:30, 1430, 2:15pm"),
        Field("minutes", "Minutes", hint="5 to 480"),
        Field("service", "Service", suggestions=SERVICES),
        Field("techniques", "Techniques", hint="planned, parted by commas"),
        Field("regions", "Regions", hint="planned, parted by commas"),
        Field("pressure", "Pressure", Kind.CHOICE, choices=tuple((one, one or "not said") for one in PRESSURES)),
        Field("products", "Products", hint="oils, lotions, parted by commas"),
        Field("remarks", "Remarks"),
    )

    def __init__(self, client: Client, zone: ZoneInfo, today: date, first: dict[str, str], booked: UUID | None) -> None:
        self._client, self._zone, self._today, self._first, self._booked = client, zone, today, first, booked
        self.about = str(booked or client.id)
        self.title = "Move or change the appointment" if booked else "Book an appointment"

    @classmethod
    def new(cls, client: Client, day: date, usual: Usual, zone: ZoneInfo, today: date) -> AppointmentForm:
        """For a client, on a day."""
        first = {"day": day.isoformat(), "minutes": str(usual.minutes), "service": usual.service}
        return cls(client, zone, today, first, None)

    @classmethod
    def at(cls, client: Client, moment: datetime, usual: Usual, zone: ZoneInfo, today: date) -> AppointmentForm:
        """For a client, at a time."""
        local = moment.astimezone(zone)
        first = {"day": local.date().isoformat(), "start": f"{local:%H:%M}"}
        return cls(client, zone, today, first | {"minutes": str(usual.minutes), "service": usual.service}, None)

    @classmethod
    def change(cls, client: Client, appointment: Appointment, zone: ZoneInfo, today: date) -> AppointmentForm:
        """For an appointment that is booked."""
        start = appointment.starts_at.astimezone(zone)
        first = {
            "day": start.date().isoformat(),
            "start": f"{start:%H:%M}",
            "minutes": str(appointment.minutes),
            "service": appointment.service,
            "techniques": ", ".join(appointment.techniques),
            "regions": ", ".join(appointment.regions),
            "pressure": appointment.pressure,
            "products": ", ".join(appointment.products),
            "remarks": appointment.remarks,
        }
        return cls(client, zone, today, first, appointment.id)

    def start(self) -> dict[str, str]:
        """The appointment as it is, or the day that was shown."""
        return dict(self._first)

    def read(self, values: Values) -> tuple[AppointmentDraft | None, dict[str, str]]:
        """The appointment's draft."""
        reader = Reader(values, self._today)
        day, start, minutes = reader.day("day"), reader.clock("start"), reader.count("minutes")
        for name, read, sentence in (
            ("day", day, "Please give the day."),
            ("start", start, "Please give the time."),
            ("minutes", minutes, "Please give the minutes."),
        ):
            if read is None:
                reader.problems.setdefault(name, sentence)
        if day and start and skipped(day, start, self._zone):
            reader.problems["start"] = "The clocks go forward then: that time does not exist on this day."
        draft = AppointmentDraft(
            self._client.id,
            at(day or self._today, start or time(), self._zone),
            minutes or 0,
            reader.text("service"),
            reader.words("techniques"),
            reader.words("regions"),
            reader.text("pressure"),
            reader.words("products"),
            reader.text("remarks"),
        ).cleaned()
        return reader.done(draft, draft.problems())

    def warnings(self, practice: Practice, draft: AppointmentDraft) -> str:
        """Say which appointments share the time."""
        others = practice.appointments.overlapping(draft, self._booked)
        if not others:
            return ""
        times = ", ".join(f"{one.starts_at.astimezone(self._zone):%H:%M} ({one.minutes} min)" for one in others)
        return f"This overlaps what is booked at {times}. Save again to book it all the same."

    def save(self, practice: Practice, draft: AppointmentDraft) -> object:
        """Book it, or change it."""
        if self._booked:
            return practice.appointments.change(self._booked, draft)
        return practice.appointments.book(draft)
