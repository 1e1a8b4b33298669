"""From the bytes of a file to values: what it is, what has to be asked first, and what it says."""

from collections.abc import Mapping
from hashlib import sha256

from therapist_tui.domain.incoming.values import Facts, FileKind, Reading, Reject

from .bookings import read_bookings
from .decoding import as_utf8, decode
from .errors import FileEmpty
from .headings import check_layout, lay_out
from .people import read_people
from .table import Table, read_table

PREVIEW = 20
"""Rows that are shown."""
_BLANKS = b"\xef\xbb\xbf \t\r\n"


def read(content: bytes, answers: Mapping[str, str], facts: Facts) -> Reading:
    """What the file says, given the answers so far; raises ImportRefused when it says nothing.

    Pure and slow: run it in a child process (`child.py`), for the file may be made to harm.
    """
    if not content:
        raise FileEmpty
    digest = sha256(content).hexdigest()
    content = as_utf8(content)
    begin = content[:200].lstrip(_BLANKS).upper()
    if begin.startswith(b"BEGIN:VCALENDAR"):
        from .calendar import read_calendar

        return read_calendar(content, answers, facts, digest)
    if begin.startswith(b"BEGIN:VCARD"):
        from .cards import read_cards

        return read_cards(content, answers, facts, digest)
    return _read_rows(content, answers, facts, digest)


def _read_rows(content: bytes, answers: Mapping[str, str], facts: Facts, digest: str) -> Reading:
    decoded = decode(content, answers)
    if decoded.question:
        return Reading(FileKind.CLIENTS, questions=(decoded.question,), digest=digest)
    table = read_table(decoded.text)
    layout = lay_out(table.headings, answers)
    columns = tuple(zip(table.headings, layout.columns, strict=True))
    preview = tuple(tuple(cell[:80] for cell in cells[: len(columns)]) for _, cells in table.rows[:PREVIEW])
    question = check_layout(layout)
    if question:
        return Reading(layout.kind, "", columns, preview, (question,), digest=digest)
    clients, appointments = [], []
    if layout.kind is FileKind.CLIENTS:
        clients, rejects, questions, told = read_people(table, layout, answers, facts)
    else:
        appointments, rejects, questions, told = read_bookings(table, layout, answers, facts)
    return Reading(
        layout.kind,
        layout.program,
        columns,
        preview,
        tuple(questions),
        tuple(clients),
        tuple(appointments),
        () if questions else _in_order(table, rejects),
        (*decoded.told, *_doubled(table), *told),
        digest,
    )


def _in_order(table: Table, rejects: list[Reject]) -> tuple[Reject, ...]:
    return tuple(sorted((*table.rejects, *rejects), key=lambda one: one.line))


def _doubled(table: Table) -> list[str]:
    named = [one.casefold() for one in table.headings if one]
    doubled = [one for one in table.headings if named.count(one.casefold()) > 1]
    return [f"The heading “{doubled[0]}” stands there twice: the first column was taken."] if doubled else []
