"""What a client usually books."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.usual import Usual, usual

DEEP, SHORT = ("Deep tissue", 90), ("Massage", 30)


def booked(*what: tuple[str, int], status: Status = Status.DONE) -> list[Appointment]:
    at = datetime(2026, 11, 23, 15, tzinfo=UTC)
    return [Appointment(UUID(int=1), UUID(int=2), at, minutes, service, status) for service, minutes in what]


@pytest.mark.parametrize(
    ("newest_first", "expected"),
    [
        ([], Usual("Massage", 60)),
        (booked(DEEP), Usual(*DEEP)),
        (booked(SHORT, DEEP, DEEP), Usual(*DEEP)),
        (booked(SHORT, DEEP), Usual(*SHORT)),
        (booked(*[SHORT] * 4, *[DEEP] * 20), Usual(*SHORT)),
        ([*booked(*[SHORT] * 6, status=Status.CANCELLED), *booked(DEEP)], Usual(*DEEP)),
    ],
)
def test_what_is_usual_is_what_was_booked_most_lately(newest_first: list[Appointment], expected: Usual) -> None:
    assert usual(newest_first) == expected
