"""The demo practice keeps its promises: the same every time, whole, free of overlaps, and full of real situations."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from therapist_tui.demo import whole_practice
from therapist_tui.domain.achievement import computed
from therapist_tui.domain.appointment import Appointment, AppointmentDraft, Status
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.consent import ConsentDraft
from therapist_tui.domain.goal import Goal, GoalDraft, GoalProgress, check_value
from therapist_tui.domain.goal_states import Achievement
from therapist_tui.domain.health import HealthEntry, HealthEntryDraft, HealthKind
from therapist_tui.domain.level import Level
from therapist_tui.domain.measures.catalogue import measure_of
from therapist_tui.domain.measures.judging import Size
from therapist_tui.domain.measures.values import Entry
from therapist_tui.domain.note import SessionNote
from therapist_tui.domain.plan import PlanDraft
from therapist_tui.domain.referral import ReferralDraft
from therapist_tui.domain.signing import REQUIRED, Facts, Missing, missing
from therapist_tui.domain.text import clean
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.domain.treatments import read_treatments, show_treatments
from therapist_tui.domain.whole import WholePractice

ZONE = ZoneInfo("America/Toronto")
NOW = datetime(2026, 11, 23, 10, 24, tzinfo=ZONE)
TODAY = NOW.date()
WEEK = [NOW.replace(hour=10) + timedelta(days=offset) for offset in range(7)]


@cache
def practice_at(now: datetime) -> WholePractice:
    return whole_practice(now)


@pytest.fixture(scope="module")
def practice() -> WholePractice:
    return practice_at(NOW)


def on(practice: WholePractice, day: date) -> list[Appointment]:
    return [one for one in practice.appointments if one.starts_at.astimezone(ZONE).date() == day]


def clock(appointment: Appointment) -> str:
    return f"{appointment.starts_at.astimezone(ZONE):%H:%M}"


def this_week(practice: WholePractice) -> set[UUID]:
    monday = TODAY - timedelta(days=TODAY.weekday())
    return {one.client_id for i in range(7) for one in on(practice, monday + timedelta(days=i))}


def open_entries(practice: WholePractice, client_id: UUID) -> list[HealthEntry]:
    return [one for one in practice.health if one.client_id == client_id and one.open_on(TODAY)]


def strings(value: Any) -> Iterator[str]:
    """Every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from strings(one)
    elif is_dataclass(value) and not isinstance(value, (type, Enum)):
        for field in fields(value):
            yield from strings(getattr(value, field.name))


def test_same_arguments_give_the_same_practice(practice: WholePractice) -> None:
    assert whole_practice(NOW) == practice


def test_another_seed_gives_another_practice(practice: WholePractice) -> None:
    other = whole_practice(NOW, seed=8)
    assert other != practice
    assert not {one.id for one in other.appointments} & {one.id for one in practice.appointments}


def test_size_is_that_of_a_real_practice(practice: WholePractice) -> None:
    assert len(practice.clients) == 60
    assert 3200 <= len(practice.appointments) <= 3800
    assert len(practice.goals) >= 60
    assert 30 <= len(practice.plans) <= 45
    assert 10 <= len(practice.referrals) <= 14
    assert len({one.client_id for one in practice.health}) >= 42
    span = practice.appointments[-1].starts_at - practice.appointments[0].starts_at
    assert span > timedelta(days=730)


def test_every_goal_with_a_plan_was_measured_three_to_eight_times(practice: WholePractice) -> None:
    counts = Counter(one.goal_id for one in practice.measurements)
    paper = {goal.id for goal in practice.goals if goal.measure in ("ndi", "odi", "psfs")}  # every second visit
    assert {counts[goal.id] for goal in practice.goals if goal.id not in paper} <= set(range(3, 9))
    assert {counts[goal_id] for goal_id in paper} <= set(range(1, 5))


def test_ids_are_unique_uuids_of_version_7(practice: WholePractice) -> None:
    nouns = (
        "clients",
        "health",
        "appointments",
        "notes",
        "addenda",
        "plans",
        "goals",
        "measurements",
        "referrals",
        "consents",
    )
    ids = [one.id for noun in nouns for one in getattr(practice, noun)]
    assert len(set(ids)) == len(ids)
    assert {one.version for one in ids} == {7}


