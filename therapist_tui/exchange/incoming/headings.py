"""What the headings of a table mean: known programs, synonyms, or what the therapist says."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from therapist_tui.domain.appointment import Status
from therapist_tui.domain.incoming.values import FileKind, Question

from .errors import NothingToRead

LEFT_OUT = "-"
"""The answer for a column that is not imported."""


@cache
def _data() -> dict[str, Any]:
    text = resources.files("therapist_tui.exchange.incoming").joinpath("headings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column holds which field."""

    kind: FileKind
    program: str
    columns: tuple[str, ...]
    sure: bool

    def place(self, field: str) -> int | None:
        """The column of a field."""
        return self.columns.index(field) if field in self.columns else None


def bare(heading: str) -> str:
    """The heading without case, blanks and signs."""
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


@cache
def _meanings(kind: FileKind) -> dict[str, tuple[str, int]]:
    """The field that a heading means, and how good a word it is for it: 0 is the best."""
    table: Mapping[str, Sequence[str]] = _data()[kind.value]
    return {bare(word): (field, place) for field, words in table.items() for place, word in enumerate(words)}


def fields_of(kind: FileKind) -> tuple[str, ...]:
    """The fields that a column may be taken for."""
    return tuple(_data()[kind.value])


def lay_out(headings: Sequence[str], answers: Mapping[str, str]) -> Layout:
    """The layout of the table, as recognised, and as the answers `column.N` and `kind` say."""
    bares = [bare(one) for one in headings]
    program, kind = _program(set(bares))
    kind = _chosen_kind(answers) or kind or _guess(bares)
    columns = _guessed_columns(kind, bares)
    for at in range(len(columns)):
        answer = answers.get(f"column.{at}")
        if answer == LEFT_OUT or answer in fields_of(kind):
            columns[at] = "" if answer == LEFT_OUT else answer or ""
    sure = bool(program) or answers.get("columns") == "done" or not _missing(kind, columns)
    return Layout(kind, program, tuple(columns), sure)


def _chosen_kind(answers: Mapping[str, str]) -> FileKind | None:
    chosen = answers.get("kind", "")
    return FileKind(chosen) if chosen in ("clients", "appointments") else None


def _program(headings: set[str]) -> tuple[str, FileKind | None]:
    for one in _data()["programs"]:
        wanted = {bare(word) for word in one["headings"]}
        if wanted <= headings and (not one.get("only") or wanted == headings - {""}):
            return one["name"], FileKind(one["kind"])
    return "", None


def _guess(bares: Sequence[str]) -> FileKind:
    found = {_meanings(FileKind.APPOINTMENTS).get(one, ("", 0))[0] for one in bares}
    return FileKind.APPOINTMENTS if {"start", "date"} & found else FileKind.CLIENTS


def _guessed_columns(kind: FileKind, bares: Sequence[str]) -> list[str]:
    """Of several columns for one field the one with the best word has it; the first of equal ones."""
    best: dict[str, tuple[int, int]] = {}
    for at, one in enumerate(bares):
        if one in _meanings(kind):
            field, rank = _meanings(kind)[one]
            best[field] = min(best.get(field, (rank, at)), (rank, at))
    columns = [""] * len(bares)
    for field, (_, at) in best.items():
        columns[at] = field
    return columns


def _missing(kind: FileKind, columns: Sequence[str]) -> str:
    """What a table must have and has not, in words; "" when nothing is missing."""
    held = set(columns)
    if not {"name", "first", "last"} & held:
        return "the name"
    if kind is FileKind.APPOINTMENTS and not ({"start"} & held or {"date", "time"} <= held):
        return "the day and the time"
    return ""


def check_layout(layout: Layout) -> Question | None:
    """The question for a table that was not recognised; raises NothingToRead when the answer left out too much."""
    missing = _missing(layout.kind, layout.columns)
    if layout.sure and missing:
        raise NothingToRead(why=f"No column of that file was said to hold {missing}.")
    if layout.sure:
        return None
    return Question("columns", f"No column was recognised that holds {missing}. What is in which column?", ())


def status_of(word: str) -> Status | None:
    """The status that another program means; None when the word is not known."""
    wanted = " ".join(word.casefold().split())
    return next((Status(status) for status, words in _data()["status"].items() if wanted in words), None)


def says_archived(heading: str, word: str) -> bool:
    """Whether a cell says that the client was set aside; a date under "archived at" says so too."""
    word = word.strip().casefold()
    return word in _data()["archived"]["words"] or (bare(heading).endswith("at") and word[:1].isdigit())
