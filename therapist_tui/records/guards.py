"""The triggers by which the database itself keeps signed notes, addenda, decisions, what was undone and the
audit trail (SQLite).

REPLACE fires delete triggers only while `recursive_triggers` is on (reliability.md, finding 5), so every way a REPLACE
could hit a protected row is refused before it happens: by key, by unique column, and by the hidden rowid.
"""

# The + keeps SQLite to the keys: nearly every note is signed, so an index on that would find them all.
_SIGNED_ELSEWHERE = (
    "SELECT 1 FROM session_note AS kept WHERE +kept.signed_at IS NOT NULL"
    " AND (kept.id = NEW.id OR (kept.appointment_id = NEW.appointment_id AND kept.number = NEW.number)"
    " OR kept.rowid = NEW.rowid)"
)
_IN_ERROR = "SELECT 1 FROM addendum WHERE note_id = kept.id AND kind = 'entered in error'"
_OF_APPOINTMENT = "SELECT 1 FROM session_note AS kept WHERE kept.appointment_id = NEW.appointment_id"


_SIGNED_NOTE = "SELECT 1 FROM session_note WHERE id = NEW.note_id AND signed_at IS NOT NULL"


def _same(table: str) -> str:
    return f"SELECT 1 FROM {table} AS kept WHERE kept.id = NEW.id OR kept.rowid = NEW.rowid"  # noqa: S608


_BODIES = {
    "session_note_signed_no_update": (
        "BEFORE UPDATE ON session_note WHEN OLD.signed_at IS NOT NULL",
        "a signed note never changes",
    ),
    "session_note_signed_no_delete": (
        "BEFORE DELETE ON session_note WHEN OLD.signed_at IS NOT NULL",
        "a signed note is never deleted",
    ),
    "session_note_signed_no_insert_over": (
        f"BEFORE INSERT ON session_note WHEN EXISTS ({_SIGNED_ELSEWHERE})",
        "a signed note is never replaced",
    ),
    "session_note_one_standing": (
        f"BEFORE INSERT ON session_note WHEN EXISTS ({_OF_APPOINTMENT} AND NOT EXISTS ({_IN_ERROR}))",
        "a note is never replaced: a session has one, unless it was entered in error",
    ),
    "session_note_signed_no_update_over": (
        f"BEFORE UPDATE ON session_note WHEN EXISTS ({_SIGNED_ELSEWHERE} AND kept.rowid <> OLD.rowid)",
        "a signed note is never replaced",
    ),
    "addendum_no_update": ("BEFORE UPDATE ON addendum", "an addendum never changes"),
    "addendum_no_delete": ("BEFORE DELETE ON addendum", "an addendum is never deleted"),
    "addendum_no_insert_over": (
        f"BEFORE INSERT ON addendum WHEN EXISTS ({_same('addendum')})",
        "an addendum is never replaced",
    ),
    "addendum_on_signed_only": (
        f"BEFORE INSERT ON addendum WHEN NOT EXISTS ({_SIGNED_NOTE})",
        "an addendum needs a signed note",
    ),
    "decision_no_update": ("BEFORE UPDATE ON decision", "a decision never changes"),
    "decision_no_delete": ("BEFORE DELETE ON decision", "a decision is never deleted"),
    "decision_no_insert_over": (
        f"BEFORE INSERT ON decision WHEN EXISTS ({_same('decision')})",
        "a decision is never replaced",
    ),
    "undone_row_no_update": ("BEFORE UPDATE ON undone_row", "what was undone never changes"),
    "undone_row_no_delete": ("BEFORE DELETE ON undone_row", "what was undone is never deleted"),
    "undone_row_no_insert_over": (
        f"BEFORE INSERT ON undone_row WHEN EXISTS ({_same('undone_row')})",
        "what was undone is never replaced",
    ),
    "plan_review_no_update": ("BEFORE UPDATE ON plan_review", "a review never changes"),
    "plan_review_no_insert_over": (
        f"BEFORE INSERT ON plan_review WHEN EXISTS ({_same('plan_review')})",
        "a review is never replaced",
    ),
    "release_no_update": ("BEFORE UPDATE ON release", "what was released never changes"),
    "release_no_delete": ("BEFORE DELETE ON release", "what was released is never deleted"),
    "release_no_insert_over": (
        f"BEFORE INSERT ON release WHEN EXISTS ({_same('release')})",
        "what was released is never replaced",
    ),
    "former_row_no_update": ("BEFORE UPDATE ON former_row", "what a row said before never changes"),
    "former_row_no_delete": ("BEFORE DELETE ON former_row", "what a row said before is never deleted"),
    "former_row_no_insert_over": (
        f"BEFORE INSERT ON former_row WHEN EXISTS ({_same('former_row')})",
        "what a row said before is never replaced",
    ),
    "audit_event_no_update": ("BEFORE UPDATE ON audit_event", "the audit trail never changes"),
    "audit_event_no_delete": ("BEFORE DELETE ON audit_event", "the audit trail is never deleted"),
    "audit_event_no_insert_over": (
        "BEFORE INSERT ON audit_event WHEN EXISTS (SELECT 1 FROM audit_event AS kept WHERE kept.seq = NEW.seq)",
        "the audit trail is never replaced",
    ),
}

