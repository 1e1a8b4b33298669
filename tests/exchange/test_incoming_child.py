"""The file and the process that reads it: only ordinary files, and a bomb costs one sentence."""

import asyncio
import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.incoming import FACTS, calendar, event, of
from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.incoming.values import Reject
from therapist_tui.exchange.incoming import parent
from therapist_tui.exchange.incoming.errors import (
    FileEmpty,
    FileGone,
    FileTooLarge,
    NotAFile,
    ReaderFailed,
    ReaderStopped,
    RejectsExist,
)
from therapist_tui.exchange.incoming.files import MOST_BYTES, completions, meant, read_file, rejects_name, write_rejects
from therapist_tui.exchange.incoming.parent import read_in_child
from therapist_tui.exchange.incoming.reading import read
from therapist_tui.exchange.incoming.wire import Gathering, written

PEOPLE = "Name,DOB\nJosé Álvarez,1990-02-03\n" + "".join(f"Client {at},1980-01-01\n" for at in range(600)) + "x,soon\n"
SERIES = calendar(event("DTSTART;TZID=America/Toronto:20261124T090000", "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:Ana"))


@pytest.mark.parametrize("text", [PEOPLE, SERIES, "Who\nAna\n"])
def test_the_child_says_what_reading_here_says(text: str) -> None:
    heard: list[tuple[int, int]] = []
    reading = asyncio.run(read_in_child(text.encode(), {}, FACTS, lambda *how_far: heard.append(how_far)))
    assert reading == of(text)
    assert heard[-1][0] == heard[-1][1]


def test_what_is_refused_there_is_refused_here() -> None:
    with pytest.raises(PracticeError, match="That file has headings and no rows"):
        asyncio.run(read_in_child(b"Name\n", {}, FACTS))


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parent, "_COMMAND", ("-c", "import time; time.sleep(600)"))
    with pytest.raises(ReaderStopped, match="too much time"):
        asyncio.run(read_in_child(PEOPLE.encode(), {}, FACTS, seconds=0.2))


ENDS = {
    "killed": f"import os; os.kill(os.getpid(), {int(signal.SIGKILL)})",
    "out of processor time": "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)",
    "says nothing": "pass",
    "says nonsense": "print('[[[')",
    "says half": 'print(\'{"kind": "clients", "records": 5}\')',
    "says another kind": 'print(\'{"kind": "clients", "records": 1}\'); print(\'["os.system", [1]]\')',
    "says deep nonsense": "print('[' * 100000)",
}


@pytest.mark.parametrize("case", ENDS)
def test_a_child_that_dies_or_lies_costs_one_sentence(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parent, "_COMMAND", ("-c", ENDS[case]))
    with pytest.raises(ReaderStopped if "time" in case else ReaderFailed):
        asyncio.run(read_in_child(PEOPLE.encode() * 50, {}, FACTS))


def test_cancelling_ends_the_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    code = f"import os, time; open({str(mark)!r}, 'w').write(str(os.getpid())); os.rename({str(mark)!r}, {str(mark)!r} + 's'); time.sleep(600)"
    monkeypatch.setattr(parent, "_COMMAND", ("-c", code))

    async def cancelled() -> None:
        reading = asyncio.create_task(read_in_child(b"x", {}, FACTS))
        while not Path(f"{mark}s").exists():
            await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading

    asyncio.run(cancelled())
    with pytest.raises(ProcessLookupError):
        os.kill(int(Path(f"{mark}s").read_text()), 0)


