"""The vocabulary of the body is whole and says what it means."""

from collections import Counter

import pytest

from therapist_tui.domain.body.marks import MarkKind, Place
from therapist_tui.domain.body.muscles import muscle_groups, muscles
from therapist_tui.domain.body.places import regions_of, targets
from therapist_tui.domain.body.regions import region_groups, regions
from therapist_tui.domain.body.techniques import techniques
from therapist_tui.domain.health import Side
from therapist_tui.domain.shorthand import read
from therapist_tui.domain.shorthand.lexicon import finding_kinds, finding_names, fold, shipped, shorthand_table
from therapist_tui.domain.shorthand.printing import print_place
from therapist_tui.domain.shorthand.values import Kind

SHARED = {
    "longissimus", "iliocostalis",
}  # fmt: skip


def test_there_are_47_regions_130_muscles_50_techniques() -> None:
    listed = [one for one in techniques().values() if one.listed]
    assert (len(regions()), sum(not one.structure for one in muscles().values()), len(listed)) == (47, 130, 50)


def test_no_id_names_two_places() -> None:
    ids = [*regions(), *region_groups(), *muscles(), *muscle_groups()]
    assert [key for key, count in Counter(ids).items() if count > 1] == []


def test_every_muscle_lies_in_known_regions() -> None:
    assert all(one.regions and set(one.regions) <= set(regions()) for one in muscles().values())
    assert all(set(one.aspect) <= set("APLM") and one.aspect for one in muscles().values())


def test_every_group_is_made_of_known_members() -> None:
    assert all(set(one.members) <= set(muscles()) for one in muscle_groups().values())
    assert all(set(one.members) <= set(regions()) for one in region_groups().values())
    assert all(set(one.members) <= set(techniques()) for one in techniques().values())


def test_every_place_has_a_region() -> None:
    assert all(set(regions_of(key)) <= set(regions()) and regions_of(key) for key in targets())
    assert regions_of("no such place") == ()


def test_sensitive_regions_are_those_of_the_source() -> None:
    assert {key for key, one in regions().items() if one.sensitive} == {
        "breast", "chest_anterior", "gluteal", "groin_inguinal", "thigh_medial", "coccyx_perineum", "pelvis",
    }  # fmt: skip


def words_of_all() -> list[tuple[str, str]]:
    found = [(word, key) for key, one in targets().items() for word in (one.name, *one.short, *one.also, *one.exact)]
    found += [(w, f"t:{k}") for k, one in techniques().items() for w in (one.name, *one.short, *one.also, *one.exact)]
    found += [
        (word, f"f:{key}")
        for key, entry in shorthand_table("finding").items()
        for word in (finding_names()[key], *entry.get("short", ()), *entry.get("also", ()), *entry.get("exact", ()))
    ]
    return found


def test_no_word_means_two_things_unless_it_is_listed_as_ambiguous() -> None:
    listed = {fold(word) for word in shorthand_table("ambiguous")}
    exact = {word for one in (*targets().values(), *techniques().values()) for word in one.exact}
    meanings: dict[str, set[str]] = {}
    for word, meaning in words_of_all():
        if word not in exact and fold(word) not in listed:
            meanings.setdefault(fold(word), set()).add(meaning)
    assert {word: found for word, found in meanings.items() if len(found) > 1} == {}


@pytest.mark.parametrize("key", list(targets()))
def test_what_we_print_for_a_place_is_read_as_that_place(key: str) -> None:
    for side in Side:
        place = Place(key, side)
        (mark,) = read(print_place(place) + " TTP").marks
        assert mark.place == place


@pytest.mark.parametrize("key", list(techniques()))
def test_the_first_abbreviation_of_a_technique_is_read_as_it(key: str) -> None:
    one = techniques()[key]
    (work,) = read(f"{(*one.short, *one.exact, one.name)[0]} 5m").works
    assert (work.techniques, work.minutes) == ((key,), 5)


@pytest.mark.parametrize("key", list(finding_names()))
def test_every_finding_is_read_by_its_abbreviation_and_drawn(key: str) -> None:
    entry = shorthand_table("finding")[key]
    (mark,) = read(f"L UT {entry.get('short', [finding_names()[key]])[0]}").marks
    assert [finding.id for finding in mark.findings] == [key]
    assert finding_kinds()[key] in MarkKind


def test_ambiguous_words_name_things_that_exist_and_clear_words_to_type() -> None:
    for word in shorthand_table("ambiguous"):
        entry = shipped().find(word)
        assert entry, word
        assert entry.kind is Kind.ASK, word
        for one in entry.candidates:
            known = {Kind.PLACE: targets(), Kind.TECHNIQUE: techniques(), Kind.FINDING: finding_names()}.get(one.kind)
            assert known is None or one.id in known
            written = shipped().find(one.write)
            assert written is None or written.kind is not Kind.ASK, (word, one.write)


def test_a_mark_of_a_muscle_is_drawn_on_its_main_region_and_side() -> None:
    place = Place("upper_trapezius", Side.LEFT)
    assert place.drawn == ("shoulder",)
    assert place.covers("shoulder", Side.LEFT)
    assert not place.covers("shoulder", Side.RIGHT)
    assert not place.covers("neck_posterior", Side.NONE)
