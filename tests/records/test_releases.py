"""Nothing leaves without its line, a line never changes, and a file that could not be written is said."""

from pathlib import Path

import pytest

from therapist_tui.domain.errors import Invalid
from therapist_tui.domain.release import ReleaseDraft
from therapist_tui.records.errors import PracticeReadOnly, SignedForGood, StorageFull
from therapist_tui.records.practice import Practice
from therapist_tui.records.releases import NOT_WRITTEN

from .conftest import Clock, a_client

DIGEST = "ab" * 32


def draft(practice: Practice) -> ReleaseDraft:
    return ReleaseDraft("Progress report (PDF)", "Dr Lin", "asked for", a_client(practice))


def test_a_release_is_on_the_log_before_its_file_has_a_name(practice: Practice, clock: Clock, tmp_path: Path) -> None:
    wanted, file = draft(practice), tmp_path / "report.pdf"
    seen: list[int] = []

    def place() -> None:
        seen.append(len(practice.releases.of(wanted.client_id)))
        file.write_text("x")

    release = practice.releases.add(wanted, DIGEST, place)
    assert seen == [1]
    assert practice.releases.of(wanted.client_id) == practice.releases.all() == (release,)
    assert (release.digest, release.released_at, release.released_by) == (DIGEST, clock.now, "Dana Reyes, LMT")
    assert practice.audit.events(1)[0].action == "release.added"
    assert practice.releases.of(None) == ()


def test_a_file_that_could_not_be_written_is_said_in_a_line_of_its_own(practice: Practice) -> None:
    wanted = draft(practice)

    def full() -> None:
        raise StorageFull

    with pytest.raises(StorageFull):
        practice.releases.add(wanted, DIGEST, full)
    after, before = practice.releases.of(wanted.client_id)
    assert (before.what, after.what) == (wanted.what, NOT_WRITTEN + wanted.what)
    assert before.digest == after.digest


def test_nothing_leaves_when_it_cannot_be_written_down(practice: Practice) -> None:
    placed: list[bool] = []
    with pytest.raises(Invalid):
        practice.releases.add(ReleaseDraft("report", "", "asked for"), DIGEST, lambda: placed.append(True))
    practice._store.read_only = True
    with pytest.raises(PracticeReadOnly):
        practice.releases.add(ReleaseDraft("report", "Dr Lin", "asked for"), DIGEST, lambda: placed.append(True))
    assert not placed
    assert practice.releases.all() == ()


def test_what_was_given_out_stays_when_undone(practice: Practice) -> None:
    wanted = draft(practice)
    practice.releases.add(wanted, DIGEST, lambda: None)
    with pytest.raises(SignedForGood) as said:
        practice.undo.undo()
    assert str(said.value).startswith("What was given out stays.")
    assert len(practice.releases.all()) == 1