def test_the_child_may_not_take_more_memory_nor_write() -> None:
    code = (
        "from therapist_tui.exchange.incoming import child; child._limit()\n"
        "try: bytearray(2 * child.MEMORY)\n"
        "except MemoryError: print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"


@given(st.binary(max_size=300) | st.sampled_from([b"BEGIN:VCALENDAR\n", b"BEGIN:VCARD\n", b"Name;DOB\n", b"\xff\xfe"]).flatmap(
    lambda begin: st.lists(
        st.sampled_from(
            [b"BEGIN:VEVENT\n", b"END:VEVENT\n", b"DTSTART:20261124T090000Z\n", b"DTSTART;TZID=x:2026\n", b"RRULE:FREQ=DAILY;COUNT=2\n",
             b"RRULE:FREQ=YEARLY;BYDAY=9SU\n", b"DURATION:-P1W\n", b"RDATE:x\n", b"RECURRENCE-ID:20261124\n", b"END:VCALENDAR\n",
             b"N:a;b\n", b"FN:x\n", b"BDAY:19900230\n", b"END:VCARD\n", b'"a;1/2/90\n', b"a,b;3.4.1990\n", b" fold\n", b"UID:a\n", b"\x00\xe9\n"]
        ) | st.binary(max_size=12), max_size=14,
    ).map(lambda lines: begin + b"".join(lines))
), st.sampled_from([{}, {"zone.": "UTC", "zone.x": "UTC", "minutes": "60", "encoding": "cp1252", "names": "turn", "columns": "done", "column.0": "name"}]))  # fmt: skip
@settings(deadline=None, max_examples=300)
def test_any_bytes_are_read_asked_about_or_refused_in_a_sentence(content: bytes, answers: dict[str, str]) -> None:
    refused, reading = "", None
    try:
        reading = read(content, answers, FACTS)
    except PracticeError as error:
        refused = str(error)
    if reading is None:
        assert refused
        return
    gathering = Gathering()
    for line in written(reading):
        gathering.take(line.encode())
    assert gathering.done() == reading


# The file on the disk


def test_only_ordinary_files_are_read_and_nothing_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty.csv").touch()
    os.mkfifo(tmp_path / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as listening:
        monkeypatch.chdir(tmp_path)  # the names of sockets are short
        listening.bind("sock.csv")
        cases: dict[Path, Any] = {
            tmp_path: NotAFile,
            tmp_path / "pipe.csv": NotAFile,
            tmp_path / "sock.csv": NotAFile,
            Path("/dev/zero"): NotAFile,
            tmp_path / "empty.csv": FileEmpty,
            tmp_path / "none.csv": FileGone,
            tmp_path / "empty.csv" / "x": FileGone,
            Path("a\0b"): FileGone,
            tmp_path / ("n" * 300): FileGone,
        }
        for path, error in cases.items():
            with pytest.raises(error):
                read_file(path)


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(5 * 1024**3)
    with pytest.raises(FileTooLarge, match="larger than 10 MB"):
        read_file(path)
    with path.open("wb") as file:
        file.truncate(MOST_BYTES)
    assert len(read_file(path)) == MOST_BYTES


def test_what_is_left_out_is_written_for_its_owner_and_never_over_another(tmp_path: Path) -> None:
    path = rejects_name(tmp_path / "clients.csv")
    assert path.name == "clients-left-out.csv"
    write_rejects(path, [Reject(7, "=SUM(A1)", "The row has no name.")])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == "line,what,why\n7,'=SUM(A1),The row has no name.\n"
    with pytest.raises(RejectsExist):
        write_rejects(path, [])
    assert rejects_name(tmp_path / "clients.csv").name == "clients-left-out-2.csv"
    (tmp_path / "clients-left-out-2.csv").symlink_to("/etc/passwd")
    assert rejects_name(tmp_path / "clients.csv").name == "clients-left-out-3.csv"


def test_names_are_completed_with_what_can_be_imported(tmp_path: Path) -> None:
    for name in ("Clients.CSV", "cal.ics", "card.vcf", "song.mp3", ".hidden.csv", "c\x1b[2J.csv"):
        (tmp_path / name).touch()
    (tmp_path / "cellar").mkdir()
    at = f"{tmp_path}/"
    assert completions(f"{at}c") == (f"{at}cellar/", f"{at}cal.ics", f"{at}card.vcf", f"{at}Clients.CSV")
    assert completions(f"{at}.h") == (f"{at}.hidden.csv",)
    assert completions(f"~/{at}cal") == (f"{at}cal.ics",)
    assert completions(f"{at}none/x") == ()
    assert meant("~/Downloads/~/x") == "~/x"
