"""`therapist-tui export` and `load`: out of one practice, into another, and every export on the log."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.driver import now
from therapist_tui import cli
from therapist_tui.demo.practice import whole_practice
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.exchange.archive import Archive, archive_of
from therapist_tui.records.practice import Practice, create_practice, open_practice
from therapist_tui.records.vault import LIGHT

PASSPHRASE = "correct horse battery staple"
DANA = TherapistDraft("Dana Reyes", "LMT", "4711", None, "Europe/Paris")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in the home `home`, which has the demo, or in another one, which has an empty practice."""
    monkeypatch.setattr(cli, "utc_now", now)
    for home in ("home", "other"):
        practice = create_practice(tmp_path / home / "therapist-tui" / "practice", PASSPHRASE, DANA, now, cost=LIGHT)
        if home == "home":
            practice.whole.store(whole_practice(now()))
        practice.close()

    def command(*words: str, home: str = "home", typed: str = f"{PASSPHRASE}\namara okafor\n") -> tuple[int, str, str]:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            monkeypatch.setenv(name, str(tmp_path / home))
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = cli.main([*words])
        out, err = capsys.readouterr()
        return code, out.strip(), err

    return command


def opened(folder: Path) -> Practice:
    return open_practice(folder / "therapist-tui" / "practice", PASSPHRASE, now, read_only=True)


def archived(folder: Path) -> Archive:
    practice = opened(folder)
    whole = practice.whole.read()
    practice.close()
    return archive_of(whole, now(), "x")


def test_an_archive_is_loaded_elsewhere_and_everything_is_there(run: Run, tmp_path: Path) -> None:
    before = archived(tmp_path / "home").data
    code, path, _ = run("export", "archive")
    assert (code, Path(path).name) == (0, "archive-2026-11-23")
    code, said, err = run("load", path, home="other")
    assert (code, err) == (0, "")
    assert said.endswith("notes stored")
    assert archived(tmp_path / "other").data == before
    code, _, err = run("load", path, home="other")
    assert code == 3
    assert "This practice has clients already" in err


def test_a_clients_own_trail_is_given_out_and_says_so(run: Run, tmp_path: Path) -> None:
    code, path, err = run("export", "trail", "--why", "asked for it")
    assert (code, Path(path).name, err) == (0, "trail-2026-11-23.md", "")
    page = Path(path).read_text()
    assert page.startswith("# Who read and changed the record of Amara Okafor")
    assert "| audit trail opened |" in page
    practice = opened(tmp_path / "home")
    assert [(one.what, one.why) for one in practice.releases.all()] == [("own audit trail (Markdown)", "asked for it")]
    assert "release.added" in [one.action for one in practice.audit.events(3)]
    practice.close()


def test_each_export_has_its_file_and_its_line_in_the_log(run: Run, tmp_path: Path) -> None:
    names = [
        Path(run("export", *words)[1]).name
        for words in (["tables"], ["calendar"], ["calendar", "--names"], ["fhir"], ["client", "--why", "asked for it"])
    ]
    assert names == [
        "tables-2026-11-23",
        "calendar-2026-11-23.ics",
        "calendar-2026-11-23-2.ics",
        "fhir-2026-11-23.json",
        "file-2026-11-23.md",
    ]
    practice = opened(tmp_path / "home")
    said = [(one.what, one.to_whom, one.why) for one in reversed(practice.releases.all())]
    (amara,) = practice.clients.find("amara okafor")
    assert [one.client_id for one in practice.releases.of(amara.id)] == [amara.id]
    practice.close()
    assert said == [
        ("export: tables (CSV)", "myself", "my own copy"),
        ("export: calendar with initials only", "myself", "my own copy"),
        ("export: calendar with names", "myself", "my own copy"),
        ("export: FHIR R4 bundle, signed notes only", "myself", "my own copy"),
        ("own file (Markdown)", "the client", "asked for it"),
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("export", "archive", "--why", " "), 2, "Please say why it is given out"),
        (("export", "archive", "--into", "/nowhere/at/all"), 2, "There is no folder /nowhere/at/all."),
        (("export", "client", "--client", "nobody"), 2, "There is no client of that name."),
        (("load", "/nowhere"), 2, "That folder is no archive of therapist-tui"),
    ],
)
def test_what_stands_against_it_is_one_sentence_and_leaves_no_line(
    words: tuple[str, ...], code: int, said: str, run: Run, tmp_path: Path
) -> None:
    found, out, err = run(*words)
    assert (found, out) == (code, "")
    assert said in err
    practice = opened(tmp_path / "home")
    assert practice.releases.all() == ()
    practice.close()
