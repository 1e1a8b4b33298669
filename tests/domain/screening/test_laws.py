"""Laws of the screening that hold for any text."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
BOOKING = Appointment(("Swedish", "deep tissue"), ("full body",), "medium", ("unscented lotion",))
TERMS = (
    "DVT", "hypertension", "heart attack", "stroke", "breast cancer", "epilepsy", "fever", "cellulitis", "shingles",
    "diabetes", "varicose veins", "osteoporosis", "kidney failure", "hernia", "rheumatoid arthritis", "asthma",
    "multiple sclerosis", "scabies", "fracture", "gout", "hemophilia", "aneurysm", "neuropathy", "COPD", "lupus",
)  # fmt: skip
term = st.sampled_from(TERMS)
terms = st.lists(term, min_size=1, max_size=3, unique=True)


def screened(
    conditions: list[str] | tuple[str, ...] = (), notes: str = "", day: date = DAY, **client: object
) -> Judgement:
    entries = tuple(ConditionEntry(text, active=True) for text in conditions)
    return judge(Request(day, Client(conditions=entries, intake_notes=notes, **client), BOOKING), load_knowledge())  # type: ignore[arg-type]


def worst(answer: Judgement) -> int:
    return answer.level.rank if answer.level else 9


@given(term)
@settings(deadline=None)
def test_no_history_of_never_raises_the_level(matter: str) -> None:
    assert worst(screened(notes=f"No history of {matter}.")) >= worst(screened(notes=f"{matter}."))
    assert screened([f"no history of {matter}"]).level is None


@given(terms, term)
@settings(deadline=None, max_examples=60)
def test_adding_a_matter_never_lowers_the_level(known: list[str], more: str) -> None:
    assert worst(screened([*known, more])) <= worst(screened(known))


@given(term, st.sampled_from(("upper", "lower", "title")))
@settings(deadline=None)
def test_case_does_not_matter(matter: str, how: str) -> None:
    assert worst(screened([getattr(matter, how)()])) == worst(screened([matter]))


@given(term, st.sampled_from(("{}.", "{}!", "({})", "- {}", "{};", '"{}"', "  {}  ", "* {}")))
@settings(deadline=None)
def test_punctuation_does_not_matter(matter: str, frame: str) -> None:
    assert worst(screened([frame.format(matter)])) == worst(screened([matter]))


@given(terms.flatmap(lambda t: st.tuples(st.just(t), st.permutations(t))))
@settings(deadline=None, max_examples=60)
def test_order_does_not_matter(pair: tuple[list[str], list[str]]) -> None:
    first, second = screened(pair[0]), screened(pair[1])
    assert first.level == second.level
    assert {one.rule for one in first.cautions} == {one.rule for one in second.cautions}


@given(st.sampled_from(("fresh tattoo", "burn", "sprained ankle", "varicose veins", "bursitis", "athletes foot")))
@settings(deadline=None)
def test_both_sides_mirror(matter: str) -> None:
    answers = [
        judge(
            Request(DAY, Client(conditions=(ConditionEntry(matter, side=side, region="ankle", active=True),)), BOOKING),
            load_knowledge(),
        )
        for side in (Side.LEFT, Side.RIGHT)
    ]
    left, right = answers
    assert left.level == right.level
    assert [place.side.other for one in left.cautions for place in one.regions if place.side] == [
        place.side for one in right.cautions for place in one.regions if place.side
    ]


@given(
    st.sampled_from(
        ("heart attack", "C-section", "hip replacement", "hernia repair", "Botox", "back surgery", "liposuction")
    ),
    st.integers(0, 60),
    st.integers(1, 60),
)
@settings(deadline=None, max_examples=60)
def test_a_later_appointment_only_ever_lowers_a_dated_caution(operation: str, weeks: int, more: int) -> None:
    def at(after: int) -> int:
        client = Client(surgeries=(SurgeryEntry(operation, on=DAY),))
        return worst(judge(Request(DAY + timedelta(weeks=after), client, BOOKING), load_knowledge()))

    assert at(weeks + more) >= at(weeks)


@given(st.text(max_size=400))
@settings(deadline=None, max_examples=150)
def test_any_text_at_all_gets_an_answer(text: str) -> None:
    client = Client(
        conditions=(ConditionEntry(text),), medications=(MedicationEntry(text),), surgeries=(SurgeryEntry(text),),
        allergies=(text,), symptoms_today=(text,), intake_notes=text,
    )  # fmt: skip
    answer = judge(Request(DAY, client, Appointment((text,), (text,), text, (text,))), load_knowledge())
    assert answer.notice


@given(st.text(alphabet="abcdefghijklmnop ,.-", min_size=3, max_size=60).filter(str.strip))
@settings(deadline=None)
def test_every_entry_of_the_history_is_answered_for(text: str) -> None:
    answer = screened([text])
    answered = {one.field for one in answer.set_aside} | {one.field for one in answer.not_recognised}
    answered |= {matched.field for one in answer.cautions for matched in one.matched}
    assert "conditions[0]" in answered


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("astma", "asthma"),
        ("diabtes", "diabetes"),
        ("shingels", "shingles-chickenpox"),
        ("hypertenshun", "hypertension"),
        ("siezures", "epilepsy"),
        ("osteoperosis", "osteoporosis"),
    ],
)
def test_a_misspelt_matter_is_found(typed: str, rule: str) -> None:
    assert rule in {one.rule for one in screened([typed]).cautions}
