"""The commands as a shell sees them: what they print, where, and with which exit code."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from therapist_tui import __version__, cli, safekeeping
from therapist_tui.domain.appointment import AppointmentDraft
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.practice import create_practice, open_practice
from therapist_tui.records.vault import LIGHT

NOW = datetime(2026, 11, 23, 15, 24, tzinfo=UTC)  # a Monday, 10:24 in Toronto
PASSPHRASE = "correct horse battery staple"
DANA = TherapistDraft("Dana Reyes", "LMT", "4711", None, "America/Toronto")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a practice: Amara today at 10:30, Zoë tomorrow."""
    home = tmp_path_factory.mktemp("home")
    practice = create_practice(home / "data/therapist-tui/practice", PASSPHRASE, DANA, lambda: NOW, cost=LIGHT)
    for name, days in (("Amara Okafor", 0), ("Zoë 李", 1)):
        client = practice.clients.add(ClientDraft(name))
        starts_at = datetime(2026, 11, 23, 15, 30, tzinfo=UTC) + timedelta(days)
        practice.appointments.book(AppointmentDraft(client.id, starts_at, 60, "Massage"))
    practice.close()
    return home


@pytest.fixture(autouse=True)
def places(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    for name in ("data", "config", "state", "cache"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(home / name))
    monkeypatch.setattr(cli, "utc_now", lambda: NOW)
    (home / "data/therapist-tui/practice/practice.tries").unlink(missing_ok=True)  # the clock stands still here


@pytest.fixture
def agenda(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def run(*options: str, typed: str = PASSPHRASE + "\n") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = cli.main(["agenda", *options])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def run(*arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "therapist_tui", *arguments],
        input=typed.encode(),
        capture_output=True,
        env=os.environ | environment,
        timeout=60,
    )


def test_help_names_every_command_and_every_exit_code():
    done = run("--help")
    text = done.stdout.decode()
    assert done.returncode == 0
    for word in ("demo", "agenda", "check", "paths", "completion", "exit codes:"):
        assert word in text
    for code in (cli.OK, cli.FAULT, cli.USAGE, cli.CANNOT_OPEN, cli.WRONG_PASSPHRASE, cli.IN_USE, safekeeping.FOUND):
        assert f"  {code}  " in text


def test_version_is_printed():
    done = run("--version")
    assert (done.returncode, done.stdout.decode().strip()) == (0, f"therapist-tui {__version__}")


@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["--fly"],
        ["completion"],
        ["completion", "fish!"],
        ["agenda", "--date"],
        ["agenda", "--passphrase", "x"],
        ["paths", "x"],
    ],
)
def test_wrong_usage_is_exit_code_2_with_a_word_on_stderr(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    out, err = capsys.readouterr()
    assert left.value.code == cli.USAGE
    assert out == ""
    assert err.startswith("usage: therapist-tui")


@pytest.mark.parametrize("arguments", [[], ["demo"]])
def test_without_a_terminal_the_app_does_not_start(arguments: list[str]):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"therapist-tui: needs a terminal. For scripts there are `agenda` and `check`.\n"


def test_with_closed_streams_the_app_does_not_start_either():
    command = f'"{sys.executable}" -m therapist_tui <&- >&- ; echo $?'
    done = subprocess.run(
        ["/bin/sh", "-c", f"exec 3>&1; ({command.replace('echo $?', 'echo $? >&3')})"], capture_output=True, timeout=60
    )
    assert done.stdout == b"2\n"
    assert b"needs a terminal" in done.stderr
    assert b"Traceback" not in done.stderr


def test_paths_say_where_everything_lives(home: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["paths"]) == 0
    assert [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()] == [
        ["practice", str(home / "data/therapist-tui/practice")],
        ["settings", str(home / "config/therapist-tui/settings.toml")],
        ["cautions", str(home / "config/therapist-tui/cautions.toml")],
        ["shorthand", str(home / "config/therapist-tui/shorthand.toml")],
        ["state", str(home / "state/therapist-tui")],
        ["exports", str(home / "data/therapist-tui/exports")],
        ["cache", str(home / "cache/therapist-tui")],
    ]


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_script_knows_the_commands(shell: str, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["completion", shell]) == 0
    script = capsys.readouterr().out
    for word in ("therapist-tui", "demo", "agenda", "date", "paths"):
        assert word in script


def test_agenda_prints_today_by_the_practices_clock(agenda):
    code, out, err = agenda()
    assert (code, err) == (0, "")
    assert out.splitlines()[:2] == ["Mon 23 Nov 2026  1 booked", "10:30   60 min  Amara Okafor  Massage  booked"]
    assert "? CHECK History never asked" in out


def test_today_is_the_practices_day_and_not_the_machines(agenda, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cli, "utc_now", lambda: datetime(2026, 11, 24, 3, tzinfo=UTC))
    assert agenda()[1].startswith("Mon 23 Nov 2026")


def test_agenda_as_json_is_for_programs(agenda):
    code, out, _ = agenda("--json", "--date", "tomorrow")
    day = json.loads(out)
    assert code == 0
    assert day["date"] == "2026-11-24"
    assert [(one["client"], one["starts_at"]) for one in day["appointments"]] == [
        ("Zoë 李", "2026-11-24T10:30:00-05:00")
    ]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("tue", "Tue 24 Nov 2026"),
        ("2026-12-03", "Thu 3 Dec 2026"),
        ("+2w", "Mon 7 Dec 2026"),
        ("last mon", "Mon 16 Nov 2026"),
    ],
)
def test_agenda_takes_a_date_in_words(agenda, words: str, day: str):
    assert agenda("--date", words)[1].startswith(f"{day}  ")


