"""What no statement may do once a practice is open: change the schema, its settings, or reach another file.

The guards are triggers, and a trigger could be dropped, or switched off by a pragma. So SQLite asks here before it
prepares any statement (reliability.md 3.7; SQLite's own, like all of `engine.py`).
"""

from .driver import dbapi2

# SQLite's codes for what a statement does (sqlite.org: «Authorizer Action Codes»); the driver names them not all.
CREATE_INDEX, CREATE_TABLE, CREATE_TEMP_INDEX, CREATE_TEMP_TABLE = 1, 2, 3, 4
CREATE_TEMP_TRIGGER, CREATE_TEMP_VIEW, CREATE_TRIGGER, CREATE_VIEW = 5, 6, 7, 8
DROP_INDEX, DROP_TABLE, DROP_TEMP_INDEX, DROP_TEMP_TABLE = 10, 11, 12, 13
DROP_TEMP_TRIGGER, DROP_TEMP_VIEW, DROP_TRIGGER, DROP_VIEW = 14, 15, 16, 17
PRAGMA, ATTACH, DETACH, ALTER_TABLE, REINDEX, ANALYZE = 19, 24, 25, 26, 27, 28
CREATE_VTABLE, DROP_VTABLE, FUNCTION = 29, 30, 31

_REFUSED = frozenset(
    {*range(CREATE_INDEX, CREATE_VIEW + 1), *range(DROP_INDEX, DROP_VIEW + 1), ATTACH, DETACH, ALTER_TABLE, REINDEX,
     ANALYZE, CREATE_VTABLE, DROP_VTABLE}
)  # fmt: skip
_READ_ONLY_PRAGMAS = frozenset(
    {"table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
     "foreign_key_check", "integrity_check", "quick_check", "cipher_integrity_check", "user_version", "application_id",
     "journal_mode", "read_uncommitted", "wal_checkpoint", "page_count", "cipher_version", "cipher_memory_security",
     "data_version"}
)  # fmt: skip
"""Pragmas that tell; those of them that could also set something do so with a value, and are let through without."""
_CHECKS_WITH_A_NAME = frozenset(
    {"table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
     "foreign_key_check", "integrity_check", "quick_check", "wal_checkpoint"}
)  # fmt: skip
_ALLOW, _DENY = 0, 1


def guard(connection: dbapi2.Connection) -> None:
    """From now on nothing on this connection changes the schema or a setting, or attaches a file."""
    connection.set_authorizer(_decide)


def _decide(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    if action in _REFUSED:
        return _DENY
    if action == FUNCTION and (second or "").lower() == "load_extension":
        return _DENY
    if action == PRAGMA:
        name = (first or "").lower()
        tells = name in _READ_ONLY_PRAGMAS and (second is None or name in _CHECKS_WITH_A_NAME)
        return _ALLOW if tells else _DENY
    return _ALLOW
