"""The index holds exactly what the records say, after every write and every undo, and any text is answered."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from therapist_tui.domain.appointment import Status
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.consent import ConsentDraft, ConsentKind, ConsentMethod
from therapist_tui.domain.goal import GoalDraft
from therapist_tui.domain.health import HealthEntryDraft, HealthKind, Side
from therapist_tui.domain.note import AddendumKind, NoteContent
from therapist_tui.domain.plan import PlanDraft, ReviewDecision
from therapist_tui.domain.plan_steps import ReviewDraft
from therapist_tui.domain.referral import ReferralDraft
from therapist_tui.domain.search.query import Kind
from therapist_tui.domain.treatments import Treatment
from therapist_tui.records.driver import dbapi2
from therapist_tui.records.practice import Practice
from therapist_tui.records.search import MOST

from .conftest import Clock, a_client, a_signed_note, an_appointment, raw

TODAY = date(2026, 11, 23)


def found(practice: Practice, typed: str) -> list[tuple[Kind, str]]:
    return [(one.document.kind, one.part.text) for one in practice.search.find(typed).found]


def a_draft(practice: Practice, client: UUID, at: datetime, content: NoteContent) -> UUID:
    note = practice.notes.open(an_appointment(practice, client, at).id)
    practice.notes.save(note.id, content)
    return note.id


@pytest.fixture
def client(practice: Practice) -> UUID:
    return a_client(practice, remarks="wants the heated table")


def overruled(practice: Practice, client: UUID, clock: Clock) -> None:
    practice.health.add(client, HealthEntryDraft(HealthKind.CONDITION, "DVT"))
    booked = an_appointment(practice, client, clock.now)
    practice.appointments.step(booked.id, Status.IN_SESSION, why="We decided together")


WRITTEN: dict[str, tuple[Callable[[Practice, UUID, Clock], object], Kind]] = {
    "heated": (lambda p, c, k: None, Kind.CLIENT),
    "álvarez": (lambda p, c, k: None, Kind.CLIENT),
    "apixaban": (lambda p, c, k: p.health.add(c, HealthEntryDraft(HealthKind.MEDICATION, "Apixabán")), Kind.HISTORY),
    "armchair": (lambda p, c, k: p.plans.add_goal(p.plans.start(c, PlanDraft("Knee")).id, GoalDraft("Up from the armchair", "s", 9, 3)), Kind.GOAL),
    "whiplash": (lambda p, c, k: p.plans.start(c, PlanDraft("Neck after whiplash")), Kind.PLAN),
    "cervicalgia": (lambda p, c, k: p.referrals.add(c, ReferralDraft("Dr Lin", diagnosis="Cervicalgia")), Kind.REFERRAL),
    "gliding": (lambda p, c, k: a_draft(p, c, k.now, NoteContent(treatments=(Treatment("Gliding détente", 20),))), Kind.NOTE),
    "detente": (lambda p, c, k: a_draft(p, c, k.now, NoteContent(treatments=(Treatment("Gliding détente", 20),))), Kind.NOTE),
    "lukewarm": (lambda p, c, k: p.reviews.add(p.plans.start(c, PlanDraft("Neck")).id, ReviewDraft(ReviewDecision.CONTINUE, "Lukewarm progress")), Kind.REVIEW),
    "barefoot": (lambda p, c, k: p.consents.give(c, ConsentDraft(ConsentKind.TREATMENT, ConsentMethod.WRITTEN, TODAY, conditions="Barefoot only")), Kind.CONSENT),
    "together": (lambda p, c, k: overruled(p, c, k), Kind.DECISION),
    "right": (lambda p, c, k: p.health.add(c, HealthEntryDraft(HealthKind.CONDITION, "Clot", region="calf", side=Side.RIGHT)), Kind.HISTORY),
    "miscounted": (lambda p, c, k: p.notes.add_addendum(a_signed_note(p, c, k.now).id, AddendumKind.CORRECTION, "Miscounted."), Kind.ADDENDUM),
}  # fmt: skip


@pytest.mark.parametrize("word", WRITTEN)
def test_what_is_written_is_found_at_once(word: str, practice: Practice, client: UUID, clock: Clock) -> None:
    write, kind = WRITTEN[word]
    write(practice, client, clock)
    answer = practice.search.find(word)
    assert [one.document.kind for one in answer.found] == [kind]
    assert answer.found[0].document.client.id == client
    assert answer.found[0].spans
    practice.search.check()


def test_what_hangs_on_a_plan_or_a_visit_goes_with_it_to_the_kept_card(
    practice: Practice, client: UUID, clock: Clock
) -> None:
    other = a_client(practice, "Iris Novak")
    practice.reviews.add(
        practice.plans.start(other, PlanDraft("Neck")).id, ReviewDraft(ReviewDecision.CONTINUE, "Lukewarm")
    )
    overruled(practice, other, clock)
    for merged in (True, False):
        if merged:
            practice.clients.merge(other, client)
        else:
            practice.clients.separate(other)
        practice.search.check()
        whose = {
            one.document.client.id for word in ("lukewarm", "together") for one in practice.search.find(word).found
        }
        assert whose == {client if merged else other}
        assert len(practice.search.find("lukewarm client:alvarez").found) == merged


def test_an_unsigned_note_is_found_as_it_is_typed_and_no_longer_by_what_it_said(
    practice: Practice, client: UUID, clock: Clock
) -> None:
    note = a_draft(practice, client, clock.now, NoteContent("tender levator", objective="calf"))
    practice.notes.save(note, NoteContent("soft trapezius", objective="calf"))
    assert found(practice, "levator") == []
    assert found(practice, "trapez") == [(Kind.NOTE, "soft trapezius")]
    assert [one.document.unsigned for one in practice.search.find("unsigned:").found] == [True]
    assert practice.search.find('"trapezius calf"').found == ()  # not across two sections
    practice.search.check()


def test_filters_narrow_it_down(practice: Practice, client: UUID, clock: Clock) -> None:
    iris = a_client(practice, "Iris Novak")
    signed = a_signed_note(practice, client, clock.now - timedelta(days=40))
    a_draft(practice, iris, clock.now, NoteContent("neck, L gastroc"))
    practice.health.add(iris, HealthEntryDraft(HealthKind.CONDITION, "neck fusion"))
    kinds = {typed: [kind.value for kind, _ in found(practice, typed)] for typed in (
        "neck kind:note", "neck client:nov", "neck client:iris kind:hist", "neck before:2026-11", "neck after:2026-11",
        "region:calf", "region:calf side:l", "side:right neck", "unsigned: neck", "unsigned:no", "client:zzz neck", "novak neck",
        "after:2026-11-23", "before:2026-11-23",
    )}  # fmt: skip
    assert {typed: sorted(some) for typed, some in kinds.items()} == {
        "neck kind:note": ["note", "note"],
        "neck client:nov": ["history", "note"],
        "neck client:iris kind:hist": ["history"],
        "neck before:2026-11": ["note"],
        "neck after:2026-11": ["history", "note"],
        "region:calf": ["note"],
        "region:calf side:l": ["note"],
        "side:right neck": [],
        "unsigned: neck": ["note"],
        "unsigned:no": ["note"],
        "client:zzz neck": [],
        "novak neck": ["history", "note"],
        "after:2026-11-23": ["history", "note"],
        "before:2026-11-23": ["note"],
    }
    assert practice.search.find("client:zzz").told == ("No client fits “zzz”.",)
    assert practice.search.find("unsigned:no").found[0].document.note_id == signed.id


def test_the_day_of_a_filter_is_the_practices_own(practice: Practice, client: UUID) -> None:
    a_draft(practice, client, datetime(2026, 11, 23, 4, 30, tzinfo=UTC), NoteContent("late evening"))  # 22 Nov, 23:30
    assert found(practice, "late before:2026-11-23")
    assert not found(practice, "late after:2026-11-23")
    assert found(practice, "late after:2026-11-22")


def test_a_note_entered_in_error_is_told_and_comes_last(practice: Practice, client: UUID, clock: Clock) -> None:
    wrong = a_signed_note(practice, client, clock.now)
    practice.notes.add_addendum(wrong.id, AddendumKind.ENTERED_IN_ERROR, "somebody else's neck")
    a_signed_note(practice, client, clock.now - timedelta(days=300))
    marks = [one.document.in_error for one in practice.search.find("neck kind:note").found]
    assert marks == [False, True]


def test_of_more_than_are_looked_at_the_newest_are_found(practice: Practice, client: UUID, clock: Clock) -> None:
    for days in range(5):
        a_draft(practice, client, clock.now - timedelta(days=days), NoteContent("neck"))
    answer = practice.search.find("neck kind:note", most=3)
    assert answer.more
    assert {(clock.now - one.document.at).days for one in answer.found if one.document.at} == {0, 1, 2}
    assert not practice.search.find("neck kind:note").more
    assert MOST >= 50


def test_a_changed_and_an_undone_entry_leave_no_word_behind(practice: Practice, client: UUID) -> None:
    entry = practice.health.add(client, HealthEntryDraft(HealthKind.CONDITION, "Sciatica"))
    practice.health.change(entry.id, HealthEntryDraft(HealthKind.CONDITION, "Lumbago"))
    assert found(practice, "sciatica") == []
    practice.undo.undo()
    assert found(practice, "lumbago") == []
    assert found(practice, "sciatica")
    practice.undo.undo()
    assert found(practice, "sciatica") == []
    practice.search.check()
    practice.search.rebuild()
    practice.search.check()
    assert found(practice, "heated")


def test_a_damaged_index_is_noticed_and_made_anew(practice: Practice, client: UUID) -> None:
    raw(practice).execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
    assert found(practice, "heated") == []
    with pytest.raises(dbapi2.DatabaseError):
        raw(practice).execute("INSERT INTO search_words (search_words, rank) VALUES ('integrity-check', 1)")
    practice.search.rebuild()
    practice.search.check()
    assert found(practice, "heated")


def test_a_renamed_client_is_found_by_the_new_name_only(practice: Practice, client: UUID) -> None:
    practice.clients.change(client, ClientDraft("Bea Marsh"))
    assert found(practice, "alvarez") == []
    assert [client.name for client in practice.clients.find("marhs")] == ["Bea Marsh"]
    assert found(practice, "marsh")


WORDS = st.sampled_from(
    [
        "client:",
        "region:",
        "side:l",
        "before:",
        "after:2026",
        "unsigned:",
        "kind:note",
        '"',
        " ",
        "*",
        "NEAR(",
        "AND ",
        "^",
        "'",
        "neck",
        "jos",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS | st.text(max_size=6), max_size=12).map("".join))
def test_any_text_is_answered_and_none_raises(practice: Practice, typed: str) -> None:
    if not practice.clients.find():
        a_client(practice)
    practice.search.find(typed)
    practice.clients.find(typed)
