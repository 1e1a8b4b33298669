"""The commands for keys, backups and the trail, as a shell sees them."""

import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from therapist_tui import cli
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records import recover, vault
from therapist_tui.records.engine import connect
from therapist_tui.records.practice import create_practice, open_practice
from therapist_tui.records.vault import LIGHT, unlock
from therapist_tui.safekeeping import FOUND

PASSPHRASE = "copper lantern drifts past eleven geese"
NEW = "violet harbour sings before nine anvils"
CLIENT = "Zebrawood Marker"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("made")
    folder = home / "data/therapist-tui/practice"
    practice = create_practice(folder, PASSPHRASE, TherapistDraft("Dana", "", "1", None, "UTC"), cli.utc_now, LIGHT)
    practice.clients.add(ClientDraft(CLIENT))
    practice.close()
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, with a practice that holds one client."""
    home = Path(shutil.copytree(made, tmp_path / "home"))
    for name, folder in (("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state")):
        monkeypatch.setenv(name, str(home / folder))
    monkeypatch.setattr(recover, "NORMAL", LIGHT)
    return home


@pytest.fixture
def folder(home: Path) -> Path:
    return home / "data/therapist-tui/practice"


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def run(*words: str, typed: str = PASSPHRASE) -> tuple[int, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed + "\n"))
        code = cli.main(words)
        out, err = capsys.readouterr()
        assert CLIENT not in out + err
        assert PASSPHRASE not in out + err
        return code, out + err

    return run


def settings(home: Path, text: str) -> None:
    place = home / "config/therapist-tui"
    place.mkdir(parents=True)
    (place / "settings.toml").write_text(text)


def test_a_backup_is_taken_listed_and_restored(run, folder: Path) -> None:
    code, out = run("backup")
    assert code == 0
    assert "read back and compared" in out
    code, out = run("restore", "--list")
    assert (code, "asked for" in out) == (0, True)
    shutil.rmtree(folder)
    code, out = run("restore")
    assert (code, "are back" in out) == (0, True)
    assert len(open_practice(folder, PASSPHRASE, cli.utc_now, read_only=True).clients.find()) == 1


def test_without_a_backup_there_is_nothing_to_restore(run) -> None:
    assert run("restore", "--list")[0] == FOUND
    code, out = run("restore")
    assert (code, "no whole backup" in out) == (cli.CANNOT_OPEN, True)


def test_a_damaged_backup_is_said_to_be_and_not_restored(run, folder: Path) -> None:
    run("backup")
    (backup,) = (folder.parent / "backups").glob("practice-*")
    data = bytearray((backup / "practice.db").read_bytes())
    data[9000] ^= 1
    (backup / "practice.db").write_bytes(data)
    assert "practice.db IS DAMAGED" in run("restore", "--list")[1]
    assert run("restore")[0] == cli.CANNOT_OPEN


def test_a_copy_elsewhere_is_made_and_found_again_when_the_disk_is_lost(run, home: Path, folder: Path) -> None:
    stick = home / "stick"
    settings(home, f'backup_to = "{stick}"')
    code, out = run("backup")
    assert (code, "not plugged in" in out) == (FOUND, True)
    stick.mkdir()
    assert "copied and compared" in run("backup")[1]
    shutil.rmtree(folder.parent)
    assert run("restore")[0] == 0
    assert folder.exists()


def test_all_is_well_is_said_with_exit_code_0(run, home: Path, folder: Path) -> None:
    stick = home / "stick"
    stick.mkdir()
    settings(home, f'backup_to = "{stick}"')
    assert run("backup")[0] == 0
    practice = open_practice(folder, PASSPHRASE, cli.utc_now)
    practice.keys.confirm_sheet()
    practice.close()
    code, out = run("doctor", typed="")
    assert code == 0, out
    assert {line.split()[0] for line in out.splitlines()} == {"ok"}
    code, out = run("doctor", "--json", typed="")
    assert (code, json.loads(out)["well"]) == (0, True)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


DAMAGE = {
    "empty": lambda f: (f / "practice.db").write_bytes(b""),
    "cut": lambda f: cut(f / "practice.db"),
    "gone": lambda f: (f / "practice.db").unlink(),
    "plain": lambda f: (f / "practice.db").write_bytes(b"SQLite format 3\0" + bytes(4080)),
    "keys gone": lambda f: [(f / name).unlink() for name in ("practice.keys", "practice.keys.bak")],
    "keys edited": lambda f: [cut(f / name) for name in ("practice.keys", "practice.keys.bak")],
    "keys differ": lambda f: cut(f / "practice.keys.bak"),
    "open to others": lambda f: (f / "practice.db").chmod(0o644),
    "anchor gone": lambda f: (f / "practice.anchor").unlink(),
    "link": lambda f: (f / "practice.tries").symlink_to(f / "practice.db"),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_the_doctor_finds_each_damage_and_says_what_to_do(what: str, run, folder: Path) -> None:
    DAMAGE[what](folder)
    code, out = run("doctor", typed="")
    assert code == FOUND
    assert "bad " in out or "look " in out


def test_the_doctor_makes_a_search_anew_that_lost_its_words(run, folder: Path) -> None:
    assert "holds what the records say" in run("doctor", "--search")[1]
    raw = connect(folder / "practice.db", unlock(folder, PASSPHRASE).key)
    raw.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
    raw.close()
    practice = open_practice(folder, PASSPHRASE, cli.utc_now)
    assert not practice.search.find("zebrawood").found
    practice.close()
    assert "was made anew" in run("doctor", "--search")[1]
    practice = open_practice(folder, PASSPHRASE, cli.utc_now)
    assert practice.search.find("zebrawood").found
    practice.close()


def test_a_practice_in_a_folder_that_is_synchronised_is_told(run, home: Path) -> None:
    (home / ".stfolder").mkdir()
    code, out = run("doctor", typed="")
    assert code == FOUND
    assert "bad   folder     Syncthing copies it while it is open" in out


def test_the_doctor_says_where_there_is_no_practice(run, folder: Path) -> None:
    shutil.rmtree(folder)
    assert run("doctor", typed="") == (cli.CANNOT_OPEN, f"There is no practice in {folder} yet.\n")


def test_verifying_finds_and_names_what_was_altered(run, folder: Path) -> None:
    code, out = run("verify")
    assert (code, "are as they were left" in out) == (0, True)
    raw = connect(folder / "practice.db", unlock(folder, PASSPHRASE).key)
    (sql,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'client_update_noted'").fetchone()
    raw.execute("DROP TRIGGER client_update_noted")
    raw.execute("UPDATE client SET phone = '1'")
    raw.execute(sql)
    raw.close()
    code, out = run("verify")
    assert code == FOUND
    assert "The client " in out
    assert "was changed by other means" in out


def test_a_practice_put_back_with_its_anchor_is_known_from_a_backup(run, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "yesterday")
    run("backup")
    practice = open_practice(folder, PASSPHRASE, cli.utc_now)
    practice.clients.add(ClientDraft("later"))
    practice.backups.take(next(iter(type(practice.backups.all()[0].reason))))
    practice.close()
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "yesterday", folder)
    code, out = run("verify")
    assert code == FOUND
    assert "known from the backup practice-" in out
    code, out = run("verify", "--accept")
    assert "Accepted" in out


def test_the_passphrase_is_changed(run, folder: Path) -> None:
    assert run("passphrase", typed=f"{PASSPHRASE}\n{NEW}\n{NEW} ")[0] == cli.USAGE
    assert run("passphrase", typed=f"{PASSPHRASE}\n{NEW}\n{NEW}")[0] == 0
    assert unlock(folder, NEW)
    assert run("passphrase", typed=f"{PASSPHRASE}\n{NEW}\n{NEW}")[0] == cli.WRONG_PASSPHRASE


def test_somebody_else_gets_a_passphrase_and_loses_it(run, folder: Path) -> None:
    assert run("people", "--add", "Noor Haddad", typed=f"{PASSPHRASE}\n{NEW}\n{NEW}")[1] == "Noor Haddad\n"
    assert unlock(folder, NEW).person == "Noor Haddad"
    assert run("people", "--remove", "Noor Haddad") == (0, "")


def test_the_printed_sheet_sets_a_new_passphrase_when_the_key_file_is_gone(run, folder: Path) -> None:
    out = run("sheet")[1]
    rows = [line for line in out.splitlines() if line.startswith("  ") and line.split()[0].isdigit()]
    words = " ".join(" ".join(rows).split())
    for name in ("practice.keys", "practice.keys.bak"):
        (folder / name).unlink()
    wrong = words.replace(words.split()[1], "zebrra", 1)
    assert "Word 1: “zebrra”" in run("recover", typed=f"{wrong}\n{NEW}\n{NEW}")[1]
    code, out = run("recover", typed=f"{words}\n{NEW}\n{NEW}")
    assert (code, out.splitlines()[0]) == (0, "The new passphrase opens the practice.")
    practice = open_practice(folder, NEW, cli.utc_now)
    assert [one.action for one in practice.audit.events(3)][1:] == ["keys.recovered", "practice.opened"]
    practice.close()


def test_the_sheet_brings_a_backup_back(run, folder: Path) -> None:
    from therapist_tui.records.sheet import words_of

    words = " ".join(words_of(unlock(folder, PASSPHRASE).key))
    run("backup")
    shutil.rmtree(folder)
    assert run("restore", "--words", typed=words)[0] == 0
    assert run("recover", typed=" ".join(words_of(bytes(32))) + f"\n{NEW}\n{NEW}")[0] == cli.CANNOT_OPEN
    assert vault.unlock(folder, PASSPHRASE)
