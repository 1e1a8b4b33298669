"""Signing a note: what must be in it, what still waits, and when it counts as late."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .carrying import standing, waiting
from .errors import PracticeError
from .note import NoteContent
from .text import clean_line
from .when import NotATime, at, read_time, show_span


class NoteIncomplete(PracticeError):
    """The note cannot be signed yet: {missing}"""


class LateReasonWanted(PracticeError):
    """A late entry, {lag} after the session: say why. The reason stands on the note."""


class LateReasonEmpty(PracticeError):
    """Please say why it is late: the reason stands on the note."""


class NotASpan(PracticeError):
    """Type when the session began and ended, e.g. 10:30–11:30."""


LATE_AFTER = timedelta(hours=24)
"""An entry later than this after the session is a late entry (clinical.md 2.4; WAC 246-830-565 [G])."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the session beside its note."""

    asked: bool = False
    """Whether the client was asked for the history on the day of the session or since."""
    timed: bool = False
    """Whether the appointment's clock says when the session began and ended."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """What the therapist gave as her reasons: why against a caution, and why so late; "" where nobody was asked."""

    why: str = ""
    late: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the signature waits for: the part by its name, the field to go to, one sentence."""

    part: str
    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part that can be required; `there` tells whether a note has it."""

    field: str
    sentence: str
    there: Callable[[NoteContent, Facts], bool]


def _said(field: str) -> Callable[[NoteContent, Facts], bool]:
    return lambda content, _: bool(getattr(content, field).strip())


PARTS = {
    "history": Part("history", "The history was not asked today.", lambda _, facts: facts.asked),
    "said": Part("subjective", "S is empty: what did the client say? (“no change” is an answer)", _said("subjective")),
    "found": Part("objective", "O is empty: what did you find and do?", _said("objective")),
    "work": Part("treatments", "The work done is empty.", lambda content, _: bool(content.treatments)),
    "pain": Part(
        "pain_before", "Pain before and after is not noted.",
        lambda content, _: content.pain_before is not None and content.pain_after is not None,
    ),
    "times": Part(
        "times", "When did the session begin and end?", lambda content, facts: bool(content.times) or facts.timed
    ),
    "response": Part("assessment", "A is empty: how did it respond?", _said("assessment")),
    "plan": Part("plan", "P is empty: what comes next?", _said("plan")),
    "home_care": Part("home_care", "Home care is empty.", _said("home_care")),
    "next_time": Part("next_time", "Next time is empty.", _said("next_time")),
}  # fmt: skip
"""Every part that the setting `sign_requires` can name, in the order of a note."""

REQUIRED = ("history", "said", "found", "response", "plan")
"""What a note needs before it can be signed unless the setting says otherwise: no blank section, and the history asked
for at every visit (clinical.md 2.3 items 3 and 5 to 11, 2.4)."""

NAMES = {
    "objective": "O", "treatments": "Work done", "assessment": "A", "plan": "P", "home_care": "Home care",
    "next_time": "Next time",
}  # fmt: skip
"""How a section that can be carried is called in a sentence."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How notes are signed in this practice."""

    required: tuple[str, ...] = REQUIRED
    late_after: timedelta = LATE_AFTER


def missing(content: NoteContent, facts: Facts, required: Iterable[str]) -> tuple[Missing, ...]:
    """What the signature waits for, in the order of a note: required parts, and carried lines nobody has confirmed."""
    wanted = set(required)
    found = [
        Missing(name, part.field, part.sentence)
        for name, part in PARTS.items()
        if name in wanted and not part.there(content, facts)
    ]
    return (*found, *_unreadable(content), *_unconfirmed(content))


def _unreadable(content: NoteContent) -> Sequence[Missing]:
    try:
        if content.times:
            read_span(content.times, date(2000, 1, 3), ZoneInfo("UTC"))  # any ordinary day will do
    except NotASpan as error:
        return [Missing("times", "times", str(error))]
    return []


def _unconfirmed(content: NoteContent) -> Sequence[Missing]:
    counts: dict[str, int] = {}
    for one in waiting(content):
        counts[one.section] = counts.get(one.section, 0) + 1
    return [
        Missing("carried", section, f"{NAMES[section]}: {_lines(count)} to confirm or to change.")
        for section, count in sorted(counts.items(), key=lambda item: [*NAMES].index(item[0]))
    ]


def _lines(count: int) -> str:
    return "1 carried line" if count == 1 else f"{count} carried lines"


def settled(content: NoteContent) -> NoteContent:
    """The note as it is signed: of what was carried, only what still stands as it was carried is told."""
    return replace(content, carried=standing(content))


def lag_of(ended_at: datetime, signed_at: datetime) -> int:
    """Whole minutes from the session's end to the signature; 0 when it is signed before the end."""
    return max(0, int((signed_at - ended_at).total_seconds() // 60))


def check_late(lag_minutes: int, rules: Rules, reason: str) -> str:
    """The reason as it is kept, "" when it is not late. Raises LateReasonWanted, LateReasonEmpty."""
    if timedelta(minutes=lag_minutes) <= rules.late_after:
        return ""
    if not reason:
        raise LateReasonWanted(lag=show_span(lag_minutes))
    return read_late_reason(reason)


def read_late_reason(words: str) -> str:
    """The reason of a late entry; raises LateReasonEmpty."""
    reason = clean_line(words, 500)
    if not any(letter.isalnum() for letter in reason):
        raise LateReasonEmpty
    return reason


def read_span(words: str, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When a session began and ended, in UTC, from "10:30–11:28" or "10:30 to 11:28".

    Past midnight it ends a day later. Raises NotASpan.
    """
    parts = [part.strip() for part in words.replace("–", "-").replace("—", "-").replace(" to ", "-").split("-")]
    try:
        first, last = (read_time(part) for part in parts)
    except (ValueError, NotATime):
        raise NotASpan from None
    began, ended = at(day, first, zone), at(day, last, zone)
    if ended <= began:
        ended = at(date.fromordinal(day.toordinal() + 1), last, zone)
    if ended - began > timedelta(hours=12):
        raise NotASpan
    return began, ended
