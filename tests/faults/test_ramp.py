"""A small share of `python -m tests.faults --only ramp`, and what its judge refuses."""

from dataclasses import replace

import pytest

from .ramp import MODES, Fault, judged, tried
from .walking import Walker


@pytest.mark.parametrize(("journey", "at"), [("sign", 34), ("backup", 27)])
def test_whichever_call_fails_the_records_are_old_or_new_and_nobody_is_told_wrong(
    walker: Walker, journey: str, at: int
) -> None:
    well = tuple(walker.walk(journey).held)
    ended = [tried(Fault(journey, at, mode, well)) for mode in MODES]  # a call in the middle of the act
    assert all(one.noticed for one in ended)
    assert [one.wrong for one in ended] == [()] * len(MODES)


def test_the_judge_refuses_what_must_not_be(walker: Walker) -> None:
    walked = walker.walk("form")
    well = tuple(walked.held)
    assert [*judged(walked, well, "disk full")] == []
    lied = [replace(one, data=one.data.replace(b'"held": "', b'"held": "x')) for one in walked.calls]
    assert [*judged(replace(walked, calls=lied), well, "crash")] == [
        "it said it was saved, and it holds something else"
    ]
    assert "broke down" in next(judged(replace(walked, status=1), well, "disk full"))
    half = replace(walked, calls=walked.calls[: len(walked.calls) // 2])
    assert "did not go on" in next(judged(half, well, "disk full"))
