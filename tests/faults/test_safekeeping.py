"""A small share of the long runs (`python -m tests.faults`): damaged files, kills, tampering; and their table."""

import sys

import pytest

from . import __main__ as command
from . import flips, key_kills, tampering
from .figures import Figures, spread, table
from .tampering import Tampered, judged


def filled(run: command.Run, share: float) -> list[Figures]:
    """What a part says at that share."""
    return [*run(share, 1)]


def test_a_damaged_file_or_backup_is_never_taken_for_a_good_one() -> None:
    (figures,) = filled(flips.run, 0.004)
    assert figures.tried >= 20
    assert not figures.wrong


def test_killed_while_the_passphrase_changes_it_opens_with_one_of_the_two() -> None:
    (figures,) = filled(key_kills.run, 0.004)
    assert figures.tried == 4
    assert not figures.wrong


def test_whoever_tampers_is_found_out_and_who_did_not_is_left_in_peace() -> None:
    attacks, honest = filled(tampering.run, 0.005)
    assert (attacks.tried, honest.tried) == (12, 5)
    assert not attacks.wrong + honest.wrong


def test_the_judge_refuses_an_attack_that_is_not_reported_and_one_that_names_another_item() -> None:
    from therapist_tui.domain.audit import Fault, Finding

    one = Tampered("row_edit", 1)
    found = (Finding(Fault.ALTERED, 3, "client", "abc"),)
    assert judged(one, found, " abc ") == ""
    assert "not reported" in judged(one, (), " abc ")
    assert "another item" in judged(one, found, " abd ")


def test_a_cut_off_run_prints_what_it_has_and_is_no_success(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def cut_off(share: float, at_once: int):
        figures = Figures("flips", of=9)
        yield figures
        figures.add(told=["seen"])
        figures.add("a damaged file was opened")
        raise KeyboardInterrupt

    monkeypatch.setattr(flips, "run", cut_off)
    monkeypatch.setattr(command.signal, "signal", lambda *_: None)  # the test run's own ctrl+c stays
    monkeypatch.setattr(sys, "argv", ["tests.faults", "--only", "flips"])
    assert command.main() == 1
    out = capsys.readouterr().out
    assert "2 of 9" in out
    assert "1 a damaged file was opened" in out


def test_a_self_test_holds_only_when_enough_was_found_wrong() -> None:
    figures = Figures("unsynced", needed=2, finished=True)
    figures.add("lost")
    assert not figures.held
    figures.add("lost")
    assert figures.held
    assert "held" in table([figures])


def test_jobs_are_done_once_each_whether_here_or_in_other_processes() -> None:
    assert sorted(spread(abs, range(-9, 0), 1)) == sorted(spread(abs, range(-9, 0), 2)) == [*range(1, 10)]
