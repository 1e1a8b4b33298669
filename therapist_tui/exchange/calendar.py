"""The calendar for a phone (iCalendar): when, how long, and initials; no name and no word on health unless wanted.

A series is one event that repeats by the wall's clock, in a zone that the file defines; everything else is written in
UTC, so that no program shifts it when the clocks change (clinical.md 5.3). Each has a UID that stays: a calendar that
is brought in again moves its entries instead of doubling them.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.client import Client
from therapist_tui.domain.progress import Heard, Meter, unheard
from therapist_tui.domain.whole import WholePractice

from .calendar_series import Repeating, repeating
from .calendar_zone import definition
from .properties import put

PAST_DAYS = 30
"""Days before today that a phone still shows."""


def calendar_of(whole: WholePractice, written_at: datetime, *, names: bool = False, heard: Heard = unheard) -> bytes:
    """The appointments that take place, from a month ago on; with `names` the clients' names and the service.

    Raises Stopped when `heard` says so.
    """
    from icalendar import Calendar  # a quarter of a second that only this waits for

    calendar = Calendar()
    put(calendar, "prodid", "-//therapist-tui//calendar//EN")
    put(calendar, "version", "2.0")
    put(calendar, "method", "PUBLISH")
    parts = [*_Entries(whole, written_at, names).parts()]
    for part in Meter(heard, len(parts)).past(parts):
        calendar.add_component(part)
    return calendar.to_ical()


class _Entries:
    """The events of the file, and the zones that they need."""

    def __init__(self, whole: WholePractice, written_at: datetime, names: bool) -> None:
        self._series, self._names = whole.series, names
        self._clients = {one.id: one for one in whole.clients}
        self._stamp = written_at.astimezone(UTC).replace(microsecond=0)
        self._since = written_at - timedelta(days=PAST_DAYS)
        self._kept = sorted(
            (one for one in whole.appointments if not one.status.lost), key=lambda one: (one.starts_at, one.id)
        )

    def parts(self) -> Iterator[Any]:
        """The zones, the series, then what stands singly."""
        zones = {zone: definition(zone, self._stamp.year) for zone in {one.zone for one in self._series}}
        found = [one for one in self._repeating() if zones[one.series.zone] is not None]
        used = {one.series.zone.key: zones[one.series.zone] for one in found}
        yield from (used[key] for key in sorted(used) if key != "UTC")
        shown: set[Any] = set()
        for one in found:
            shown |= one.shown
            yield from self._events(one)
        for one in self._kept:
            if one.id not in shown and one.starts_at >= self._since:
                yield self._event(f"{one.id}@therapist-tui", one, self._clients[one.client_id])

    def _repeating(self) -> Iterator[Repeating]:
        own: dict[Any, list[Appointment]] = {}
        for one in self._kept:
            own.setdefault(one.series_id, []).append(one)
        for series in self._series:
            # A date that was given to somebody else stands singly.
            mine = [one for one in own.get(series.id, ()) if one.client_id == series.client_id]
            if found := repeating(series, self._clients[series.client_id], mine, self._since):
                yield found

    def _events(self, one: Repeating) -> Iterator[Any]:
        from icalendar import vRecur

        uid, client = f"{one.series.id}@therapist-tui", self._clients[one.series.client_id]
        day = one.first.series_on or one.series.begins_on
        begin = one.wall(day)
        event = self._event(uid, one.first, client, one.series.service)
        del event["DTSTART"], event["DTEND"]
        put(event, "dtstart", begin)
        put(event, "duration", timedelta(minutes=one.series.minutes))
        put(event, "rrule", vRecur.from_ical(one.rule))
        if one.left_out:
            put(event, "exdate", [one.wall(day) for day in one.left_out])
        yield event
        for other in one.others:
            moved = self._event(uid, other, client)
            put(moved, "recurrence-id", one.wall(other.series_on or day))
            yield moved

    def _event(self, uid: str, one: Appointment, client: Client, service: str = "") -> Any:
        from icalendar import Event

        event = Event()
        begin = one.starts_at.astimezone(UTC)
        put(event, "uid", uid)
        put(event, "dtstamp", self._stamp)
        put(event, "dtstart", begin)
        put(event, "dtend", begin + timedelta(minutes=one.minutes))
        put(event, "summary", f"{client.shown}, {service or one.service}" if self._names else client.initials)
        put(event, "class", "PRIVATE")
        return event
