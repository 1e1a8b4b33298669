"""What the desk owes: each rule by its table, the order of the list, and what holds for any practice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.client import Client
from therapist_tui.domain.desk import Desk, Owed, OwedKind, show_ago
from therapist_tui.domain.desk_papers import papers_owed, referral_owed
from therapist_tui.domain.desk_sessions import (
    goal_owed,
    history_owed,
    note_owed,
    outcome_owed,
    owes_signature,
)
from therapist_tui.domain.goal import Goal
from therapist_tui.domain.health import Answer, HistoryCheck
from therapist_tui.domain.note import NoteContent, SessionNote
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.signing import Rules
from therapist_tui.domain.therapist import Certification, Therapist

TORONTO = ZoneInfo("America/Toronto")
NOW = datetime(2026, 11, 23, 20, tzinfo=TORONTO).astimezone(UTC)
TODAY = date(2026, 11, 23)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AMARA = Client(UUID(int=1), "Amara Okafor")
BOOKED = Appointment(UUID(int=2), AMARA.id, NOW - 3 * HOUR, 60, "Massage")
DONE = replace(BOOKED, status=Status.DONE, ended_at=BOOKED.ends_at)
FULL = NoteContent("stiff", "tender", "better", "weekly")
DRAFT = SessionNote(UUID(int=3), BOOKED.id, AMARA.id, NoteContent("stiff"), BOOKED.starts_at, NOW, NOW)
SIGNED = replace(DRAFT, content=FULL, signed_at=NOW, signed_by="Dana", digest="x")
GOAL = Goal(UUID(int=4), UUID(int=5), AMARA.id, "Neck rotation", "°", 48, 75, TODAY - 60 * DAY)
SENT = Referral(UUID(int=6), AMARA.id, "Dr Lin", written_on=TODAY - 50 * DAY, visits_authorised=6)
DANA = Therapist(UUID(int=7), "Dana", "LMT", "4711", None, TORONTO)

moments = st.integers(-400 * 24 * 60, 400 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))
appointments = st.builds(
    Appointment,
    st.uuids(),
    st.just(AMARA.id),
    moments,
    st.integers(5, 480),
    st.just("Massage"),
    st.sampled_from(Status),
    ended_at=st.none() | moments.filter(lambda moment: moment <= NOW),
)
notes = st.sampled_from([None, DRAFT, SIGNED, replace(DRAFT, content=NoteContent()), replace(DRAFT, content=FULL)])


def ended(hours: float) -> Appointment:
    """A session of an hour that ended so many hours ago."""
    starts_at = NOW - hours * HOUR - HOUR
    return replace(DONE, starts_at=starts_at, ended_at=starts_at + HOUR)


# Notes


@pytest.mark.parametrize(
    ("status", "note", "owes"),
    [
        (Status.DONE, None, True),
        (Status.DONE, replace(DRAFT, content=NoteContent()), True),
        (Status.DONE, DRAFT, True),
        (Status.DONE, SIGNED, False),
        (Status.BOOKED, None, False),
        (Status.BOOKED, replace(DRAFT, content=NoteContent()), False),
        (Status.IN_SESSION, DRAFT, True),
        (Status.NO_SHOW, DRAFT, True),
        (Status.NO_SHOW, None, False),
    ],
)
def test_note_waits_once_the_session_is_done_or_a_draft_says_something(
    status: Status, note: SessionNote | None, owes: bool
):
    assert owes_signature(status, note) is owes
    assert bool(note_owed(replace(BOOKED, status=status), note, AMARA, NOW, Rules())) is owes


@pytest.mark.parametrize(
    ("hours", "urgency", "late"),
    [
        (0.2, "12 min ago", False),
        (5, "5 h ago", False),
        (23.99, "23 h ago", False),
        (24, "24 h ago", False),
        (24.1, "24 h ago, late", True),
        (64.6, "64 h ago, late", True),
        (24 * 12, "12 days ago, late", True),
    ],
)
def test_note_is_late_more_than_24_hours_after_the_session(hours: float, urgency: str, late: bool):
    owed = note_owed(ended(hours), None, AMARA, NOW, Rules())
    assert owed
    assert (owed.urgency, owed.late, owed.since) == (urgency, late, ended(hours).over_at)


def test_how_late_is_late_can_be_given():
    owed = note_owed(ended(5), None, AMARA, NOW, Rules(late_after=4 * HOUR))
    assert owed
    assert owed.late


@pytest.mark.parametrize(
    ("note", "what"),
    [
        (None, "not begun"),
        (replace(DRAFT, content=NoteContent()), "not begun"),
        (DRAFT, "begun, not finished"),
        (replace(DRAFT, content=FULL), "ready to sign"),
    ],
)
def test_note_says_how_far_it_has_come(note: SessionNote | None, what: str):
    owed = note_owed(DONE, note, AMARA, NOW, Rules())
    assert owed
    assert owed.what == what
    assert (owed.about, owed.client, owed.session_at) == (DONE.id, AMARA, DONE.starts_at)


def test_session_that_was_marked_done_the_next_morning_ended_with_its_booked_time():
    assert replace(DONE, ended_at=NOW).over_at == DONE.ends_at
    early = DONE.ends_at - timedelta(minutes=10)
    assert replace(DONE, ended_at=early).over_at == early
    assert replace(DONE, ended_at=None).over_at == DONE.ends_at


def test_note_written_during_the_session_is_under_way_and_not_yet_late():
    running = replace(BOOKED, starts_at=NOW - HOUR / 2, status=Status.IN_SESSION)
    owed = note_owed(running, DRAFT, AMARA, NOW, Rules())
    assert owed
    assert (owed.urgency, owed.late, owed.since) == ("under way", False, NOW)


# Outcomes


@pytest.mark.parametrize("status", Status)
def test_outcome_is_owed_of_what_is_over_and_still_open(status: Status):
    owed = outcome_owed(replace(BOOKED, status=status), AMARA, NOW)
    assert bool(owed) is status.open
    if owed:
        assert (owed.what, owed.urgency, owed.since) == (f"still {status.value}", "2 h ago", BOOKED.ends_at)


def test_outcome_is_not_owed_before_the_booked_time_is_over():
    assert outcome_owed(replace(BOOKED, starts_at=NOW - HOUR / 2), AMARA, NOW) is None
    assert outcome_owed(replace(BOOKED, starts_at=NOW - HOUR), AMARA, NOW)


# Histories


def asked(days_ago: int) -> HistoryCheck:
    return HistoryCheck(NOW - days_ago * DAY, Answer.NO_CHANGE)


@pytest.mark.parametrize(
    ("status", "check", "urgency"),
    [
        (Status.BOOKED, None, "never asked"),
        (Status.DONE, None, "never asked"),
        (Status.CANCELLED, None, None),
        (Status.NO_SHOW, None, None),
        (Status.BOOKED, asked(365), None),
        (Status.BOOKED, asked(366), "asked 366 days ago"),
        (Status.IN_SESSION, asked(7), None),
        (Status.DONE, asked(7), "asked 7 days ago"),
        (Status.DONE, asked(1), "asked 1 day ago"),
        (Status.DONE, asked(0), None),
    ],
)
def test_history_is_owed_when_never_asked_out_of_date_or_not_asked_at_the_session(
    status: Status, check: HistoryCheck | None, urgency: str | None
):
    owed = history_owed(replace(BOOKED, status=status), check, AMARA, NOW, TORONTO, 365)
    assert (owed.urgency if owed else None) == urgency
    assert owed is None or owed.about == AMARA.id


def test_history_holds_as_long_as_the_setting_says():
    assert history_owed(BOOKED, asked(31), AMARA, NOW, TORONTO, 30)
    assert history_owed(BOOKED, asked(31), AMARA, NOW, TORONTO, 31) is None


# Goals


def visits(*days_ago: int) -> list[datetime]:
    return [NOW - days * DAY for days in sorted(days_ago, reverse=True)]


@pytest.mark.parametrize(
    ("seen", "measured", "urgency"),
    [
        ((), None, None),
        ((21, 14, 7), None, None),
        ((28, 21, 14, 7), None, "no value for 4 visits"),
        ((35, 28, 21, 14, 7), None, "no value for 5 visits"),
        ((35, 28, 21, 14, 7), 28, None),
        ((42, 35, 28, 21, 14, 7), 35, "no value for 4 visits"),
        ((28, 21, 14, 7), 0, None),
        ((90, 80, 70, 61), None, None),  # before the baseline was taken
    ],
)
def test_goal_is_owed_a_value_after_four_visits_without_one(
    seen: tuple[int, ...], measured: int | None, urgency: str | None
):
    at = None if measured is None else NOW - measured * DAY
    owed = goal_owed(GOAL, at, visits(*seen), AMARA, NOW, TORONTO)
    assert (owed.urgency if owed else None) == urgency


def test_goal_of_a_client_who_stays_away_is_not_asked_for():
    old = replace(GOAL, baseline_on=TODAY - 300 * DAY)
    assert goal_owed(old, None, visits(90, 80, 70, 61), AMARA, NOW, TORONTO) is None
    assert goal_owed(old, None, visits(90, 80, 70, 60), AMARA, NOW, TORONTO)


@given(st.lists(moments.filter(lambda moment: moment <= NOW)), st.none() | moments.filter(lambda moment: moment <= NOW))
def test_a_value_taken_today_settles_any_goal_and_more_visits_never_do(
    seen: list[datetime], measured_at: datetime | None
):
    old = replace(GOAL, baseline_on=date(2025, 12, 1))
    assert goal_owed(old, NOW, sorted(seen), AMARA, NOW, TORONTO) is None
    before = goal_owed(old, measured_at, sorted(seen), AMARA, NOW, TORONTO)
    after = goal_owed(old, measured_at, sorted([*seen, NOW]), AMARA, NOW, TORONTO)
    assert after or not before or (measured_at and measured_at >= NOW - DAY)


# Referrals


def referral(used: int = 0, authorised: int | None = 6, expires: int | None = None, written: int = 50) -> Referral:
    expires_on = None if expires is None else TODAY + expires * DAY
    written_on = TODAY - written * DAY
    return replace(SENT, visits_authorised=authorised, visits_used=used, expires_on=expires_on, written_on=written_on)


WEEKLY = visits(42, 35, 28, 21, 14, 7)


@pytest.mark.parametrize(
    ("referrals", "booked", "urgency"),
    [
        ((), True, None),
        ((referral(used=3),), True, None),
        ((referral(used=4),), False, "2 visits left"),
        ((referral(used=5),), True, "1 visit left"),
        ((referral(used=6),), True, "used up"),
        ((referral(used=6),), False, None),
        ((referral(expires=15),), True, None),
        ((referral(expires=14),), False, "expires in 14 days"),
        ((referral(expires=1),), True, "expires in 1 day"),
        ((referral(expires=0),), True, "expires today"),
        ((referral(expires=-1),), True, "expired 22 Nov"),
        ((referral(expires=-1),), False, None),
        ((referral(expires=-89),), True, "expired 26 Aug"),
        ((referral(expires=-120),), True, None),
        ((referral(used=3, authorised=None),), True, None),
        ((referral(used=1), referral(used=6)), True, None),  # renewed
        ((referral(used=5), referral(expires=-20)), True, "1 visit left"),
    ],
)
def test_referral_is_owed_at_its_last_two_visits_a_fortnight_before_its_end_and_when_a_visit_goes_beyond_it(
    referrals: tuple[Referral, ...], booked: bool, urgency: str | None
):
    owed = referral_owed(referrals, WEEKLY, NOW + DAY if booked else None, AMARA, NOW, TORONTO)
    assert (owed.urgency if owed else None) == urgency
    assert owed is None or owed.late is (urgency in ("used up",) or (urgency or "").startswith("expired"))


def test_referral_is_spoken_of_from_the_visit_that_left_two():
    owed = referral_owed([referral(used=6)], WEEKLY, NOW + DAY, AMARA, NOW, TORONTO)
    assert owed
    assert owed.since == WEEKLY[3]


def test_referral_of_a_client_who_no_longer_comes_is_not_spoken_of():
    assert referral_owed([referral(used=5, written=200)], visits(90, 80), None, AMARA, NOW, TORONTO) is None
    assert referral_owed([referral(used=5, written=200)], visits(90, 80), NOW + DAY, AMARA, NOW, TORONTO)


# Licence and certifications


@pytest.mark.parametrize(
    ("left", "urgency"),
    [
        (None, None),
        (61, None),
        (60, "expires in 60 days"),
        (1, "expires in 1 day"),
        (0, "expires today"),
        (-1, "expired 22 Nov"),
        (-400, "expired 19 Oct 2025"),
    ],
)
def test_licence_and_certification_are_owed_from_60_days_before_their_end_on(left: int | None, urgency: str | None):
    until = None if left is None else TODAY + left * DAY
    dana = replace(DANA, licence_expires_on=until, certifications=(Certification(UUID(int=8), "prenatal", until),))
    found = list(papers_owed(dana, NOW))
    assert [one.urgency for one in found] == ([urgency] * 2 if urgency else [])
    assert [(one.kind, one.what) for one in found] == (
        [(OwedKind.LICENCE, "Licence 4711"), (OwedKind.CERTIFICATION, "Prenatal massage")] if urgency else []
    )


# The list


def owed(kind: OwedKind, hours_ago: float, number: int = 1) -> Owed:
    return Owed(kind, NOW - hours_ago * HOUR, UUID(int=number), "what", "urgency")


def test_a_licence_that_ran_out_long_ago_does_not_push_last_nights_note_down():
    rows = [
        owed(OwedKind.LICENCE, 9000),
        owed(OwedKind.OUTCOME, 30, 2),
        owed(OwedKind.NOTE, 15),
        owed(OwedKind.REFERRAL, 9),
    ]
    assert [one.kind.value for one in Desk.of(rows).owed] == ["note", "outcome", "licence", "referral"]


def test_session_whose_note_is_to_be_signed_needs_no_outcome_besides():
    rows = [owed(OwedKind.OUTCOME, 3), owed(OwedKind.NOTE, 3), owed(OwedKind.OUTCOME, 3, 2)]
    assert [one.key for one in Desk.of(rows).owed] == [rows[1].key, rows[2].key]


def test_desk_counts_its_kinds():
    desk = Desk.of([owed(OwedKind.NOTE, 3), owed(OwedKind.NOTE, 4, 2), owed(OwedKind.GOAL, 3)])
    assert desk.counts == {OwedKind.NOTE: 2, OwedKind.GOAL: 1}
    assert [one.about for one in desk.of_kind(OwedKind.NOTE)] == [UUID(int=2), UUID(int=1)]


def test_closing_the_day_leaves_out_papers_what_has_not_begun_and_goals_of_who_was_not_here():
    begun, ahead, last_week = NOW - HOUR, NOW + HOUR, NOW - 7 * DAY
    rows = [
        replace(owed(kind, 1, number), session_at=at)
        for number, (kind, at) in enumerate(
            [
                (OwedKind.NOTE, last_week),
                (OwedKind.HISTORY, begun),
                (OwedKind.HISTORY, ahead),
                (OwedKind.GOAL, begun),
                (OwedKind.GOAL, last_week),
                (OwedKind.REFERRAL, None),
            ]
        )
    ]
    assert {one.about.int for one in Desk.of(rows).to_close(NOW, TORONTO)} == {0, 1, 3}


@given(st.lists(st.tuples(appointments, notes), max_size=8, unique_by=lambda one: one[0].id), st.randoms())
def test_any_desk_is_in_order_names_each_session_once_and_nothing_is_owed_since_the_future(
    sessions: list[tuple[Appointment, SessionNote | None]], random: object
):
    found = [note_owed(one, note, AMARA, NOW, Rules()) for one, note in sessions]
    found += [outcome_owed(one, AMARA, NOW) for one, _ in sessions]
    found += [history_owed(one, None, AMARA, NOW, TORONTO, 365) for one, _ in sessions]
    rows = [one for one in found if one]
    desk = Desk.of(rows)
    random.shuffle(rows)  # pyright: ignore[reportAttributeAccessIssue]
    assert Desk.of(rows) == desk
    assert [(one.kind.group, one.since) for one in desk.owed] == sorted(
        (one.kind.group, one.since) for one in desk.owed
    )
    of_sessions = [one.about for one in desk.owed if one.kind in (OwedKind.NOTE, OwedKind.OUTCOME)]
    assert len(set(of_sessions)) == len(of_sessions)
    assert {one.about for one in rows} == {one.about for one in desk.owed}
    assert all(one.since <= NOW for one in desk.owed)


@given(
    st.lists(st.builds(referral, st.integers(0, 9), st.none() | st.integers(1, 9), st.none() | st.integers(-200, 200)))
)
def test_no_paper_is_owed_since_the_future(referrals: list[Referral]):
    found = referral_owed(referrals, WEEKLY, NOW + DAY, AMARA, NOW, TORONTO)
    assert found is None or found.since <= NOW
    assert found is None or any(found.about == one.id for one in referrals)


@given(st.timedeltas(timedelta(), timedelta(days=4000)), st.timedeltas(timedelta(), timedelta(days=4000)))
def test_a_longer_time_never_sounds_shorter(one: timedelta, other: timedelta):
    per = {"min": 1, "h": 60, "days": 1440}

    def minutes(span: timedelta) -> int:
        number, unit, _ = show_ago(span).split()
        return int(number) * per[unit]

    assert (minutes(one) <= minutes(other)) or one > other
    assert minutes(one) <= one / timedelta(minutes=1) < minutes(one) + 1440
