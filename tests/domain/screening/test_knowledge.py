"""The knowledge itself: complete, consistent, refused by name when broken; the therapist's own on top."""

from collections import defaultdict

import pytest

from therapist_tui.domain.screening import (
    BrokenKnowledge,
    Client,
    ConditionEntry,
    Knowledge,
    Request,
    judge,
    load_knowledge,
)
from therapist_tui.domain.screening.loader import read_entry
from therapist_tui.domain.screening.tables import Table
from therapist_tui.domain.screening.words import fold

from .test_reading import BOOKING, DAY

KNOWLEDGE = load_knowledge()


def test_every_entry_has_a_reason_an_adaptation_and_sources_that_exist() -> None:
    for entry in KNOWLEDGE.entries.values():
        assert entry.reason
        assert entry.adaptation
        assert entry.sources
        assert set(entry.sources) <= KNOWLEDGE.sources.keys()


def test_every_synonym_belongs_to_one_entry_or_is_shared_on_purpose() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in KNOWLEDGE.entries.values():
        for phrase in (*entry.synonyms, *entry.patterns):
            owners[" ".join(fold(word) for word in phrase.split())].add(entry.id)
    shared = {" ".join(fold(word) for word in phrase.split()) for phrase in KNOWLEDGE.shared}
    assert {phrase: ids for phrase, ids in owners.items() if len(ids) > 1 and phrase not in shared} == {}


def test_no_matter_is_called_harmless_and_a_matter_at_once() -> None:
    matters = {synonym.lower() for entry in KNOWLEDGE.entries.values() for synonym in entry.synonyms}
    assert {word for word in map(str.lower, KNOWLEDGE.reading.harmless) if word in matters} == set()


def test_what_entries_point_to_exists() -> None:
    for entry in KNOWLEDGE.entries.values():
        assert set(entry.applies_to) | set(entry.covers) <= KNOWLEDGE.entries.keys(), entry.id
        assert entry.past in KNOWLEDGE.entries or entry.past in (
            "none",
            "absolute",
            "clearance",
            "local",
            "precaution",
        ), entry.id


def test_every_class_a_pattern_names_exists() -> None:
    figures = {
        "@bp-raised",
        "@bp-high",
        "@bp-crisis",
        "@fever-reading",
        "@platelets-low",
        "@platelets-verylow",
        "@sugar-low",
        "@sugar-high",
        "@sugar-veryhigh",
        "@a1c-high",
    }
    known = {f"@{name}" for name in KNOWLEDGE.reading.classes} | figures
    assert {part for parts in KNOWLEDGE.patterns.parts for part in parts if part.startswith("@")} <= known


def test_the_draft_says_that_nobody_reviewed_it() -> None:
    assert KNOWLEDGE.status == "draft-unreviewed"
    assert "no clinician" in judge(Request(DAY), KNOWLEDGE).notice


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("level", "deadly"),
        ("scope", "toe"),
        ("sources", ["nobody"]),
        ("regions", ["tail"]),
        ("reason", ""),
        ("techniques", ["juggling"]),
        ("synonyms", "DVT"),
        ("time", {"basis": "moon"}),
    ],
)
def test_a_broken_entry_is_refused_with_entry_and_field(field: str, value: object) -> None:
    good: dict[str, object] = {
        "id": "x", "name": "X", "kind": "condition", "category": "own", "level": "local", "scope": "region",
        "synonyms": ["x"],
        "reason": "r", "adaptation": "a", "sources": ["general-knowledge"], "confidence": "low", "evidence": "own",
    }  # fmt: skip
    assert read_entry(Table("f.toml", "x", good), KNOWLEDGE.vocabulary, KNOWLEDGE.sources).id == "x"
    with pytest.raises(BrokenKnowledge) as refusal:
        read_entry(Table("f.toml", "x", {**good, field: value}), KNOWLEDGE.vocabulary, KNOWLEDGE.sources)
    assert "f.toml: x" in str(refusal.value)
    assert field in str(refusal.value)


def rules(knowledge: Knowledge, text: str) -> dict[str, str]:
    answer = judge(Request(DAY, Client(conditions=(ConditionEntry(text),)), BOOKING), knowledge)
    return {one.rule: one.level.value for one in answer.cautions}


def test_the_therapist_may_add_an_entry_of_her_own() -> None:
    own = {
        "add": [
            {
                "id": "mine",
                "name": "Wisteria rash",
                "level": "clearance",
                "synonyms": ["wisteria"],
                "reason": "r",
                "adaptation": "a",
                "why": "seen it twice",
            }
        ]
    }
    assert rules(load_knowledge(own), "wisteria") == {"mine": "clearance"}
    assert rules(KNOWLEDGE, "wisteria") == {}


def test_the_therapist_may_silence_an_entry_and_it_is_said() -> None:
    quiet = load_knowledge({"silence": [{"id": "asthma", "why": "my room has no scents"}]})
    answer = judge(Request(DAY, Client(conditions=(ConditionEntry("asthma"),)), BOOKING), quiet)
    assert answer.level is None
    assert any("my room has no scents" in one.reason for one in answer.set_aside)


def test_the_therapist_may_adjust_a_level_without_touching_ours() -> None:
    stricter = load_knowledge({"adjust": [{"id": "asthma", "level": "clearance", "why": "bad experience"}]})
    assert rules(stricter, "asthma") == {"asthma": "clearance"}
    assert rules(KNOWLEDGE, "asthma") == {"asthma": "precaution"}


def test_own_changes_need_a_reason() -> None:
    with pytest.raises(BrokenKnowledge, match="why"):
        load_knowledge({"silence": [{"id": "asthma"}]})
