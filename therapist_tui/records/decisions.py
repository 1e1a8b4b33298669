"""Decisions against a caution: asked for before a session begins and before its note is signed, and kept."""

from uuid import UUID

from sqlmodel import Session, col, select

from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.decision import Act, Decision, ReasonWanted, read_reason, undecided

from .known import gather
from .rows import columns_of, to_value
from .tables import AppointmentRow, DecisionRow
from .unit import Store, Unit, new_id


class Decisions:
    """What was decided against cautions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, appointment_id: UUID) -> tuple[Decision, ...]:
        """The decisions of an appointment, oldest first."""
        with self._store.reading() as session:
            return decisions_of(session, appointment_id)


def decisions_of(session: Session, appointment_id: UUID) -> tuple[Decision, ...]:
    """See `Decisions.of`."""
    query = select(DecisionRow).where(DecisionRow.appointment_id == appointment_id)
    rows = session.exec(query.order_by(col(DecisionRow.decided_at), col(DecisionRow.id)))
    return tuple(to_value(row, Decision) for row in rows)


def decide(store: Store, unit: Unit, row: AppointmentRow, act: Act, why: str) -> None:
    """Let the act pass, or raise ReasonWanted: against STOP or ASK only with a reason, which is kept with it.

    Raises ReasonEmpty when the reason says nothing.
    """
    appointment = to_value(row, Appointment)
    day = appointment.starts_at.astimezone(store.zone).date()
    known = gather(store, unit.session, {appointment.client_id}, appointment.starts_at)
    brief = known.brief(appointment.client_id, day, appointment.starts_at, appointment)
    open_ones = undecided(brief.cautions, decisions_of(unit.session, row.id))
    if not open_ones:
        return
    titles = tuple(one.title for one in open_ones)
    if not why:
        raise ReasonWanted(titles="; ".join(f"{one.level.glyph} {one.level.word} {one.title}" for one in open_ones))
    decision = Decision(new_id(), row.id, act, open_ones[0].level, titles, read_reason(why), unit.now, unit.who)
    unit.add(DecisionRow(**columns_of(decision)))
    unit.audit("caution.overruled", "decision", decision.id)
