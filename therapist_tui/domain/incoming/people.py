"""Whether two cards are of one person: the same name, and a birth date, e-mail or telephone that agree."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from hashlib import blake2b
from uuid import UUID

from ..client import Client, ClientDraft
from ..text import folded
from .values import IncomingClient, Who

TELLING_DIGITS = 7
"""The last digits of a telephone number that must agree: prefixes are written in many ways."""


class Same(Enum):
    """What two cards of the same name say about each other."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"
    AGAINST = "against"
    """Something agrees, and the birth dates do not: nobody can tell but the therapist."""


def key_of(*parts: str) -> str:
    """A short key for what may be long; the same parts give the same key."""
    return blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()


def number_key(number: str, name: str) -> str:
    """The key of a client whom another program gave a number; two programs' numbers are told apart by the name."""
    return key_of("number", number, folded(name))


def name_key(name: str) -> str:
    """The name without case, accents, signs and the order of its words."""
    words = "".join(letter if letter.isalnum() else " " for letter in folded(name)).split()
    return " ".join(sorted(words))


def phone_key(phone: str) -> str:
    """The digits that tell one number from another; "" when there are too few."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    return digits[-TELLING_DIGITS:] if len(digits) >= TELLING_DIGITS else ""


@dataclass(frozen=True, slots=True)
class Person:
    """A card, as far as it tells who somebody is. `line` is that of the file, 0 for who is in the practice."""

    id: UUID
    name: str
    born_on: date | None = None
    phone: str = ""
    email: str = ""
    number: str = ""
    line: int = 0

    @staticmethod
    def of(client_id: UUID, card: Client | ClientDraft, number: str = "", line: int = 0) -> "Person":
        """The person on a card."""
        return Person(client_id, card.name, card.born_on, phone_key(card.phone), card.email.casefold(), number, line)


def same_person(one: Person, other: Person | IncomingClient | Who) -> Same:
    """Whether two people of the same name are one."""
    card = other.draft if isinstance(other, IncomingClient) else other
    born_on = None if isinstance(card, Who) else card.born_on
    agree = (one.born_on is not None and one.born_on == born_on) or (
        (one.email != "" and one.email == card.email.casefold())
        or (one.phone != "" and one.phone == phone_key(card.phone))
    )
    differ = one.born_on is not None and born_on is not None and one.born_on != born_on
    if agree:
        return Same.AGAINST if differ else Same.YES
    numbered = not isinstance(other, Person) and one.number and other.number and one.number != other.number
    return Same.NO if differ or numbered else Same.UNCLEAR


class People:
    """Everybody by name: who is in the practice, and who comes with the file."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self._by_name: dict[str, list[Person]] = {}
        self._by_first_word: dict[str, list[str]] = {}
        for one in people:
            self.add(one)

    def add(self, person: Person) -> None:
        """One more."""
        name = name_key(person.name)
        if name and name not in self._by_name:
            self._by_first_word.setdefault(name.split()[0], []).append(name)
        self._by_name.setdefault(name, []).append(person)

    def named(self, name: str) -> list[Person]:
        """Everybody of that name."""
        return self._by_name.get(name_key(name), [])

    def named_in(self, text: str) -> Iterator[Person]:
        """Everybody whose whole name stands in the text: for the titles of a calendar."""
        words = set(name_key(text).split())
        for word in sorted(words):
            for name in self._by_first_word.get(word, ()):
                if words.issuperset(name.split()):
                    yield from self._by_name[name]
