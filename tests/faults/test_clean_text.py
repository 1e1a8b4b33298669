"""The law of clean text: whatever comes in, nothing that drives a terminal comes out, and what people write stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.text import LINE_LIMIT, clean, clean_line

from .hostile import ALL, BRACKETS, FORBIDDEN, STRANGE

ANY = st.text(st.characters(exclude_categories=()), max_size=60)
"""Every code point, lone surrogates too."""
EVIL = st.lists(st.sampled_from(ALL) | ANY, max_size=8).map(" ".join)
ALLOWED = {"\t", "\n"}


@given(EVIL)
def test_nothing_that_drives_a_terminal_is_left(text: str) -> None:
    left = set(clean(text))

    assert left & (FORBIDDEN - ALLOWED) == set()
    assert not any(unicodedata.category(letter) in ("Cs", "Cc") for letter in left - ALLOWED)
    clean(text).encode()


@given(EVIL)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(EVIL)
def test_a_line_is_one_line(text: str) -> None:
    line = clean_line(text)

    assert len(line.splitlines()) <= 1
    assert "\t" not in line
    assert len(line) <= LINE_LIMIT
    assert line == line.strip()


@given(st.text(st.characters(categories=("Lu", "Ll", "Lo", "Nd", "Ps", "Pe", "Po", "Sm")), max_size=60))
def test_letters_numbers_and_brackets_stay_as_typed(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("text", [*BRACKETS, *STRANGE[:4], "José", "שלום", "می‌خواهم", "👍🏽 ok"])
def test_what_people_write_stays(text: str) -> None:
    assert clean(text) == text
