"""Two cards of one person become one: nothing is lost, what is signed stays to the byte, and it can be taken apart."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from therapist_tui.domain.consent import ConsentDraft, ConsentKind, ConsentMethod
from therapist_tui.domain.goal import GoalDraft
from therapist_tui.domain.health import HealthEntryDraft, HealthKind
from therapist_tui.domain.note import NoteContent
from therapist_tui.domain.plan import PlanDraft
from therapist_tui.domain.referral import ReferralDraft
from therapist_tui.records.errors import NotMerged, OneCard
from therapist_tui.records.practice import Practice

from .conftest import Clock, a_client, a_signed_note, an_appointment, raw, reopen

TODAY = date(2026, 11, 23)
SIGNED = "SELECT * FROM session_note WHERE signed_at IS NOT NULL ORDER BY id"


@pytest.fixture
def cards(practice: Practice, clock: Clock) -> tuple[UUID, UUID]:
    """The card that is kept, and a second one with one of everything."""
    kept = a_client(practice, "Jon Smith", phone="416 555 0100")
    a_signed_note(practice, kept, clock.now - timedelta(days=30))
    other = a_client(practice, "John Smythe", phone="416 555 0199", email="js@example.org", remarks="cold hands")
    a_signed_note(practice, other, clock.now - timedelta(days=7))
    practice.health.add(other, HealthEntryDraft(HealthKind.CONDITION, "Asthma"))
    plan = practice.plans.start(other, PlanDraft("Neck"))
    practice.plans.add_goal(plan.id, GoalDraft("Rotation", "°", 48, 75))
    practice.referrals.add(other, ReferralDraft("Dr Lin"))
    practice.consents.give(other, ConsentDraft(ConsentKind.TREATMENT, ConsentMethod.WRITTEN, TODAY))
    note = practice.notes.open(an_appointment(practice, other, clock.now).id)
    practice.notes.save(note.id, NoteContent("half a note"))
    return kept, other


def held(practice: Practice, client: UUID) -> dict[str, int]:
    """How much there is of a client, by kind."""
    brief = practice.day.brief(client, TODAY)
    return {
        "notes": len(practice.notes.of_client(client)),
        "health": len(practice.health.of(client)),
        "checks": len(practice.health.checks(client)),
        "goals": len(brief.goals),
        "plan": brief.plan is not None,
        "referrals": len(practice.referrals.of(client)),
        "consents": len(practice.consents.of(client)),
        "visits": brief.visits_before,
    }


def test_everything_of_both_is_the_kept_ones(practice: Practice, cards: tuple[UUID, UUID], clock: Clock) -> None:
    kept, other = cards
    both = {name: held(practice, kept)[name] + count for name, count in held(practice, other).items()}
    practice.clients.merge(other, kept)
    assert held(practice, kept) == both
    left = held(practice, other)
    assert left.pop("notes") == 1  # signed for that card, and read with the kept one's
    assert set(left.values()) == {0}
    last = practice.day.brief(kept, TODAY).last_note
    assert last
    assert last.client_id == other
    (slot,) = practice.day.agenda(TODAY).slots
    assert slot.brief.client.id == kept
    assert slot.brief.last_note == last
    practice.search.check()


def test_signed_notes_stay_to_the_byte_and_proven(practice: Practice, cards: tuple[UUID, UUID]) -> None:
    kept, other = cards
    before = raw(practice).execute(SIGNED).fetchall()
    practice.clients.merge(other, kept)
    assert raw(practice).execute(SIGNED).fetchall() == before
    assert [note.proven for note in practice.notes.of_client(kept) if note.signed] == [True, True]


def test_the_kept_card_takes_what_it_lacked_and_tells_what_differs(
    practice: Practice, cards: tuple[UUID, UUID]
) -> None:
    kept, other = cards
    card = practice.clients.merge(other, kept)
    assert (card.name, card.phone, card.email) == ("Jon Smith", "416 555 0100", "js@example.org")
    assert card.remarks == "cold hands\nOn the second card: name John Smythe, phone 416 555 0199."
    merged = practice.clients.get(other)
    assert (merged.merged_into, merged.name) == (kept, "John Smythe")
    assert merged.archived_at


@pytest.mark.parametrize("typed", ["smith", "smythe", "0199", "0100", "smyhte"])
def test_the_kept_card_is_found_by_both_names_and_numbers(
    typed: str, practice: Practice, cards: tuple[UUID, UUID]
) -> None:
    kept, other = cards
    practice.clients.merge(other, kept)
    assert [client.id for client in practice.clients.find(typed)] == [kept]
    assert practice.clients.find(aside=True) == ()
    assert {one.document.client.id for one in practice.search.find("client:smythe").found} == {kept}
    assert len(practice.search.find("client:smith kind:note").found) == 3


def test_a_merge_is_taken_apart_even_later(practice: Practice, cards: tuple[UUID, UUID], clock: Clock) -> None:
    kept, other = cards
    before = {client: held(practice, client) for client in cards}
    practice.clients.merge(other, kept)
    practice.close()
    again = reopen(practice.folder, clock)
    again.health.add(kept, HealthEntryDraft(HealthKind.CONDITION, "noted since"))
    again.clients.separate(other)
    assert held(again, other) == before[other]
    assert held(again, kept) == before[kept] | {"health": 1, "checks": before[kept]["checks"] + 1}
    assert {client.id for client in again.clients.find("sm")} == {kept, other}
    again.search.check()
    with pytest.raises(NotMerged):
        again.clients.separate(other)
    again.close()


def test_a_card_merged_before_follows_and_comes_back(practice: Practice, cards: tuple[UUID, UUID]) -> None:
    kept, other = cards
    third = a_client(practice, "J Smith")
    practice.clients.merge(third, other)
    practice.clients.merge(other, kept)
    assert practice.clients.get(third).merged_into == kept
    practice.clients.separate(other)
    assert practice.clients.get(third).merged_into == other


def test_one_card_is_not_merged_with_itself_or_twice(practice: Practice, cards: tuple[UUID, UUID]) -> None:
    kept, other = cards
    third = a_client(practice, "J Smith")
    practice.clients.merge(other, kept)
    for one, into in ((kept, kept), (other, third), (third, other)):
        with pytest.raises(OneCard):
            practice.clients.merge(one, into)
