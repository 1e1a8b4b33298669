"""The file on the disk: only ordinary ones, only so large, read once; and the list of what was left out, written."""

import csv
import errno
import io
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from therapist_tui.domain.incoming.values import Reject
from therapist_tui.domain.text import clean_line

from .errors import FileEmpty, FileGone, FileTooLarge, FileUnreadable, NotAFile, RejectsExist

MOST_MB = 10
MOST_BYTES = MOST_MB * 1024 * 1024
"""A practice's years of appointments are 7 MB; nothing larger is read at all (reliability.md 4, line 40)."""

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def read_file(path: Path) -> bytes:
    """The content of the file.

    Raises FileGone, NotAFile, FileTooLarge, FileEmpty, FileUnreadable; a pipe or a device is never waited for.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except (FileNotFoundError, NotADirectoryError):
        raise FileGone from None
    except OSError as error:
        kinds = {errno.ENXIO: NotAFile, errno.EISDIR: NotAFile, errno.ENAMETOOLONG: FileGone, errno.ELOOP: FileGone}
        raise kinds.get(error.errno or 0, FileUnreadable) from None
    except ValueError:  # a NUL in the name
        raise FileGone from None
    try:
        return _content(handle)
    finally:
        os.close(handle)


def _content(handle: int) -> bytes:
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise NotAFile
        if about.st_size > MOST_BYTES:
            raise FileTooLarge(most=MOST_MB)
        with os.fdopen(handle, "rb", closefd=False) as file:
            content = file.read(MOST_BYTES + 1)
    except OSError:
        raise FileUnreadable from None
    if len(content) > MOST_BYTES:  # it grew meanwhile
        raise FileTooLarge(most=MOST_MB)
    if not content:
        raise FileEmpty
    return content


def rejects_name(path: Path) -> Path:
    """Where what was left out is written: beside the file, under a name that is free."""
    for number in range(1, 1000):
        name = path.with_name(f"{path.stem[:100]}-left-out{f'-{number}' if number > 1 else ''}.csv")
        if not os.path.lexists(name):
            return name
    raise RejectsExist


def write_rejects(path: Path, rejects: Iterable[Reject]) -> None:
    """Write what was left out as CSV, for its owner only; raises RejectsExist, FileUnreadable."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("line", "what", "why"))
    writer.writerows((one.line, _harmless(one.what), one.why) for one in rejects)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except FileExistsError:
        raise RejectsExist from None
    except OSError:
        raise FileUnreadable from None
    with os.fdopen(handle, "wb") as file:
        if hasattr(os, "fchmod"):  # an odd umask would take away even the owner's right; Windows has no modes
            os.fchmod(handle, 0o600)
        file.write(text.getvalue().encode())


def _harmless(cell: str) -> str:
    """A spreadsheet would run what begins like a formula (clinical.md 5.4)."""
    return f"'{cell}" if cell.lstrip().startswith(_DANGEROUS) else cell


ENDINGS = (".csv", ".tsv", ".txt", ".ics", ".ical", ".ifb", ".vcf", ".vcard")
MOST_NAMES = 200


def meant(typed: str) -> str:
    """The name that is meant: one that begins anew within the line, at / or ~, stands for itself."""
    for begin in ("//", "/~/"):
        before, found, rest = typed.rpartition(begin)
        if found and before:
            typed = begin[1:] + rest
    return typed


def completions(typed: str) -> tuple[str, ...]:
    """Folders and importable files whose names begin like what is typed, as they would stand in the field."""
    typed = meant(typed)
    folder, _, begun = typed.rpartition("/")
    place = Path(folder + "/" if folder or typed.startswith("/") else ".").expanduser()
    try:
        with os.scandir(place) as entries:
            found = [_offered(entry, begun) for entry in entries]
    except (OSError, ValueError, RuntimeError):  # no such folder, or no home
        return ()
    names = sorted(filter(None, found), key=lambda name: (not name.endswith("/"), name.casefold()))
    return tuple(f"{typed[: len(typed) - len(begun)]}{name}" for name in names[:MOST_NAMES])


def _offered(entry: "os.DirEntry[str]", begun: str) -> str:
    """The name that is offered; "" for what cannot be imported, is hidden, or could not be typed."""
    name = entry.name
    hidden = name.startswith(".") and not begun.startswith(".")
    if hidden or not name.casefold().startswith(begun.casefold()) or clean_line(name, 255) != name:
        return ""
    if entry.is_dir():
        return f"{name}/"
    return name if name.casefold().endswith(ENDINGS) else ""
