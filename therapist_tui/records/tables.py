"""Every table of a practice. Rows never leave `records/`; see `rows.py` for how they become the domain's values."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, Float, Index, Integer, MetaData, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from therapist_tui.domain.appointment import LONGEST, SHORTEST, Status
from therapist_tui.domain.carrying import Carried
from therapist_tui.domain.consent import ConsentKind, ConsentMethod
from therapist_tui.domain.decision import Act
from therapist_tui.domain.health import Answer, HealthKind, Side
from therapist_tui.domain.level import Level
from therapist_tui.domain.note import AddendumKind
from therapist_tui.domain.plan import GoalStatus, PlanStatus
from therapist_tui.domain.treatments import Treatment

from .columns import CarriedLines, Treatments, Words, key, link, maybe_moment, moment, word, written

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """What all tables share: one catalogue, in which every constraint has a name that a migration can call."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)  # pyright: ignore[reportIncompatibleVariableOverride]


class TherapistRow(Row, table=True):
    """Who works here."""

    __tablename__: ClassVar[Any] = "therapist"
    __table_args__ = (CheckConstraint("name <> ''", name="named"),)
    id: UUID = key()
    name: str = written(None)
    credential: str = written()
    licence_number: str = written()
    licence_expires_on: date | None = None
    zone: str = written(None)


class CertificationRow(Row, table=True):
    """Special training of a therapist."""

    __tablename__: ClassVar[Any] = "certification"
    id: UUID = key()
    therapist_id: UUID = link("therapist.id")
    kind: str = written(None)
    expires_on: date | None = None


class ClientRow(Row, table=True):
    """A client, with the folded text by which `clients.find` finds and sorts."""

    __tablename__: ClassVar[Any] = "client"
    __table_args__ = (CheckConstraint("name <> ''", name="named"), Index(None, "search"))
    id: UUID = key()
    name: str = written(None)
    preferred_name: str = written()
    pronouns: str = written()
    born_on: date | None = None
    phone: str = written()
    email: str = written()
    guardian: str = written()
    pressure: str = written()
    remarks: str = written()
    archived_at: datetime | None = maybe_moment()
    search: str = written()


class HealthEntryRow(Row, table=True):
    """One entry of a client's health history as it stands now."""

    __tablename__: ClassVar[Any] = "health_entry"
    __table_args__ = (CheckConstraint("text <> ''", name="said"),)
    id: UUID = key()
    client_id: UUID = link("client.id")
    kind: HealthKind = word(HealthKind)
    text: str = written(None)
    severity: Level | None = word(Level, nullable=True, default=None)
    region: str = written()
    side: Side = word(Side, default=Side.NONE)
    advice: str = written()
    began_on: date | None = None
    resolved_on: date | None = None
    noted_at: datetime | None = maybe_moment()


class HealthEntryVersionRow(Row, table=True):
    """What an entry said before it was changed: nothing clinical is lost."""

    __tablename__: ClassVar[Any] = "health_entry_version"
    id: UUID = key()
    entry_id: UUID = link("health_entry.id")
    kind: HealthKind = word(HealthKind)
    text: str = written(None)
    severity: Level | None = word(Level, nullable=True, default=None)
    region: str = written()
    side: Side = word(Side, default=Side.NONE)
    advice: str = written()
    began_on: date | None = None
    resolved_on: date | None = None
    noted_at: datetime | None = maybe_moment()
    replaced_at: datetime = moment()


class HistoryCheckRow(Row, table=True):
    """One time a client was asked for the history."""

    __tablename__: ClassVar[Any] = "history_check"
    __table_args__ = (Index(None, "client_id", "asked_at"),)
    id: UUID = key()
    client_id: UUID = link("client.id", index=False)
    asked_at: datetime = moment()
    answer: Answer = word(Answer)


