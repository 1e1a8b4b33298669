"""The anchor: the head of the trail in a small file beside the database, so that a file put back is noticed.

Whoever puts back both notices nothing by it; then the heads in the backups tell (verify.py).
"""

import json
from pathlib import Path

from .files import write_private
from .places import ANCHOR
from .trail import Head


def drop_anchor(folder: Path, head: Head) -> None:
    """Write the head down. After every opening, signature and closing; never before its event is committed."""
    write_private(folder / ANCHOR, json.dumps({"seq": head.seq, "link": head.link}).encode() + b"\n")


def read_anchor(folder: Path) -> Head | None:
    """The head that was written down last; None when there is none or it cannot be read."""
    try:
        found = json.loads((folder / ANCHOR).read_bytes())
        return Head(int(found["seq"]), str(found["link"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
