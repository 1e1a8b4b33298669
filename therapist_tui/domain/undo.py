"""What undo calls the acts: the user's words for every code of the audit trail, and which acts are final."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

LABELS: dict[str, str] = {
    "appointment.arrived": "status arrived",
    "appointment.booked": "{said}",
    "appointment.cancelled": "appointment cancelled",
    "appointment.changed": "appointment {said}",
    "appointment.done": "status done",
    "appointment.in-session": "status in session",
    "appointment.no-show": "marked as no-show",
    "client.added": "client added",
    "client.archived": "client set aside",
    "client.changed": "client's card changed",
    "client.merged": "two cards made into one",
    "client.restored": "client brought back",
    "client.separated": "cards taken apart again",
    "consent.given": "consent given",
    "consent.withdrawn": "consent withdrawn",
    "goal.accepted": "goal accepted",
    "goal.active": "goal taken up again",
    "goal.added": "goal added: {said}",
    "goal.cancelled": "goal cancelled",
    "goal.changed": "goal changed: {said}",
    "goal.completed": "goal completed",
    "goal.confirmed": "goal confirmed: {said}",
    "goal.entered-in-error": "goal marked as entered in error",
    "goal.measured": "{said}",
    "goal.measured-in-error": "value marked as entered in error: {said}",
    "goal.on-hold": "goal put on hold",
    "goal.planned": "goal planned",
    "goal.proposed": "goal proposed",
    "goal.rejected": "goal rejected",
    "health.added": "history entry added",
    "health.changed": "history entry changed",
    "health.resolved": "history entry marked as over",
    "history.asked": "history asked, {said}",
    "import.stored": "{said}",
    "intake.taken": "intake taken, {said}",
    "plan.active": "plan taken up again",
    "plan.changed": "plan changed",
    "plan.completed": "plan completed",
    "plan.draft": "plan made a draft",
    "plan.on-hold": "plan put on hold",
    "plan.reviewed": "plan reviewed",
    "plan.started": "plan started",
    "plan.stopped": "plan stopped",
    "referral.added": "referral added",
    "referral.changed": "referral changed",
    "series.booked": "series booked, {said}",
    "series.cancelled": "series cancelled, {said}",
    "series.changed": "series changed, {said}",
    "therapist.changed": "licence and certifications changed",
    "therapist.course-added": "course added",
}
"""Acts that can be taken back. No client's name in any of them: they are shown where names may be masked."""

SIGNED: dict[str, str] = {
    "note.addendum": "An addendum",
    "note.entered-in-error": "A note marked as entered in error",
    "note.signed": "A signature",
    "release.added": "What was given out",
}
"""Acts that stand for good, and that are said to when somebody tries to undo them (clinical.md 2.4)."""

SAFEKEEPING = frozenset(
    {"backup.drilled", "backup.failed", "backup.taken", "keys.changed", "keys.given", "keys.put-back", "keys.raised",
     "keys.recovered", "keys.taken", "practice.restored", "settings.changed", "sheet.confirmed", "sheet.shown",
     "trail.accepted", "unlock.failed"}
)  # fmt: skip
"""What is done for the records' safety and changes none."""

READ = frozenset({"agenda.read", "brief.read", "chart.read", "note.read", "search.read", "trail.read"})
"""Somebody looked at a record."""

UNSEEN = SAFEKEEPING | READ | {
    "act.undone", "note.begun", "practice.created", "practice.migrated", "practice.opened", "practice.stored",
    "therapist.added", "release.not-written", "series.extended", "import.undone",
}  # fmt: skip
"""What the program does by itself, or what comes before there is anything to undo: no acts of the user."""

ALONGSIDE = frozenset({"caution.overruled"})
"""What goes with an act and stays when the act is taken back: a decision and its reason are kept."""


@dataclass(frozen=True, slots=True)
class Undoable:
    """An act that can be taken back: what it is called, and when it was done."""

    label: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Undone:
    """What an act had written to one record before it was undone; never part of the record again, and never lost.

    `action` is the act's code; `content` the record by its columns, or only those that the act had changed.
    """

    action: str
    record: str
    record_id: str
    content: Mapping[str, Any]
    undone_at: datetime
    undone_by: str


def undoable(actions: Iterable[str]) -> bool:
    """Whether an act that left these codes can be taken back. What nobody listed here stays as it is."""
    codes = set(actions) - ALONGSIDE
    return bool(codes) and codes <= LABELS.keys()


def label_of(action: str, said: str = "") -> str:
    """The user's words for an act; `said` is what only the act itself knows."""
    return LABELS[action].format(said=said)
