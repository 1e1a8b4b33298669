"""From the database driver's errors to sentences the user can act on."""

import errno
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from . import errors
from .driver import dbapi2
from .errors import PracticeError

# SQLite's primary result codes (the low byte of the extended ones).
_SENTENCES: dict[int, type[PracticeError]] = {
    5: errors.PracticeBusy,  # SQLITE_BUSY
    6: errors.PracticeBusy,  # SQLITE_LOCKED
    8: errors.StorageReadOnly,  # SQLITE_READONLY
    10: errors.StorageFailing,  # SQLITE_IOERR
    11: errors.PracticeDamaged,  # SQLITE_CORRUPT
    13: errors.StorageFull,  # SQLITE_FULL
    14: errors.StorageReadOnly,  # SQLITE_CANTOPEN
    26: errors.PracticeDamaged,  # SQLITE_NOTADB: a page that does not decrypt
}
_FILE_SENTENCES: dict[int, type[PracticeError]] = {
    errno.ENOSPC: errors.StorageFull,
    errno.EACCES: errors.StorageReadOnly,
    errno.EPERM: errors.StorageReadOnly,
    errno.EROFS: errors.StorageReadOnly,
}


def sentence_for(error: BaseException | None) -> PracticeError | None:
    """What the user is told about a driver's error; None when it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    kind = _SENTENCES.get(code & 0xFF)
    return kind() if kind else None


@contextmanager
def in_words() -> Generator[None]:
    """Turn the driver's and the file system's errors into PracticeErrors; bugs pass as they are."""
    try:
        yield
    except DBAPIError as error:
        if sentence := sentence_for(error.orig):
            raise sentence from error
        raise
    except dbapi2.Error as error:
        if sentence := sentence_for(error):
            raise sentence from error
        raise
    except OSError as error:
        raise _FILE_SENTENCES.get(error.errno or 0, errors.StorageFailing)() from error
