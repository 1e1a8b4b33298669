"""Twelve ways to write into a practice, in steps; and the process that walks them with the recorder before its disk.

    LD_PRELOAD=disk.so python -m tests.faults.journeys FOLDER TEMPLATES

reads jobs from its stdin, one JSON object a line, and walks each in a fork of its own, so that the program is loaded
only once. What is said after each step ("done", with what the practice then holds) goes into the recorder's log, between
the calls: it is what the screen would have acknowledged.
"""

import ctypes
import gc
import json
import os
import re
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from therapist_tui.domain.appointment import AppointmentDraft, Status
from therapist_tui.domain.backups import Reason
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.health import Answer
from therapist_tui.domain.incoming.plan import Choices
from therapist_tui.domain.incoming.values import Facts
from therapist_tui.domain.intake import IntakeDraft, read_intake
from therapist_tui.domain.note import AddendumKind, NoteContent
from therapist_tui.domain.screening.history import Screening
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.exchange.incoming.reading import read
from therapist_tui.records import engine, manifest, vault
from therapist_tui.records.errors import WrongPassphrase
from therapist_tui.records.practice import Practice, create_practice, open_practice
from therapist_tui.records.restore import choose, found_backups, restore

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
OLD, NEW = "copper lantern drifts past eleven geese", "violet harbour sings before nine anvils"
THERAPIST = TherapistDraft("Dana Reyes", "LMT", "none", None, "Etc/GMT")
WRITTEN = NoteContent("Neck stiff", "C5 tender", "Better", "In a week", pain_before=6, pain_after=3)
FILE = "Name,DOB\n" + "".join(f"Client {number},1980-01-{number % 28 + 1:02}\n" for number in range(40))
LONG = "typed " * 2500
"""More than one page, so that a save can be torn in its middle."""


def now() -> datetime:
    """The same moment for all: what is written depends on nothing else."""
    return NOW


@dataclass
class Walk:
    """A practice that is written into."""

    folder: Path
    practice: Practice
    closed: bool = False

    def reopen(self) -> None:
        """Open the practice again where a step has closed it."""
        if self.closed:
            self.practice, self.closed = open_practice(self.folder, OLD, now), False

    @property
    def client(self) -> UUID:
        """The client who was there before."""
        return self.practice.clients.find("Ada")[0].id


Step = Callable[[Walk], object]


def _book(walk: Walk) -> None:
    walk.practice.appointments.book(AppointmentDraft(walk.client, NOW + timedelta(hours=3), 60, "Massage"))


def _note(walk: Walk) -> UUID:
    """The draft of today's session, which `make` has begun."""
    return next(one.id for one in walk.practice.notes.of_client(walk.client) if not one.signed)


def _signed(walk: Walk) -> UUID:
    return next(one.id for one in walk.practice.notes.of_client(walk.client) if one.signed)


def _take_in(walk: Walk) -> None:
    told = "Latex allergy; takes warfarin; knee replaced 2019"
    heard = read_intake(told, walk.practice.clients.get(walk.client), NOW.date(), Screening.with_own())
    walk.practice.health.take_in(walk.client, IntakeDraft(heard))


def _import(walk: Walk) -> None:
    reading = read(FILE.encode(), {}, Facts("Etc/GMT", date(2026, 11, 23)))
    walk.practice.imports.store(walk.practice.imports.plan(reading, Choices(), "file.csv"))


def _restore(walk: Walk) -> None:
    backup = choose(found_backups(walk.folder), "", walk.folder)
    walk.practice.close()
    walk.closed = True
    restore(walk.folder, backup, vault.unlock(backup.folder, OLD).key, now)
    walk.reopen()


