"""What changed since the last signed note: each kind in its words, nothing from before and nothing from after."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.change import Change, ChangeKind, Former
from therapist_tui.domain.consent import Consent, ConsentKind, ConsentMethod
from therapist_tui.domain.goal import Goal, GoalProgress, Measurement
from therapist_tui.domain.health import Answer, HealthEntry, HealthKind, HistoryCheck, Side
from therapist_tui.domain.level import Level
from therapist_tui.domain.note import Addendum, AddendumKind, NoteContent, SessionNote
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.since import Happened, changes, summary, told_at

ZONE = ZoneInfo("America/Toronto")
SESSION = datetime(2026, 11, 9, 15, tzinfo=UTC)
SIGNED = SESSION + timedelta(minutes=70)
BEFORE, AFTER = SESSION - timedelta(days=30), SIGNED + timedelta(days=5)
END = datetime(2026, 11, 24, 5, tzinfo=UTC)
LATER = END + timedelta(hours=1)
WHO = UUID(int=10)
NOTE = SessionNote(
    UUID(int=11), UUID(int=12), WHO, NoteContent("x"), SESSION, SESSION, SIGNED, SIGNED, "Dana", ended_at=SIGNED
)
GOUT = HealthEntry(UUID(int=20), WHO, HealthKind.CONDITION, "gout", Level.LOCAL, "foot", Side.LEFT, noted_at=BEFORE)
ROTATION = Goal(UUID(int=30), UUID(int=31), WHO, "Neck rotation", "°", 48, 75, date(2026, 10, 1))
CONSENT = Consent(UUID(int=40), WHO, ConsentKind.TREATMENT, ConsentMethod.WRITTEN, date(2026, 1, 1))


def told(known: Happened, last: SessionNote | None = NOTE) -> list[str]:
    return [one.text for one in changes(last, known, END, ZONE)]


def history(*wordings: HealthEntry) -> list[str]:
    """An entry with its wordings, the newest last; each was noted when the one before was replaced."""
    former = [Former(old, new.noted_at or BEFORE) for old, new in pairwise(wordings)]
    return told(Happened(health=[wordings[-1]], former=former))


def test_without_a_signed_note_nothing_is_a_change():
    assert told(Happened(health=[replace(GOUT, noted_at=AFTER)]), None) == []


def test_entry_that_was_known_is_no_change_and_a_new_one_is_told_with_its_place_and_level():
    assert history(GOUT) == []
    (change,) = changes(NOTE, Happened(health=[replace(GOUT, noted_at=AFTER)]), END, ZONE)
    assert change == Change(AFTER, ChangeKind.ADDED, "New: gout (left foot)", Level.LOCAL)
    assert history(replace(GOUT, text="gout in the left foot", noted_at=AFTER)) == ["New: gout in the left foot"]


@pytest.mark.parametrize(
    ("new", "text"),
    [
        ({"text": "gout, flaring"}, "Changed: gout, flaring (left foot) (was: gout (left foot))"),
        ({"severity": Level.ABSOLUTE}, "Changed: gout (left foot), STOP (was: AVOID)"),
        ({"severity": None}, "Changed: gout (left foot), no level of yours (was: AVOID)"),
        ({"advice": "no pressure"}, "Changed: gout (left foot), no pressure (was: no advice)"),
        ({"resolved_on": date(2026, 11, 12)}, "Over since 12 Nov: gout (left foot)"),
    ],
)
def test_changed_entry_says_what_it_said_before(new: dict[str, object], text: str):
    assert history(GOUT, replace(GOUT, **new, noted_at=AFTER)) == [text]


def test_entry_that_came_back_is_open_again_and_one_saved_as_it_was_is_no_change():
    over = replace(GOUT, resolved_on=date(2026, 10, 20))
    assert history(over, replace(GOUT, noted_at=AFTER)) == ["Open again: gout (left foot)"]
    assert history(GOUT, replace(GOUT, noted_at=AFTER)) == []


def test_wordings_between_are_left_out_and_an_entry_added_and_worded_anew_is_new():
    first = replace(GOUT, text="sore toe", noted_at=AFTER)
    assert history(first, replace(GOUT, noted_at=AFTER + timedelta(1))) == ["New: gout (left foot)"]
    words = history(GOUT, first, replace(GOUT, text="gout again", noted_at=AFTER + timedelta(1)))
    assert words == ["Changed: gout again (left foot) (was: gout (left foot))"]


@given(st.lists(st.tuples(st.sampled_from([BEFORE, SIGNED, AFTER, END, LATER]), st.text(min_size=1)), max_size=6))
def test_a_brief_of_a_past_day_knows_nothing_of_what_came_later(noted: list[tuple[datetime, str]]):
    entries = [replace(GOUT, id=UUID(int=n + 50), text=text, noted_at=at) for n, (at, text) in enumerate(noted)]
    found = changes(NOTE, Happened(health=entries), END, ZONE)
    assert sorted(one.when for one in found) == sorted(at for at, _ in noted if at in (AFTER, END))


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([(BEFORE, 50), (AFTER, 62)], ["Neck rotation 50° → 62°, better"]),
        ([(AFTER, 40)], ["Neck rotation 48° → 40°, worse"]),
        ([(AFTER, 40), (AFTER + timedelta(1), 48)], ["Neck rotation 48° → 48°, the same"]),
        ([(BEFORE, 50), (SIGNED, 62)], []),  # measured while the note was written
        ([(LATER, 62)], []),
    ],
)
def test_measured_goal_says_from_where_to_where_and_in_which_direction(
    values: list[tuple[datetime, float]], text: list[str]
):
    taken = tuple(Measurement(UUID(int=n), ROTATION.id, value, at) for n, (at, value) in enumerate(values))
    assert told(Happened(goals=[GoalProgress(ROTATION, taken)])) == text


def test_late_entry_tells_only_of_its_session():
    late = replace(NOTE, signed_at=SIGNED + timedelta(days=3), late_reason="ill")
    assert told_at(late) == SIGNED
    called = replace(GOUT, noted_at=SIGNED + timedelta(days=1))
    assert told(Happened(health=[called]), late) == ["New: gout (left foot)"]


def test_consent_is_told_when_it_was_given_or_withdrawn_also_on_the_same_day():
    given_later = replace(CONSENT, given_on=date(2026, 11, 10))
    assert told(Happened(consents=[CONSENT])) == []
    assert told(Happened(consents=[given_later])) == ["Consent given: treatment (written)"]
    withdrawn = replace(CONSENT, regions="chest", withdrawn_on=date(2026, 11, 9))
    assert told(Happened(consents=[withdrawn])) == ["Consent withdrawn: treatment, chest"]
    for other in (date(2026, 11, 8), date(2026, 11, 24)):  # before that session, and only tomorrow
        assert told(Happened(consents=[replace(withdrawn, withdrawn_on=other)])) == []


def test_referral_is_told_when_it_is_new_and_when_it_runs_out():
    known = Referral(UUID(int=60), WHO, "Dr Lin", visits_authorised=10, visits_used=4)
    assert told(Happened(referrals=[known])) == []
    assert told(Happened(referrals=[replace(known, visits_used=9)])) == ["Referral of Dr Lin: 1 visit left"]
    for last_day, texts in ((22, []), (23, ["Referral of Dr Lin: 1 visit left"])):
        ending = replace(known, visits_used=9, expires_on=date(2026, 11, last_day))
        assert told(Happened(referrals=[ending])) == texts
    assert told(Happened(referrals=[replace(known, written_on=date(2026, 11, 20))])) == [
        "New referral: Dr Lin, 6 visits left"
    ]


def test_lost_appointments_and_addenda_to_that_note_are_told():
    lost = Appointment(UUID(int=70), WHO, AFTER, 60, "Massage", Status.NO_SHOW, "no call")
    kept = replace(lost, status=Status.DONE)
    assert told(Happened(appointments=[lost, kept])) == ["Missed 14 Nov: no call"]
    addendum = Addendum(UUID(int=71), NOTE.id, AddendumKind.CORRECTION, "It was\nthe right side.", AFTER, "Dana")
    other = replace(addendum, note_id=UUID(int=72))
    assert told(Happened(addenda=[addendum, other])) == [
        "Addendum to the last note (correction): It was the right side."
    ]


def test_history_asked_is_told_with_its_answer_unless_the_change_itself_is():
    asked = HistoryCheck(AFTER, Answer.NO_CHANGE)
    assert told(Happened(asked=asked)) == ["History asked 14 Nov: no change"]
    new = replace(GOUT, noted_at=AFTER)
    assert told(Happened(health=[new], asked=replace(asked, answer=Answer.CHANGED))) == ["New: gout (left foot)"]
    assert told(Happened(asked=HistoryCheck(SIGNED, Answer.CHANGED))) == []


def test_what_may_change_the_session_comes_first_the_worst_first_and_asking_last():
    known = Happened(
        health=[
            replace(GOUT, id=UUID(int=1), severity=None, noted_at=END),
            replace(GOUT, id=UUID(int=2), severity=Level.ABSOLUTE, noted_at=AFTER),
        ],
        asked=HistoryCheck(END, Answer.NO_CHANGE),
        goals=[GoalProgress(ROTATION, (Measurement(UUID(int=3), ROTATION.id, 62, AFTER),))],
        consents=[replace(CONSENT, withdrawn_on=date(2026, 11, 20))],
        appointments=[Appointment(UUID(int=4), WHO, AFTER + timedelta(1), 60, "x", Status.CANCELLED, "ill")],
    )
    kinds = [one.kind.name for one in changes(NOTE, known, END, ZONE)]
    assert kinds == ["ADDED", "ADDED", "WITHDRAWN", "LOST", "MEASURED", "ASKED"]
    in_a_line = "2 new in history, 1 consent withdrawn, Neck rotation 48° → 62°, 1 missed or cancelled"
    assert summary(changes(NOTE, known, END, ZONE)) == f"{in_a_line}, History asked 24 Nov: no change"


def test_nothing_changed_says_nothing():
    assert summary(()) == ""
