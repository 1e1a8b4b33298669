"""Whatever is done, signed and undone in any order: signed bytes never change, and an undo leads back to where it was."""

import tempfile
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from therapist_tui.domain.appointment import AppointmentDraft, Status, WrongStep
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.goal import GoalDraft
from therapist_tui.domain.health import Answer, HealthEntryDraft, HealthKind
from therapist_tui.domain.level import Level
from therapist_tui.domain.note import AddendumKind, NoteContent
from therapist_tui.domain.plan import PlanDraft
from therapist_tui.domain.recurrence import Rule
from therapist_tui.domain.series import SeriesDraft
from therapist_tui.domain.signing import NoteIncomplete
from therapist_tui.domain.touching import NoSeries, NothingToChange, Scope, SeriesChange
from therapist_tui.records.errors import AppointmentClosed, ChangedSince, PlanOpen, SignedForGood
from therapist_tui.records.practice import Practice, create_practice
from therapist_tui.records.vault import LIGHT

from .conftest import FULL, PASSPHRASE, THERAPIST, Clock, a_client, a_signed_note, an_appointment, raw
from .test_undo import dump, signed_rows

LEVELS = st.sampled_from([None, Level.ABSOLUTE, Level.PRECAUTION])
STATUSES = st.sampled_from([Status.BOOKED, Status.ARRIVED, Status.IN_SESSION, Status.DONE, Status.CANCELLED])
pick = st.integers(0, 10_000)
TORONTO = ZoneInfo("America/Toronto")