def test_every_reference_resolves(practice: WholePractice) -> None:
    clients = {one.id for one in practice.clients}
    appointments = {one.id: one for one in practice.appointments}
    plans = {one.id: one.client_id for one in practice.plans}
    goals = {one.id for one in practice.goals}
    for noun in ("health", "appointments", "notes", "plans", "goals", "referrals", "consents"):
        assert {one.client_id for one in getattr(practice, noun)} <= clients
    assert {client_id for client_id, _ in practice.history_checks} <= clients
    assert all(appointments[note.appointment_id].client_id == note.client_id for note in practice.notes)
    assert all(plans[goal.plan_id] == goal.client_id for goal in practice.goals)
    assert {one.goal_id for one in practice.measurements} <= goals
    assert {one.note_id for one in practice.addenda} <= {note.id for note in practice.notes if note.signed}


def test_every_session_that_took_place_has_one_note_and_no_other_has(practice: WholePractice) -> None:
    done = sorted(str(one.id) for one in practice.appointments if one.status is Status.DONE)
    assert sorted(str(note.appointment_id) for note in practice.notes) == done


def _missing(note: SessionNote) -> tuple[Missing, ...]:
    return missing(note.content, Facts(asked=True), REQUIRED)


@pytest.mark.parametrize("now", WEEK, ids=lambda now: f"{now:%a}")
def test_no_two_appointments_of_a_day_overlap(now: datetime) -> None:
    days: dict[date, list[Appointment]] = defaultdict(list)
    for one in practice_at(now).appointments:
        days[one.starts_at.astimezone(ZONE).date()].append(one)
    assert len(days[now.date()]) == 7
    for day in days.values():
        assert all(first.ends_at <= second.starts_at for first, second in pairwise(day))
        assert len({one.client_id for one in day}) == len(day)


@pytest.mark.parametrize("now", WEEK, ids=lambda now: f"{now:%a}")
def test_two_notes_are_owed_today_and_on_the_workday_before(now: datetime) -> None:
    owed = [note for note in practice_at(now).notes if not note.signed]
    days = [note.service_at.astimezone(ZONE).date() for note in owed]
    assert len(owed) == 2
    assert days[1] == now.date()
    assert 1 <= (days[1] - days[0]).days <= 3
    assert days[0].weekday() < 5
    assert all(note.content.subjective and _missing(note) for note in owed)


def test_every_signed_note_is_proven_and_complete(practice: WholePractice) -> None:
    signed = [note for note in practice.notes if note.signed]
    assert len(signed) > 2800
    assert all(note.proven for note in signed)
    assert not [note for note in signed if _missing(note) or note.content.problems()]


def test_nothing_is_dated_after_now(practice: WholePractice) -> None:
    moments = [note.saved_at for note in practice.notes]
    moments += [one.measured_at for one in practice.measurements]
    moments += [check.asked_at for _, check in practice.history_checks]
    moments += [one.noted_at for one in practice.health if one.noted_at]
    moments += [one.ended_at for one in practice.appointments if one.ended_at]
    assert max(moments) <= NOW


def test_every_text_is_clean(practice: WholePractice) -> None:
    texts = [text for field in fields(practice) for text in strings(getattr(practice, field.name))]
    assert len(texts) > 30_000
    assert [text for text in texts if clean(text) != text or "{" in text] == []


def test_treatments_read_back_as_they_are_shown(practice: WholePractice) -> None:
    for note in practice.notes:
        assert read_treatments(show_treatments(note.content.treatments)) == note.content.treatments


def test_treatment_never_takes_longer_than_the_session(practice: WholePractice) -> None:
    minutes = {one.id: one.minutes for one in practice.appointments}
    for note in practice.notes:
        assert sum(one.minutes or 0 for one in note.content.treatments) < minutes[note.appointment_id]


def test_notes_in_a_row_do_not_read_alike(practice: WholePractice) -> None:
    notes: dict[UUID, list[SessionNote]] = defaultdict(list)
    for note in practice.notes:
        notes[note.client_id].append(note)
    for row in notes.values():
        for one, after in pairwise(row):
            assert one.content.subjective != after.content.subjective
            assert one.content.objective != after.content.objective
    assert len({note.content for note in practice.notes}) == len(practice.notes)
    assert len({note.content.objective for note in practice.notes}) > 0.95 * len(practice.notes)


