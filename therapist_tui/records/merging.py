"""Two cards of one person made into one, without loss: rows move, what is signed stays as it was signed.

Everything that may be changed goes to the card that is kept. A signed note names its client under the signature, so it
keeps the card it was signed for; whoever reads a client's notes asks for the merged cards too (`cards_of`). What was
moved is written down for ever, so that the merge can be taken apart.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from therapist_tui.domain.client import joined_card

from .errors import NotMerged, OneCard
from .rows import columns_of, search_text
from .tables import (
    AppointmentRow,
    ClientRow,
    ConsentRow,
    FormerRow,
    GoalRow,
    HealthEntryRow,
    HistoryCheckRow,
    PlanRow,
    ReferralRow,
    SeriesRow,
    SessionNoteRow,
)
from .typed import rows_of, table_of
from .unit import Unit, new_id

_MOVED: dict[str, Any] = {
    table_of(kind).name: kind
    for kind in (
        AppointmentRow, HealthEntryRow, HistoryCheckRow, PlanRow, GoalRow, ReferralRow, ConsentRow, SessionNoteRow,
        SeriesRow,
    )
}  # fmt: skip

MERGE = "merge"
"""What the rows of `former_row` are called that tell what a merge moved."""


def merge(unit: Unit, other: ClientRow, kept: ClientRow) -> ClientRow:
    """Move all that is the other card's to the kept one, and fill the kept one's empty fields; raises OneCard."""
    if kept.merged_into or other.merged_into or kept.id == other.id:
        raise OneCard
    moved: dict[str, list[str]] = {}
    for name, kind in _MOVED.items():
        for row in rows_of(unit.session, _movable(kind).where(kind.client_id == other.id)):
            row.client_id = kept.id
            moved.setdefault(name, []).append(str(row.id))
    for card in unit.session.exec(select(ClientRow).where(ClientRow.merged_into == other.id)):
        card.merged_into = kept.id
        moved.setdefault("client", []).append(str(card.id))
    for name, value in columns_of(joined_card(kept, other)).items():
        setattr(kept, name, value)
    kept.search = search_text(kept)
    other.merged_into, other.archived_at = kept.id, other.archived_at or unit.now
    content = {"merged_into": str(kept.id), "moved": moved}
    unit.add(_former(unit, other.id, content))
    unit.audit("client.merged", "client", other.id)
    return kept


def separate(unit: Unit, other: ClientRow) -> ClientRow:
    """Give back what the merge moved and still is the kept card's; raises NotMerged.

    The kept card stays as it is: what the merge filled in may have been changed since.
    """
    kept_id = other.merged_into
    if kept_id is None:
        raise NotMerged
    for name, ids in _last_merge(unit.session, other.id).items():
        wanted = [UUID(one) for one in ids]
        if name == "client":
            for card in unit.session.exec(select(ClientRow).where(col(ClientRow.id).in_(wanted))):
                card.merged_into = other.id
            continue
        kind = _MOVED[name]
        still = _movable(kind).where(kind.client_id == kept_id, kind.id.in_(wanted))
        for row in rows_of(unit.session, still):
            row.client_id = other.id
    other.merged_into = other.archived_at = None
    unit.audit("client.separated", "client", other.id)
    return other


def cards_of(session: Session, client_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Every card of these clients by its id, theirs and those merged into them, and whose it is."""
    wanted = list(client_ids)
    merged = select(ClientRow.id, ClientRow.merged_into).where(col(ClientRow.merged_into).in_(wanted))
    return {one: one for one in wanted} | {card: kept for card, kept in session.exec(merged) if kept}


def _movable(kind: Any) -> Any:
    """Rows of a table that may change hands: all but signed notes."""
    query = select(kind)
    return query.where(col(SessionNoteRow.signed_at).is_(None)) if kind is SessionNoteRow else query


def _last_merge(session: Session, card_id: UUID) -> dict[str, list[str]]:
    query = select(FormerRow).where(FormerRow.record == MERGE, FormerRow.record_id == card_id)
    rows = session.exec(query.order_by(col(FormerRow.replaced_at).desc(), col(FormerRow.id).desc()))
    return next((row.content["moved"] for row in rows), dict[str, list[str]]())


def _former(unit: Unit, card_id: UUID, content: dict[str, Any]) -> FormerRow:
    return FormerRow(
        id=new_id(),
        record=MERGE,
        record_id=card_id,
        content=content,
        replaced_at=unit.now,
        replaced_by=unit.who,
    )
