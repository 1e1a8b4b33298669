"""The whole practice goes in and comes out the same; whatever is typed comes back as the rules of text leave it."""

from dataclasses import fields, replace
from datetime import date, time, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.consent import ConsentDraft, ConsentKind, ConsentMethod
from therapist_tui.domain.goal import GoalDraft, GoalReview
from therapist_tui.domain.goal_states import Achievement, GoalStatus, Owner, Priority
from therapist_tui.domain.health import Answer, HealthEntryDraft, HealthKind, Side
from therapist_tui.domain.incoming.plan import Choices
from therapist_tui.domain.incoming.values import FileKind, IncomingClient, Reading
from therapist_tui.domain.level import Level
from therapist_tui.domain.measurement import Mode, Rating, Taken
from therapist_tui.domain.note import AddendumKind, NoteContent
from therapist_tui.domain.plan import PartOf, PlanDraft, ReviewDecision
from therapist_tui.domain.plan_steps import ReviewDraft
from therapist_tui.domain.recurrence import Rule
from therapist_tui.domain.referral import ReferralDraft
from therapist_tui.domain.release import ReleaseDraft
from therapist_tui.domain.series import SeriesDraft
from therapist_tui.domain.therapist import CourseDraft
from therapist_tui.domain.treatments import Treatment
from therapist_tui.domain.whole import WholePractice
from therapist_tui.records.errors import PracticeNotEmpty
from therapist_tui.records.practice import Practice, create_practice
from therapist_tui.records.vault import LIGHT

from .conftest import PASSPHRASE, THERAPIST, Clock, a_client, a_signed_note, an_appointment

TODAY = date(2026, 11, 23)
ANY_TEXT = st.text(max_size=60) | st.sampled_from(
    [
        "[/]",
        "[link=x]",
        "\x1b]52;c;x\x07",
        "\x9b2J",
        "\u202eabc",
        "e\u0301" * 9,
        "\ud800",
        "\x00",
        "';--",
        "👩‍⚕️",
        "%_\\",
    ]
)
EVERYTHING = PlanDraft(
    "Neck", "PT", 6, TODAY, "stiff", PartOf.PHYSIOTHERAPY, None, "weekly", 60, ("MFR",), ("cupping",), ("neck",),
    ("low back",), 4, "walk", "no change by visit 6", TODAY,
)  # fmt: skip
ONE_FILE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


@pytest.fixture
def lived_in(practice: Practice, clock: Clock) -> WholePractice:
    client_id = a_client(practice, born_on=date(1980, 2, 29))
    practice.clients.archive(a_client(practice, "Gone"))
    draft = HealthEntryDraft(HealthKind.SURGERY, "Knee", Level.LOCAL, "knee", Side.LEFT, "avoid", TODAY, TODAY)
    practice.health.add(client_id, draft)
    practice.health.add(client_id, replace(draft, text="my own rule", severity=Level.ABSOLUTE, resolved_on=None))
    note = a_signed_note(practice, client_id, clock.now)
    practice.notes.add_addendum(note.id, AddendumKind.CLIENT_REQUEST, "שלום")
    open_note = practice.notes.open(an_appointment(practice, client_id, clock.now).id)
    practice.notes.save(
        open_note.id, NoteContent("half", treatments=(Treatment("x"), Treatment("y", 0)), pain_before=0)
    )
    plan = practice.plans.start(client_id, PlanDraft("Neck", "PT", 6, TODAY))
    goal = practice.plans.add_goal(plan.id, GoalDraft("Rotation", "°", 40.5, 70, TODAY))
    practice.plans.measure(goal.id, 0.1)
    rated = (Rating("run 5 km", 3), Rating("swim", None))
    own = GoalDraft(
        "", "", 3, 6, TODAY, "psfs", Side.LEFT, "leg", "club", Priority.HIGH, Owner.CLIENT, ("run 5 km", "swim"),
        2.5, 2, TODAY, rated,
    )  # fmt: skip
    aim = practice.plans.add_goal(plan.id, own)
    taken = Taken(ratings=(Rating("run 5 km", 5),), mode=Mode.PAPER, remark="in the rain")
    practice.plans.mark_in_error(practice.plans.measure(aim.id, taken).id)
    practice.plans.review_goal(aim.id, GoalReview(GoalStatus.ON_HOLD, Achievement.NOT_ATTAINABLE, "injured"))
    practice.reviews.add(plan.id, ReviewDraft(ReviewDecision.CHANGE, "no better: שלום", TODAY + timedelta(days=30)))
    practice.plans.change(plan.id, EVERYTHING)
    rule = Rule(("MO", "TH"), 2, count=3)
    practice.series.book(SeriesDraft(client_id, TODAY, time(10), 60, "Massage", rule, left_out=(TODAY,)))
    practice.referrals.add(client_id, ReferralDraft("Dr X", "M54.2", TODAY, 6, TODAY))
    practice.therapist.add_course(CourseDraft("Lymph, part 2", 7.5, TODAY, "Vodder"))
    practice.consents.give(client_id, ConsentDraft(ConsentKind.MINOR, ConsentMethod.VERBAL, TODAY, "Ana", "", TODAY))
    told = ReleaseDraft("Progress report (PDF)", "Dr X", "asked for", client_id)
    practice.releases.add(told, "0" * 64, lambda: None)
    reading = Reading(FileKind.CLIENTS, clients=(IncomingClient(2, "key", ClientDraft("Zoë")),))
    practice.imports.store(practice.imports.plan(reading, Choices()))
    return practice.whole.read()


