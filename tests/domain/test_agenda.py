"""The day: what is ahead, where the highlight belongs, what overlaps, what is free, and the marks on each row."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cautions import caution
from therapist_tui.domain.agenda import Agenda, Badge, Brief, Slot, badges
from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.client import Client
from therapist_tui.domain.consent import Consent, ConsentKind, ConsentMethod
from therapist_tui.domain.free import Gap
from therapist_tui.domain.health import HealthEntry, HealthKind
from therapist_tui.domain.hours import Hours, Span
from therapist_tui.domain.level import Level
from therapist_tui.domain.note import NoteContent, SessionNote
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.therapist import Therapist

DAY = date(2026, 11, 23)
NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
AMARA = Client(UUID(int=10), "Amara Okafor")
DANA = Therapist(UUID(int=11), "Dana Reyes", "LMT", "4711", None, ZoneInfo("UTC"))
PREGNANT = HealthEntry(UUID(int=12), AMARA.id, HealthKind.PREGNANCY, "Pregnant", began_on=date(2026, 6, 22))
KNOWN = Brief(AMARA, visits_before=3)
OPEN = Hours(((Span(time(0), time(23, 59)),),) * 7)
"""Day and night."""


def booked(
    number: int, start: int = 0, minutes: int = 60, status: Status = Status.BOOKED, brief: Brief = KNOWN
) -> Slot:
    starts_at = NINE + timedelta(minutes=start)
    return Slot(Appointment(UUID(int=number), AMARA.id, starts_at, minutes, "Massage", status, "ill"), brief)


def day(*slots: Slot) -> Agenda:
    return Agenda(DAY, DANA, slots)


def note_of(slot: Slot, *, signed: bool) -> SessionNote:
    at = NINE if signed else None
    return SessionNote(
        UUID(int=90), slot.id, AMARA.id, NoteContent("x"), NINE, NINE, NINE, at, "Dana Reyes, LMT" if signed else ""
    )


@given(st.lists(st.sampled_from(Status)))
def test_every_appointment_is_to_go_done_or_lost(statuses: list[Status]):
    agenda = day(*(booked(number, number * 60, status=status) for number, status in enumerate(statuses)))
    assert agenda.to_go + statuses.count(Status.DONE) == agenda.taking_place
    assert agenda.taking_place + statuses.count(Status.CANCELLED) + statuses.count(Status.NO_SHOW) == len(statuses)


def test_next_is_the_first_that_has_not_begun_from_this_moment_on():
    agenda = day(
        booked(1), booked(2, 60, status=Status.CANCELLED), booked(3, 120, status=Status.ARRIVED), booked(4, 180)
    )
    found = agenda.next_after(NINE + timedelta(minutes=1))
    assert found
    assert found.id == UUID(int=3)
    exactly = agenda.next_after(NINE)
    assert exactly
    assert exactly.id == UUID(int=1)
    assert agenda.next_after(NINE + timedelta(hours=4)) is None


def test_highlight_belongs_to_who_is_there_then_to_who_comes_then_to_the_last():
    there = day(booked(1), booked(2, 60, status=Status.IN_SESSION))
    coming = day(booked(1, status=Status.DONE), booked(2, 60), booked(3, 120))
    over = day(booked(1, status=Status.DONE), booked(2, 60, status=Status.NO_SHOW))
    noon = NINE + timedelta(hours=3)
    for agenda, moment in ((there, NINE), (coming, NINE), (over, noon)):
        found = agenda.current(moment)
        assert found
        assert found.id == UUID(int=2)
    assert day().current(NINE) is None


def test_only_what_takes_place_can_overlap():
    agenda = day(booked(1), booked(2, 30), booked(3, 90), booked(4, 95, status=Status.CANCELLED), booked(5, 150))
    assert agenda.overlapping() == {UUID(int=1), UUID(int=2)}


def test_free_time_from_a_quarter_of_an_hour_is_a_gap():
    first, second, third = booked(1), booked(2, 75), booked(3, 75 + 60 + 14)
    agenda = day(first, second, third)
    assert agenda.gaps_after(first, OPEN) == (Gap(NINE + timedelta(minutes=60), 15),)
    assert agenda.gaps_after(second, OPEN) == ()
    assert agenda.gaps_after(third, OPEN) == ()


def test_gap_counts_from_the_end_of_the_longest_and_over_what_was_cancelled():
    long, short, lost, last = (
        booked(1, 0, 120),
        booked(2, 30, 30),
        booked(3, 130, status=Status.CANCELLED),
        booked(4, 180),
    )
    agenda = day(long, short, lost, last)
    assert agenda.gaps_after(long, OPEN) == ()
    assert agenda.gaps_after(short, OPEN) == (Gap(NINE + timedelta(minutes=120), 60),)
    assert agenda.gaps_after(lost, OPEN) == ()


def test_gap_after_two_that_begin_together_is_told_once():
    one, other, later = booked(1), booked(2, 0, 30), booked(3, 120)
    agenda = day(one, other, later)
    assert [agenda.gaps_after(slot, OPEN) for slot in agenda.slots] == [
        (),
        (Gap(NINE + timedelta(minutes=60), 60),),
        (),
    ]


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(5, 120), st.sampled_from(Status)), max_size=8))
def test_gaps_hold_no_appointment_that_takes_place(rows: list[tuple[int, int, Status]]):
    slots = [booked(number, *row) for number, row in enumerate(sorted(rows, key=lambda row: row[0]))]
    agenda = day(*slots)
    gaps = [gap for slot in slots for gap in agenda.gaps_after(slot, OPEN)]
    assert len({gap.starts_at for gap in gaps}) == len(gaps)
    for gap in gaps:
        ends_at = gap.starts_at + timedelta(minutes=gap.minutes)
        kept = [slot.appointment for slot in slots if not slot.appointment.status.lost]
        assert all(one.ends_at <= gap.starts_at or one.starts_at >= ends_at for one in kept)


def test_only_the_time_in_which_the_practice_is_open_is_free():
    morning, afternoon, evening = booked(1), booked(2, 5 * 60), booked(3, 11 * 60)
    agenda = day(morning, afternoon, evening)
    hours = Hours(((Span(time(9), time(12, 30)), Span(time(13, 30), time(18))),) * 7)
    assert agenda.gaps_after(morning, hours) == (
        Gap(NINE + timedelta(minutes=60), 150),
        Gap(NINE + timedelta(minutes=270), 30),
    )
    assert agenda.gaps_after(afternoon, hours) == (Gap(NINE + timedelta(hours=6), 180),)
    assert agenda.gaps_after(morning, Hours(((),) * 7)) == ()


def test_worst_caution_is_the_first_and_none_when_there_is_none():
    assert KNOWN.worst is None
    brief = replace(KNOWN, cautions=(caution(Level.LOCAL, "calf"), caution(Level.PRECAUTION, "nut oil")))
    assert brief.worst is Level.LOCAL


def test_brief_tells_the_weeks_of_a_pregnancy():
    condition = HealthEntry(UUID(int=13), AMARA.id, HealthKind.CONDITION, "migraine", began_on=DAY)
    assert replace(KNOWN, health=(condition, PREGNANT)).gestation_on(DAY) == 22
    assert replace(KNOWN, health=(condition,)).gestation_on(DAY) is None


def test_only_a_live_consent_to_treatment_counts_as_consent():
    written = Consent(UUID(int=14), AMARA.id, ConsentKind.TREATMENT, ConsentMethod.WRITTEN, DAY)
    assert replace(KNOWN, consents=(written,)).consent_on(DAY)
    assert not replace(KNOWN, consents=(written,)).consent_on(DAY - timedelta(1))
    assert not replace(KNOWN, consents=(replace(written, kind=ConsentKind.RELEASE),)).consent_on(DAY)


@pytest.mark.parametrize("status", list(Status))
def test_note_is_owed_once_the_work_began_until_it_is_signed(status: Status):
    slot = booked(1, status=status)
    owed = status in (Status.IN_SESSION, Status.DONE)
    assert slot.owes_note() is owed
    assert replace(slot, note=note_of(slot, signed=False)).owes_note() is owed
    assert not replace(slot, note=note_of(slot, signed=True)).owes_note()


def texts(slot: Slot) -> list[str]:
    return [mark.text for mark in badges(slot)]


def test_known_client_without_anything_to_mind_has_no_mark():
    assert badges(booked(1)) == ()


def test_lost_appointment_says_why_and_keeps_its_cautions_but_no_other_mark():
    brief = Brief(AMARA, (caution(Level.LOCAL, "calf"),))
    lost = badges(booked(1, status=Status.NO_SHOW, brief=brief))
    assert lost[0] == Badge("no-show", "no-show: ill")
    assert [mark.text for mark in lost] == ["no-show", "◆"]


def test_note_is_marked_as_signed_or_as_owed():
    done = booked(1, status=Status.DONE)
    assert texts(done) == ["✎ to sign"]
    assert texts(replace(done, note=note_of(done, signed=True))) == ["✓"]
    assert texts(booked(1, status=Status.IN_SESSION)) == []


@given(st.lists(st.sampled_from(Level)))
def test_each_level_is_marked_once_worst_first_with_its_word(levels: list[Level]):
    brief = replace(KNOWN, cautions=tuple(caution(level, "x") for level in levels))
    marks = badges(booked(1, brief=brief))
    assert [mark.level for mark in marks] == sorted(set(levels), key=lambda level: level.rank)
    assert all(mark.level and mark.text == mark.level.glyph and mark.level.word in mark.meaning for mark in marks)


def test_first_visit_is_marked():
    assert texts(booked(1, brief=Brief(AMARA))) == ["first"]


def test_wanted_certification_is_marked_by_its_letter_once():
    wanted = caution(Level.PRECAUTION, "Pregnant", certification="Prenatal / perinatal massage")
    slot = booked(1, brief=replace(KNOWN, cautions=(wanted, wanted)))
    assert texts(slot) == ["●", "P"]
    assert badges(slot)[-1].meaning == "Prenatal / perinatal massage: training wanted, not held"


@pytest.mark.parametrize(
    ("used", "mark"),
    [
        (7, []),
        (8, [("R2", "2 referred visits left")]),
        (9, [("R1", "1 referred visit left")]),
        (10, [("R0", "0 referred visits left")]),
    ],
)
def test_referral_that_runs_out_says_how_many_visits_are_left(used: int, mark: list[tuple[str, str]]):
    referral = Referral(UUID(int=16), AMARA.id, "Dr Lin", visits_authorised=10, visits_used=used)
    found = badges(booked(1, brief=replace(KNOWN, referral=referral)))
    assert [(one.text, one.meaning) for one in found] == mark
    uncounted = replace(referral, visits_authorised=None)
    assert texts(booked(1, brief=replace(KNOWN, referral=uncounted))) == []


def signed(slot: Slot) -> Slot:
    return replace(slot, note=note_of(slot, signed=True))


DONE, OWED, LOST = signed(booked(1, status=Status.DONE)), booked(2, 60, status=Status.DONE), booked(3, 120)
LOST = replace(LOST, appointment=replace(LOST.appointment, status=Status.CANCELLED))


@pytest.mark.parametrize(
    ("slots", "minutes", "after", "wanted"),
    [
        ((DONE, OWED, booked(4, 180)), 100, None, 4),
        ((DONE, OWED, booked(4, 180), booked(5, 240)), 185, None, 4),  # late: who should be here, not who comes later
        ((DONE, OWED, booked(4, 180), booked(5, 240)), 245, None, 5),
        ((DONE, booked(4, 180), booked(5, 240, status=Status.IN_SESSION)), 100, None, 5),
        ((DONE, OWED, LOST), 500, None, 2),
        ((DONE, booked(4, 180)), 900, None, 4),
        ((DONE, LOST), 0, None, None),
        ((), 0, None, None),
        ((DONE, OWED, LOST, booked(4, 180), booked(5, 240)), 0, 4, 5),
        ((DONE, OWED, LOST, booked(4, 180), booked(5, 240)), 0, 5, 2),
        ((DONE, OWED, LOST), 0, 2, None),  # only itself is left
        ((DONE, OWED), 0, 99, 2),  # of another day
    ],
)
def test_the_day_goes_on_with_the_next_unfinished(
    slots: tuple[Slot, ...], minutes: int, after: int | None, wanted: int | None
):
    found = day(*slots).next_unfinished(NINE + timedelta(minutes=minutes), UUID(int=after) if after else None)
    assert (found.id.int if found else None) == wanted
