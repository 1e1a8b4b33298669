"""A small share of the 1,000 kills of `python -m tests.faults.kills`, and what its judge refuses."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from tests.notes import LAST
from therapist_tui.domain.carrying import carry
from therapist_tui.domain.note import NoteContent

from .kills import JOURNEYS, Journey, Kept, judged, look, make_templates, one_run
from .losing_keys import numbered_words
from .terminal import Terminal


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    return make_templates(tmp_path_factory.mktemp("kills"))


@pytest.mark.parametrize("seed", [101, 102])
@pytest.mark.parametrize("journey", JOURNEYS)
def test_nothing_acknowledged_is_lost_and_nothing_signed_changes(
    templates: dict[bool, Path], journey: str, seed: int
) -> None:
    assert one_run(templates, journey, seed).wrong == ""


def test_the_judge_refuses_what_must_not_be(templates: dict[bool, Path]) -> None:
    before = look(templates[True])
    assert before.today
    typed = numbered_words()[:80]
    times = [index * 0.025 for index in range(80)]
    terminal: Terminal = None  # pyright: ignore[reportAssignmentType] - the judge reads the journey only

    def wrong(name: str, after: Kept, **said: float) -> str:
        return judged(name, Journey(terminal, typed, times, dict(said)), 2.0, before, after).wrong

    today = before.today
    kept = replace(before, today=replace(today, content=replace(today.content, subjective=typed)))
    assert wrong("typing", kept) == ""
    cut = replace(before, today=replace(today, content=replace(today.content, subjective=typed[:30])))
    assert "ms lost" in wrong("typing", cut)
    other = replace(before, today=replace(today, content=replace(today.content, subjective=typed[:40] + "x")))
    assert "no beginning" in wrong("typing", other)
    assert "is not" in wrong("signing", kept, **{"✓ signed": 1.9})
    assert "a signed note changed" in wrong("typing", replace(kept, signed={}))
    changed = {key: replace(note, content=NoteContent("x")) for key, note in before.signed.items()}
    assert "a signed note changed" in wrong("typing", replace(kept, signed=changed))
    assert "not there" in wrong("addendum", replace(kept, addendum_typed=typed), **{"Addendum (addition)": 1.9})
    assert "carried line" in wrong("carrying", kept, **{"3 carried lines wait": 0.1})
    content = carry(carry(carry(NoteContent(), LAST, "plan"), LAST, "home_care"), LAST, "next_time")
    carried = replace(kept, today=replace(today, content=replace(content, home_care=f"{LAST.home_care}\n{typed}")))
    assert wrong("carrying", carried, **{"3 carried lines wait": 0.1}) == ""
    assert "without its audit row" in wrong("typing", replace(kept, wrong="a note without its audit row"))
    assert UUID(int=0) not in before.signed
