"""The whole practice at once: stored by the demo and by an import, read by an archive."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, func, insert
from sqlalchemy import select as select_columns
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, select

from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.client import Client
from therapist_tui.domain.consent import Consent
from therapist_tui.domain.decision import Decision
from therapist_tui.domain.goal import Goal, Measurement
from therapist_tui.domain.health import HealthEntry, HistoryCheck
from therapist_tui.domain.incoming.batch import ImportBatch, Origin
from therapist_tui.domain.note import Addendum, AddendumKind
from therapist_tui.domain.plan import PlanReview, TreatmentPlan
from therapist_tui.domain.progress import Heard, Meter, unheard
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.release import Release
from therapist_tui.domain.therapist import EducationDuty, Insurance, Therapist
from therapist_tui.domain.whole import WholePractice

from . import tables as t
from .errors import PracticeNotEmpty, RecordsUnfit
from .referrals import referrals_of, visits_of
from .rows import columns_of, note_columns, search_text, series_columns, to_note, to_series, to_value
from .therapists import read_therapist
from .typed import table_of
from .unit import Store, Unit, new_id


class Whole:
    """Everything, in one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def store(self, whole: WholePractice) -> None:
        """Fill an empty practice; the therapist of `whole` takes the place of the one of set-up.

        Raises PracticeNotEmpty; RecordsUnfit when one refers to another that is not there.
        """
        with self._store.unit() as unit:
            if unit.session.exec(select(t.ClientRow.id).limit(1)).first():
                raise PracticeNotEmpty
            _write(unit, whole)
        self._store.works_for(whole.therapist)

    def add(self, whole: WholePractice) -> None:
        """Store all of it beside what is there already: the demo of many years is written year by year.

        The therapist of `whole` takes the place of the one who is there. Raises RecordsUnfit.
        """
        with self._store.unit() as unit:
            _write(unit, whole)
        self._store.works_for(whole.therapist)

    def read(self, heard: Heard = unheard) -> WholePractice:
        """Every record, each kind in the order of its ids; raises Stopped when `heard` says so.

        What was undone is left out: like the audit trail it tells what happened in this file (see `Undo.undone`).
        """
        with self._store.reading() as session:
            connection = session.connection()
            meter = Meter(heard, _count(connection))

            def all_of(kind: Any) -> Iterable[Any]:
                # Columns, not objects that a session keeps: a practice of years is a hundred thousand rows.
                return meter.past(connection.execute(select_columns(table_of(kind)).order_by(kind.id)))

            def values(kind: Any, value: type[Any]) -> tuple[Any, ...]:
                return tuple(to_value(row, value) for row in all_of(kind))

            clients: tuple[Client, ...] = values(t.ClientRow, Client)
            therapist = read_therapist(session)
            ids = [client.id for client in clients]
            referrals = referrals_of(session, ids, visits_of(session, ids), therapist.zone)
            errors = {one.note_id for one in all_of(t.AddendumRow) if one.kind is AddendumKind.ENTERED_IN_ERROR}
            return WholePractice(
                therapist=therapist,
                clients=clients,
                health=values(t.HealthEntryRow, HealthEntry),
                history_checks=tuple((row.client_id, to_value(row, HistoryCheck)) for row in all_of(t.HistoryCheckRow)),
                appointments=values(t.AppointmentRow, Appointment),
                notes=tuple(to_note(row, in_error=row.id in errors) for row in all_of(t.SessionNoteRow)),
                addenda=values(t.AddendumRow, Addendum),
                plans=values(t.PlanRow, TreatmentPlan),
                plan_reviews=values(t.PlanReviewRow, PlanReview),
                goals=values(t.GoalRow, Goal),
                measurements=values(t.MeasurementRow, Measurement),
                referrals=tuple(sorted((r for some in referrals.values() for r in some), key=lambda r: r.id)),
                consents=values(t.ConsentRow, Consent),
                decisions=values(t.DecisionRow, Decision),
                releases=values(t.ReleaseRow, Release),
                series=tuple(to_series(row) for row in all_of(t.SeriesRow)),
                imports=values(t.ImportBatchRow, ImportBatch),
                origins=values(t.ImportOriginRow, Origin),
            )


def _write(unit: Unit, whole: WholePractice) -> None:
    connection = unit.session.connection()
    _store_therapist(connection, whole.therapist)
    try:
        for kind, rows in _rows_of(whole):
            _insert(connection, kind, rows)
    except IntegrityError as error:
        raise RecordsUnfit from error
    unit.audit("practice.stored", "therapist", whole.therapist.id)


