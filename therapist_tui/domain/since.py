"""What changed since the last signed note: the first thing to know when the same client comes in again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from .appointment import Appointment, Status
from .change import Change, ChangeKind, Former, Span
from .consent import Consent, ConsentKind
from .goal import GoalProgress
from .health import Answer, HealthEntry, HistoryCheck
from .level import Level
from .note import Addendum, SessionNote
from .referral import LAST_VISITS, Referral
from .since_history import history_changes


@dataclass(frozen=True, slots=True)
class Happened:
    """What is known of one client that may be newer than the last note; more than that is no harm."""

    health: Sequence[HealthEntry] = ()
    former: Sequence[Former] = ()
    asked: HistoryCheck | None = None
    goals: Sequence[GoalProgress] = ()
    consents: Sequence[Consent] = ()
    referrals: Sequence[Referral] = ()
    appointments: Sequence[Appointment] = ()
    addenda: Sequence[Addendum] = ()


def told_at(note: SessionNote) -> datetime:
    """Up to when a note tells how things stand: its signature, or for a late entry the session.

    What is entered before the signature belongs to that session: the values measured in it are typed while its note
    is written.
    """
    if note.signed_at is None or note.late:
        return note.ended_at or note.service_at
    return note.signed_at


def changes(last: SessionNote | None, known: Happened, until: datetime, zone: ZoneInfo) -> tuple[Change, ...]:
    """What changed from the last signed note's session until that moment; () when there is no such note.

    The history and withdrawn consents come first, the worst first, then the rest, the newest first; that
    the history was asked comes last.
    """
    if last is None:
        return ()
    span = Span(told_at(last), until, zone)
    history = [*history_changes(known.health, known.former, span)]
    found = [
        *history,
        *_asked(known.asked, span, told=bool(history)),
        *_measured(known.goals, span),
        *_consents(known.consents, span),
        *_referrals(known.referrals, span),
        *_lost(known.appointments, span),
        *_addenda(known.addenda, last, span),
    ]
    return tuple(sorted(found, key=_order))


def summary(found: Iterable[Change]) -> str:
    """The changes in a few words: "2 new in history, neck rotation left 48° → 62°"; "" when there are none."""
    by_kind: dict[ChangeKind, list[Change]] = {}
    for one in found:
        by_kind.setdefault(one.kind, []).append(one)
    parts: list[str] = []
    for kind in ChangeKind:
        several = by_kind.get(kind, [])
        if kind is ChangeKind.MEASURED:
            parts += [one.text.rpartition(",")[0] for one in several]
        elif kind is ChangeKind.ASKED:
            parts += [one.text for one in several]
        elif several:
            parts.append(f"{len(several)} {kind.value}")
    return ", ".join(parts)


def _order(change: Change) -> tuple[int, int, float]:
    if change.kind.matters:
        return 0, change.level.rank if change.level else len(Level), -change.when.timestamp()
    return 2 if change.kind is ChangeKind.ASKED else 1, 0, -change.when.timestamp()


def _asked(newest: HistoryCheck | None, span: Span, *, told: bool) -> Iterator[Change]:
    """The answer; that something changed is not said again where the change itself is told."""
    if newest and newest.asked_at in span and not (told and newest.answer is Answer.CHANGED):
        asked = f"History asked {span.short(span.day_of(newest.asked_at))}: {newest.answer.value}"
        yield Change(newest.asked_at, ChangeKind.ASKED, asked)


def _measured(goals: Iterable[GoalProgress], span: Span) -> Iterator[Change]:
    for progress in goals:
        goal = progress.goal
        new = [one for one in progress.counted if one.measured_at in span]
        if not new:
            continue
        old = [one.value for one in progress.counted if one.measured_at <= span.begin]
        before, now = old[-1] if old else goal.baseline, new[-1].value
        better = (now > before) == goal.higher_is_better
        course = "the same" if now == before else "better" if better else "worse"
        values = f"{goal.shown(before)} → {goal.shown(now)}"
        yield Change(new[-1].measured_at, ChangeKind.MEASURED, f"{goal.title} {values}, {course}")


def _consents(consents: Iterable[Consent], span: Span) -> Iterator[Change]:
    for one in consents:
        what = f"{one.kind.value}{f', {one.regions}' if one.regions else ''}"
        # A consent withdrawn on the day of that session counts: it is safer said once more than not at all.
        if one.withdrawn_on and span.day_of(span.begin) <= one.withdrawn_on <= span.last_day:
            yield Change(
                min(span.end, _begin_of(one.withdrawn_on, span)), ChangeKind.WITHDRAWN, f"Consent withdrawn: {what}"
            )
        elif span.day_of(span.begin) < one.given_on <= span.last_day:
            given = "Clearance" if one.kind is ConsentKind.PHYSICIAN_CLEARANCE else "Consent given"
            yield Change(_begin_of(one.given_on, span), ChangeKind.CONSENT, f"{given}: {what} ({one.method.value})")


def _begin_of(day: date, span: Span) -> datetime:
    """Papers have a day, not a moment."""
    return datetime(day.year, day.month, day.day, tzinfo=span.zone)


def _referrals(referrals: Iterable[Referral], span: Span) -> Iterator[Change]:
    today = span.last_day
    for one in referrals:
        left = one.visits_left
        visits = f"{left} visit{'' if left == 1 else 's'} left"
        if one.written_on and span.day_of(span.begin) < one.written_on <= today:
            more = f", {visits}" if left is not None else ""
            yield Change(_begin_of(one.written_on, span), ChangeKind.REFERRAL, f"New referral: {one.referrer}{more}")
        elif left is not None and left <= LAST_VISITS and (not one.expires_on or one.expires_on >= today):
            yield Change(span.begin, ChangeKind.REFERRAL, f"Referral of {one.referrer}: {visits}")


def _lost(appointments: Iterable[Appointment], span: Span) -> Iterator[Change]:
    for one in appointments:
        if one.status.lost and one.starts_at in span:
            how = "Cancelled" if one.status is Status.CANCELLED else "Missed"
            day = span.short(span.day_of(one.starts_at))
            yield Change(one.starts_at, ChangeKind.LOST, f"{how} {day}: {one.reason}")


def _addenda(addenda: Iterable[Addendum], note: SessionNote, span: Span) -> Iterator[Change]:
    for one in addenda:
        if one.note_id == note.id and one.written_at <= span.end:
            said = " ".join(one.text.split())
            yield Change(one.written_at, ChangeKind.ADDENDUM, f"Addendum to the last note ({one.kind.value}): {said}")
