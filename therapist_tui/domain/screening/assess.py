"""One matter weighed for one day: its level by time, status and how it stands; or why it is quiet."""

from dataclasses import dataclass, field, replace
from datetime import date

from therapist_tui.domain.level import Level
from therapist_tui.domain.screening.entries import Entry, Escalation, Knowledge
from therapist_tui.domain.screening.findings import Finding
from therapist_tui.domain.screening.values import Matched, Place, Side


@dataclass(slots=True)
class Draft:
    """A caution in the making."""

    entry: Entry
    level: Level
    scope: str
    places: list[Place] = field(default_factory=lambda: list[Place]())
    matched: list[Matched] = field(default_factory=lambda: list[Matched]())
    title: str = ""
    advice: str = ""
    reason: str = ""
    techniques: list[str] = field(default_factory=lambda: list[str]())
    extra: list[Entry] = field(default_factory=lambda: list[Entry]())
    fresh: bool = False
    notes: list[str] = field(default_factory=lambda: list[str]())
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Quiet:
    """A matter that calls for nothing today, and why."""

    reason: str


def assess(finding: Finding, knowledge: Knowledge, day: date, today: frozenset[str]) -> Draft | Quiet:
    """Level and scope of one finding on the day, or why it is quiet."""
    entry = knowledge.entries[finding.entry]
    if finding.stopped and not (entry.window and entry.window.basis == "treatment-end"):
        return _past(entry, finding, knowledge, day, "no longer taken")
    status = _status(entry, finding, today, day)
    if finding.over and not (status and status.level.rank < entry.level.rank and finding.active is not False):
        if _inside_after_end(entry, finding, day):
            return _draft(entry, finding, entry.level, entry.scope, ())
        return _past(entry, finding, knowledge, day, "resolved or long past")
    days = _days(entry, finding, day)
    if days is not None and entry.fades_days is not None and days > entry.fades_days and _fades(entry, finding):
        return _past(entry, finding, knowledge, day, "long past")
    level, scope, regions = _by_time(entry, days)
    if status is not None and _outlived(entry, days) and not any(sign in today for sign in status.signs):
        status = None  # how an old injury once stood says nothing of today
    if status is not None and (level is None or status.level.rank != level.rank or not entry.window):
        level, scope, regions = status.level, status.scope, status.regions
    if level is None:
        return Quiet("the time in which it matters has passed")
    if entry.needs_today and not (finding.kind == "symptom" or _recent(finding, day)):
        return Quiet("matters only when taken shortly before the session")
    return _draft(entry, finding, level, scope, regions)


def _outlived(entry: Entry, days: float | None) -> bool:
    return entry.kind == "event" and entry.window is not None and days is not None and days >= entry.window.days


def _fades(entry: Entry, finding: Finding) -> bool:
    """An event or operation is over in time even when its record was never closed; a condition only if not active."""
    return not finding.still and (finding.active is not True or entry.kind in ("event", "surgery"))


def _recent(finding: Finding, day: date) -> bool:
    return any((day - moment.day).days <= 1 for moment in finding.text.moments) or finding.onset == day


def _draft(entry: Entry, finding: Finding, level: Level, scope: str, regions: tuple[str, ...]) -> Draft:
    narrowed = replace(entry, regions=regions) if regions else entry
    return Draft(narrowed, level, scope, list(finding.places), [finding.matched], side=finding.side)


def _past(entry: Entry, finding: Finding, knowledge: Knowledge, day: date, why: str) -> Draft | Quiet:
    if entry.past == "none":
        return Quiet(why)
    if entry.past in knowledge.entries:
        return _as_history(knowledge.entries[entry.past], finding, day, why)
    level = Level(entry.past)
    return _draft(entry, finding, level, "session" if "whole-body" in entry.regions else "region", ())


def _as_history(entry: Entry, finding: Finding, day: date, why: str) -> Draft | Quiet:
    """A resolved matter that lives on as another entry, counted from its end, or from its begin a year and more ago."""
    since = finding.ended or finding.onset
    level, scope, _regions = _by_time(entry, (day - since).days if since else None)
    if level is None:
        return Quiet(why)
    return Draft(entry, level, scope, [], [finding.matched])


def _inside_after_end(entry: Entry, finding: Finding, day: date) -> bool:
    window = entry.window
    if window is None or window.basis not in ("treatment-end", "symptom-end"):
        return False
    if finding.ended is None:  # told today, with no day: it may have ended this morning
        return finding.kind == "symptom" and window.basis == "symptom-end"
    return (day - finding.ended).days < max(window.days, 1)


def _days(entry: Entry, finding: Finding, day: date) -> float | None:
    """Days since the basis of the entry's window; None when unknown, which counts as inside."""
    basis = entry.window.basis if entry.window else "onset"
    if basis in ("treatment-end", "symptom-end"):
        since = finding.ended if finding.over or finding.stopped else None
        if since is None and basis == "treatment-end":
            return None
        if since is None:
            return None if finding.kind == "symptom" else _past_days(finding, day)
    elif basis == "treatment-start":
        since = max((moment.day for moment in finding.text.moments), default=None)
    else:
        since = finding.onset
    return None if since is None else max(0.0, float((day - since).days))


_SPELL_DAYS = 14
"""Days after which a spell told as the last one is past; the working convention of `_past_days`."""


def _past_days(finding: Finding, day: date) -> float | None:
    """An illness with a begin weeks back and no end given: over once an ordinary illness would be."""
    if finding.onset is None or (day - finding.onset).days <= 14:
        return None
    return float((day - finding.onset).days)


def _by_time(entry: Entry, days: float | None) -> tuple[Level | None, str, tuple[str, ...]]:
    window = entry.window
    if window is None or days is None or window.basis == "gestation" or days < window.days:
        return entry.level, entry.scope, ()
    return (
        window.after,
        window.after_scope or ("region" if window.after is Level.LOCAL else entry.scope),
        window.after_regions,
    )


def _status(entry: Entry, finding: Finding, today: frozenset[str], day: date) -> Escalation | None:
    """The status that holds: the worst that raises the level, else the worst that lowers it."""
    own = (
        finding.text.patterns.get(finding.sentence, frozenset())
        if finding.kind == "notes"
        else finding.text.all_patterns
    )
    holding = [one for one in entry.escalations if _holds(one, finding, own, own | today, day)]
    raising = [one for one in holding if one.level.rank < entry.level.rank]
    return min(raising or holding, key=lambda one: one.level.rank, default=None)


def _holds(one: Escalation, finding: Finding, own: frozenset[str], anywhere: frozenset[str], day: date) -> bool:
    if any(bar in own for bar in one.unless):
        return False
    if one.controlled is not None and finding.controlled is one.controlled:
        return True
    if one.within_days is not None and finding.onset and (day - finding.onset).days <= one.within_days:
        return True
    if one.today and finding.kind == "symptom":
        return True
    # "Last attack a year ago" speaks of no attack today; its signs, read in today's symptoms, still count.
    told_past = finding.past_spell and finding.onset is not None and (day - finding.onset).days > _SPELL_DAYS
    return (not told_past and any(cue in own for cue in one.cues)) or any(sign in anywhere for sign in one.signs)
