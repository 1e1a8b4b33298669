"""What a row said before it was changed: kept whole beside every change, by one watch over all transactions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import event
from sqlmodel import Session, SQLModel, col, or_, select
from uuid_utils.compat import uuid7

from .acts import as_read, image
from .tables import ClientRow, ConsentRow, FormerRow, GoalRow, MeasurementRow, PlanRow, ReferralRow
from .typed import table_of

R = TypeVar("R", bound=SQLModel)

KEPT: tuple[type[Any], ...] = (ClientRow, ConsentRow, GoalRow, MeasurementRow, PlanRow, ReferralRow)
"""Rows whose former wordings are kept here; the health history has versions of its own, signed notes never change."""


class FormerRows:
    """Follows one transaction. A row that is changed twice in it is kept once, as it stood before the first time."""

    def __init__(self, session: Session, now: datetime, who: str) -> None:
        self._now, self._who = now, who
        # The rows themselves, not only their ids: an id may be given to another row once this one is forgotten.
        self._known: dict[int, SQLModel] = {}
        event.listen(session, "before_flush", self._follow)

    def _follow(self, session: Session, *_: object) -> None:
        self._known |= {id(row): row for row in session.new}
        for row in session.dirty:
            if isinstance(row, KEPT) and id(row) not in self._known:
                before = as_read(row)
                if before != image(row):
                    self._known[id(row)] = row
                    session.add(self._former(row, before))

    def _former(self, row: SQLModel, before: dict[str, Any]) -> FormerRow:
        record_id: UUID = before["id"]
        return FormerRow(
            id=uuid7(),
            record=table_of(type(row)).name,
            record_id=record_id,
            content=type(row)(**before).model_dump(mode="json"),
            replaced_at=self._now,
            replaced_by=self._who,
        )


Formers = Mapping[UUID, Sequence[FormerRow]]
"""Former rows by the id of their record, each list oldest first."""


def former_of(session: Session, ids: Iterable[UUID], measured_for: Iterable[UUID] = ()) -> Formers:
    """What these records said before, and the measurements of those goals, in one query."""
    measurements = select(MeasurementRow.id).where(col(MeasurementRow.goal_id).in_(measured_for))
    about = or_(col(FormerRow.record_id).in_(ids), col(FormerRow.record_id).in_(measurements))
    found: dict[UUID, list[FormerRow]] = {}
    kinds = [table_of(kind).name for kind in KEPT]
    query = select(FormerRow).where(about, col(FormerRow.record).in_(kinds))
    for row in session.exec(query.order_by(col(FormerRow.replaced_at), col(FormerRow.id))):
        found.setdefault(row.record_id, []).append(row)
    return found


def as_stood(row: R, former: Formers, moment: datetime | None) -> R:
    """The row as it stood at that moment; itself when it was not changed since, or for None. Not part of a session."""
    if moment is None:
        return row
    record_id: UUID = getattr(row, "id")  # noqa: B009 - SQLModel itself knows no id
    kept = next((one for one in former.get(record_id, ()) if one.replaced_at > moment), None)
    return said_in(type(row), kept) if kept else row


def said_in(kind: type[R], kept: FormerRow) -> R:
    """A former row as a row again. Columns that came later have their default, those that went are left out."""
    return kind.model_validate(kept.content)
