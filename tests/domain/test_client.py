"""Clients: what they are called, how old they are, and what their card must hold."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.client import NO_GUARDIAN, Client, ClientDraft

TODAY = date(2026, 11, 23)


def client(name: str = "Amara Okafor", preferred: str = "", born_on: date | None = None) -> Client:
    return Client(UUID(int=1), name, preferred, born_on=born_on)


@pytest.mark.parametrize(
    ("name", "preferred", "shown", "initials"),
    [
        ("Amara Okafor", "", "Amara Okafor", "A. O."),
        ("William van der Berg", "Bill", "Bill van der Berg", "B. v. d."),
        ("Cher", "", "Cher", "C."),
        ("Cher", "Sherry", "Sherry", "S."),
        ("李小龍", "", "李小龍", "李."),
    ],
)
def test_client_is_called_by_the_preferred_name_and_masked_to_initials(
    name: str, preferred: str, shown: str, initials: str
):
    assert client(name, preferred).shown == shown
    assert client(name, preferred).initials == initials


@given(name=st.text(), preferred=st.text())
def test_initials_never_show_a_whole_name(name: str, preferred: str):
    masked = client(name, preferred).initials
    assert all(len(part) == 2 and part.endswith(".") for part in masked.split())


@pytest.mark.parametrize(
    ("born_on", "age", "minor"),
    [
        (None, None, False),
        (date(2008, 11, 23), 18, False),
        (date(2008, 11, 24), 17, True),
        (date(2026, 11, 23), 0, True),
        (date(1901, 11, 24), 124, False),
    ],
)
def test_age_is_in_completed_years_and_unknown_is_no_minor(born_on: date | None, age: int | None, minor: bool):
    assert client(born_on=born_on).age_on(TODAY) == age
    assert client(born_on=born_on).minor_on(TODAY) is minor


@pytest.mark.parametrize(
    ("born_on", "guardian", "warned"),
    [
        (date(2008, 11, 24), "", True),
        (date(2008, 11, 24), "Ada Okafor, 416 555 0101", False),
        (date(2008, 11, 23), "", False),
        (None, "", False),
    ],
)
def test_a_minor_without_a_guardian_is_warned_about_and_not_refused(born_on: date | None, guardian: str, warned: bool):
    draft = ClientDraft("Amara Okafor", born_on=born_on, guardian=guardian)
    assert (draft.warning(TODAY) == NO_GUARDIAN) is warned
    assert draft.problems(TODAY) == {}


def test_leap_day_child_grows_older_on_1_march_of_a_common_year():
    leap = client(born_on=date(2008, 2, 29))
    assert [
        leap.age_on(day) for day in (date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 28), date(2028, 2, 29))
    ] == [17, 18, 19, 20]


@given(born_on=st.dates(date(1900, 1, 1), TODAY), day=st.dates(TODAY, date(2199, 1, 1)))
def test_nobody_grows_younger(born_on: date, day: date):
    then, now = client(born_on=born_on).age_on(day), client(born_on=born_on).age_on(TODAY)
    assert then is not None
    assert now is not None
    assert then >= now >= 0


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u200d", ".", "\u3164", "—", "🙂"])
def test_name_without_a_letter_is_refused(name: str):
    assert ClientDraft(name).cleaned().problems(TODAY) == {"name": "Please give a name with at least one letter."}


@pytest.mark.parametrize(
    "name", ["O'Brien", "Robert'); DROP TABLE", "NULL", "None", "0", "-1", "true", "=SUM(A1)", "[/red]", "José", "李"]
)
def test_odd_names_are_stored_literally(name: str):
    draft = ClientDraft(name).cleaned()
    assert draft.name == name
    assert draft.problems(TODAY) == {}


@pytest.mark.parametrize(
    ("born_on", "problem"),
    [
        (TODAY, None),
        (date(2026, 11, 24), "The birth date lies in the future."),
        (date(1900, 11, 24), None),
        (date(1900, 11, 22), "The birth date is more than 125 years ago."),
        (date(1, 1, 1), "The birth date is more than 125 years ago."),
    ],
)
def test_birth_date_is_behind_us_and_within_a_life(born_on: date, problem: str | None):
    found = ClientDraft("Amara", born_on=born_on).problems(TODAY)
    assert found == ({"born_on": problem} if problem else {})


@pytest.mark.parametrize(
    ("email", "fine"),
    [
        ("", True),
        ("a@b", True),
        ("amara@example.org", True),
        ("@b", False),
        ("a@", False),
        ("a b@c", False),
        ("amara", False),
    ],
)
def test_email_needs_something_on_both_sides_of_an_at(email: str, fine: bool):
    found = ClientDraft("Amara", email=email).problems(TODAY)
    assert found == ({} if fine else {"email": "That is no e-mail address: it needs something on both sides of an @."})


@pytest.mark.parametrize("phone", ["+1 (555) 010-9999 ext. 2", "ask for Ann", "٠١٢٣", "9" * 60])
def test_phone_is_kept_as_it_was_given(phone: str):
    assert ClientDraft("Amara", phone=phone).cleaned().phone == phone


@given(text=st.text())
def test_cleaning_a_card_twice_changes_nothing_more(text: str):
    once = ClientDraft(text, text, text, None, text, text, text, text, text).cleaned()
    assert once.cleaned() == once
    assert replace(once, remarks="").cleaned() == replace(once, remarks="")
