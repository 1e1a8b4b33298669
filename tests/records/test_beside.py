"""Reading beside: everything as it stood when it began, whatever is written meanwhile, and stopped at once."""

import pytest

from tests.records.conftest import a_client, fill
from therapist_tui.domain.progress import Stopped
from therapist_tui.records.practice import Practice


def test_what_is_read_beside_is_everything(practice: Practice) -> None:
    fill(practice)
    assert practice.beside.whole() == practice.whole.read()


def test_a_write_meanwhile_is_not_held_up_and_not_seen(practice: Practice) -> None:
    fill(practice)
    before = practice.whole.read()

    def write(_done: int, _total: int) -> bool:
        if len(practice.clients.find()) == 1:
            a_client(practice, "Iris Novak")
        return True

    assert practice.beside.whole(write) == before
    assert len(practice.clients.find()) == 2


def test_it_tells_how_far_it_is_and_stops_when_told(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("therapist_tui.domain.progress.PORTION", 1)
    fill(practice)
    told: list[tuple[int, int]] = []
    practice.beside.whole(lambda *far: not told.append(far))
    total = told[-1][1]
    assert told == [(done, total) for done in range(1, total + 1)]
    for at in range(1, total + 1):
        with pytest.raises(Stopped):
            practice.beside.whole(lambda done, _, at=at: done < at)


def test_closing_stops_it(practice: Practice) -> None:
    fill(practice)
    practice.close()
    with pytest.raises(Stopped):
        practice.beside.whole()
