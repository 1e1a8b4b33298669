"""The therapist: licence, certifications, time zone."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from therapist_tui.domain.therapist import (
    Certification,
    CourseDraft,
    Education,
    EducationDuty,
    Insurance,
    Therapist,
    TherapistDraft,
)

from .errors import RecordNotFound
from .rows import columns_of, to_value
from .tables import CertificationRow, EducationRow, TherapistRow
from .unit import Store, Unit, new_id, refuse


class Therapists:
    """Who works here. One for now; the tables have room for more."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self) -> Therapist:
        """The therapist."""
        with self._store.reading() as session:
            return read_therapist(session)

    def save(self, draft: TherapistDraft) -> Therapist:
        """Write the profile anew, or for the first time; raises Invalid."""
        clean = draft.cleaned()
        refuse(clean.problems())
        with self._store.unit() as unit:
            row = _find(unit.session)
            known = row is not None
            row = row or TherapistRow(id=new_id(), name=clean.name, zone=clean.zone)
            for name in ("name", "credential", "licence_number", "licence_expires_on", "zone"):
                setattr(row, name, getattr(clean, name))
            _fill_papers(row, clean.insurance, clean.education_duty)
            unit.add(row)
            unit.session.flush()  # the certifications refer to it
            _save_certifications(unit, row, dict(clean.certifications))
            unit.audit("therapist.changed" if known else "therapist.added", "therapist", row.id)
            unit.session.flush()
            therapist = read_therapist(unit.session)
        self._store.works_for(therapist)
        return therapist

    def add_course(self, draft: CourseDraft) -> Education:
        """Note a course of continuing education that was finished; raises Invalid."""
        clean = draft.cleaned()
        refuse(clean.problems(self._store.today()))
        with self._store.unit() as unit:
            therapist = _find(unit.session)
            if therapist is None:
                raise RecordNotFound
            row = unit.add(EducationRow(id=new_id(), therapist_id=therapist.id, **columns_of(clean)))
            unit.audit("therapist.course-added", "education", row.id)
            return to_value(row, Education)


def _fill_papers(row: TherapistRow, insurance: Insurance, duty: EducationDuty) -> None:
    """Write insurance and duty into the therapist's row, which has a column for each of their parts."""
    row.insurer, row.policy_number = insurance.insurer, insurance.policy_number
    row.insurance_expires_on = insurance.expires_on
    row.education_hours, row.education_since, row.education_due_on = duty.hours, duty.since, duty.due_on


def read_therapist(session: Session) -> Therapist:
    """The therapist with the certifications, by kind."""
    row = _find(session)
    if row is None:
        raise RecordNotFound
    held = session.exec(
        select(CertificationRow).where(CertificationRow.therapist_id == row.id).order_by(CertificationRow.kind)
    )
    certifications = tuple(Certification(one.id, one.kind, one.expires_on) for one in held)
    return Therapist(
        row.id,
        row.name,
        row.credential,
        row.licence_number,
        row.licence_expires_on,
        ZoneInfo(row.zone),
        certifications,
        Insurance(row.insurer, row.policy_number, row.insurance_expires_on),
        EducationDuty(row.education_hours, row.education_since, row.education_due_on),
        _education_of(session, row.id),
    )


def _education_of(session: Session, therapist_id: UUID) -> tuple[Education, ...]:
    rows = session.exec(select(EducationRow).where(EducationRow.therapist_id == therapist_id))
    found = sorted(rows, key=lambda row: (row.completed_on, row.id), reverse=True)
    return tuple(to_value(row, Education) for row in found)


def _find(session: Session) -> TherapistRow | None:
    return session.exec(select(TherapistRow).order_by(col(TherapistRow.id)).limit(1)).first()


def _save_certifications(unit: Unit, therapist: TherapistRow, wanted: dict[str, date | None]) -> None:
    rows = unit.session.exec(select(CertificationRow).where(CertificationRow.therapist_id == therapist.id)).all()
    held = {row.kind: row for row in rows}
    for kind, row in held.items():
        if kind not in wanted:
            unit.session.delete(row)
    for kind, expires_on in wanted.items():
        row = held.get(kind) or CertificationRow(id=new_id(), therapist_id=therapist.id, kind=kind)
        row.expires_on = expires_on
        unit.add(row)