JOURNEYS: dict[str, tuple[Step, ...]] = {
    "set-up": (),
    "client": (
        lambda walk: walk.practice.clients.add(ClientDraft("Bo Lindqvist", remarks=LONG[:1900])),
        lambda walk: walk.practice.clients.change(walk.client, ClientDraft("Ada Osei", phone="555 0101")),
    ),
    "intake": (lambda walk: walk.practice.health.check(walk.client, Answer.NOTHING), _take_in),
    "book": (_book, lambda walk: walk.practice.appointments.step(_today(walk), Status.DONE)),
    "draft": tuple(
        lambda walk, text=text: walk.practice.notes.save(_note(walk), NoteContent(text))
        for text in ("typed", LONG, LONG[:7000])
    ),
    "form": (
        lambda walk: walk.practice.drafts.keep("client", "", {"name": LONG}),
        lambda walk: walk.practice.drafts.drop("client", ""),
    ),
    "sign": (lambda walk: walk.practice.notes.sign(_note(walk), WRITTEN, why="agreed", late="power was out"),),
    "addendum": (
        lambda walk: walk.practice.notes.add_addendum(_signed(walk), AddendumKind.ADDITION, "Left, too."),
        lambda walk: walk.practice.notes.add_addendum(_signed(walk), AddendumKind.CORRECTION, LONG),
    ),
    "import": (_import,),
    "passphrase": (lambda walk: walk.practice.keys.change(OLD, NEW),),
    "backup": (lambda walk: walk.practice.backups.take(Reason.ASKED),),
    "restore": (_restore,),
}
"""Each journey's steps after opening; every step is one act that the screen acknowledges. Set-up has none: it is one."""


def _today(walk: Walk) -> UUID:
    return min(walk.practice.appointments.of(walk.client), key=lambda one: abs(one.starts_at - NOW)).id


def make(folder: Path) -> None:
    """A client with a signed note of last week and a session today, whose note is begun."""
    practice = create_practice(folder, OLD, THERAPIST, now, vault.LIGHT)
    client = practice.clients.add(ClientDraft("Ada Osei"))
    practice.health.check(client.id, Answer.NOTHING)
    for days in (7, 0):
        draft = AppointmentDraft(client.id, NOW - timedelta(days=days, hours=1), 60, "Massage")
        note = practice.notes.open(practice.appointments.book(draft).id)
        if days:
            practice.notes.sign(note.id, WRITTEN, why="agreed", late="power was out")
    practice.close()


def make_restorable(folder: Path) -> None:
    """The same with a backup, after which another client came: to be put back."""
    make(folder)
    practice = open_practice(folder, OLD, now)
    practice.backups.take(Reason.ASKED)
    practice.clients.add(ClientDraft("Bo Lindqvist"))
    practice.close()


def opened(folder: Path) -> tuple[Practice, str]:
    """The practice, opened the way the program does, and which of the two passphrases did."""
    try:
        return open_practice(folder, OLD, now), "old"
    except WrongPassphrase:
        return open_practice(folder, NEW, now), "new"


def held(practice: Practice, passphrase: str) -> str:
    """Everything a practice holds but its trail, as one digest that is the same in every run: ids by their order."""
    whole = practice.whole.read()
    draft = practice.drafts.get("client", "")
    backups = [(one.name, manifest.changed_part(one.folder)) for one in practice.backups.all()]
    batches = [(one.source, one.added) for one in practice.imports.all()]
    said = repr((whole, draft and draft.fields, backups, batches, passphrase))
    order: dict[str, str] = {}
    said = re.sub(r"UUID\('[0-9a-f-]{36}'\)", lambda found: order.setdefault(found[0], f"#{len(order)}"), said)
    # Of signed notes and of what was imported, over ids too; whether signatures prove the text is asked besides.
    said = re.sub(r"(?<=digest=)'[0-9a-f]{24,64}'", "digest", said)
    proven = all(note.proven for note in whole.notes if note.signed)
    return f"{sha256(said.encode()).hexdigest()[:16]}{'' if proven else ' unproven'}"


def which(folder: Path) -> str:
    """Which passphrase the key file of an open practice knows."""
    try:
        vault.unlock(folder, NEW)
    except WrongPassphrase:
        return "old"
    return "new"


@contextmanager
def hastened() -> Iterator[None]:
    """Derive keys at once; what is tried here is the disk, and a guess need cost nothing."""

    def quick(passphrase: str, slot: dict[str, Any]) -> bytes:
        return blake2b(passphrase.encode(), key=slot["salt"].encode(), digest_size=vault.KEY_BYTES).digest()

    real = vault._derive  # pyright: ignore[reportPrivateUsage]
    vault._derive = quick  # pyright: ignore[reportPrivateUsage]
    try:
        yield
    finally:
        vault._derive = real  # pyright: ignore[reportPrivateUsage]


