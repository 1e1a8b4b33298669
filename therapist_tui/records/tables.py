"""Every table of a practice. Rows never leave `records/`; see `rows.py` for how they become the domain's values."""

from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlmodel import Field, SQLModel

from therapist_tui.domain.appointment import LONGEST, SHORTEST, Status
from therapist_tui.domain.carrying import Carried
from therapist_tui.domain.consent import ConsentKind, ConsentMethod
from therapist_tui.domain.decision import Act
from therapist_tui.domain.goal_states import Achievement, GoalStatus, Owner, Priority
from therapist_tui.domain.health import Answer, HealthKind, Side
from therapist_tui.domain.level import Level
from therapist_tui.domain.measurement import Mode, Rating
from therapist_tui.domain.note import AddendumKind
from therapist_tui.domain.plan import PartOf, PlanStatus, ReviewDecision
from therapist_tui.domain.referral import Claim
from therapist_tui.domain.treatments import Treatment

from .columns import (
    CarriedLines,
    Days,
    Ratings,
    Treatments,
    key,
    link,
    maybe_link,
    maybe_moment,
    moment,
    word,
    words,
    written,
)

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
    insurer: str = written()
    policy_number: str = written()
    insurance_expires_on: date | None = None
    education_hours: float | None = Field(default=None, sa_column=Column(Float(), nullable=True))
    education_since: date | None = None
    education_due_on: date | None = None


class EducationRow(Row, table=True):
    """A course of continuing education that the therapist finished."""

    __tablename__: ClassVar[Any] = "education"
    __table_args__ = (CheckConstraint("hours > 0", name="hours"), CheckConstraint("title <> ''", name="named"))
    id: UUID = key()
    therapist_id: UUID = link("therapist.id")
    title: str = written(None)
    hours: float = Field(sa_column=Column(Float(), nullable=False))
    completed_on: date
    provider: str = written()


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
    __table_args__ = (CheckConstraint("name <> ''", name="named"), Index(None, "archived_at", "search"))
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
    merged_into: UUID | None = maybe_link("client.id")
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
    asked_by: str = written()


class SeriesRow(Row, table=True):
    """A series of appointments: its rule, and the appointment that it plans on each of its dates."""

    __tablename__: ClassVar[Any] = "series"
    __table_args__ = (
        CheckConstraint(f"minutes BETWEEN {SHORTEST} AND {LONGEST}", name="length"),
        CheckConstraint("weeks BETWEEN 1 AND 52", name="weeks"),
        CheckConstraint("count >= 0", name="count"),
        Index(None, "made_until"),
    )
    id: UUID = key()
    client_id: UUID = link("client.id")
    begins_on: date
    clock: time
    minutes: int = Field(sa_column=Column(Integer(), nullable=False))
    service: str = written(None)
    weekdays: tuple[str, ...] = words()
    weeks: int = Field(sa_column=Column(Integer(), nullable=False))
    until: date | None = None
    count: int | None = Field(default=None, sa_column=Column(Integer(), nullable=True))
    week_start: str = written(None)
    zone: str = written(None)
    made_until: date
    left_out: tuple[date, ...] = Field(default=(), sa_column=Column(Days(), nullable=False))
    techniques: tuple[str, ...] = words()
    regions: tuple[str, ...] = words()
    pressure: str = written()
    products: tuple[str, ...] = words()
    remarks: str = written()


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
    techniques: tuple[str, ...] = words()
    regions: tuple[str, ...] = words()
    pressure: str = written()
    products: tuple[str, ...] = words()
    remarks: str = written()
    arrived_at: datetime | None = maybe_moment()
    began_at: datetime | None = maybe_moment()
    ended_at: datetime | None = maybe_moment()
    noted: bool = Field(default=False, sa_column=Column(Boolean(create_constraint=True, name="noted"), nullable=False))
    series_id: UUID | None = maybe_link("series.id")
    series_on: date | None = None


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
    cautions: tuple[str, ...] = words()
    reason: str = written(None)
    decided_at: datetime = moment()
    decided_by: str = written()


