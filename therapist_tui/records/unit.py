"""One transaction: everything in it is committed once, together with its audit rows, or nothing is."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel
from uuid_utils.compat import uuid7

from therapist_tui.domain.directory import Directory
from therapist_tui.domain.errors import Invalid
from therapist_tui.domain.screening.history import Screening
from therapist_tui.domain.signing import Rules

from .acts import Acts, Recorder, Said
from .errors import PracticeReadOnly, RecordNotFound
from .faults import in_words
from .former import FormerRows
from .moved import Standing
from .trail import Event, Head, seal

R = TypeVar("R", bound=SQLModel)


def new_id() -> UUID:
    """A new record's id: UUIDv7, so that ids sort by the time of their making."""
    return uuid7()


def need(session: Session, kind: type[R], record_id: object) -> R:
    """The row with that id; raises RecordNotFound."""
    row = session.get(kind, record_id)
    if row is None:
        raise RecordNotFound
    return row


def refuse(problems: dict[str, str]) -> None:
    """Raise Invalid when there is anything to mend."""
    if problems:
        raise Invalid(problems)


@dataclass(slots=True)
class Unit:
    """A transaction under way."""

    session: Session
    now: datetime
    who: str
    events: list[Said] = field(default_factory=list[Said])

    def get(self, kind: type[R], record_id: object) -> R:
        """The row with that id; raises RecordNotFound."""
        return need(self.session, kind, record_id)

    def add(self, row: R) -> R:
        """Store a new row."""
        self.session.add(row)
        return row

    def audit(self, action: str, subject: str, subject_id: object = "", *, said: str = "") -> None:
        """Write down what is done, to which record; by id and code only.

        `said` is for undo's label of the act (domain/undo.py); it is kept in memory and never written down.
        """
        self.events.append(Said(action, subject, str(subject_id), said))


class Signer(Protocol):
    """Whoever works with the store: whose name stands in the trail, and whose clock on the wall."""

    @property
    def signature(self) -> str:
        """The name under notes and in the audit trail."""
        ...

    @property
    def zone(self) -> ZoneInfo:
        """The practice's time zone."""
        ...


class Store:
    """The open file, behind one connection. Used by one thread at a time."""

    def __init__(
        self, engine: Engine, clock: Callable[[], datetime], trail_key: bytes, *, read_only: bool = False
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.trail_key = trail_key
        self.head = Head(0, "")
        self.read_only = read_only
        self.who = ""
        self.person = ""
        """Whose passphrase opened the file, when it was not the therapist's own."""
        self.zone = ZoneInfo("UTC")
        self.rules = Rules()
        self.acts = Acts()
        self.standing: Standing | None = None
        """Which file is open, once something was written to it."""
        self.directory: tuple[int, Directory] | None = None
        """The clients' directory, and how often their cards had been written when it was read."""
        self._screening: Screening | None = None
        self._reader = engine.execution_options(reads=True)
        self._one_at_a_time = threading.Lock()

    def works_for(self, signer: Signer) -> None:
        """From now on things are done by this therapist, in this therapist's zone."""
        self.who, self.zone = self.person or signer.signature, signer.zone

    @property
    def screening(self) -> Screening:
        """How cautions are judged: by the shipped rules until the therapist's own are set."""
        if self._screening is None:
            self._screening = Screening.with_own()
        return self._screening

    @screening.setter
    def screening(self, screening: Screening) -> None:
        self._screening = screening

    def now(self) -> datetime:
        """This moment, in UTC."""
        return self.clock().astimezone(UTC)

    def today(self) -> date:
        """The day by the practice's clock."""
        return self.clock().astimezone(self.zone).date()

    def made_at(self) -> datetime | None:
        """When the practice was set up: its first event."""
        with self.reading() as session:
            found = session.connection().exec_driver_sql("SELECT at FROM audit_event WHERE seq = 1").scalar()
        return datetime.fromisoformat(found).replace(tzinfo=UTC) if found else None

    @contextmanager
    def unit(self) -> Generator[Unit]:
        """A transaction that must leave at least one audit row; a command without one is a bug.

        What it changed is remembered, so that it can be undone, and what it changed stays as it was beside it.
        """
        with self.quiet() as unit:
            recorder = Recorder(unit.session)
            FormerRows(unit.session, unit.now, unit.who)
            yield unit
            if not unit.events:
                raise RuntimeError("a command without an audit event")
            unit.session.flush()
            events = [Event(one.action, one.subject, one.subject_id) for one in unit.events]
            head = seal(unit.session.connection(), self.trail_key, events, unit.now, unit.who)
        self.head = head
        self.acts.add(unit.events, unit.now, recorder.changes())

    @contextmanager
    def quiet(self) -> Generator[Unit]:
        """A transaction without audit rows: for what is typed and not yet said (drafts)."""
        if self.read_only:
            raise PracticeReadOnly
        with self._one_at_a_time, in_words(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield Unit(session, self.now(), self.who)
            if self.standing:
                self.standing.make_sure()  # nothing is said to be saved in a file that is not there any more

    @contextmanager
    def reading(self) -> Generator[Session]:
        """A consistent view of the records."""
        with self._one_at_a_time, in_words(), Session(self._reader, expire_on_commit=False) as session:
            yield session

    def close(self) -> None:
        """Close the file; what waits in the WAL is written into it."""
        self.acts.forget_all()
        self.directory = None
        self.engine.dispose()
