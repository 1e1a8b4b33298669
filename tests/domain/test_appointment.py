"""Appointments: overlaps, the way from booked to done, and what a booking must hold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.appointment import (
    NEXT_STEP,
    PRESSURES,
    Appointment,
    AppointmentDraft,
    ReasonNeeded,
    Status,
    WrongStep,
)

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
BOOKED = Appointment(UUID(int=1), UUID(int=2), NINE, 60, "Massage")
DRAFT = AppointmentDraft(UUID(int=2), NINE, 60, "Massage")
times = st.tuples(st.integers(0, 300), st.integers(5, 480))


def taking(time: tuple[int, int]) -> Appointment:
    return replace(BOOKED, starts_at=NINE + timedelta(minutes=time[0]), minutes=time[1])


@given(one=times, other=times)
def test_overlap_is_mutual_and_means_a_shared_minute(one: tuple[int, int], other: tuple[int, int]):
    shared = set(range(one[0], sum(one))) & set(range(other[0], sum(other)))
    assert taking(one).overlaps(taking(other)) == taking(other).overlaps(taking(one)) == bool(shared)


def test_clients_who_follow_on_directly_do_not_overlap():
    assert BOOKED.ends_at == NINE + timedelta(hours=1)
    assert not BOOKED.overlaps(replace(DRAFT, starts_at=BOOKED.ends_at))
    assert BOOKED.overlaps(replace(DRAFT, starts_at=BOOKED.ends_at - timedelta(minutes=1)))


ALLOWED = {
    "booked": {"arrived", "in session", "done", "cancelled", "no-show"},
    "arrived": {"booked", "in session", "done", "cancelled"},
    "in session": {"arrived", "done"},
    "done": {"in session"},
    "cancelled": {"booked"},
    "no-show": {"booked", "arrived"},
}


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("wanted", list(Status))
def test_only_steps_that_make_sense_are_taken(status: Status, wanted: Status):
    appointment = replace(BOOKED, status=status)
    if wanted.value in ALLOWED[status.value]:
        appointment.check_step(wanted, "ill")
        return
    with pytest.raises(WrongStep) as refused:
        appointment.check_step(wanted, "ill")
    assert str(refused.value) == f"An appointment that is {status.value} cannot become {wanted.value}."


@pytest.mark.parametrize("wanted", [Status.CANCELLED, Status.NO_SHOW])
def test_cancelling_and_not_coming_need_a_reason(wanted: Status):
    with pytest.raises(ReasonNeeded) as refused:
        BOOKED.check_step(wanted, "")
    assert str(refused.value) == f"Please say why it was {wanted.value}: the reason is kept with the appointment."


def test_one_key_leads_from_booked_to_done_and_stops_there():
    status, way = Status.BOOKED, ["booked"]
    while following := NEXT_STEP.get(status):
        replace(BOOKED, status=status).check_step(following, "")
        status = following
        way.append(status.value)
    assert way == ["booked", "arrived", "in session", "done"]


@pytest.mark.parametrize("status", list(Status))
def test_a_status_is_open_lost_or_done(status: Status):
    assert [status.open, status.lost, status is Status.DONE].count(True) == 1


@pytest.mark.parametrize(
    ("minutes", "fine"), [(-30, False), (0, False), (4, False), (5, True), (480, True), (481, False), (1441, False)]
)
def test_a_session_lasts_between_5_minutes_and_8_hours(minutes: int, fine: bool):
    problems = replace(DRAFT, minutes=minutes).problems()
    assert problems == ({} if fine else {"minutes": "A session lasts 5 to 480 minutes."})


def test_a_booking_names_its_service():
    assert replace(DRAFT, service=" \u200b ").cleaned().problems() == {
        "service": "Please name the service, e.g. “Massage”."
    }


@given(text=st.text())
def test_cleaning_a_booking_twice_changes_nothing_more(text: str):
    once = AppointmentDraft(UUID(int=2), NINE, 60, text, (text, "x"), (text,), text, text).cleaned()
    assert once.cleaned() == once
    assert "" not in (*once.techniques, *once.regions)


def test_pressures_begin_with_not_said():
    assert PRESSURES[0] == ""
    assert len(set(PRESSURES)) == len(PRESSURES)