class Disk:
    """The recorder's own side in this process."""

    def __init__(self, job: dict[str, Any]) -> None:
        """Write down from now on, where the job says so."""
        self._library = ctypes.CDLL(None)
        if "log" in job:
            self._library.disk_begin(job["root"].encode(), job["log"].encode())
        self.fail(job.get("fault", 0), job.get("mode", 0))

    def fail(self, at: int, mode: int) -> None:
        """From now on let the n-th call fail; mode 0 heals the disk."""
        self._library.disk_fault(at, mode)

    def calls(self) -> int:
        """How many calls there were since `fail`."""
        return self._library.disk_calls()

    def say(self, **said: Any) -> None:
        """Acknowledge."""
        self._library.disk_say(json.dumps(said).encode())


def walk(job: dict[str, Any]) -> None:
    """Walk a journey. A step that fails is told with its sentence, and tried again once the disk is well."""
    disk, folder = Disk(job), Path(job["folder"])
    practice = _begun(job, disk, folder)
    if practice is None:
        return
    walked, before = Walk(folder, practice), held(practice, which(folder))
    disk.say(done=0, held=before)
    for number, step in enumerate(JOURNEYS[job["journey"]], 1):
        before = _tried(disk, walked, step, number, before)
        disk.say(done=number, held=before)
    try:
        walked.practice.close()
    except PracticeError as error:
        disk.say(failed=type(error).__name__, step="close")
    disk.say(end=True, calls=disk.calls())


def _begun(job: dict[str, Any], disk: Disk, folder: Path) -> Practice | None:
    for _ in range(2):
        try:
            practice = _set_up(folder) if job["journey"] == "set-up" else open_practice(folder, OLD, now)
        except PracticeError as error:
            disk.say(failed=type(error).__name__, step="open")
            disk.fail(0, 0)
            continue
        return practice
    return None


def _set_up(folder: Path) -> Practice:
    try:
        return create_practice(folder, OLD, THERAPIST, now, vault.LIGHT)
    except PracticeError as error:
        if type(error).__name__ != "PracticeExists":
            raise
        return open_practice(folder, OLD, now)


def _tried(disk: Disk, walked: Walk, step: Step, number: int, before: str) -> str:
    """Do a step, and once more when it failed and left everything as before; what the practice holds then."""
    try:
        step(walked)
    except PracticeError as error:
        disk.say(failed=type(error).__name__, step=number)
        disk.fail(0, 0)
        walked.reopen()
        if held(walked.practice, which(walked.folder)) == before:
            step(walked)
    return held(walked.practice, which(walked.folder))


LONGEST = 120
"""Seconds after which a walk hangs, and is ended."""


def _forked(job: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    status = 1
    signal.alarm(LONGEST)
    try:
        if job.get("unsynced"):
            settings = engine._SETTINGS  # pyright: ignore[reportPrivateUsage]
            off = tuple(("synchronous", "OFF", 0) if one[0] == "synchronous" else one for one in settings)
            engine._SETTINGS = off  # pyright: ignore[reportPrivateUsage]
        walk(job)
        status = 0
    except BaseException:
        print(f"{job['journey']}, call {job.get('fault')}, mode {job.get('mode')}:", file=sys.stderr)
        traceback.print_exc()
    finally:
        os._exit(status)


def warm(scratch: Path, templates: dict[str, str]) -> None:
    """Walk every journey once, before anything is written down: what is forked from here has all of it loaded."""
    for name in JOURNEYS:
        home = scratch / name
        if name == "set-up":
            home.mkdir(parents=True)
        else:
            shutil.copytree(templates.get(name, templates[""]), home)
        walk({"journey": name, "folder": str(home / "practice")})
    shutil.rmtree(scratch)
    gc.collect()
    gc.freeze()  # so that the collector of a fork does not touch, and thereby copy, all of it


def main() -> None:
    """Walk what is asked for; the arguments are a folder to warm up in, and the practices by journey (JSON)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks ends it
    with hastened():
        warm(Path(sys.argv[1]), json.loads(sys.argv[2]))
        for line in sys.stdin:
            print(_forked(json.loads(line)), flush=True)


if __name__ == "__main__":
    main()
