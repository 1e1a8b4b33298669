"""Where a judgement turns: the day on which a window ends, a matter told twice, a place within another."""

from datetime import date, timedelta

import pytest

from therapist_tui.domain.level import Level
from therapist_tui.domain.screening import (
    Appointment,
    Client,
    ConditionEntry,
    Judgement,
    MedicationEntry,
    Request,
    Side,
    SurgeryEntry,
    judge,
    load_knowledge,
)

DAY = date(2026, 11, 23)
KNOWLEDGE = load_knowledge()


def judged(appointment: Appointment | None = None, **client: object) -> Judgement:
    return judge(Request(DAY, Client(**client), appointment or Appointment()), KNOWLEDGE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("hip replacement", "joint-replacement"),
        ("Botox", "botulinum-toxin"),
        ("C-section", "cesarean"),
        ("hernia repair", "abdominal-surgery"),
        ("heart attack", "recent-heart-attack"),
        ("stroke", "stroke-tia"),
        ("concussion", "concussion"),
    ],
)
def test_window_ends_on_its_day_and_not_before(text: str, rule: str) -> None:
    entry = KNOWLEDGE.entries[rule]
    assert entry.window
    assert entry.window.after is not entry.level

    def level(days: float) -> Level | None:
        done = SurgeryEntry(text, on=DAY - timedelta(days=days))
        return next((one.level for one in judged(surgeries=(done,)).cautions if one.rule == rule), None)

    assert level(entry.window.days - 1) is entry.level
    assert level(entry.window.days) is entry.window.after


def test_matter_told_twice_is_one_caution_on_the_sides_of_both() -> None:
    knees = tuple(
        ConditionEntry("arthritis", side=side, region="knee", active=True) for side in (Side.LEFT, Side.RIGHT)
    )
    (one,) = judged(conditions=knees).cautions
    assert [(place.region, place.side) for place in one.regions] == [("knee", Side.LEFT), ("knee", Side.RIGHT)]


@pytest.mark.parametrize("part", ["calf", "shin"])
def test_part_of_the_lower_leg_is_told_with_the_lower_leg(part: str) -> None:
    sore = ConditionEntry("cellulitis", side=Side.LEFT, region=part, active=True)
    places = {str(place) for one in judged(conditions=(sore,)).cautions for place in one.regions}
    assert "left lower leg" in places


def test_patch_told_by_word_and_by_route_is_one_caution() -> None:
    patch = MedicationEntry("fentanyl patch", route="patch")
    rules = [one.rule for one in judged(medications=(patch,)).cautions]
    assert rules.count("transdermal-patch") == 1
    (only,) = [one for one in judged(medications=(patch,)).cautions if one.rule == "transdermal-patch"]
    assert len(only.matched) == len(set(only.matched))


def test_technique_that_nobody_knows_is_said_with_its_place_in_the_booking() -> None:
    answer = judged(Appointment(techniques=("Swedish", "blorbing")))
    assert [(one.text, one.field) for one in answer.not_recognised] == [("blorbing", "appointment.techniques[1]")]
