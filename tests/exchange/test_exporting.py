"""Exports of a whole practice: how far they are is told, and stopped anywhere they leave no file."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.records.conftest import PASSPHRASE, THERAPIST, Clock, fill
from therapist_tui.domain.progress import Heard, Stopped
from therapist_tui.exchange.exporting import MAKING, READING, WRITING, ExportDraft, What, build, export
from therapist_tui.exchange.telling import Telling
from therapist_tui.records.practice import Practice, create_practice
from therapist_tui.records.releases import NOT_WRITTEN
from therapist_tui.records.vault import LIGHT


@pytest.fixture(autouse=True)
def told_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("therapist_tui.domain.progress.PORTION", 1)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    made = create_practice(tmp_path / "practice", PASSPHRASE, THERAPIST, Clock(), LIGHT)
    fill(made)
    yield made
    made.close()


@pytest.mark.parametrize("what", What)
def test_an_export_stopped_at_any_step_leaves_nothing(what: What, practice: Practice, tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.mkdir()
    for stop_at in (READING, MAKING, WRITING) if what in (What.ARCHIVE, What.TABLES) else (READING, MAKING):

        def steps(step: str, stop_at: str = stop_at) -> Heard:
            return lambda done, total: step != stop_at or done < total

        with pytest.raises(Stopped):
            export(practice, ExportDraft(what, "me", "why"), place, Clock().now, make=False, steps=steps)
        assert [*place.iterdir()] == []
        said = [one.what for one in practice.releases.all()]
        assert said == ([NOT_WRITTEN + f"export: {what.value}", f"export: {what.value}"] if stop_at == WRITING else [])


@pytest.mark.parametrize("what", What)
def test_how_far_it_is_never_goes_back_and_ends_whole(what: What, practice: Practice) -> None:
    told: list[tuple[int, int]] = []
    build(practice.whole.read(), ExportDraft(what, "me", "why"), Clock().now, lambda *far: not told.append(far))
    assert told == sorted(told)
    assert all(done <= total for done, total in told)
    assert len({total for _, total in told}) == 1


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_from_the_second_second_on_and_a_pipe_nothing() -> None:
    seconds = iter([0.0, 0.5, 1.1, 1.15, 2.0])
    terminal, pipe = Terminal(), io.StringIO()
    telling = Telling(terminal, lambda: next(seconds))
    heard = telling.step("Making the files")
    assert all(heard(done, 4) for done in range(1, 5))
    telling.done()
    assert terminal.getvalue() == "\r\x1b[KMaking the files … 50%\r\x1b[KMaking the files … 100%\r\x1b[K"
    quiet = Telling(pipe)
    assert quiet.step("x")(1, 2)
    quiet.done()
    assert pipe.getvalue() == ""
