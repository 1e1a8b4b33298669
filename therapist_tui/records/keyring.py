"""Who opens the practice: passphrases changed, given and taken away, and the recovery sheet. No record is rewritten.

The database key stays the same: whoever knew a passphrase *and* kept a copy of the old key file can still open what
they copied.
"""

from dataclasses import replace
from pathlib import Path

from therapist_tui.domain.text import clean_line

from . import sheet
from .errors import KeyFileDamaged, KeyFileMissing, LastPassphrase, PassphraseWeak, PersonKnown, PersonUnknown
from .faults import in_words
from .unit import Store, refuse
from .vault import (
    NORMAL,
    KeyCost,
    Unlocked,
    find_slot,
    make_slot,
    passphrase_problem,
    read_slots,
    sheet_confirmed,
    write_slots,
)


class Keys:
    """The passphrases and the sheet of an open practice."""

    def __init__(self, folder: Path, unlocked: Unlocked, store: Store) -> None:
        self._folder, self._unlocked, self._store = folder, unlocked, store

    @property
    def person(self) -> str:
        """Whose passphrase opened the practice; "" for whose practice it is."""
        return self._unlocked.person

    def problem(self, passphrase: str) -> str | None:
        """Why a new passphrase is too weak; None when it will do."""
        return passphrase_problem(passphrase, (self._store.who,))

    def change(self, old: str, new: str) -> None:
        """Put a new passphrase in the place of the old one, whoever's it is.

        Killed in the middle of it, the practice opens with one of the two. Raises WrongPassphrase, PassphraseWeak.
        """
        if problem := self.problem(new):
            raise PassphraseWeak(problem=problem)
        slots = read_slots(self._folder)
        place, unlocked = find_slot(slots, old)
        slots[place] = make_slot(new, unlocked)
        with self._store.unit() as unit, in_words():
            unit.audit("keys.changed", "keys", write_slots(self._folder, slots, self._unlocked.key))

    def people(self) -> tuple[str, ...]:
        """Who has a passphrase besides whose practice it is."""
        return tuple(slot["person"] for slot in read_slots(self._folder) if slot["person"])

    def give(self, person: str, passphrase: str) -> None:
        """Give somebody a passphrase of their own; their name stands in the trail, and under what they sign.

        Raises Invalid, PassphraseWeak, PersonKnown.
        """
        name = clean_line(person, 80)
        refuse({} if name else {"person": "Please type the name."})
        if name in self.people():
            raise PersonKnown(name=name)
        if problem := passphrase_problem(passphrase, (name, self._store.who)):
            raise PassphraseWeak(problem=problem)
        slots = [*read_slots(self._folder), make_slot(passphrase, replace(self._unlocked, person=name))]
        with self._store.unit() as unit, in_words():
            unit.audit("keys.given", "keys", write_slots(self._folder, slots, self._unlocked.key))

    def take_away(self, person: str) -> None:
        """Take somebody's passphrase away. Raises PersonUnknown, LastPassphrase."""
        if not person:
            raise LastPassphrase
        slots = read_slots(self._folder)
        kept = [slot for slot in slots if slot["person"] != person]
        if len(kept) == len(slots):
            raise PersonUnknown(name=person)
        with self._store.unit() as unit, in_words():
            unit.audit("keys.taken", "keys", write_slots(self._folder, kept, self._unlocked.key))

    def sheet(self) -> tuple[str, ...]:
        """The 24 words. Shown once and written by hand or printed; that they were shown stands in the trail."""
        with self._store.unit() as unit:
            unit.audit("sheet.shown", "keys")
        return sheet.words_of(self._unlocked.key)

    def sheet_holds(self, asked: dict[int, str]) -> int | None:
        """The first of the words (1 to 24) that was not typed back as it stands on the sheet; None when all were."""
        words = sheet.words_of(self._unlocked.key)
        return next((at for at, word in asked.items() if words[at - 1] != word.strip().casefold()), None)

    def confirm_sheet(self) -> None:
        """Write down that the words were typed back today."""
        with self._store.unit() as unit, in_words():
            slots, on = read_slots(self._folder), self._store.now().isoformat()
            unit.audit("sheet.confirmed", "keys", write_slots(self._folder, slots, self._unlocked.key, sheet_on=on))

    def sheet_confirmed(self) -> bool:
        """Whether there is a sheet that was proven."""
        return sheet_confirmed(self._folder) is not None


def raise_cost(folder: Path, passphrase: str, unlocked: Unlocked, wanted: KeyCost = NORMAL) -> bool:
    """Make guessing as costly as this version wants it, where an older one asked for less; whether it was raised.

    What guards nothing secret (demo, tests) stays cheap.
    """
    cost = unlocked.cost
    raised = KeyCost(max(cost.opslimit, wanted.opslimit), max(cost.memory_bytes, wanted.memory_bytes))
    if not cost.secret or raised == cost:
        return False
    slots = read_slots(folder)
    place, _ = find_slot(slots, passphrase)
    slots[place] = make_slot(passphrase, replace(unlocked, cost=raised))
    write_slots(folder, slots, unlocked.key)
    return True


def rescue(folder: Path, key: bytes, passphrase: str, cost: KeyCost = NORMAL, least: int = 0) -> None:
    """Give the practice's own slot a new passphrase, by the key from the sheet; others' slots stay if readable.

    The caller has made sure that the key opens the database; `least` is the turn of the key file that its trail knows.
    """
    try:
        others = [slot for slot in read_slots(folder) if slot["person"]]
    except (KeyFileMissing, KeyFileDamaged):
        others = []
    write_slots(folder, [make_slot(passphrase, Unlocked(key, cost)), *others], key, least=least)