class Undoing(RuleBasedStateMachine):
    """A practice at work. `states` holds, for each act that can be taken back, how everything was before it.

    None stands for an act that was followed by something that is never taken back: there is no way to the old state.
    """

    practice: Practice
    clock: Clock

    @initialize()
    def begin(self) -> None:
        client = a_client(self.practice)
        a_signed_note(self.practice, client, self.clock.now - timedelta(days=7))
        self.practice.notes.open(an_appointment(self.practice, client, self.clock.now).id)
        self.practice._store.acts.forget_all()  # pyright: ignore[reportPrivateUsage]
        self.start = dump(self.practice)
        self.states: list[dict[str, list[Any]] | None] = []
        self.signed: list[Any] = signed_rows(self.practice)
        self.way_back = True

    # Acts

    def _act(self, command: Any) -> None:
        """Do it; what it wrote can be undone unless the practice refused it."""
        self.clock.tick(seconds=1)
        before = dump(self.practice)
        try:
            command()
        except (WrongStep, AppointmentClosed, PlanOpen, NoSeries, NothingToChange):
            assert dump(self.practice) == before
        else:
            self.states.append(before)

    def _for_good(self, command: Any) -> None:
        """Do what is never taken back: from here no undo leads to the very same state as before."""
        self.clock.tick(seconds=1)
        command()
        self._no_way_back()

    def _no_way_back(self) -> None:
        self.states = [None for _ in self.states]
        self.way_back = False

    def _one(self, table: str, at: int, where: str = "1") -> UUID | None:
        query = f"SELECT id FROM {table} WHERE {where} ORDER BY rowid"
        found = [row[0] for row in raw(self.practice).execute(query)]
        return UUID(found[at % len(found)]) if found else None

    @rule()
    def add_client(self) -> None:
        self._act(lambda: self.practice.clients.add(ClientDraft("Iris Novak")))

    @rule(at=pick, remarks=st.text(max_size=5))
    def change_client(self, at: int, remarks: str) -> None:
        if client := self._one("client", at):
            self._act(lambda: self.practice.clients.change(client, ClientDraft("Ben", remarks=remarks)))

    @rule(at=pick, level=LEVELS)
    def add_history(self, at: int, level: Level | None) -> None:
        draft = HealthEntryDraft(HealthKind.CONDITION, "Clot", level)
        if client := self._one("client", at):
            self._act(lambda: self.practice.health.add(client, draft))

    @rule(at=pick, level=LEVELS)
    def change_history(self, at: int, level: Level | None) -> None:
        draft = HealthEntryDraft(HealthKind.EVENT, "Fall", level)
        if entry := self._one("health_entry", at):
            self._act(lambda: self.practice.health.change(entry, draft))

    @rule(at=pick)
    def ask_history(self, at: int) -> None:
        if client := self._one("client", at):
            self._act(lambda: self.practice.health.check(client, Answer.NO_CHANGE))

    @rule(at=pick, hours=st.integers(0, 9))
    def book(self, at: int, hours: int) -> None:
        if client := self._one("client", at):
            draft = AppointmentDraft(client, self.clock.now + timedelta(hours=hours), 60, "Massage")
            self._act(lambda: self.practice.appointments.book(draft))

    @rule(at=pick, to=pick, hours=st.integers(0, 9))
    def move(self, at: int, to: int, hours: int) -> None:
        booked, client = self._one("appointment", at), self._one("client", to)
        if booked and client:
            draft = AppointmentDraft(client, self.clock.now + timedelta(hours=hours), 45, "Massage")
            self._act(lambda: self.practice.appointments.change(booked, draft))

    @rule(at=pick, status=STATUSES)
    def step(self, at: int, status: Status) -> None:
        if booked := self._one("appointment", at):
            self._act(lambda: self.practice.appointments.step(booked, status, "ill", why="cleared by Dr Lin"))

    @rule(at=pick, count=st.integers(1, 2))
    def repeat(self, at: int, count: int) -> None:
        if client := self._one("client", at):
            draft = SeriesDraft(client, date(2026, 11, 24), time(9), 60, "Massage", Rule(("TU",), count=count))
            self._act(lambda: self.practice.series.book(draft))

    @rule(at=pick, scope=st.sampled_from(Scope), days=st.integers(-2, 2), minutes=st.sampled_from([45, 60]))
    def move_series(self, at: int, scope: Scope, days: int, minutes: int) -> None:
        if booked := self._one("appointment", at):
            change = SeriesChange(days, minutes=minutes)
            self._act(lambda: self.practice.series.change(booked, scope, change))

    @rule(at=pick, scope=st.sampled_from(Scope))
    def cancel_series(self, at: int, scope: Scope) -> None:
        if booked := self._one("appointment", at):
            self._act(lambda: self.practice.series.cancel(booked, scope, "ill"))

    @rule(at=pick)
    def plan(self, at: int) -> None:
        if client := self._one("client", at):
            self._act(lambda: self.practice.plans.start(client, PlanDraft("Neck")))

    @rule(at=pick)
    def aim(self, at: int) -> None:
        if plan := self._one("treatment_plan", at):
            self._act(lambda: self.practice.plans.add_goal(plan, GoalDraft("Sleep", "h", 4, 7)))

    @rule(at=pick, value=st.integers(0, 9))
    def measure(self, at: int, value: int) -> None:
        if goal := self._one("goal", at):
            self._act(lambda: self.practice.plans.measure(goal, value))

    # What stands

    @rule(at=pick, text=st.text(max_size=5))
    def write(self, at: int, text: str) -> None:
        if booked := self._one(
            "appointment", at, "id NOT IN (SELECT appointment_id FROM session_note WHERE signed_at IS NOT NULL)"
        ):
            notes = self.practice.notes
            self._for_good(lambda: notes.save(notes.open(booked).id, NoteContent(text)))

    @rule(at=pick)
    def sign(self, at: int) -> None:
        if note := self._one("session_note", at, "signed_at IS NULL"):
            client = next(one.client_id for one in self.practice.whole.read().notes if one.id == note)
            self._act(lambda: self.practice.health.check(client, Answer.NO_CHANGE))  # a note wants it before
            sign = self.practice.notes.sign
            try:
                self._for_good(lambda: sign(note, FULL, why="it was needed", late="the power was out"))
            except NoteIncomplete:  # who comes another day is asked that day
                service = next(one.service_at for one in self.practice.whole.read().notes if one.id == note)
                assert service.astimezone(TORONTO).date() > self.clock.now.astimezone(TORONTO).date()

    @rule(at=pick)
    def add_addendum(self, at: int) -> None:
        if note := self._one("session_note", at, "signed_at IS NOT NULL"):
            self._for_good(lambda: self.practice.notes.add_addendum(note, AddendumKind.ADDITION, "more"))

    # Undo

    @precondition(lambda self: self.states)
    @rule()
    def undo(self) -> None:
        self.clock.tick(seconds=1)
        now = dump(self.practice)
        try:
            self.practice.undo.undo()
        except SignedForGood:
            assert dump(self.practice) == now
        except ChangedSince:
            assert dump(self.practice) == now
            # A decision refers to its appointment for good; else only what stands can be in the way.
            assert self.states.pop() is None or self.practice.whole.read().decisions
            self._no_way_back()
        else:
            before = self.states.pop()
            assert before is None or dump(self.practice) == before

    @invariant()
    def what_was_signed_or_decided_is_there_to_the_byte(self) -> None:
        now = signed_rows(self.practice)
        assert [row for row in self.signed if row not in now] == []
        self.signed = now

    @invariant()
    def every_signed_note_proves_its_text(self) -> None:
        assert all(note.proven for note in self.practice.whole.read().notes if note.signed)

    @invariant()
    def there_is_an_act_to_take_back_as_long_as_one_is_left(self) -> None:
        assert (self.practice.undo.last() is None) == (not self.states)

    def teardown(self) -> None:
        """Take back everything: where nothing stands in the way, the practice is as it was at the start."""
        if not hasattr(self, "states"):
            return
        while self.practice.undo.last():
            self.undo()
            self.what_was_signed_or_decided_is_there_to_the_byte()
        if self.way_back:
            assert dump(self.practice) == self.start


def test_any_order_of_acts_signatures_and_undos_keeps_what_was_signed() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = 0

        class OnAFile(Undoing):
            def __init__(self) -> None:
                nonlocal made
                super().__init__()
                made += 1
                self.clock = Clock()
                self.practice = create_practice(Path(folder) / str(made), PASSPHRASE, THERAPIST, self.clock, LIGHT)

            def teardown(self) -> None:
                try:
                    super().teardown()
                finally:
                    self.practice.close()

        run_state_machine_as_test(
            OnAFile,
            settings=settings(
                max_examples=20, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
            ),
        )