def test_everything_read_can_be_stored_elsewhere_and_read_again(
    lived_in: WholePractice, tmp_path: Path, clock: Clock
) -> None:
    assert all(getattr(lived_in, field.name) for field in fields(WholePractice))
    other = create_practice(tmp_path / "other", PASSPHRASE, replace(THERAPIST, zone="Asia/Tokyo"), clock, LIGHT)
    other.whole.store(lived_in)
    read = other.whole.read()
    for field in fields(WholePractice):
        assert getattr(read, field.name) == getattr(lived_in, field.name), field.name
    assert other.zone == ZoneInfo("America/Toronto")
    assert other.audit.events(1)[0].action == "practice.stored"
    assert other.clients.find("jose alv")
    assert all(note.proven for note in read.notes if note.signed)
    with pytest.raises(PracticeNotEmpty):
        other.whole.store(lived_in)
    other.close()


def test_a_stored_whole_owes_what_the_first_one_owed(
    lived_in: WholePractice, practice: Practice, tmp_path: Path
) -> None:
    other = create_practice(tmp_path / "other", PASSPHRASE, THERAPIST, Clock(), LIGHT)
    other.whole.store(lived_in)
    assert other.day.agenda(TODAY) == practice.day.agenda(TODAY)
    other.close()


@ONE_FILE
@given(name=ANY_TEXT, remarks=ANY_TEXT)
def test_any_text_of_a_client_comes_back_clean_and_is_found(name: str, remarks: str, practice: Practice) -> None:
    draft = ClientDraft("A" + name, remarks=remarks, guardian=name)
    client = practice.clients.add(draft)
    clean = draft.cleaned()
    assert practice.clients.get(client.id) == client
    assert (client.name, client.remarks, client.guardian) == (clean.name, clean.remarks, clean.guardian)
    assert client in practice.clients.find(clean.name, limit=10_000)


@ONE_FILE
@given(texts=st.lists(ANY_TEXT, min_size=6, max_size=6), pain=st.none() | st.integers(0, 10))
def test_any_note_is_kept_signed_and_proven(texts: list[str], pain: int | None, practice: Practice) -> None:
    s, o, a, p, technique, home = texts
    content = NoteContent("S" + s, "O" + o, "A" + a, "P" + p, (Treatment(technique, pain),), pain, pain, home, home)
    client_id: UUID = a_client(practice, "Any")
    note = practice.notes.open(an_appointment(practice, client_id, Clock().now).id)
    saved = practice.notes.save(note.id, content)
    assert practice.notes.of_appointment(note.appointment_id) == saved
    assert saved.content == content.cleaned()
    practice.health.check(client_id, Answer.NO_CHANGE)
    signed = practice.notes.sign(note.id, content)
    stored = practice.notes.of_appointment(note.appointment_id)
    assert stored == signed
    assert stored
    assert stored.proven


@ONE_FILE
@given(words=ANY_TEXT)
def test_any_words_can_be_searched_for(words: str, practice: Practice) -> None:
    assert isinstance(practice.clients.find(words), tuple)
