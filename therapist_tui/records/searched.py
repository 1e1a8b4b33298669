"""What the index found, as the documents that a search looks at: one query for each kind of record."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from therapist_tui.domain.client import Client
from therapist_tui.domain.search.found import Document, Part
from therapist_tui.domain.search.query import Kind
from therapist_tui.domain.treatments import show_treatments

from .rows import to_value
from .standing import IN_ERROR
from .tables import (
    AddendumRow,
    AppointmentRow,
    ClientRow,
    ConsentRow,
    DecisionRow,
    GoalRow,
    HealthEntryRow,
    PlanReviewRow,
    PlanRow,
    ReferralRow,
    Row,
    SessionNoteRow,
)
from .typed import rows_of

_NOTE = {
    "subjective": "S said",
    "objective": "O found",
    "assessment": "A response",
    "plan": "P plan",
    "home_care": "Home care",
    "next_time": "Next time",
    "shorthand": "Shorthand",
}
_HISTORY = {"text": "What", "advice": "What to do", "region": "Where"}
_GOAL = {"title": "Goal", "purpose": "What for", "part": "Where", "review_note": "Review"}
_PLAN = {
    "reason": "Reason",
    "findings": "Findings",
    "led_by": "Led by",
    "frequency": "How often",
    "home_care": "Home care",
    "stop_criteria": "When to stop",
    "discharge": "Discharge",
}
_REFERRAL = {"referrer": "Referrer", "diagnosis": "Diagnosis", "precautions": "Precautions"}
_REVIEW = {"summary": "Summary"}
_CONSENT = {"conditions": "Limits", "regions": "Where", "given_by": "Given by", "withdrawn_how": "Withdrawn"}
_CLIENT = {
    "name": "Name",
    "preferred_name": "Called",
    "phone": "Phone",
    "email": "E-mail",
    "guardian": "Guardian",
    "pressure": "Pressure",
    "remarks": "Remarks",
}
"""The fields of each record that are searched, by what they are called on the screen."""

Load = Callable[[Session, Sequence[UUID]], Iterable[tuple[UUID, dict[str, Any]]]]
"""Reads records of one table: the client of each, and what its document is made of."""


def documents_of(session: Session, records: Sequence[tuple[str, UUID]]) -> list[Document]:
    """The documents of these records, in their order."""
    wanted: dict[str, list[UUID]] = {}
    for table, record_id in records:
        wanted.setdefault(table, []).append(record_id)
    loaded = {
        (table, made["record_id"]): (client_id, made)
        for table, ids in wanted.items()
        for client_id, made in _LOAD[table](session, ids)
    }
    clients = _clients(session, {client_id for client_id, _ in loaded.values()})
    found = (loaded[record] for record in records if record in loaded)
    return [Document(client=clients[client_id], **made) for client_id, made in found]


def _clients(session: Session, ids: set[UUID]) -> Mapping[UUID, Client]:
    """Whose the records are: of a client that was merged, the one who is kept."""
    found = {row.id: to_value(row, Client) for row in session.exec(select(ClientRow).where(col(ClientRow.id).in_(ids)))}
    others = {one.merged_into for one in found.values() if one.merged_into} - found.keys()
    kept = _clients(session, others) if others else dict[UUID, Client]()
    everybody = {**found, **kept}
    return {key: everybody[one.merged_into or key] for key, one in found.items()}


def _parts(row: Any, names: Mapping[str, str]) -> list[Part]:
    return [Part(field, name, getattr(row, field)) for field, name in names.items()]


def _columns(kind: type[Row], *names: str) -> list[Any]:
    return [getattr(kind, name) for name in names]


def _notes(session: Session, ids: Sequence[UUID]) -> Iterable[tuple[UUID, dict[str, Any]]]:
    columns = _columns(SessionNoteRow, "id", "client_id", "service_at", "signed_at", "treatments", *_NOTE)
    wanted = select_columns(*columns, IN_ERROR.label("in_error"))
    for row in rows_of(session, wanted.where(col(SessionNoteRow.id).in_(ids))):
        work = Part("treatments", "Work done", show_treatments(row.treatments))
        parts = _parts(row, _NOTE)
        yield row.client_id, {
            "kind": Kind.NOTE, "record_id": row.id, "parts": (*parts[:2], work, *parts[2:]), "at": row.service_at,
            "note_id": row.id, "unsigned": row.signed_at is None, "in_error": row.in_error,
        }  # fmt: skip


def _addenda(session: Session, ids: Sequence[UUID]) -> Iterable[tuple[UUID, dict[str, Any]]]:
    query = select(AddendumRow, SessionNoteRow.client_id).join(
        SessionNoteRow, col(SessionNoteRow.id) == AddendumRow.note_id
    )
    for row, client_id in session.exec(query.where(col(AddendumRow.id).in_(ids))):
        part = Part("text", row.kind.value.capitalize(), row.text)
        yield client_id, {
            "kind": Kind.ADDENDUM, "record_id": row.id, "parts": (part,), "at": row.written_at, "note_id": row.note_id
        }  # fmt: skip


def _history(session: Session, ids: Sequence[UUID]) -> Iterable[tuple[UUID, dict[str, Any]]]:
    for row in session.exec(select(HealthEntryRow).where(col(HealthEntryRow.id).in_(ids))):
        side = Part("side", "Side", row.side.value)
        yield row.client_id, {
            "kind": Kind.HISTORY, "record_id": row.id, "parts": (*_parts(row, _HISTORY), side), "at": row.noted_at
        }  # fmt: skip


def _goals(session: Session, ids: Sequence[UUID]) -> Iterable[tuple[UUID, dict[str, Any]]]:
    for row in session.exec(select(GoalRow).where(col(GoalRow.id).in_(ids))):
        others = Part("side", "Side", row.side.value), Part("activities", "Activities", ", ".join(row.activities))
        yield row.client_id, {
            "kind": Kind.GOAL, "record_id": row.id, "parts": (*_parts(row, _GOAL), *others), "on": row.baseline_on
        }  # fmt: skip


def _plans(session: Session, ids: Sequence[UUID]) -> Iterable[tuple[UUID, dict[str, Any]]]:
    for row in session.exec(select(PlanRow).where(col(PlanRow.id).in_(ids))):
        work = Part("techniques", "Work", ", ".join(row.techniques)), Part("regions", "Where", ", ".join(row.regions))
        yield row.client_id, {
            "kind": Kind.PLAN, "record_id": row.id, "parts": (*_parts(row, _PLAN), *work), "on": row.started_on
        }  # fmt: skip


def _referrals(session: Session, ids: Sequence[UUID]) -> Iterable[tuple[UUID, dict[str, Any]]]:
    for row in session.exec(select(ReferralRow).where(col(ReferralRow.id).in_(ids))):
        where = Part("regions", "Where", ", ".join(row.regions))
        yield row.client_id, {
            "kind": Kind.REFERRAL, "record_id": row.id, "parts": (*_parts(row, _REFERRAL), where), "on": row.written_on
        }  # fmt: skip


def _reviews(session: Session, ids: Sequence[UUID]) -> Iterable[tuple[UUID, dict[str, Any]]]:
    query = select(PlanReviewRow, PlanRow.client_id).join(PlanRow, col(PlanRow.id) == PlanReviewRow.plan_id)
    for row, client_id in session.exec(query.where(col(PlanReviewRow.id).in_(ids))):
        decided = Part("decision", "Decision", row.decision.value)
        yield client_id, {
            "kind": Kind.REVIEW, "record_id": row.id, "parts": (*_parts(row, _REVIEW), decided), "at": row.reviewed_at,
            "beside": row.plan_id,
        }  # fmt: skip


def _consents(session: Session, ids: Sequence[UUID]) -> Iterable[tuple[UUID, dict[str, Any]]]:
    for row in session.exec(select(ConsentRow).where(col(ConsentRow.id).in_(ids))):
        parts = Part("kind", "What for", row.kind.value), Part("discussed", "Talked about", ", ".join(row.discussed))
        yield row.client_id, {
            "kind": Kind.CONSENT, "record_id": row.id, "parts": (parts[0], *_parts(row, _CONSENT), parts[1]),
            "on": row.given_on,
        }  # fmt: skip


def _decisions(session: Session, ids: Sequence[UUID]) -> Iterable[tuple[UUID, dict[str, Any]]]:
    query = select(DecisionRow, AppointmentRow.client_id, SessionNoteRow.id).join(
        AppointmentRow, col(AppointmentRow.id) == DecisionRow.appointment_id
    ).outerjoin(SessionNoteRow, col(SessionNoteRow.appointment_id) == DecisionRow.appointment_id)  # fmt: skip
    # Of two notes of a session the last one stands: the other was entered in error.
    for row, client_id, note_id in session.exec(
        query.where(col(DecisionRow.id).in_(ids)).order_by(col(SessionNoteRow.number))
    ):
        parts = Part("reason", "Reason", row.reason), Part("cautions", "Against", ", ".join(row.cautions))
        yield client_id, {
            "kind": Kind.DECISION, "record_id": row.id, "parts": parts, "at": row.decided_at, "note_id": note_id
        }  # fmt: skip


def _cards(session: Session, ids: Sequence[UUID]) -> Iterable[tuple[UUID, dict[str, Any]]]:
    for row in session.exec(select(ClientRow).where(col(ClientRow.id).in_(ids))):
        yield row.id, {"kind": Kind.CLIENT, "record_id": row.id, "parts": tuple(_parts(row, _CLIENT))}


_LOAD: dict[str, Load] = {
    "session_note": _notes,
    "addendum": _addenda,
    "health_entry": _history,
    "goal": _goals,
    "treatment_plan": _plans,
    "referral": _referrals,
    "plan_review": _reviews,
    "consent": _consents,
    "decision": _decisions,
    "client": _cards,
}