@pytest.mark.parametrize("words", ["someday", "", "31 feb"])
def test_what_is_no_date_is_exit_code_2_and_prints_no_day(agenda, words: str):
    code, out, err = agenda("--date", words)
    assert (code, out) == (2, "")
    assert err.startswith("therapist-tui: That is no date I can read.")


@pytest.mark.parametrize("typed", ["wrong\n", "", "\n", PASSPHRASE.upper() + "\n"])
def test_wrong_passphrase_is_exit_code_4_and_shows_nothing_typed(agenda, typed: str):
    code, out, err = agenda(typed=typed)
    assert (code, out) == (4, "")
    assert "does not open this practice" in err
    assert not typed.strip() or typed.strip() not in err


def test_closed_stdin_is_an_empty_passphrase(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys, "stdin", None)
    assert cli.main(["agenda"]) == 4


def test_missing_practice_is_exit_code_3_and_makes_no_file(agenda, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    code, out, err = agenda()
    assert (code, out) == (3, "")
    assert err.startswith("therapist-tui: ")
    assert list(tmp_path.iterdir()) == []


HOLD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from therapist_tui.records.practice import open_practice
practice = open_practice(Path(sys.argv[1]), sys.argv[2], lambda: datetime(2026, 11, 23, tzinfo=UTC))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def held(home: Path) -> Iterator[Path]:
    """The practice, open in another process."""
    folder = home / "data/therapist-tui/practice"
    command = [sys.executable, "-c", HOLD, str(folder), PASSPHRASE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"open\n"
        yield folder
        other.communicate()


def test_agenda_prints_beside_the_open_app(agenda, held: Path):
    code, out, err = agenda()
    assert (code, err) == (0, "")
    assert "Amara Okafor" in out


def test_practice_open_elsewhere_is_exit_code_5(
    held: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def second(_chosen: object) -> int:
        open_practice(held, PASSPHRASE, lambda: NOW)
        return 0

    monkeypatch.setattr(cli, "run_paths", second)
    assert cli.main(["paths"]) == 5
    assert "already open" in capsys.readouterr().err


def test_agenda_works_through_a_pipe_whatever_the_encoding_can_show():
    done = run("agenda", "--date", "2026-11-24", typed=PASSPHRASE + "\n", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Zo? ?" in done.stdout


def test_interrupt_is_exit_code_130(monkeypatch: pytest.MonkeyPatch):
    def interrupted(_chosen: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "run_paths", interrupted)
    assert cli.main(["paths"]) == 130


def test_unreadable_request_file_is_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    pytest.importorskip("therapist_tui.exchange.check")
    assert cli.main(["check", str(tmp_path / "missing.json")]) == 2
    assert capsys.readouterr().err == "therapist-tui: that file cannot be read as text.\n"


def test_help_and_paths_load_neither_textual_nor_the_store():
    code = "import sys; from therapist_tui.cli import main; main(['paths']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    assert not {b"textual", b"sqlmodel", b"sqlalchemy", b"nacl"} & set(done.stdout.split())


def test_what_opens_the_practice_can_leave_no_core_dump() -> None:
    code = (
        "import ctypes, resource, sys\n"
        "from therapist_tui.process import leave_nothing_behind\n"
        "leave_nothing_behind()\n"
        "assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)\n"
        "PR_GET_DUMPABLE = 3\n"
        "assert sys.platform != 'linux' or ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