class AppointmentRow(Row, table=True):
    """The booking of a session. `noted` says that a note was begun, so that the missing ones are found at once."""

    __tablename__: ClassVar[Any] = "appointment"
    __table_args__ = (
        CheckConstraint(f"minutes BETWEEN {SHORTEST} AND {LONGEST}", name="length"),
        CheckConstraint("status NOT IN ('cancelled', 'no-show') OR reason <> ''", name="reason"),
        Index(None, "starts_at"),
        Index(None, "client_id", "status", "starts_at"),
        Index(None, "status", "noted"),
    )
    id: UUID = key()
    client_id: UUID = link("client.id", index=False)
    starts_at: datetime = moment()
    minutes: int = Field(sa_column=Column(Integer(), nullable=False))
    service: str = written(None)
    status: Status = word(Status, default=Status.BOOKED)
    reason: str = written()
    techniques: tuple[str, ...] = Field(default=(), sa_column=Column(Words(), nullable=False))
    regions: tuple[str, ...] = Field(default=(), sa_column=Column(Words(), nullable=False))
    pressure: str = written()
    products: tuple[str, ...] = Field(default=(), sa_column=Column(Words(), nullable=False))
    remarks: str = written()
    arrived_at: datetime | None = maybe_moment()
    began_at: datetime | None = maybe_moment()
    ended_at: datetime | None = maybe_moment()
    noted: bool = Field(default=False, sa_column=Column(Boolean(create_constraint=True, name="noted"), nullable=False))


class SessionNoteRow(Row, table=True):
    """The SOAP record of a session: a draft until signed, and from then on guarded by triggers (guards.py)."""

    __tablename__: ClassVar[Any] = "session_note"
    __table_args__ = (
        CheckConstraint("pain_before BETWEEN 0 AND 10", name="pain_before"),
        CheckConstraint("pain_after BETWEEN 0 AND 10", name="pain_after"),
        CheckConstraint(
            "(signed_at IS NULL AND signed_by = '' AND digest = '')"
            " OR (signed_at IS NOT NULL AND signed_by <> '' AND length(digest) = 64)",
            name="signature",
        ),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("lag_minutes >= 0", name="lag"),
        UniqueConstraint("appointment_id", "number"),
        Index(None, "client_id", "service_at", "signed_at"),
        Index(None, "signed_at"),
    )
    id: UUID = key()
    appointment_id: UUID = link("appointment.id", index=False)
    client_id: UUID = link("client.id", index=False)
    number: int = 1
    subjective: str = written()
    objective: str = written()
    assessment: str = written()
    plan: str = written()
    treatments: tuple[Treatment, ...] = Field(default=(), sa_column=Column(Treatments(), nullable=False))
    pain_before: int | None = None
    pain_after: int | None = None
    home_care: str = written()
    next_time: str = written()
    shorthand: str = written()
    times: str = written()
    carried: tuple[Carried, ...] = Field(default=(), sa_column=Column(CarriedLines(), nullable=False))
    service_at: datetime = moment()
    begun_at: datetime = moment()
    saved_at: datetime = moment()
    signed_at: datetime | None = maybe_moment()
    signed_by: str = written()
    digest: str = written()
    began_at: datetime | None = maybe_moment()
    ended_at: datetime | None = maybe_moment()
    lag_minutes: int | None = None
    late_reason: str = written()


class AddendumRow(Row, table=True):
    """A dated addition to a signed note."""

    __tablename__: ClassVar[Any] = "addendum"
    __table_args__ = (CheckConstraint("text <> ''", name="said"), CheckConstraint("written_by <> ''", name="signed"))
    id: UUID = key()
    note_id: UUID = link("session_note.id")
    kind: AddendumKind = word(AddendumKind)
    text: str = written(None)
    written_at: datetime = moment()
    written_by: str = written(None)


class DecisionRow(Row, table=True):
    """Why the therapist went on against a caution: kept as it is by triggers (guards.py)."""

    __tablename__: ClassVar[Any] = "decision"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason"),)
    id: UUID = key()
    appointment_id: UUID = link("appointment.id")
    act: Act = word(Act)
    level: Level = word(Level)
    cautions: tuple[str, ...] = Field(default=(), sa_column=Column(Words(), nullable=False))
    reason: str = written(None)
    decided_at: datetime = moment()
    decided_by: str = written()


