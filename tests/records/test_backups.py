"""A backup counts when it was read back and holds what the practice holds; from each the practice comes back whole."""

import contextlib
import os
import shutil
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from therapist_tui.domain.backups import Keep, Reason
from therapist_tui.domain.note import NoteContent
from therapist_tui.records import restore as restoring
from therapist_tui.records.backup import BackupRules
from therapist_tui.records.errors import BackupFailed, NoBackup, NoPractice, PracticeInUse, StorageFull
from therapist_tui.records.manifest import changed_part, read_backups
from therapist_tui.records.places import finish_swap
from therapist_tui.records.practice import Practice, create_practice, open_with_key
from therapist_tui.records.restore import choose, found_backups, restore
from therapist_tui.records.vault import LIGHT, unlock

from .conftest import PASSPHRASE, THERAPIST, Clock, a_client, an_appointment, bytes_of, fill, raw, reopen


@pytest.fixture
def kept(practice: Practice) -> Practice:
    """A practice with records, watched over."""
    fill(practice)
    practice.backups.keeps(BackupRules())
    return practice


def key_of(practice: Practice) -> bytes:
    return practice.backups._key  # pyright: ignore[reportPrivateUsage]


def test_a_backup_is_taken_while_the_practice_is_open_and_written_to(kept: Practice, clock: Clock) -> None:
    a_client(kept, "Iris Novak")
    events = kept.audit.events(1)[0].seq
    backup = kept.backups.take(Reason.ASKED)
    assert (backup.seq, backup.taken_at, backup.reason) == (events, clock.now, Reason.ASKED)
    assert backup.records > 5
    assert kept.backups.all() == (backup,)
    assert changed_part(backup.folder) is None
    a_client(kept, "after it")
    assert kept.audit.events(2)[1].action == "backup.taken"


def test_a_backup_is_for_its_owner_only_and_complete(kept: Practice) -> None:
    before = os.umask(0)
    try:
        backup = kept.backups.take(Reason.ASKED)
    finally:
        os.umask(before)
    assert stat.S_IMODE(backup.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in backup.folder.iterdir()} == {0o600}
    names = {one.name for one in backup.folder.iterdir()}
    assert names == {"practice.db", "practice.keys", "practice.keys.bak", "manifest.json"}
    assert "Álvarez".encode() not in b"".join(one.read_bytes() for one in backup.folder.iterdir())


def test_what_the_trail_does_not_know_is_never_backed_up_as_good(kept: Practice) -> None:
    good = kept.backups.take(Reason.ASKED)
    connection = raw(kept)
    connection.execute("DROP TRIGGER client_update_noted")
    connection.execute("UPDATE client SET phone = '1'")
    with pytest.raises(BackupFailed, match=r"The client .* was changed by other means"):
        kept.backups.take(Reason.ASKED)
    assert kept.backups.all() == (good,)
    assert not [one for one in kept.backups.place.iterdir() if changed_part(one) is None and one != good.folder]
    assert kept.backups.safety().failed
    assert kept.audit.events(1)[0].action == "backup.failed"


