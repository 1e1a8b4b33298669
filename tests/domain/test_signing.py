"""What a signature waits for, and when it is late."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.carrying import Carried
from therapist_tui.domain.note import NoteContent
from therapist_tui.domain.signing import (
    PARTS,
    REQUIRED,
    Facts,
    LateReasonEmpty,
    LateReasonWanted,
    NotASpan,
    NoteIncomplete,
    Rules,
    check_late,
    lag_of,
    missing,
    read_span,
)
from therapist_tui.domain.treatments import Treatment

TORONTO = ZoneInfo("America/Toronto")
DAY = date(2026, 11, 23)
WHOLE = NoteContent("s", "o", "a", "p", (Treatment("MFR", 25),), 7, 3, "h", "n", times="10:30–11:30")
ASKED = Facts(asked=True)
EMPTIED = {
    "said": {"subjective": " "},
    "found": {"objective": "\n\t"},
    "work": {"treatments": ()},
    "pain": {"pain_after": None},
    "times": {"times": ""},
    "response": {"assessment": ""},
    "plan": {"plan": ""},
    "home_care": {"home_care": ""},
    "next_time": {"next_time": ""},
}


@pytest.mark.parametrize("part", EMPTIED)
def test_each_required_part_is_missing_when_it_is_blank_and_names_its_field(part: str) -> None:
    assert missing(WHOLE, ASKED, PARTS) == ()
    blank = replace(WHOLE, **EMPTIED[part])
    (one,) = missing(blank, ASKED, PARTS)
    assert (one.part, one.field) == (part, PARTS[part].field)
    assert missing(blank, ASKED, set(PARTS) - {part}) == ()


def test_the_history_is_asked_for_unless_the_setting_leaves_it_out() -> None:
    assert [one.part for one in missing(WHOLE, Facts(), REQUIRED)] == ["history"]
    assert missing(WHOLE, Facts(), ("said",)) == ()


def test_the_clock_of_the_appointment_says_the_times_too() -> None:
    assert missing(replace(WHOLE, times=""), Facts(asked=True, timed=True), PARTS) == ()


def test_what_is_missing_comes_in_the_order_of_a_note_and_carried_lines_last() -> None:
    note = NoteContent(plan="Weekly.", home_care="Walk.\nRest.", carried=(
        Carried("home_care", "Walk."), Carried("plan", "Weekly."), Carried("home_care", "Rest."),
    ))  # fmt: skip
    found = missing(note, Facts(), REQUIRED)
    assert [one.part for one in found] == ["history", "said", "found", "response", "carried", "carried"]
    assert [one.field for one in found[-2:]] == ["plan", "home_care"]
    assert "2 carried lines" in found[-1].sentence
    assert "1 carried line " in found[-2].sentence


def test_times_that_cannot_be_read_are_missing_even_where_nobody_asks_for_them() -> None:
    (one,) = missing(replace(WHOLE, times="half past ten"), ASKED, ())
    assert (one.field, one.sentence) == ("times", str(NotASpan()))


def test_incomplete_note_says_what_is_missing() -> None:
    sentence = PARTS["plan"].sentence
    assert str(NoteIncomplete(missing=sentence)) == f"The note cannot be signed yet: {sentence}"


@pytest.mark.parametrize(("minutes", "lag"), [(-10, 0), (0, 0), (0.9, 0), (59, 59), (1441, 1441)])
def test_lag_counts_whole_minutes_from_the_end_and_never_below_none(minutes: float, lag: int) -> None:
    end = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    assert lag_of(end, end + timedelta(minutes=minutes)) == lag


def test_a_late_entry_needs_its_reason_and_an_entry_in_time_keeps_none() -> None:
    rules = Rules(late_after=timedelta(hours=24))
    assert check_late(24 * 60, rules, "typed for nothing") == ""
    with pytest.raises(LateReasonWanted, match="24 h 01"):
        check_late(24 * 60 + 1, rules, "")
    with pytest.raises(LateReasonEmpty):
        check_late(24 * 60 + 1, rules, " … ")
    assert check_late(24 * 60 + 1, rules, " ill\tat home ") == "ill at home"


@pytest.mark.parametrize(
    ("words", "began", "ended"),
    [
        ("10:30–11:28", (10, 30), (11, 28)),
        ("10:30-11:28", (10, 30), (11, 28)),
        ("10.30 to 11.28", (10, 30), (11, 28)),
        ("9-10", (9, 0), (10, 0)),
        ("3pm – 4:15pm", (15, 0), (16, 15)),
    ],
)
def test_spans_as_people_write_them(words: str, began: tuple[int, int], ended: tuple[int, int]) -> None:
    found = read_span(words, DAY, TORONTO)
    assert found == tuple(datetime(2026, 11, 23, *clock, tzinfo=TORONTO) for clock in (began, ended))


def test_a_session_over_midnight_ends_on_the_next_day() -> None:
    began, ended = read_span("23:30-0:30", DAY, TORONTO)
    assert ended - began == timedelta(hours=1)


@pytest.mark.parametrize("words", ["", "10:30", "10:30-", "a-b", "10-11-12", "11:00-10:00", "10:30-10:30"])
def test_what_is_no_span_is_told(words: str) -> None:
    with pytest.raises(NotASpan):
        read_span(words, DAY, TORONTO)


@given(words=st.text())
def test_any_text_is_a_span_or_told(words: str) -> None:
    try:
        began, ended = read_span(words, DAY, TORONTO)
    except NotASpan:
        return
    assert timedelta(0) < ended - began <= timedelta(hours=12)
