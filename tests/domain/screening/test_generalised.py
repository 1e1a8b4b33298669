"""What the blind authors taught, held as laws over many words rather than over their sentences."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from therapist_tui.domain.level import Level
from therapist_tui.domain.screening import (
    Appointment,
    Client,
    ConditionEntry,
    Judgement,
    MedicationEntry,
    Request,
    Side,
    judge,
    load_knowledge,
)

from .scoring import DATA

DAY = date(2026, 11, 23)
KNOWLEDGE = load_knowledge()
BOOKING = Appointment(("deep tissue",), ("full body",), "deep", ("unscented lotion",))
LASTING = ("hypertension", "epilepsy", "diabetes", "multiple sclerosis", "lupus", "hemophilia", "osteoporosis")
INFECTIONS = ("shingles", "flu", "covid", "hepatitis B", "measles", "chickenpox")
NONSENSE = ("glorbitis", "zzyxomab", "snozpathy", "quibberosis", "frandelium", "torvex")
HARMLESS = ("hay fever", "reflux", "high cholesterol", "anxiety")


def screened(*conditions: str, notes: str = "", medications: tuple[str, ...] = (), age: int | None = None) -> Judgement:
    client = Client(
        age=age,
        conditions=tuple(ConditionEntry(text) for text in conditions),
        medications=tuple(MedicationEntry(text) for text in medications),
        intake_notes=notes,
    )
    return judge(Request(DAY, client, BOOKING), load_knowledge())


@given(
    st.sampled_from((*LASTING, *HARMLESS)),
    st.sampled_from(NONSENSE),
    st.sampled_from((", ", "; ", " and ", " w/ ", ". ", " + ", " & ", " / ", " - ")),
    st.booleans(),
)
@settings(deadline=None)
def test_the_unread_part_of_an_entry_is_shown_beside_the_read_one(
    known: str, unknown: str, between: str, first: bool
) -> None:
    text = f"{unknown}{between}{known}" if first else f"{known}{between}{unknown}"
    answer = screened(text)
    assert any(unknown in one.text for one in answer.not_recognised)
    told = {m.text.lower() for c in answer.cautions for m in c.matched} | {a.text.lower() for a in answer.set_aside}
    assert told


@given(
    st.sampled_from(LASTING),
    st.sampled_from(
        (
            "leg feels better",
            "from sitting at a desk all day",
            "seen by my doctor last month",
            "no problem with it",
            "on and off",
            "worse in the evening",
            "doing fine",
        )
    ),
)
@settings(deadline=None)
def test_ordinary_words_are_not_called_unknown(known: str, chatter: str) -> None:
    assert screened(f"{known}, {chatter}").not_recognised == ()


@given(st.sampled_from(INFECTIONS), st.sampled_from(("vaccine", "shot", "jab", "booster", "vaccination")))
@settings(deadline=None)
def test_a_vaccine_is_not_its_illness(illness: str, word: str) -> None:
    assert screened(notes=f"Got my {illness} {word} last month.").level is None


@given(
    st.sampled_from(("stroke", "cancer", "epilepsy", "MS", "arthritis")),
    st.sampled_from(("Association", "Society", "Foundation", "research", "fund")),
)
@settings(deadline=None)
def test_a_cause_is_not_its_illness(illness: str, word: str) -> None:
    assert screened(notes=f"Runs for the {illness} {word}.").level is None


@given(st.sampled_from(("lice", "scabies", "the flu", "covid", "ringworm", "pink eye")))
@settings(deadline=None)
def test_what_a_relative_passed_on_is_the_clients(illness: str) -> None:
    assert screened(notes=f"My son had {illness}.").level is None
    assert screened(notes=f"My son had {illness} and I think I got it.").level is not None


@given(st.sampled_from(LASTING))
@settings(deadline=None)
def test_a_lasting_condition_found_years_ago_goes_on(matter: str) -> None:
    assert screened(f"{matter}, diagnosed years ago").level is not None


@given(st.sampled_from(("tendinitis", "arthritis", "bursitis")), st.sampled_from((("left", "right"), ("R", "L"))))
@settings(deadline=None)
def test_each_region_keeps_its_own_side(matter: str, sides: tuple[str, str]) -> None:
    answer = screened(f"{matter} {sides[0]} elbow, {sides[1]} knee")
    places = {place.region: place.side for one in answer.cautions for place in one.regions}
    named = {"left": Side.LEFT, "L": Side.LEFT, "right": Side.RIGHT, "R": Side.RIGHT}
    assert (places.get("elbow"), places.get("knee")) == (named[sides[0]], named[sides[1]])


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_a_side_without_a_region_falls_on_the_matters_own(side: Side) -> None:
    client = Client(conditions=(ConditionEntry("carpal tunnel", side=side, active=True),))
    answer = judge(Request(DAY, client, BOOKING), load_knowledge())
    assert {place.side for one in answer.cautions for place in one.regions} == {side}


@given(st.integers(17, 60), st.integers(1, 12))
@settings(deadline=None)
def test_an_age_told_dates_a_matter(age: int, then: int) -> None:
    assert screened(f"broke my wrist when i was {then}", age=age + then).level is None


def test_chatter_in_the_notes_stays_quiet_and_what_matters_is_heard() -> None:
    lines = json.loads((DATA / "author-notes.json").read_text(encoding="utf-8"))
    alarmed = [line for line in lines["quiet"] if screened(notes=line, age=40).level is not None]
    assert len(alarmed) <= len(lines["quiet"]) / 10, alarmed
    assert [line for line in lines["loud"] if screened(notes=line, age=40).level is None] == []


@pytest.mark.parametrize("when", ["recently", "last month", "a few weeks ago", "the other week", "just had"])
def test_an_operation_of_late_is_recent_without_a_day(when: str) -> None:
    answer = screened(f"{when} hernia repair" if when == "just had" else f"hernia repair {when}")
    assert answer.level is not None
    assert answer.level.value == "clearance"


@pytest.mark.parametrize("when", ["years ago", "as a kid", "in primary school", "in my twenties", "back in the 90s"])
def test_an_operation_of_long_ago_is_quiet_without_a_day(when: str) -> None:
    assert screened(f"appendix out {when}", age=50).level is None


@pytest.mark.parametrize(
    "text",
    [
        "right calf swollen",
        "left leg swollen since Friday",
        "r leg bigger since the weekend, swollen",
        "swollen left calf, rule out a clot",
    ],
)
def test_one_leg_swollen_for_no_known_reason_asks_for_a_physician_however_it_is_filed(text: str) -> None:
    for client in (Client(age=50, conditions=(ConditionEntry(text),)), Client(age=50, symptoms_today=(text,))):
        judgement = judge(Request(DAY, client), KNOWLEDGE)
        assert judgement.level in (Level.CLEARANCE, Level.ABSOLUTE), text


@pytest.mark.parametrize(
    "text", ["both ankles a bit swollen on long flights years ago", "swollen knee after a fall", "calf strain, swollen"]
)
def test_swelling_with_its_own_reason_raises_no_clot(text: str) -> None:
    judgement = judge(Request(DAY, Client(age=50, conditions=(ConditionEntry(text),))), KNOWLEDGE)
    assert all(one.rule != "dvt" for one in judgement.cautions)


def test_last_attack_long_ago_is_no_attack_today() -> None:
    def level(text: str) -> Level | None:
        return judge(Request(DAY, Client(age=50, conditions=(ConditionEntry(text),))), KNOWLEDGE).level

    assert level("gout, attack now, big toe") is Level.ABSOLUTE
    assert level("gout, last attack yesterday") is Level.ABSOLUTE
    assert level("gout, last attack a year ago") is not Level.ABSOLUTE


@pytest.mark.parametrize("text", ["denies clots", "on warfarin since march, denies clots", "no clots"])
def test_what_is_denied_is_set_aside_even_in_unknown_words(text: str) -> None:
    judgement = judge(Request(DAY, Client(age=50, conditions=(ConditionEntry(text),))), KNOWLEDGE)
    assert judgement.not_recognised == ()
    assert any("denied" in one.reason for one in judgement.set_aside)
