"""What the import screen says: the preview, the columns, the titles, the counts; in lines that fit."""

import re
from collections.abc import Mapping, Sequence
from uuid import UUID

from rich.cells import cell_len
from textual.content import Content

from therapist_tui.domain.client import Client
from therapist_tui.domain.incoming.batch import ImportBatch, counted
from therapist_tui.domain.incoming.plan import NEW, ImportPlan, Title
from therapist_tui.domain.incoming.values import FileKind, Question, Reading, Reject

from .plain import fitted, name_of, one_line, shown

MEANINGS: Mapping[str, str] = {
    "": "left out", "number": "client number", "first": "first name", "middle": "middle name", "last": "last name",
    "name": "full name", "preferred_name": "preferred name", "born_on": "birth date", "phone_2": "second phone",
    "email": "e-mail", "remarks": "remarks", "alert": "medical alert", "state": "active or archived",
    "key": "reference", "start": "start, day and time", "end": "end", "minutes": "length", "zone": "time zone",
}  # fmt: skip
"""What a column is said to hold; the other fields are called as they are."""
KINDS = {FileKind.CALENDAR: "a calendar", FileKind.CONTACTS: "an address book"}
HINT = (
    "A .csv, .ics or .vcf file that another program has written. Nothing is stored before you have seen what it brings."
)
MASKED = "Names are masked. {key} shows them."


def meaning(field: str) -> str:
    """A field in the user's words."""
    return MEANINGS.get(field, field)


def headline(reading: Reading, file: str) -> Content:
    """Which file, and what it was recognised as."""
    kind = KINDS.get(reading.kind, reading.kind.value)
    what = f"{kind} from {reading.program}" if reading.program else kind
    return Content.assemble(one_line(file, ".strong"), ("  ", ""), one_line(what, ".muted"))


def preview(reading: Reading, width: int) -> list[Content]:
    """The first rows under their headings, as wide as they need and as the screen has room for."""
    rows = reading.preview
    if not rows:
        return []
    headings = [heading for heading, _ in reading.columns]
    table: list[Sequence[str]] = [headings, *rows] if headings else [*rows]
    columns = min(max(map(len, table)), 12)
    cells = [[" ".join(row[at].split()) if at < len(row) else "" for at in range(columns)] for row in table]
    widths = _widths(cells, columns, width)
    lines = [
        Content("  ").join(
            fitted(one_line(cell, ".muted" if headings and not number else ""), room)
            for cell, room in zip(row, widths, strict=False)
        )
        for number, row in enumerate(cells)
    ]
    return [line.truncate(width) for line in lines]


def _widths(cells: list[list[str]], columns: int, width: int) -> list[int]:
    wanted = [max(3, min(24, max(cell_len(row[at]) for row in cells))) for at in range(columns)]
    kept: list[int] = []
    for one in wanted:
        if sum(kept) + 2 * len(kept) + one > width and kept:
            break
        kept.append(one)
    return kept


def column_lines(reading: Reading, fields: Sequence[str], masked: bool) -> list[Content]:
    """Each column: its heading, what it is taken for, and what stands in it first."""
    lines: list[Content] = []
    for at, (heading, _) in enumerate(reading.columns):
        sample = next((row[at] for row in reading.preview if at < len(row) and row[at].strip()), "")
        lines.append(
            Content.assemble(
                fitted(one_line(heading or f"column {at + 1}"), 24),
                "  ",
                fitted(one_line(f"→ {meaning(fields[at])}", ".accent" if fields[at] else ".muted"), 24),
                "  ",
                one_line("" if masked else sample, ".muted"),
            )
        )
    return lines


def title_lines(
    titles: Sequence[Title], chosen: Mapping[str, UUID | str], names: Mapping[UUID, Client], masked: bool
) -> list[Content]:
    """Each title of a calendar, how often it comes, and whose it would be."""
    lines: list[Content] = []
    for one in titles:
        whose = chosen[one.text]
        if isinstance(whose, UUID):
            said = one_line(f"→ {name_of(names[whose], masked)}", ".accent")
        elif whose == NEW:
            said = one_line("→ a new client", ".good")
        elif len(one.fitting) > 1:
            said = one_line(f"{len(one.fitting)} clients fit: left out", ".ask")
        else:
            said = one_line("nobody's: left out", ".muted")
        title = "•••" if masked else one.text or "(no title)"
        lines.append(
            Content.assemble(
                fitted(one_line(title), 36), "  ", fitted(one_line(f"{one.count} ×", ".muted"), 7), "  ", said
            )
        )
    return lines


