"""Must hold 4 of «Nothing lost», its second half: whoever tampers is found out, and who did not is left in peace.

    python -m tests.faults --only tampering

Twelve attacks (reliability.md 1, row 8), each with fifty seeds on a practice that was in use: `verify` must report it and
name the first bad item. And a thousand practices with random contents, honestly made, closed or killed: not one alarm.
"""

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from therapist_tui.domain.appointment import AppointmentDraft
from therapist_tui.domain.audit import Finding
from therapist_tui.domain.backups import Reason
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.health import Answer
from therapist_tui.domain.note import AddendumKind
from therapist_tui.records.doctor import Grade, examine
from therapist_tui.records.driver import dbapi2
from therapist_tui.records.engine import PAGE_BYTES, connect
from therapist_tui.records.guards import AUDITED
from therapist_tui.records.practice import create_practice, open_practice
from therapist_tui.records.restore import verify_with_key
from therapist_tui.records.trail import link
from therapist_tui.records.vault import LIGHT, unlock

from . import honest
from .figures import QUICK, Figures, share_of, spread
from .journeys import NEW, NOW, OLD, THERAPIST, WRITTEN, hastened

SEEDS = 50
CLEAN = 1000
LATER = NOW + timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Victim:
    """A practice to tamper with, and the same as it was two days before: database, keys, anchor, backups."""

    folder: Path
    before: Path
    key: bytes

    @property
    def database(self) -> Path:
        """The file."""
        return self.folder / "practice.db"

    @property
    def backups(self) -> list[Path]:
        """Their folders, oldest first."""
        return sorted((self.folder.parent / "backups").glob("practice-*"))

    @contextmanager
    def opened(self) -> Iterator[Any]:
        """By somebody with the key and another program: the guards dropped, and put back behind them."""
        connection = connect(self.database, self.key)
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield connection
            for _, sql in guards:
                connection.execute(sql)
        finally:
            connection.close()

    def put_back(self, *names: str) -> None:
        """Files of two days before over those of today."""
        for name in names:
            shutil.copy(self.before / name, self.folder / name)


def make(home: Path) -> Victim:
    """Two days of use, a backup on each."""
    folder = home / "today" / "practice"
    practice = create_practice(folder, OLD, THERAPIST, lambda: NOW, LIGHT)
    clients = [practice.clients.add(ClientDraft(f"Client {number}", remarks="r" * 150)) for number in range(40)]
    for client in clients[:8]:
        practice.health.check(client.id, Answer.NOTHING)
        booked = practice.appointments.book(AppointmentDraft(client.id, NOW - timedelta(hours=1), 60, "Massage"))
        practice.notes.sign(practice.notes.open(booked.id).id, WRITTEN, why="agreed")
    practice.backups.take(Reason.ASKED)
    practice.close()
    shutil.copytree(folder.parent, home / "before")
    practice = open_practice(folder, OLD, lambda: LATER)
    for client in clients[:20]:
        practice.clients.change(client.id, ClientDraft(client.name, phone="555 0101", remarks="s" * 150))
    for note in practice.notes.of_client(clients[0].id):
        practice.notes.add_addendum(note.id, AddendumKind.ADDITION, "Left, too.")
    practice.keys.change(OLD, NEW)
    practice.backups.take(Reason.ASKED)
    practice.clients.add(ClientDraft("After the backup"))
    practice.close()
    return Victim(folder, home / "before" / "practice", unlock(folder, NEW).key)


# The twelve; each answers with what the first finding must name


def bit_flip(victim: Victim, chance: random.Random) -> str:
    """One bit somewhere in the file."""
    data = bytearray(victim.database.read_bytes())
    at = chance.randrange(len(data))
    data[at] ^= 1 << chance.randrange(8)
    victim.database.write_bytes(data)
    return f"page {at // PAGE_BYTES + 1} "


def page_swap(victim: Victim, chance: random.Random) -> str:
    """Two pages, each whole, in each other's place."""
    pages = _pages(victim.database)
    one, other = sorted(chance.sample(range(len(pages)), 2))
    pages[one], pages[other] = pages[other], pages[one]
    victim.database.write_bytes(b"".join(pages))
    return f"page {one + 1} "


def page_rollback(victim: Victim, chance: random.Random) -> str:
    """One page of the records or the trail as it was two days before: it decrypts."""
    now, before, held = _pages(victim.database), _pages(victim.before / "practice.db"), _records(victim)
    changed = [place for place in range(1, len(before)) if now[place] != before[place]]
    chance.shuffle(changed)
    for place in changed:
        victim.database.write_bytes(b"".join([*now[:place], before[place], *now[place + 1 :]]))
        if _records(victim) != held:
            return " "
    raise AssertionError("no page of the records changed in two days")


