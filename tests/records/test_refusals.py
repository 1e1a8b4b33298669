"""What cannot be opened is said in its own sentence, and left as it is to the byte."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from therapist_tui.domain.errors import Invalid, PracticeError
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records import errors
from therapist_tui.records.engine import connect
from therapist_tui.records.instance import Instance
from therapist_tui.records.places import practice_exists
from therapist_tui.records.practice import create_practice, open_practice
from therapist_tui.records.vault import LIGHT, passphrase_problem, unlock

from .conftest import PASSPHRASE, THERAPIST, Clock, bytes_of, reopen

Spoil = Callable[[Path], object]


def pragma(folder: Path, statement: str) -> None:
    connection = connect(folder / "practice.db", unlock(folder, PASSPHRASE).key)
    connection.execute(f"PRAGMA {statement}")
    connection.close()


def overwrite(folder: Path, at: int, data: bytes) -> None:
    with (folder / "practice.db").open("r+b") as file:
        file.seek(at)
        file.write(data)


def edit_keys(folder: Path, **changes: object) -> None:
    content = json.loads((folder / "practice.keys").read_text())
    content["slots"][0] |= changes
    for name in ("practice.keys", "practice.keys.bak"):
        (folder / name).write_text(json.dumps(content))


def remove(*names: str) -> Spoil:
    return lambda folder: [(folder / name).unlink() for name in names]


def cut_to(size: int) -> Spoil:
    return lambda folder: (folder / "practice.db").write_bytes((folder / "practice.db").read_bytes()[:size])


def spoil_keys(data: bytes) -> Spoil:
    return lambda folder: [(folder / n).write_bytes(data) for n in ("practice.keys", "practice.keys.bak")]


SPOILT: dict[str, tuple[Spoil, type[PracticeError]]] = {
    "database missing": (remove("practice.db"), errors.PracticeMissing),
    "keys missing": (remove("practice.keys", "practice.keys.bak"), errors.KeyFileMissing),
    "nothing there": (remove("practice.db", "practice.keys", "practice.keys.bak"), errors.NoPractice),
    "keys are no JSON": (spoil_keys(b"\x00\xff"), errors.KeyFileDamaged),
    "keys are another JSON": (spoil_keys(b"[1]"), errors.KeyFileDamaged),
    "keys empty": (spoil_keys(b""), errors.KeyFileDamaged),
    "keys made cheap": (lambda folder: edit_keys(folder, opslimit=1, memory_bytes=8192), errors.KeyFileDamaged),
    "keys made dear": (lambda folder: edit_keys(folder, memory_bytes=1 << 40), errors.KeyFileDamaged),
    "database empty": (cut_to(0), errors.PracticeDamaged),
    "database cut within a page": (cut_to(3 * 4096 + 17), errors.PracticeDamaged),
    "database cut at a page": (cut_to(5 * 4096), errors.PracticeDamaged),
    "first page damaged": (lambda folder: overwrite(folder, 100, b"spoilt"), errors.PracticeDamaged),
    "later page damaged": (lambda folder: overwrite(folder, 9 * 4096 + 5, b"spoilt"), errors.PracticeDamaged),
    "another program's file": (lambda folder: pragma(folder, "application_id = 7"), errors.PracticeForeign),
    "newer schema": (lambda folder: pragma(folder, "user_version = 99"), errors.PracticeNewer),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_spoilt_practice_is_named_and_left_to_the_byte(case: str, closed: Path, clock: Clock) -> None:
    spoil, sentence = SPOILT[case]
    spoil(closed)
    before = bytes_of(closed)
    with pytest.raises(sentence) as refused:
        reopen(closed, clock)
    assert type(refused.value) is sentence
    assert bytes_of(closed) == before
    assert not (closed / "practice.holder").exists()


def test_wrong_passphrase_is_told_from_damage(closed: Path, clock: Clock) -> None:
    before = bytes_of(closed)
    with pytest.raises(errors.WrongPassphrase):
        open_practice(closed, PASSPHRASE + "x", clock)
    assert bytes_of(closed) == before
    overwrite(closed, 0, b"\x00" * 4096)
    with pytest.raises(errors.WrongPassphrase):
        open_practice(closed, PASSPHRASE + "x", clock)
    with pytest.raises(errors.PracticeDamaged):
        reopen(closed, clock)


def test_newer_schema_says_both_numbers(closed: Path, clock: Clock) -> None:
    pragma(closed, "user_version = 99")
    with pytest.raises(errors.PracticeNewer) as refused:
        reopen(closed, clock)
    assert "schema 99, known here: 1" in str(refused.value)


@pytest.mark.parametrize("lost", ["practice.keys", "practice.keys.bak"])
@pytest.mark.parametrize("how", ["missing", "damaged"])
def test_one_of_the_two_key_files_is_enough_and_the_other_is_mended(
    closed: Path, clock: Clock, lost: str, how: str
) -> None:
    before = bytes_of(closed)["practice.keys"]
    (closed / lost).unlink() if how == "missing" else (closed / lost).write_bytes(b"{}")
    reopen(closed, clock).close()
    assert (closed / "practice.keys").read_bytes() == (closed / "practice.keys.bak").read_bytes() == before


def test_a_second_instance_is_told_who_has_the_practice(closed: Path, clock: Clock) -> None:
    first = reopen(closed, clock)
    before = bytes_of(closed)
    with pytest.raises(errors.PracticeInUse) as refused:
        reopen(closed, clock)
    assert "process " in str(refused.value)
    assert bytes_of(closed) == before
    first.close()
    reopen(closed, clock).close()


def test_another_process_is_kept_out_and_a_killed_one_leaves_no_lock(closed: Path, clock: Clock) -> None:
    code = (
        "import sys, pathlib, datetime\n"
        "from therapist_tui.records.practice import open_practice\n"
        "now = lambda: datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)\n"
        "p = open_practice(pathlib.Path(sys.argv[1]), sys.argv[2], now)\n"
        "print('open', flush=True); sys.stdin.read()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(closed), PASSPHRASE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout
        assert other.stdout.readline() == "open\n"
        with pytest.raises(errors.PracticeInUse) as refused:
            reopen(closed, clock)
        assert f"process {other.pid} " in str(refused.value)
    finally:
        other.kill()
        other.wait()
    reopen(closed, clock).close()


def race(folder: Path, runners: int) -> bytes:
    """What so many processes say that start at the same moment: "1" who got the practice, "0" who was refused."""
    go, said, done = os.pipe(), os.pipe(), os.pipe()
    children = []
    for _ in range(runners):
        if child := os.fork():
            children.append(child)
            continue
        for _, end in (go, done):
            os.close(end)
        os.read(go[0], 1)  # until the parent lets all of them go at once
        try:
            held = Instance(folder, Clock())  # named, so that it lives as long as the process
            os.write(said[1], b"1" if held else b"")
        except errors.PracticeInUse:
            os.write(said[1], b"0")
        os.read(done[0], 1)
        os._exit(0)
    os.close(go[1])
    answers = b"".join(os.read(said[0], 1) for _ in range(runners))
    os.close(done[1])
    for child in children:
        os.waitpid(child, 0)
    for end in (go[0], *said, done[0]):
        os.close(end)
    return answers


def test_of_starts_in_the_same_moment_one_gets_the_practice_and_the_others_are_told(tmp_path: Path) -> None:
    for _ in range(50):
        assert sorted(race(tmp_path, 3)) == sorted(b"100")


def test_unreadable_holder_note_does_not_hide_the_lock(closed: Path, clock: Clock) -> None:
    first = reopen(closed, clock)
    (closed / "practice.holder").write_bytes(b"\xff{")
    with pytest.raises(errors.PracticeInUse):
        reopen(closed, clock)
    first.close()


def test_set_up_never_writes_over_a_practice(closed: Path, clock: Clock) -> None:
    before = bytes_of(closed)
    for gone in ((), ("practice.db",)):
        for name in gone:
            (closed / name).unlink()
        with pytest.raises(errors.PracticeExists):
            create_practice(closed, PASSPHRASE, THERAPIST, clock, LIGHT)
    assert practice_exists(closed)
    assert {**before, **bytes_of(closed)} == before


def test_set_up_that_was_cut_off_before_the_last_step_is_finished_on_opening(closed: Path, clock: Clock) -> None:
    (closed / "practice.db").rename(closed / "practice.new.db")
    practice = reopen(closed, clock)
    assert practice.therapist.get().name == "Dana Reyes"
    practice.close()


def test_set_up_that_was_cut_off_early_can_be_done_again(folder: Path, clock: Clock) -> None:
    folder.mkdir()
    (folder / "practice.new.db").write_bytes(b"half")
    create_practice(folder, PASSPHRASE, THERAPIST, clock, LIGHT).close()
    reopen(folder, clock).close()


def test_set_up_checks_the_therapist_and_the_passphrase_and_leaves_nothing(folder: Path, clock: Clock) -> None:
    with pytest.raises(Invalid):
        create_practice(folder, PASSPHRASE, TherapistDraft("", "", "", None, "Mars"), clock, LIGHT)
    with pytest.raises(errors.PassphraseWeak):
        create_practice(folder, "short", THERAPIST, clock, LIGHT)
    assert not folder.exists()


def test_passphrases_are_long_and_hard_to_guess() -> None:
    assert "15 characters" in str(passphrase_problem("Tr0ub4dor&3"))
    assert passphrase_problem("passwordpassword")
    assert passphrase_problem("dana reyes dana reyes", ("Dana Reyes",))
    assert passphrase_problem("é" * 15)
    assert passphrase_problem(PASSPHRASE) is None
    assert passphrase_problem(PASSPHRASE * 10) is None


def test_passphrase_typed_on_another_system_opens_too(folder: Path, clock: Clock) -> None:
    create_practice(folder, PASSPHRASE + " e\u0301te\u0301", THERAPIST, clock, LIGHT).close()
    open_practice(folder, PASSPHRASE + " été", clock).close()


SENTENCES = [kind for kind in vars(errors).values() if getattr(kind, "__module__", "") == errors.__name__]
FACTS = ("folder", "found", "known", "holder", "since", "problem", "status", "setting", "reason")


@pytest.mark.parametrize("kind", SENTENCES)
def test_every_sentence_can_be_said(kind: type[PracticeError]) -> None:
    facts = dict.fromkeys(
        (
            "folder",
            "found",
            "known",
            "holder",
            "since",
            "problem",
            "status",
            "setting",
            "reason",
            "label",
            "act",
            "before",
            "finding",
            "seconds",
            "name",
            "person",
        ),
        "X",
    )
    said = str(kind(**facts))
    assert said
    assert "{" not in said
