"""A small share of the 200 runs of `python -m tests.faults.losing_keys`."""

from pathlib import Path

import pytest

from .losing_keys import ENDINGS, EXIT, judged, numbered_words, one_run
from .practice import BYSTANDER, OTHERS_WORDS, WRITER

HARMLESS = {BYSTANDER: OTHERS_WORDS}


@pytest.mark.parametrize("seed", [101, 102])
@pytest.mark.parametrize("ending", ENDINGS)
def test_at_most_the_last_second_is_lost(template: Path, ending: str, seed: int) -> None:
    run = one_run(template, ending, seed)

    assert run.wrong == ""
    assert run.typed > 5


def test_the_judge_refuses_what_must_not_be() -> None:
    times = [index * 0.025 for index in range(100)]
    typed = numbered_words()[:100]

    def wrong(
        kept: str, others: dict[str, str] = HARMLESS, status: int = EXIT["SIGTERM"], restored: bool = True
    ) -> str:
        return judged("SIGTERM", times, 2.5, {WRITER: kept, **others}, status, restored).wrong

    assert wrong(typed) == ""
    assert wrong(typed[:70]) == ""
    assert "ms lost" in wrong(typed[:40])
    assert "no beginning" in wrong(typed[:50] + "x")
    assert "other client" in wrong(typed, {BYSTANDER: typed})
    assert "exit status 0" in wrong(typed, status=0)
    assert "not restored" in wrong(typed, restored=False)
