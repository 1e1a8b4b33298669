"""What changed in the health history: new entries, what an entry said before, what is over."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from uuid import UUID

from .change import Change, ChangeKind, Former, Span
from .health import HealthEntry


def history_changes(entries: Sequence[HealthEntry], former: Iterable[Former], span: Span) -> Iterator[Change]:
    """Each entry that does not say at the end of the span what it said at its begin, if it said anything then."""
    wordings: dict[UUID, list[HealthEntry]] = {one.id: [one] for one in entries}
    for one in former:
        wordings.setdefault(one.entry.id, []).append(one.entry)
    for said in wordings.values():
        before, now = as_of(said, span.begin), as_of(said, span.end)
        if now and now.noted_at and now != before and (change := _health_change(before, now, now.noted_at, span)):
            yield change


def as_of(wordings: Iterable[HealthEntry], moment: datetime) -> HealthEntry | None:
    """What an entry said at that moment; one without a moment was always so."""
    known = [one for one in wordings if one.noted_at is None or one.noted_at <= moment]
    return max(known, key=lambda one: one.noted_at.timestamp() if one.noted_at else 0, default=None)


def _health_change(before: HealthEntry | None, now: HealthEntry, when: datetime, span: Span) -> Change | None:
    if before is None:
        gone = f", over since {span.short(now.resolved_on)}" if now.resolved_on else ""
        return Change(when, ChangeKind.ADDED, f"New: {_said(now)}{gone}", now.severity)
    if now.resolved_on and not before.resolved_on:
        return Change(when, ChangeKind.RESOLVED, f"Over since {span.short(now.resolved_on)}: {_said(now)}")
    if before.resolved_on and not now.resolved_on:
        return Change(when, ChangeKind.REWORDED, f"Open again: {_said(now)}", now.severity)
    now_says, said = _differing(before, now, span)
    if not said:
        return None
    return Change(when, ChangeKind.REWORDED, f"Changed: {now_says} (was: {said})", now.severity)


def _said(entry: HealthEntry) -> str:
    """The entry in its own words, with the place where they do not name it already."""
    named = entry.place.casefold() in entry.text.casefold()
    return entry.text if named else f"{entry.text} ({entry.place})"


def _differing(before: HealthEntry, now: HealthEntry, span: Span) -> tuple[str, str]:
    """What the entry says now, and what of it was said differently before; "" when nothing that is shown changed."""
    same_words = _said(before) == _said(now)
    new, old = [_said(now)], [] if same_words else [_said(before)]
    for field in fields(HealthEntry):
        if field.name in _SHOWN and getattr(before, field.name) != getattr(now, field.name):
            for entry, parts in ((now, new), (before, old)):
                parts.append(_SHOWN[field.name](entry, span))
    return ", ".join(filter(None, new)), ", ".join(filter(None, old))


def _level_in_words(entry: HealthEntry, _span: Span) -> str:
    return entry.severity.word if entry.severity else "no level of yours"


def _advice(entry: HealthEntry, _span: Span) -> str:
    return entry.advice or "no advice"


def _began(entry: HealthEntry, span: Span) -> str:
    return f"from {span.short(entry.began_on)}" if entry.began_on else "without a date"


def _over(entry: HealthEntry, span: Span) -> str:
    return f"over since {span.short(entry.resolved_on)}" if entry.resolved_on else ""


def _kind(entry: HealthEntry, _span: Span) -> str:
    return entry.kind.value


_SHOWN = {"severity": _level_in_words, "advice": _advice, "began_on": _began, "resolved_on": _over, "kind": _kind}
