"""What the desk owes of sessions: notes to sign, outcomes, histories, goals. One rule a function."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from .appointment import Appointment, Status
from .client import Client
from .desk import SEEN_WITHIN, Owed, OwedKind, midnight, show_ago
from .goal import Goal
from .health import HistoryCheck
from .note import SessionNote
from .signing import Facts, Rules, missing

VISITS_UNMEASURED = 4
"""Visits without a value after which a goal is owed one (clinical.md 2.6: no progress after 4 to 6 visits asks for a
change; without a value nobody can tell)."""


# Notes


def owes_signature(status: Status, note: SessionNote | None) -> bool:
    """Whether a note waits for its signature: its session is done, or a draft of it says something.

    An empty draft alone does not: it may have been opened just to look.
    """
    if note is None or note.content.empty:
        return status is Status.DONE and not (note and note.signed)
    return not note.signed


def note_owed(
    appointment: Appointment,
    note: SessionNote | None,
    client: Client,
    now: datetime,
    rules: Rules,
) -> Owed | None:
    """The note of a session that waits for its signature; late as the practice's rules have it (clinical.md 2.4)."""
    if not owes_signature(appointment.status, note):
        return None
    end = appointment.over_at
    late = now - end > rules.late_after
    ago = f"{show_ago(now - end)}, late" if late else show_ago(now - end) if end <= now else "under way"
    return Owed(
        OwedKind.NOTE, min(end, now), appointment.id, _state(note, rules), ago, late, client, appointment,
        appointment.starts_at,
    )  # fmt: skip


def _state(note: SessionNote | None, rules: Rules) -> str:
    if note is None or note.content.empty:
        return "not begun"
    # The history is on the desk as itself; here it counts what is written.
    waits = missing(note.content, Facts(asked=True, timed=True), rules.required)
    return "begun, not finished" if waits else "ready to sign"


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
