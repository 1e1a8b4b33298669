"""Free text is read into entries, statement by statement, and nothing of it is dropped silently."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from therapist_tui.domain.client import Client
from therapist_tui.domain.health import HealthKind
from therapist_tui.domain.intake import MOST, Heard, read_intake
from therapist_tui.domain.level import Level
from therapist_tui.domain.screening.history import Screening

SCREENING = Screening.with_own()
CLIENT = Client(UUID(int=1), "Iris Novak")


def heard(text: str) -> tuple[Heard, ...]:
    return read_intake(text, CLIENT, date(2026, 11, 23), SCREENING)


@pytest.mark.parametrize(
    ("text", "kind", "level"),
    [
        ("On Eliquis since May", HealthKind.MEDICATION, Level.PRECAUTION),
        ("pacemaker", HealthKind.DEVICE, Level.CLEARANCE),
        ("22 weeks pregnant", HealthKind.PREGNANCY, Level.PRECAUTION),
        ("Allergic to latex", HealthKind.ALLERGY, None),
        ("Varicose veins L calf", HealthKind.CONDITION, Level.LOCAL),
        ("blorb thing", HealthKind.CONDITION, Level.UNKNOWN),
    ],
)
def test_a_statement_becomes_an_entry_of_its_kind_with_its_level(
    text: str, kind: HealthKind, level: Level | None
) -> None:
    (one,) = heard(text)
    assert one.entry
    assert (one.entry.text, one.entry.kind, one.level) == (text, kind, level)


@pytest.mark.parametrize("text", ["Denies clots", "Mother had breast cancer"])
def test_what_is_denied_or_anothers_makes_no_entry_and_is_told(text: str) -> None:
    (one,) = heard(text)
    assert one.entry is None
    assert one.said.startswith("set aside: ")


def test_statements_part_at_lines_semicolons_and_full_stops_but_not_in_numbers_and_abbreviations() -> None:
    told = "On Eliquis since May; asthma.  Fell in 2019. Takes 2.5 mg bisoprolol\nSeen by Dr. Lin, e.g. twice"
    assert [one.text for one in heard(told)][:4] == [
        "On Eliquis since May",
        "asthma",
        "Fell in 2019",
        "Takes 2.5 mg bisoprolol",
    ]
    assert heard(" . ; \n!") == ()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["asthma", "no", "; ", "\n", ". ", "L5", "[/]", "é", "clot"]), max_size=25).map("".join)
)
def test_any_text_is_read_and_every_word_of_it_is_in_a_statement(told: str) -> None:
    found = heard(told)
    said = "".join(one.text for one in found)
    assert len(found) <= MOST
    assert {letter for letter in told if letter.isalnum()} == {letter for letter in said if letter.isalnum()}
