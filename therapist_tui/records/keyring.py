"""Who opens the practice: passphrases changed, given and taken away, and the recovery sheet. No record is rewritten.

A change is in two places that cannot be written at once: the key file, and the trail. The file is written first and
holds the number of the change; the event follows under the same number. What a crash leaves undone in between is caught
up with at the next opening, where a file older than the trail is told as well: it was put back.

The database key stays the same: whoever knew a passphrase *and* kept a copy of the old key file can still open what
they copied, and whoever has seen the words of the sheet can open every copy for good. A new key is a new practice
(`therapist-tui export archive`, set up anew elsewhere, `load`): the links of the trail and the heads in the backups are
keyed by the database key, so that a key exchanged in place would break what proves them.
"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.text import clean_line

from . import sheet
from .errors import KeyFileDamaged, KeyFileMissing, LastPassphrase, PassphraseWeak, PersonKnown, PersonUnknown
from .faults import in_words
from .unit import Store, refuse
from .vault import (
    NORMAL,
    KeyChange,
    KeyCost,
    Unlocked,
    find_slot,
    kept_keys,
    last_change,
    make_slot,
    passphrase_problem,
    put_back,
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
        self._write("keys.changed", slots)

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
        given = make_slot(passphrase, replace(self._unlocked, person=name))
        self._write("keys.given", [*read_slots(self._folder), given])

    def take_away(self, person: str) -> None:
        """Take somebody's passphrase away. Raises PersonUnknown, LastPassphrase."""
        if not person:
            raise LastPassphrase
        slots = read_slots(self._folder)
        kept = [slot for slot in slots if slot["person"] != person]
        if len(kept) == len(slots):
            raise PersonUnknown(name=person)
        self._write("keys.taken", kept)

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
        self._write("sheet.confirmed", read_slots(self._folder), sheet_on=self._store.now().isoformat())

    def sheet_confirmed(self) -> bool:
        """Whether there is a sheet that was proven."""
        return sheet_confirmed(self._folder) is not None

    def raise_cost(self, passphrase: str, wanted: KeyCost = NORMAL) -> bool:
        """Make guessing as costly as this version wants it, where an older one asked for less; whether it was raised.

        What guards nothing secret (demo, tests) stays cheap.
        """
        cost = self._unlocked.cost
        raised = KeyCost(max(cost.opslimit, wanted.opslimit), max(cost.memory_bytes, wanted.memory_bytes))
        if not cost.secret or raised == cost:
            return False
        slots = read_slots(self._folder)
        place, _ = find_slot(slots, passphrase)
        slots[place] = make_slot(passphrase, replace(self._unlocked, cost=raised))
        self._write("keys.raised", slots)
        return True

    def _write(self, action: str, slots: list[dict[str, Any]], **more: Any) -> None:
        """The key file, and then its event; when one of them fails, the file as it was."""
        before = kept_keys(self._folder)
        change = KeyChange(last_change(self._folder).number + 1, action)
        try:
            with in_words():
                write_slots(self._folder, slots, change, **more)
            with self._store.unit() as unit:
                unit.audit(change.action, "keys", change.number)
        except PracticeError:
            with suppress(OSError):  # then it is the next opening that finds one more change in the file
                put_back(self._folder, before)
            raise


def owed_event(folder: Path, connection: Connection) -> KeyChange | None:
    """The event of the key file's last change, where the trail does not have it; at every opening.

    An older file in the place of a newer one counts as a change ("keys.put-back"): who knew a passphrase that was
    changed or taken away since may open with it again. The file then gets the number that it should have.
    """
    try:
        slots = read_slots(folder)
    except (KeyFileMissing, KeyFileDamaged):  # opened by the words of the sheet
        return None
    change = last_change(folder)
    known = changes_known(connection, change.number)
    if known > change.number:
        change = KeyChange(known + 1, "keys.put-back")
        write_slots(folder, slots, change)
        return change
    return change if known < change.number else None


def changes_known(connection: Connection, number: int = 0) -> int:
    """How many changes of the key file the trail has; `number` is how many the file has, where that is known."""

    def has(one: int) -> bool:
        query = "SELECT 1 FROM audit_event WHERE subject_id = ? AND subject = 'keys'"
        return connection.exec_driver_sql(query, (str(one),)).first() is not None

    if number and not has(number):
        return number - 1
    while has(number + 1):
        number += 1
    return number


def rescue(folder: Path, key: bytes, passphrase: str, cost: KeyCost = NORMAL, known: int = 0) -> None:
    """Give the practice's own slot a new passphrase, by the key from the sheet; others' slots stay if readable.

    The caller has made sure that the key opens the database. Its event is written with the next opening; `known` are
    the changes that the trail has, for a key file that was lost.
    """
    try:
        others = [slot for slot in read_slots(folder) if slot["person"]]
    except (KeyFileMissing, KeyFileDamaged):
        others = []
    number = max(known, last_change(folder).number) + 1
    change = KeyChange(number, "keys.recovered")
    write_slots(folder, [make_slot(passphrase, Unlocked(key, cost)), *others], change)
