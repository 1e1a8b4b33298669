"""Clients are found by what is typed of them: as typed first, then beginnings, insides, and one typo."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.directory import Directory, Listed, one_slip

NAMES = ("ann lee", "anna novak", "iris novak", "jo ann marsh", "hannah bell", "okafor amara")


def directory(*keys: str) -> Directory:
    return Directory([Listed(UUID(int=number), key) for number, key in enumerate(keys)])


def found(typed: str, *keys: str) -> list[str]:
    return [keys[one.int] for one in directory(*keys).find(typed)]


def test_words_as_typed_go_before_beginnings_insides_and_typos() -> None:
    assert found("ann", *NAMES) == ["ann lee", "jo ann marsh", "anna novak", "hannah bell"]
    assert found("ann lee", *NAMES) == ["ann lee"]
    assert found("novak", *NAMES) == ["anna novak", "iris novak"]


@pytest.mark.parametrize(
    "typed", ["okafro", "okfor", "okafforr"[:7], "okaxor", "Ökafar", "kafor", "amara okafir", "ofka"]
)
def test_one_typo_is_forgiven(typed: str) -> None:
    assert found(typed, *NAMES) == ["okafor amara"]


@pytest.mark.parametrize("typed", ["okxxor", "anx", "5550198", "amaxa okafir", "zz"])
def test_two_typos_short_words_and_numbers_are_not(typed: str) -> None:
    assert found(typed, *NAMES, "with phone\n\n\n5550199") == []


LETTERS = st.text("abcdxyz", min_size=4, max_size=9)


@given(LETTERS, st.integers(0, 8), st.sampled_from("abq"), st.sampled_from(["wrong", "missing", "much", "swapped"]))
def test_every_single_slip_finds_the_name(name: str, at: int, letter: str, slip: str) -> None:
    at %= len(name) - 1
    typed = {
        "wrong": name[:at] + letter + name[at + 1 :],
        "missing": name[:at] + name[at + 1 :],
        "much": name[:at] + letter + name[at:],
        "swapped": name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    }[slip]
    assert one_slip(typed, name)
    if len(typed) >= 4:
        assert found(typed, f"{name} q", "somebody else") == [f"{name} q"]


def test_a_merged_card_is_found_as_the_kept_one_and_those_set_aside_apart() -> None:
    kept, other, aside = UUID(int=1), UUID(int=2), UUID(int=3)
    made = Directory([Listed(kept, "jon smith"), Listed(other, "john smythe", True, kept), Listed(aside, "zoe", True)])
    assert made.find("smythe") == [kept]
    assert made.find("") == [kept]
    assert made.find("", aside=True) == [aside]