_SAME_CHANGE = "kept.seq = NEW.seq AND kept.record = NEW.record AND kept.record_id = NEW.record_id"
_OF_CHANGES = {
    "record_change_no_update": (
        f"BEFORE UPDATE ON record_change WHEN OLD.digest IS NOT NULL OR NOT ({_SAME_CHANGE.replace('kept', 'OLD')})",
        "what an event changed never changes",
    ),
    "record_change_no_delete": ("BEFORE DELETE ON record_change", "what an event changed is never deleted"),
    "record_change_no_insert_over": (
        f"BEFORE INSERT ON record_change WHEN EXISTS (SELECT 1 FROM record_change AS kept WHERE {_SAME_CHANGE})",  # noqa: S608
        "what an event changed is never replaced",
    ),
}

AUDITED = (
    "therapist", "education", "certification", "client", "health_entry", "health_entry_version", "history_check",
    "appointment", "session_note", "addendum", "decision", "treatment_plan", "plan_review", "goal", "measurement",
    "referral", "consent", "release", "former_row", "undone_row", "series", "import_batch", "import_origin",
)  # fmt: skip
"""Tables of which no row changes without an audit event: all that hold records. Drafts of forms are none yet."""
UNSIGNED = {"session_note": "signed_at"}
"""A note is typed several times a second: until this column is filled only its begin is audited."""


def _noting(table: str) -> dict[str, str]:
    """The triggers that note a changed row under the number of the event that must follow."""
    sealed = UNSIGNED.get(table)
    kinds = {
        "insert": ("AFTER INSERT", "NEW", ""),
        "update": ("AFTER UPDATE", "NEW", f" WHEN NEW.{sealed} IS NOT NULL" if sealed else ""),
        "delete": ("AFTER DELETE", "OLD", ""),
    }
    following = "(SELECT coalesce(max(seq), 0) + 1 FROM audit_event)"
    return {
        f"{table}_{kind}_noted": (
            f"CREATE TRIGGER {table}_{kind}_noted {moment} ON {table}{when} BEGIN"  # noqa: S608 - our own names
            f" INSERT INTO record_change (seq, record, record_id) SELECT {following}, '{table}', {row}.id"
            f" WHERE NOT EXISTS (SELECT 1 FROM record_change AS noted WHERE noted.seq = {following}"
            f" AND noted.record = '{table}' AND noted.record_id = {row}.id); END"
        )
        for kind, (moment, row, when) in kinds.items()
    }


GUARDS = {
    name: f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{why}'); END"
    for name, (when, why) in (_BODIES | _OF_CHANGES).items()
} | {name: statement for table in AUDITED for name, statement in _noting(table).items()}
"""The statement of every trigger by its name, as the database keeps it."""