def _records(victim: Victim) -> list[Any]:
    """Every record and event as plain SQL reads it; where it cannot be read that is all there is to say.

    Without drafts, whose text no event covers (trail.py): a page of those is none of the records.
    """
    connection = connect(victim.database, victim.key)
    try:
        tables = ("audit_event", "record_change", *AUDITED)
        signed = {"session_note": " WHERE signed_at IS NOT NULL"}
        return [connection.execute(f"SELECT * FROM {name}{signed.get(name, '')}").fetchall() for name in tables]
    except dbapi2.DatabaseError:
        return []
    finally:
        connection.close()


def row_edit(victim: Victim, chance: random.Random) -> str:
    """A row of any table, changed by somebody who has the key."""
    with victim.opened() as connection:
        return _edited(connection, chance)


def tail_cut(victim: Victim, chance: random.Random) -> str:
    """The last events taken out, with what they changed or without."""
    with victim.opened() as connection:
        last = connection.execute("SELECT max(seq) FROM audit_event").fetchone()[0]
        first = last - chance.randrange(4)
        connection.execute("DELETE FROM audit_event WHERE seq >= ?", (first,))
        if chance.random() < 0.5:
            connection.execute("DELETE FROM record_change WHERE seq >= ?", (first,))
    return "Event "


def event_edit(victim: Victim, chance: random.Random) -> str:
    """What an event says."""
    with victim.opened() as connection:
        seq = _some_event(connection, chance)
        column = chance.choice(("who", "action", "subject", "subject_id", "digest", "link", "at"))
        connection.execute(f"UPDATE audit_event SET {column} = {column} || 'x' WHERE seq = ?", (seq,))
    return f"Event {seq} "


def link_without_key(victim: Victim, chance: random.Random) -> str:
    """An event changed, and its link made anew with a guessed key."""
    with victim.opened() as connection:
        seq = _some_event(connection, chance)
        connection.execute("UPDATE audit_event SET who = 'x' WHERE seq = ?", (seq,))
        query = "SELECT seq, at, who, action, subject, subject_id, digest FROM audit_event WHERE seq = ?"
        row = connection.execute(query, (seq,)).fetchone()
        (before,) = connection.execute("SELECT link FROM audit_event WHERE seq = ?", (seq - 1,)).fetchone() or ("",)
        forged = link(chance.randbytes(32), before, row)
        connection.execute("UPDATE audit_event SET link = ? WHERE seq = ?", (forged, seq))
    return f"Event {seq} "


def trigger_made_anew(victim: Victim, chance: random.Random) -> str:
    """A guard that never acts in the place of ours."""
    connection = connect(victim.database, victim.key)
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    name, sql = chance.choice(guards)
    connection.execute(f"DROP TRIGGER {name}")
    if chance.random() < 0.7:
        table = sql.partition(" ON ")[2].split()[0]
        connection.execute(f"CREATE TRIGGER {name} BEFORE DELETE ON {table} WHEN 0 BEGIN SELECT 1; END")
    connection.close()
    return f"trigger {name} "


def file_rollback(victim: Victim, chance: random.Random) -> str:
    """The whole file of two days before; also with its anchor, then only the newer backup knows."""
    names = ["practice.db", "practice.anchor"] if chance.random() < 0.5 else ["practice.db"]
    victim.put_back(*names)
    return " is missing: "


def keys_rollback(victim: Victim, chance: random.Random) -> str:
    """The key file from before the passphrase was changed: the old one would open again."""
    victim.put_back(*(["practice.keys", "practice.keys.bak"] if chance.random() < 0.5 else ["practice.keys"]))
    return "key file "


def manifest_swap(victim: Victim, chance: random.Random) -> str:
    """The manifests of two backups, or the backups themselves, in each other's place."""
    one, other = victim.backups
    parts = ["manifest.json"] if chance.random() < 0.5 else [path.name for path in one.iterdir()]
    for name in parts:
        kept = (one / name).read_bytes()
        shutil.copy(other / name, one / name)
        (other / name).write_bytes(kept)
    return f"backup {one.name} "


def clock_edit(victim: Victim, chance: random.Random) -> str:
    """The computer's clock put back before the program is used, to date something earlier."""
    moment = LATER - timedelta(minutes=chance.randint(11, 60 * 24 * 30))
    practice = open_practice(victim.folder, NEW, lambda: moment)
    practice.clients.add(ClientDraft("Backdated"))
    first = practice.audit.events(2)[-1].seq
    practice.close()
    return f"Event {first} was written while the clock"


