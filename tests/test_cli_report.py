"""`therapist-tui report`: the file, its line in the log, and a sentence for what stands against it."""

import io
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from therapist_tui import cli
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.goal import GoalDraft
from therapist_tui.domain.plan import PlanDraft
from therapist_tui.domain.referral import ReferralDraft
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.practice import Practice, create_practice, open_practice
from therapist_tui.records.vault import LIGHT

NOW = datetime(2026, 11, 23, 15, 24, tzinfo=UTC)
PASSPHRASE = "correct horse battery staple"
DANA = TherapistDraft("Dana Reyes", "LMT", "4711", None, "Europe/Paris")
Report = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(cli, "utc_now", lambda: NOW)
    folder = tmp_path / "therapist-tui" / "practice"
    practice = create_practice(folder, PASSPHRASE, DANA, lambda: NOW, cost=LIGHT)
    amara = practice.clients.add(ClientDraft("Amara Okafor", "Ama"))
    practice.clients.add(ClientDraft("Ben Okafor"))
    plan = practice.plans.start(amara.id, PlanDraft("Neck pain"))
    goal = practice.plans.add_goal(plan.id, GoalDraft("Rotation", "°", 48, 75))
    practice.plans.measure(goal.id, 62)
    practice.referrals.add(amara.id, ReferralDraft("Dr Lin", written_on=date(2026, 11, 1)))
    practice.close()
    return folder


@pytest.fixture
def report(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Report:
    def run(*options: str, typed: str = f"{PASSPHRASE}\nama okafor\n") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = cli.main(["report", *options])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def opened(folder: Path) -> Practice:
    return open_practice(folder, PASSPHRASE, lambda: NOW, read_only=True)


def test_the_client_is_asked_for_and_the_file_is_named(report: Report, folder: Path) -> None:
    code, out, _ = report("--to", "client")
    assert (code, out) == (0, f"{folder.parent / 'exports' / 'report-2026-11-23.pdf'}\n")
    assert Path(out.strip()).read_bytes().startswith(b"%PDF")
    practice = opened(folder)
    (release,) = practice.releases.all()
    assert (release.to_whom, release.why) == ("the client", "asked for by the client")
    practice.close()


def test_a_second_one_is_not_written_over_the_first(report: Report) -> None:
    names = [Path(report("--to", "client", "--markdown")[1].strip()).name for _ in range(2)]
    assert names == ["report-2026-11-23.md", "report-2026-11-23-2.md"]


def test_without_a_consent_the_reason_has_to_be_said(report: Report, folder: Path) -> None:
    code, out, err = report()
    assert (code, out) == (2, "")
    assert "No signed consent on file, not older than 6 months, lets Dr Lin have it. Say it with --reason." in err
    assert report("--reason", "she phoned", "--why", "wanted")[0] == 0
    practice = opened(folder)
    (release,) = practice.releases.all()
    assert release.why == "wanted; without a consent on file: she phoned"
    practice.close()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--client", "nobody"), "There is no client of that name."),
        (("--client", ""), "There is no client of that name."),
        (("--client", "okafor"), "2 clients fit that name."),
        (("--client", "ben okafor", "--to", "referrer"), "This client has no referral"),
        (("--to", "client", "--since", "someday"), "That is no date I can read."),
        (("--to", "client", "--since", "2026-11-20", "--until", "2026-11-10"), "The period begins after its end."),
        (("--to", "client", "--into", "/nowhere/at/all"), "There is no folder /nowhere/at/all."),
    ],
)
def test_what_stands_against_it_is_one_sentence_and_nothing_is_written(
    options: tuple[str, ...], said: str, report: Report, folder: Path
) -> None:
    code, out, err = report(*options)
    assert (code, out) == (2, "")
    assert said in err
    assert not (folder.parent / "exports").exists()
    practice = opened(folder)
    assert practice.releases.all() == ()
    practice.close()


def test_a_wrong_passphrase_is_exit_code_4(report: Report) -> None:
    assert report(typed="wrong\n")[0] == 4
