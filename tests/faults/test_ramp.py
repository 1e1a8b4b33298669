"""A small share of `python -m tests.faults.ramp`, and what its judge refuses."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from .power import Walker, walker
from .ramp import judged, ramp


@pytest.fixture(scope="module")
def made() -> Iterator[Walker]:
    try:
        with walker() as made:
            yield made
    except FileNotFoundError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize(("journey", "first"), [("sign", 34), ("backup", 27)])
def test_whichever_call_fails_the_records_are_old_or_new_and_nobody_is_told_wrong(
    made: Walker, journey: str, first: int
) -> None:
    tally = ramp(made, journey, every=200, first=first)  # one call in the middle of the act
    assert tally.states == tally.different == 4
    assert not tally.wrong


def test_the_judge_refuses_what_must_not_be(made: Walker) -> None:
    well = made.walk("form")
    assert [*judged(well, well, "disk full")] == []
    lied = replace(well, calls=[replace(one, data=one.data.replace(b'"held": "', b'"held": "x')) for one in well.calls])
    assert [*judged(lied, well, "crash")] == ["it said it was saved, and it holds something else"]
    assert "broke down" in next(judged(replace(well, status=1), well, "disk full"))
    assert "did not go on" in next(judged(replace(well, calls=well.calls[: len(well.calls) // 2]), well, "disk full"))
