"""Session notes: the work done is read as written, nothing blank is signed, and a signature stands for everything."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.carrying import Carried
from therapist_tui.domain.note import NoteContent, SessionNote, digest
from therapist_tui.domain.treatments import TECHNIQUE_LIMIT, Treatment, read_treatments, show_treatments

NOW = datetime(2026, 11, 23, 15, 24, tzinfo=UTC)
WRITTEN = NoteContent(
    "“stiff since Friday”",
    "levator tight",
    "softer",
    "again in 2 weeks",
    (Treatment("MFR", 25),),
    7,
    3,
    "chin tucks",
    "recheck",
    "L lev HT; MFR 25m",
    "10:30–11:28",
    (Carried("plan", "again in 2 weeks", confirmed=True),),
)
SIGNED = SessionNote(
    UUID(int=1),
    UUID(int=2),
    UUID(int=3),
    WRITTEN,
    NOW,
    NOW,
    NOW,
    signed_at=NOW + timedelta(minutes=9),
    signed_by="Dana Reyes, LMT",
)
charted = st.lists(
    st.sampled_from(
        [
            "MFR",
            "C5-C6",
            "L5",
            "25",
            "7>3",
            "10-15",
            " ",
            " ",
            "m",
            " min",
            "'",
            ".",
            ",",
            ";",
            "\n",
            "x" * 300,
            "٢",
            "é",
            "(",
            "2x",
        ]
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("MFR 25, trigger point 10 min; stretching", [("MFR", 25), ("trigger point", 10), ("stretching", None)]),
        ("MFR 25 min", [("MFR", 25)]),
        ("MFR 25 Min.", [("MFR", 25)]),
        ("MFR 25minutes", [("MFR", 25)]),
        ("DT MFR 25m", [("DT MFR", 25)]),
        ("MFR25m", [("MFR", 25)]),
        ("MFR 25’", [("MFR", 25)]),
        ("C5-C6 20", [("C5-C6", 20)]),
        ("L5 10", [("L5", 10)]),
        ("C5-C6", [("C5-C6", None)]),
        ("L5", [("L5", None)]),
        ("T12 release", [("T12 release", None)]),
        ("QL 10-15 min", [("QL 10-15 min", None)]),
        ("cupping x3", [("cupping x3", None)]),
        ("stretch 2x10", [("stretch 2x10", None)]),
        ("trp 7>3", [("trp 7>3", None)]),
        ("heat 1.5", [("heat 1.5", None)]),
        ("stretch 30 s", [("stretch 30 s", None)]),
        ("MFR 1000", [("MFR 1000", None)]),
        ("25", [("25", None)]),
        ("25 min", [("25 min", None)]),
        (" ,; \n", []),
    ],
)
def test_a_number_is_minutes_only_when_it_stands_alone_or_has_its_unit(line: str, read: list[tuple[str, int | None]]):
    assert [(one.technique, one.minutes) for one in read_treatments(line)] == read


@given(line=st.text() | charted)
def test_what_was_read_is_shown_so_that_it_is_read_the_same_again(line: str):
    read = read_treatments(line)
    assert read_treatments(show_treatments(read)) == read


@given(
    treatments=st.lists(
        st.builds(
            Treatment, st.text("abc é-", min_size=1).map(str.split).map(" ".join).filter(bool), st.integers(0, 999)
        )
    ).map(tuple)
)
def test_techniques_with_minutes_survive_being_shown(treatments: tuple[Treatment, ...]):
    assert read_treatments(show_treatments(treatments)) == treatments


@given(line=charted)
def test_every_letter_of_the_work_done_is_kept(line: str):
    kept = show_treatments(read_treatments(line))
    for word in ("MFR", "C5-C6", "7>3", "10-15", "é"):
        if len(line) <= TECHNIQUE_LIMIT:
            assert kept.count(word) == line.count(word)


def test_a_sentence_as_long_as_the_field_is_kept_whole():
    sentence = (
        "slow release of the left quadratus lumborum in side-lying with a pillow between the knees, as Dr Lin asked"
    )
    assert show_treatments(read_treatments(sentence)) == sentence
    long = "x" * TECHNIQUE_LIMIT
    assert NoteContent(treatments=read_treatments(long)).cleaned().treatments == (Treatment(long),)


@given(text=st.text())
def test_cleaning_a_note_twice_changes_nothing_more(text: str):
    once = NoteContent(*[text] * 4, treatments=(Treatment(text, 5),), home_care=text, next_time=text).cleaned()
    assert once.cleaned() == once


@pytest.mark.parametrize("value", [-1, 11, 100])
def test_pain_outside_0_to_10_is_refused(value: int):
    sentence = "Pain is a whole number from 0 to 10."
    assert NoteContent(pain_before=value, pain_after=value).problems() == {
        "pain_before": sentence,
        "pain_after": sentence,
    }


@pytest.mark.parametrize("value", [None, 0, 10])
def test_pain_may_be_nothing_the_least_or_the_worst(value: int | None):
    assert NoteContent(pain_before=value, pain_after=value).problems() == {}


def test_empty_means_that_nothing_at_all_was_written():
    assert NoteContent().empty
    for field in fields(NoteContent):
        assert not replace(NoteContent(), **{field.name: getattr(WRITTEN, field.name)}).empty


def test_signature_is_proven_only_by_the_text_that_was_signed():
    signed = replace(SIGNED, digest=digest(SIGNED))
    assert signed.signed
    assert signed.proven
    assert not SIGNED.proven
    assert not replace(signed, content=replace(WRITTEN, plan="again in 3 weeks")).proven
    unsigned = replace(SIGNED, signed_at=None, signed_by="")
    assert not unsigned.signed
    assert not replace(unsigned, digest=digest(unsigned)).proven


def test_digest_changes_with_every_field_of_the_content():
    changed = {
        "treatments": (Treatment("MFR", 26),), "pain_before": None, "pain_after": 0,
    }  # fmt: skip
    digests = {digest(SIGNED)}
    for field in fields(NoteContent):
        value = changed.get(field.name, "something else")
        digests.add(digest(replace(SIGNED, content=replace(WRITTEN, **{field.name: value}))))
    assert len(digests) == 1 + len(fields(NoteContent))


@pytest.mark.parametrize(
    "change",
    [
        {"id": UUID(int=9)}, {"appointment_id": UUID(int=9)}, {"client_id": UUID(int=9)}, {"signed_by": "Someone Else"},
        {"service_at": NOW + timedelta(microseconds=1)}, {"signed_at": NOW + timedelta(days=1)}, {"signed_at": None},
    ],
)  # fmt: skip
def test_digest_changes_with_whose_note_it_is_when_and_by_whom(change: dict[str, object]):
    assert digest(replace(SIGNED, **change)) != digest(SIGNED)  # pyright: ignore[reportArgumentType]


def test_digest_stays_with_what_signing_says_nothing_about():
    assert digest(replace(SIGNED, begun_at=NOW - timedelta(1), saved_at=NOW + timedelta(1), digest="x")) == digest(
        SIGNED
    )


@given(one=st.text(), other=st.text())
def test_text_cannot_be_moved_between_sections_under_one_signature(one: str, other: str):
    here = digest(replace(SIGNED, content=NoteContent(one, other)))
    there = digest(replace(SIGNED, content=NoteContent(other, one)))
    assert (here == there) == (one == other)
