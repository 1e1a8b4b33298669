"""The database driver, with types: SQLCipher's module has none, and is called exactly like the standard library's."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3 as dbapi2
else:  # never both libraries on one file: they would drop each other's locks
    from sqlcipher3 import dbapi2

__all__ = ["dbapi2"]
