"""The file of each client, parted out of the whole practice."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar
from uuid import UUID

from therapist_tui.domain.client_file import ClientFile
from therapist_tui.domain.goal import GoalProgress
from therapist_tui.domain.whole import WholePractice

V = TypeVar("V")


def client_files(whole: WholePractice) -> Iterator[ClientFile]:
    """Every client's file, in the order of the clients; one pass over each kind of record."""
    health = _by(whole.health, lambda one: one.client_id)
    checks = _by(whole.history_checks, lambda one: one[0])
    appointments = _by(sorted(whole.appointments, key=lambda one: (one.starts_at, one.id)), lambda one: one.client_id)
    notes = _by(sorted(whole.notes, key=lambda one: (one.service_at, one.id)), lambda one: one.client_id)
    addenda = _by(sorted(whole.addenda, key=lambda one: (one.written_at, one.id)), lambda one: one.note_id)
    plans = _by(whole.plans, lambda one: one.client_id)
    reviews = _by(sorted(whole.plan_reviews, key=lambda one: (one.reviewed_at, one.id)), lambda one: one.plan_id)
    goals = _by(sorted(whole.goals, key=lambda one: (one.baseline_on, one.id)), lambda one: one.client_id)
    values = _by(sorted(whole.measurements, key=lambda one: (one.measured_at, one.id)), lambda one: one.goal_id)
    referrals = _by(whole.referrals, lambda one: one.client_id)
    consents = _by(sorted(whole.consents, key=lambda one: (one.given_on, one.id)), lambda one: one.client_id)
    releases = _by(whole.releases, lambda one: one.client_id)
    for client in whole.clients:
        of = client.id
        yield ClientFile(
            whole.therapist,
            client,
            tuple(health[of]),
            tuple(check for _, check in checks[of]),
            tuple(appointments[of]),
            tuple(notes[of]),
            tuple(one for note in notes[of] for one in addenda[note.id]),
            tuple(plans[of]),
            tuple(one for plan in plans[of] for one in reviews[plan.id]),
            tuple(GoalProgress(goal, tuple(values[goal.id])) for goal in goals[of]),
            tuple(referrals[of]),
            tuple(consents[of]),
            tuple(releases[of]),
        )


def _by(records: Iterable[V], key: Callable[[V], UUID | None]) -> defaultdict[UUID | None, list[V]]:
    found: defaultdict[UUID | None, list[V]] = defaultdict(list)
    for one in records:
        found[key(one)].append(one)
    return found
