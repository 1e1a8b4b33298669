"""What the desk owes of sessions: notes to sign, outcomes, histories, goals. One rule a function.

Papers that run out are in desk_papers.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from uuid import UUID
from zoneinfo import ZoneInfo

from .appointment import Appointment, Status
from .client import Client
from .health import HistoryCheck
from .note import SessionNote
from .plan import Goal
from .when import at

LATE_AFTER = timedelta(hours=24)
"""From the session's end to the signature; an entry after that is late (clinical.md 2.4: default 24 h)."""
VISITS_UNMEASURED = 4
"""Visits without a value after which a goal is owed one (clinical.md 2.6: no progress after 4 to 6 visits asks for a
change; without a value nobody can tell)."""
SEEN_WITHIN = timedelta(days=60)
"""Goals and referrals of clients who stayed away longer are not spoken of. Our choice, no source."""


class OwedKind(Enum):
    """What sort of thing is owed, in the order in which the desk lists them."""

    NOTE = "note"
    OUTCOME = "outcome"
    HISTORY = "history"
    GOAL = "goal"
    REFERRAL = "referral"
    LICENCE = "licence"
    CERTIFICATION = "training"

    @property
    def glyph(self) -> str:
        """One cell wide, told apart by shape."""
        return _GLYPHS[self]

    @property
    def group(self) -> int:
        """Its place on the desk; the papers (referral, licence, certification) share one.

        A note comes before everything: it goes stale by the hour and only its writer can mend it, while a paper takes
        weeks. A licence that ran out long ago must not push last night's note down the list.
        """
        return min(list(OwedKind).index(self), list(OwedKind).index(OwedKind.REFERRAL))


_GLYPHS = {
    OwedKind.NOTE: "✎",
    OwedKind.OUTCOME: "○",
    OwedKind.HISTORY: "?",
    OwedKind.GOAL: "◎",
    OwedKind.REFERRAL: "R",
    OwedKind.LICENCE: "§",
    OwedKind.CERTIFICATION: "§",
}


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that is owed.

    `since` is the moment from which it was owed, never after now; `about` the id of what it leads to: the appointment
    (note, outcome), the client (history), the goal, the referral, the therapist (licence) or the certification.
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


def _rank(one: Owed) -> tuple[int, datetime, datetime, str, UUID]:
    return one.kind.group, one.since, one.session_at or one.since, one.kind.value, one.about


# Notes


def owes_signature(status: Status, note: SessionNote | None) -> bool:
    """Whether a note waits for its signature: its session is done, or a draft of it says something.

    An empty draft alone does not: it may have been opened just to look.
    """
    if note is None or note.content.empty:
        return status is Status.DONE and not (note and note.signed)
    return not note.signed


def session_end(appointment: Appointment) -> datetime:
    """When the session was over: as stamped, but never after the booked time: "done" is often pressed later."""
    return min(appointment.ended_at or appointment.ends_at, appointment.ends_at)


def note_owed(
    appointment: Appointment,
    note: SessionNote | None,
    client: Client,
    now: datetime,
    late_after: timedelta = LATE_AFTER,
) -> Owed | None:
    """The note of a session that waits for its signature; late from 24 h after the session's end (clinical.md 2.4)."""
    if not owes_signature(appointment.status, note):
        return None
    end = session_end(appointment)
    late = now - end >= late_after
    ago = f"{show_ago(now - end)}, late" if late else show_ago(now - end) if end <= now else "under way"
    return Owed(
        OwedKind.NOTE, min(end, now), appointment.id, _state(note), ago, late, client, appointment,
        appointment.starts_at,
    )  # fmt: skip


def _state(note: SessionNote | None) -> str:
    if note is None or note.content.empty:
        return "not begun"
    return "begun, not finished" if note.content.missing() else "ready to sign"


# Outcomes and histories


def outcome_owed(appointment: Appointment, client: Client, now: datetime) -> Owed | None:
    """An appointment whose time is over and of which nobody said whether it took place."""
    if not appointment.status.open or appointment.ends_at > now:
        return None
    return Owed(
        OwedKind.OUTCOME,
        appointment.ends_at,
        appointment.id,
        f"still {appointment.status.value}",
        show_ago(now - appointment.ends_at),
        False,
        client,
        appointment,
        appointment.starts_at,
    )


def history_owed(
    appointment: Appointment, asked: HistoryCheck | None, client: Client, now: datetime, zone: ZoneInfo, valid_days: int
) -> Owed | None:
    """The history of who comes today, or came: never asked, out of date, or not asked today though the session is done.

    `valid_days` is the practice's setting (clinical.md 2.1: a year, in some places each session). Only today's
    appointments are to be given: what lies ahead can wait, and what is past can no longer be asked.
    """
    if appointment.status.lost:
        return None
    begin = midnight(appointment.starts_at.astimezone(zone).date(), zone)
    if asked is None:
        what, urgency, since = "health history", "never asked", begin
    elif (days := (begin.astimezone(zone).date() - asked.asked_at.astimezone(zone).date()).days) > valid_days:
        what, urgency = "out of date", f"asked {days} days ago"
        since = asked.asked_at + timedelta(days=valid_days)
    elif appointment.status is Status.DONE and asked.asked_at < begin:
        what, urgency, since = "not asked at this session", f"asked {days} day{'' if days == 1 else 's'} ago", begin
    else:
        return None
    never = asked is None
    return Owed(
        OwedKind.HISTORY, min(since, now), client.id, what, urgency, never, client, appointment, appointment.starts_at
    )


# Goals


def goal_owed(
    goal: Goal, measured_at: datetime | None, visits: Sequence[datetime], client: Client, now: datetime, zone: ZoneInfo
) -> Owed | None:
    """A goal that no visit of the last four or more brought a value for, since the baseline or the last measurement.

    `visits` are the beginnings of the client's sessions that took place, oldest first. A value counts for every visit
    of its day. (clinical.md 2.6, see VISITS_UNMEASURED)
    """
    last = measured_at.astimezone(zone).date() if measured_at else goal.baseline_on
    without = [visit for visit in visits if visit.astimezone(zone).date() > last]
    if len(without) < VISITS_UNMEASURED or now - visits[-1] > SEEN_WITHIN:
        return None
    return Owed(
        OwedKind.GOAL,
        min(without[VISITS_UNMEASURED - 1], now),
        goal.id,
        goal.title,
        f"no value for {len(without)} visits",
        False,
        client,
        None,
        visits[-1],
    )


# In words, and in time


def show_ago(span: timedelta) -> str:
    """How long ago, as hours while hours matter: "12 min ago", "43 h ago", "5 days ago"."""
    minutes = int(span / timedelta(minutes=1))
    if minutes < 60:
        return f"{max(0, minutes)} min ago"
    return f"{minutes // 60} h ago" if minutes < 96 * 60 else f"{minutes // 1440} days ago"


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When the practice's day begins."""
    return at(day, time(0), zone)
