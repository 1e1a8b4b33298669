"""The open practice: one attribute per noun, values in and out. `create_practice` and `open_practice` are the door."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.screening.history import Screening
from therapist_tui.domain.signing import Rules
from therapist_tui.domain.therapist import TherapistDraft

from . import tries
from .anchor import drop_anchor, read_anchor
from .appointments import Appointments
from .audit import Audit
from .authorizer import guard
from .backup import Backups
from .charts import Charts
from .client_files import ClientFiles
from .clients import Clients
from .consents import Consents
from .day import Day
from .decisions import Decisions
from .desk import Desks
from .drafts import Drafts
from .driver import dbapi2
from .engine import SCHEMA_VERSION, connect, look, make_engine, read_version, refuse_unfit, settle
from .errors import PassphraseWeak, PracticeExists, PracticeOlder, TooSoon, TrailBroken, WrongPassphrase
from .faults import in_words
from .files import make_folder
from .health import Health
from .imports import Imports
from .instance import Instance
from .keyring import Keys, owed_event
from .migrate import create_schema, upgrade_file
from .moved import Standing
from .notes import Notes
from .places import DATABASE, UNFINISHED, finish_swap, practice_exists
from .plans import Plans
from .referrals import Referrals
from .releases import Releases
from .reviews import Reviews
from .search import Search
from .series import SeriesBook
from .therapists import Therapists, read_therapist
from .trail import Head, trail_key
from .undo import Undo
from .unit import Store, refuse
from .vault import KEY_BYTES, NORMAL, KeyCost, Unlocked, create_keys, mend_keys, passphrase_problem, unlock
from .verify import verify_since
from .week import Weeks
from .whole import Whole

Clock = Callable[[], datetime]


class Practice:
    """Everything a practice knows, behind one encrypted file. Use it from one thread at a time, and close it."""

    def __init__(self, folder: Path, store: Store, instance: Instance | None, unlocked: Unlocked) -> None:
        self.folder = folder
        self.wrong_tries = 0
        """How often a wrong passphrase was typed before the right one."""
        self.keys_put_back = False
        """Whether an older key file was found in the place of the one that the trail knows of."""
        self._store = store
        self._instance = instance
        self.therapist = Therapists(store)
        self.clients = Clients(store)
        self.health = Health(store)
        self.appointments = Appointments(store)
        self.notes = Notes(store)
        self.plans = Plans(store)
        self.reviews = Reviews(store)
        self.referrals = Referrals(store)
        self.consents = Consents(store)
        self.drafts = Drafts(store)
        self.decisions = Decisions(store)
        self.day = Day(store)
        self.audit = Audit(store)
        self.whole = Whole(store)
        self.undo = Undo(store)
        self.releases = Releases(store)
        self.client_files = ClientFiles(store)
        self.charts = Charts(store)
        self.series = SeriesBook(store)
        self.week = Weeks(store)
        self.imports = Imports(store)
        self.search = Search(store)
        self.backups = Backups(folder, unlocked.key, store)
        self.keys = Keys(folder, unlocked, store)
        self.desk = Desks(store, self.backups)

    def screens_by(self, screening: Screening) -> None:
        """From now on cautions are judged by these rules; the shipped ones until then."""
        self._store.screening = screening

    def signs_by(self, rules: Rules) -> None:
        """From now on notes are signed by these rules; the usual ones until then."""
        self._store.rules = rules

    @property
    def zone(self) -> ZoneInfo:
        """The practice's time zone."""
        return self._store.zone

    def close(self) -> None:
        """Close the file and let others open it; doing so twice is fine.

        Raises what a disk can do when the last reads could not be written down; the file is closed all the same.
        """
        self.backups.stop()
        instance, self._instance = self._instance, None
        try:
            if instance:
                self._leave_word()
        finally:
            self._store.close()
            if instance:
                instance.release()

    def _leave_word(self) -> None:
        self.audit.write_reads()
        if self._store.head.seq:
            with suppress(OSError):  # an older anchor holds as well
                drop_anchor(self.folder, self._store.head)


def create_practice(
    folder: Path, passphrase: str, therapist: TherapistDraft, clock: Clock, cost: KeyCost = NORMAL
) -> Practice:
    """Set up an empty practice and open it.

    Raises Invalid, PassphraseWeak, PracticeExists, PracticeInUse, StorageFull, StorageReadOnly.
    """
    clean = therapist.cleaned()
    refuse(clean.problems())
    if problem := passphrase_problem(passphrase, (clean.name,)):
        raise PassphraseWeak(problem=problem)
    with in_words():
        make_folder(folder)
    instance = Instance(folder, clock)
    try:
        if practice_exists(folder):
            raise PracticeExists(folder=folder)
        unlocked = Unlocked(secrets.token_bytes(KEY_BYTES), cost)
        with in_words():
            _build(folder, unlocked, clean, clock)
            # The keys come before the name: a crash in between leaves a whole practice that `open_practice` finds.
            create_keys(folder, passphrase, unlocked)
            (folder / UNFINISHED).replace(folder / DATABASE)
        return _open(folder, unlocked, clock, instance)
    except BaseException:
        instance.release()
        raise