def test_pain_in_the_notes_follows_the_pain_goal(practice: WholePractice) -> None:
    worst = {goal.client_id: goal for goal in practice.goals if goal.title.startswith("Worst pain")}
    latest = {one.goal_id: one.value for one in practice.measurements}
    last = {note.client_id: note for note in practice.notes if note.signed}
    close = [abs((last[c].content.pain_before or 0) - latest[goal.id]) <= 2 for c, goal in worst.items() if c in last]
    assert len(close) > 30
    assert sum(close) >= 0.95 * len(close)


def test_phones_and_addresses_are_those_reserved_for_fiction(practice: WholePractice) -> None:
    assert all(one.phone.startswith("+1 416 555 01") and len(one.phone) == 15 for one in practice.clients)
    assert all(one.email.endswith("@example.org") for one in practice.clients)
    assert len({one.phone for one in practice.clients}) == len({one.email for one in practice.clients}) == 60


def test_forms_would_accept_every_record(practice: WholePractice) -> None:
    started = {plan.id: plan.started_on or TODAY for plan in practice.plans}
    problems = [_therapist_problems(practice)]
    for c in practice.clients:
        names = [field.name for field in fields(ClientDraft)]
        problems.append(_same(ClientDraft(**{name: getattr(c, name) for name in names}), TODAY))
    problems += [_same(_draft(HealthEntryDraft, one), TODAY) for one in practice.health]
    problems += [_same(_draft(ConsentDraft, one), TODAY) for one in practice.consents]
    problems += [_same(_draft(ReferralDraft, one)) for one in practice.referrals]
    problems += [_same(_draft(AppointmentDraft, one)) for one in practice.appointments]
    problems += [_same(_draft(PlanDraft, one), started[one.id]) for one in practice.plans]
    problems += [_same(_draft(GoalDraft, one), one.baseline_on) for one in practice.goals]
    assert [found for found in problems if found] == []


def _draft(kind: Any, record: Any) -> Any:
    return kind(**{field.name: getattr(record, field.name) for field in fields(kind)})


def _same(draft: Any, *arguments: Any) -> dict[str, str]:
    assert draft.cleaned() == draft
    return draft.problems(*arguments)


def _therapist_problems(practice: WholePractice) -> dict[str, str]:
    one = practice.therapist
    held = tuple((held.kind, held.expires_on) for held in one.certifications)
    return _same(
        TherapistDraft(one.name, one.credential, one.licence_number, one.licence_expires_on, one.zone.key, held)
    )


# Today as it is drawn


def test_today_is_as_drawn_at_10_24(practice: WholePractice) -> None:
    names = {one.id: one.name for one in practice.clients}
    day = on(practice, TODAY)
    assert [(clock(one), one.minutes, names[one.client_id]) for one in day[:6]] == [
        ("09:00", 60, "Ben Tanaka"),
        ("10:30", 60, "Amara Okafor"),
        ("12:30", 90, "Iris Novak"),
        ("14:00", 60, "Tom Adeyemi"),
        ("15:15", 45, "Wei Chen"),
        ("16:15", 60, "Lucia Ferri"),
    ]
    assert [one.status for one in day] == [Status.DONE] + [Status.BOOKED] * 6


def test_amara_is_as_drawn(practice: WholePractice) -> None:
    amara = next(one for one in practice.clients if one.name == "Amara Okafor")
    assert (amara.age_on(TODAY), amara.pronouns, amara.pressure) == (34, "she/her", "medium")
    entries = open_entries(practice, amara.id)
    assert {one.severity for one in entries} == {Level.CLEARANCE, Level.PRECAUTION}
    assert [one.gestation_on(TODAY) for one in entries if one.kind is HealthKind.PREGNANCY] == [22]
    calf = next(one for one in entries if one.severity is Level.CLEARANCE)
    assert (calf.text, calf.place, calf.began_on) == (
        "Swollen left calf since Friday — rule out a clot",
        "left lower leg",
        date(2026, 11, 20),
    )
    plan = next(one for one in practice.plans if one.client_id == amara.id)
    notes = [note for note in practice.notes if note.client_id == amara.id]
    assert (len(notes) + 1, plan.visits_planned, plan.led_by) == (4, 6, "Dr Lin")
    assert notes[-1].service_at.astimezone(ZONE).date() == date(2026, 11, 9)
    assert notes[-1].content.next_time == "recheck left levator; teach side-lying rest position."
    asked = [check.asked_at for client_id, check in practice.history_checks if client_id == amara.id]
    assert asked[-1].astimezone(ZONE).date() == TODAY
    assert any(one.client_id == amara.id and one.live_on(TODAY) for one in practice.consents)
    rotation, pain = (_progress(practice, goal) for goal in practice.goals if goal.client_id == amara.id)
    assert (rotation.goal.title, rotation.values[0], rotation.latest, rotation.goal.target) == (
        "Neck rotation left", 48, 62, 75,
    )  # fmt: skip
    assert (pain.goal.title, pain.values[0], pain.latest, pain.goal.target) == ("Worst pain 24 h", 7, 4, 2)
    assert (round(rotation.percent), round(pain.percent)) == (52, 60)
    assert rotation.goal.due_on == pain.goal.due_on == date(2027, 1, 14)


