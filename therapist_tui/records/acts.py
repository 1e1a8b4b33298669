"""What each transaction changed, kept in memory while the practice is open, so that undo.py can take it back."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import event
from sqlalchemy import inspect as look_into
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session, SQLModel

from therapist_tui.domain.undo import SIGNED, Undoable, label_of, undoable

from .errors import NothingToUndo, SignedForGood
from .tables import AddendumRow, DecisionRow, FormerRow, ReleaseRow, UndoneRow

MOST = 50
"""How many acts can be taken back."""

_FOR_GOOD = (AddendumRow, DecisionRow, FormerRow, ReleaseRow, UndoneRow)
"""Rows that are only ever added: what an act wrote there stays when the act is taken back."""

Image = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What an act did to one row.

    A row that it added has no `before`, one that it took away no `after`; else both hold the columns that differ.
    """

    kind: type[SQLModel]
    key: tuple[Any, ...]
    before: Image | None
    after: Image | None


@dataclass(frozen=True, slots=True)
class Said:
    """One line that a transaction leaves in the audit trail, with what the label needs to know besides."""

    action: str
    subject: str
    subject_id: str
    said: str


@dataclass(frozen=True, slots=True)
class Done:
    """A transaction that can be taken back."""

    about: Said
    label: str
    at: datetime
    changes: tuple[Change, ...]


class Recorder:
    """Follows the rows of one transaction."""

    def __init__(self, session: Session) -> None:
        self._rows: dict[int, tuple[SQLModel, Image | None]] = {}
        self._gone: set[int] = set()
        event.listen(session, "before_flush", self._follow)
        event.listen(session, "do_orm_execute", _refuse_bulk)

    def changes(self) -> tuple[Change, ...]:
        """What the transaction did, after its last flush."""
        found = (self._change(row, before) for row, before in self._rows.values())
        return tuple(one for one in found if one is not None)

    def _follow(self, session: Session, *_: object) -> None:
        for row in session.new:
            self._keep(row, None)
        for row in session.dirty:
            self._keep(row, as_read(row))
        for row in session.deleted:
            self._keep(row, as_read(row))
            self._gone.add(id(row))

    def _keep(self, row: Any, before: Image | None) -> None:
        # The first image counts: a row that is flushed twice is taken back to where it was at first.
        if not isinstance(row, _FOR_GOOD):
            self._rows.setdefault(id(row), (row, before))

    def _change(self, row: SQLModel, before: Image | None) -> Change | None:
        kind, key = type(row), look_into(type(row)).primary_key_from_instance(row)
        after = None if id(row) in self._gone else image(row)
        if before is None or after is None:
            return Change(kind, tuple(key), before, after) if before or after else None
        differ = [name for name in after if after[name] != before[name]]
        if not differ:
            return None
        return Change(kind, tuple(key), {name: before[name] for name in differ}, {name: after[name] for name in differ})


def image(row: SQLModel) -> Image:
    """The columns of a row as they stand."""
    return {one.key: getattr(row, one.key) for one in look_into(type(row)).column_attrs}


def as_read(row: SQLModel) -> Image:
    """The columns of a row as the database has them, before what is about to be written."""
    state = look_into(row)
    found = image(row)
    for name in found:
        if before := state.attrs[name].history.deleted:
            found[name] = before[0]
    return found


def _refuse_bulk(statement: ORMExecuteState) -> None:
    """A bulk statement would pass by unseen: load the rows and change them instead."""
    if statement.is_update or statement.is_delete or statement.is_insert:
        raise RuntimeError("a bulk statement in a unit cannot be undone")


class Acts:
    """The last acts, newest last; forgotten when the practice is closed."""

    def __init__(self) -> None:
        self._done: deque[Done | str] = deque(maxlen=MOST)

    def add(self, said: Sequence[Said], at: datetime, changes: tuple[Change, ...]) -> None:
        """Remember a transaction, if it was an act of the user."""
        actions = [one.action for one in said]
        if undoable(actions):
            about = next(one for one in said if undoable([one.action]))
            self._done.append(Done(about, label_of(about.action, about.said), at, changes))
            return
        signed = next((one for one in actions if one in SIGNED), None)
        if signed:
            # Stands between what came before it and after, so that nobody takes back the one and means the other.
            if self._done and isinstance(self._done[-1], str):
                self._done.pop()
            self._done.append(signed)

    def last(self) -> Undoable | None:
        """See `Undo.last`."""
        done = self._newest()
        return Undoable(done.label, done.at) if done else None

    def next(self) -> Done:
        """The act that is to be taken back now; raises NothingToUndo, SignedForGood."""
        if self._done and isinstance(signed := self._done[-1], str):
            self._done.pop()
            raise SignedForGood(act=SIGNED[signed], before=self._before())
        done = self._newest()
        if done is None:
            raise NothingToUndo
        return done

    def forget_next(self) -> None:
        """It was taken back, or never can be."""
        self._done.pop()

    def forget_all(self) -> None:
        """The practice is closed."""
        self._done.clear()

    def _newest(self) -> Done | None:
        return next((one for one in reversed(self._done) if isinstance(one, Done)), None)

    def _before(self) -> str:
        done = self._newest()
        return f"Once more undoes what came before it: {done.label}." if done else "There is nothing else to undo."