ATTACKS: dict[str, Callable[[Victim, random.Random], str]] = {
    one.__name__: one
    for one in (
        bit_flip, page_swap, page_rollback, row_edit, tail_cut, event_edit, link_without_key, trigger_made_anew,
        file_rollback, keys_rollback, manifest_swap, clock_edit,
    )
}  # fmt: skip


def _pages(path: Path) -> list[bytes]:
    data = path.read_bytes()
    return [data[at : at + PAGE_BYTES] for at in range(0, len(data), PAGE_BYTES)]


def _some_event(connection: Any, chance: random.Random) -> int:
    return chance.randint(1, connection.execute("SELECT max(seq) FROM audit_event").fetchone()[0])


def _edited(connection: Any, chance: random.Random) -> str:
    """One text of one row made longer; the id of the row."""
    filled = [name for name in AUDITED if connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()]
    table = chance.choice(filled)
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[2] == "TEXT" and not row[5]]
    column = chance.choice(columns)
    rows = connection.execute(f"SELECT id FROM {table} WHERE {column} IS NOT NULL").fetchall()
    if not rows:
        return _edited(connection, chance)
    (record_id,) = chance.choice(rows)
    connection.execute(f"UPDATE {table} SET {column} = {column} || 'x' WHERE id = ?", (record_id,))
    return f" {record_id} "


# Judging


@dataclass(frozen=True, slots=True)
class Tampered:
    """One attack to make."""

    attack: str
    seed: int


def found_out(victim: Victim, tampered: Tampered) -> str:
    """Attack a copy; "" when verifying names what it must, else what was wrong."""
    with tempfile.TemporaryDirectory(prefix="tampering-", dir=QUICK) as scratch:
        home = Path(shutil.copytree(victim.folder.parent, Path(scratch) / "home"))
        copy = Victim(home / "practice", victim.before, victim.key)
        wanted = ATTACKS[tampered.attack](copy, random.Random(f"{tampered.attack} {tampered.seed}"))
        return judged(tampered, verify_with_key(copy.folder, copy.key).findings, wanted)


def judged(tampered: Tampered, findings: tuple[Finding, ...], wanted: str) -> str:
    """What is wrong with what was found; "" when the first finding names what it must."""
    if not findings:
        return f"{tampered.attack}: not reported (seed {tampered.seed})"
    if wanted not in str(findings[0]):
        return f"{tampered.attack}: names another item first (seed {tampered.seed}): {findings[0].fault.name}"
    return ""


def alarm_at(home: Path, when: datetime) -> str:
    """What verifying or the doctor has against a practice that nobody touched; "" when nothing."""
    folder, key = home / "practice", unlock(home / "practice", OLD).key
    if findings := verify_with_key(folder, key).findings:
        return f"verify: {findings[0].fault.name} {findings[0].record}"
    bad = [one for one in examine(folder, None, when) if one.grade is Grade.BAD and one.subject != "disk"]
    return f"doctor: {bad[0].subject}" if bad else ""


def _left_in_peace(template: Path, seed: int) -> str:
    with tempfile.TemporaryDirectory(prefix="honest-", dir=QUICK) as scratch:
        home = Path(shutil.copytree(template, Path(scratch) / "home"))
        left = honest.used(home, Path(scratch) / "killed", random.Random(seed))
        alarm = alarm_at(left, NOW)
        return f"false alarm, {alarm} (seed {seed})" if alarm else ""


def run(share: float, at_once: int) -> Iterator[Figures]:
    """The attacks, then the honest practices; the figures are handed over before they are filled."""
    with tempfile.TemporaryDirectory(prefix="tampering-", dir=QUICK) as scratch, hastened():
        victim = make(Path(scratch))
        jobs = [Tampered(attack, seed) for attack in ATTACKS for seed in range(share_of(SEEDS, share))]
        attacks = Figures("tampering", of=len(jobs))
        yield attacks
        for wrong in spread(partial(found_out, victim), jobs, at_once):
            attacks.add(*filter(None, [wrong]))
        clean = Figures("honest", of=share_of(CLEAN, share))
        yield clean
        honest.make(Path(scratch) / "honest")
        for wrong in spread(partial(_left_in_peace, Path(scratch) / "honest"), range(clean.of), at_once):
            clean.add(*filter(None, [wrong]))
