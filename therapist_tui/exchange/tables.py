"""Clients, appointments, notes, goals and measurements as CSV: for spreadsheets, and safe to open in one.

RFC 4180, UTF-8 with a byte order mark (spreadsheets need it), moments with their offset. A cell that a spreadsheet
would calculate gets an apostrophe in front, and so does one that begins with an apostrophe: taking one away from every
cell that has one gives back exactly what was written (`unguarded`).
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from therapist_tui.domain.client import Client
from therapist_tui.domain.goal import Goal
from therapist_tui.domain.progress import Heard, Meter, unheard
from therapist_tui.domain.treatments import show_treatments
from therapist_tui.domain.whole import WholePractice

_CALCULATED = re.compile(r"[\s\x00]*[=+\-@|%＝＋－＠﹦﹢﹣﹫]|[\t\r\n\x00']")
"""What spreadsheets take for a formula or a command, and our own apostrophe."""

Cells = Callable[[Any], Sequence[object]]


def tables_of(whole: WholePractice, heard: Heard = unheard) -> dict[str, bytes]:
    """The tables by the names of their files; raises Stopped when `heard` says so."""
    tabled = whole.clients, whole.appointments, whole.notes, whole.goals, whole.measurements
    past = Meter(heard, sum(map(len, tabled))).past
    zone, clients = whole.therapist.zone, {one.id: one for one in whole.clients}
    goals = {one.id: one for one in whole.goals}
    return {
        "clients.csv": table(_CLIENT, past(whole.clients), zone, lambda one: _fields(one, _CLIENT)),
        "appointments.csv": table(
            ("client", *_APPOINTMENT), past(whole.appointments), zone,
            lambda one: (_name(clients, one.client_id), *_fields(one, _APPOINTMENT)),
        ),
        "notes.csv": table(
            ("client", *_NOTE, *_CONTENT, "work_done"), past(whole.notes), zone,
            lambda one: (
                _name(clients, one.client_id), *_fields(one, _NOTE), *_fields(one.content, _CONTENT),
                show_treatments(one.content.treatments),
            ),
        ),
        "goals.csv": table(
            ("client", *_GOAL), past(whole.goals), zone,
            lambda one: (_name(clients, one.client_id), *_fields(one, _GOAL)),
        ),
        "measurements.csv": table(
            ("client", "goal", "unit", *_MEASUREMENT), past(whole.measurements), zone,
            lambda one: (*_goal_of(clients, goals[one.goal_id]), *_fields(one, _MEASUREMENT)),
        ),
    }  # fmt: skip


_CLIENT = (
    "id", "name", "preferred_name", "pronouns", "born_on", "phone", "email", "guardian", "pressure", "remarks",
    "archived_at",
)  # fmt: skip
_APPOINTMENT = ("id", "client_id", "starts_at", "minutes", "service", "status")
_NOTE = (
    "id", "appointment_id", "client_id", "service_at", "signed_at", "signed_by", "late_reason", "in_error",
)  # fmt: skip
_CONTENT = ("subjective", "objective", "assessment", "plan", "pain_before", "pain_after", "home_care", "next_time")
_GOAL = (
    "id", "plan_id", "client_id", "title", "unit", "baseline", "target", "baseline_on", "due_on", "status", "measure",
    "purpose", "achievement",
)  # fmt: skip
_MEASUREMENT = ("id", "goal_id", "value", "measured_at", "raw", "answered", "mode", "remark", "in_error")


def table(head: Sequence[str], records: Iterable[Any], zone: ZoneInfo, cells: Cells) -> bytes:
    """One CSV file; its first row names the columns."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(one, zone) for one in cells(record)] for record in records)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object, zone: ZoneInfo) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return guarded(str(value.value if isinstance(value, Enum) else value))


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet calculates (reliability.md 4, line 65)."""
    return f"'{text}" if _CALCULATED.match(text) else text


def unguarded(cell: str) -> str:
    """What was written into a cell by `guarded`."""
    return cell.removeprefix("'")


def _fields(value: object, names: Sequence[str]) -> list[object]:
    return [getattr(value, name) for name in names]


def _name(clients: dict[Any, Client], client_id: Any) -> str:
    return clients[client_id].name


def _goal_of(clients: dict[Any, Client], goal: Goal) -> tuple[str, str, str]:
    return _name(clients, goal.client_id), goal.title, goal.unit
