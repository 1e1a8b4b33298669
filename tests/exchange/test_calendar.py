"""The calendar for a phone: the right moments on both sides of a change of clocks, and nothing about health."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.ui.driver import now
from therapist_tui.demo.practice import whole_practice
from therapist_tui.domain.appointment import Status
from therapist_tui.domain.whole import WholePractice
from therapist_tui.exchange.calendar import PAST_DAYS, calendar_of

from .files_of import a_file


def one_appointment() -> WholePractice:
    file = a_file()
    return WholePractice(file.therapist, (file.client,), appointments=(replace(file.appointments[0], starts_at=now()),))


@pytest.fixture(scope="module")
def whole() -> WholePractice:
    return whole_practice(now())


def test_initials_and_times_only(whole: WholePractice) -> None:
    written = calendar_of(whole, now())
    said = written.decode().replace("\r\n ", "")
    for client in whole.clients:
        assert client.name.split()[-1] not in said
    for word in ("massage", "prenatal", "DESCRIPTION", "LOCATION", "ATTENDEE"):
        assert word.casefold() not in said.casefold()
    assert "SUMMARY:A. O." in said


def test_with_names_when_wanted(whole: WholePractice) -> None:
    assert "SUMMARY:Amara Okafor\\, " in calendar_of(whole, now(), names=True).decode()


def test_every_appointment_that_takes_place_is_there_at_its_moment(whole: WholePractice) -> None:
    since = now() - timedelta(days=PAST_DAYS)
    expected = {
        f"{one.id}@therapist-tui": (one.starts_at, one.minutes)
        for one in whole.appointments
        if not one.status.lost and one.starts_at >= since
    }
    events = Calendar.from_ical(calendar_of(whole, now())).walk("VEVENT")
    read = {
        str(one["UID"]): (one.decoded("DTSTART"), (one.decoded("DTEND") - one.decoded("DTSTART")).seconds // 60)
        for one in events
    }
    assert read == expected
    assert len(read) > 7


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.NO_SHOW])
def test_what_was_cancelled_is_not_there(status: Status, whole: WholePractice) -> None:
    gone = tuple(replace(one, status=status) for one in whole.appointments)
    assert b"VEVENT" not in calendar_of(replace(whole, appointments=gone), now())


def test_lines_are_short_and_end_as_the_format_wants(whole: WholePractice) -> None:
    lines = calendar_of(whole, now(), names=True).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)


@settings(max_examples=30, deadline=None)
@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120))
def test_any_name_is_read_back(name: str) -> None:
    whole = one_appointment()
    client = replace(whole.clients[0], name=f"A{name}")
    written = calendar_of(replace(whole, clients=(client,)), now(), names=True)
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    said = str(event["SUMMARY"])
    assert said.startswith("A")
    assert said.endswith(", Massage")