def test_goals_show_every_judgement_by_measures_that_ship(practice: WholePractice) -> None:
    judged = [(_progress(practice, goal), measure_of(goal.measure)) for goal in practice.goals]
    sizes = Counter(one.judged.size for one, _ in judged)
    assert {Size.WITHIN_ERROR, Size.REAL, Size.MEANINGFUL, Size.UNKNOWN} <= sizes.keys()
    assert any(one.judged.worsened for one, _ in judged)
    states = {computed(one, TODAY) for one, _ in judged}
    assert {Achievement.ACHIEVED, Achievement.IMPROVING, Achievement.WORSENING, Achievement.NO_CHANGE} <= states
    assert {measure.entry for _, measure in judged if measure} >= {Entry.VALUE, Entry.SCORE, Entry.RATINGS}
    assert sum(measure is not None for _, measure in judged) > len(judged) * 3 / 4
    for one, _ in judged:
        for value in one.counted:
            check_value(one.goal, value.value)


def _progress(practice: WholePractice, goal: Goal) -> GoalProgress:
    return GoalProgress(goal, tuple(one for one in practice.measurements if one.goal_id == goal.id))


def test_the_rest_of_today_shows_each_kind_of_caution(practice: WholePractice) -> None:
    ben, amara, iris, tom, wei, lucia, child = (one.client_id for one in on(practice, TODAY))
    levels = {
        client_id: {one.severity for one in open_entries(practice, client_id) if one.severity}
        for client_id in (ben, iris, tom, wei, lucia)
    }
    assert levels == {ben: set(), iris: {Level.ABSOLUTE}, tom: {Level.LOCAL}, wei: set(), lucia: set()}
    assert [one.visits_left for one in practice.referrals if one.client_id == tom] == [1]
    asked = {client_id for client_id, _ in practice.history_checks}
    assert {ben, amara, iris, tom, wei, child} <= asked
    assert lucia not in asked
    seen = {note.client_id for note in practice.notes}
    assert wei not in seen
    assert {ben, amara, iris, tom, lucia, child} <= seen
    cards = {one.id: one for one in practice.clients}
    assert cards[child].minor_on(TODAY)
    assert cards[child].guardian


@pytest.mark.parametrize(("hour", "minute"), [(5, 0), (0, 3), (7, 31), (13, 5), (19, 40), (23, 10), (23, 59)])
def test_the_seven_stay_together_inside_the_day(hour: int, minute: int) -> None:
    now = NOW.replace(hour=hour, minute=minute)
    practice = practice_at(now)
    day = on(practice, TODAY)
    starts = [one.starts_at - day[0].starts_at for one in day]
    drawn = on(practice_at(NOW), TODAY)
    assert starts == [one.starts_at - drawn[0].starts_at for one in drawn]
    assert clock(day[0]) >= "06:00"
    assert f"{day[-1].ends_at.astimezone(ZONE):%H:%M}" <= "23:30"
    for one in day:
        over, ahead = one.ends_at <= now, one.starts_at > now
        assert (one.status in (Status.DONE, Status.CANCELLED)) >= over
        assert (one.status is Status.BOOKED) == ahead
    assert max(note.saved_at for note in practice.notes) <= now


@pytest.mark.parametrize(("hour", "minute", "first"), [(5, 0, "06:00"), (10, 24, "09:00"), (23, 10, "14:15")])
def test_where_the_day_begins(hour: int, minute: int, first: str) -> None:
    practice = practice_at(NOW.replace(hour=hour, minute=minute))
    assert clock(on(practice, TODAY)[0]) == first


