"""Undo: takes back the last acts, one after the other, and keeps what they had written (clinical.md 2.4)."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col, select

from therapist_tui.domain.undo import Undoable, Undone

from .acts import Change, Done, Image, image
from .errors import ChangedSince
from .import_undo import take_back
from .rows import to_value
from .tables import Row, SessionNoteRow, TherapistRow, UndoneRow
from .therapists import read_therapist
from .typed import table_of
from .unit import Store, Unit, new_id

_ORDER = {table.name: place for place, table in enumerate(Row.metadata.sorted_tables)}
"""Tables by what refers to what: parents first."""


class Undo:
    """The acts of this session that can be taken back: all but signatures, addenda and what the program does itself.

    They are known until the practice is closed or locked, fifty at most. An undo is not undone in its turn.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def last(self) -> Undoable | None:
        """The act that undo would take back."""
        return self._store.acts.last()

    def undo(self) -> str:
        """Take the last act back and give its label; what it had written is kept, see `undone`.

        Decisions against a caution stay with their reason. Raises NothingToUndo; SignedForGood, once, when a note was
        signed or added to since; and ChangedSince when the rows are not as the act left them, which ends its turn.
        """
        done = self._store.acts.next()
        try:
            with self._store.unit() as unit:
                stays = ""
                if done.about.action == "import.stored":  # too much to remember row by row: its origins tell
                    stays = take_back(unit, UUID(done.about.subject_id)).stays
                else:
                    _take_back(unit, done)
                unit.audit("act.undone", done.about.subject, done.about.subject_id)
        except (ChangedSince, IntegrityError) as error:
            # Something refers to a row by now, or a note that the act touched was signed: the database refuses.
            self._store.acts.forget_next()
            raise ChangedSince(label=done.label) from error
        self._store.acts.forget_next()
        if any(change.kind is TherapistRow for change in done.changes):
            with self._store.reading() as session:
                self._store.works_for(read_therapist(session))
        return f"{done.label}; {stays}" if stays else done.label

    def undone(self, record_id: UUID | None = None, limit: int = 200) -> tuple[Undone, ...]:
        """What acts had written that were undone, newest first; of one record, or of all."""
        query = select(UndoneRow).order_by(col(UndoneRow.undone_at).desc(), col(UndoneRow.id).desc()).limit(limit)
        if record_id:
            query = query.where(UndoneRow.record_id == str(record_id))
        with self._store.reading() as session:
            return tuple(to_value(row, Undone) for row in session.exec(query))


def _take_back(unit: Unit, done: Done) -> None:
    """Set every row back; nothing is written unless all of them are as the act left them."""
    found = [(change, _as_left(unit, change)) for change in _in_order(done.changes)]
    for change, row in found:
        if row is not None and change.after is not None:
            unit.add(_kept(unit, done.about.action, row, change.after))
        _set_back(unit, change, row)
        unit.session.flush()  # one by one: the rows know nothing of each other


def _in_order(changes: Iterable[Change]) -> list[Change]:
    """First rows that go back to what they were, then what is taken away, children before parents; then the rest.

    A row that the act changed may refer to one that it added, which cannot go before.
    """

    def place(change: Change) -> tuple[int, int]:
        at = _ORDER[table_of(change.kind).name]
        if change.before is None:
            return 1, -at
        return (2 if change.after is None else 0), at

    return sorted(changes, key=place)


def _as_left(unit: Unit, change: Change) -> SQLModel | None:
    """The row, as the act left it; None when the act took it away. Raises ChangedSince."""
    row = unit.session.get(change.kind, change.key)
    now: Image | None = image(row) if row is not None else None
    if now is not None and change.after is not None:
        now = {name: now[name] for name in change.after}
    # A signed note is never touched, whatever the act did to it before; the triggers would refuse it too.
    if now != change.after or (isinstance(row, SessionNoteRow) and row.signed_at):
        raise ChangedSince
    return row


def _set_back(unit: Unit, change: Change, row: SQLModel | None) -> None:
    if row is None:
        unit.session.add(change.kind(**change.before or {}))
    elif change.before is None:
        unit.session.delete(row)
    else:
        for name, value in change.before.items():
            setattr(row, name, value)


def _kept(unit: Unit, action: str, row: SQLModel, written: Image) -> UndoneRow:
    return UndoneRow(
        id=new_id(),
        action=action,
        record=table_of(type(row)).name,
        record_id=str(getattr(row, "id", "")),
        content=row.model_dump(mode="json", include=set(written)),
        undone_at=unit.now,
        undone_by=unit.who,
    )
