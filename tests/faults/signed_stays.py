"""Must hold 5 of «The note in under a minute»: whatever our own connection is asked to do, a signed note stays.

    python -m tests.faults.signed_stays --operations 10000

runs random operations over the rows of a practice, as a bug of ours might: single objects changed, merged and deleted,
bulk updates and deletes, rows inserted over others, appointments and clients cascaded away. After every operation the
bytes of all signed notes, addenda, decisions and the audit trail written so far are compared (reliability.md row 18, L.118).
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from therapist_tui.domain.appointment import AppointmentDraft, Status
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.health import Answer
from therapist_tui.domain.note import AddendumKind, NoteContent
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records import tables as t
from therapist_tui.records.practice import Practice, create_practice
from therapist_tui.records.unit import new_id
from therapist_tui.records.vault import LIGHT

BEGIN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
WRITTEN = NoteContent("s", "o", "a", "p", pain_before=5, pain_after=2)
PROTECTED: tuple[Any, ...] = (t.SessionNoteRow, t.AddendumRow, t.DecisionRow, t.AuditEventRow)
Operation = Callable[[Session, random.Random], object]


def a_practice(folder: Path) -> Practice:
    """Three clients with two signed notes each, an addendum, and a draft."""
    made = create_practice(
        folder,
        "copper lantern drifts past eleven geese",
        TherapistDraft("Dana", "", "1", None, "UTC"),
        lambda: BEGIN,
        LIGHT,
    )
    for name in ("A", "B", "C"):
        client = made.clients.add(ClientDraft(name))
        made.health.check(client.id, Answer.NOTHING)
        for hours in (1, 2, 3):
            booked = made.appointments.book(AppointmentDraft(client.id, BEGIN - timedelta(hours=hours), 60, "Massage"))
            made.appointments.step(booked.id, Status.DONE)
            note = made.notes.open(booked.id)
            if hours < 3:
                made.notes.sign(note.id, WRITTEN)
                made.notes.add_addendum(note.id, AddendumKind.CORRECTION, "left")
    return made


def change_one(session: Session, chance: random.Random) -> None:
    """An object read, changed and flushed."""
    row = _any(session, chance)
    name = chance.choice([name for name in type(row).model_fields if name != "seq"])
    setattr(row, name, getattr(_any(session, chance, type(row)), name) if chance.random() < 0.5 else "x")


def delete_one(session: Session, chance: random.Random) -> None:
    """An object read and deleted."""
    session.delete(_any(session, chance))


def merge_one(session: Session, chance: random.Random) -> None:
    """An object made outside with the id of a stored one, merged over it."""
    row = _any(session, chance, chance.choice(PROTECTED))
    values = {name: getattr(row, name) for name in type(row).model_fields}
    session.expunge(row)
    text = next((name for name in ("plan", "text", "reason", "action") if name in values), "id")
    session.merge(type(row)(**{**values, text: "merged"}))


def bulk_update(session: Session, chance: random.Random) -> None:
    """One UPDATE over a whole table."""
    kind: Any = chance.choice(PROTECTED)
    name = chance.choice([name for name in kind.model_fields if name not in ("id", "seq")])
    session.connection().execute(update(kind).values({name: getattr(_any(session, chance, kind), name)}))


def bulk_delete(session: Session, chance: random.Random) -> None:
    """One DELETE over a table, or over the parents that others refer to."""
    kind: Any = chance.choice([*PROTECTED, t.AppointmentRow, t.ClientRow])
    session.connection().execute(delete(kind))


def insert_over(session: Session, chance: random.Random) -> None:
    """INSERT OR REPLACE with the key of a stored row."""
    kind: Any = chance.choice(PROTECTED)
    row = _any(session, chance, kind)
    values = {name: getattr(row, name) for name in kind.model_fields}
    if chance.random() < 0.5 and "id" in values:
        values["id"] = new_id()
    session.connection().execute(insert(kind).prefix_with("OR REPLACE").values(**values))


def move_to_another(session: Session, chance: random.Random) -> None:
    """All of one client's rows handed to another, as a merge of duplicates would."""
    first, second = (_any(session, chance, t.ClientRow) for _ in range(2))
    for kind in (t.SessionNoteRow, t.AppointmentRow, t.HistoryCheckRow):
        table: Any = kind
        session.connection().execute(update(table).where(table.client_id == first.id).values(client_id=second.id))


def drop_client(session: Session, chance: random.Random) -> None:
    """A client deleted with everything that refers to it."""
    client = _any(session, chance, t.ClientRow)
    for kind in (t.AddendumRow, t.SessionNoteRow, t.AppointmentRow, t.HistoryCheckRow):
        table: Any = kind
        where = table.client_id == client.id if "client_id" in table.model_fields else col(table.id).is_not(None)
        session.connection().execute(delete(table).where(where))
    session.delete(client)


OPERATIONS: tuple[Operation, ...] = (
    change_one, delete_one, merge_one, bulk_update, bulk_delete, insert_over, move_to_another, drop_client,
)  # fmt: skip


def _any(session: Session, chance: random.Random, kind: Any = None) -> Any:
    kinds = (*PROTECTED, t.AppointmentRow, t.ClientRow) if kind is None else (kind,)
    while True:
        rows: Sequence[Any] = session.exec(select(chance.choice(kinds))).all()
        if rows:
            return chance.choice(rows)
        if kind is not None:
            raise LookupError(kind)


def kept_bytes(practice: Practice) -> dict[str, list[Any]]:
    """Every protected row as the file has it: signed notes, addenda, decisions, audit."""
    connection = practice._store.engine.raw_connection().dbapi_connection  # pyright: ignore[reportPrivateUsage]
    assert connection is not None
    names = ("session_note WHERE signed_at IS NOT NULL", "addendum", "decision", "audit_event")
    return {name: connection.execute(f"SELECT rowid, * FROM {name} ORDER BY rowid").fetchall() for name in names}  # pyright: ignore[reportAttributeAccessIssue]


def attack(practice: Practice, operations: int, seed: int) -> tuple[int, list[str]]:
    """So many operations, each in a transaction of its own. How many were refused, and which changed what is kept."""
    chance = random.Random(seed)
    engine = practice._store.engine  # pyright: ignore[reportPrivateUsage]
    before, refused, wrong = kept_bytes(practice), 0, list[str]()
    for _ in range(operations):
        operation = chance.choice(OPERATIONS)
        try:
            with Session(engine) as session, session.begin():
                operation(session, chance)
        except (SQLAlchemyError, LookupError, ValueError, AttributeError, TypeError):
            refused += 1
        after = kept_bytes(practice)
        if any(not _stands(before[name], after[name]) for name in before):
            wrong.append(operation.__name__)
        before = after
    return refused, wrong


def _stands(before: list[Any], after: list[Any]) -> bool:
    """Whether every row that was there is there unchanged; new ones may have come."""
    return set(before) <= set(after)


def main() -> int:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--operations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="signed-stays-") as folder:
        practice = a_practice(Path(folder) / "practice")
        refused, wrong = attack(practice, chosen.operations, chosen.seed)
        practice.close()
    print(
        f"{chosen.operations} operations, {refused} refused, {len(wrong)} changed what is kept: {', '.join(wrong) or 'none'}"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
