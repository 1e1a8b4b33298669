"""Filling a note from its shorthand line while the line is typed, without touching what was written by hand."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from therapist_tui.domain.note import NoteContent
from therapist_tui.domain.treatments import Treatment

from .lexicon import Lexicon
from .noting import into_note
from .own import lexicon_with
from .reader import NO_OWN, reading_of

SECTIONS = ("subjective", "objective", "assessment", "plan", "home_care", "next_time")


def refilled(content: NoteContent, line: str, own: Mapping[str, str] = NO_OWN) -> NoteContent:
    """The note with another shorthand line: what the old line had filled in is replaced, what was typed stays.

    A section in which the filled-in text was edited by hand is left alone; the line is kept beside it either way.
    """
    if line == content.shorthand:
        return content
    lexicon = lexicon_with(own)
    before, after = _note(content.shorthand, lexicon), _note(line, lexicon)
    sections = {
        name: _section(getattr(content, name), getattr(before, name), getattr(after, name)) for name in SECTIONS
    }
    return replace(
        content,
        **sections,
        treatments=_treatments(content.treatments, before.treatments, after.treatments),
        pain_before=_pain(content.pain_before, before.pain_before, after.pain_before),
        pain_after=_pain(content.pain_after, before.pain_after, after.pain_after),
        shorthand=line,
    )


@lru_cache(maxsize=8)
def _note(line: str, lexicon: Lexicon) -> NoteContent:
    """The note of a line. Kept, since the line after one key press is the line before the next."""
    return into_note(reading_of(line, lexicon))


def _section(text: str, before: str, after: str) -> str:
    if before and before in text:
        return text.replace(before, after, 1).strip("\n") if not after else text.replace(before, after, 1)
    if before or not after:
        return text
    return f"{text.rstrip()}\n{after}" if text.strip() else after


def _treatments(
    kept: tuple[Treatment, ...], before: tuple[Treatment, ...], after: tuple[Treatment, ...]
) -> tuple[Treatment, ...]:
    by_hand = list(kept)
    for one in before:
        if one in by_hand:
            by_hand.remove(one)
    return (*by_hand, *after)


def _pain(kept: int | None, before: int | None, after: int | None) -> int | None:
    return after if kept == before else kept
