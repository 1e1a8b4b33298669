"""What the reading child says to its parent: lines of JSON, nothing that could run."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from therapist_tui.domain.appointment import Status
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.incoming.values import (
    FileKind,
    IncomingAppointment,
    IncomingClient,
    IncomingSeries,
    Question,
    Reading,
    Reject,
    Who,
)
from therapist_tui.domain.recurrence import Rule

BATCH = 250
"""Records in a line."""


def written(reading: Reading) -> Iterator[str]:
    """The lines of a reading."""
    yield json.dumps(
        {
            "kind": reading.kind.value,
            "program": reading.program,
            "columns": reading.columns,
            "preview": reading.preview,
            "questions": [(one.id, one.text, one.options) for one in reading.questions],
            "told": reading.told,
            "digest": reading.digest,
            "series": [_series_row(one) for one in reading.series],
            "records": len(reading.clients) + len(reading.appointments) + len(reading.rejects),
        }
    )
    yield from _batches("clients", map(_client_row, reading.clients))
    yield from _batches("appointments", map(_appointment_row, reading.appointments))
    yield from _batches("rejects", ([one.line, one.what, one.why] for one in reading.rejects))


def _batches(kind: str, rows: Iterable[list[Any]]) -> Iterator[str]:
    batch: list[list[Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield json.dumps([kind, batch], separators=(",", ":"))
            batch = []
    if batch:
        yield json.dumps([kind, batch], separators=(",", ":"))


class Gathering:
    """Puts the lines together again."""

    def __init__(self) -> None:
        self._head: dict[str, Any] = {}
        self._rows: dict[str, list[Any]] = {"clients": [], "appointments": [], "rejects": []}
        self._make = {"clients": _client, "appointments": _appointment, "rejects": _reject}

    @property
    def progress(self) -> tuple[int, int]:
        """How many records have come, and of how many."""
        return sum(len(rows) for rows in self._rows.values()), self._head.get("records", 0)

    def take(self, line: bytes) -> None:
        """One line; raises ValueError, KeyError or TypeError when it is none of ours."""
        said = json.loads(line)
        if not self._head:
            self._head = dict(said)
            return
        kind, rows = said
        self._rows[kind].extend(map(self._make[kind], rows))

    def done(self) -> Reading:
        """The whole; raises ValueError, KeyError or TypeError when something is missing."""
        head = self._head
        come, wanted = self.progress
        if come != wanted:
            raise ValueError("records are missing")
        return Reading(
            FileKind(head["kind"]),
            str(head["program"]),
            tuple((str(heading), str(field)) for heading, field in head["columns"]),
            tuple(tuple(map(str, row)) for row in head["preview"]),
            tuple(
                Question(str(i), str(text), tuple((str(a), str(b)) for a, b in of)) for i, text, of in head["questions"]
            ),
            tuple(self._rows["clients"]),
            tuple(self._rows["appointments"]),
            tuple(self._rows["rejects"]),
            tuple(map(str, head["told"])),
            str(head["digest"]),
            tuple(map(_series, head["series"])),
        )


def _client_row(one: IncomingClient) -> list[Any]:
    d = one.draft
    born_on = d.born_on.isoformat() if d.born_on else None
    card = [d.name, d.preferred_name, d.pronouns, born_on, d.phone, d.email, d.guardian, d.pressure, d.remarks]
    return [one.line, one.key, card, one.number, one.alert, one.archived]


def _client(row: list[Any]) -> IncomingClient:
    line, key, (name, preferred, pronouns, born_on, *rest), number, alert, archived = row
    draft = ClientDraft(name, preferred, pronouns, date.fromisoformat(born_on) if born_on else None, *rest)
    return IncomingClient(int(line), key, draft, number, alert, bool(archived))


def _appointment_row(one: IncomingAppointment) -> list[Any]:
    who = [one.who.name, one.who.number, one.who.phone, one.who.email, one.who.summary]
    said = [one.service, one.status.value, one.reason, one.remarks, one.uid, one.rule, one.zone]
    said.append(_day(one.series_on) or "")
    return [one.line, one.key, who, one.starts_at.isoformat(), one.minutes, *said]


def _appointment(row: list[Any]) -> IncomingAppointment:
    line, key, who, starts_at, minutes, service, status, *rest, series_on = row
    begins = datetime.fromisoformat(starts_at)
    on = date.fromisoformat(series_on) if series_on else None
    return IncomingAppointment(
        int(line), key, Who(*who), begins, int(minutes), service, Status(status), *rest, series_on=on
    )


def _series_row(one: IncomingSeries) -> list[Any]:
    rule = [one.rule.weekdays, one.rule.weeks, _day(one.rule.until), one.rule.count, one.rule.week_start]
    moment = [one.begins_on.isoformat(), one.clock.isoformat(), one.zone, one.until.isoformat()]
    return [one.line, one.key, rule, *moment, [day.isoformat() for day in one.left_out]]


def _series(row: list[Any]) -> IncomingSeries:
    line, key, (weekdays, weeks, until, count, week_start), begins_on, clock, zone, taken_until, left_out = row
    rule = Rule(
        tuple(map(str, weekdays)),
        int(weeks),
        date.fromisoformat(until) if until else None,
        None if count is None else int(count),
        str(week_start),
    )
    begins, last = date.fromisoformat(begins_on), date.fromisoformat(taken_until)
    left = tuple(map(date.fromisoformat, left_out))
    return IncomingSeries(int(line), str(key), rule, begins, time.fromisoformat(clock), str(zone), last, left)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _reject(row: list[Any]) -> Reject:
    line, what, why = row
    return Reject(int(line), str(what), str(why))