def plan_lines(plan: ImportPlan) -> list[Content]:
    """The counts of the dry run, and what was done to the file on the way."""
    changed, left = len(plan.changes), len(plan.rejects)
    counts = (
        (len(plan.clients), "new client", "will be added", ".good"),
        (len(plan.appointments), "new appointment", "will be added", ".good"),
        (changed, "changed in the file", "will be brought up to date", ".good"),
        (plan.known, "known already", "left as it is" if plan.known == 1 else "left as they are", ".muted"),
        (len(plan.conflicts), "conflict", "left out: only you can tell", ".ask"),
        (left, "left out", "each with its reason below", ".muted"),
    )
    lines = [
        Content.assemble((f"{count:>8,}  ", ".strong"), (_counted(count, what), ""), ("  ", ""), (said, style))
        for count, what, said, style in counts
        if count
    ]
    return lines + [shown(f"          {text}", ".muted") for text in plan.told]


def _counted(count: int, what: str) -> str:
    plural = count != 1 and what.rpartition(" ")[2] in ("client", "appointment", "conflict")
    return f"{what}s" if plural else what


def offer(plan: ImportPlan) -> str:
    """What enter does with the plan."""
    if plan.empty:
        return "Nothing to import: back to the file"
    if plan.clients or plan.appointments:
        return f"Import {plan.added}"
    return f"Bring {len(plan.changes)} up to date"


def left_out_lines(left_out: Sequence[Reject], masked: bool) -> list[Content]:
    """Every line that is left out, with its reason."""
    return [
        Content.assemble(
            (f"line {one.line:<6}", ".muted"),
            fitted(one_line("•••" if masked else one.what, ".muted"), 28),
            "  ",
            one_line(one.why),
        )
        for one in left_out
    ]


def batch_line(batch: ImportBatch, when: str) -> Content:
    """An import that stands."""
    said = counted(batch.clients, batch.appointments)
    if batch.changed:
        said = f"{said}, {batch.changed} changed" if batch.clients or batch.appointments else f"{batch.changed} changed"
    return Content.assemble(
        fitted(one_line(when, ".muted"), 13),
        fitted(one_line(batch.file), 30),
        "  ",
        one_line(said),
        "  ",
        one_line(batch.source, ".muted"),
    )


def asked(question: Question, masked: bool) -> Content:
    """A question; when names are masked, what it quotes of the file keeps its signs and first letters only."""
    text = question.text
    if masked and question.id == "names":
        text = _QUOTED.sub(lambda found: f"“{_WORD.sub(_first, found[1])}”", text)
    return shown(text)


def answers(question: Question, masked: bool) -> list[Content]:
    """Its answers; of a word in unknown letters those stay by which it is recognised."""
    texts = [text for _, text in question.options]
    if masked and question.id == "names":
        texts = [_WORD.sub(_first, text) for text in texts]
    elif masked and question.id == "encoding":
        parts = (text.rpartition("  (") for text in texts)
        texts = [f"{_ASCII.sub('·', sample)}{gap}{name}" for sample, gap, name in parts]
    return [one_line(text) for text in texts]


_QUOTED, _WORD, _ASCII = re.compile("“([^”]*)”"), re.compile(r"[^\W_]+"), re.compile("[A-Za-z]")


def _first(word: re.Match[str]) -> str:
    return f"{word[0][0]}…"


def bar(done: int, total: int, width: int = 30) -> Content:
    """How far it is."""
    part = done / total if total else 0.0
    full = round(part * width)
    return Content.assemble(
        ("█" * full, ".accent"), ("░" * (width - full), ".muted"), f"  {part:>4.0%}  {done:,} of {total:,}"
    )