class PlanRow(Row, table=True):
    """A treatment plan."""

    __tablename__: ClassVar[Any] = "treatment_plan"
    __table_args__ = (
        CheckConstraint("visits_planned >= 1", name="visits"),
        CheckConstraint("review_every >= 1", name="review_every"),
        Index(None, "status"),
    )
    id: UUID = key()
    client_id: UUID = link("client.id")
    reason: str = written(None)
    led_by: str = written()
    visits_planned: int | None = None
    started_on: date | None = None
    review_on: date | None = None
    status: PlanStatus = word(PlanStatus, default=PlanStatus.ACTIVE)
    findings: str = written()
    part_of: PartOf = word(PartOf, default=PartOf.ALONE)
    referral_id: UUID | None = maybe_link("referral.id")
    frequency: str = written()
    minutes: int | None = None
    techniques: tuple[str, ...] = words()
    techniques_avoided: tuple[str, ...] = words()
    regions: tuple[str, ...] = words()
    regions_avoided: tuple[str, ...] = words()
    review_every: int | None = None
    home_care: str = written()
    stop_criteria: str = written()
    agreed_on: date | None = None
    status_reason: str = written()
    ended_on: date | None = None
    discharge: str = written()


class PlanReviewRow(Row, table=True):
    """One time a plan was looked at again: kept as it is by triggers (guards.py)."""

    __tablename__: ClassVar[Any] = "plan_review"
    __table_args__ = (Index(None, "plan_id", "reviewed_at"),)
    id: UUID = key()
    plan_id: UUID = link("treatment_plan.id", index=False)
    reviewed_at: datetime = moment()
    reviewed_by: str = written()
    decision: ReviewDecision = word(ReviewDecision)
    summary: str = written()
    next_on: date | None = None


class GoalRow(Row, table=True):
    """A goal of a plan."""

    __tablename__: ClassVar[Any] = "goal"
    __table_args__ = (CheckConstraint("baseline <> target", name="way_to_go"), Index(None, "status"))
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
    measure: str = written()
    side: Side = word(Side, default=Side.NONE)
    part: str = written()
    purpose: str = written()
    priority: Priority = word(Priority, default=Priority.MEDIUM)
    owner: Owner = word(Owner, default=Owner.BOTH)
    activities: tuple[str, ...] = words()
    mdc: float | None = Field(default=None, sa_column=Column(Float(), nullable=True))
    mcid: float | None = Field(default=None, sa_column=Column(Float(), nullable=True))
    achievement: Achievement | None = word(Achievement, nullable=True, default=None)
    achieved_at: datetime | None = maybe_moment()
    review_note: str = written()
    baseline_ratings: tuple[Rating, ...] = Field(default=(), sa_column=Column(Ratings(), nullable=False))


class MeasurementRow(Row, table=True):
    """One measured value of a goal."""

    __tablename__: ClassVar[Any] = "measurement"
    __table_args__ = (Index(None, "goal_id", "measured_at"),)
    id: UUID = key()
    goal_id: UUID = link("goal.id", index=False)
    value: float = Field(sa_column=Column(Float(), nullable=False))
    measured_at: datetime = moment()
    raw: float | None = Field(default=None, sa_column=Column(Float(), nullable=True))
    answered: int | None = None
    ratings: tuple[Rating, ...] = Field(default=(), sa_column=Column(Ratings(), nullable=False))
    mode: Mode = word(Mode, default=Mode.SESSION)
    remark: str = written()
    entered_at: datetime | None = maybe_moment()
    entered_by: str = written()
    in_error: bool = Field(
        default=False, sa_column=Column(Boolean(create_constraint=True, name="in_error"), nullable=False)
    )


class ReferralRow(Row, table=True):
    """A referral; the visits used are counted, never stored."""

    __tablename__: ClassVar[Any] = "referral"
    __table_args__ = (CheckConstraint("visits_authorised >= 1", name="visits"), Index(None, "expires_on"))
    id: UUID = key()
    client_id: UUID = link("client.id")
    referrer: str = written(None)
    diagnosis: str = written()
    written_on: date | None = None
    visits_authorised: int | None = None
    expires_on: date | None = None
    profession: str = written()
    licence: str = written()
    phone: str = written()
    received_on: date | None = None
    code: str = written()
    regions: tuple[str, ...] = words()
    frequency: str = written()
    precautions: str = written()
    report_by: date | None = None
    claim: Claim = word(Claim, default=Claim.NONE)
    claim_number: str = written()
    adjuster: str = written()


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
    conditions: str = written()
    discussed: tuple[str, ...] = words()
    withdrawn_how: str = written()


class ReleaseRow(Row, table=True):
    """What left the practice, to whom and why: kept as it is by triggers (guards.py)."""

    __tablename__: ClassVar[Any] = "release"
    __table_args__ = (CheckConstraint("what <> ''", name="what"), CheckConstraint("to_whom <> ''", name="to_whom"))
    id: UUID = key()
    client_id: UUID | None = maybe_link("client.id")
    what: str = written(None)
    to_whom: str = written(None)
    why: str = written()
    released_at: datetime = moment()
    released_by: str = written()
    digest: str = written()
    consent_id: UUID | None = maybe_link("consent.id")


