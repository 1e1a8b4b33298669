"""`therapist-tui import`: what a shell is told, and what is written."""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from therapist_tui import cli
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.practice import create_practice, open_practice
from therapist_tui.records.vault import LIGHT

NOW = datetime(2026, 11, 23, 15, 24, tzinfo=UTC)
PASSPHRASE = "correct horse battery staple"
DANA = TherapistDraft("Dana Reyes", "LMT", "4711", None, "America/Toronto")


@pytest.fixture
def bring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setattr(cli, "utc_now", lambda: NOW)
    folder = tmp_path / "XDG_DATA_HOME/therapist-tui/practice"
    create_practice(folder, PASSPHRASE, DANA, lambda: NOW, cost=LIGHT).close()

    def run(text: str, *options: str, name: str = "clients.csv") -> tuple[int, list[str], list[str]]:
        """Exit code, the lines that were printed, the names of the clients afterwards."""
        path = tmp_path / name
        path.write_text(text)
        monkeypatch.setattr(sys, "stdin", io.StringIO(PASSPHRASE + "\n"))
        code = cli.main(["import", *options, str(path)])
        practice = open_practice(folder, PASSPHRASE, lambda: NOW, read_only=True)
        names = [one.name for one in practice.clients.find()]
        practice.close()
        out, err = capsys.readouterr()
        return code, (out + err).splitlines(), names

    return run


PEOPLE = "Name,DOB\nAna Ruiz,03/04/1990\nx,soon\n"


def test_a_question_is_said_with_its_answers_and_nothing_is_written(bring) -> None:
    code, said, names = bring(PEOPLE)
    assert (code, names) == (2, [])
    assert "  “03/04/1990” is which day?" in said
    assert "    --answer 'date_order=day first'   3 April 1990" in said


def test_a_dry_run_counts_and_writes_nothing_and_then_it_is_imported(bring) -> None:
    answer = ("--answer", "date_order=day first")
    expected = ["clients.csv: 1 client; 0 changed, 0 known, 1 left out", "  line 3: The birth date “soon” is no date."]
    assert bring(PEOPLE, "--dry-run", *answer) == (0, expected, [])
    assert bring(PEOPLE, *answer) == (0, [*expected, "  Imported."], ["Ana Ruiz"])
    code, said, names = bring(PEOPLE, *answer)
    assert (code, said[0], names) == (0, "clients.csv: nothing new; 0 changed, 1 known, 1 left out", ["Ana Ruiz"])


def test_a_file_that_cannot_be_read_is_exit_code_2(bring) -> None:
    assert bring("PK\x03\x04")[:2] == (
        2,
        ["therapist-tui: That is a zip or Excel file, not a text file. Save it as CSV, .ics or .vcf in the other program, then import that."],
    )  # fmt: skip