class PlanRow(Row, table=True):
    """A treatment plan."""

    __tablename__: ClassVar[Any] = "treatment_plan"
    __table_args__ = (CheckConstraint("visits_planned >= 1", name="visits"),)
    id: UUID = key()
    client_id: UUID = link("client.id")
    reason: str = written(None)
    led_by: str = written()
    visits_planned: int | None = None
    started_on: date | None = None
    review_on: date | None = None
    status: PlanStatus = word(PlanStatus, default=PlanStatus.ACTIVE)


class GoalRow(Row, table=True):
    """A goal of a plan."""

    __tablename__: ClassVar[Any] = "goal"
    __table_args__ = (CheckConstraint("baseline <> target", name="way_to_go"),)
    id: UUID = key()
    plan_id: UUID = link("treatment_plan.id")
    client_id: UUID = link("client.id")
    title: str = written(None)
    unit: str = written()
    baseline: float = Field(sa_column=Column(Float(), nullable=False))
    target: float = Field(sa_column=Column(Float(), nullable=False))
    baseline_on: date
    due_on: date | None = None
    status: GoalStatus = word(GoalStatus, default=GoalStatus.ACTIVE)


class MeasurementRow(Row, table=True):
    """One measured value of a goal."""

    __tablename__: ClassVar[Any] = "measurement"
    __table_args__ = (Index(None, "goal_id", "measured_at"),)
    id: UUID = key()
    goal_id: UUID = link("goal.id", index=False)
    value: float = Field(sa_column=Column(Float(), nullable=False))
    measured_at: datetime = moment()


class ReferralRow(Row, table=True):
    """A referral; the visits used are counted, never stored."""

    __tablename__: ClassVar[Any] = "referral"
    __table_args__ = (CheckConstraint("visits_authorised >= 1", name="visits"),)
    id: UUID = key()
    client_id: UUID = link("client.id")
    referrer: str = written(None)
    diagnosis: str = written()
    written_on: date | None = None
    visits_authorised: int | None = None
    expires_on: date | None = None


class ConsentRow(Row, table=True):
    """A consent."""

    __tablename__: ClassVar[Any] = "consent"
    id: UUID = key()
    client_id: UUID = link("client.id")
    kind: ConsentKind = word(ConsentKind)
    method: ConsentMethod = word(ConsentMethod)
    given_on: date
    given_by: str = written()
    regions: str = written()
    expires_on: date | None = None
    withdrawn_on: date | None = None


class FormDraftRow(Row, table=True):
    """What stands typed in a form that is not saved yet."""

    __tablename__: ClassVar[Any] = "form_draft"
    form: str = Field(sa_column=Column(Text(), primary_key=True))
    about: str = Field(sa_column=Column(Text(), primary_key=True))
    fields_typed: dict[str, str] = Field(sa_column=Column(JSON(), nullable=False))
    saved_at: datetime = moment()


class AuditEventRow(Row, table=True):
    """One line of the audit trail: ids and codes, never clinical text."""

    __tablename__: ClassVar[Any] = "audit_event"
    seq: int | None = Field(default=None, sa_column=Column(Integer(), primary_key=True))
    at: datetime = moment()
    who: str = written()
    action: str = written(None)
    subject: str = written(None)
    subject_id: str = written()


class UndoneRow(Row, table=True):
    """What an act had written before it was undone: kept as it is by triggers (guards.py).

    `content` is the whole row where the act had added it, else the columns that it had changed, as it left them.
    """

    __tablename__: ClassVar[Any] = "undone_row"
    __table_args__ = (Index(None, "record_id"),)
    id: UUID = key()
    action: str = written(None)
    record: str = written(None)
    record_id: str = written(None)
    content: dict[str, Any] = Field(sa_column=Column(JSON(), nullable=False))
    undone_at: datetime = moment()
    undone_by: str = written()