def test_a_disk_that_fills_up_leaves_the_earlier_backups(kept: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    good = kept.backups.take(Reason.ASKED)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("therapist_tui.records.copying.create_private", full)
        with pytest.raises(StorageFull):
            kept.backups.take(Reason.ASKED)
    assert kept.backups.all() == (good,)
    assert kept.backups.safety().failed
    kept.backups.take(Reason.ASKED)
    assert not kept.backups.safety().failed
    assert not [one for one in kept.backups.place.iterdir() if one.name.endswith(".unfinished")]


def test_nothing_written_since_needs_no_other_backup(kept: Practice, clock: Clock) -> None:
    assert kept.backups.changed()
    kept.backups.take(Reason.ASKED)
    assert not kept.backups.changed()
    clock.tick(minutes=1)
    kept.drafts.keep("client", "", {"name": "half"})
    assert kept.backups.changed()
    kept.backups.take(Reason.ASKED)
    assert not kept.backups.changed()
    a_client(kept, "Iris Novak")
    assert kept.backups.changed()


def test_one_a_day_is_due(kept: Practice, clock: Clock) -> None:
    assert kept.backups.due()
    kept.backups.take(Reason.DAILY)
    assert not kept.backups.due()
    clock.tick(hours=21)
    assert kept.backups.due()


def test_each_backup_goes_elsewhere_as_well_and_is_compared_there(kept: Practice, clock: Clock, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    kept.backups.keeps(BackupRules(stick))
    kept.backups.take(Reason.ASKED)
    assert "not there" in kept.backups.safety().elsewhere_problem
    assert not stick.exists()
    stick.mkdir()
    clock.tick(seconds=1)
    backup = kept.backups.take(Reason.ASKED)
    assert kept.backups.safety().elsewhere_at == backup.taken_at
    (copied,) = read_backups(stick)
    assert replace(copied, folder=backup.folder) == backup
    assert changed_part(copied.folder) is None
    assert kept.backups.safety().elsewhere_problem == ""


def test_old_backups_are_thinned_out_by_the_rules_on_both_places(kept: Practice, clock: Clock, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    kept.backups.keeps(BackupRules(stick, Keep(last=3, daily=3, weekly=0, monthly=0, yearly=0)))
    for _ in range(5):
        kept.backups.take(Reason.DAILY)
        clock.tick(days=1)
    assert len(kept.backups.all()) == len([*read_backups(stick)]) == 3
    clock.tick(days=-400)
    kept.backups.take(Reason.DAILY)
    assert len(kept.backups.all()) == 4  # the clock went back: nothing is removed


def test_a_drill_restores_the_newest_backup_and_throws_it_away(kept: Practice, clock: Clock) -> None:
    with pytest.raises(BackupFailed):
        kept.backups.drill()
    backup = kept.backups.take(Reason.DAILY)
    assert kept.backups.drill_due()
    drill = kept.backups.drill()
    assert (drill.name, drill.problem, drill.records) == (backup.name, "", backup.records)
    assert kept.backups.safety().drill == drill
    assert not kept.backups.drill_due()
    clock.tick(days=31)
    assert kept.backups.drill_due()
    assert not [one for one in kept.backups.place.iterdir() if one.name.startswith(".drill")]


def test_a_drill_finds_a_damaged_backup(kept: Practice) -> None:
    backup = kept.backups.take(Reason.DAILY)
    flip(backup.folder / "practice.db", 5000)
    drill = kept.backups.drill()
    assert drill.problem
    assert kept.backups.safety().drill == drill


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at % len(data)] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("part", ["practice.db", "practice.keys", "manifest.json"])
def test_a_flipped_bit_in_a_stored_backup_is_found_at_the_next_look(part: str, kept: Practice) -> None:
    good = kept.backups.take(Reason.DAILY)
    assert kept.backups.check_oldest() == ""
    for at in (0, 7, 4099, 12345, 99991):
        data = (good.folder / part).read_bytes()
        flip(good.folder / part, at)
        if part == "manifest.json":
            with pytest.raises((BackupFailed, NoBackup)):
                restore(kept.folder, choose(found_backups(kept.folder), good.name, kept.folder), key_of(kept), Clock())
        else:
            assert changed_part(good.folder) == part
        (good.folder / part).write_bytes(data)
    flip(good.folder / "practice.db", 8000)
    assert "practice.db is damaged" in kept.backups.check_oldest()
    assert kept.backups.safety().failed


def test_an_older_backup_is_read_again_in_its_turn_while_new_ones_come_every_day(kept: Practice, clock: Clock) -> None:
    def a_day() -> str:
        kept.backups.take(Reason.DAILY)
        clock.tick(minutes=1)
        said = kept.backups.check_oldest()
        clock.tick(days=1)
        return said

    assert [a_day(), a_day()] == ["", ""]
    oldest = kept.backups.all()[0]
    flip(oldest.folder / "practice.db", 8000)
    assert f"{oldest.name}: practice.db is damaged" in [a_day(), a_day(), a_day()]


# Restoring


@pytest.fixture(scope="module")
def lost_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    clock, folder = Clock(), tmp_path_factory.mktemp("lost") / "practice"
    made = create_practice(folder, PASSPHRASE, THERAPIST, clock, LIGHT)
    fill(made)
    made.backups.take(Reason.DAILY)
    clock.tick(hours=1)
    a_client(made, "came after")
    made.close()
    return folder, key_of(made)


@pytest.fixture
def lost(lost_once: tuple[Path, bytes], tmp_path: Path) -> tuple[Path, bytes]:
    """A closed practice with a backup, and a client who came after it."""
    folder, key = lost_once
    shutil.copytree(folder.parent, tmp_path / "lost")
    return tmp_path / "lost" / "practice", key


def names(folder: Path, clock: Clock) -> list[str]:
    practice = reopen(folder, clock)
    try:
        return [client.name for client in practice.clients.find()]
    finally:
        practice.close()


def test_a_restored_practice_is_as_it_was_and_the_old_one_is_kept(lost: tuple[Path, bytes], clock: Clock) -> None:
    folder, key = lost
    backup = choose(found_backups(folder), "", folder)
    before = bytes_of(folder)
    done = restore(folder, backup, key, clock)
    assert done.before
    assert bytes_of(done.before) == before
    practice = reopen(folder, clock)
    assert [client.name for client in practice.clients.find()] == ["José Álvarez"]
    assert [event.action for event in practice.audit.events(3)][1:] == ["practice.restored", "practice.opened"]
    practice.close()
    assert "came after" in names(done.before, clock)


def test_a_practice_comes_back_when_everything_of_it_is_gone(lost: tuple[Path, bytes], clock: Clock) -> None:
    folder, key = lost
    shutil.rmtree(folder)
    assert restore(folder, choose(found_backups(folder), "", folder), key, clock).before is None
    assert names(folder, clock) == ["José Álvarez"]


def test_a_whole_backup_is_chosen_before_a_newer_damaged_one(kept: Practice, clock: Clock) -> None:
    good = kept.backups.take(Reason.DAILY)
    clock.tick(hours=1)
    bad = kept.backups.take(Reason.DAILY)
    flip(bad.folder / "practice.db", 4200)
    found = found_backups(kept.folder)
    assert choose(found, "", kept.folder) == good
    with pytest.raises(NoBackup):
        choose(found, bad.name, kept.folder)


def test_nothing_is_restored_while_the_practice_is_open(kept: Practice, clock: Clock) -> None:
    backup = kept.backups.take(Reason.DAILY)
    with pytest.raises(PracticeInUse):
        restore(kept.folder, backup, key_of(kept), clock)


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("step", range(14))
def test_killed_at_any_step_a_restore_leaves_the_old_set_or_the_new_one(
    step: int, lost: tuple[Path, bytes], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, key = lost
    backup = choose(found_backups(folder), "", folder)
    steps = iter(range(100))
    real = Path.replace

    def dying(path: Path, target: Path) -> Path:
        if next(steps) == step:
            raise Killed
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", dying)
        with contextlib.suppress(Killed):
            restore(folder, backup, key, clock)
    finish_swap(folder)
    practice = open_with_key(folder, key, clock)
    found = [client.name for client in practice.clients.find()]
    practice.close()
    assert found in (["José Álvarez"], ["came after", "José Álvarez"])
    restore(folder, backup, key, clock)
    practice = open_with_key(folder, key, clock)
    assert [client.name for client in practice.clients.find()] == ["José Álvarez"]
    practice.close()


def test_a_folder_without_a_practice_is_no_unfinished_restore(tmp_path: Path, clock: Clock) -> None:
    finish_swap(tmp_path / "practice")
    with pytest.raises(NoPractice):
        reopen(tmp_path / "practice", clock)


def test_going_on_with_a_file_whose_trail_does_not_hold_is_written_down(lost: tuple[Path, bytes], clock: Clock) -> None:
    folder, _ = lost
    (backup,) = found_backups(folder)
    shutil.copy(backup.folder / "practice.db", folder / "practice.db")
    with pytest.raises(Exception, match="put back to an older state"):
        reopen(folder, clock)
    restoring.accept(folder, PASSPHRASE, clock)
    practice = reopen(folder, clock)
    assert [event.action for event in practice.audit.events(2)] == ["practice.opened", "trail.accepted"]
    practice.close()


def test_a_backup_of_a_draft_holds_what_was_typed(practice: Practice, clock: Clock) -> None:
    note = practice.notes.open(an_appointment(practice, a_client(practice), clock.now).id)
    practice.notes.save(note.id, NoteContent("half a sentence"))
    backup = practice.backups.take(Reason.LEAVING)
    practice.close()
    restore(practice.folder, backup, unlock(practice.folder, PASSPHRASE).key, clock)
    again = reopen(practice.folder, clock)
    assert again.notes.unsigned()[0].content.subjective == "half a sentence"
    again.close()


def test_the_moment_of_a_backup_is_in_its_name(kept: Practice, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 23, 15, 4, 5, tzinfo=UTC) + timedelta(0)
    assert kept.backups.take(Reason.ASKED).name == "practice-20261123T150405Z"
    assert kept.backups.take(Reason.ASKED).name == "practice-20261123T150405Z-2"
