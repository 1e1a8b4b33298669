"""What the desk owes: a value for each thing, and their order. Rules: desk_sessions.py, desk_papers.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from uuid import UUID
from zoneinfo import ZoneInfo

from .appointment import Appointment
from .client import Client
from .when import at

SEEN_WITHIN = timedelta(days=60)
"""Goals and referrals of clients who stayed away longer are not spoken of. Our choice, no source."""


class OwedKind(Enum):
    """What sort of thing is owed, in the order in which the desk lists them."""

    NOTE = "note"
    OUTCOME = "outcome"
    HISTORY = "history"
    GOAL = "goal"
    REVIEW = "review"
    REFERRAL = "referral"
    REPORT = "report"
    LICENCE = "licence"
    INSURANCE = "insurance"
    CERTIFICATION = "training"
    EDUCATION = "courses"
    BACKUP = "backup"

    @property
    def glyph(self) -> str:
        """One cell wide, told apart by shape."""
        return _GLYPHS[self]

    @property
    def group(self) -> int:
        """Its place on the desk; the papers (from the referral on) share one.

        A note comes before everything: it goes stale by the hour and only its writer can mend it, while a paper takes
        weeks. A licence that ran out long ago must not push last night's note down the list.
        """
        return min(list(OwedKind).index(self), list(OwedKind).index(OwedKind.REFERRAL))


_GLYPHS = {
    OwedKind.NOTE: "✎",
    OwedKind.OUTCOME: "○",
    OwedKind.HISTORY: "?",
    OwedKind.GOAL: "◎",
    OwedKind.REVIEW: "↻",
    OwedKind.REFERRAL: "R",
    OwedKind.REPORT: "»",
    OwedKind.LICENCE: "§",
    OwedKind.INSURANCE: "§",
    OwedKind.CERTIFICATION: "§",
    OwedKind.EDUCATION: "§",
    OwedKind.BACKUP: "▣",
}


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that is owed.

    `since` is the moment from which it was owed, never after now; `about` the id of what it leads to: the appointment
    (note, outcome), the client (history), the goal, the plan (review), the referral (referral, report), the therapist
    (licence, insurance, courses) or the certification.
    `session_at` is when the session began that it belongs to, and None for papers. `late` says that it is past its
    limit, which `urgency` says in words too.
    """

    kind: OwedKind
    since: datetime
    about: UUID
    what: str
    urgency: str
    late: bool = False
    client: Client | None = None
    appointment: Appointment | None = None
    session_at: datetime | None = None

    @property
    def key(self) -> tuple[OwedKind, UUID]:
        """By which it is known again after the desk was read anew."""
        return self.kind, self.about


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything owed: by kind as `OwedKind.group` says, and within it the oldest first."""

    owed: tuple[Owed, ...] = ()

    @classmethod
    def of(cls, found: Iterable[Owed]) -> "Desk":
        """The list in its order, each thing once; a session whose note is to be signed needs no outcome besides."""
        each = {one.key: one for one in sorted(found, key=_rank, reverse=True)}  # of two alike the older one stays
        noted = {one.about for one in each.values() if one.kind is OwedKind.NOTE}
        kept = (one for one in each.values() if one.kind is not OwedKind.OUTCOME or one.about not in noted)
        return cls(tuple(sorted(kept, key=_rank)))

    def of_kind(self, kind: OwedKind) -> tuple[Owed, ...]:
        """What is owed of one kind, oldest first."""
        return tuple(one for one in self.owed if one.kind is kind)

    @property
    def counts(self) -> dict[OwedKind, int]:
        """How many of each kind; kinds of which nothing is owed are left out."""
        found = {kind: len(self.of_kind(kind)) for kind in OwedKind}
        return {kind: count for kind, count in found.items() if count}

    def to_close(self, now: datetime, zone: ZoneInfo) -> tuple[Owed, ...]:
        """What closing the day runs through: all that sessions begun by now left open.

        Goals only of who was here today: the others cannot be measured tonight. Papers wait on the desk.
        """
        begin = midnight(now.astimezone(zone).date(), zone)
        return tuple(
            one
            for one in self.owed
            if one.session_at and one.session_at <= now and (one.kind is not OwedKind.GOAL or one.session_at >= begin)
        )


def _rank(one: Owed) -> tuple[int, datetime, datetime, str, UUID, UUID]:
    session = one.appointment.id if one.appointment else one.about
    return one.kind.group, one.since, one.session_at or one.since, one.kind.value, one.about, session


def show_ago(span: timedelta) -> str:
    """How long ago, as hours while hours matter: "12 min ago", "43 h ago", "5 days ago"."""
    minutes = int(span / timedelta(minutes=1))
    if minutes < 60:
        return f"{max(0, minutes)} min ago"
    return f"{minutes // 60} h ago" if minutes < 96 * 60 else f"{minutes // 1440} days ago"


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When the practice's day begins."""
    return at(day, time(0), zone)