def _count(connection: Connection) -> int:
    kinds = (*_READ, t.AddendumRow)  # addenda are read twice
    return sum(connection.execute(select(func.count()).select_from(kind)).scalar_one() for kind in kinds)


def _rows_of(whole: WholePractice) -> Iterable[tuple[type[SQLModel], list[dict[str, Any]]]]:
    """The columns of every record, parents before what refers to them."""
    kept_first = sorted(whole.clients, key=lambda one: one.merged_into is not None)
    yield t.ClientRow, [columns_of(one) | {"search": search_text(one)} for one in kept_first]
    yield t.HealthEntryRow, [columns_of(one) for one in whole.health]
    checks = [columns_of(one) | {"id": new_id(), "client_id": client_id} for client_id, one in whole.history_checks]
    yield t.HistoryCheckRow, checks
    yield t.SeriesRow, [series_columns(one) for one in whole.series]
    noted = {one.appointment_id for one in whole.notes if not one.in_error}
    noted |= {one.record_id for one in whole.origins if one.done}  # their notes are in the other program
    yield t.AppointmentRow, [columns_of(one) | {"noted": one.id in noted} for one in whole.appointments]
    for number in sorted({one.number for one in whole.notes}):
        # A note that stands in for one entered in error comes after the addendum that says so.
        notes = {one.id: one for one in whole.notes if one.number == number}
        yield t.SessionNoteRow, [note_columns(one) for one in notes.values()]
        yield t.AddendumRow, [columns_of(one) for one in whole.addenda if one.note_id in notes]
    yield t.ReferralRow, [_referral_columns(one) for one in whole.referrals]
    yield t.PlanRow, [columns_of(one) for one in whole.plans]
    yield t.PlanReviewRow, [columns_of(one) for one in whole.plan_reviews]
    yield t.GoalRow, [columns_of(one) for one in whole.goals]
    yield t.MeasurementRow, [columns_of(one) for one in whole.measurements]
    yield t.ConsentRow, [columns_of(one) for one in whole.consents]
    yield t.DecisionRow, [columns_of(one) for one in whole.decisions]
    yield t.ReleaseRow, [columns_of(one) for one in whole.releases]
    yield t.ImportBatchRow, [columns_of(one) for one in whole.imports]
    yield t.ImportOriginRow, [columns_of(one) for one in whole.origins]


def _referral_columns(referral: Referral) -> dict[str, Any]:
    found = columns_of(referral)
    del found["visits_used"]  # it is counted, not stored
    return found


def _store_therapist(connection: Connection, therapist: Therapist) -> None:
    connection.execute(delete(t.CertificationRow))
    connection.execute(delete(t.EducationRow))
    connection.execute(delete(t.TherapistRow))
    row = columns_of(therapist)
    held, learnt = row.pop("certifications"), row.pop("education")
    zone: ZoneInfo = row["zone"]
    insurance: Insurance = row.pop("insurance")
    duty: EducationDuty = row.pop("education_duty")
    row |= {
        "zone": zone.key,
        "insurer": insurance.insurer,
        "policy_number": insurance.policy_number,
        "insurance_expires_on": insurance.expires_on,
        "education_hours": duty.hours,
        "education_since": duty.since,
        "education_due_on": duty.due_on,
    }
    _insert(connection, t.TherapistRow, [row])
    _insert(connection, t.EducationRow, [columns_of(one) | {"therapist_id": therapist.id} for one in learnt])
    certifications = [columns_of(one) | {"therapist_id": therapist.id} for one in held]
    _insert(connection, t.CertificationRow, certifications)


def _insert(connection: Connection, kind: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """Store the rows, the newest first where they are found by time: the index grows in that order."""
    if rows:
        if when := _WHEN.get(kind):
            rows = sorted(rows, key=lambda row: str(row[when] or ""), reverse=True)
        connection.execute(insert(kind), rows)


_READ: tuple[Any, ...] = (
    t.ClientRow, t.HealthEntryRow, t.HistoryCheckRow, t.AppointmentRow, t.SessionNoteRow, t.AddendumRow, t.PlanRow,
    t.PlanReviewRow, t.GoalRow, t.MeasurementRow, t.ConsentRow, t.DecisionRow, t.ReleaseRow, t.SeriesRow,
    t.ImportBatchRow, t.ImportOriginRow,
)  # fmt: skip
"""What `read` goes through row by row."""
_WHEN: dict[type[SQLModel], str] = {
    t.HealthEntryRow: "noted_at",
    t.SessionNoteRow: "service_at",
    t.AddendumRow: "written_at",
    t.ReferralRow: "written_on",
    t.PlanRow: "started_on",
    t.GoalRow: "baseline_on",
}
