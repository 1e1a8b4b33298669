"""Clients: who they are, how they want to be called, and how to reach them."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from .text import clean, clean_line

ADULT_AT = 18
"""Years. Below it a guardian's consent is asked for; the age of majority differs by place (clinical.md 2.1)."""
NO_GUARDIAN = f"Under {ADULT_AT}, and no guardian is named: who consents? Save again to leave it open."
OLDEST = 125
"""Years. A birth date further back is taken for a slip of the keys."""


def _completed_years(born_on: date, day: date) -> int:
    # Who was born on 29 February completes a year on 1 March: a minor stays one until then.
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


@dataclass(frozen=True, slots=True)
class Client:
    """A person who comes for massage."""

    id: UUID
    name: str
    preferred_name: str = ""
    pronouns: str = ""
    born_on: date | None = None
    phone: str = ""
    email: str = ""
    guardian: str = ""
    pressure: str = ""
    remarks: str = ""
    archived_at: datetime | None = None
    merged_into: UUID | None = None
    """Of a second card for the same person: the card that is kept."""

    @property
    def shown(self) -> str:
        """The name to call them by: given and family name, with the preferred one first where there is one."""
        if not self.preferred_name:
            return self.name
        rest = self.name.split(maxsplit=1)[1:]
        return " ".join([self.preferred_name, *rest])

    @property
    def initials(self) -> str:
        """The name masked, for a screen that others can see: "A. O."."""
        return " ".join(f"{word[0]}." for word in self.shown.split()[:3])

    def age_on(self, day: date) -> int | None:
        """Completed years on that day; None while no birth date is known."""
        return _completed_years(self.born_on, day) if self.born_on else None

    def minor_on(self, day: date) -> bool:
        """Whether a guardian's consent is needed on that day."""
        age = self.age_on(day)
        return age is not None and age < ADULT_AT


@dataclass(frozen=True, slots=True)
class ClientDraft:
    """What the client form holds."""

    name: str
    preferred_name: str = ""
    pronouns: str = ""
    born_on: date | None = None
    phone: str = ""
    email: str = ""
    guardian: str = ""
    pressure: str = ""
    remarks: str = ""

    def cleaned(self) -> "ClientDraft":
        """The same with clean text."""
        return ClientDraft(
            clean_line(self.name),
            clean_line(self.preferred_name, 80),
            clean_line(self.pronouns, 40),
            self.born_on,
            clean_line(self.phone, 60),
            clean_line(self.email, 120),
            clean_line(self.guardian),
            clean_line(self.pressure, 80),
            clean(self.remarks, 2_000).strip(),
        )

    def problems(self, today: date) -> dict[str, str]:
        """What must be mended before it can be saved, by field."""
        found: dict[str, str] = {}
        if not any(letter.isalnum() for letter in self.name):
            found["name"] = "Please give a name with at least one letter."
        if self.born_on and self.born_on > today:
            found["born_on"] = "The birth date lies in the future."
        elif self.born_on and _completed_years(self.born_on, today) > OLDEST:
            found["born_on"] = f"The birth date is more than {OLDEST} years ago."
        if self.email and ("@" not in self.email[1:-1] or " " in self.email):
            found["email"] = "That is no e-mail address: it needs something on both sides of an @."
        return found

    def warning(self, today: date) -> str:
        """What should be seen to, and is not refused; "" when there is nothing."""
        if self.born_on and _completed_years(self.born_on, today) < ADULT_AT and not self.guardian:
            return NO_GUARDIAN
        return ""


class Card(Protocol):
    """What stands on a client's card."""

    name: str
    preferred_name: str
    pronouns: str
    born_on: date | None
    phone: str
    email: str
    guardian: str
    pressure: str
    remarks: str


def joined_card(kept: Card, other: Card) -> ClientDraft:
    """One card of two: the kept one's fields, the other's where it has none; what differs stands in the remarks."""
    names = [one.name for one in fields(ClientDraft) if one.name != "remarks"]
    values = {name: getattr(kept, name) or getattr(other, name) for name in names}
    differ = [
        f"{_CALLED.get(name, name)} {theirs}"
        for name in names
        if (theirs := getattr(other, name)) and theirs != values[name]
    ]
    also = f"On the second card: {', '.join(differ)}." if differ else ""
    remarks = dict.fromkeys(part for part in (kept.remarks, other.remarks, also) if part)
    return ClientDraft(**values, remarks="\n".join(remarks))


_CALLED = {"preferred_name": "called", "born_on": "born", "email": "e-mail"}
