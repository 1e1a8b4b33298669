"""The first history: what the client tells in free text, read on the spot into entries, and the consent beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .client import Client
from .consent import ConsentDraft
from .health import HealthEntry, HealthEntryDraft, HealthKind
from .level import Level
from .screening.history import Screening, read_entry
from .screening.values import Caution

MOST = 60
"""Statements of one intake; a page of text has fewer."""

_ENDS = re.compile(r"[;\n]+|(?<=[^\W\d_]{2}[.!?])\s+|(?<=\d{4}[.!?])\s+")
"""Where one statement ends: semicolons, lines, and full stops that belong to no abbreviation or number."""
_KINDS = {
    "medication": HealthKind.MEDICATION,
    "surgery": HealthKind.SURGERY,
    "device": HealthKind.DEVICE,
    "pregnancy": HealthKind.PREGNANCY,
}
_ALLERGY = re.compile(r"\ballerg|\bintoleran|:\s*(?:rash|hives)\b", re.IGNORECASE)
_NOT_THEIRS = ("set aside: denied", "set aside: about another person")
"""What the checker says of statements that make no entry; whatever else it sets aside is kept all the same."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One statement: the entry that it would make, the worst level that it raises, and what the checker says of it.

    What was denied, or is about somebody else, makes no entry (`entry` is None): the checker set it aside.
    """

    text: str
    entry: HealthEntryDraft | None
    level: Level | None
    said: str


@dataclass(frozen=True, slots=True)
class IntakeDraft:
    """What an intake keeps: the entries, and the consent where one was given."""

    heard: tuple[Heard, ...]
    consents: tuple[ConsentDraft, ...] = ()

    @property
    def entries(self) -> tuple[HealthEntryDraft, ...]:
        """The entries that it makes."""
        return tuple(one.entry for one in self.heard if one.entry)


def read_intake(text: str, client: Client, today: date, screening: Screening) -> tuple[Heard, ...]:
    """What the checker makes of each statement of a text, in their order."""
    said = [" ".join(part.split()).strip(" .,") for part in _ENDS.split(text)]
    return tuple(_heard(words, client, today, screening) for words in [one for one in said if _is_said(one)][:MOST])


def _is_said(words: str) -> bool:
    return any(letter.isalnum() for letter in words)


def _heard(words: str, client: Client, today: date, screening: Screening) -> Heard:
    draft = HealthEntryDraft(HealthKind.CONDITION, words).cleaned()
    screened = read_entry(_entry(draft, client), client, today, screening)
    kind = _kind(words, screened.cautions, screening)
    if kind is not HealthKind.CONDITION:
        draft = HealthEntryDraft(kind, draft.text)
        screened = read_entry(_entry(draft, client), client, today, screening)
    reading = screened.readings[0]
    if reading.said.startswith(_NOT_THEIRS) and not reading.level:
        return Heard(words, None, None, reading.said)
    titles = "; ".join(dict.fromkeys(one.title for one in screened.cautions)) or reading.said
    worst = screened.cautions[0].level if screened.cautions else None
    return Heard(words, draft, reading.level or worst, titles)


def _entry(draft: HealthEntryDraft, client: Client) -> HealthEntry:
    return HealthEntry(client.id, client.id, draft.kind, draft.text)


def _kind(words: str, cautions: Sequence[Caution], screening: Screening) -> HealthKind:
    """What sort of entry it is: by the first matter that the checker found in it."""
    if _ALLERGY.search(words):
        return HealthKind.ALLERGY
    known = screening.knowledge.entries
    kinds = (_KINDS.get(known[one.rule].category) for one in cautions if one.rule in known)
    return next((kind for kind in kinds if kind), HealthKind.CONDITION)
