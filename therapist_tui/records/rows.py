"""How rows become the domain's values, and values rows: the same names on both sides, in the value's order."""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from therapist_tui.domain.client import Client
from therapist_tui.domain.note import NoteContent, SessionNote
from therapist_tui.domain.recurrence import Rule
from therapist_tui.domain.series import Series
from therapist_tui.domain.text import folded

from .tables import SeriesRow, SessionNoteRow

V = TypeVar("V")


@cache
def _parts(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*(one.name for one in fields(kind)))


def to_value(row: object, kind: type[V]) -> V:
    """The value that a row holds, or that another value with the same fields (and more) holds."""
    return kind(*_parts(kind)(row))


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def columns_of(value: object) -> dict[str, Any]:
    """The columns of a value or a draft, by name."""
    return {name: getattr(value, name) for name in _names(type(value))}


def fill(row: Any, value: Any) -> None:
    """Write a draft's fields into a row."""
    for name, field_value in columns_of(value).items():
        setattr(row, name, field_value)


def to_note(row: SessionNoteRow, *, in_error: bool = False) -> SessionNote:
    """The note of a row, its content gathered; `in_error` stands beside it, as an addendum."""
    return SessionNote(
        row.id,
        row.appointment_id,
        row.client_id,
        to_value(row, NoteContent),
        row.service_at,
        row.begun_at,
        row.saved_at,
        row.signed_at,
        row.signed_by,
        row.digest,
        row.began_at,
        row.ended_at,
        row.lag_minutes,
        row.late_reason,
        row.number,
        in_error,
    )


def note_columns(note: SessionNote) -> dict[str, Any]:
    """The columns of a note, its content spread out."""
    found = columns_of(note)
    found |= columns_of(found.pop("content"))
    del found["in_error"]
    return found


def to_series(row: SeriesRow | Any) -> Series:
    """The series of a row, its rule gathered."""
    spread = {name: getattr(row, name) for name in _names(Series) if name not in ("rule", "zone")}
    return Series(**spread, rule=to_value(row, Rule), zone=ZoneInfo(row.zone))


def series_columns(series: Series) -> dict[str, Any]:
    """The columns of a series, its rule spread out."""
    found = columns_of(series)
    found |= columns_of(found.pop("rule"))
    return found | {"zone": series.zone.key}


def search_text(client: Client | Any) -> str:
    """What a client is found and sorted by, folded: name first, then preferred name, e-mail and telephone digits."""
    digits = "".join(letter for letter in client.phone if letter.isdigit())
    return "\n".join(folded(part) for part in (client.name, client.preferred_name, client.email, digits))
