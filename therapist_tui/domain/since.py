"""What changed since the last signed note: the first thing to know when the same client comes in again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from uuid import UUID
from zoneinfo import ZoneInfo

from .appointment import Appointment
from .consent import Consent
from .health import HealthEntry
from .note import Addendum, SessionNote
from .plan import GoalProgress, show_value
from .referral import Referral


class ChangeKind(Enum):
    """What a change is about; what bears on today's session comes first."""

    HEALTH = "history"
    ADDENDUM = "addendum"
    VISIT = "visit"
    GOAL = "goal"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not what it was at the last signed note, in a few words; `on` is the day it came up."""

    kind: ChangeKind
    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Happened:
    """What is known of one client, to look for changes in. `before` is what an entry of the history said before."""

    health: Sequence[HealthEntry] = ()
    before: Mapping[UUID, str] = field(default_factory=dict[UUID, str])
    addenda: Sequence[Addendum] = ()
    lost: Sequence[Appointment] = ()
    goals: Sequence[GoalProgress] = ()
    consents: Sequence[Consent] = ()
    referrals: Sequence[Referral] = ()


def told_at(note: SessionNote) -> datetime:
    """Up to when a note tells how things stand: its signature, or for a late entry the session."""
    if note.signed_at is None or note.late:
        return note.ended_at or note.service_at
    return note.signed_at


def changes(last: SessionNote | None, happened: Happened, zone: ZoneInfo) -> tuple[Change, ...]:
    """What changed since the last signed note, the kinds in their order and in each the newest first.

    Nothing where there is no such note: then everything is new.
    """
    if last is None:
        return ()
    since = told_at(last)
    day = since.astimezone(zone).date()
    found = [
        *_health(happened, since, day, zone),
        *(
            Change(ChangeKind.ADDENDUM, one.written_at.astimezone(zone).date(), f"{one.kind.value}: {one.text}")
            for one in happened.addenda
            if one.written_at > since
        ),
        *_lost(happened.lost, since, zone),
        *_measured(happened.goals, since, zone),
        *_papers(happened, day),
    ]
    order = [*ChangeKind]
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), -one.on.toordinal())))


def _health(happened: Happened, since: datetime, day: date, zone: ZoneInfo) -> Iterable[Change]:
    for entry in happened.health:
        noted = entry.noted_at
        if entry.resolved_on and entry.resolved_on > day:
            yield Change(ChangeKind.HEALTH, entry.resolved_on, f"over: {entry.text}")
        elif entry.id in happened.before:
            on = noted.astimezone(zone).date() if noted else day
            was = happened.before[entry.id]
            yield Change(
                ChangeKind.HEALTH, on, f"changed: {entry.text}" + (f" (was: {was})" if was != entry.text else "")
            )
        elif noted and noted > since:
            yield Change(ChangeKind.HEALTH, noted.astimezone(zone).date(), f"new: {entry.text}")


def _lost(lost: Iterable[Appointment], since: datetime, zone: ZoneInfo) -> Iterable[Change]:
    for one in lost:
        if one.starts_at > since:
            yield Change(ChangeKind.VISIT, one.starts_at.astimezone(zone).date(), f"{one.status.value}: {one.reason}")


def _measured(goals: Iterable[GoalProgress], since: datetime, zone: ZoneInfo) -> Iterable[Change]:
    for progress in goals:
        new = [one for one in progress.measurements if one.measured_at > since]
        if new:
            known = progress.values[: len(progress.values) - len(new)][-1]
            unit = progress.goal.unit
            course = f"{show_value(known, unit)} → {show_value(new[-1].value, unit)}"
            yield Change(
                ChangeKind.GOAL, new[-1].measured_at.astimezone(zone).date(), f"{progress.goal.title} {course}"
            )


def _papers(happened: Happened, day: date) -> Iterable[Change]:
    for consent in happened.consents:
        if consent.withdrawn_on and consent.withdrawn_on > day:
            yield Change(ChangeKind.PAPER, consent.withdrawn_on, f"consent withdrawn: {consent.kind.value}")
        elif consent.given_on > day:
            yield Change(ChangeKind.PAPER, consent.given_on, f"consent given: {consent.kind.value}")
    for referral in happened.referrals:
        if referral.written_on and referral.written_on > day:
            yield Change(ChangeKind.PAPER, referral.written_on, f"referral from {referral.referrer}")
