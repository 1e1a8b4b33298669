"""Whether the open file is still the one that has its name.

In WAL mode SQLite goes on writing to a file that was deleted, moved or replaced meanwhile, and says that it was saved
(measured; with a rollback journal it refuses). A program that synchronises folders does just that.
"""

from pathlib import Path

from .errors import PracticeMoved

Identity = tuple[int, int] | None


class Standing:
    """Knows which files were opened: the database and its log, where what is new stands first."""

    def __init__(self, path: Path) -> None:
        """Call when both are there: after the first write."""
        self._paths = (path, path.with_name(path.name + "-wal"))
        self._known = tuple(map(_identity, self._paths))

    def make_sure(self) -> None:
        """Raise PracticeMoved when one of them is gone, or another file has its name. Takes a few microseconds."""
        if tuple(map(_identity, self._paths)) != self._known:
            raise PracticeMoved


def _identity(path: Path) -> Identity:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