class FormerRow(Row, table=True):
    """What a row said before it was changed, whole: kept as it is by triggers (guards.py).

    Of the client's card, plans, goals, measurements, referrals and consents; the health history has its own versions.
    """

    __tablename__: ClassVar[Any] = "former_row"
    __table_args__ = (Index(None, "record_id", "replaced_at"),)
    id: UUID = key()
    record: str = written(None)
    record_id: UUID = Field(sa_column=Column(Uuid(), nullable=False))
    content: dict[str, Any] = Field(sa_column=Column(JSON(), nullable=False))
    replaced_at: datetime = moment()
    replaced_by: str = written()


class SearchEntryRow(Row, table=True):
    """One record that can be found: its number in the full-text index. Written by triggers only (indexing.py)."""

    __tablename__: ClassVar[Any] = "search_entry"
    __table_args__ = (UniqueConstraint("record", "record_id"),)
    id: int | None = Field(default=None, sa_column=Column(Integer(), primary_key=True))
    record: str = written(None)
    record_id: UUID = Field(sa_column=Column(Uuid(), nullable=False))


class SearchClientsRow(Row, table=True):
    """One row: how often a client's card was written, so that the directory is read again. Written by triggers only."""

    __tablename__: ClassVar[Any] = "search_clients"
    id: int | None = Field(default=None, sa_column=Column(Integer(), primary_key=True))
    number: int = Field(sa_column=Column(Integer(), nullable=False))


class FormDraftRow(Row, table=True):
    """What stands typed in a form that is not saved yet."""

    __tablename__: ClassVar[Any] = "form_draft"
    form: str = Field(sa_column=Column(Text(), primary_key=True))
    about: str = Field(sa_column=Column(Text(), primary_key=True))
    fields_typed: dict[str, str] = Field(sa_column=Column(JSON(), nullable=False))
    saved_at: datetime = moment()


class AuditEventRow(Row, table=True):
    """One line of the audit trail: ids and codes, never clinical text. Written by trail.py only."""

    __tablename__: ClassVar[Any] = "audit_event"
    __table_args__ = (Index(None, "subject_id"),)
    seq: int | None = Field(default=None, sa_column=Column(Integer(), primary_key=True))
    at: datetime = moment()
    who: str = written()
    action: str = written(None)
    subject: str = written(None)
    subject_id: str = written()
    digest: str = written()
    link: str = written()


class RecordChangeRow(Row, table=True):
    """Which rows an audit event changed: noted by triggers (guards.py), and what makes the event a must.

    `digest` is of the row as the event left it, "" when it was deleted; it is filled in by trail.py.
    """

    __tablename__: ClassVar[Any] = "record_change"
    __table_args__ = (
        ForeignKeyConstraint(["seq"], ["audit_event.seq"], deferrable=True, initially="DEFERRED"),
        Index(None, "record", "record_id"),
        {"sqlite_with_rowid": False},
    )
    seq: int = Field(sa_column=Column(Integer(), primary_key=True, autoincrement=False))
    record: str = Field(sa_column=Column(Text(), primary_key=True))
    record_id: str = Field(sa_column=Column(Text(), primary_key=True))
    digest: str | None = Field(default=None, sa_column=Column(Text(), nullable=True))


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


class ImportBatchRow(Row, table=True):
    """One import from another program's file."""

    __tablename__: ClassVar[Any] = "import_batch"
    __table_args__ = (Index(None, "imported_at"),)
    id: UUID = key()
    source: str = written(None)
    file: str = written()
    digest: str = written()
    clients: int = Field(sa_column=Column(Integer(), nullable=False))
    appointments: int = Field(sa_column=Column(Integer(), nullable=False))
    changed: int = Field(sa_column=Column(Integer(), nullable=False))
    known: int = Field(sa_column=Column(Integer(), nullable=False))
    left_out: int = Field(sa_column=Column(Integer(), nullable=False))
    imported_at: datetime = moment()
    imported_by: str = written()
    changes: tuple[dict[str, Any], ...] = words()


class ImportOriginRow(Row, table=True):
    """Which row of which import a record came from: the same row is known by it in the next file."""

    __tablename__: ClassVar[Any] = "import_origin"
    __table_args__ = (UniqueConstraint("record", "key"), Index(None, "record_id"))
    id: UUID = key()
    batch_id: UUID = link("import_batch.id")
    record: str = written(None)
    key: str = written(None)
    record_id: UUID = Field(sa_column=Column(Uuid(), nullable=False))
    digest: str = written()
    uid: str = written()
    rule: str = written()
    zone: str = written()
    done: bool = Field(default=False, sa_column=Column(Boolean(create_constraint=True, name="done"), nullable=False))
