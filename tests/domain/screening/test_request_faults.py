"""A request that cannot be read is refused with every fault in it, each by its place."""

from typing import Any

import pytest

from therapist_tui.domain.screening.errors import BadRequest
from therapist_tui.domain.screening.request import request_from


def request(**client: Any) -> dict[str, Any]:
    return {"date": "2026-11-23", "client": client, "appointment": {}}


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ([], "JSON object"),
        ({"date": "2026-11-23", "appointment": {}}, "client is missing"),
        ({"date": "2026-11-23", "client": {}}, "appointment is missing"),
        ({"date": "soon", "client": {}, "appointment": {}}, "date is not a day"),
        ({"client": {}, "appointment": {}}, "date is not a day"),
        ({**request(), "therapist": 3}, "therapist"),
        (request(age=-1), "client.age"),
        (request(age=True), "client.age"),
        (request(sex=7), "client.sex"),
        (request(pregnancy="yes"), "client.pregnancy is neither"),
        (request(pregnancy={"weeks": 60}), "client.pregnancy.weeks"),
        (request(pregnancy={"high_risk": "yes"}), "client.pregnancy.high_risk"),
        (request(conditions="asthma"), "client.conditions is not a list"),
        (request(conditions=[3]), "client.conditions[0] is neither"),
        (request(conditions=[{}]), "client.conditions[0].text is missing"),
        (request(conditions=[{"text": "x", "since": "2026-13-01"}]), "client.conditions[0].since"),
        (request(conditions=[{"text": "x", "side": "up"}]), "client.conditions[0].side"),
        (request(conditions=[{"text": "x", "active": 1}]), "client.conditions[0].active"),
        (request(allergies=[1]), "client.allergies[0]"),
    ],
)
def test_a_fault_is_named_by_its_place(raw: object, place: str) -> None:
    with pytest.raises(BadRequest) as refused:
        request_from(raw)
    assert place in str(refused.value)


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(BadRequest) as refused:
        request_from(request(age="old", allergies=3, conditions=[{"side": "left"}]))
    for place in ("client.age", "client.allergies", "client.conditions[0].text"):
        assert place in str(refused.value)