def test_who_must_not_be_treated_was_not(practice: WholePractice) -> None:
    late = practice_at(NOW.replace(hour=23, minute=10))
    for one in on(late, TODAY):
        levels = {entry.severity for entry in open_entries(late, one.client_id)}
        if levels & {Level.ABSOLUTE, Level.CLEARANCE}:
            assert one.status is Status.CANCELLED
            assert one.reason
    assert all(one.reason for one in practice.appointments if one.status.lost)


def test_the_clock_change_does_not_tear_a_day() -> None:
    for day in (datetime(2026, 3, 8, 10, 24, tzinfo=ZONE), datetime(2026, 11, 1, 1, 30, tzinfo=ZONE)):
        assert len(on(practice_at(day), day.date())) == 7


# The situations of the mission, found by what the records say


@pytest.mark.parametrize("now", WEEK, ids=lambda now: f"{now:%a}")
def test_every_situation_is_met_in_the_week_of_any_day(now: datetime) -> None:
    practice, today = practice_at(now), now.date()
    monday = today - timedelta(days=today.weekday())
    seen = {one.client_id for i in range(7) for one in on(practice, monday + timedelta(days=i))}
    told = " · ".join(one.text.lower() for one in practice.health if one.client_id in seen and one.open_on(today))
    for word in ("cancer", "wheelchair", "nut oils", "(dvt)", "pregnant", "gave birth", "fibromyalgia"):
        assert word in told
    assert {"Sports massage", "Relaxation massage"} <= {one.service for one in practice.appointments}
    assert any(one.client_id in seen and one.visits_left == 1 for one in practice.referrals)
    assert any(one.client_id in seen and "physiotherapy" in one.reason for one in practice.plans)
    assert {bool(one.guardian) for one in practice.clients if one.id in seen and one.minor_on(today)} == {True, False}


@pytest.mark.parametrize("service", ["Sports massage", "Relaxation massage", "Oncology massage", "Prenatal massage"])
def test_a_service_is_booked_this_week(practice: WholePractice, service: str) -> None:
    monday = TODAY - timedelta(days=TODAY.weekday())
    assert service in {one.service for i in range(7) for one in on(practice, monday + timedelta(days=i))}


def test_injury_is_treated_beside_physiotherapy(practice: WholePractice) -> None:
    assert {one.client_id for one in practice.plans if "physiotherapy" in one.reason} & this_week(practice)


def test_one_minor_has_a_guardian_and_one_has_none_and_was_never_treated(practice: WholePractice) -> None:
    minors = [one for one in practice.clients if one.minor_on(TODAY)]
    without = [one for one in minors if not one.guardian]
    assert len(minors) > len(without) == 1
    assert without[0].id in this_week(practice)
    assert without[0].id not in {note.client_id for note in practice.notes}
    assert min(one.age_on(TODAY) or 0 for one in practice.clients) == 9
    assert max(one.age_on(TODAY) or 0 for one in practice.clients) == 88


def test_pregnancies_were_treated_with_the_certification_and_one_is_booked_without(practice: WholePractice) -> None:
    def certified(one: Appointment) -> bool:
        return practice.therapist.certified("prenatal", one.starts_at.astimezone(ZONE).date())

    prenatal = [one for one in practice.appointments if one.service == "Prenatal massage"]
    assert all(certified(one) for one in prenatal if one.status is Status.DONE)
    assert not any(certified(one) for one in prenatal if one.status is Status.BOOKED)
    assert practice.therapist.certified("oncology", TODAY)
    assert practice.therapist.certified("lymphatic", TODAY)


def test_the_next_two_weeks_are_booked_with_room_left(practice: WholePractice) -> None:
    days = [on(practice, TODAY + timedelta(days=i)) for i in range(1, 15)]
    booked = [len(day) for day in days if day]
    assert len(booked) >= 10
    assert sum(booked) / len(booked) < 7
    assert all(one.status in (Status.BOOKED, Status.CANCELLED) for day in days for one in day)


def test_every_region_of_the_world_may_be_the_zone() -> None:
    zone = ZoneInfo("Asia/Tokyo")
    now = datetime(2026, 4, 29, 9, 5, tzinfo=zone)
    practice = whole_practice(now, zone)
    assert practice.therapist.zone == zone
    assert len([one for one in practice.appointments if one.starts_at.astimezone(zone).date() == now.date()]) == 7
