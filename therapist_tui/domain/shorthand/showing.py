"""What the body map shows of marks: for a region the kinds of findings there, and the pain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..body.marks import Mark, MarkKind
from ..health import Side
from .lexicon import finding_kinds
from .noting import describe


@dataclass(frozen=True, slots=True)
class Shown:
    """What is drawn on a region: `kinds` in the order of MarkKind; pain is the worst of the marks there."""

    kinds: tuple[MarkKind, ...] = ()
    before: int | None = None
    after: int | None = None

    @property
    def letters(self) -> tuple[str, ...]:
        """The keys of the kinds and the pain, "px7>3", and shorter writings for where there is less room."""
        kinds = "".join(kind.key for kind in self.kinds)
        before = "" if self.before is None else str(self.before)
        after = "" if self.after is None else f">{self.after}"
        found = (
            kinds + before + after,
            kinds[:1] + before + after,
            kinds + before,
            kinds[:1] + before,
            kinds,
            kinds[:1],
        )
        return tuple(dict.fromkeys(text or "·" for text in found))


def kinds_of(mark: Mark) -> tuple[MarkKind, ...]:
    """What a mark shows; pain where nothing but a number was said."""
    found = {
        finding_kinds()[finding.id] for finding in mark.findings if finding.present and finding.id in finding_kinds()
    }
    if not found and (mark.pain_before is not None or mark.pain_after is not None):
        found = {MarkKind.PAIN}
    return tuple(kind for kind in MarkKind if kind in found)


def shown(marks: Iterable[Mark], region: str, side: Side) -> Shown | None:
    """What is drawn on a region; None when nothing is marked there."""
    here = [mark for mark in marks if mark.place.covers(region, side)]
    if not here:
        return None
    kinds = {kind for mark in here for kind in kinds_of(mark)}
    before = [mark.pain_before for mark in here if mark.pain_before is not None]
    after = [mark.pain_after for mark in here if mark.pain_after is not None]
    return Shown(tuple(kind for kind in MarkKind if kind in kinds), max(before, default=None), max(after, default=None))


def trend(sessions: Iterable[Sequence[Mark]], today: Iterable[Mark], region: str, side: Side) -> tuple[str, ...]:
    """A region over the sessions given oldest first, then today: "7→3", "6→3", "5→2 today".

    A session that did not mark it is left out; where no pain was said, the findings stand ("tension").
    """
    past = [value for marks in sessions if (value := _value(shown(marks, region, side)))]
    now = _value(shown(today, region, side))
    return (*past, f"{now} today") if now else tuple(past)


def told(mark: Mark) -> str:
    """A mark in full words with its pain: "left trapezius: hypertonic 7→3"."""
    return f"{describe(mark)} {_pain(mark.pain_before, mark.pain_after)}".rstrip()


def _pain(before: int | None, after: int | None) -> str:
    first = "" if before is None else str(before)
    return first if after is None else f"{first}→{after}"


def _value(one: Shown | None) -> str:
    if one is None:
        return ""
    return _pain(one.before, one.after) or ", ".join(kind.value for kind in one.kinds) or "marked"
