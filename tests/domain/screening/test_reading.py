"""What a text says, whose it is and when: single promises."""

from datetime import date

import pytest

from therapist_tui.domain.screening import (
    Appointment,
    Client,
    ConditionEntry,
    Judgement,
    MedicationEntry,
    Request,
    judge,
    load_knowledge,
)

DAY = date(2026, 11, 23)
BOOKING = Appointment(("deep tissue",), ("full body",), "medium", ("unscented lotion",))


def noted(notes: str) -> Judgement:
    return judge(Request(DAY, Client(intake_notes=notes), BOOKING), load_knowledge())


@pytest.mark.parametrize(
    "notes",
    [
        "Denies diabetes, stroke, cancer or seizures.",
        "No hx of DVT or PE.",
        "Her mother had breast cancer and her father a stroke.",
        "Worried about getting osteoporosis one day.",
        "Hay fever every spring.",
        "Backstroke and butterfly, 3 km a day.",
        "Scones with clotted cream.",
        "Works with dialysis patients.",
        "DVT: ruled out.",
        "Diabetes? No",
    ],
)
def test_what_is_not_the_clients_raises_nothing(notes: str) -> None:
    assert noted(notes).level is None


def test_what_is_set_aside_says_why() -> None:
    aside = noted("Denies diabetes. Mother had a stroke. Hay fever.").set_aside
    assert {one.reason.split(":")[0].split(",")[0] for one in aside} >= {"denied", "about another person", "homonym"}


def test_a_turn_of_the_sentence_ends_a_denial() -> None:
    assert "asthma" in {one.rule for one in noted("No diabetes but has asthma.").cautions}


def test_not_controlled_is_no_denial() -> None:
    answer = judge(
        Request(DAY, Client(conditions=(ConditionEntry("high blood pressure, not controlled"),)), BOOKING),
        load_knowledge(),
    )
    assert answer.level is not None
    assert answer.level.value == "clearance"


def test_a_clearance_on_file_lowers_and_says_so() -> None:
    client = Client(conditions=(ConditionEntry("congestive heart failure"),), physician_clearance_on_file=True)
    answer = judge(Request(DAY, client, BOOKING), load_knowledge())
    assert answer.level is not None
    assert answer.level.value == "precaution"
    assert "clearance is on file" in answer.cautions[0].advice


def test_a_clearance_on_file_never_answers_for_signs_of_today() -> None:
    client = Client(
        symptoms_today=("left calf swollen, hot and painful since Friday",), physician_clearance_on_file=True
    )
    answer = judge(Request(DAY, client, BOOKING), load_knowledge())
    assert answer.level is not None
    assert answer.level.value == "absolute"


def test_unread_words_are_shown_not_dropped() -> None:
    answer = judge(
        Request(
            DAY,
            Client(conditions=(ConditionEntry("glorbitis of the snoz"),), medications=(MedicationEntry("Zzyxomab"),)),
            BOOKING,
        ),
        load_knowledge(),
    )
    assert [one.field for one in answer.not_recognised] == ["conditions[0]", "medications[0]"]


def test_a_medical_sounding_word_in_the_notes_is_shown_when_nobody_knows_it() -> None:
    assert [one.text for one in noted("Was told she has snozitis. Loves aromatherapy.").not_recognised] == ["snozitis"]
