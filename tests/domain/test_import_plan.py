"""Laws of the dry run: what was imported is known again, nobody is taken twice, and the order of names does not matter."""

from datetime import date
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.incoming.batch import Origin, counted
from therapist_tui.domain.incoming.people import People, Person, Same, name_key, phone_key, same_person
from therapist_tui.domain.incoming.plan import (
    CLIENT,
    Choices,
    ImportPlan,
    Known,
    Planner,
    client_from,
    digest_of,
    service_in,
)
from therapist_tui.domain.incoming.values import IncomingClient

CARDS = st.builds(
    ClientDraft,
    name=st.sampled_from(["Ana Ruiz", "RUIZ Ana", "Bo Chen", "José Álvarez", "jose alvarez"]),
    born_on=st.sampled_from([None, date(1990, 1, 2), date(1991, 1, 2)]),
    phone=st.sampled_from(["", "416 555 0101", "+1 (416) 555-0101", "416 555 0102"]),
    email=st.sampled_from(["", "a@x.org", "A@X.ORG", "b@x.org"]),
)


def rows_of(cards: list[ClientDraft]) -> list[IncomingClient]:
    """A file with these, each with a key of its own."""
    return [IncomingClient(line, repr(card), card) for line, card in enumerate(cards, 2)]


def planned(rows: list[IncomingClient], known: Known) -> ImportPlan:
    numbers = count(1)
    planner = Planner(known, Choices(), lambda: UUID(int=next(numbers) + 1000 * len(known.clients)))
    planner.take_clients(rows)
    assert not planner.differing
    return planner.done()


def stored(plan: ImportPlan) -> Known:
    """What the practice holds after that."""
    origins = {
        (CLIENT, row.key): Origin(made, made, CLIENT, row.key, made, digest_of(client_from(made, row)))
        for made, row in plan.clients
    }
    return Known(1, tuple(client_from(made, row) for made, row in plan.clients), origins)


@given(st.lists(CARDS, max_size=8))
def test_every_row_is_added_known_or_left_out_and_said(cards: list[ClientDraft]) -> None:
    rows = rows_of(cards)
    plan = planned(rows, Known(0))
    assert len(plan.clients) + plan.known + len(plan.conflicts) == len(rows)


@given(st.lists(CARDS, max_size=8))
def test_the_same_file_twice_adds_nobody(cards: list[ClientDraft]) -> None:
    plan = planned(rows_of(cards), Known(0))
    # A row that was left out for another one of the file may be told from it by what is here now, never added twice.
    again = planned([row for _, row in plan.clients], stored(plan))
    assert again.empty
    assert again.known == len(plan.clients)


@given(st.lists(CARDS, max_size=8))
def test_no_two_who_are_added_are_surely_the_same(cards: list[ClientDraft]) -> None:
    people = [(Person.of(made, row.draft), row) for made, row in planned(rows_of(cards), Known(0)).clients]
    for at, (one, _) in enumerate(people):
        for other, row in people[at + 1 :]:
            if name_key(one.name) == name_key(other.name):
                assert same_person(one, row) is Same.NO


@given(CARDS, CARDS)
def test_who_is_the_same_does_not_depend_on_who_is_asked(one: ClientDraft, other: ClientDraft) -> None:
    me, you = UUID(int=1), UUID(int=2)
    assert same_person(Person.of(me, one), IncomingClient(2, "", other)) is same_person(
        Person.of(you, other), IncomingClient(2, "", one)
    )


def test_names_and_numbers_are_compared_as_people_do() -> None:
    assert name_key("Álvarez, José") == name_key("josé ALVAREZ")
    assert name_key("O'Brien") == name_key("o brien") != name_key("Bryan")
    assert phone_key("+1 (416) 555-0101") == phone_key("416 555 0101") != phone_key("416 555 0102")
    assert phone_key("0101") == ""


@pytest.mark.parametrize(
    ("title", "service"),
    [
        ("Deep tissue – Ana Ruiz", "Deep tissue"),
        ("Ana Ruiz", "Massage"),
        ("Ruiz, Ana: prenatal", "prenatal"),
        ("Ana Ruiz (60)", "Massage"),
    ],
)
def test_what_a_title_says_besides_the_name(title: str, service: str) -> None:
    assert service_in(title, "Ana Ruiz", "Massage") == service


def test_a_title_finds_everybody_whose_whole_name_stands_in_it() -> None:
    people = People(Person(UUID(int=at), name) for at, name in enumerate(("Ana Ruiz", "Ana", "Bo Chen", "Ana Ruiz")))
    assert [one.id.int for one in people.named_in("massage: RUIZ, Ana")] == [0, 3, 1]
    assert list(people.named_in("Ruiz")) == []


def test_counts_in_words() -> None:
    assert [counted(0, 0), counted(1, 0), counted(0, 2), counted(5_000, 1)] == [
        "nothing new",
        "1 client",
        "2 appointments",
        "5,000 clients, 1 appointment",
    ]
