"""The calendar for a phone (iCalendar): when, how long, and initials; no name and no word on health unless wanted.

Times are written in UTC, so that no program shifts them when the clocks change (clinical.md 5.3), with a UID that
stays: a calendar that is brought in again moves its entries instead of doubling them.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.whole import WholePractice

PAST_DAYS = 30
"""Days before today that a phone still shows."""


def calendar_of(whole: WholePractice, written_at: datetime, *, names: bool = False) -> bytes:
    """The appointments that take place, from a month ago on; with `names` the clients' names and the service."""
    shown = {one.id: one for one in whole.clients}
    since = written_at - timedelta(days=PAST_DAYS)
    entries = (
        (one, f"{shown[one.client_id].shown}, {one.service}" if names else shown[one.client_id].initials)
        for one in sorted(whole.appointments, key=lambda one: (one.starts_at, one.id))
        if not one.status.lost and one.starts_at >= since
    )
    return _written(entries, written_at)


def _written(entries: Iterable[tuple[Appointment, str]], written_at: datetime) -> bytes:
    from icalendar import Calendar, Event  # a quarter of a second that only this waits for

    calendar = Calendar()
    calendar.add("prodid", "-//therapist-tui//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for appointment, summary in entries:
        event = Event()
        begin = appointment.starts_at.astimezone(UTC)
        event.add("uid", f"{appointment.id}@therapist-tui")
        event.add("dtstamp", written_at.astimezone(UTC).replace(microsecond=0))
        event.add("dtstart", begin)
        event.add("dtend", begin + timedelta(minutes=appointment.minutes))
        event.add("summary", summary)
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return calendar.to_ical()