def open_practice(folder: Path, passphrase: str, clock: Clock, *, read_only: bool = False) -> Practice:
    """Open a practice; an older one is brought up to date first. A file that is refused is left as it is, to the byte.

    Raises WrongPassphrase, PracticeMissing, KeyFileMissing, KeyFileDamaged, PracticeDamaged, PracticeAltered,
    PracticeForeign, PracticeNewer, PracticeInUse, and what a disk can do.
    `read_only` opens beside a running app, and changes nothing.
    """
    with in_words():
        finish_swap(folder)
    if read_only:
        refuse_unfit(folder)
        return _open_to_read(folder, _unlock(folder, passphrase, clock), clock)
    if not (folder / UNFINISHED).exists():
        refuse_unfit(folder)
    instance = Instance(folder, clock)
    try:
        _finish_set_up(folder)
        refuse_unfit(folder)
        unlocked = _unlock(folder, passphrase, clock)
        practice = _open(folder, unlocked, clock, instance)
        with suppress(PracticeError):  # next time, then
            practice.keys.raise_cost(passphrase)
        return practice
    except BaseException:
        instance.release()
        raise


def _unlock(folder: Path, passphrase: str, clock: Clock) -> Unlocked:
    """The key, unless it is too soon after wrong passphrases, which are counted. Raises TooSoon besides."""
    if seconds := tries.wait_seconds(folder, clock()):
        raise TooSoon(seconds=seconds)
    try:
        return unlock(folder, passphrase)
    except WrongPassphrase:
        tries.note_wrong(folder, clock())
        raise


def open_with_key(folder: Path, key: bytes, clock: Clock) -> Practice:
    """Open a practice by its database key, from a recovery sheet or a backup that is being restored."""
    refuse_unfit(folder)
    instance = Instance(folder, clock)
    try:
        return _open(folder, Unlocked(key, NORMAL), clock, instance)
    except BaseException:
        instance.release()
        raise


def _build(folder: Path, unlocked: Unlocked, therapist: TherapistDraft, clock: Clock) -> None:
    path = folder / UNFINISHED
    for leftover in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        leftover.unlink(missing_ok=True)
    create_schema(path, unlocked.key, secret=unlocked.cost.secret)
    raw = connect(path, unlocked.key)
    settle(raw, secret=unlocked.cost.secret)
    store = Store(make_engine(raw), clock, trail_key(unlocked.key))
    try:
        store.who = therapist.name
        with store.unit() as unit:
            unit.audit("practice.created", "practice")
        Therapists(store).save(therapist)
    finally:
        store.close()


def _finish_set_up(folder: Path) -> None:
    """Give a database its name whose set-up was cut off after everything was written."""
    if not (folder / DATABASE).exists() and practice_exists(folder) and (folder / UNFINISHED).exists():
        (folder / UNFINISHED).replace(folder / DATABASE)


def _open(folder: Path, unlocked: Unlocked, clock: Clock, instance: Instance) -> Practice:
    path = folder / DATABASE
    version = look(path, unlocked.key)
    raw = connect(path, unlocked.key)
    try:
        settle(raw, secret=unlocked.cost.secret)
        engine = make_engine(raw)
        if version < SCHEMA_VERSION:
            upgrade_file(engine, raw, path, unlocked.key, version)
        guard(raw)
        store = Store(engine, clock, trail_key(unlocked.key))
        with store.reading() as session:
            therapist = read_therapist(session)
        store.person = unlocked.person
        store.works_for(therapist)
        with in_words():
            _refuse_rewritten(folder, raw, store)
            door = tries.since_opened(folder)
            with store.reading() as session:
                key_change = owed_event(folder, session.connection())
            with store.unit() as unit:
                unit.audit("practice.migrated" if version < SCHEMA_VERSION else "practice.opened", "practice")
                if key_change:
                    unit.audit(key_change.action, "keys", key_change.number)
                if door.printed:
                    unit.audit("agenda.read", "practice", door.printed)
                if door.wrong:
                    unit.audit("unlock.failed", "practice", door.wrong)
            store.standing = Standing(path)
            tries.forget(folder)
            drop_anchor(folder, store.head)
            mend_keys(folder)
    except BaseException:
        raw.close()
        raise
    practice = Practice(folder, store, instance, unlocked)
    practice.wrong_tries = door.wrong
    practice.keys_put_back = key_change is not None and key_change.action == "keys.put-back"
    return practice


def _refuse_rewritten(folder: Path, raw: dbapi2.Connection, store: Store) -> None:
    """The events since the anchor hold, and the anchor's own is among them; all of them where there is no anchor."""
    findings = verify_since(raw, store.trail_key, read_anchor(folder) or Head(0, ""))
    if findings:
        raise TrailBroken(finding=str(findings[0]))


def _open_to_read(folder: Path, unlocked: Unlocked, clock: Clock) -> Practice:
    raw = connect(folder / DATABASE, unlocked.key, "mode=ro")
    try:
        if (version := read_version(raw)) < SCHEMA_VERSION:
            raise PracticeOlder(found=version, known=SCHEMA_VERSION)
        settle(raw, secret=unlocked.cost.secret, read_only=True)
        guard(raw)
        store = Store(make_engine(raw), clock, trail_key(unlocked.key), read_only=True)
        with store.reading() as session:
            therapist = read_therapist(session)
    except BaseException:
        raw.close()
        raise
    store.person = unlocked.person
    store.works_for(therapist)
    return Practice(folder, store, None, unlocked)
