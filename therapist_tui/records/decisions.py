"""Decisions against a caution: asked for before a session begins and before its note is signed, and kept."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session, col, select

from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.decision import Act, Decision, ReasonWanted, read_reason, undecided
from therapist_tui.domain.note import NoteContent
from therapist_tui.domain.screening.history import screen
from therapist_tui.domain.shorthand.reader import NO_OWN
from therapist_tui.domain.watch import Exclusion, exclusions, unexplained, watch

from .errors import RecordNotFound
from .known import gather
from .rows import columns_of, to_value
from .tables import AppointmentRow, DecisionRow
from .unit import Store, Unit, new_id


class Decisions:
    """What was decided against cautions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def excluded(self, appointment_id: UUID) -> tuple[Exclusion, ...]:
        """What the client's cautions exclude at this appointment, for `domain.watch.watch`. Raises RecordNotFound."""
        with self._store.reading() as session:
            row = session.get(AppointmentRow, appointment_id)
            if row is None:
                raise RecordNotFound
            appointment = to_value(row, Appointment)
            day = appointment.starts_at.astimezone(self._store.zone).date()
            known = gather(self._store, session, {appointment.client_id}, appointment.starts_at)
            return exclusions(known.case(appointment.client_id, day, appointment), self._store.screening)

    def of(self, appointment_id: UUID) -> tuple[Decision, ...]:
        """The decisions of an appointment, oldest first."""
        with self._store.reading() as session:
            return decisions_of(session, appointment_id)


def decisions_of(session: Session, appointment_id: UUID) -> tuple[Decision, ...]:
    """See `Decisions.of`."""
    query = select(DecisionRow).where(DecisionRow.appointment_id == appointment_id)
    rows = session.exec(query.order_by(col(DecisionRow.decided_at), col(DecisionRow.id)))
    return tuple(to_value(row, Decision) for row in rows)


def decide(
    store: Store,
    unit: Unit,
    row: AppointmentRow,
    act: Act,
    why: str,
    content: NoteContent | None = None,
    own: Mapping[str, str] = NO_OWN,
) -> None:
    """Let the act pass, or raise ReasonWanted: against STOP or ASK only with a reason, which is kept with it.

    With the note's content, also against every conflict in it that asks for one (domain.watch); `own` are the user's
    abbreviations. What was decided once for this appointment is not asked again.
    Raises ReasonEmpty when the reason says nothing.
    """
    appointment = to_value(row, Appointment)
    day = appointment.starts_at.astimezone(store.zone).date()
    known = gather(store, unit.session, {appointment.client_id}, appointment.starts_at)
    case = known.case(appointment.client_id, day, appointment)
    decisions = decisions_of(unit.session, row.id)
    open_ones = undecided(screen(case, store.screening).cautions, decisions)
    conflicts = watch(content, exclusions(case, store.screening), own) if content else ()
    against = unexplained(conflicts, decisions)
    if not open_ones and not against:
        return
    titles = (*(one.title for one in open_ones), *(one.why for one in against))
    if not why:
        told = [f"{one.level.glyph} {one.level.word} {one.title}" for one in open_ones]
        told += [f"{one.level.glyph} {one.level.word} {one.why.rstrip('.')} (“{one.words}”)" for one in against]
        raise ReasonWanted(titles="; ".join(told))
    level = min((one.level for one in (*open_ones, *against)), key=lambda one: one.rank)
    decision = Decision(new_id(), row.id, act, level, titles, read_reason(why), unit.now, unit.who)
    unit.add(DecisionRow(**columns_of(decision)))
    unit.audit("caution.overruled", "decision", decision.id)
