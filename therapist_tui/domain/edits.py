"""Who changed what of a record, and when: each change in words, from what stood before and after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from itertools import pairwise
from typing import Any
from uuid import UUID

from .numbers import show_value
from .when import show_day

_UNSPOKEN = {"id", "client_id", "plan_id", "goal_id", "visits_used", "entered_at", "entered_by", "noted_at"}
"""Fields that are no words of a person."""
_LONG = 60
"""Letters of one value that a change quotes; the record itself holds all of it."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a record, or its making. `by` is "" where nobody wrote down who; `said` names field by field."""

    at: datetime
    by: str
    what: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """What a record said until that moment, and who then changed it."""

    value: Any
    until: datetime
    by: str


def edits_of(former: Iterable[Wording], now: Any) -> tuple[Edit, ...]:
    """The changes of one record, oldest first; `former` in any order. What only looks changed is left out."""
    wordings = sorted(former, key=lambda one: one.until)
    said = [*(one.value for one in wordings), now]
    found = (
        Edit(one.until, one.by, "changed", differences(before, after))
        for one, (before, after) in zip(wordings, pairwise(said), strict=True)
    )
    return tuple(one for one in found if one.said)


def differences(before: Any, after: Any) -> tuple[str, ...]:
    """Field by field what is not as it was: "target 70 → 75". Both are values of the same kind."""
    return tuple(
        f"{field.name.removesuffix('_on').replace('_', ' ')} {_shown(old)} → {_shown(new)}"
        for field in fields(before)
        if field.name not in _UNSPOKEN
        for old, new in ((getattr(before, field.name), getattr(after, field.name)),)
        if old != new
    )


def _shown(value: Any) -> str:
    """A value as people write it; quoted where it is text of a person."""
    match value:
        case None | "" | ():
            return "–"
        case bool():
            return "yes" if value else "no"
        case float():
            return show_value(value)
        case Enum():
            return str(value.value) or "–"
        case datetime() | date():
            return show_day(value)
        case tuple():
            return _listed(value)  # pyright: ignore[reportUnknownArgumentType]
        case str():
            line = " ".join(value.split())
            return f"“{line[: _LONG - 1]}…”" if len(line) > _LONG else f"“{line}”"
        case UUID():
            return "another one"
        case _:
            return str(value)


def _listed(parts: Sequence[Any]) -> str:
    return ", ".join(
        " ".join(_shown(getattr(one, field.name)).strip("“”") for field in fields(one))
        if is_dataclass(one)
        else str(one)
        for one in parts
    )
