"""A small share of the long runs: damaged files and backups, and kills while the passphrase is changed."""

from . import flips, key_kills


def test_a_damaged_file_or_backup_is_never_taken_for_a_good_one() -> None:
    assert not flips.run(8)


def test_killed_while_the_passphrase_changes_it_opens_with_one_of_the_two() -> None:
    assert set(key_kills.run(2)) <= {"old", "new"}
