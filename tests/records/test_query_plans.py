"""Nothing that is done in a day reads a table from end to end: twenty years cost a day no more than two.

The planner knows no sizes (the practice is never ANALYZEd), so that what it says of a small practice holds for any.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from therapist_tui.domain.goal import GoalDraft
from therapist_tui.domain.health import Answer, HealthEntryDraft, HealthKind
from therapist_tui.domain.hours import hours_of
from therapist_tui.domain.note import NoteContent
from therapist_tui.domain.plan import PlanDraft, ReviewDecision
from therapist_tui.domain.plan_steps import ReviewDraft
from therapist_tui.domain.referral import ReferralDraft
from therapist_tui.records.practice import Practice, create_practice
from therapist_tui.records.vault import LIGHT

from .conftest import (
    FULL,
    PASSPHRASE,
    THERAPIST,
    Clock,
    a_client,
    a_session,
    a_signed_note,
    an_appointment,
    own_connection,
)

SMALL = {"therapist", "education", "certification", "search_clients"}
"""Tables with a handful of rows in any practice."""
HOURS = hours_of({})[0]
DAY = timedelta(days=1)


@dataclass
class World:
    """A practice with a little of everything, and what was asked of its file since `asked` was emptied."""

    practice: Practice
    clock: Clock
    client: UUID
    draft: UUID
    signed: UUID
    goal: UUID
    asked: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.clock.now.astimezone(self.practice.zone).date()

    def scans(self) -> list[str]:
        """What is read from end to end by what was asked, but for walks along an index that end at a limit."""
        connection, found = own_connection(self.practice), []
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} - SMALL
        for sql, values in self.asked:
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
            walks = " LIMIT " in sql and "USE TEMP B-TREE FOR ORDER BY" not in plan
            tables = [match[1] for line in plan if (match := re.match(r"SCAN (\w+)", line))]
            found += [f"{table}: {sql}" for table in tables if table in names and not walks]
        return found


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    clock, folder = Clock(), tmp_path_factory.mktemp("plans") / "practice"
    practice = create_practice(Path(folder), PASSPHRASE, THERAPIST, clock, LIGHT)
    client = a_client(practice)
    other = a_client(practice, "Zoë Novak")
    practice.clients.merge(a_client(practice, "Jose Alvarez"), client)
    signed = a_signed_note(practice, client, clock.now - 7 * DAY)
    for who in (client, other):
        a_session(practice, who, clock.now - DAY)
        practice.health.add(who, HealthEntryDraft(HealthKind.CONDITION, "Sore neck"))
        practice.referrals.add(who, ReferralDraft("Dr Lin", report_by=clock.now.date()))
    plan = practice.plans.start(client, PlanDraft("Neck", review_every=1))
    goal = practice.plans.add_goal(plan.id, GoalDraft("Rotation", "°", 40, 70))
    practice.plans.measure(goal.id, 50)
    practice.reviews.add(plan.id, ReviewDraft(ReviewDecision.CONTINUE, "goes on as planned"))
    draft = practice.notes.open(an_appointment(practice, client, clock.now).id)
    practice.notes.save(draft.id, NoteContent("tight neck"))
    made = World(practice, clock, client, draft.id, signed.id, goal.id)

    @event.listens_for(practice._store.engine, "before_cursor_execute")  # pyright: ignore[reportPrivateUsage]
    def _note(_connection: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: bool) -> None:
        if sql.split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            made.asked.append((sql, values[0] if many else values))

    yield made
    practice.close()


DONE: dict[str, Callable[[World], object]] = {
    "the day": lambda w: w.practice.day.agenda(w.today),
    "the brief": lambda w: w.practice.day.brief(w.client, w.today),
    "the week": lambda w: w.practice.week.of(w.today, HOURS),
    "the cautions of a week": lambda w: w.practice.week.worst(w.practice.week.of(w.today, HOURS)),
    "the month": lambda w: w.practice.week.loads([w.today + n * DAY for n in range(31)], HOURS),
    "the next free time": lambda w: w.practice.week.next_free(w.clock.now, 60, HOURS),
    "the desk": lambda w: w.practice.desk.owed(w.clock.now),
    "the chart's overview": lambda w: w.practice.charts.overview(w.client, w.clock.now),
    "what a client owes": lambda w: w.practice.charts.owed(w.client, w.clock.now),
    "the chart's history": lambda w: w.practice.charts.history(w.client),
    "the chart's plans": lambda w: w.practice.charts.plans(w.client),
    "the chart's notes": lambda w: w.practice.charts.notes(w.client),
    "the chart's papers": lambda w: w.practice.charts.papers(w.client),
    "the chart as it stood": lambda w: w.practice.charts.as_of(w.client, w.today),
    "the trail": lambda w: w.practice.audit.events(),
    "a search": lambda w: w.practice.search.find("neck jos"),
    "a search in drafts": lambda w: w.practice.search.find("unsigned:"),
    "the clients by name": lambda w: w.practice.clients.find(),
    "a client's file": lambda w: w.practice.client_files.of(w.client),
    "dates of series": lambda w: w.practice.series.extend(),
    "asked, no change": lambda w: w.practice.health.unchanged(w.client),
    "an undo": lambda w: w.practice.undo.undo(),
    "a keystroke": lambda w: w.practice.notes.save(w.draft, NoteContent("tight neck, left")),
    "a measurement": lambda w: w.practice.plans.measure(w.goal, 55),
    "a signature": lambda w: sign(w),
    "a new appointment": lambda w: an_appointment(w.practice, w.client, w.clock.now + 3 * DAY),
    "reads written down": lambda w: (w.practice.audit.saw_chart(w.client), w.practice.audit.write_reads()),
}
"""What is done in a day, in an order in which it can be done. A client's own trail, asked for now and then, is not."""


def sign(world: World) -> object:
    world.practice.health.check(world.client, Answer.NO_CHANGE)
    return world.practice.notes.sign(world.draft, replace(FULL, subjective="tight neck"), why="decided together")


@pytest.mark.parametrize("what", DONE)
def test_nothing_of_a_day_reads_a_table_from_end_to_end(what: str, world: World) -> None:
    world.asked.clear()
    DONE[what](world)
    assert world.asked
    assert world.scans() == []


def test_a_table_that_is_read_from_end_to_end_is_noticed(world: World) -> None:
    world.asked[:] = [("SELECT * FROM session_note WHERE plan = ?", ("x",))]
    assert len(world.scans()) == 1


def test_a_search_for_words_does_not_read_the_clients(world: World) -> None:
    world.practice._store.directory = None  # pyright: ignore[reportPrivateUsage]
    world.practice.search.find("neck jos")
    world.practice.clients.find()
    assert world.practice._store.directory is None  # pyright: ignore[reportPrivateUsage]
