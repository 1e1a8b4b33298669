"""Text is kept as typed, and nothing that drives a terminal, hides or smears survives."""

import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from therapist_tui.domain.text import MARKS_LIMIT, TEXT_LIMIT, clean, clean_line, folded

any_text = st.text(st.characters(exclude_categories=()))  # lone surrogates too
tricky_text = st.lists(
    st.sampled_from(
        ["a", " ", "\n", "\r", "\t", "\x1b[2J", "\x9b31m", "\u200d", "\u200c", "e\u0301", "\u0301" * 9, "か\u0334"]
    )
    | st.sampled_from(
        [
            "\u3099",
            "\u0e47" * 10,
            "\u202e",
            "[/]",
            "👩‍👩‍👧",
            "🇨🇦",
            "שלום",
            "\ud800",
            "\ufe0f",
            "\u0323",
            "\u1100",
            "\u1161",
        ]
    ),
    max_size=20,
).map("".join)
texts = any_text | tricky_text


@given(text=texts, limit=st.integers(0, 40))
@example(text="a\u200db", limit=2)
def test_cleaning_twice_changes_nothing_more(text: str, limit: int):
    once = clean(text, limit)
    assert clean(once, limit) == once
    line = clean_line(text, limit)
    assert clean_line(line, limit) == line


@given(
    text=st.text(alphabet=st.characters(categories=("Lu", "Ll", "Nd", "Po", "Sc", "Zs"), exclude_characters="\u00a0"))
)
def test_harmless_text_is_kept_as_typed(text: str):
    composed = unicodedata.normalize("NFC", text)
    assert clean(composed) == composed


@pytest.mark.parametrize(
    "text",
    [
        "O'Brien",
        "Robert'); DROP TABLE",
        "NULL",
        "=SUM(A1)",
        "[/red]",
        "[link=http://x]a[/link]",
        "José",
        "שלום",
        "محمد",
        "李小龍",
        "ｶﾅ",
        "👩\u200d👩\u200d👧\u200d👦",
        "🇨🇦",
        "क्ष",
        "नी\u200dक",
        "می\u200cخواهم",
        "a\tb\nc",
        "ภาษาไทย",
        "Nguyễn",
        "❤️",
    ],
)
def test_names_and_scripts_of_the_world_are_kept_as_typed(text: str):
    assert clean(text) == unicodedata.normalize("NFC", text)


@given(text=texts)
def test_nothing_that_drives_a_terminal_or_cannot_be_stored_is_left(text: str):
    cleaned = clean(text)
    cleaned.encode()
    assert not [letter for letter in cleaned if unicodedata.category(letter) == "Cc" and letter not in "\t\n"]
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff\u200b")
    assert unicodedata.is_normalized("NFC", cleaned)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ann\x1b]52;c;QUJD\x07", "Ann]52;c;QUJD"),
        ("\x1b[2J\x1b[H", "[2J[H"),
        ("a\x9b31m\x90\x9d", "a31m"),
        ("a\x00b", "ab"),
        ("Ann \u202eeno", "Ann eno"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("Jose\u0301", "José"),
        ("\ud800x", "x"),
        ("x\U000e0041", "x"),
        ("\u200d x\u200d \u200c", " x "),
        ("\u3164\uffa0", ""),
    ],
)
def test_control_and_invisible_characters_are_taken_out(typed: str, kept: str):
    assert clean(typed) == kept


@pytest.mark.parametrize("mark", ["\u0301", "\u0334", "\u20d7", "\u0e47", "\u064b", "\u05b0", "\u0941", "\ufe0f"])
def test_marks_on_one_letter_are_capped_in_every_script(mark: str):
    cleaned = clean(f"x{mark * 1000} y{mark * 3}")
    first, _, second = cleaned.partition(" ")
    assert 2 <= len(first) <= 1 + MARKS_LIMIT
    assert unicodedata.normalize("NFD", second) == unicodedata.normalize("NFD", f"y{mark * 3}")


def test_joiners_between_marks_do_not_lift_the_cap():
    assert clean("x" + "\u0334\u200d" * 100 + "y").count("\u0334") == MARKS_LIMIT


def test_a_run_of_punctuation_is_no_run_of_marks():
    assert clean("…" * 50) == "…" * 50
    assert clean("❤\ufe0f" * 20) == "❤\ufe0f" * 20


@given(text=texts, limit=st.integers(0, 30))
def test_text_is_cut_at_its_limit_and_not_before(text: str, limit: int):
    assert len(clean(text, limit)) <= limit
    assert len(clean_line(text, limit)) <= limit
    assert clean("x" * 100, limit) == "x" * limit


def test_a_megabyte_is_cut_to_what_a_long_field_keeps():
    assert clean("é" * 1_000_000) == "é" * TEXT_LIMIT


@given(text=texts)
def test_a_line_has_no_line_ends_and_no_white_space_around_it(text: str):
    line = clean_line(text)
    assert "\n" not in line
    assert line == " ".join(line.split())


@pytest.mark.parametrize("name", ["   ", "\u200b\u200d", "\u3164", "\t\n", "\u2800", ".", "…"])
def test_names_of_nothing_visible_hold_no_letter(name: str):
    assert not any(letter.isalnum() for letter in clean_line(name))


@pytest.mark.parametrize(
    ("typed", "stored"), [("jose", "José"), ("JOSE", "Jose\u0301"), ("strasse", "Straße"), ("nguyen", "Nguyễn")]
)
def test_case_and_accents_are_folded_for_finding(typed: str, stored: str):
    assert folded(typed) == folded(stored)


@given(text=st.text())
def test_folding_twice_changes_nothing_more_for_composed_and_decomposed_text_alike(text: str):
    assume(text.isascii() or unicodedata.normalize("NFC", text) == text)
    assert folded(unicodedata.normalize("NFD", text)) == folded(text)
