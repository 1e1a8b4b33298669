"""Carrying forward, honestly: lines of the last note taken over section by section, never what the client said.

A carried line is nobody's finding of today until the therapist touched or confirmed it: it stays marked, and the note
cannot be signed (clinical.md 2.4: text copied forward is visibly marked until edited or confirmed). A line counts as
touched as soon as it no longer stands as it was carried.
"""

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .treatments import show_treatments

if TYPE_CHECKING:
    from .note import NoteContent

SECTIONS = ("objective", "treatments", "assessment", "plan", "home_care", "next_time")
"""What can be carried, in the order of a note. Not S, which is asked anew, and not pain, which is measured anew."""


@dataclass(frozen=True, slots=True)
class Carried:
    """One line carried from the last note into a section, as it read there; of the work done, one technique."""

    section: str
    text: str
    confirmed: bool = False


def lines_of(content: "NoteContent", section: str) -> tuple[str, ...]:
    """The lines of a section that say something; of the work done, one a technique."""
    if section == "treatments":
        return tuple(show_treatments((one,)) for one in content.treatments)
    return tuple(line.strip() for line in getattr(content, section).split("\n") if line.strip())


def carry(content: "NoteContent", last: "NoteContent", section: str) -> "NoteContent":
    """The note with those lines of a section of the last note that it does not have yet, waiting to be confirmed.

    Raises ValueError for a section that is never carried.
    """
    if section not in SECTIONS:
        raise ValueError(section)
    here = lines_of(content, section)
    new = [line for line in dict.fromkeys(lines_of(last, section)) if line not in here]
    if not new:
        return content
    marks = (*(one for one in content.carried if one not in _of(section, new)), *_of(section, new))
    return replace(_with(content, section, new, last), carried=marks)


def take_back(content: "NoteContent", section: str) -> "NoteContent":
    """The note without the lines of a section that were carried and neither touched nor confirmed."""
    gone = {one.text for one in waiting(content, section)}
    kept = tuple(one for one in content.carried if one.section != section or one.text not in gone)
    if section == "treatments":
        left = tuple(one for one in content.treatments if show_treatments((one,)) not in gone)
        return replace(content, treatments=left, carried=kept)
    text = "\n".join(line for line in getattr(content, section).split("\n") if line.strip() not in gone)
    return replace(content, **{section: text.strip("\n")}, carried=kept)


def confirm(content: "NoteContent", section: str) -> "NoteContent":
    """The note with the carried lines of a section taken on as today's."""
    if not waiting(content, section):
        return content
    marks = (replace(one, confirmed=True) if one.section == section else one for one in content.carried)
    return replace(content, carried=tuple(marks))


def standing(content: "NoteContent") -> tuple[Carried, ...]:
    """The carried lines that still stand as they were carried; the others were touched, and are the therapist's own."""
    here = {section: frozenset(lines_of(content, section)) for section in {one.section for one in content.carried}}
    return tuple(one for one in content.carried if one.text in here[one.section])


def waiting(content: "NoteContent", section: str | None = None) -> tuple[Carried, ...]:
    """The carried lines, of one section or of all, that nobody has touched or confirmed; they block the signature."""
    if not content.carried:
        return ()
    return tuple(one for one in standing(content) if not one.confirmed and section in (None, one.section))


def likeness(content: "NoteContent", last: "NoteContent") -> float:
    """How alike two notes are, from 0 (nothing in common) to 1: the share of their words that stand in both (Dice).

    Each word counts as often as it is written, S included: a copied S shows here too.
    """
    words, before = _words(content), _words(last)
    total = words.total() + before.total()
    return 2 * (words & before).total() / total if total else 0.0


def _of(section: str, lines: list[str]) -> tuple[Carried, ...]:
    return tuple(Carried(section, line) for line in lines)


def _with(content: "NoteContent", section: str, lines: list[str], last: "NoteContent") -> "NoteContent":
    if section == "treatments":
        new = tuple(one for one in dict.fromkeys(last.treatments) if show_treatments((one,)) in lines)
        return replace(content, treatments=(*content.treatments, *new))
    text = getattr(content, section).rstrip("\n")
    return replace(content, **{section: "\n".join(filter(None, (text, *lines)))})


def _words(content: "NoteContent") -> "Counter[str]":
    sections = ("subjective", *SECTIONS)
    return Counter(word for name in sections for line in lines_of(content, name) for word in line.casefold().split())
