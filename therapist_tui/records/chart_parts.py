"""The parts of a client's chart, read the same way for now and for an earlier day."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from therapist_tui.domain.appointment import OPEN, Appointment, Status
from therapist_tui.domain.change import Former
from therapist_tui.domain.chart import Asked, History, Timeline
from therapist_tui.domain.edits import Edit, Wording, edits_of
from therapist_tui.domain.health import HealthEntry, HealthEntryDraft, HistoryCheck
from therapist_tui.domain.note import AddendumKind, NoteContent, SessionNote
from therapist_tui.domain.plan import PlanReview, PlanStatus, TreatmentPlan

from .edits import Events, made_in
from .health import in_order
from .merging import cards_of
from .rows import columns_of, to_note, to_value
from .standing import IN_ERROR
from .tables import (
    AddendumRow,
    AppointmentRow,
    HealthEntryRow,
    HealthEntryVersionRow,
    PlanReviewRow,
    SessionNoteRow,
)

After = tuple[datetime, UUID]
"""Where a page of notes ended: the session's begin and the note's id."""


def around(session: Session, client_id: UUID, now: datetime) -> tuple[Appointment | None, Appointment | None]:
    """The client's last session that took place, and the next appointment that is still open."""
    mine = select(AppointmentRow).where(AppointmentRow.client_id == client_id)
    at = col(AppointmentRow.starts_at)
    last = session.exec(mine.where(AppointmentRow.status == Status.DONE, at <= now).order_by(at.desc()).limit(1))
    ahead = session.exec(mine.where(col(AppointmentRow.status).in_(OPEN), at >= now).order_by(at).limit(1))
    found = [to_value(row, Appointment) if row else None for row in (last.first(), ahead.first())]
    return found[0], found[1]


def count_notes(session: Session, client_id: UUID, until: datetime | None = None) -> int:
    """How many notes there are, or were begun by then."""
    cards = cards_of(session, [client_id])
    query = select(func.count()).select_from(SessionNoteRow).where(col(SessionNoteRow.client_id).in_(cards))
    return session.exec(query.where(SessionNoteRow.begun_at <= until) if until else query).one()


def page_of_notes(
    session: Session, client_id: UUID, after: After | None, most: int, until: datetime | None
) -> Timeline:
    """See `Charts.notes`."""
    cards = cards_of(session, [client_id])
    query = select(SessionNoteRow, IN_ERROR).where(col(SessionNoteRow.client_id).in_(cards))
    at, note_id = col(SessionNoteRow.service_at), col(SessionNoteRow.id)
    if after:
        query = query.where((at < after[0]) | ((at == after[0]) & (note_id < after[1])))
    if until:
        query = query.where(SessionNoteRow.begun_at <= until)
    rows = session.exec(query.order_by(at.desc(), note_id.desc()).limit(most + 1)).all()
    found = [to_note(row, in_error=in_error) for row, in_error in rows]
    if until:
        wrong = _in_error_by(session, cards, until)
        found = [_as_it_stood(replace(one, in_error=one.id in wrong), until) for one in found]
    return Timeline(tuple(found[:most]), len(found) > most)


def _in_error_by(session: Session, cards: Iterable[UUID], moment: datetime) -> set[UUID]:
    query = (
        select(AddendumRow.note_id)
        .join(SessionNoteRow, col(SessionNoteRow.id) == AddendumRow.note_id)
        .where(
            col(SessionNoteRow.client_id).in_(cards),
            AddendumRow.kind == AddendumKind.ENTERED_IN_ERROR,
            AddendumRow.written_at <= moment,
        )
    )
    return {*session.exec(query)}


def _as_it_stood(note: SessionNote, moment: datetime) -> SessionNote:
    """The note itself when it was signed by then; else a draft, whose wording of that moment nobody kept."""
    if note.signed_at is not None and note.signed_at <= moment:
        return note
    return replace(
        note, content=NoteContent(), signed_at=None, signed_by="", digest="", lag_minutes=None, late_reason=""
    )


def health_former(session: Session, client_id: UUID) -> dict[UUID, tuple[Former, ...]]:
    """What the client's health entries said before, newest first."""
    query = (
        select(HealthEntryVersionRow)
        .join(HealthEntryRow, col(HealthEntryRow.id) == HealthEntryVersionRow.entry_id)
        .where(HealthEntryRow.client_id == client_id)
    )
    found: dict[UUID, tuple[Former, ...]] = {}
    at, version_id = col(HealthEntryVersionRow.replaced_at), col(HealthEntryVersionRow.id)
    for row in session.exec(query.order_by(at.desc(), version_id.desc())):
        said = columns_of(to_value(row, HealthEntryDraft))
        entry = HealthEntry(row.entry_id, client_id, **said, noted_at=row.noted_at)
        found[row.entry_id] = (*found.get(row.entry_id, ()), Former(entry, row.replaced_at))
    return found


def history_of(
    entries: Iterable[HealthEntry],
    former: dict[UUID, tuple[Former, ...]],
    checks: Iterable[HistoryCheck],
    events: Events,
    client_id: UUID,
    day: date,
) -> History:
    """The history put together; who did what comes from the trail, by its moment."""
    ordered = in_order(entries, day)
    who = {one.at: one.who for one in events.get(client_id, ())}
    asked = [Asked(one.asked_at, one.answer, who.get(one.asked_at, "")) for one in checks]
    written = {one.id: _written(one, former.get(one.id, ()), events) for one in ordered}
    return History(ordered, former, tuple(sorted(asked, key=lambda one: one.at, reverse=True)), written)


def _written(entry: HealthEntry, former: Sequence[Former], events: Events) -> tuple[Edit, ...]:
    who = {one.at: one.who for one in events.get(entry.id, ())}
    first = former[-1].entry.noted_at if former else entry.noted_at
    made = made_in(events, entry.id)
    noted = (Edit(first, made.who if made else "", "noted"),) if first else ()
    wordings = [Wording(one.entry, one.replaced_at, who.get(one.replaced_at, "")) for one in former]
    return (*noted, *edits_of(wordings, entry))


def reviews_of(
    session: Session, plan_ids: Sequence[UUID], until: datetime | None = None
) -> dict[UUID, tuple[PlanReview, ...]]:
    """The reviews of each plan, newest first."""
    query = select(PlanReviewRow).where(col(PlanReviewRow.plan_id).in_(plan_ids))
    if until:
        query = query.where(PlanReviewRow.reviewed_at <= until)
    found: dict[UUID, tuple[PlanReview, ...]] = {}
    for row in session.exec(query.order_by(col(PlanReviewRow.reviewed_at).desc(), col(PlanReviewRow.id).desc())):
        found[row.plan_id] = (*found.get(row.plan_id, ()), to_value(row, PlanReview))
    return found


def in_plan_order(plans: Iterable[TreatmentPlan]) -> tuple[TreatmentPlan, ...]:
    """What is followed first, then the newest."""

    def rank(plan: TreatmentPlan) -> tuple[bool, int, UUID]:
        followed = plan.status in (PlanStatus.ACTIVE, PlanStatus.ON_HOLD)
        return not followed, -(plan.started_on.toordinal() if plan.started_on else 0), plan.id

    return tuple(sorted(plans, key=rank))
