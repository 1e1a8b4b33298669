"""The demo's people and phrases, read from the TOML files beside this module."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a client comes for, and how the notes about it read."""

    service: str
    techniques: tuple[str, ...]
    regions: tuple[str, ...]
    reason: str
    pain: tuple[int, int]
    measure: tuple[str, str, float, float, float]
    early: tuple[str, ...]
    mid: tuple[str, ...]
    late: tuple[str, ...]
    about: tuple[str, ...]
    finds: tuple[str, ...]
    eases: tuple[str, ...]
    work: tuple[tuple[str, ...], ...]
    home: tuple[str, ...]
    next: tuple[str, ...]
    short: tuple[str, ...]
    room: tuple[str, ...] = ()
    measured_by: str = ""
    """Id of the measure; "" for one of the therapist's own."""
    purpose: str = ""
    also: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One invented client as `people.toml` has it; days count from the day the demo is opened."""

    name: str
    age: int
    complaint: str
    pronouns: str = ""
    preferred: str = ""
    side: str = "left"
    every: int = 0
    joined: int = 0
    paused: int = 0
    minutes: int = 60
    visits: tuple[int, ...] = ()
    later: tuple[int, str] | None = None
    plan: int = 0
    led_by: str = ""
    clearance: str = ""
    guardian: str = ""
    pressure: str = ""
    remarks: str = ""
    today: bool = False
    week: bool = False
    unasked: bool = False
    no_consent: bool = False
    lapsed: bool = False
    stop: str = ""
    reason: str = ""
    health: tuple[Mapping[str, Any], ...] = ()
    referral: Mapping[str, Any] | None = None
    goals: tuple[Mapping[str, Any], ...] = ()
    notes: tuple[Mapping[str, Any], ...] = ()

    def complaint_on(self, days: int) -> str:
        """What they come for so many days from today."""
        return self.later[1] if self.later and days >= self.later[0] else self.complaint


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything the demo says."""

    people: tuple[Person, ...]
    complaints: Mapping[str, Complaint]
    phrases: Mapping[str, tuple[str, ...]]
    addenda: tuple[Mapping[str, str], ...]
    draft: Mapping[str, Any]


@cache
def texts() -> Texts:
    """The texts, read once."""
    phrases = _read("phrases.toml")
    return Texts(
        tuple(Person(**_frozen(one)) for one in _read("people.toml")["person"]),
        {name: Complaint(**_frozen(one)) for name, one in _read("complaints.toml").items()},
        {name: tuple(lines) for name, lines in phrases.items() if name not in ("addenda", "draft")},
        tuple(phrases["addenda"]),
        phrases["draft"],
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("therapist_tui.demo") / name).read_text(encoding="utf-8"))


def _frozen(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _tuple(value) for key, value in table.items()}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(one) for one in cast("list[Any]", value)) if isinstance(value, list) else value
