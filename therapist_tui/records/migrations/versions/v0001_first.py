"""The first schema: every table, and the guards over signed notes and the audit trail."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

GUARDS = (
    "CREATE TRIGGER session_note_signed_no_update BEFORE UPDATE ON session_note WHEN OLD.signed_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a signed note never changes'); END",
    "CREATE TRIGGER session_note_signed_no_delete BEFORE DELETE ON session_note WHEN OLD.signed_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a signed note is never deleted'); END",
    "CREATE TRIGGER session_note_signed_no_insert_over BEFORE INSERT ON session_note WHEN EXISTS (SELECT 1 FROM session_note AS kept WHERE +kept.signed_at IS NOT NULL AND (kept.id = NEW.id OR (kept.appointment_id = NEW.appointment_id AND kept.number = NEW.number) OR kept.rowid = NEW.rowid)) BEGIN SELECT RAISE(ABORT, 'a signed note is never replaced'); END",
    "CREATE TRIGGER session_note_one_standing BEFORE INSERT ON session_note WHEN EXISTS (SELECT 1 FROM session_note AS kept WHERE kept.appointment_id = NEW.appointment_id AND NOT EXISTS (SELECT 1 FROM addendum WHERE note_id = kept.id AND kind = 'entered in error')) BEGIN SELECT RAISE(ABORT, 'a note is never replaced: a session has one, unless it was entered in error'); END",
    "CREATE TRIGGER session_note_signed_no_update_over BEFORE UPDATE ON session_note WHEN EXISTS (SELECT 1 FROM session_note AS kept WHERE +kept.signed_at IS NOT NULL AND (kept.id = NEW.id OR (kept.appointment_id = NEW.appointment_id AND kept.number = NEW.number) OR kept.rowid = NEW.rowid) AND kept.rowid <> OLD.rowid) BEGIN SELECT RAISE(ABORT, 'a signed note is never replaced'); END",
    "CREATE TRIGGER addendum_no_update BEFORE UPDATE ON addendum BEGIN SELECT RAISE(ABORT, 'an addendum never changes'); END",
    "CREATE TRIGGER addendum_no_delete BEFORE DELETE ON addendum BEGIN SELECT RAISE(ABORT, 'an addendum is never deleted'); END",
    "CREATE TRIGGER addendum_no_insert_over BEFORE INSERT ON addendum WHEN EXISTS (SELECT 1 FROM addendum AS kept WHERE kept.id = NEW.id OR kept.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'an addendum is never replaced'); END",
    "CREATE TRIGGER addendum_on_signed_only BEFORE INSERT ON addendum WHEN NOT EXISTS (SELECT 1 FROM session_note WHERE id = NEW.note_id AND signed_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'an addendum needs a signed note'); END",
    "CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'a decision never changes'); END",
    "CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END",
    "CREATE TRIGGER decision_no_insert_over BEFORE INSERT ON decision WHEN EXISTS (SELECT 1 FROM decision AS kept WHERE kept.id = NEW.id OR kept.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'a decision is never replaced'); END",
    "CREATE TRIGGER undone_row_no_update BEFORE UPDATE ON undone_row BEGIN SELECT RAISE(ABORT, 'what was undone never changes'); END",
    "CREATE TRIGGER undone_row_no_delete BEFORE DELETE ON undone_row BEGIN SELECT RAISE(ABORT, 'what was undone is never deleted'); END",
    "CREATE TRIGGER undone_row_no_insert_over BEFORE INSERT ON undone_row WHEN EXISTS (SELECT 1 FROM undone_row AS kept WHERE kept.id = NEW.id OR kept.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'what was undone is never replaced'); END",
    "CREATE TRIGGER plan_review_no_update BEFORE UPDATE ON plan_review BEGIN SELECT RAISE(ABORT, 'a review never changes'); END",
    "CREATE TRIGGER plan_review_no_insert_over BEFORE INSERT ON plan_review WHEN EXISTS (SELECT 1 FROM plan_review AS kept WHERE kept.id = NEW.id OR kept.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'a review is never replaced'); END",
    "CREATE TRIGGER release_no_update BEFORE UPDATE ON release BEGIN SELECT RAISE(ABORT, 'what was released never changes'); END",
    "CREATE TRIGGER release_no_delete BEFORE DELETE ON release BEGIN SELECT RAISE(ABORT, 'what was released is never deleted'); END",
    "CREATE TRIGGER release_no_insert_over BEFORE INSERT ON release WHEN EXISTS (SELECT 1 FROM release AS kept WHERE kept.id = NEW.id OR kept.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'what was released is never replaced'); END",
    "CREATE TRIGGER former_row_no_update BEFORE UPDATE ON former_row BEGIN SELECT RAISE(ABORT, 'what a row said before never changes'); END",
    "CREATE TRIGGER former_row_no_delete BEFORE DELETE ON former_row BEGIN SELECT RAISE(ABORT, 'what a row said before is never deleted'); END",
    "CREATE TRIGGER former_row_no_insert_over BEFORE INSERT ON former_row WHEN EXISTS (SELECT 1 FROM former_row AS kept WHERE kept.id = NEW.id OR kept.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'what a row said before is never replaced'); END",
    "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'the audit trail never changes'); END",
    "CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'the audit trail is never deleted'); END",
    "CREATE TRIGGER audit_event_no_insert_over BEFORE INSERT ON audit_event WHEN EXISTS (SELECT 1 FROM audit_event AS kept WHERE kept.seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'the audit trail is never replaced'); END",
    "CREATE TRIGGER record_change_no_update BEFORE UPDATE ON record_change WHEN OLD.digest IS NOT NULL OR NOT (OLD.seq = NEW.seq AND OLD.record = NEW.record AND OLD.record_id = NEW.record_id) BEGIN SELECT RAISE(ABORT, 'what an event changed never changes'); END",
    "CREATE TRIGGER record_change_no_delete BEFORE DELETE ON record_change BEGIN SELECT RAISE(ABORT, 'what an event changed is never deleted'); END",
    "CREATE TRIGGER record_change_no_insert_over BEFORE INSERT ON record_change WHEN EXISTS (SELECT 1 FROM record_change AS kept WHERE kept.seq = NEW.seq AND kept.record = NEW.record AND kept.record_id = NEW.record_id) BEGIN SELECT RAISE(ABORT, 'what an event changed is never replaced'); END",
)

AUDITED = (
    "therapist", "education", "certification", "client", "health_entry", "health_entry_version", "history_check",
    "appointment", "session_note", "addendum", "decision", "treatment_plan", "plan_review", "goal", "measurement",
    "referral", "consent", "release", "former_row", "undone_row", "series", "import_batch", "import_origin",
)  # fmt: skip
NEXT = "(SELECT coalesce(max(seq), 0) + 1 FROM audit_event)"


def noting(table: str, moment: str, row: str, when: str = "") -> str:
    return (
        f"CREATE TRIGGER {table}_{moment.lower()}_noted AFTER {moment} ON {table}{when} BEGIN"  # noqa: S608
        f" INSERT INTO record_change (seq, record, record_id) SELECT {NEXT}, '{table}', {row}.id"
        f" WHERE NOT EXISTS (SELECT 1 FROM record_change AS noted WHERE noted.seq = {NEXT} AND noted.record = '{table}'"
        f" AND noted.record_id = {row}.id); END"
    )


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_event")),
    )
    op.create_index(op.f("ix_audit_event_subject_id"), "audit_event", ["subject_id"], unique=False)
    op.create_table(
        "record_change",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["seq"], ["audit_event.seq"], name=op.f("fk_record_change_seq"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("seq", "record", "record_id", name=op.f("pk_record_change")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_record_change_record_record_id"), "record_change", ["record", "record_id"], unique=False)
    op.create_table(
        "client",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("preferred_name", sa.Text(), nullable=False),
        sa.Column("pronouns", sa.Text(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("guardian", sa.Text(), nullable=False),
        sa.Column("pressure", sa.Text(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.Column("search", sa.Text(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_client_named")),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["client.id"], name=op.f("fk_client_merged_into"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
    )
    op.create_index(op.f("ix_client_merged_into"), "client", ["merged_into"], unique=False)
    op.create_index(op.f("ix_client_archived_at_search"), "client", ["archived_at", "search"], unique=False)
    op.create_table(
        "form_draft",
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("fields_typed", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("form", "about", name=op.f("pk_form_draft")),
    )
    op.create_table(
        "former_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(), nullable=False),
        sa.Column("replaced_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_row")),
    )
    op.create_index(
        op.f("ix_former_row_record_id_replaced_at"), "former_row", ["record_id", "replaced_at"], unique=False
    )
    op.create_table(
        "therapist",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("licence_number", sa.Text(), nullable=False),
        sa.Column("licence_expires_on", sa.Date(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("insurer", sa.Text(), nullable=False),
        sa.Column("policy_number", sa.Text(), nullable=False),
        sa.Column("insurance_expires_on", sa.Date(), nullable=True),
        sa.Column("education_hours", sa.Float(), nullable=True),
        sa.Column("education_since", sa.Date(), nullable=True),
        sa.Column("education_due_on", sa.Date(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_therapist_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_therapist")),
    )
    op.create_table(
        "undone_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=False),
        sa.Column("undone_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undone_row")),
    )
    op.create_index(op.f("ix_undone_row_record_id"), "undone_row", ["record_id"], unique=False)
    op.create_table(
        "series",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("clock", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("week_start", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("made_until", sa.Date(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("techniques", sa.JSON(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("pressure", sa.Text(), nullable=False),
        sa.Column("products", sa.JSON(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_series_count")),
        sa.CheckConstraint("minutes BETWEEN 5 AND 480", name=op.f("ck_series_length")),
        sa.CheckConstraint("weeks BETWEEN 1 AND 52", name=op.f("ck_series_weeks")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_series_client_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    op.create_index(op.f("ix_series_client_id"), "series", ["client_id"], unique=False)
    op.create_index(op.f("ix_series_made_until"), "series", ["made_until"], unique=False)
    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "booked",
                "arrived",
                "in session",
                "done",
                "cancelled",
                "no-show",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("techniques", sa.JSON(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("pressure", sa.Text(), nullable=False),
        sa.Column("products", sa.JSON(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(), nullable=True),
        sa.Column("began_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("noted", sa.Boolean(create_constraint=True, name="noted"), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("series_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "status NOT IN ('cancelled', 'no-show') OR reason <> ''", name=op.f("ck_appointment_reason")
        ),
        sa.CheckConstraint("minutes BETWEEN 5 AND 480", name=op.f("ck_appointment_length")),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_appointment_client_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_appointment_series_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    op.create_index(
        op.f("ix_appointment_client_id_status_starts_at"),
        "appointment",
        ["client_id", "status", "starts_at"],
        unique=False,
    )
    op.create_index(op.f("ix_appointment_series_id"), "appointment", ["series_id"], unique=False)
    op.create_index(op.f("ix_appointment_starts_at"), "appointment", ["starts_at"], unique=False)
    op.create_index(op.f("ix_appointment_status_noted"), "appointment", ["status", "noted"], unique=False)
    op.create_table(
        "certification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["therapist.id"], name=op.f("fk_certification_therapist_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certification")),
    )
    op.create_index(op.f("ix_certification_therapist_id"), "certification", ["therapist_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "treatment",
                "sensitive area",
                "guardian for a minor",
                "physician's clearance",
                "release of information",
                "work inside the mouth",
                "photographs",
                "electronic messages",
                "marketing",
                name="consentkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "method",
            sa.Enum(
                "written",
                "verbal",
                "electronic",
                name="consentmethod",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("regions", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("discussed", sa.JSON(), nullable=False),
        sa.Column("withdrawn_how", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_consent_client_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_client_id"), "consent", ["client_id"], unique=False)
    op.create_table(
        "education",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("hours", sa.Float(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.CheckConstraint("title <> ''", name=op.f("ck_education_named")),
        sa.CheckConstraint("hours > 0", name=op.f("ck_education_hours")),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["therapist.id"], name=op.f("fk_education_therapist_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_education")),
    )
    op.create_index(op.f("ix_education_therapist_id"), "education", ["therapist_id"], unique=False)
    op.create_table(
        "health_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "condition",
                "medication",
                "allergy",
                "surgery",
                "device",
                "pregnancy",
                "event",
                name="healthkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "severity",
            sa.Enum(
                "absolute",
                "clearance",
                "local",
                "precaution",
                "unknown",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("", "left", "right", "both", name="side", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("noted_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("text <> ''", name=op.f("ck_health_entry_said")),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_health_entry_client_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_entry")),
    )
    op.create_index(op.f("ix_health_entry_client_id"), "health_entry", ["client_id"], unique=False)
    op.create_table(
        "history_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "no change",
                "changed",
                "nothing to report",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_history_check_client_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_check")),
    )
    op.create_index(
        op.f("ix_history_check_client_id_asked_at"), "history_check", ["client_id", "asked_at"], unique=False
    )
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("referrer", sa.Text(), nullable=False),
        sa.Column("diagnosis", sa.Text(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=True),
        sa.Column("visits_authorised", sa.Integer(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("profession", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("precautions", sa.Text(), nullable=False),
        sa.Column("report_by", sa.Date(), nullable=True),
        sa.Column(
            "claim",
            sa.Enum(
                "none",
                "private insurance",
                "motor vehicle accident",
                "workers' compensation",
                name="claim",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("claim_number", sa.Text(), nullable=False),
        sa.Column("adjuster", sa.Text(), nullable=False),
        sa.CheckConstraint("visits_authorised >= 1", name=op.f("ck_referral_visits")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_referral_client_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_client_id"), "referral", ["client_id"], unique=False)
    op.create_index(op.f("ix_referral_expires_on"), "referral", ["expires_on"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column(
            "act",
            sa.Enum("session started", "note signed", name="act", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "absolute",
                "clearance",
                "local",
                "precaution",
                "unknown",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("cautions", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_decision_reason")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_decision_appointment_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_appointment_id"), "decision", ["appointment_id"], unique=False)
    op.create_table(
        "health_entry_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "condition",
                "medication",
                "allergy",
                "surgery",
                "device",
                "pregnancy",
                "event",
                name="healthkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "severity",
            sa.Enum(
                "absolute",
                "clearance",
                "local",
                "precaution",
                "unknown",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("", "left", "right", "both", name="side", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("noted_at", sa.DateTime(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["health_entry.id"], name=op.f("fk_health_entry_version_entry_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_entry_version")),
    )
    op.create_index(op.f("ix_health_entry_version_entry_id"), "health_entry_version", ["entry_id"], unique=False)
    op.create_table(
        "release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("to_whom", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=False),
        sa.Column("released_by", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("to_whom <> ''", name=op.f("ck_release_to_whom")),
        sa.CheckConstraint("what <> ''", name=op.f("ck_release_what")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_release_client_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_release_consent_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
    )
    op.create_index(op.f("ix_release_client_id"), "release", ["client_id"], unique=False)
    op.create_index(op.f("ix_release_consent_id"), "release", ["consent_id"], unique=False)
    op.create_table(
        "session_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subjective", sa.Text(), nullable=False),
        sa.Column("objective", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("treatments", sa.JSON(), nullable=False),
        sa.Column("pain_before", sa.Integer(), nullable=True),
        sa.Column("pain_after", sa.Integer(), nullable=True),
        sa.Column("home_care", sa.Text(), nullable=False),
        sa.Column("next_time", sa.Text(), nullable=False),
        sa.Column("shorthand", sa.Text(), nullable=False),
        sa.Column("times", sa.Text(), nullable=False),
        sa.Column("carried", sa.JSON(), nullable=False),
        sa.Column("service_at", sa.DateTime(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("lag_minutes", sa.Integer(), nullable=True),
        sa.Column("late_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(signed_at IS NULL AND signed_by = '' AND digest = '') OR (signed_at IS NOT NULL AND signed_by <> '' AND length(digest) = 64)",
            name=op.f("ck_session_note_signature"),
        ),
        sa.CheckConstraint("lag_minutes >= 0", name=op.f("ck_session_note_lag")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_session_note_number")),
        sa.CheckConstraint("pain_after BETWEEN 0 AND 10", name=op.f("ck_session_note_pain_after")),
        sa.CheckConstraint("pain_before BETWEEN 0 AND 10", name=op.f("ck_session_note_pain_before")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_session_note_appointment_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_session_note_client_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_note")),
        sa.UniqueConstraint("appointment_id", "number", name=op.f("uq_session_note_appointment_id_number")),
    )
    op.create_index(
        op.f("ix_session_note_client_id_service_at_signed_at"),
        "session_note",
        ["client_id", "service_at", "signed_at"],
        unique=False,
    )
    op.create_index(op.f("ix_session_note_signed_at"), "session_note", ["signed_at"], unique=False)
    op.create_table(
        "treatment_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("led_by", sa.Text(), nullable=False),
        sa.Column("visits_planned", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "active",
                "on hold",
                "completed",
                "stopped",
                name="planstatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column(
            "part_of",
            sa.Enum(
                "standing alone",
                "physician's care",
                "physiotherapy",
                "wound care",
                "cancer care",
                "pregnancy care",
                "sport medicine",
                "other care",
                name="partof",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("techniques", sa.JSON(), nullable=False),
        sa.Column("techniques_avoided", sa.JSON(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("regions_avoided", sa.JSON(), nullable=False),
        sa.Column("review_every", sa.Integer(), nullable=True),
        sa.Column("home_care", sa.Text(), nullable=False),
        sa.Column("stop_criteria", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("status_reason", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("discharge", sa.Text(), nullable=False),
        sa.CheckConstraint("review_every >= 1", name=op.f("ck_treatment_plan_review_every")),
        sa.CheckConstraint("visits_planned >= 1", name=op.f("ck_treatment_plan_visits")),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_treatment_plan_client_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_treatment_plan_referral_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treatment_plan")),
    )
    op.create_index(op.f("ix_treatment_plan_client_id"), "treatment_plan", ["client_id"], unique=False)
    op.create_index(op.f("ix_treatment_plan_referral_id"), "treatment_plan", ["referral_id"], unique=False)
    op.create_index(op.f("ix_treatment_plan_status"), "treatment_plan", ["status"], unique=False)
    op.create_table(
        "addendum",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "addition",
                "correction",
                "clarification",
                "client's request",
                "entered in error",
                name="addendumkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_addendum_said")),
        sa.CheckConstraint("written_by <> ''", name=op.f("ck_addendum_signed")),
        sa.ForeignKeyConstraint(
            ["note_id"], ["session_note.id"], name=op.f("fk_addendum_note_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addendum")),
    )
    op.create_index(op.f("ix_addendum_note_id"), "addendum", ["note_id"], unique=False)
    op.create_table(
        "goal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Float(), nullable=False),
        sa.Column("target", sa.Float(), nullable=False),
        sa.Column("baseline_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "planned",
                "accepted",
                "active",
                "on hold",
                "completed",
                "cancelled",
                "entered in error",
                "rejected",
                name="goalstatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("", "left", "right", "both", name="side", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column(
            "priority",
            sa.Enum("high", "medium", "low", name="priority", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column(
            "owner",
            sa.Enum("client", "therapist", "both", name="owner", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("activities", sa.JSON(), nullable=False),
        sa.Column("mdc", sa.Float(), nullable=True),
        sa.Column("mcid", sa.Float(), nullable=True),
        sa.Column(
            "achievement",
            sa.Enum(
                "in progress",
                "improving",
                "worsening",
                "no change",
                "achieved",
                "sustaining",
                "not achieved",
                "no progress",
                "not attainable",
                name="achievement",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("achieved_at", sa.DateTime(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=False),
        sa.Column("baseline_ratings", sa.JSON(), nullable=False),
        sa.CheckConstraint("baseline <> target", name=op.f("ck_goal_way_to_go")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_goal_client_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["plan_id"], ["treatment_plan.id"], name=op.f("fk_goal_plan_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    op.create_index(op.f("ix_goal_client_id"), "goal", ["client_id"], unique=False)
    op.create_index(op.f("ix_goal_plan_id"), "goal", ["plan_id"], unique=False)
    op.create_index(op.f("ix_goal_status"), "goal", ["status"], unique=False)
    op.create_table(
        "plan_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(), nullable=False),
        sa.Column("reviewed_by", sa.Text(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "continue",
                "change",
                "pause",
                "refer",
                "discharge",
                name="reviewdecision",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["treatment_plan.id"], name=op.f("fk_plan_review_plan_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_review")),
    )
    op.create_index(op.f("ix_plan_review_plan_id_reviewed_at"), "plan_review", ["plan_id", "reviewed_at"], unique=False)
    op.create_table(
        "measurement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("measured_at", sa.DateTime(), nullable=False),
        sa.Column("raw", sa.Float(), nullable=True),
        sa.Column("answered", sa.Integer(), nullable=True),
        sa.Column("ratings", sa.JSON(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "in the session",
                "on paper",
                "by another program",
                "as told",
                name="mode",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=True),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("in_error", sa.Boolean(create_constraint=True, name="in_error"), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_measurement_goal_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurement")),
    )
    op.create_index(op.f("ix_measurement_goal_id_measured_at"), "measurement", ["goal_id", "measured_at"], unique=False)
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("clients", sa.Integer(), nullable=False),
        sa.Column("appointments", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index(op.f("ix_import_batch_imported_at"), "import_batch", ["imported_at"], unique=False)
    op.create_table(
        "import_origin",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(create_constraint=True, name="done"), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_origin_batch_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_origin")),
        sa.UniqueConstraint("record", "key", name=op.f("uq_import_origin_record_key")),
    )
    op.create_index(op.f("ix_import_origin_batch_id"), "import_origin", ["batch_id"], unique=False)
    op.create_index(op.f("ix_import_origin_record_id"), "import_origin", ["record_id"], unique=False)
    # ### end Alembic commands ###
    for guard in GUARDS:
        op.execute(guard)
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("record", "record_id", name=op.f("uq_search_entry_record_record_id")),
    )
    op.create_table(
        "search_clients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_clients")),
    )
    op.execute("INSERT INTO search_clients (id, number) VALUES (1, 0)")
    for statement in (Path(__file__).parent.parent / "index_0001.sql").read_text(encoding="utf-8").splitlines():
        op.get_bind().exec_driver_sql(statement)
    for table in AUDITED:
        op.execute(noting(table, "INSERT", "NEW"))
        op.execute(noting(table, "UPDATE", "NEW", " WHEN NEW.signed_at IS NOT NULL" * (table == "session_note")))
        op.execute(noting(table, "DELETE", "OLD"))
    op.execute("PRAGMA application_id = 0x54485054")
    op.execute("PRAGMA user_version = 1")
